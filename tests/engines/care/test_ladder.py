"""The ladder: in order, at its time, once, after whatever outage, on one machine."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.care.circle import ASUMA, BEGINS, CLOCK, IRUKA, KURENAI, SHIZUNE, Circle

from wayhome.engines.care import stated as i
from wayhome.engines.care.case import Ladder, Rung, case_of
from wayhome.engines.care.deciding import CareRefused
from wayhome.engines.care.ladder import Keeper, Sought, contact_steps, due_now, next_at, numbered, rung
from wayhome.engines.care.letters import Due, LadderStep
from wayhome.engines.care.viewing import desk_views
from wayhome.values.ids import Id, PersonId
from wayhome.values.when import Moment, moment

CASE = case_of(IRUKA)
DAY = date(2026, 3, 10)


def agreed() -> Circle:
    """Asuma looks after Iruka, Kurenai as the second one; a contact is agreed for 10 March and no other is near."""
    circle = Circle(carers=(ASUMA, KURENAI))
    circle.do(IRUKA, i.AskForCare())
    circle.pass_time(minutes=1)
    circle.do(ASUMA, i.TakeCase(case=CASE))
    circle.pass_time(minutes=1)
    circle.do(KURENAI, i.TakeCase(case=CASE, co=True))
    for days in (1, 3):
        circle.pass_time(days=days)
        circle.do(ASUMA, i.NoteContact(case=CASE))
    circle.do(ASUMA, i.AgreeContact(case=CASE, day=DAY))
    return circle


def test_silence() -> None:
    """Due on D: told on D; the second channel on D+1, the second supporter on D+2, a professional on D+3 (C4)."""
    circle = agreed()
    rung_on = {}
    for _ in range(24 * 14):
        circle.pass_time(hours=1)
        for step in circle.due():
            rung_on[circle.now.day] = (step.step.to, step.step.channel)
        circle.ring()
        if circle.now.day > date(2026, 3, 14):
            break
    assert rung_on == {
        date(2026, 3, 10): (ASUMA, "first"),
        date(2026, 3, 11): (ASUMA, "second channel"),
        date(2026, 3, 12): (KURENAI, "co-supporter"),
        date(2026, 3, 13): (SHIZUNE, "professional"),
    }
    (view,) = desk_views(circle.known(KURENAI))
    assert len(view.sought) == 4


def test_two_days_of_outage() -> None:
    """After two days without a clock every step that fell due is taken once, in order, and none a second time."""
    circle = agreed()
    circle.now = moment(datetime(2026, 3, 12, 9, 30, tzinfo=UTC)).at("Europe/Andorra")
    assert [person for _, person in circle.ring()] == [ASUMA, ASUMA, KURENAI]
    assert circle.ring() == []
    circle.pass_time(days=30)
    assert [person for what, person in circle.ring()][:1] == [SHIZUNE]
    assert circle.ring() == []


def test_told_is_recorded_once() -> None:
    """The same step recorded twice, by a clock that died between telling and writing, is one letter."""
    circle = agreed()
    circle.now = moment(datetime(2026, 3, 10, 9, 30, tzinfo=UTC)).at("Europe/Andorra")
    (step,) = circle.due()
    once = rung(step, circle.now, CLOCK, told=True)
    again = rung(step, circle.now.plus(minutes=3), CLOCK, told=True)
    assert once.id == again.id


def test_called_off_by_being_in_touch() -> None:
    """A contact, or the member's own check-in, ends the search; so does another day that was agreed."""
    for intent, by in (
        (i.NoteContact(case=CASE), ASUMA),
        (i.CheckIn(colour="green"), IRUKA),
    ):
        circle = agreed()
        circle.now = moment(datetime(2026, 3, 11, 10, 0, tzinfo=UTC)).at("Europe/Andorra")
        circle.ring()
        circle.do(by, intent)
        circle.now = moment(datetime(2026, 3, 16, 10, 0, tzinfo=UTC)).at("Europe/Andorra")
        assert circle.ring() == []
    circle = agreed()
    circle.do(IRUKA, i.AgreeContact(day=date(2026, 3, 14)))
    circle.now = moment(datetime(2026, 3, 13, 10, 0, tzinfo=UTC)).at("Europe/Andorra")
    assert circle.ring() == []
    circle.pass_time(days=1)
    assert circle.ring() == [("contact", ASUMA)]


def test_who_sees_to_it_is_asked_again() -> None:
    """Whoever was told says they see to it: nobody else is called for a day; where nothing came of it they are."""
    circle = agreed()
    circle.now = moment(datetime(2026, 3, 12, 9, 30, tzinfo=UTC)).at("Europe/Andorra")
    circle.ring()
    (about,) = {ladder.about for ladder in circle.known(KURENAI).ladders() if ladder.rung and ladder.off is None}
    circle.do(KURENAI, i.AnswerLadder(about=about))
    circle.pass_time(hours=20)
    assert circle.ring() == []
    circle.pass_time(hours=5)
    assert circle.ring() == [("contact", KURENAI)]
    circle.pass_time(days=3)
    assert {person for _, person in circle.ring()} >= {SHIZUNE}
    with pytest.raises(CareRefused):
        circle.do(SHIZUNE, i.AnswerLadder(about=Id("nothing")))


