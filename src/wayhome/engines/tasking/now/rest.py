"""Rules of work and rest as data, and what they leave of a person's hours. Travel counts as work.

Hours are from now; past ones are negative. A rule set is published by somebody: its source stands with it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

from wayhome.engines.tasking.errors import TaskingError
from wayhome.engines.tasking.now.checks import check_hours, check_name

FAR_H = 10_000.0


class Duty(msgspec.Struct, frozen=True):
    """Work from one hour to another, counted from now: `Duty(-10, -2)` ended two hours ago."""

    start_h: float
    end_h: float

    def __post_init__(self) -> None:
        for hour in (self.start_h, self.end_h):
            if isinstance(hour, bool) or not math.isfinite(hour) or abs(hour) > FAR_H:
                raise TaskingError(f"a duty from {self.start_h!r} to {self.end_h!r} h: hours lie within ±{FAR_H:g}")
        if self.end_h < self.start_h:
            raise TaskingError(f"a duty from {self.start_h:g} to {self.end_h:g} h ends before it starts; swap the two")


class WorkLimit(msgspec.Struct, frozen=True):
    """At most `most_h` hours of work, travel included, in any `window_h` hours."""

    window_h: float
    most_h: float

    def __post_init__(self) -> None:
        check_hours(self.window_h, FAR_H, "a rolling window")
        check_hours(self.most_h, self.window_h, f"the most work in {self.window_h:g} h")


class RestRules(msgspec.Struct, frozen=True):
    """A rule set: the least rest between two duties, and limits over rolling windows."""

    name: str
    source: str
    least_rest_h: float = 0.0
    limits: tuple[WorkLimit, ...] = ()

    def __post_init__(self) -> None:
        check_name(self.name, "a set of rest rules")
        check_name(self.source, f"the source of {self.name}")
        check_hours(self.least_rest_h, FAR_H, f"the least rest of {self.name}")


TWO_TO_ONE = RestRules(
    "two to one",
    "NWCG Standards for Interagency Incident Business, work/rest: one hour of rest for every two of work or travel",
    least_rest_h=8.0,
    limits=(WorkLimit(24.0, 16.0),),
)
DAILY_REST = RestRules("daily rest", "Directive 2003/88/EC, articles 3 and 6", 11.0, (WorkLimit(168.0, 48.0),))


def rested_from(rules: RestRules, duties: Iterable[Duty]) -> float:
    """From when on the least rest has been had, in hours from now; at least 0."""
    return max((duty.end_h + rules.least_rest_h for duty in duties), default=0.0)


def most_worked(duties: Iterable[Duty], window_h: float) -> float:
    """The most hours of work in any `window_h` hours: a fullest window begins or ends with some duty."""
    duties = tuple(duties)
    starts = [duty.start_h for duty in duties] + [duty.end_h - window_h for duty in duties]
    return max(
        (
            sum(max(0.0, min(duty.end_h, start + window_h) - max(duty.start_h, start)) for duty in duties)
            for start in starts
        ),
        default=0.0,
    )


def broken_by(rules: RestRules, duties: tuple[Duty, ...], planned: Duty) -> WorkLimit | None:
    """The first limit that a planned duty breaks together with those before it; None where all hold."""
    for limit in rules.limits:
        if most_worked((*duties, planned), limit.window_h) > limit.most_h + 1e-9:
            return limit
    return None
