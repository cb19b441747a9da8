"""How fit somebody is for duty by what they said of their sleep: rules first, then a model; not said is never rested.

It advises. It says nothing of how somebody is, reads nothing of care, and is no score of a person: four words, each
with what it rests on.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Literal

import msgspec

from wayhome.engines.fatigue import rules
from wayhome.engines.fatigue.errors import FatigueError
from wayhome.engines.fatigue.rules import check_hours, hours
from wayhome.engines.fatigue.unified import Sleep, unified
from wayhome.values.sleep import LONG_AWAKE_H, SHORT_SLEEP_H, TOO_LONG_AWAKE_H
from wayhome.values.when import Moment

Verdict = Literal["fit", "caution", "impaired", "unknown"]
VERDICTS: tuple[Verdict, ...] = ("fit", "unknown", "caution", "impaired")
"""From what asks for nothing to what asks for most."""

FULL_NIGHT_H = 8.0
BEDTIME = 23.0
NIGHTS_BEFORE = 6
"""What the model takes for the nights before the last one, which nobody is asked about: full ones."""
MAIN_SLEEP_H = SHORT_SLEEP_H
"""A sleep in the field of so many hours begins a new day; a shorter one helps, and ends nothing."""
SAID_LASTS_H = 24.0
"""For so long what was said at sign-on speaks of the last 24 hours."""


class Nap(msgspec.Struct, frozen=True):
    """A sleep in the field: when it ended, and how long it was."""

    ended: Moment
    hours: float

    def __post_init__(self) -> None:
        check_hours(self.hours, 24, "hours slept in the field")


class Declared(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody said when they came on duty, and what is known of their duty. None is not said.

    `since`: on duty since then; None: not signed on. `said`: when they said the rest, where that was later.
    `slept_24h`: hours of sleep in the 24 before, or at least so many. `worked_h`: other work and travel in the 24
    before. `rest_h` after `work_h`: the last duty before this one.
    """

    since: Moment | None = None
    said: Moment | None = None
    slept_24h: float | None = None
    woke: Moment | None = None
    worked_h: float | None = None
    rest_h: float | None = None
    work_h: float | None = None
    naps: tuple[Nap, ...] = ()

    def __post_init__(self) -> None:
        for name in ("slept_24h", "worked_h"):
            value = getattr(self, name)
            if value is not None:
                check_hours(value, 24, name)
        at = self.told
        if at is not None and self.woke is not None and self.woke.ms > at.ms:
            raise FatigueError("they cannot have woken after they said so")

    @property
    def told(self) -> Moment | None:
        """When they said how they slept."""
        return self.said or self.since


class Fitness(msgspec.Struct, frozen=True, kw_only=True):
    """`reasons`: in words, the gravest first. `rests_on`: what was said, and when. `sources`: where the rules stand.

    `asks_from`: from when on at least caution is asked for, where that is ahead and can be told. `awake_h`: hours.
    """

    verdict: Verdict
    reasons: tuple[str, ...]
    sure: str
    rests_on: str
    sources: tuple[str, ...] = ()
    asks_from: Moment | None = None
    awake_h: float | None = None


class _Finding(msgspec.Struct, frozen=True):
    verdict: Verdict
    words: str
    source: str


MODEL = "Ramakrishnan et al., Sleep 2016 (unified model)"


def fitness(declared: Declared, now: Moment) -> Fitness:
    """How fit somebody is at `now`."""
    told = declared.told
    if declared.since is None or told is None or max(declared.since.ms, told.ms) > now.ms:
        return Fitness(
            verdict="unknown",
            reasons=("not signed on for duty: ask how they slept",),
            sure="nothing is known",
            rests_on="nothing",
        )
    awake = awake_h(declared, now)
    found = [*_by_rules(declared, now, awake), *_missing(declared, now)]
    found += _by_model(declared, now) if not any(one.verdict in ("caution", "impaired") for one in found) else []
    found.sort(key=lambda one: -VERDICTS.index(one.verdict))
    verdict = found[0].verdict if found else "fit"
    reasons = tuple(one.words for one in found) or (_rested(awake),)
    return Fitness(
        verdict=verdict,
        reasons=reasons,
        sure=_sure(declared, verdict),
        rests_on=f"their own word at {told.local:%Y-%m-%d %H:%M}",
        sources=tuple(dict.fromkeys(one.source for one in found if one.source)) or (rules.SHORT_SLEEP.source, MODEL),
        asks_from=_asks_from(declared, now),
        awake_h=awake,
    )


def awake_h(declared: Declared, now: Moment) -> float | None:
    """Hours since they woke from the last main sleep; None where nobody said when."""
    woke = [declared.woke] if declared.woke is not None else []
    woke += [nap.ended for nap in declared.naps if nap.hours >= MAIN_SLEEP_H and nap.ended.ms <= now.ms]
    return min((one.hours_until(now) for one in woke), default=None)


def _slept(declared: Declared, now: Moment) -> float | None:
    """Sleep in the last 24 hours as far as it was said: of that before duty, what no longer counts is left out."""
    told = declared.told
    if told is None:
        return None
    napped = [nap for nap in declared.naps if told.ms < nap.ended.ms <= now.ms]
    napped = [nap for nap in napped if nap.ended.hours_until(now) < SAID_LASTS_H]
    on_duty = sum(nap.hours for nap in napped)
    if told.hours_until(now) >= SAID_LASTS_H:
        return on_duty if napped else None
    return None if declared.slept_24h is None else declared.slept_24h + on_duty


