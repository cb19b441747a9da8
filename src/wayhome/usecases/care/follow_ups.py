"""Caring: what people went through opens a follow-up for each by itself, from what happened, never from symptoms."""

from __future__ import annotations

from wayhome.engines.care.exposure import FollowUp, Involved, MissionFacts, Part, follow_ups
from wayhome.mission.intents.base import Intent
from wayhome.mission.intents.field import ArriveHome, HandOver, ReportFound
from wayhome.mission.intents.missions import MoveMission, NoteExposure, NoteOutcome
from wayhome.mission.intents.people import OpenFollowUp
from wayhome.mission.rules import CLOCK, Refused
from wayhome.mission.state import Mission, World
from wayhome.usecases.acting import Acting
from wayhome.values.ids import PersonId, derive
from wayhome.values.when import Moment

TELLS_OF_EXPOSURE = (NoteExposure, NoteOutcome, ReportFound, ArriveHome, HandOver, MoveMission)
"""The intents after which somebody's exposure may ask for a follow-up."""
MET_A_DEATH = "met a death"
"""Stated as never done (`StateNever`), a death on a mission is somebody's first."""


class Caring:
    """Looks after each intent whether somebody's exposure now asks for a follow-up."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    def after(self, intent: Intent, now: Moment) -> None:
        """Opens what the intent just written asks for; what is open already stays as it is."""
        if not isinstance(intent, TELLS_OF_EXPOSURE):
            return
        world = self._acting.standing.world
        mission = world.missions.get(intent.mission)
        if mission is None:
            return
        for answer in follow_ups(_facts_of(mission, now, world)):
            if answer.opens:
                self._open(mission, answer, now)

    def _open(self, mission: Mission, answer: FollowUp, now: Moment) -> None:
        intent = OpenFollowUp(
            member=PersonId(answer.person),
            mission=mission.id,
            open_to_carers=not mission.secret,
            reasons=answer.reasons,
            contacts=tuple(contact.day for contact in answer.contacts),
        )
        key = derive(mission.id, "follow-up", answer.person, now.day.isoformat())
        try:
            self._acting.do(intent, by=CLOCK, now=now, key=key)
        except Refused:
            return  # it is open already, or the member is not on the roster any more


def _facts_of(mission: Mission, now: Moment, world: World) -> MissionFacts:
    """Who was involved and what is recorded: those who departed, whoever was at the desk, whoever was named."""
    everyone = {**dict.fromkeys(mission.out), **dict.fromkeys(sorted(mission.at_the_desk - {CLOCK}))}
    everyone |= {**dict.fromkeys(mission.exposures), **dict.fromkeys(mission.outcomes)}
    people = tuple(
        Involved(
            person=person,
            part=_part(mission, person),
            kinds=tuple(sorted(mission.exposures.get(person, ()))),
            hours=_hours(mission, person, now),
            lost=mission.outcomes.get(person) == "killed",
            met_death=_met_death(person, mission, world),
        )
        for person in everyone
    )
    outnumbered = any("outnumbered" in one.kinds for one in people if one.part == "team")
    return MissionFacts(
        ended=now,
        zone=world.organisation.zone,
        people=people,
        other_deaths=mission.other_deaths,
        outnumbered=outnumbered,
    )


def _met_death(person: PersonId, now: Mission, world: World) -> bool | None:
    """Whether somebody met a death on another mission; None where nothing is known of it, which is not *never*.

    Secret missions are left out of it, or a reason in a follow-up would tell its carer that there was one.
    """
    others = (one for one in world.missions.values() if one.id != now.id and not one.secret)
    if any(_somebody_died(one) and (person in one.out or person in one.exposures) for one in others):
        return True
    held = world.organisation.members.get(person)
    return False if held is not None and MET_A_DEATH in held.never else None


def _somebody_died(mission: Mission) -> bool:
    return bool(mission.other_deaths) or "killed" in mission.outcomes.values()


def _part(mission: Mission, person: PersonId) -> Part:
    out = mission.out.get(person)
    if out is None:
        return "dispatcher"
    return "driver" if "driver" in out.post.casefold() else "team"


def _hours(mission: Mission, person: PersonId, now: Moment) -> float | None:
    out = mission.out.get(person)
    return None if out is None else max(0.0, out.departed.hours_until(out.home or now))
