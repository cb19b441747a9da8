"""When to be in touch: the proposed points, as the member steers them, with the days that weigh on them.

Everything is counted in whole local days, so no change of clocks or of zone moves a contact within its day; `days`
says at which instant a day begins and is over where the member lives. A day that weighs is a reason to be in touch,
and never bars anybody from anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from wayhome.engines.care.days import months_later
from wayhome.engines.care.errors import CareError
from wayhome.engines.care.table import SCHEDULE, Point

PACES = ("less", "as proposed", "more")
ANSWERS = ("accept", "later", "no", "someone else")
MOST_OWN_DATES = 100
ONE_CONTACT_DAYS = 7
"""Days that weigh within one week are one contact, and so is one within a week of a point."""
OWN_DATE_LATE_DAYS = 2
NOT_BEFORE_DAYS = 3
"""No point but the first contact comes earlier than 72 hours after (TRiM), whatever day weighs before that."""
YEAR_MONTHS = 12

LESS = ("first contact", "3 to 4 weeks", "3 months", "12 months")
LESS_QUIET = ("12 months",)
"""What stays where the member wants less, and what of it is offered without a push. Own design values."""
MORE: tuple[Point, ...] = (
    Point("1 week", "own design value", days=7, late_days=2),
    Point("2 weeks", "own design value", days=14, late_days=3),
    Point("6 weeks", "own design value", days=42, late_days=5),
    Point("2 months", "own design value", months=2, late_days=5),
    Point("6 months", "own design value", months=6, late_days=10),
    Point("9 months", "own design value", months=9, late_days=10),
)
"""What is added where the member wants more."""
OFFERED_AGAIN: tuple[Point, ...] = (
    Point("offered again at 3 weeks", "this project's issue of care: one quiet offer", days=21, late_days=7),
    Point("offered again at 3 months", "this project's issue of care: one quiet offer", months=3, late_days=7),
)
"""After a *no*, counted from it: once each, without a push, on the member's own page."""

LeapRule = Literal["28 February", "1 March"]


class OwnDate(msgspec.Struct, frozen=True, kw_only=True):
    """A day that weighs on the member, as they shared it: each year on `month` and `day`, or next on `next_day`.

    `since`: the day it happened, where they said it. `next_day`: for days of another calendar the member gives the
    next one themselves, each time. `leap`: in which day 29 February ends in a common year.
    """

    month: int = 0
    day: int = 0
    words: str = ""
    since: date | None = None
    next_day: date | None = None
    leap: LeapRule = "28 February"

    def __post_init__(self) -> None:
        if self.next_day is not None:
            return
        try:
            date(2028, self.month, self.day)  # a leap year, so that 29 February is a day
        except ValueError as error:
            raise CareError(
                f"{self.day}.{self.month}. is in no year: give a day and a month, or the next day itself"
            ) from error


class Steering(msgspec.Struct, frozen=True, kw_only=True):
    """What the member said. `answered`: the day of the answer, for *no* of the first one in a row. `until`: for later.

    No answer at all is not *no*: what is proposed goes on.
    """

    answer: str | None = None
    answered: date | None = None
    until: date | None = None
    pace: str = "as proposed"

    def __post_init__(self) -> None:
        if self.answer is not None and self.answer not in ANSWERS:
            raise CareError(f"the answer {self.answer!r} is not known; use one of {', '.join(ANSWERS)}")
        if self.pace not in PACES:
            raise CareError(f"the pace {self.pace!r} is not known; use one of {', '.join(PACES)}")
        if self.answer == "later" and self.until is None:
            raise CareError("later than what: give the day from which contact is welcome")
        if self.answer == "no" and self.answered is None:
            raise CareError("a *no* needs the day on which it was said")


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """One contact: its name, its day, the last day on which it still is that contact.

    `quiet`: it waits on the member's own page, and nobody is told or pushes. `weighs`: the words of the member's own
    days that fall into it.
    """

    name: str
    day: date
    until: date
    quiet: bool = False
    weighs: tuple[str, ...] = ()


def check_own_date(shared: OwnDate, today: date) -> OwnDate:
    """The date, if it can be kept. Raises CareError for the anniversary of something that has not happened yet."""
    if shared.since is not None and shared.since > today:
        raise CareError(
            f"{shared.since.isoformat()} has not come yet, so nothing of that day can come round again: "
            "agree a contact for that day instead"
        )
    if shared.next_day is not None and shared.next_day < today:
        raise CareError(f"{shared.next_day.isoformat()} is past: give the next day on which it comes round")
    if shared.since is not None and shared.next_day is None and not _agrees(shared):
        raise CareError(
            f"{shared.since.isoformat()} is not on {shared.day}.{shared.month}.: give the same day for both"
        )
    return shared


def _agrees(shared: OwnDate) -> bool:
    return shared.since is not None and (shared.since.month, shared.since.day) == (shared.month, shared.day)


