"""Reads of a search: evidence with what was withdrawn, what may have become of him, the dogs and their handlers."""

from __future__ import annotations

import msgspec

from wayhome.access.seen import Seen
from wayhome.mission.views import shapes as v
from wayhome.usecases.viewing import Viewing
from wayhome.values.ids import MissionId


class SearchReading(Viewing):
    """What one viewer may see of a search."""

    def evidence(self, mission: MissionId) -> Seen[tuple[v.EvidenceView, ...]]:
        """Searches, sweeps, watches, sightings, dogs, phones and words, with what was withdrawn and why."""
        rows = self._rows()
        gone = {note.what: note.words for note in rows.fetch("evidence_withdrawn", v.NoteView, scope=mission)}
        found = rows.fetch("evidence", v.EvidenceView, scope=mission)
        return self._many(rows, [msgspec.structs.replace(one, withdrawn=gone.get(one.evidence, "")) for one in found])

    def hypotheses(self, mission: MissionId) -> Seen[tuple[v.HypothesisView, ...]]:
        """What may have become of him, with what was dropped and why."""
        rows = self._rows()
        gone = {note.what: note.words for note in rows.fetch("hypothesis_dropped", v.NoteView, scope=mission)}
        found = rows.fetch("hypothesis", v.HypothesisView, scope=mission)
        return self._many(rows, [msgspec.structs.replace(one, dropped=gone.get(one.hypothesis, "")) for one in found])

    def dogs(self, mission: MissionId) -> Seen[tuple[v.DogView, ...]]:
        """The dogs: whose they are, whose orders they take, what they smell for, how they are."""
        return self._list("dog", v.DogView, scope=mission)
