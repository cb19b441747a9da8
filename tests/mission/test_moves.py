"""The tables of moves: whatever is not in them is refused, and so is whoever may not."""

from __future__ import annotations

import itertools

import pytest
from tests.fakes.scene import Scene

from wayhome.mission.intents import missions as m
from wayhome.mission.moves import MISSION_MOVES, MISSION_STATES, OFFER_ANSWERS, OFFER_MOVES
from wayhome.mission.rules import Act, Refused, decide
from wayhome.mission.rules.offers import may_change
from wayhome.values.ids import derive

PAIRS_OF_STATES = list(itertools.product(MISSION_STATES, MISSION_STATES))
PAIRS_OF_ANSWERS = list(itertools.product(OFFER_ANSWERS, OFFER_ANSWERS))
ACTORS = {"candidate": "Neji", "mission command": "Shizune", "clock": "the clock", "nobody": "Choji"}


def act(scene: Scene, who: str) -> Act:
    return Act(scene[who], scene.now, derive("moves", who), scene.house.log.replica)


@pytest.fixture(scope="module")
def scene() -> Scene:
    made = Scene()
    made.offer("Neji")
    return made


@pytest.mark.parametrize(("before", "after"), PAIRS_OF_STATES)
@pytest.mark.parametrize("who", ["Shizune", "Tsunade", "Choji"])
def test_a_mission_moves_as_the_table_says_and_not_otherwise(scene: Scene, before: str, after: str, who: str) -> None:
    """A move that is not in the table is refused, and one that is, to whoever does not command."""
    scene.held.state = before
    intent = m.MoveMission(mission=scene.mission, to=after, reason="because", reopens_when="a new clue")
    if (before, after) in MISSION_MOVES and who != "Choji":
        assert decide(intent, scene.world, act(scene, who)).says
        return
    with pytest.raises(Refused) as refused:
        decide(intent, scene.world, act(scene, who))
    assert refused.value.code == ("no such move" if (before, after) not in MISSION_MOVES else "not yours to do")


@pytest.mark.parametrize(("before", "after"), PAIRS_OF_ANSWERS)
@pytest.mark.parametrize("role", ACTORS)
def test_an_offer_changes_as_the_table_says_and_not_otherwise(scene: Scene, before: str, after: str, role: str) -> None:
    """A change that is not in the table is refused, and one that is, to whoever may not make it."""
    offer = next(iter(scene.held.offers.values()))
    offer.answer = before
    who = OFFER_MOVES.get((before, after))
    allowed = who is not None and role in who

    def change() -> None:
        may_change(scene.world, act(scene, ACTORS[role]), scene.held, offer, after, candidate=role == "candidate")

    if allowed:
        change()
        return
    with pytest.raises(Refused) as refused:
        change()
    assert refused.value.code == ("no such move" if who is None else "not yours to do")


def test_the_tables_name_only_states_and_answers_that_there_are() -> None:
    """Every row of both tables is between words of the lists beside them."""
    assert {state for move in MISSION_MOVES for state in move} <= set(MISSION_STATES)
    assert {answer for move in OFFER_MOVES for answer in move} == set(OFFER_ANSWERS)


def test_a_lapsed_a_declined_and_a_withdrawn_offer_stay_so() -> None:
    """What is over is over: nothing leads out of lapsed, declined or withdrawn."""
    over = {"lapsed", "declined", "withdrawn"}
    assert not {before for before, _ in OFFER_MOVES} & over