def _by_rules(declared: Declared, now: Moment, awake: float | None) -> list[_Finding]:
    found = []
    slept = _slept(declared, now)
    if slept is not None and slept < SHORT_SLEEP_H:
        words = f"deemed impaired: less than {hours(SHORT_SLEEP_H)} of sleep in the last 24 h"
        found.append(_Finding("impaired", words, rules.SHORT_SLEEP.source))
    if awake is not None and awake >= LONG_AWAKE_H:
        verdict: Verdict = "impaired" if awake >= TOO_LONG_AWAKE_H else "caution"
        found.append(_Finding(verdict, f"awake {hours(math.floor(awake))}", rules.LONG_AWAKE.source))
    work = work_h(declared, now)
    if work is not None and work > rules.MOST_WORK_H:
        found.append(_Finding("caution", rules.rest_owed(work).words, rules.TWO_TO_ONE.source))
    elif work is not None and work > 24 - rules.DAILY_REST_H:
        words = f"{hours(work)} of work and travel leave less than {hours(rules.DAILY_REST_H)} of rest in a day"
        found.append(_Finding("caution", words, rules.DAILY_REST.source))
    return found + _rest_before(declared)


def _rest_before(declared: Declared) -> list[_Finding]:
    """Whether the rest before this duty was what the last one asked for."""
    if declared.rest_h is None or declared.work_h is None or declared.rest_h >= 24:
        return []
    owed = rules.rest_owed(min(declared.work_h, 24.0))
    if declared.rest_h >= owed.hours:
        return []
    words = f"{hours(declared.rest_h)} of rest since the last duty; {owed.words}"
    return [_Finding("caution", words, owed.source)]


def work_h(declared: Declared, now: Moment) -> float | None:
    """Work and travel in the last 24 hours, at most: this duty so far, with what was said to lie before it."""
    if declared.since is None:
        return None
    return min(24.0, declared.since.hours_until(now) + (declared.worked_h or 0.0))


def _missing(declared: Declared, now: Moment) -> list[_Finding]:
    found = []
    if _slept(declared, now) is None:
        when = "since they said so, more than a day ago," if declared.slept_24h is not None else "in the last 24 h"
        found.append(_Finding("unknown", f"how much they slept {when} was not said: ask", ""))
    if awake_h(declared, now) is None:
        found.append(_Finding("unknown", "since when they are awake was not said: ask", ""))
    return found


def _by_model(declared: Declared, now: Moment) -> list[_Finding]:
    """Whether the hour is as hard, by the model, as the seventeenth awake after full nights."""
    level = modelled(declared, now)
    if level is None or level < as_tired_as():
        return []
    words = f"by the model as tired as somebody rested who is {hours(LONG_AWAKE_H)} awake"
    return [_Finding("caution", words, MODEL)]


def modelled(declared: Declared, now: Moment) -> float | None:
    """Fatigue by the unified model, after full nights before the one that was said; None where that was not said."""
    told = declared.told
    if declared.slept_24h is None or declared.woke is None or told is None:
        return None
    start = _midnight_before(declared.woke, days=NIGHTS_BEFORE + 2)
    woke = start.hours_until(declared.woke)
    before = min(start.hours_until(told) - 24 - FULL_NIGHT_H / 2, woke - FULL_NIGHT_H)
    sleeps = [night for night in full_nights(NIGHTS_BEFORE + 2) if night.start < before]
    if declared.slept_24h > 0:
        begun = max(woke - declared.slept_24h, sleeps[-1].end if sleeps else 0.0)
        sleeps.append(Sleep(begun, woke))
    for nap in sorted(declared.naps, key=lambda one: one.ended.ms):
        ended = start.hours_until(nap.ended)
        begun = max(ended - nap.hours, sleeps[-1].end)
        if nap.ended.ms <= now.ms and begun < ended:
            sleeps.append(Sleep(begun, ended))
    return unified(sleeps, start.hours_until(now)).fatigue


def full_nights(nights: int) -> list[Sleep]:
    """Nights from 23:00 to 07:00, from the first midnight on."""
    return [Sleep(24.0 * day + BEDTIME, 24.0 * day + BEDTIME + FULL_NIGHT_H) for day in range(nights)]


@lru_cache(maxsize=1)
def as_tired_as() -> float:
    """The model's fatigue after a week of full nights, 23:00 to 07:00, and 17 hours awake: where caution begins."""
    nights = full_nights(NIGHTS_BEFORE + 1)
    return unified(nights, nights[-1].end + LONG_AWAKE_H).fatigue


def _midnight_before(at: Moment, *, days: int) -> Moment:
    """Elapsed hours are counted from here, so that a night on which the clocks change is as long as it was."""
    local = at.local
    past = local.hour + local.minute / 60 + local.second / 3600
    return at.plus(hours=-past - 24 * days)


def _rested(awake: float | None) -> str:
    return f"{hours(SHORT_SLEEP_H)} of sleep or more in the last 24 h, awake {hours(math.floor(awake or 0.0))}"


def _sure(declared: Declared, verdict: Verdict) -> str:
    if verdict == "unknown":
        return "not sure: part of it was not said"
    if declared.slept_24h is None or declared.woke is None:
        return "partly: not everything was said"
    return "as sure as their own word; how much sleep people need differs"


def _asks_from(declared: Declared, now: Moment) -> Moment | None:
    """When a rule will ask for caution: awake for 17 hours, or work and travel at their limit."""
    ahead = []
    awake = awake_h(declared, now)
    if awake is not None:
        ahead.append(now.plus(hours=LONG_AWAKE_H - awake))
    work = work_h(declared, now)
    if work is not None and work < 24:
        ahead.append(now.plus(hours=24 - rules.DAILY_REST_H - work))
    first = min(ahead, key=lambda one: one.ms, default=None)
    return first if first is not None and first.ms > now.ms else None
