"""Who could look after somebody, in which order, for what reasons, and who never."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.engines.care.errors import CareError
from wayhome.engines.care.jurisdiction import KNOWN, jurisdiction_of
from wayhome.engines.care.supporters import Lived, Proposal, Sought, Supporter, propose, why_not
from wayhome.values.ids import Id, PersonId

TODAY = date(2026, 6, 1)
EU = jurisdiction_of("eu")
COLORADO = jurisdiction_of("us-co")


def member(**known: Any) -> Sought:
    return Sought(member=PersonId("iruka"), case=Id("c1"), **known)


def one(name: str, **known: Any) -> Supporter:
    return Supporter(person=PersonId(name), **known)


def names(proposal: Proposal) -> list[str]:
    return [candidate.person for candidate in proposal.fitting]


def reasons_against(proposal: Proposal, name: str) -> tuple[str, ...]:
    return next(candidate.reasons for candidate in proposal.excluded if candidate.person == name)


def test_story_1() -> None:
    """Kakashi led Iruka once: only with Iruka's agreement; then first, since he knows the like and came through."""
    kakashi = one(
        "kakashi", lived=(Lived(mission="old", day=date(2010, 1, 1), kinds=("kill", "death"), well_since=True),)
    )
    shizune = one("shizune")
    asked = member(kinds=frozenset({"kill"}), led=frozenset({"kakashi"}), trusts=frozenset({"kakashi"}))
    before = propose(asked, [kakashi, shizune], EU, TODAY)
    assert names(before) == ["shizune"]
    assert before.excluded[0].asks_consent
    assert before.excluded[0].reasons == ("led them formerly: only if the member agrees to it",)
    agreed = msgspec.structs.replace(asked, agreed=frozenset({PersonId("kakashi")}))
    after = propose(agreed, [kakashi, shizune], EU, TODAY)
    assert names(after) == ["kakashi", "shizune"]
    assert "knows something like it from another time, and has handled it well since" in after.fitting[0].reasons


def test_best_match_was_on_the_same_mission() -> None:
    """C3: under the law of Colorado and Washington the best match, being of the same mission, is left out and why."""
    best = one("kiba", missions=frozenset({"m1"}), lived=(Lived(mission="m0", day=date(2020, 1, 1), kinds=("death",)),))
    asked = member(missions=frozenset({"m1"}), trusts=frozenset({"kiba"}))
    for name in ("us-co", "us-wa", "somewhere"):
        found = propose(
            asked,
            [msgspec.structs.replace(best, trained=True), one("sai", trained=True)],
            jurisdiction_of(name),
            TODAY,
        )
        assert names(found) == ["sai"]
        assert "was on the same mission" in reasons_against(found, "kiba")[0]
    assert names(propose(asked, [best, one("sai")], EU, TODAY)) == ["kiba", "sai"]


NEVER: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("the member themselves", {"person": PersonId("iruka")}, {}, "nobody looks after themselves"),
    ("command", {}, {"command": frozenset({"x"})}, "present command line"),
    ("kin", {}, {"close": frozenset({"x"})}, "kin to them, or close"),
    ("veto", {}, {"vetoes": frozenset({"x"})}, "asked for somebody else"),
    ("too many cases", {"open_cases": 3}, {}, "as many as one person should"),
    ("circular", {"looks_after": frozenset({"iruka"})}, {"looks_after": frozenset({"x"})}, "look after each other"),
    ("circular to be", {}, {"looks_after": frozenset({"x"})}, "look after each other"),
    ("away", {"here": False}, {}, "away, on leave"),
    ("gender", {"gender": "man"}, {"gender_wish": "Woman"}, "not whom the member wished for"),
    ("gender unsaid", {}, {"gender_wish": "woman"}, "not whom the member wished for"),
    (
        "own exposure",
        {"lived": (Lived(mission="m9", day=TODAY - timedelta(days=27), kinds=("death",)),)},
        {},
        "something heavy themselves",
    ),
]


@pytest.mark.parametrize(("known", "asked", "words"), [case[1:] for case in NEVER], ids=[case[0] for case in NEVER])
def test_who_never(known: dict[str, Any], asked: dict[str, Any], words: str) -> None:
    """C3: each hard rule excludes whatever else speaks for somebody, their being asked for included, and says which."""
    who = msgspec.structs.replace(one("x"), **known)
    asked = {"trusts": frozenset({"x"}), "wish": who.person, **asked}
    found = propose(member(**asked), [who, one("sai", gender="woman")], EU, TODAY)
    assert names(found) == ["sai"]
    assert words in reasons_against(found, who.person)[0]


