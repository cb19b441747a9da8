"""The time somebody claims in a typed line: `@0815`, `at 08:15`, `at 0815Z`, and the moment it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import msgspec

from wayhome.values.when import Moment, zone

AHEAD_H: Final = 12
"""A time on the clock means its nearest occurrence: at most this far ahead, otherwise the last one."""
PLAN_MS: Final = 15 * 60_000
"""`at 1500` further ahead of now than this is a plan in the message, not the time of the entry."""

_SUFFIX = r"(?: ?(hours|hrs|h|zulu|z|utc|local|l)\b)?"
_AT_SIGN: Final = re.compile(rf"@ ?(\d{{1,2}}[:h.]\d{{2}}|\d{{3,4}}){_SUFFIX}(?![\w]|[.,:]\d)", re.I)
_AT_WORD: Final = re.compile(
    rf"\b(?:at|time) (\d{{1,2}}[:h]\d{{2}}|\d{{4}}){_SUFFIX}"
    r"(?! ?(?:m|ft|feet|metres|meters|masl|km|mhz|khz|ppl|people|%)\b)(?![\w]|[.,:/]\d| \d)",
    re.I,
)


class TypedTime(msgspec.Struct, frozen=True):
    """A time found in a text: hour and minute (None when it cannot be one), in UTC or on the local clock."""

    span: tuple[int, int]
    clock: tuple[int, int] | None
    utc: bool
    sure: bool


def find_times(text: str) -> Iterator[TypedTime]:
    """Times in `text`: after @ (`sure`), then after `at`. Only after @ is an impossible one reported."""
    for pattern in (_AT_SIGN, _AT_WORD):
        for match in pattern.finditer(text):
            digits = re.sub(r"\D", "", match[1]).rjust(4, "0")
            hour, minute = int(digits[:2]), int(digits[2:])
            clock = (hour, minute) if hour < 24 and minute < 60 else None
            sure = pattern is _AT_SIGN
            if clock is not None or sure:
                yield TypedTime(match.span(), clock, (match[2] or "").lower() in ("z", "zulu", "utc"), sure)


def resolve(clock: tuple[int, int], now: Moment, *, utc: bool = False) -> Moment:
    """The moment that a clock time means to somebody at `now`: its nearest occurrence, at most 12 h ahead.

    Where the clocks were set back and a time came twice, the one nearer to now; a time the clocks skipped falls as
    the gap ends (PEP 495).
    """
    where = zone("UTC" if utc else now.zone)
    today = datetime.fromtimestamp(now.ms / 1000, where).replace(tzinfo=None)
    found: set[int] = set()
    for day in (-1, 0, 1):
        local = (today + timedelta(days=day)).replace(hour=clock[0], minute=clock[1], second=0, microsecond=0)
        found.update(round(local.replace(tzinfo=where, fold=fold).timestamp() * 1000) for fold in (0, 1))
    allowed = [ms for ms in found if ms <= now.ms + AHEAD_H * 3_600_000]
    return Moment(min(allowed, key=lambda ms: (abs(ms - now.ms), -ms)), now.zone)
