"""Plans at the desk: asked by an address of their own, followed while they are made, read again, and stale in time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.fakes.desk import Answered, Desk, application
from tests.fakes.ground import MIDDLE, ground
from tests.fakes.house import memory_house

from wayhome.desk.working import Works
from wayhome.mission.facts.searching import Sighted
from wayhome.mission.intents.missions import RaiseAlarm, SetInitialPoint
from wayhome.mission.intents.people import EnrolMember
from wayhome.mission.intents.searching import NoteEvidence, WithdrawEvidence
from wayhome.usecases import work
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.places import Place

ASKED = {"minutes": 30, "searched": {"tracks": 1_000}}
OURS = [{"name": "Alpha", "place": {"lat": MIDDLE.lat, "lon": MIDDLE.lon}}]
NEAR = Place(MIDDLE.lat + 0.002, MIDDLE.lon)


class Planned:
    """A desk with ground under an open mission, and with a secret one; Naruto knows only of the open one."""

    def __init__(self) -> None:
        self.house, self.founder = memory_house("planning")
        self.house.terrains.save("hills", ground(41))
        self.me = self.house.as_member(self.founder)
        self.naruto = PersonId(self.me.do(EnrolMember(name="Naruto", ref="naruto", rank="genin")).made)
        self.open, self.secret = (self._mission(secret=secret) for secret in (False, True))
        self.desk = Desk(self.house)

    def _mission(self, *, secret: bool) -> MissionId:
        mission = MissionId(self.me.do(RaiseAlarm(name="Lost hiker", rank="B", place=MIDDLE, secret=secret)).made)
        self.me.do(SetInitialPoint(mission=mission, place=MIDDLE, at=self.me.now().plus(minutes=-20)))
        return mission

    def ask(self, method: str, path: str, *, who: PersonId | None = None, **more: Any) -> Answered:
        return self.desk.ask(method, path, token=self.house.let_in(who or self.founder), **more)

    def plan(self, kind: str, *, who: PersonId | None = None, **asked: Any) -> Answered:
        question = {"mission": self.open, "ours": OURS, **asked}
        question["asked"] = ASKED | question.get("asked", {})
        return self.ask("POST", f"/api/advise/{kind}", who=who, json=question)

    def plans(self, who: PersonId | None = None, mission: MissionId | None = None) -> Any:
        return self.ask("GET", "/api/read/plans", who=who, query={"mission": mission or self.open}).json()


@pytest.fixture(scope="module")
def planned() -> Iterator[Planned]:
    yield Planned()


def works() -> Works:
    held: Works = application().state.works
    return held


def test_a_plan_is_read_again_by_everybody_and_is_stale_while_the_evidence_is_another(planned: Planned) -> None:
    """It stands with its ways, figures and question; a piece makes it stale, and withdrawing that brings it back."""
    assert planned.plans() == {"search": None, "contain": None}
    told = planned.plan("search_plan")
    assert told.status == 200, told.body
    held = planned.plans(planned.naruto)["search"]
    assert held["stale"] is False and held["asked"]["minutes"] == 30
    assert held["ours"] == OURS
    sheet = held["sheet"]
    assert 0 < sheet["chance"] <= 1 and sheet["chance"] == told.json()["chance"]
    (part,) = sheet["parts"]
    assert part["team"] == "Alpha" and len(part["way"]) > 1 and part["colour"] and part["words"]
    seen = Sighted(place=NEAR, at=planned.me.now(), chance_other=0.5)
    piece = Id(planned.me.do(NoteEvidence(mission=planned.open, piece=seen)).made)
    assert planned.plans()["search"]["stale"] is True
    planned.me.do(WithdrawEvidence(mission=planned.open, evidence=piece, reason="it was Kiba"))
    assert planned.plans()["search"]["stale"] is False


def test_posts_stand_beside_the_plan(planned: Planned) -> None:
    """Whom to post where is an answer of its own: with a place, a time, and what it adds."""
    assert planned.plan("search_contain").status == 200
    (part,) = planned.plans()["contain"]["sheet"]["parts"]
    assert len(part["way"]) == 1 and part["there_at"] and part["adds"] > 0


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"asked": {"minutes": 0}}, "five minutes to a day"),
        ({"asked": {"minutes": 600_000}}, "five minutes to a day"),
        ({"ours": []}, "no team has a known place"),
        ({"ours": OURS + OURS}, "named twice"),
        ({"asked": {"width_m": -1}}, "sweep width"),
        ({"ours": [{"name": "Alpha", "place": {"lat": 0, "lon": 0}}]}, "Alpha"),
    ],
)
def test_what_cannot_be_planned_is_refused_in_words(planned: Planned, asked: dict[str, Any], words: str) -> None:
    """Nobody to send, no time, no width, a team elsewhere: each is refused with what is wrong."""
    told = planned.plan("search_plan", **asked)
    assert told.status in (400, 409), told.body
    assert words in told.json()["error"]["text"]


def test_no_plan_of_a_secret_mission_is_there_for_others(planned: Planned) -> None:
    """Plans of what somebody may not know of are as absent as those of nothing."""
    hidden = planned.ask("GET", "/api/read/plans", who=planned.naruto, query={"mission": planned.secret})
    absent = planned.ask("GET", "/api/read/plans", who=planned.naruto, query={"mission": "0" * 32})
    assert (hidden.status, hidden.body) == (absent.status, absent.body) and hidden.status == 404


def test_how_far_an_answer_has_come_is_told_to_its_asker_alone(planned: Planned) -> None:
    """While an engine works, whoever asked is told what it does; nobody else, and nothing once it is done."""
    with works().asked(planned.founder, "search_plan", planned.open):
        work.tell("Planning", 3, 7)
        (mine,) = planned.ask("GET", "/api/working").json()
        assert (mine["name"], mine["mission"], mine["what"]) == ("search_plan", planned.open, "Planning")
        assert (mine["done"], mine["of"]) == (3, 7) and mine["seconds"] >= 0
        assert planned.ask("GET", "/api/working", who=planned.naruto).json() == []
    assert planned.ask("GET", "/api/working").json() == []
    assert planned.desk.ask("GET", "/api/working").status == 401


def test_only_its_asker_ends_an_answer(planned: Planned) -> None:
    """Whoever asked may say that it is enough; the same words of another change nothing."""
    said = {"name": "search_plan", "mission": planned.open}
    with works().asked(planned.founder, "search_plan", planned.open):
        assert planned.ask("POST", "/api/working/stop", who=planned.naruto, json=said).status == 204
        assert work.tell("Planning", 1, 7)
        planned.ask("POST", "/api/working/stop", json=said | {"name": "search_contain"})
        assert work.tell("Planning", 2, 7)
        planned.ask("POST", "/api/working/stop", json=said)
        assert not work.tell("Planning", 3, 7)
