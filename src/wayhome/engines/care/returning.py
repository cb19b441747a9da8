"""The way back to duty: by steps, reviewed at dates, never by itself, never against the member's wish.

A step back needs no reason, no time and nobody's leave but the member's. A supporter proposes; nobody here judges
whether somebody is fit. Of all of it tasking gets a limit in agreed words, and nothing else.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import msgspec

from wayhome.engines.care.errors import CareError
from wayhome.values.ids import PersonId


class Stage(msgspec.Struct, frozen=True):
    """One step of the way back. `least_days` before the next one, `review_days` until it is looked at again at latest.

    `asks`: what is done together on it, in words. Days are own design values: the source sets no timeframe.
    """

    name: str
    words: str
    least_days: int
    review_days: int
    asks: tuple[str, ...] = ()


WAY = (
    Stage("observe", "comes along, watches, has no task", 3, 14, ("say beforehand how to leave at any time",)),
    Stage("base", "works at the base, not in the field", 7, 21, ("go through the kit again, in no hurry",)),
    Stage(
        "short with partner",
        "goes out for a short task with a named partner who steps in",
        7,
        21,
        ("go through the kit again with the partner", "agree with the partner by what sign they step in"),
    ),
    Stage("full", "is back, without a limit", 0, 90),
)
"""The way back, in its order: drawn from the stepwise return of the Edmonton reintegration (journalcswb 47)."""
ASIDE = (
    Stage("other role", "another role instead, for as long as they want it", 0, 90),
    Stage("stays off", "stays off, for now", 0, 28),
)
"""Ways that are as good: reached at any time, left by beginning at the beginning."""

STAGES: dict[str, Stage] = {stage.name: stage for stage in (*WAY, *ASIDE)}
_ORDER = {stage.name: number for number, stage in enumerate(WAY)}


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody is on the way. `stage` None: nothing was ever set, so they are on duty as before.

    `review`: when it is looked at again. `clinician`: who set a limit that still holds, where a clinician did.
    """

    member: PersonId
    stage: str | None = None
    since: date | None = None
    review: date | None = None
    clinician: PersonId | None = None


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A step that somebody wants. `agreed`: the member said yes to it, or wants it themselves.

    `clinician_agrees`: the clinician who set a limit that holds said yes; asked for only where there is one.
    """

    stage: str
    by: PersonId
    agreed: bool
    partner: PersonId | None = None
    review: date | None = None
    clinician_agrees: bool = False


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """The step as it is to be set: its stage, its partner, when it is looked at again, what is done together on it."""

    stage: str
    partner: PersonId | None
    review: date
    asks: tuple[str, ...]
    back: bool


def step(standing: Standing, wanted: Wanted, today: date) -> Step:
    """The step, if it can be taken. Raises CareError with what is missing, and which step is next."""
    stage = STAGES.get(wanted.stage)
    if stage is None:
        raise CareError(f"the stage {wanted.stage!r} is not known; use one of {', '.join(STAGES)}")
    if not (wanted.agreed or wanted.by == standing.member):
        raise CareError("nobody is moved without their own yes: ask the member first")
    back = _is_back(standing.stage, stage.name)
    if not back:
        _may_go_on(standing, wanted, stage, today)
    return Step(
        stage=stage.name,
        partner=_partner(standing, wanted, stage, back=back),
        review=_review(wanted.review, stage, today),
        asks=stage.asks,
        back=back,
    )


def _is_back(now: str | None, to: str) -> bool:
    """Whether it asks less of somebody than now, or no more: that needs no reason and no time."""
    if to in ("other role", "stays off"):
        return True
    if now in ("other role", "stays off"):
        return False
    return _ORDER[to] <= _ORDER["full" if now is None else now]


def _may_go_on(standing: Standing, wanted: Wanted, stage: Stage, today: date) -> None:
    """Raises CareError where a step on skips one, comes too soon, or lacks the clinician who set a limit."""
    following = next_stage(standing.stage)
    if stage.name != following:
        raise CareError(f"{stage.name!r} skips a step: the next one is {following!r}")
    now = STAGES.get(standing.stage or "")
    since = standing.since or today
    if now is not None and (today - since).days < now.least_days:
        day = since + timedelta(days=now.least_days)
        raise CareError(f"{now.name!r} takes a little while: {stage.name!r} from {day.isoformat()} on")
    if standing.clinician is not None and not wanted.clinician_agrees:
        raise CareError("a limit that a clinician set still holds: they say yes before the next step")


def next_stage(now: str | None) -> str:
    """Which step comes after; from aside the first one, and after the last the last."""
    if now is None or now == "full":
        return "full"
    if now not in _ORDER:
        return WAY[0].name
    return WAY[_ORDER[now] + 1].name


def _partner(standing: Standing, wanted: Wanted, stage: Stage, *, back: bool) -> PersonId | None:
    if wanted.partner is not None and wanted.partner == standing.member:
        raise CareError("nobody is their own partner: name somebody else")
    if stage.name != "short with partner":
        return None
    if wanted.partner is None and not back:
        raise CareError("'short with partner' needs a partner by name: say who goes along")
    return wanted.partner


def _review(asked: date | None, stage: Stage, today: date) -> date:
    latest = today + timedelta(days=stage.review_days)
    if asked is None:
        return latest
    if not today < asked <= latest:
        raise CareError(
            f"{asked.isoformat()} cannot be the day to look at {stage.name!r} again: give one after today and "
            f"until {latest.isoformat()}"
        )
    return asked


def asks_for_review(standing: Standing, today: date) -> str:
    """What is said when the day to look at it again has come, or '': nothing moves by itself, either way."""
    if standing.stage is None or standing.review is None or today < standing.review:
        return ""
    return f"Today is the day to look again at {standing.stage!r}, together. Nothing changes until the member says so."


# limits

LONGEST_LIMIT_DAYS = 366
MOST_LIMIT_CHARS = 200
TELLS_OF_CARE = (
    "anxi", "care ", "clinic", "counsel", "depress", "diagnos", "ill ", "illness", "mental", "panic", "psych", "ptsd",
    "sick", "stress", "suicid", "symptom", "therap", "trauma", "unfit",
)  # fmt: skip
"""Beginnings of English words that would tell tasking more than it needs; other languages are not looked at."""


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """A duty limit: what tasking holds to, in these words, with a named partner only, or both, until a day."""

    words: str
    until: date
    partner: PersonId | None = None
    clinician: PersonId | None = None


LimitState = Literal["holds", "asks"]


def check_limit(limit: Limit, member: PersonId, today: date) -> Limit:
    """The limit, if tasking can hold to it and learns nothing else by it. Raises CareError with what to change."""
    words = " ".join(limit.words.split())
    if not words and limit.partner is None:
        raise CareError("a limit needs words that tasking can hold to, or a partner by name")
    if len(words) > MOST_LIMIT_CHARS:
        raise CareError(f"a limit has at most {MOST_LIMIT_CHARS} letters: say only what tasking has to hold to")
    if limit.partner == member:
        raise CareError("nobody is their own partner: name somebody else")
    if not today < limit.until <= today + timedelta(days=LONGEST_LIMIT_DAYS):
        raise CareError(
            f"{limit.until.isoformat()} cannot be the last day of a limit: give one after today and within a year"
        )
    told = says_too_much(words)
    if told:
        raise CareError(f"these words would tell tasking of care ({', '.join(told)}): say what to hold to, and not why")
    return msgspec.structs.replace(limit, words=words)


def says_too_much(words: str) -> tuple[str, ...]:
    """The words in it that tell more than what to hold to; () where none was found."""
    found = [
        word
        for word in words.casefold().replace("-", " ").split()
        if f"{word.strip('.,;:!?()')} ".startswith(TELLS_OF_CARE)
    ]
    return tuple(dict.fromkeys(found))


def limit_state(limit: Limit, today: date) -> LimitState:
    """It holds until its day is over; afterwards it asks, and still holds until somebody says so."""
    return "asks" if today > limit.until else "holds"


def may_lift(limit: Limit, by: PersonId, member: PersonId, *, clinician_agrees: bool) -> bool:
    """The member lifts what was theirs; one that came from a clinician needs that clinician."""
    if limit.clinician is None:
        return by == member
    return by == limit.clinician or (by == member and clinician_agrees)
