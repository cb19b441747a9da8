"""Who looked: a read of something secret is noted in its mission, once for each viewer, kind of read and hour.

The reader waits for no write, and nobody hears of one. What was noted already is remembered for a while; the key of
the note says the same for good, so that forgetting costs a look in the log and nothing else.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterator
from typing import Protocol

from wayhome.mission.intents.base import Intent
from wayhome.mission.intents.secrecy import NoteLook
from wayhome.mission.rules import CLOCK
from wayhome.values.ids import Mark, MissionId, PersonId, derive
from wayhome.values.when import Moment

HOUR_MS = 3_600_000
REMEMBERED = 20_000
"""Some two megabytes."""
NOT_NOTED = frozenset({"looks"})
"""Whoever reads the audit is who it is for."""

Look = tuple[PersonId, MissionId, str, int]


class Notes(Protocol):
    """Where looks are written: nothing is waited for."""

    def note(self, intent: Intent, *, by: PersonId, now: Moment, key: str) -> bool:
        """Whether it was taken; not where something else is at work, or the record cannot be written."""
        ...


class Looking:
    """Remembers which looks were noted. Thread-safe."""

    def __init__(self, replica: str) -> None:
        self._replica = replica
        self._lock = threading.Lock()
        self._noted: OrderedDict[Look, bool] = OrderedDict()

    def looked(self, notes: Notes, viewer: PersonId, what: str, marks: Collection[Mark], now: Moment) -> None:
        """Notes that somebody read `what`, which rested on rows of these marks."""
        if what in NOT_NOTED:
            return
        hour_ms = now.ms - now.ms % HOUR_MS
        for mission in _missions(marks):
            if self._is_first((viewer, mission, what, hour_ms)):
                self._note(notes, (viewer, mission, what, hour_ms), now)

    def _note(self, notes: Notes, look: Look, now: Moment) -> None:
        """One that is not taken is noted with the next look of the same kind."""
        viewer, mission, what, hour_ms = look
        intent = NoteLook(mission=mission, member=viewer, what=what, hour=Moment(hour_ms, now.zone))
        key = derive(self._replica, "look", viewer, mission, what, str(hour_ms))
        if not notes.note(intent, by=CLOCK, now=now, key=key):
            with self._lock:
                self._noted.pop(look, None)

    def _is_first(self, look: Look) -> bool:
        with self._lock:
            if look in self._noted:
                return False
            self._noted[look] = True
            if len(self._noted) > REMEMBERED:
                self._noted.popitem(last=False)
            return True


def _missions(marks: Collection[Mark]) -> Iterator[MissionId]:
    """The secret missions that rows of these marks belong to."""
    for mark in sorted(marks):
        what, _, name = mark.partition(":")
        if what in ("m", "i") and name:
            yield MissionId(name)
