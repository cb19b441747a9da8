"""Moments, deadlines and days.

A past moment is UTC with the zone it was lived in. A future deadline is local time in an IANA zone, so that it stays
at noon when the clocks change. A day ends at local midnight.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec


class BadTime(ValueError):
    """A time that cannot be read; the message says what was wrong and shows a form that works."""


def zone(name: str) -> ZoneInfo:
    """The IANA zone called `name`. Raises BadTime for an unknown one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadTime(f"there is no time zone called {name!r}: use an IANA name such as Europe/Andorra") from error


FIRST_MS, LAST_MS = -2_208_988_800_000, 221_845_392_000_000
"""1900 to 9000: outside, no calendar that we use reaches."""


class Moment(msgspec.Struct, frozen=True, order=True):
    """An instant as somebody claimed it: milliseconds since 1970 UTC, and the zone it was lived in.

    Raises BadTime outside the years 1900 to 9000.
    """

    ms: int
    zone: str = "UTC"

    def __post_init__(self) -> None:
        if not FIRST_MS <= self.ms <= LAST_MS:
            raise BadTime(f"{self.ms} ms since 1970 lies outside the years 1900 to 9000")

    @property
    def utc(self) -> datetime:
        return datetime.fromtimestamp(self.ms / 1000, tz=UTC)

    @property
    def local(self) -> datetime:
        """On the wall where it was lived; in UTC where this machine does not know the zone."""
        try:
            return self.utc.astimezone(zone(self.zone))
        except BadTime:
            return self.utc

    @property
    def day(self) -> date:
        return self.local.date()

    def plus(self, *, minutes: float = 0, hours: float = 0, days: float = 0) -> Moment:
        """This moment moved by elapsed time (not by wall-clock time)."""
        return Moment(self.ms + round((minutes * 60 + hours * 3600 + days * 86400) * 1000), self.zone)

    def hours_until(self, later: Moment) -> float:
        return (later.ms - self.ms) / 3_600_000

    def at(self, zone_name: str) -> Moment:
        return Moment(self.ms, zone_name)


def moment(value: datetime) -> Moment:
    """The moment of an aware datetime. Raises BadTime when it has no zone."""
    if value.tzinfo is None:
        raise BadTime("a moment needs a zone")
    name = getattr(value.tzinfo, "key", None) or "UTC"
    return Moment(round(value.timestamp() * 1000), name)


class Deadline(msgspec.Struct, frozen=True):
    """A future local time in an IANA zone: `2026-03-28T12:00` in `Europe/Andorra`."""

    local: str
    zone: str

    def moment(self) -> Moment:
        """When it falls due. A local time that the clocks skip falls due as the gap ends (PEP 495, fold=0)."""
        naive = datetime.fromisoformat(self.local)
        return Moment(round(naive.replace(tzinfo=zone(self.zone)).timestamp() * 1000), self.zone)


def deadline_at(at: Moment) -> Deadline:
    """The deadline that stands for `at` on the wall clock of its zone, to the minute or, where given, the second."""
    return Deadline(at.local.replace(tzinfo=None).isoformat(timespec="seconds"), at.zone)


def end_of_day(day: date, zone_name: str) -> Moment:
    """The last millisecond of a local day: when a qualification that expires on `day` ceases to hold."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone(zone_name))
    return Moment(round(midnight.timestamp() * 1000) - 1, zone_name)


def hhmm(at: Moment) -> str:
    """24-hour local time as the log column shows it."""
    return at.local.strftime("%H%M")


def stamp(at: Moment) -> str:
    """Local date and time with its offset, as exports show it: 2026-03-01T08:15:00+01:00."""
    return at.local.isoformat(timespec="seconds")
