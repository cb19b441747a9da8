"""Pursuing: as backup is sent, those who wait for it see by themselves what waiting and going on come to.

What is compared is made of what whoever sent it sees, without fitness, limits and bonds kept private: everybody on the
mission may read it.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from wayhome.engines import tasking
from wayhome.mission.facts.field import ComparedFuture
from wayhome.mission.intents.base import Intent
from wayhome.mission.intents.field import CompareFutures, SendBackup
from wayhome.mission.rules import CLOCK, Refused
from wayhome.mission.rules.strength import hours_to_come
from wayhome.mission.state import BackupCall
from wayhome.usecases.acting import Acting
from wayhome.usecases.reading import Reading
from wayhome.usecases.rows import NothingThere
from wayhome.usecases.staffing.question import question
from wayhome.values.ids import MissionId, PersonId, derive
from wayhome.values.when import Moment

RESTS_ON = (
    "the hour of arrival as it was said when they were sent; skills from the roster against what the mission's plan "
    "asks for; how far the other gets by then is his speed times the wait, an upper bound"
)
NO_SPEED = "; his speed was not given, so how much farther he gets is not known"


class Pursuing:
    """Looks after each intent whether somebody in pursuit is to be shown what comes to them."""

    def __init__(self, acting: Acting, reading: Callable[[], Reading]) -> None:
        """`reading`: as whoever sent the backup."""
        self._acting = acting
        self._reading = reading

    def after(self, intent: Intent, now: Moment) -> None:
        """Compares both futures for those to whom backup was just sent, and writes that down beside it."""
        if not isinstance(intent, SendBackup):
            return
        mission = self._acting.standing.world.missions.get(intent.mission)
        call = mission.backups.get(intent.backup) if mission is not None else None
        if call is None or not call.pursuers:
            return
        try:
            compared = self._compared(intent.mission, call, intent.subject_kmh, now)
            sent = ".".join(f"{member}:{at.ms}" for member, at in sorted(call.sent.items()))
            self._acting.do(compared, by=CLOCK, now=now, key=derive(intent.backup, "futures", sent))
        except (Refused, NothingThere, tasking.TaskingError):
            return  # backup was sent and stands; what cannot be compared is not made up

    def _compared(self, mission: MissionId, call: BackupCall, kmh: float | None, now: Moment) -> CompareFutures:
        asked = tasking.without_personal(question(self._reading(), mission, now, {}).value)
        hours = hours_to_come(call, now)
        people = tuple(
            msgspec.structs.replace(one, travel_h={mission: hours[PersonId(one.id)]} if one.id in hours else {})
            for one in asked.people
            if one.id in hours or one.id in call.pursuers
        )
        there = tuple(member for member in call.pursuers if member not in hours)
        go_on, waits = tasking.when_sent(people, asked.missions[0], there, subject_kmh=kmh)
        return CompareFutures(
            mission=mission,
            backup=call.id,
            go_on=_kept(go_on),
            waits=tuple(map(_kept, waits)),
            rests_on=RESTS_ON + (NO_SPEED if kmh is None else ""),
        )


def _kept(future: tasking.Future) -> ComparedFuture:
    return ComparedFuture(
        wait_min=future.wait_min,
        people=tuple(PersonId(one) for one in future.people),
        lacks=future.lacks,
        words=future.words,
        ahead_km=future.ahead_km,
    )
