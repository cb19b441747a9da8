"""What else opens a follow-up: what a supporter carries for others, and having been told something frightening.

Neither says anything of what lies behind it: a supporter's own follow-up names no case, and whoever was told something
is asked how they are in the same words whatever it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from wayhome.engines.care.days import local_day
from wayhome.engines.care.exposure import Contact, contact_days
from wayhome.values.when import Moment

HEAVY_CASES = 3
HEAVY_CASES_DAYS = 30
"""Three heavy cases taken on within 30 days open the supporter's own follow-up. Own design values."""
LOAD_WORDS = "looks after others who carry something heavy"
TOLD_WORDS = "somebody asks how you are"


class Taken(msgspec.Struct, frozen=True):
    """A case that somebody took on: which, on what local day, and whether its member is met in person for it."""

    case: str
    day: date
    heavy: bool = True


class Opened(msgspec.Struct, frozen=True):
    """A follow-up that opens: where it came from, in what words, and the days proposed."""

    origin: str
    reasons: tuple[str, ...]
    contacts: tuple[Contact, ...]


def for_load(taken: Sequence[Taken], now: Moment, zone: str, *, last_opened: date | None = None) -> Opened | None:
    """The supporter's own follow-up, where they took on three heavy cases within 30 days; None where they did not.

    One given back again counts as well: it was carried. `last_opened`: when load last opened one, so that the same
    cases do not open a second. Raises CareError for an unknown zone.
    """
    today = local_day(now, zone)
    days: dict[str, date] = {}
    for one in taken:
        if one.heavy:
            days[one.case] = max(one.day, days.get(one.case, one.day))
    counted = [day for day in days.values() if 0 <= (today - day).days < HEAVY_CASES_DAYS]
    if last_opened is not None:
        counted = [day for day in counted if day > last_opened]
    if len(counted) < HEAVY_CASES:
        return None
    return Opened("load", (LOAD_WORDS,), contact_days(now, zone))


def for_told(now: Moment, zone: str) -> Opened:
    """The follow-up of whoever was told part of something frightening: the same for everything that can be told.

    It takes neither what was told nor of which mission, so nothing of either can be in it. Raises CareError for an
    unknown zone.
    """
    return Opened("told", (TOLD_WORDS,), contact_days(now, zone))
