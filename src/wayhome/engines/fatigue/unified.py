"""The unified model of performance after sleep loss, from the equations of Ramakrishnan et al., Sleep 2016.

It follows both a night without sleep and weeks with too little of it. Hours throughout; more is worse. The curve is
for groups of healthy young adults: it says how hard an hour is for people in general, never how somebody is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import msgspec

from wayhome.engines.fatigue.errors import FatigueError

U0: Final = 24.12
TAU_WAKE: Final = 40.0
TAU_SLEEP: Final = 1.0
TAU_LONG: Final = 97.44
PHASE: Final = 2.02
KAPPA: Final = 4.13
HARMONICS: Final = (0.97, 0.22, 0.07, 0.03, 0.0001)


class Sleep(msgspec.Struct, frozen=True, order=True):
    """A sleep from `start` to `end`, in hours on a clock that runs through and reads 0 at some local midnight."""

    start: float
    end: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.start) and math.isfinite(self.end)) or self.end <= self.start:
            raise FatigueError(f"a sleep from {self.start!r} to {self.end!r} hours: it must end after it begins")


class Level(msgspec.Struct, frozen=True):
    """The three parts at one hour: `need` for sleep, `debt` from the days before, `clock` of the body."""

    need: float
    debt: float
    clock: float

    @property
    def fatigue(self) -> float:
        return self.need + KAPPA * self.clock


def body_clock(hour: float) -> float:
    """The circadian part at a local time of day in hours."""
    turn = 2 * math.pi / 24 * (hour + PHASE)
    return sum(part * math.sin(number * turn) for number, part in enumerate(HARMONICS, start=1))


def unified(sleeps: Sequence[Sleep], at: float, *, start: float = 0.0) -> Level:
    """How fatigued somebody is at the hour `at` who slept so since `start`, where need and debt are 0.

    Awake wherever no sleep stands. Raises FatigueError for sleeps that overlap or begin before `start`.
    """
    if not (math.isfinite(at) and math.isfinite(start)) or at < start:
        raise FatigueError(f"hour {at!r} lies before the start at {start!r}")
    need = debt = 0.0
    now = start
    for sleep in sorted(sleeps):
        if sleep.start < now:
            raise FatigueError(f"a sleep begins at hour {sleep.start:g}, before {now:g}: sleeps must not overlap")
        if sleep.start >= at:
            break
        need, debt = _awake(need, debt, sleep.start - now)
        now = min(sleep.end, at)
        need, debt = _asleep(need, debt, now - sleep.start)
    need, debt = _awake(need, debt, at - now)
    return Level(need, debt, body_clock(at % 24))


def _awake(need: float, debt: float, hours: float) -> tuple[float, float]:
    left = math.exp(-hours / TAU_LONG)
    return U0 - (U0 - need) * math.exp(-hours / TAU_WAKE), debt * left + U0 * (1 - left)


def _asleep(need: float, debt: float, hours: float) -> tuple[float, float]:
    short, left = math.exp(-hours / TAU_SLEEP), math.exp(-hours / TAU_LONG)
    recovered = (debt + 2 * U0) * TAU_LONG / (TAU_LONG - TAU_SLEEP) * (left - short)
    return need * short - 2 * U0 * (1 - short) + recovered, debt * left - 2 * U0 * (1 - left)
