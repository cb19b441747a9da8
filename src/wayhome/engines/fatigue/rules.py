"""Published rules of work and rest, each as data with its source. Times are local; travel counts as work."""

from __future__ import annotations

import math
from datetime import time
from typing import Final

import msgspec

from wayhome.engines.fatigue.errors import FatigueError


class Rule(msgspec.Struct, frozen=True):
    """One rule: what it says, and where it stands."""

    words: str
    source: str


SHORT_SLEEP: Final = Rule(
    "less than 5 h of sleep in 24 h is deemed impaired",
    "Dawson, Sprajcer and Thomas, Accident Analysis and Prevention 2021, 151:105955",
)
LONG_AWAKE: Final = Rule(
    "17 h awake is like 0.05 % of alcohol in the blood, 24 h like 0.10 %", "Dawson and Reid, Nature 1997"
)
TWO_TO_ONE: Final = Rule(
    "one hour of rest for every two of work, travel included, inside one 24 h: at most 16 h", "NWCG work/rest"
)
DAILY_REST: Final = Rule("11 h of rest in every 24 h", "Directive 2003/88/EC, article 3")
REST_BEFORE_FLIGHT: Final = Rule("10 h of rest with 8 h of them for sleep, before duty", "14 CFR 117.25")
FLIGHT_DUTY: Final = Rule("hours of flight duty by local start, 1 or 2 segments, 2 pilots", "14 CFR 117, table B")

MOST_WORK_H: Final = 16.0
DAILY_REST_H: Final = 11.0
REST_BEFORE_FLIGHT_H: Final = 10.0

FLIGHT_DUTY_H: Final = (
    (time(0), 9.0), (time(4), 10.0), (time(5), 12.0), (time(12), 13.0), (time(13), 14.0), (time(17), 12.0),
    (time(22), 11.0), (time(23), 10.0),
)  # fmt: skip
"""From which local start on, how many hours."""


class RestOwed(msgspec.Struct, frozen=True):
    """Rest after work. `exception`: so much work should not have been: two to one inside a day allows 16 h."""

    hours: float
    exception: bool
    words: str
    source: str


def flight_duty_limit(start: time) -> float:
    """The longest flight duty for a local start. For crews that fly; others may hold to it too."""
    return [hours for since, hours in FLIGHT_DUTY_H if since <= start.replace(tzinfo=None)][-1]


def rest_owed(work_h: float) -> RestOwed:
    """The rest that so many hours of work and travel ask for."""
    check_hours(work_h, 24 * 14, "hours of work and travel")
    owed = work_h / 2
    over = work_h > MOST_WORK_H
    words = f"{hours(work_h)} of work and travel ask for {hours(owed)} of rest"
    if over:
        words += f"; more than {hours(MOST_WORK_H)} in a day is an exception that needs a reason"
    return RestOwed(owed, over, words, TWO_TO_ONE.source)


def check_hours(value: float, most: float, what: str) -> float:
    if isinstance(value, bool) or not math.isfinite(value) or not 0 <= value <= most:
        raise FatigueError(f"{what}: {value!r} must be a number from 0 to {most:g}")
    return float(value)


def hours(value: float) -> str:
    """18 h; 7.5 h."""
    return f"{round(value, 1):g} h"
