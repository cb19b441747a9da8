"""Who goes: what changed since the last proposal, what if, why a mission has no team, and all open missions at once."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cli.scene import Scene

from wayhome.usecases.advice import AdviceError
from wayhome.usecases.staffed import Staffing, WithoutTeam
from wayhome.values.ids import MissionId, PersonId

RIDGE, FORD = "On the ridge", "At the ford"


class Village(Scene):
    """The Leaf with more trackers and healers, and its founder asking who goes."""

    def __init__(self) -> None:
        super().__init__()
        self.enrol("Shino", rank="chuunin", tracking=3)
        self.enrol("Hana", rank="chuunin", tracking=3)
        self.enrol("Shizune", rank="jounin", medic=4)

    def raised(self, name: str, *needs: str, people: str = "2", rank: str = "", secret: bool = False) -> None:
        self.run("mission", "new", name, "--rank", rank, *(["--secret"] if secret else []))
        asked = [word for need in needs for word in ("--need", need)]
        self.run("mission", "plan", name, "--people", people, *asked)

    def person(self, name: str) -> PersonId:
        return next(one.id for one in self.house.acting.standing.world.people.values() if one.name == name)

    def mission_id(self, name: str) -> MissionId:
        return next(one.id for one in self.house.acting.standing.world.missions.values() if one.name == name)

    def ask(self, mission: str = "", *, who: str = "Tsunade", **asked: Any) -> Staffing:
        for what in ("without", "pinned"):
            if what in asked:
                asked[what] = tuple(self.person(name) for name in asked[what])
        me = self.house.as_member(self.person(who))
        if mission:
            answer: Staffing = me.advise("propose", mission=self.mission_id(mission), **asked).value
        else:
            answer = me.advise("propose_all", **asked).value
        return answer

    def on_record(self, mission: str, who: str = "Tsunade") -> tuple[Any, ...]:
        me = self.house.as_member(self.person(who))
        found: tuple[Any, ...] = me.read("advice", mission=self.mission_id(mission)).value
        return found


def going(answer: Staffing, mission: str = "") -> set[str]:
    """The names of who would go."""
    return {pick.name for team in answer.teams for pick in team.picks if mission in ("", team.name)}


def told(answer: Staffing) -> list[tuple[str, bool, str]]:
    return [(one.name, one.joins, one.why) for one in answer.changes]


def without(answer: Staffing) -> dict[str, WithoutTeam]:
    return {one.name: one for one in answer.unmanned}


@pytest.fixture
def village() -> Village:
    """A mission on the ridge for a tracker and a healer."""
    made = Village()
    made.raised(RIDGE, "tracking:3:1", "medic:2:1")
    return made


def test_the_first_proposal_is_against_nothing(village: Village) -> None:
    """Where nothing was proposed before, nothing changed; what is answered is on record."""
    first = village.ask(RIDGE)
    assert (first.changes, first.against, first.kept, first.what_if) == ((), None, False, False)
    assert first.gap == 0
    assert len(going(first)) == 2
    assert len(village.on_record(RIDGE)) == 1


def test_after_a_decline_one_takes_the_place_and_the_other_stays(village: Village) -> None:
    """Whoever declined leaves with that for a reason, one joins in their place, and nobody else moves."""
    first = village.ask(RIDGE)
    assert going(first) == {"Kiba", "Shizune"}
    for name in ("Kiba", "Shizune"):
        village.run("offer", "make", RIDGE, name)
    village.run("offer", "answer", RIDGE, "declined", who="Kiba")
    again = village.ask(RIDGE)
    (gone, joined) = told(again)
    assert gone == ("Kiba", False, "declined")
    assert joined[1:] == (True, "in place of Kiba; brings tracking 3")
    assert going(again) == {"Shizune", joined[0]}
    assert again.against is not None
    assert again.kept
    shizune = next(pick for pick in again.teams[0].picks if pick.name == "Shizune")
    assert shizune.why[0] == "Was offered it and has not answered."
    assert not shizune.accepted
    assert ("Kiba", "declined") in {(one.name, one.reason) for one in again.teams[0].not_considered}


def test_asked_again_with_nothing_new_nothing_changes(village: Village) -> None:
    """Asking again is no reason to send somebody else, though somebody better is there by now; unless afresh."""
    first = village.ask(RIDGE)
    village.enrol("Hashirama", rank="jounin", tracking=5, medic=5)
    again = village.ask(RIDGE)
    assert (going(again), again.changes, again.kept) == (going(first), (), True)
    assert again.points - again.saves == village.ask(RIDGE, afresh=True).points
    assert again.saves > 0


def test_what_if_changes_the_answer_and_nothing_on_record(village: Village) -> None:
    """Somebody left out or pinned by way of trial: told as changes, and not written down."""
    first = village.ask(RIDGE)
    trial = village.ask(RIDGE, without=["Kiba"], pinned=["Ino"])
    assert trial.what_if
    assert "Ino" in going(trial) and "Kiba" not in going(trial)
    assert ("Kiba", False, "left out, as you asked") in told(trial)
    assert next(why for name, joins, why in told(trial) if name == "Ino") == "pinned, as you asked; brings medic 2"
    ino = next(pick for pick in trial.teams[0].picks if pick.name == "Ino")
    assert (ino.accepted, ino.why[0]) == (False, "Goes, as you asked.")
    assert len(village.on_record(RIDGE)) == 1
    assert going(village.ask(RIDGE)) == going(first)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (("member", "status", "Ino", "leave"), "on leave"),
        (("mission", "hold-back", RIDGE, "Ino", "--reason", "a broken rib"), "held back: a broken rib"),
    ],
)
def test_whoever_cannot_go_cannot_be_pinned(village: Village, line: tuple[str, ...], why: str) -> None:
    """Pinning somebody who cannot go is refused, and says why they cannot."""
    village.run(*line)
    with pytest.raises(AdviceError, match=f"Ino cannot be pinned to {RIDGE}: {why}"):
        village.ask(RIDGE, pinned=["Ino"])
