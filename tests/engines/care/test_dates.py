"""When to be in touch: as the member steers it, with the days that weigh on them, in any zone and any year."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.engines.care.dates import (
    ANSWERS,
    PACES,
    OwnDate,
    Planned,
    Steering,
    asks_for_next,
    check_own_date,
    comes_round,
    planned,
)
from wayhome.engines.care.days import due_from, local_day, missed_after
from wayhome.engines.care.errors import CareError
from wayhome.values.when import moment

START = date(2026, 3, 1)
PROPOSED = [date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 22), date(2026, 6, 1), date(2027, 3, 1)]


def days(*own: OwnDate, start: date = START, to: date | None = None, **said: Any) -> list[date]:
    return [one.day for one in planned(start, Steering(**said), own, until=to)]


def named(*own: OwnDate, **said: Any) -> dict[str, Planned]:
    return {one.name: one for one in planned(START, Steering(**said), own)}


def test_as_proposed() -> None:
    """Accepted, unanswered or with somebody else: next day, 3 days, 3 weeks, 3 months, 12 months; none is quiet."""
    for answer in (None, "accept", "someone else"):
        assert days(answer=answer) == PROPOSED
        assert not any(one.quiet for one in planned(START, Steering(answer=answer)))


def test_no() -> None:
    """C2: after a *no* nothing at 3 days; one quiet offer 3 weeks and one 3 months after it, and nothing ever else."""
    found = planned(
        START, Steering(answer="no", answered=date(2026, 3, 2)), [OwnDate(month=5, day=1)], until=date(2036, 1, 1)
    )
    assert [(one.day, one.quiet) for one in found] == [(date(2026, 3, 23), True), (date(2026, 6, 2), True)]


def test_later() -> None:
    """For *later* what was before that day becomes one contact on it, and the rest stays."""
    assert days(answer="later", until=date(2026, 3, 20)) == [date(2026, 3, 20), date(2026, 6, 1), date(2027, 3, 1)]
    assert days(answer="later", until=date(2026, 4, 20)) == [date(2026, 4, 20), date(2026, 6, 1), date(2027, 3, 1)]


def test_less_and_more() -> None:
    """Less drops the contact at 3 days and makes the last one quiet; more adds some; three months are always there."""
    less = named(pace="less")
    assert set(less) == {"first contact", "3 to 4 weeks", "3 months", "12 months"}
    assert less["12 months"].quiet
    assert not less["3 months"].quiet
    more = named(pace="more")
    assert set(named()) < set(more)
    assert len(more) == 11
    assert list(more.values()) == sorted(more.values(), key=lambda one: one.day)


def test_who_left_is_still_offered_three_months() -> None:
    """C14: a member who leaves on day 40 still has the contact at 3 months before them, and the one at 12."""
    left = START + timedelta(days=40)
    assert [one.name for one in planned(START, Steering()) if one.day > left] == ["3 months", "12 months"]


def test_three_in_one_week_are_one() -> None:
    """C12: three losses in one week are one contact, on the first of them, with the words of all."""
    own = [OwnDate(month=9, day=day, words=words) for day, words in ((10, "Rin"), (13, "Minato"), (16, "Obito"))]
    found = [one for one in planned(START, Steering(), own) if one.weighs]
    assert [(one.day, one.until, one.weighs) for one in found] == [
        (date(2026, 9, 10), date(2026, 9, 18), ("Rin", "Minato", "Obito"))
    ]
    assert len(planned(START, Steering(), own)) == 6


def test_a_day_near_a_point_is_that_point() -> None:
    """A day within a week of a proposed contact is that contact, on the earlier of the two, and never within 72 h."""
    found = named(OwnDate(month=5, day=28, words="Rin"))
    assert found["3 months"].day == date(2026, 5, 28)
    assert found["3 months"].until == date(2026, 6, 8)
    assert found["3 months"].weighs == ("Rin",)
    assert named(OwnDate(month=6, day=7))["3 months"].day == date(2026, 6, 1)
    assert named(OwnDate(month=3, day=3))["3 days"].day == date(2026, 3, 4)


def test_a_day_that_weighs_is_not_quiet() -> None:
    """Where less was asked for, the quiet contact at 12 months speaks up if a day of the member's own falls into it."""
    assert not named(OwnDate(month=2, day=27), pace="less")["12 months"].quiet


def test_29_february() -> None:
    """C12: 29 February comes round on it in leap years, else on 28 February, or on 1 March if the member says so."""
    leap = OwnDate(month=2, day=29)
    march = OwnDate(month=2, day=29, leap="1 March")
    assert [comes_round(leap, year) for year in (2027, 2028)] == [date(2027, 2, 28), date(2028, 2, 29)]
    assert [comes_round(march, year) for year in (2027, 2028)] == [date(2027, 3, 1), date(2028, 2, 29)]
    assert date(2028, 2, 29) in days(leap, start=date(2027, 6, 1))


def test_another_calendar() -> None:
    """C12: for a day of a lunar calendar the member gives the next one; when it is past, it is asked for."""
    lunar = OwnDate(next_day=date(2026, 9, 25), words="the mid-autumn memorial")
    assert date(2026, 9, 25) in days(lunar, to=date(2030, 1, 1))
    assert sum(bool(one.weighs) for one in planned(START, Steering(), [lunar], until=date(2030, 1, 1))) == 1
    assert not asks_for_next(lunar, date(2026, 9, 25))
    assert asks_for_next(lunar, date(2026, 9, 26))


