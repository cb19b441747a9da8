"""Days of a calendar: months that lack a day, and the local hours between which a contact falls due."""

from __future__ import annotations

import calendar
from datetime import date

from wayhome.engines.care.errors import CareError
from wayhome.values.when import BadTime, Deadline, Moment, end_of_day
from wayhome.values.when import zone as known_zone

OPENS_AT_HOUR = 9
"""The local hour at which a contact falls due: nobody is woken for it. Own design value."""


def months_later(start: date, months: int) -> date:
    """So many calendar months later; a month that lacks the day ends on its last. Raises CareError past year 9999."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise CareError(f"{months} months after {start} lies in no calendar")
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def due_from(day: date, zone: str) -> Moment:
    """When a contact of `day` falls due: nine in the morning where the member lives, whatever the clocks do.

    Raises CareError for an unknown zone.
    """
    try:
        return Deadline(f"{day.isoformat()}T{OPENS_AT_HOUR:02d}:00", known_zone(zone).key).moment()
    except BadTime as error:
        raise CareError(str(error)) from error


def missed_after(until: date, zone: str) -> Moment:
    """The last instant at which a contact of that day is not missed. Raises CareError for an unknown zone."""
    try:
        return end_of_day(until, known_zone(zone).key)
    except (BadTime, OverflowError) as error:
        raise CareError(str(error)) from error


def local_day(at: Moment, zone: str) -> date:
    """Which day it is where the member lives. Raises CareError for an unknown zone."""
    try:
        return at.at(known_zone(zone).key).day
    except BadTime as error:
        raise CareError(str(error)) from error
