"""Letters in any order, twice, or with some missing: the same letters give the same, and what is missing is missing."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.care.circle import ASUMA, BEGINS, CLOCK, IRUKA, KAKASHI, KURENAI, SAKURA, SHIZUNE, TSUNADE, Circle

from wayhome.engines.care import letters as f
from wayhome.engines.care import stated as i
from wayhome.engines.care.case import Cases, case_of
from wayhome.engines.care.deciding import CareRefused
from wayhome.engines.care.folding import fold
from wayhome.engines.care.ladder import due_now
from wayhome.engines.care.letters import Letter
from wayhome.engines.care.viewing import case_view, desk_views, waiting_views
from wayhome.values.ids import Id, PersonId

CASE = case_of(IRUKA)
DEEDS: list[tuple[PersonId, Callable[[Circle], i.CareIntent]]] = [
    (IRUKA, lambda c: i.AskForCare()),
    (ASUMA, lambda c: i.TakeCase(case=CASE)),
    (KURENAI, lambda c: i.TakeCase(case=CASE, co=True)),
    (KURENAI, lambda c: i.TakeCase(case=CASE)),
    (ASUMA, lambda c: i.NoteContact(case=CASE, next_day=c.now.day + timedelta(days=9))),
    (IRUKA, lambda c: i.CheckIn(colour="orange", words="tired")),
    (IRUKA, lambda c: i.CheckIn(safe=False)),
    (KURENAI, lambda c: i.OwnFlag(flag=next(iter(c.case().flags), Id("none")))),
    (ASUMA, lambda c: i.CloseFlag(flag=next(iter(c.case().flags), Id("none")))),
    (IRUKA, lambda c: i.CloseFlag(flag=next(iter(c.case().flags), Id("none")))),
    (IRUKA, lambda c: i.AnswerCare(answer="no")),
    (IRUKA, lambda c: i.AnswerCare(answer="accept")),
    (IRUKA, lambda c: i.AnswerCare(answer="later", until=c.now.day + timedelta(days=30))),
    (IRUKA, lambda c: i.SetPace(pace="more")),
    (IRUKA, lambda c: i.AskForSomeoneElse()),
    (IRUKA, lambda c: i.AskForSomeoneElse(never=KURENAI)),
    (ASUMA, lambda c: i.LeaveCase(case=CASE)),
    (ASUMA, lambda c: i.MakePromise(case=CASE, words="a partner", owner=TSUNADE)),
    (ASUMA, lambda c: i.NoteSigns(case=CASE, words="pale", head=True, medic=SAKURA)),
    (ASUMA, lambda c: i.SetWatch(case=CASE, watcher=KAKASHI, over="the flat", every_hours=12, danger="alone")),
    (IRUKA, lambda c: i.SetStage(stage="stays off")),
    (ASUMA, lambda c: i.ProposeLimit(case=CASE, words="base only", until=c.now.day + timedelta(days=40))),
    (IRUKA, lambda c: i.CloseCase()),
    (IRUKA, lambda c: i.ReopenCase()),
    (IRUKA, lambda c: i.HoldWords(mission="ambush", words="he barred the way")),  # type: ignore[arg-type]
]


def lived(deeds: list[int]) -> Circle:
    """A circle in which these deeds were tried, an hour or a day apart, with the clock ringing in between."""
    circle = Circle()
    for number, deed in enumerate(deeds):
        who, intent = DEEDS[deed % len(DEEDS)]
        with suppress(CareRefused):
            circle.do(who, intent(circle) if circle.written else i.AskForCare())
        if number % 3:
            circle.pass_time(hours=5 * number)
            circle.ring(unreachable=frozenset({SHIZUNE}) if number % 2 else frozenset())
    return circle


LIVES = st.lists(st.integers(0, len(DEEDS) - 1), min_size=1, max_size=14)


@settings(max_examples=60, deadline=None)
@given(LIVES, st.integers(0, 10_000))
def test_any_order_and_twice(deeds: list[int], seed: int) -> None:
    """Letters add up to the same in whatever order they arrive, and however often."""
    circle = lived([0, 1, *deeds])
    letters = circle.letters_of(IRUKA)
    mixed = [*letters, *letters[::2]]
    random.Random(seed).shuffle(mixed)
    assert msgspec.to_builtins(fold(mixed), order="deterministic") == msgspec.to_builtins(
        fold(letters), order="deterministic"
    )


@settings(max_examples=60, deadline=None)
@given(LIVES, st.integers(0, 10_000))
def test_whatever_is_missing(deeds: list[int], seed: int) -> None:
    """Any part of the letters can be folded and shown, to everybody, and the clock goes by it without a fault."""
    circle = lived([0, 1, 2, *deeds])
    chance = random.Random(seed)
    part = [letter for letter, _ in circle.written.values() if chance.random() < 0.5]
    known = fold(part)
    for viewer in (IRUKA, ASUMA, KURENAI, KAKASHI):
        for case in known.cases.values():
            assert case_view(case, viewer, circle.now).case == case.id
        waiting_views(known, viewer, circle.now, carer=True)
    assert len(desk_views(known)) <= 1
    due_now(known.ladders(), circle.now.plus(days=400), "desk")


@settings(max_examples=40, deadline=None)
@given(LIVES)
def test_the_desk_knows_when_to_seek(deeds: list[int]) -> None:
    """From the desk's letters alone the clock finds the same flags that stand, and the same owner, as the member."""
    circle = lived([0, 1, *deeds])
    whole, desk = circle.known(IRUKA).of(IRUKA), circle.known(CLOCK).of(IRUKA)
    assert whole is not None
    assert desk is not None
    assert {flag.id for flag in whole.open_flags} == {flag.id for flag in desk.open_flags}
    assert whole.supporters == desk.supporters
    assert whole.is_open == desk.is_open
    assert desk.check_ins == []
    assert desk.answer == ""


