"""The three-process model of alertness (Åkerstedt, Folkard), by published equations: a second opinion on an hour.

Sleepiness is on Karolinska's scale of 1 to 9 as 10.6 - 0.6 (S + C + U + W). Other papers use 10.9 and leave W out;
one is fixed here and named.
"""

from __future__ import annotations

import math
from typing import Final

import msgspec

from wayhome.engines.fatigue.errors import FatigueError

LOW: Final = 2.4
HIGH: Final = 14.3
BREAK: Final = 12.2
DECAY: Final = -0.0353
RECOVERY: Final = math.log((14.3 - 14) / (14.3 - 7.96)) / 8
LEAST, MOST = 1.0, 9.0


class Alertness(msgspec.Struct, frozen=True):
    """S, C, U and W at one hour."""

    homeostatic: float
    daily: float
    half_daily: float
    inertia: float

    @property
    def alertness(self) -> float:
        """S + C + U."""
        return self.homeostatic + self.daily + self.half_daily

    @property
    def unclamped(self) -> float:
        """Sleepiness as the equation gives it; just after waking it lies above the scale."""
        return 10.6 - 0.6 * (self.alertness + self.inertia)

    @property
    def sleepiness(self) -> float:
        """On the scale of 1 (very alert) to 9 (fighting sleep)."""
        return min(MOST, max(LEAST, self.unclamped))


def after_sleep(before: float, hours: float) -> float:
    """S at the end of so many hours of sleep: straight up to the break, then ever slower."""
    _check(before, hours)
    rate = RECOVERY * (BREAK - HIGH)
    until_break = max(0.0, (BREAK - before) / rate)
    if hours <= until_break:
        return before + rate * hours
    return HIGH - (HIGH - max(before, BREAK)) * math.exp(RECOVERY * (hours - until_break))


def awake(waking: float, hours: float, hour: float) -> Alertness:
    """After so many hours awake, at a local hour of the day; `waking` is S on waking."""
    _check(waking, hours)
    return Alertness(
        homeostatic=LOW + (waking - LOW) * math.exp(DECAY * hours),
        daily=2.5 * math.cos(2 * math.pi * (hour - 16.8) / 24),
        half_daily=-0.5 + 0.5 * math.cos(2 * math.pi * (hour - 19.8) / 12),
        inertia=-5.72 * math.exp(-1.51 * hours),
    )


def _check(level: float, hours: float) -> None:
    if not (math.isfinite(level) and math.isfinite(hours)) or hours < 0:
        raise FatigueError(f"level {level!r} after {hours!r} hours: hours are a number of 0 or more")
