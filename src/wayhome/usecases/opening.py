"""Reads of what is masked, what was opened in an emergency, and who looked at what is secret."""

from __future__ import annotations

from wayhome.access.seen import Seen
from wayhome.mission.views import shapes as v
from wayhome.usecases.viewing import Viewing
from wayhome.values.ids import MissionId


class OpeningReading(Viewing):
    """What one viewer may see of how secrets are kept, and opened."""

    def mask(self, mission: MissionId) -> Seen[v.MaskView | None]:
        """Who is masked in a mission, by which names, and who knows; None where nobody is, or who asks is not told."""
        rows = self._rows()
        found = rows.fetch("mask", v.MaskView, scope=mission)
        return self._seen(rows, found[0] if found else None)

    def emergencies(self, mission: MissionId) -> Seen[tuple[v.EmergencyView, ...]]:
        """When a secret mission was opened in an emergency: by whom, why, until when, who was alerted."""
        return self._list("emergency", v.EmergencyView, scope=mission)

    def glass(self) -> Seen[tuple[v.GlassView, ...]]:
        """Every time the glass was broken, whether there was anything to open or not; for guardians and command."""
        return self._list("glass", v.GlassView)

    def looks(self, mission: MissionId) -> Seen[tuple[v.LookView, ...]]:
        """Who read what of a secret mission, hour by hour; for its owner and its commander."""
        return self._list("look", v.LookView, scope=mission)
