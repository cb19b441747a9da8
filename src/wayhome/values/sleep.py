"""The two rules of tiredness that hold everywhere, whoever asks: how little sleep, and how long awake.

Deemed impaired under five hours of sleep in 24: Dawson, Sprajcer and Thomas, Accident Analysis and Prevention 2021,
151:105955 (a review of 44 studies). Awake for 17 hours is about 0.05 % of alcohol in the blood, for 24 hours about
0.10 %: Dawson and Reid, Nature 1997.
"""

from __future__ import annotations

from typing import Final

SHORT_SLEEP_H: Final = 5.0
LONG_AWAKE_H: Final = 17.0
TOO_LONG_AWAKE_H: Final = 24.0

SLEPT_AT_LEAST: Final = (7.0, SHORT_SLEEP_H, 0.0)
"""Steps to which hours of sleep are rounded down for whoever sends people: they need no more than that."""


def at_least(slept_h: float | None) -> float | None:
    """Hours of sleep rounded down to a step; None, not said, stays None."""
    return None if slept_h is None else next(step for step in SLEPT_AT_LEAST if slept_h >= step)


def deemed_impaired(slept_24h: float | None, awake_h: float | None) -> bool:
    """Whether what was said is enough to hold somebody for impaired. What was not said never makes anybody rested."""
    return (slept_24h is not None and slept_24h < SHORT_SLEEP_H) or (
        awake_h is not None and awake_h >= TOO_LONG_AWAKE_H
    )
