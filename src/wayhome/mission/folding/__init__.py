"""Folding: one fact more. Total: any set of facts folds, in any order the log gives, and none raises."""

from __future__ import annotations

from wayhome.mission.facts.base import Fact
from wayhome.mission.folding import field, missions, people
from wayhome.mission.folding.registry import MISSION_FOLDS, ORGANISATION_FOLDS, PERSON_FOLDS
from wayhome.mission.state import Mission, Person, Said, World
from wayhome.values.ids import ORGANISATION, MissionId, PersonId

__all__ = ["field", "fold", "missions", "people"]


def fold(world: World, fact: Fact, said: Said) -> None:
    """Adds one fact to the state of its stream. A kind with nothing to add changes nothing."""
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