def test_meaning_well_puts_nothing_off_for_ever() -> None:
    """Whoever says every day that they see to it does not keep the professional from being told."""
    circle = agreed()
    told: list[PersonId] = []
    for day in range(10, 18):
        circle.now = moment(datetime(2026, 3, day, 9, 30, tzinfo=UTC)).at("Europe/Andorra")
        told += [person for _, person in circle.ring()]
        for ladder in circle.known(ASUMA).ladders():
            if ladder.off is None and ladder.rung:
                circle.do(ASUMA, i.AnswerLadder(about=ladder.about))
    assert SHIZUNE in told


def test_one_machine_rings() -> None:
    """Only the machine that set a ladder rings it, until another one takes the clock over."""
    circle = agreed()
    circle.now = moment(datetime(2026, 3, 10, 9, 30, tzinfo=UTC)).at("Europe/Andorra")
    assert len(circle.due(replica="desk")) == 1
    assert circle.due(replica="van") == []
    assert circle.due(replica="desk", keeper=Keeper("van", circle.now)) == []
    assert len(circle.due(replica="van", keeper=Keeper("van", circle.now))) == 1


def test_what_was_set_since_the_clock_was_taken_over_rings_where_it_was_set_as_well() -> None:
    """The machine whose clock was taken over is there again: apart from the keeper it rings what it set itself."""
    circle = agreed()
    before = Keeper("van", moment(datetime(2026, 1, 1, tzinfo=UTC)))
    circle.now = moment(datetime(2026, 3, 10, 9, 30, tzinfo=UTC)).at("Europe/Andorra")
    assert len(circle.due(replica="desk", keeper=before)) == 1
    assert circle.due(replica="van", keeper=before) == circle.due(replica="desk", keeper=before)


@pytest.mark.parametrize("zone", ["Europe/Andorra", "America/Denver", "Australia/Lord_Howe", "Pacific/Apia", "UTC"])
@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)])
def test_clock_changes_shift_nothing(zone: str, day: date) -> None:
    """On whatever day the clocks change, every step comes at nine in the morning where the member lives."""
    sought = Sought(member=IRUKA, supporters=(ASUMA, KURENAI), professionals=(SHIZUNE,))
    steps = contact_steps(Due(Id("due"), "agreed", day, day), sought, zone, BEGINS)
    assert [(at.local.hour, at.local.minute) for at, _, _ in steps] == [(9, 0)] * 4
    assert [(at.day - day).days for at, _, _ in steps] == [0, 1, 2, 3]


def test_no_member_is_told_of_their_own_silence() -> None:
    """The member is never on the ladder of their own contact, whatever else they are."""
    sought = Sought(member=ASUMA, carers=(ASUMA, KURENAI), professionals=(ASUMA,))
    steps = contact_steps(Due(Id("due"), "agreed", DAY, DAY), sought, "UTC", BEGINS)
    assert {person for _, person, _ in steps} == {KURENAI}


def test_nobody_to_seek() -> None:
    """With nobody to seek there is no step, and nothing fails."""
    assert contact_steps(Due(Id("due"), "agreed", DAY, DAY), Sought(member=IRUKA), "UTC", BEGINS) == []
    assert next_at([Ladder(Id("a"), CASE, IRUKA)]) is None


STEPS = st.lists(st.tuples(st.integers(0, 500), st.sampled_from(["a", "b", "c"])), min_size=1, max_size=8)


@given(STEPS, st.lists(st.integers(0, 600), min_size=1, max_size=12), st.sets(st.sampled_from(["a", "b", "c"])))
def test_every_step_once_and_none_too_early(
    planned: list[tuple[int, str]], ticks: list[int], unreachable: set[str]
) -> None:
    """However the clock ticks or stands still: every step is taken at most once, none before its time, none left out.

    Before its time comes only a step that follows one by which nobody could be reached.
    """
    steps = numbered([(BEGINS.plus(minutes=at), PersonId(to), "first") for at, to in planned])
    ladder = Ladder(Id("about"), CASE, IRUKA, "contact", steps, "desk", BEGINS)
    taken: list[LadderStep] = []
    for minutes in [*sorted(ticks), 1_000]:
        now = BEGINS.plus(minutes=minutes)
        while due := due_now([ladder], now, "desk"):
            step = due[0].step
            before = [one for one in taken if one.number == step.number - 1]
            chained = bool(before) and before[0].to in unreachable
            assert step.at.ms <= now.ms or chained
            taken.append(step)
            ladder.rung[step.number] = Rung(step.number, step.to, now, step.to not in unreachable)
    assert [one.number for one in taken] == [one.number for one in steps]


@given(st.integers(0, 5), st.integers(1, 6))
def test_numbers_never_stand_for_two_steps(before: int, after: int) -> None:
    """A ladder that is set anew numbers on: what was recorded of the old steps is not taken for the new ones."""
    old = numbered([(BEGINS.plus(minutes=at), ASUMA, "first") for at in range(before)])
    new = numbered(
        [(BEGINS.plus(minutes=at), KURENAI, "first") for at in range(after)],
        Ladder(Id("about"), CASE, IRUKA, steps=old),
    )
    assert not {one.number for one in old} & {one.number for one in new}


def test_a_ladder_in_the_far_past() -> None:
    """A step of 1970 is due now, and the year 9000 not yet."""
    steps = (LadderStep(1, Moment(0), ASUMA, "first"), LadderStep(2, Moment(221_845_392_000_000), ASUMA, "first"))
    ladder = Ladder(Id("about"), CASE, IRUKA, "contact", steps, "desk", BEGINS)
    assert [one.step.number for one in due_now([ladder], BEGINS, "desk")] == [1]
