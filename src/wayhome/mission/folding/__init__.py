"""Folding: one fact more. Total: any set of facts folds, in any order the log gives, and none raises."""

from __future__ import annotations

from wayhome.mission.facts import care as care_facts
from wayhome.mission.facts import people as people_facts
from wayhome.mission.facts.base import Fact
from wayhome.mission.folding import (
    care_keys,
    care_shown,
    duty_hours,
    field,
    missions,
    people,
    searching,
    secrecy,
    strength,
)
from wayhome.mission.folding.registry import MISSION_FOLDS, ORGANISATION_FOLDS, PERSON_FOLDS
from wayhome.mission.state import Mission, Person, Said, World
from wayhome.values.ids import ORGANISATION, MissionId, PersonId, StreamId

__all__ = [
    "belongs", "care_keys", "care_shown", "duty_hours", "field", "fold", "missions", "people", "searching", "secrecy",
    "strength",
]  # fmt: skip

ORGANISATIONAL = {people_facts.__name__, care_facts.__name__}
"""Rooms of facts that lie in the organisation's stream, but for those of one person and words given to a report."""


def belongs(fact: Fact, stream: StreamId) -> bool:
    """Whether a fact may lie in a stream: personal ones in their own person's, a mission's in a mission's."""
    what, _, name = stream.partition(":")
    if type(fact) in PERSON_FOLDS:
        return what == "p" and getattr(fact, "member", None) == name
    if type(fact).__module__ in ORGANISATIONAL and not isinstance(fact, care_facts.WordsGiven):
        return stream == ORGANISATION
    return what == "m"


def fold(world: World, fact: Fact, said: Said) -> None:
    """Adds one fact to the state of its stream. One with nothing to add, or in the wrong stream, changes nothing."""
    if not belongs(fact, said.stream):
        return
    if said.stream == ORGANISATION:
        change = ORGANISATION_FOLDS.get(type(fact))
        if change:
            change(world.organisation, fact, said)
        return
    what, _, name = said.stream.partition(":")
    if what == "m":
        mission = world.missions.setdefault(MissionId(name), Mission(id=MissionId(name)))
        mission_change = MISSION_FOLDS.get(type(fact))
        if mission_change:
            mission_change(mission, fact, said)
    elif what == "p":
        person = world.people.setdefault(PersonId(name), Person(id=PersonId(name)))
        person_change = PERSON_FOLDS.get(type(fact))
        if person_change:
            person_change(person, fact, said)