def asks_for_next(shared: OwnDate, today: date) -> bool:
    """Whether the member is to be asked for the next day of another calendar: it is never guessed."""
    return shared.next_day is not None and shared.next_day < today


def comes_round(shared: OwnDate, year: int) -> date | None:
    """The day of that year; None before there is anything to come round, or where only the member knows."""
    if shared.next_day is not None:
        return shared.next_day if shared.next_day.year == year else None
    try:
        found = date(year, shared.month, shared.day)
    except ValueError:
        found = date(year, 3, 1) if shared.leap == "1 March" else date(year, 2, 28)
    return None if shared.since is not None and found <= shared.since else found


def planned(
    start: date, steering: Steering, own: Sequence[OwnDate] = (), *, until: date | None = None
) -> tuple[Planned, ...]:
    """Every contact from `start` (the local day on which it ended) to `until`, a year later if not given, by day.

    Leaving the team changes nothing of it: who left is still offered what was proposed. The same dates in any order
    give the same answer. Raises CareError where too many dates are shared.
    """
    if len(own) > MOST_OWN_DATES:
        raise CareError(f"{len(own)} days are too many: share at most {MOST_OWN_DATES}")
    if steering.answer == "no":
        return tuple(_planned(_from_no(start, steering), point, quiet=True) for point in OFFERED_AGAIN)
    last = until or months_later(start, YEAR_MONTHS)
    points = _later(_points(start, steering.pace), steering, start)
    days = _days_of(own, start, last, steering)
    return _together(points, _one_a_week(days), not_before=start + timedelta(days=NOT_BEFORE_DAYS))


def _from_no(start: date, steering: Steering) -> date:
    return max(start, steering.answered or start)


def _planned(start: date, point: Point, *, quiet: bool = False) -> Planned:
    day = months_later(start, point.months) + timedelta(days=point.days)
    return Planned(name=point.name, day=day, until=day + timedelta(days=point.late_days), quiet=quiet)


def _points(start: date, pace: str) -> list[Planned]:
    if pace == "less":
        return [_planned(start, one, quiet=one.name in LESS_QUIET) for one in SCHEDULE if one.name in LESS]
    all_of_them = (*SCHEDULE, *MORE) if pace == "more" else SCHEDULE
    return sorted((_planned(start, one) for one in all_of_them), key=lambda one: one.day)


def _later(points: list[Planned], steering: Steering, start: date) -> list[Planned]:
    """For *later* everything before that day becomes one contact on it; what was due soon after it is that one."""
    if steering.answer != "later" or steering.until is None:
        return points
    on = max(steering.until, start + timedelta(days=1))
    after = [one for one in points if (one.day - on).days >= ONE_CONTACT_DAYS]
    if len(after) == len(points):
        return points
    return [Planned(name="when you said", day=on, until=on + timedelta(days=OWN_DATE_LATE_DAYS)), *after]


def _days_of(own: Sequence[OwnDate], start: date, last: date, steering: Steering) -> list[Planned]:
    first = max(start, steering.until) if steering.answer == "later" and steering.until else start
    found = {
        (day, shared.words)
        for shared in own
        for year in range(start.year, last.year + 1)
        if (day := comes_round(shared, year)) is not None and first < day <= last
    }
    return [
        Planned(name="a day of yours", day=day, until=day + timedelta(days=OWN_DATE_LATE_DAYS), weighs=(words,))
        for day, words in sorted(found)
    ]


def _one_a_week(days: list[Planned]) -> list[Planned]:
    """Days that weigh within one week are one contact, on the first of them and good until the last is over."""
    merged: list[Planned] = []
    for one in days:
        if merged and (one.day - merged[-1].day).days < ONE_CONTACT_DAYS:
            merged[-1] = _joined(merged[-1], one, merged[-1].day)
        else:
            merged.append(one)
    return merged


def _joined(point: Planned, other: Planned, day: date) -> Planned:
    return msgspec.structs.replace(
        point, day=day, until=max(point.until, other.until), weighs=tuple(dict.fromkeys((*point.weighs, *other.weighs)))
    )


def _together(points: list[Planned], days: list[Planned], *, not_before: date) -> tuple[Planned, ...]:
    """A day that weighs within a week of a point is that point's contact, on whichever of the two comes first."""
    found = list(points)
    alone = []
    for one in days:
        near = [at for at, point in enumerate(found) if abs((point.day - one.day).days) < ONE_CONTACT_DAYS]
        if not near:
            alone.append(one)
            continue
        at = min(near, key=lambda index: (abs((found[index].day - one.day).days), index))
        earliest = min(found[at].day, max(one.day, not_before))
        found[at] = msgspec.structs.replace(_joined(found[at], one, earliest), quiet=False)
    return tuple(sorted((*found, *alone), key=lambda one: (one.day, one.until, one.name)))
