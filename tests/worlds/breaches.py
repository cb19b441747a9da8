"""Five leaks planted on purpose, one of each kind: the two-worlds test must find every one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from tests.worlds.world import Keys

from wayhome.access.seen import Seen
from wayhome.mission.facts.people import DutyStatusSet
from wayhome.mission.rules import Act, Refused, Say, common, field
from wayhome.mission.rules.people import status_says
from wayhome.mission.state import Mission
from wayhome.mission.state import World as State
from wayhome.usecases.ports import Ask
from wayhome.usecases.reading import READS, Reading
from wayhome.values.ids import PersonId, derive

Plant = Callable[[pytest.MonkeyPatch], None]


def count(patch: pytest.MonkeyPatch) -> None:
    """A total is taken over all missions, and not over those that the viewer may know of."""

    def organisation(reading: Reading) -> Seen[Any]:
        seen = Reading.organisation(reading)
        total = len(reading._log.rows(Ask("mission"), None))
        return reading.again(seen, msgspec.structs.replace(seen.value, profile=f"leaf, {total} missions"))

    patch.setitem(READS, "organisation", organisation)


def order(patch: pytest.MonkeyPatch) -> None:
    """The roster is sorted by how many missions somebody is out on, the hidden ones among them."""

    def roster(reading: Reading) -> Seen[Any]:
        seen = Reading.roster(reading)
        missions = reading._standing.world.missions.values()
        busy = {m.member: sum(m.member in mission.still_out for mission in missions) for m in seen.value}
        return reading.again(seen, tuple(sorted(seen.value, key=lambda m: busy[m.member])))

    patch.setitem(READS, "roster", roster)


def id_(patch: pytest.MonkeyPatch) -> None:
    """Ids are drawn from one counter, whatever they are for: a secret act shifts everybody's."""

    def drawn(keys: Keys) -> str:
        number = keys._drawn.get("all", 0)
        keys._drawn["all"] = number + 1
        return derive(keys._seed, "intent", str(number))

    patch.setattr(Keys, "__call__", drawn)


def error_text(patch: pytest.MonkeyPatch) -> None:
    """A refusal says that there is something, only not for whoever asks."""
    true_sees = common.sees

    def sees(mission: Mission, member: PersonId) -> bool:
        if not true_sees(mission, member):
            raise Refused("not read in", "you are not read in to that mission")
        return True

    patch.setattr(common, "sees", sees)


def availability(patch: pytest.MonkeyPatch) -> None:
    """Whoever departs on a secret mission is shown as on duty, which nobody who is simply away is."""

    def says(world: State, act: Act, member: PersonId, fact: DutyStatusSet) -> tuple[Say, ...]:
        return status_says(world, act, member, msgspec.structs.replace(fact, status="on duty"))

    patch.setattr(field, "status_says", says)


BREACHES: dict[str, Plant] = {
    "count": count,
    "order": order,
    "id": id_,
    "error text": error_text,
    "availability": availability,
}
