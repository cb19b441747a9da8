"""Wrong, empty, huge and hostile requests: one family of errors that says what is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from wayhome.engines.tasking import (
    MEANING,
    STANDARD,
    Apart,
    Candidate,
    Composure,
    Effort,
    MissionNeed,
    Pair,
    Request,
    SkillNeed,
    Stake,
    TaskingError,
    Weights,
    propose,
)

NAN = float("nan")
ONE = Candidate(id="a", name="Ada")
MISSION = MissionNeed(id="m", name="Rescue")

BAD: list[tuple[Callable[[], object], str]] = [
    (lambda: SkillNeed("track", 0), "level 0 does not exist"),
    (lambda: SkillNeed("track", 6), "levels are whole numbers 1 to 5"),
    (lambda: SkillNeed("track", True), "level True"),
    (lambda: SkillNeed(" "), "a name is missing"),
    (lambda: SkillNeed("track", 1, 0), "0 must be a whole number from 1"),
    (lambda: SkillNeed("track", 1, 10**9), "must be a whole number"),
    (lambda: Candidate(id="a", name="Ada", skills={"track": 0}), "track of Ada: level 0"),
    (lambda: Candidate(id="a", name="Ada", skills={"track": 6}), "track of Ada: level 6"),
    (lambda: Candidate(id="a", name="Ada", skills={"": 2}), "a skill of Ada"),
    (lambda: Candidate(id="", name="Ada"), "a candidate's id"),
    (lambda: Candidate(id="a", name=""), "candidate a: a name is missing"),
    (lambda: Candidate(id="a", name="Ada", duty="asleep"), "'asleep' is not known; use one of on duty, available"),
    (lambda: Candidate(id="a", name="Ada", load_h=NAN), "the load of Ada"),
    (lambda: Candidate(id="a", name="Ada", load_h=-1), "between 0 and 10000"),
    (lambda: Candidate(id="a", name="Ada", travel_h={"m": float("inf")}), "travel of Ada to m"),
    (lambda: Candidate(id="a", name="Ada", travel_h={"m": "2"}), "not a number of hours"),  # type: ignore[dict-item]  # on purpose
    (lambda: Candidate(id="a", name="Ada", most_danger=9), "cleared for"),
    (lambda: Composure(6, "leader"), "composure: level 6"),
    (lambda: Composure(3, ""), "the source of a composure level"),
    (lambda: Stake("m", "kin", helps=4), "how far 'kin' helps"),
    (lambda: MissionNeed(id="m", name="Rescue", least=0), "the least people of Rescue"),
    (lambda: MissionNeed(id="m", name="Rescue", least=3, most=2), "at most 2 is less than at least 3"),
    (lambda: MissionNeed(id="m", name="Rescue", danger=4), "the danger of Rescue"),
    (lambda: MissionNeed(id="m", name="Rescue", within_h=NAN), "the longest travel for Rescue"),
    (lambda: Request(people=(), missions=(MISSION,)), "no candidate was given"),
    (lambda: Request(people=(ONE,), missions=()), "no mission was given"),
    (lambda: Request(people=(ONE, ONE), missions=(MISSION,)), "'a' stands there twice"),
    (lambda: Request(people=(ONE,), missions=(MISSION, MISSION)), "'m' stands there twice"),
    (lambda: Request(people=(ONE,), missions=(MISSION,), fixed=(Pair("b", "m"),)), "'b', accepted, is not"),
    (lambda: Request(people=(ONE,), missions=(MISSION,), forbidden=(Pair("a", "x"),)), "'x', ruled out, is not"),
    (
        lambda: Request(people=(ONE,), missions=(MISSION,), fixed=(Pair("a", "m"),), forbidden=(Pair("a", "m"),)),
        "withdraw one of the two",
    ),
    (lambda: Request(people=(ONE,), missions=(MISSION,), apart=(Apart("a", "a", ""),)), "apart from themselves"),
    (lambda: Request(people=(ONE,), missions=(MISSION,), mode="magic"), "use share or slot"),  # type: ignore[arg-type]  # on purpose
    (lambda: Weights(sent=-1), "the weight sent"),
    (lambda: Effort(plan=0), "the effort for plan"),
    (lambda: Effort(each=NAN), "the effort for each"),
    (lambda: propose(Request(people=(ONE,), missions=(MISSION,)), seed=-1), "the seed"),
]


@pytest.mark.parametrize(("make", "words"), BAD, ids=[words for _, words in BAD])
def test_bad_values_are_refused_at_birth(make: Callable[[], object], words: str) -> None:
    """Each bad value raises TaskingError, and its text names what and where."""
    with pytest.raises(TaskingError) as caught:
        make()
    assert words in str(caught.value)


def test_too_many_are_refused() -> None:
    """More people than the engine takes are refused by number."""
    people = tuple(Candidate(id=str(number), name="Ada") for number in range(20_001))
    with pytest.raises(TaskingError, match="20001 people and 1 missions are too many"):
        Request(people=people, missions=(MISSION,))


def test_names_of_any_script_come_through() -> None:
    """Arabic, Japanese and emoji names and skills stand in the answer as given."""
    people = (
        Candidate(id="سعاد", name="سعاد", skills={"追跡": 4}, travel_h={"m": 1}),
        Candidate(id="🦊", name="ナルト 🦊", skills={"追跡": 5}, travel_h={"m": 1}),
    )
    proposal = propose(
        Request(people=people, missions=(MissionNeed(id="m", name="捜索", skills=(SkillNeed("追跡", 2),)),))
    )
    pick = proposal.teams[0].picks[0]
    assert pick.name == "ナルト 🦊"
    assert "Brings 追跡 at level 5; 2 is asked." in pick.why
    assert pick.next_best is not None
    assert pick.next_best.words.startswith("سعاد instead")


def test_everyone_of_a_big_roster_can_be_asked() -> None:
    """A mission that asks for more people than there are is a clash, not an error."""
    proposal = propose(Request(people=(ONE,), missions=(MissionNeed(id="m", name="Rescue", least=500),)))
    assert proposal.clash is not None
    assert proposal.clash.rules[0].words == "Rescue needs at least 500 people"


def test_every_weight_is_explained() -> None:
    """The table of weights and its words name the same things."""
    assert set(MEANING) == set(STANDARD.__struct_fields__)
