"""Times as people type them: 18:30, tomorrow 12:00, 2026-03-02T12:00, +90m, +3h."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from wayhome.cli.context import UsageError
from wayhome.values.when import Deadline, Moment, deadline_at, end_of_day, zone

FORMS = "type 18:30, 'tomorrow 12:00', 2026-03-02T12:00 or +90m"
YEARS = range(1900, 2300)
"""Years that a record can speak of: further off is a slip of the keyboard."""


def deadline(typed: str, now: Moment) -> Deadline:
    """A time to come in the zone of `now`. Raises UsageError."""
    later = re.fullmatch(r"\+(\d{1,5})\s*(m|h|d)", typed.strip())
    if later:
        unit = {"m": "minutes", "h": "hours", "d": "days"}[later[2]]
        return deadline_at(now.plus(**{unit: int(later[1])}))
    local = _local(typed.strip(), now, future=True)
    return Deadline(local.isoformat(timespec="seconds"), now.zone)


def moment(typed: str, now: Moment) -> Moment:
    """A time that was: now, 18:30 (the last 18:30 there was) or, written in full, any. Raises UsageError."""
    if typed.strip() == "now":
        return now
    return Deadline(_local(typed.strip(), now, future=False).isoformat(), now.zone).moment()


def day(typed: str, now: Moment) -> date:
    """A day: 2026-03-02, today, yesterday, tomorrow. Raises UsageError."""
    named = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if typed.strip() in named:
        return now.day + timedelta(days=named[typed.strip()])
    try:
        found = date.fromisoformat(typed.strip())
    except ValueError as error:
        raise UsageError(f"{short(typed)} is no day: type 2026-03-02, today or yesterday") from error
    if found.year not in YEARS:
        raise UsageError(f"{short(typed)} is no day that can be meant: the years are {YEARS[0]} to {YEARS[-1]}")
    return found


def until(typed: str, now: Moment) -> Moment:
    """Until when: the end of a day that is named, or a time to come. Raises UsageError."""
    if _is_day(typed):
        return end_of_day(day(typed, now), now.zone)
    return deadline(typed, now).moment()


def start(typed: str, now: Moment) -> Moment:
    """From when: now, the beginning of a day that is named, or a time to come. Raises UsageError."""
    if typed.strip() == "now":
        return now
    if _is_day(typed):
        return Deadline(datetime.combine(day(typed, now), time.min).isoformat(), now.zone).moment()
    return deadline(typed, now).moment()


def _is_day(typed: str) -> bool:
    return bool(re.fullmatch(r"\s*(\d{4}-\d\d-\d\d|today|tomorrow|yesterday)\s*", typed))


def short(typed: str) -> str:
    """What was typed, in quotation marks and no longer than a line, for an error text."""
    return repr(typed if len(typed) <= 80 else typed[:80] + "…")


def _local(typed: str, now: Moment, *, future: bool) -> datetime:
    here = now.local.replace(tzinfo=None)
    named = re.fullmatch(r"(today|tomorrow|yesterday)?\s*(\d{1,2}):?(\d{2})", typed)
    try:
        if named:
            at = datetime.combine(here.date(), time(int(named[2]), int(named[3])))
            if named[1]:
                return at + timedelta(days={"today": 0, "tomorrow": 1, "yesterday": -1}[named[1]])
            if future:
                return at if at > here else at + timedelta(days=1)
            return at if at <= here else at - timedelta(days=1)
        return _written_in_full(typed, now)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{short(typed)} is no time: {FORMS}") from error


def _written_in_full(typed: str, now: Moment) -> datetime:
    full = datetime.fromisoformat(typed)
    if full.year not in YEARS:
        raise ValueError(f"year {full.year}")
    return full if full.tzinfo is None else full.astimezone(zone(now.zone)).replace(tzinfo=None)
