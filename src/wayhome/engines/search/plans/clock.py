"""The plan's clock: steps in which teams move, parts of a step in which looks are counted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from wayhome.engines.search.errors import SearchError

PARTS: Final = 2
"""Parts of a step with a map of the mass each."""
LOOKS: Final = 2
"""Places in a part at which a team on the way looks around."""
INSTANTS: Final = 2
"""Instants of a part over which his own place is spread."""
STEP_MIN: Final = (1.0, 60.0)
MOST_STEPS: Final = 2_000


@dataclass(frozen=True)
class Clock:
    """`steps` steps of `step_min` minutes each, from minute 0."""

    step_min: float
    steps: int

    def __post_init__(self) -> None:
        if not (math.isfinite(self.step_min) and STEP_MIN[0] <= self.step_min <= STEP_MIN[1]):
            raise SearchError(f"a step of {self.step_min:g} min is refused: {STEP_MIN[0]:g} to {STEP_MIN[1]:g}")
        if not 1 <= self.steps <= MOST_STEPS:
            raise SearchError(f"a plan of {self.steps} steps is refused: 1 to {MOST_STEPS}; take longer steps")

    @property
    def parts(self) -> int:
        return self.steps * PARTS

    @property
    def part_min(self) -> float:
        return self.step_min / PARTS

    @property
    def look_min(self) -> float:
        return self.part_min / LOOKS

    @property
    def end_min(self) -> float:
        return self.steps * self.step_min

    def instants(self, part: int) -> list[float]:
        """The minutes of a part at which his place is taken."""
        return [(part + (i + 0.5) / INSTANTS) * self.part_min for i in range(INSTANTS)]

    def first_step(self, minute: float) -> int:
        """The first step that begins at `minute` or later."""
        return math.ceil(minute / self.step_min - 1e-6)

    def last_step(self, minute: float) -> int:
        """The last step mark at or before `minute`."""
        return min(self.steps, math.floor(minute / self.step_min + 1e-6))


def clock_until(end_min: float, step_min: float) -> Clock:
    """A clock that runs to `end_min`, whole steps only."""
    return Clock(step_min, max(1, math.floor(end_min / step_min + 1e-6)))