def forged(by: PersonId, fact: f.AnyCareFact) -> Letter:
    return Letter(id=Id(f"forged by {by}"), case=CASE, member=IRUKA, by=by, at=BEGINS.plus(days=1), fact=fact)


@pytest.mark.parametrize(
    "fact",
    [
        f.OfferAnswered(answer="no"),
        f.PaceSet(pace="less"),
        f.AccessAllowed(ticks=True),
        f.VetoSaid(against=KURENAI),
        f.WishSaid(person=ASUMA),
        f.SupporterTaken(supporter=TSUNADE),
        f.SupporterLeft(supporter=ASUMA),
        f.ReturnStageSet(stage="full"),
    ],
)
def test_what_only_somebody_can_say(fact: f.AnyCareFact) -> None:
    """A letter in which somebody says what was not theirs to say moves nothing."""
    circle = Circle()
    circle.do(IRUKA, i.AskForCare())
    circle.pass_time(minutes=1)
    circle.do(ASUMA, i.TakeCase(case=CASE))
    letters = circle.letters_of(IRUKA)
    case = fold([*letters, forged(KURENAI, fact)]).cases[CASE]
    shown = case_view(case, IRUKA, circle.now)
    before = case_view(circle.case(), IRUKA, circle.now)
    assert msgspec.structs.replace(shown, stage=None) == msgspec.structs.replace(before, stage=None)
    assert shown.stage is None or shown.stage.stage == ""


def test_a_letter_in_the_name_of_another_case() -> None:
    """A letter that names a case and a member which do not belong together is passed over."""
    letter = Letter(id=Id("crossed"), case=CASE, member=ASUMA, by=ASUMA, at=BEGINS, fact=f.CaseOpened(origin="asked"))
    assert fold([letter]) == Cases(seen={Id("crossed")})


def test_two_carers_take_it_at_once() -> None:
    """Two who took the same case on two machines both look after it: the first as its owner."""
    circle = Circle()
    circle.do(IRUKA, i.AskForCare())
    circle.pass_time(minutes=1)
    before = circle.known(KURENAI)
    circle.do(ASUMA, i.TakeCase(case=CASE), replica="desk")
    circle.pass_time(minutes=1)
    circle.do(KURENAI, i.TakeCase(case=CASE), replica="van", known=before)
    assert circle.case().supporters == (ASUMA, KURENAI)
    circle.pass_time(minutes=1)
    circle.do(IRUKA, i.CheckIn(words="both may read this"))
    assert len(circle.case(seen_by=ASUMA).check_ins) == len(circle.case(seen_by=KURENAI).check_ins) == 1


def test_a_birthday_in_a_leap_year_is_no_matter() -> None:
    """A case opened on 29 February has its 12-month contact on 28 February, and nothing fails on the way (C12)."""
    circle = Circle()
    circle.now = BEGINS.plus(days=730)
    while circle.now.day != date(2028, 2, 29):
        circle.pass_time(days=1)
    circle.do(IRUKA, i.AskForCare())
    days = {one.name: one.day for one in case_view(circle.case(), IRUKA, circle.now).contacts}
    assert days["12 months"] == date(2029, 2, 28)
