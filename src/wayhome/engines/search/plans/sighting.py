"""How likely a team sees him as it passes: a glimpse rate that falls off with distance, made from a sweep width.

Glimpses come at the rate h(r) = a exp(-r^2 / 2 s^2) a minute (Koopman, Search and Screening, 1980: continuous
looking), so that what several passes, or several teams, leave unseen multiplies. Passing someone who stays put on a
straight line at lateral range x leaves exp(-F(x)) unseen, F(x) = F0 exp(-x^2 / 2 s^2). The sweep width is by its
definition the integral of 1 - exp(-F(x)) over x, which gives s. F0 is our own choice: passing right over him finds
him nine times in ten.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError

SEEN_UNDERFOOT: Final = 0.9
GLIMPSES: Final = -math.log(1 - SEEN_UNDERFOOT)
"""F0: what a pass right over him adds up to."""
WIDTHS_PER_SPREAD: Final = 2.9930735135929423
"""Sweep width over s for that F0: the integral of 1 - exp(-F0 exp(-u^2 / 2)) over u (checked in the tests)."""
SWEEP_M: Final = (1.0, 2_000.0)
REACH: Final = 3.5
"""Beyond so many s nothing is seen."""
STAMP_REACH: Final = 2.5
"""The lattice's stamps are cut off beyond so many of their standard deviations, and made to sum to 1 again."""


@dataclass(frozen=True)
class Sighting:
    """A sweep width (m) at a searching pace (m a minute), as the field's handbooks give them together."""

    sweep_width_m: float
    pace_m_min: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.sweep_width_m) and SWEEP_M[0] <= self.sweep_width_m <= SWEEP_M[1]):
            raise SearchError(f"a sweep width of {self.sweep_width_m} m is refused: {SWEEP_M[0]:g} to {SWEEP_M[1]:g} m")
        if not (math.isfinite(self.pace_m_min) and 1 <= self.pace_m_min <= 500):
            raise SearchError(f"a searching pace of {self.pace_m_min} m a minute is refused: 1 to 500")

    @property
    def spread_m(self) -> float:
        """s of the glimpse rate."""
        return self.sweep_width_m / WIDTHS_PER_SPREAD

    @property
    def nearest_a_min(self) -> float:
        """a: glimpses a minute at no distance."""
        return GLIMPSES * self.pace_m_min / (self.spread_m * math.sqrt(2 * math.pi))

    @property
    def swept_a_min(self) -> float:
        """The ground swept a minute, m^2: the sweep width times the pace, as lines drawn at random see it."""
        return self.sweep_width_m * self.pace_m_min

    def passing(self, lateral_m: float) -> float:
        """The chance of seeing somebody who stays put, in one straight pass at this lateral range."""
        return 1 - math.exp(-GLIMPSES * math.exp(-0.5 * (lateral_m / self.spread_m) ** 2))

    def stamp(self, cell_m: float, smear_m: float = 0.0) -> NDArray[np.float32]:
        """One axis of the glimpse rate on square cells, summing to 1, the middle at its centre.

        `smear_m` widens it: the standard deviation of where the team's line lies about the plan's.
        """
        spread_m = math.hypot(self.spread_m, smear_m)
        reach = max(1, math.ceil(STAMP_REACH * spread_m / cell_m))
        edges = (np.arange(-reach, reach + 2) - 0.5) * cell_m / (spread_m * math.sqrt(2))
        below = np.array([math.erf(edge) for edge in edges])
        share = np.diff(below)
        return np.asarray(share / share.sum(), np.float32)
