"""When the clocks of a zone change, as calendars want it (VTIMEZONE): for a span of years, from the zone data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import icalendar

from wayhome.values.when import zone


def vtimezone(name: str, first_year: int, last_year: int) -> icalendar.Timezone:
    """A zone from the first day of one year to the last of another.

    Each change of the clocks stands by itself, and begins at the wall-clock time before it, as RFC 5545 asks.
    """
    component = icalendar.Timezone()
    component.add("TZID", name)
    first = datetime(first_year, 1, 1, tzinfo=UTC) - timedelta(days=1)  # the year begins earlier in the east
    component.add_component(_observance(name, first, first))
    for before, after in _changes(name, first, datetime(last_year + 1, 1, 1, tzinfo=UTC)):
        component.add_component(_observance(name, before, after))
    return component


def _observance(
    name: str, before: datetime, after: datetime
) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    there = zone(name)
    was, now = before.astimezone(there).utcoffset(), after.astimezone(there)
    kind = icalendar.TimezoneDaylight if now.dst() else icalendar.TimezoneStandard
    component = kind()
    component.add("DTSTART", (after + (was or timedelta())).replace(tzinfo=None))
    component.add("TZNAME", now.tzname() or name)
    component.add("TZOFFSETFROM", was or timedelta())
    component.add("TZOFFSETTO", now.utcoffset() or timedelta())
    return component


def _changes(name: str, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The last second before and the first second after each change of the clocks."""
    day = first
    while day < last:
        after = day + timedelta(days=1)
        if _offset(name, day) != _offset(name, after):
            yield _change_between(name, day, after)
        day = after


def _change_between(name: str, before: datetime, after: datetime) -> tuple[datetime, datetime]:
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if _offset(name, middle) == _offset(name, before):
            before = middle
        else:
            after = middle
    return before, after


def _offset(name: str, at: datetime) -> tuple[timedelta | None, str | None]:
    local = at.astimezone(zone(name))
    return local.utcoffset(), local.tzname()