def test_the_day_it_happened_is_not_its_anniversary() -> None:
    """What happened on the day of the mission comes round a year later, not on the day itself."""
    own = OwnDate(month=5, day=1, since=date(2026, 5, 1))
    assert comes_round(own, 2026) is None
    assert comes_round(own, 2027) == date(2027, 5, 1)


BAD: list[tuple[Callable[[], object], str]] = [
    (lambda: OwnDate(month=6, day=31), "31.6. is in no year"),
    (lambda: OwnDate(month=13, day=1), "is in no year"),
    (lambda: OwnDate(), "is in no year"),
    (lambda: check_own_date(OwnDate(month=3, day=2, since=date(2026, 3, 2)), START), "has not come yet"),
    (lambda: check_own_date(OwnDate(next_day=date(2026, 2, 28)), START), "is past: give the next day"),
    (lambda: check_own_date(OwnDate(month=3, day=2, since=date(2020, 3, 3)), START), "give the same day for both"),
    (lambda: Steering(answer="maybe"), "'maybe' is not known"),
    (lambda: Steering(pace="frantic"), "'frantic' is not known"),
    (lambda: Steering(answer="later"), "later than what"),
    (lambda: Steering(answer="no"), "needs the day"),
    (lambda: planned(START, Steering(), [OwnDate(month=1, day=1)] * 101), "101 days are too many"),
    (lambda: due_from(START, "Konoha/Leaf"), "no time zone called 'Konoha/Leaf'"),
    (lambda: missed_after(START, "Konoha/Leaf"), "no time zone called 'Konoha/Leaf'"),
    (lambda: planned(date(9999, 6, 1), Steering()), "in no calendar"),
]


@pytest.mark.parametrize(("make", "words"), BAD, ids=[words for _, words in BAD])
def test_bad_input_is_refused(make: Callable[[], object], words: str) -> None:
    """An anniversary in the future, a day in no year, an unknown zone: each is refused with what to do."""
    with pytest.raises(CareError) as caught:
        make()
    assert words in str(caught.value)


def test_clock_changes() -> None:
    """C12: nine in the morning stays nine in the morning when the clocks change, and a short day ends at midnight."""
    for day in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25)):
        assert due_from(day, "Europe/Andorra").local.strftime("%Y-%m-%d %H:%M") == f"{day} 09:00"
        assert missed_after(day, "Europe/Andorra").local.strftime("%Y-%m-%d %H:%M") == f"{day} 23:59"
    assert (
        missed_after(date(2011, 12, 30), "Pacific/Apia").hours_until(due_from(date(2011, 12, 31), "Pacific/Apia")) > 0
    )


def test_a_member_who_moves() -> None:
    """C12: a contact is a day where the member lives: who moves from Andorra to Tokyo is due there at nine."""
    day = PROPOSED[3]
    assert due_from(day, "Europe/Andorra").hours_until(due_from(day, "Asia/Tokyo")) == -7
    at = moment(datetime(2026, 6, 1, 16, 0, tzinfo=UTC))
    assert local_day(at, "Asia/Tokyo") == date(2026, 6, 2)
    assert local_day(at, "Europe/Andorra") == date(2026, 6, 1)


starts = st.dates(date(2000, 1, 1), date(2090, 1, 1))
own_dates = st.lists(
    st.builds(
        OwnDate,
        month=st.integers(1, 12),
        day=st.integers(1, 29),
        words=st.sampled_from(("", "a", "b")),
        leap=st.sampled_from(("28 February", "1 March")),
    ),
    max_size=8,
)


@st.composite
def steerings(draw: st.DrawFn, start: date) -> Steering:
    answer = draw(st.sampled_from((None, *ANSWERS)))
    some_day = start + timedelta(days=draw(st.integers(0, 400)))
    return Steering(answer=answer, answered=some_day, until=some_day, pace=draw(st.sampled_from(PACES)))


@given(st.data(), starts, own_dates, st.randoms())
def test_laws_of_the_plan(data: st.DataObject, start: date, own: list[OwnDate], chance: Any) -> None:
    """Whatever was said: nothing before the start, in order, never two of the member's own days in one week; in any
    order of what was shared the same; after a *no* exactly the two quiet offers; else something at 3 months or later.
    """
    steering = data.draw(steerings(start))
    found = planned(start, steering, own)
    assert all(start < one.day <= one.until for one in found)
    assert [one.day for one in found] == sorted(one.day for one in found)
    if steering.answer == "no":
        assert len(found) == 2
        assert all(one.quiet and (one.day - (steering.answered or start)).days >= 21 for one in found)
        return
    weighing = [one.day for one in found if one.name == "a day of yours"]
    assert all((later - day).days >= 7 for day, later in itertools.pairwise(weighing))
    assert any((one.until - start).days >= 89 for one in found)
    if steering.answer != "later":
        assert {"3 to 4 weeks", "3 months"} <= {one.name for one in found}
    if steering.answer == "later" and steering.until:
        assert not any(one.day < steering.until for one in found)
    chance.shuffle(own)
    assert planned(start, steering, own) == found


@given(starts, own_dates)
def test_every_day_that_weighs_is_in_some_contact(start: date, own: list[OwnDate]) -> None:
    """No day that was shared is lost by merging: each lies within a week of a contact that carries its words."""
    found = planned(start, Steering(), own)
    for shared in own:
        for year in (start.year, start.year + 1):
            day = comes_round(shared, year)
            if day is not None and start < day <= start.replace(year=start.year + 1, day=min(start.day, 28)):
                assert any(shared.words in one.weighs and abs((one.day - day).days) < 14 for one in found)
