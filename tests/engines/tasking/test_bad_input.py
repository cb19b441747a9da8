"""Wrong, empty, huge and hostile requests: one family of errors that says what is wrong."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from wayhome.engines.tasking import (
    MEANING,
    STANDARD,
    Apart,
    Candidate,
    Composure,
    Duty,
    Effort,
    MissionNeed,
    Pair,
    Request,
    RestRules,
    SkillNeed,
    Stake,
    TaskingError,
    Together,
    Weights,
    WorkLimit,
    propose,
)
from wayhome.engines.tasking.now.worlds import world

NAN = float("nan")
ONE = Candidate(id="a", name="Ada")
TWO = Candidate(id="b", name="Ben")
MISSION = MissionNeed(id="m", name="Rescue")
CIRCLE = (
    MissionNeed(id="m", name="Rescue", after=("n",)),
    MissionNeed(id="n", name="Watch", after=("m",)),
    MissionNeed(id="o", name="Search", after=("n",)),
)

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
    (
        lambda: MissionNeed(id="m", name="Rescue", hours=5, until_h=3),
        "lasts 5 h, but its window from 0 h to 3 h has room",
    ),
    (lambda: MissionNeed(id="m", name="Rescue", trainees=-1), "the trainee places of Rescue"),
    (lambda: MissionNeed(id="m", name="Rescue", mode="magic"), "use share or slot"),  # type: ignore[arg-type]  # on purpose
    (lambda: Duty(-1, -2), "ends before it starts"),
    (lambda: WorkLimit(24, 25), "the most work in 24 h"),
    (lambda: RestRules("", "a source"), "a set of rest rules"),
    (lambda: Request(people=(ONE,), missions=CIRCLE), "Rescue after Watch after Rescue; take one of these out"),
    (
        lambda: Request(people=(ONE,), missions=(MissionNeed(id="m", name="Rescue", after=("x",)),)),
        "Rescue comes after 'x', which is not among the missions",
    ),
    (
        lambda: Request(
            people=(ONE,), missions=(MissionNeed(id="m", name="R", skills=(SkillNeed("trak"),)),), skills=("track",)
        ),
        "R needs 'trak', a skill that nobody knows of; did you mean 'track'?",
    ),
    (
        lambda: Request(
            people=(ONE, TWO),
            missions=(MISSION,),
            together=(Together("a", "b", "a couple"),),
            apart=(Apart("b", "a", "a quarrel"),),
        ),
        "a and b are to go together and to be kept apart: withdraw one of the two",
    ),
    (lambda: Request(people=(ONE,), missions=(MISSION,), together=(Together("a", "x", ""),)), "'x', to go together"),
    (lambda: Effort(gap=1.0), "a gap of 1.0"),
    (lambda: Effort(threads=0), "how many threads"),
    (lambda: world(1, 1, 1), "how many people"),
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


def test_a_qualification_that_runs_out_in_mid_mission_is_said() -> None:
    """Whoever is qualified at the beginning but not to the end is not considered, and that is the reason."""
    ada = Candidate(id="a", name="Ada", qualifications=("rope",), expires_h={"rope": 3.0}, travel_h={"m": 1.0})
    mission = MissionNeed(id="m", name="Rescue", qualifications=("rope",), hours=4.0, optional=True)
    team = propose(Request(people=(ada,), missions=(mission,))).teams[0]
    assert [one.reason for one in team.not_considered] == ["rope expires in mid-mission"]
    short = msgspec.structs.replace(mission, hours=1.5, optional=False)
    assert propose(Request(people=(ada,), missions=(short,))).teams[0].staffed


def test_rules_of_rest_hold_with_travel_counted() -> None:
    """Sixteen hours of work in twenty-four, travel included: what would break it is not considered."""
    rules = RestRules("two to one", "a source", 0.0, (WorkLimit(24.0, 16.0),))
    ada = Candidate(id="a", name="Ada", duties=(Duty(-10.0, 0.0),), travel_h={"m": 1.0})
    four, five = (MissionNeed(id="m", name="Rescue", hours=hours, optional=True) for hours in (4.0, 5.0))
    assert propose(Request(people=(ada,), missions=(msgspec.structs.replace(four, optional=False),), rest=rules))
    left = propose(Request(people=(ada,), missions=(five,), rest=rules)).teams[0].not_considered
    assert [one.reason for one in left] == ["the mission would break two to one"]


def test_everybody_on_leave_is_an_answer() -> None:
    """With everybody on leave there is no team, and each has that one reason."""
    people = tuple(msgspec.structs.replace(one, duty="leave") for one in (ONE, TWO))
    proposal = propose(Request(people=people, missions=(MISSION,)))
    assert proposal.clash is not None
    assert {one.reason for one in proposal.teams[0].not_considered} == {"on leave"}