def test_four_weeks_after() -> None:
    """28 days after something heavy of their own somebody may look after others again; before it, never."""
    for days, fits in ((0, False), (27, False), (28, True)):
        lived = (Lived(mission="m9", day=TODAY - timedelta(days=days), kinds=("kill",)),)
        assert bool(names(propose(member(), [one("x", lived=lived)], EU, TODAY))) is fits
    light = (Lived(mission="m9", day=TODAY, kinds=("long exposure",)),)
    assert names(propose(member(), [one("x", lived=light)], EU, TODAY)) == ["x"]


def test_untrained_only_where_the_law_lets() -> None:
    """Where only trained supporters may, nobody else is proposed."""
    assert names(propose(member(), [one("x"), one("y", trained=True)], COLORADO, TODAY)) == ["y"]


def test_a_former_leader_who_commands_now() -> None:
    """Agreement lets a former leader in, never the present command line."""
    asked = member(command=frozenset({"x"}), led=frozenset({"x"}), agreed=frozenset({"x"}))
    found = propose(asked, [one("x")], EU, TODAY)
    assert names(found) == []
    assert not found.excluded[0].asks_consent


def test_nobody_near() -> None:
    """Nobody near: a neighbouring team, and it is said. Nobody at all: unowned, and red until owned."""
    busy = one("near", open_cases=5)
    found = propose(member(), [busy, one("far", near="neighbour")], EU, TODAY)
    assert names(found) == ["far"]
    assert "neighbouring team" in found.nobody
    assert "unowned and stays red" in propose(member(), [busy], EU, TODAY).nobody
    assert "unowned and stays red" in propose(member(), [], EU, TODAY).nobody
    assert propose(member(), [one("x"), one("far", near="neighbour")], EU, TODAY).nobody == ""


def test_the_order() -> None:
    """Wish, nearness, a common language, trust, like experience handled well, load: in this order."""
    like = (Lived(mission="old", day=date(2020, 1, 1), kinds=("kill",), well_since=True),)
    asked = member(
        kinds=frozenset({"kill"}),
        languages=frozenset({"Catalan"}),
        trusts=frozenset({"trusted"}),
        wish=PersonId("wished"),
    )
    people = [
        one("wished", near="neighbour"),
        one("trusted"),
        one("like", lived=like, open_cases=2),
        one("free"),
        one("busy", open_cases=2),
        one("stranger", languages=frozenset({"Finnish"})),
        one("near", near="organisation", lived=like),
        one("far", near="neighbour", lived=like),
    ]
    assert names(propose(asked, people, EU, TODAY)) == [
        "wished", "trusted", "like", "free", "busy", "stranger", "near", "far",
    ]  # fmt: skip


def test_only_what_was_handled_well_speaks_for_somebody() -> None:
    """Like experience of which nobody said how it went since, or that went badly, is no reason."""
    for well in (None, False):
        lived = (Lived(mission="old", day=date(2020, 1, 1), kinds=("kill",), well_since=well),)
        found = propose(member(kinds=frozenset({"kill"})), [one("x", lived=lived)], EU, TODAY)
        assert not any("knows something like it" in reason for reason in found.fitting[0].reasons)


def test_the_draw_differs_by_case() -> None:
    """Between equals the draw hangs on the case: over many cases everybody comes first at some time."""
    people = [one(f"p{number}") for number in range(4)]
    firsts = {
        propose(Sought(member=PersonId("iruka"), case=Id(f"c{number}")), people, EU, TODAY).fitting[0].person
        for number in range(60)
    }
    assert firsts == {"p0", "p1", "p2", "p3"}


