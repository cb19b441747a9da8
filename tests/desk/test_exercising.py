"""Exercises on the desk: for command alone, each in a house of its own, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient
from tests.fakes.house import memory_house

from wayhome.assembly.local import LocalHouse
from wayhome.cli.exercises.staged import Stage
from wayhome.desk.app import build
from wayhome.desk.door import Door
from wayhome.desk.exercising import MOST_AT_ONCE
from wayhome.mission.intents.people import EnrolMember
from wayhome.values.ids import PersonId


class Desk:
    """Tsunade commands, Naruto does not."""

    def __init__(self, client: TestClient[Any], house: LocalHouse, founder: PersonId) -> None:
        self.client, self.house = client, house
        naruto = PersonId(house.as_member(founder).do(EnrolMember(name="Naruto", ref="n")).made)
        self.tokens = {"Tsunade": house.let_in(founder), "Naruto": house.let_in(naruto)}

    def members(self) -> int:
        return len(self.house.acting.standing.world.organisation.members)

    def headers(self, who: str) -> dict[str, str]:
        return {"authorization": f"Bearer {self.tokens[who]}"}

    def post(self, path: str, body: dict[str, Any], who: str = "Tsunade") -> Any:
        return self.client.post(path, json=body, headers=self.headers(who))


@pytest.fixture
def desk() -> Iterator[Desk]:
    house, founder = memory_house("exercising")
    door = Door(house)
    door.stage = Stage()
    with TestClient(build(door)) as client:
        yield Desk(client, house, founder)


def test_the_stories_are_listed_for_command(desk: Desk) -> None:
    """Each story has its steps, and each step who does what in it."""
    told = desk.client.get("/api/exercises", headers=desk.headers("Tsunade")).json()
    assert [one["name"] for one in told] == ["goodbye", "survivors", "bring-him-back", "basket", "year"]
    step = told[0]["steps"][0]
    assert (step["id"], step["status"]) == ("S0.3", "to come")
    assert step["injects"][0]["who"] == "Tsunade"
    assert step["injects"][0]["run"].startswith("wayhome member add")


def test_only_command_plays(desk: Desk) -> None:
    """Whoever does not command is refused, at every address."""
    assert desk.client.get("/api/exercises", headers=desk.headers("Naruto")).status_code == 409
    assert desk.post("/api/exercises/begin", {"name": "basket"}, "Naruto").status_code == 409
    assert desk.post("/api/exercises/step", {"run": "any"}, "Naruto").status_code == 409


def test_a_step_is_played_in_a_house_of_its_own(desk: Desk) -> None:
    """A step says what held; the clock is the exercise's own, and the record is as it was."""
    members = desk.members()
    begun = desk.post("/api/exercises/begin", {"name": "goodbye"}).json()
    assert begun["over"] is False
    played = desk.post("/api/exercises/step", {"run": begun["run"]}).json()
    assert played["exercise"]["steps"][0]["status"] in ("pass", "partial")
    assert played["exercise"]["steps"][0]["evidence"]
    assert played["exercise"]["steps"][1]["status"] == "to come"
    assert played["clock"]["ms"] < desk.house.clock().ms
    assert desk.members() == members


def test_a_run_is_its_member_s_own_and_old_ones_go(desk: Desk) -> None:
    """A run that is not there, or was put aside for newer ones, is said to be so; and so is an unknown story."""
    first = desk.post("/api/exercises/begin", {"name": "basket"}).json()["run"]
    for _ in range(MOST_AT_ONCE):
        desk.post("/api/exercises/begin", {"name": "basket"})
    assert desk.post("/api/exercises/step", {"run": first}).status_code == 404
    assert desk.post("/api/exercises/begin", {"name": "no such story"}).status_code == 404
