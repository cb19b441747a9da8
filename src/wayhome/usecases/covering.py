"""What those read in may read of covers and contact plans. What everybody else believes is in the open record."""

from __future__ import annotations

import msgspec

from wayhome.access.seen import Seen
from wayhome.mission.views import shapes as v
from wayhome.usecases.viewing import Viewing
from wayhome.values.ids import MissionId


class CoverReading(Viewing):
    """The truth behind what is believed."""

    def covers(self, mission: MissionId) -> Seen[tuple[v.CoverView, ...]]:
        """What the others are to believe of this mission's members and vehicles, and until when."""
        rows = self._rows()
        covers = rows.fetch("cover", v.CoverView, scope=mission)
        named = {one.vehicle: one.name for one in rows.fetch("vehicle", v.VehicleView)} if covers else {}
        told = [msgspec.structs.replace(c, vehicle_words=named.get(c.about, "")) if c.vehicle else c for c in covers]
        return self._many(rows, told)

    def contact_plans(self, mission: MissionId) -> Seen[tuple[v.ContactPlanView, ...]]:
        """How each member under cover is heard of, what the signals mean, and their way out."""
        return self._list("contact_plan", v.ContactPlanView, scope=mission)