PEOPLE = tuple(PersonId(name) for name in ("iruka", "a", "b", "c", "d", "e"))
few = st.frozensets(st.sampled_from(PEOPLE), max_size=2)
missions = st.frozensets(st.sampled_from(("m1", "m2", "m3")), max_size=2)
lives = st.builds(
    Lived,
    mission=st.sampled_from(("m1", "m2", "m3")),
    day=st.dates(date(2026, 4, 1), date(2026, 6, 1)),
    kinds=st.sampled_from(((), ("death",), ("kill", "death"), ("long exposure",))),
    well_since=st.sampled_from((None, True, False)),
)
supporters = st.builds(
    Supporter,
    person=st.sampled_from(PEOPLE),
    near=st.sampled_from(("team", "organisation", "neighbour")),
    gender=st.sampled_from(("", "woman")),
    trained=st.booleans(),
    here=st.booleans(),
    missions=missions,
    lived=st.lists(lives, max_size=2).map(tuple),
    open_cases=st.integers(0, 4),
    looks_after=few,
)
wanted = st.builds(
    Sought,
    member=st.just(PersonId("iruka")),
    case=st.sampled_from((Id("c1"), Id("c2"))),
    missions=missions,
    command=few,
    led=few,
    agreed=few,
    close=few,
    vetoes=few,
    trusts=few,
    wish=st.sampled_from((None, *PEOPLE)),
    gender_wish=st.sampled_from(("", "woman")),
    looks_after=few,
)
laws = st.sampled_from([*KNOWN, jurisdiction_of("")])


@given(wanted, st.lists(supporters, max_size=6, unique_by=lambda person: person.person), laws, st.randoms())
def test_nobody_excluded_is_proposed(asked: Sought, people: list[Supporter], law: Any, chance: Any) -> None:
    """Whatever holds: everybody is either proposed or left out with a reason, no hard rule is broken, in any order."""
    found = propose(asked, people, law, TODAY)
    by_name = {person.person: person for person in people}
    assert {c.person for c in found.fitting} | {c.person for c in found.excluded} == set(by_name)
    for candidate in found.fitting:
        person = by_name[candidate.person]
        assert person.person not in {asked.member} | asked.vetoes | asked.command | asked.close | asked.looks_after
        assert person.here
        assert person.open_cases - (asked.member in person.looks_after) < 3
        assert person.trained or not law.trained_only
        assert not (law.same_mission_excluded and person.missions & asked.missions)
        assert person.person not in asked.led or person.person in asked.agreed
        assert not asked.gender_wish or person.gender == asked.gender_wish
        assert not any(it.heavy and (TODAY - it.day).days < 28 for it in person.lived)
    assert all(candidate.reasons for candidate in (*found.fitting, *found.excluded))
    chance.shuffle(people)
    assert propose(asked, people, law, TODAY) == found


@given(wanted, st.lists(supporters, max_size=6, unique_by=lambda person: person.person), laws)
def test_no_figure_reaches_the_answer(asked: Sought, people: list[Supporter], law: Any) -> None:
    """No reason holds a digit: nobody is scored."""
    found = propose(asked, people, law, TODAY)
    said = itertools.chain.from_iterable(candidate.reasons for candidate in (*found.fitting, *found.excluded))
    assert not any(character.isdigit() for reason in said for character in reason)


@given(wanted, supporters, laws, few)
def test_a_veto_only_takes_away(asked: Sought, person: Supporter, law: Any, more: frozenset[PersonId]) -> None:
    """Saying no to more people never lets somebody in who was out."""
    stricter = msgspec.structs.replace(asked, vetoes=asked.vetoes | more)
    assert bool(why_not(person, stricter, law, TODAY)) >= bool(why_not(person, asked, law, TODAY))


HOSTILE: list[tuple[Callable[[], object], str]] = [
    (lambda: propose(member(), [one("x"), one("x")], EU, TODAY), "'x' is listed twice"),
    (lambda: one("x", near="moon"), "'moon' is not known"),
    (lambda: one("x", open_cases=-1), "-1 open cases is not a count"),
    (lambda: Lived(mission="m", day=TODAY, kinds=("sadness",)), "exposure 'sadness' is not known"),
    (lambda: propose(member(), [one(f"p{n}") for n in range(20_001)], EU, TODAY), "too many at once"),
]


@pytest.mark.parametrize(("make", "words"), HOSTILE, ids=[words for _, words in HOSTILE])
def test_bad_input_is_refused(make: Callable[[], object], words: str) -> None:
    """Each bad value raises CareError, and its text says what is wrong."""
    with pytest.raises(CareError) as caught:
        make()
    assert words in str(caught.value)
