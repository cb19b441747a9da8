"""Round maps: the shapes that models are made of."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.scoring.box import CELL_M, EVEN_INSIDE, SIDE, RoundMap
from wayhome.engines.search.scoring.incidents import Numbers

LEAST_M: Final = 1e-3
SMALLEST_SPREAD: Final = 0.05
"""Log distances that hardly differ still spread by this: 5 per cent."""


class _Endless:
    """What does not know of the box."""

    @property
    def beyond_box(self) -> float | None:
        return None


@dataclass(frozen=True)
class Disc(_Endless):
    """Even within `radius_m`."""

    radius_m: float

    def per_m2(self, radius_m: Numbers) -> Numbers:
        return np.where(radius_m < self.radius_m, 1 / (math.pi * self.radius_m**2), 0.0)

    def within(self, radius_m: Numbers) -> Numbers:
        found: Numbers = np.minimum(1.0, radius_m / self.radius_m) ** 2
        return found


@dataclass(frozen=True)
class Lognormal(_Endless):
    """The logarithm of the distance in metres is normal. Raises SearchError for a spread that is none."""

    middle: float
    spread: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.middle) and self.spread >= SMALLEST_SPREAD):
            raise SearchError(f"a lognormal of middle {self.middle:g} and spread {self.spread:g} is no map")

    def per_m2(self, radius_m: Numbers) -> Numbers:
        radius = np.maximum(radius_m, LEAST_M)
        z = (np.log(radius) - self.middle) / self.spread
        found: Numbers = np.exp(-0.5 * z * z) / (radius * radius * ((2 * math.pi) ** 1.5 * self.spread))
        return found

    def within(self, radius_m: Numbers) -> Numbers:
        from scipy.special import ndtr

        found: Numbers = ndtr((np.log(np.maximum(radius_m, LEAST_M)) - self.middle) / self.spread)
        return found


@dataclass(frozen=True)
class Both(_Endless):
    """`share` of a disc at the initial planning point, the rest another map."""

    share: float
    disc: Disc
    rest: RoundMap

    def per_m2(self, radius_m: Numbers) -> Numbers:
        return self.share * self.disc.per_m2(radius_m) + (1 - self.share) * self.rest.per_m2(radius_m)

    def within(self, radius_m: Numbers) -> Numbers:
        return self.share * self.disc.within(radius_m) + (1 - self.share) * self.rest.within(radius_m)


@dataclass(frozen=True)
class Rings(_Endless):
    """Even within each ring between `radii_m`, of which `shares` are held; the rest falls off as 1/r^4 beyond."""

    radii_m: tuple[float, ...]
    shares: tuple[float, ...]

    def per_m2(self, radius_m: Numbers) -> Numbers:
        edges = np.array((0.0, *self.radii_m))
        density = np.diff((0.0, *self.shares)) / (math.pi * np.diff(edges**2))
        ring = np.minimum(np.searchsorted(edges, radius_m, side="right") - 1, len(self.radii_m))
        last = self.radii_m[-1]
        beyond = (1 - self.shares[-1]) * last**2 / (math.pi * np.maximum(radius_m, last) ** 4)
        return np.where(ring < len(self.radii_m), np.append(density, 0.0)[ring], beyond)

    def within(self, radius_m: Numbers) -> Numbers:
        area = np.array((0.0, *self.radii_m)) ** 2
        last = self.radii_m[-1]
        held = np.interp(np.asarray(radius_m) ** 2, area, (0.0, *self.shares))
        beyond = 1 - (1 - self.shares[-1]) * (last / np.maximum(radius_m, last)) ** 2
        return np.where(np.asarray(radius_m) < last, held, beyond)


@dataclass(frozen=True)
class OneOverR:
    """Density as 1/r inside the box, and what the even map keeps outside: no parameter. It has no figure beyond it."""

    def per_m2(self, radius_m: Numbers) -> Numbers:
        return EVEN_INSIDE / (self._box() * np.maximum(radius_m, LEAST_M))

    def within(self, radius_m: Numbers) -> Numbers:
        """A circle of r holds 2πr of it while it fits into the box; farther than a corner everything inside is held."""
        radius = np.asarray(radius_m, np.float64)
        half = SIDE * CELL_M / 2
        corner = np.arccos(np.minimum(1.0, half / np.maximum(radius, half)))
        reach = np.minimum(radius, half * math.sqrt(2))
        flat = half * np.log(np.maximum((1 + np.sin(corner)) / np.maximum(np.cos(corner), 1e-12), 1.0))
        held = 2 * math.pi * reach - 8 * corner * reach + 8 * flat
        found: Numbers = EVEN_INSIDE * np.where(radius < half * math.sqrt(2), held / self._box(), 1.0)
        return found

    @property
    def beyond_box(self) -> float | None:
        return 1 - EVEN_INSIDE

    @staticmethod
    def _box() -> float:
        """The integral of 1/r over the box."""
        return 4 * SIDE * CELL_M * math.asinh(1)


FALL: Final = 0.1
"""A tabled map falls outwards everywhere at least as r to the minus this."""
TABLE_M: Final = (0.1, 2.0e7)
TABLE_STEPS: Final = 4000


@dataclass(frozen=True, eq=False)
class Tabled(_Endless):
    """Any density of the distance, tabled in log distance, made to fall outwards everywhere, and to sum to 1."""

    log_radius: Numbers
    log_density: Numbers
    held: Numbers

    @classmethod
    def of(cls, per_m2: Callable[[Numbers], Numbers]) -> Tabled:
        """The density is evaluated from 10 cm to half the way around the Earth; beyond there is nothing.

        A density of a fitted log distance has a hole around the initial planning point that nobody has observed;
        where it would rise outwards it is lifted to fall gently instead, so that no farther cell outranks a nearer.
        """
        log = np.linspace(math.log(TABLE_M[0]), math.log(TABLE_M[1]), TABLE_STEPS)
        density = np.log(np.maximum(per_m2(np.exp(log)), 1e-300)) + FALL * log
        falling = np.maximum.accumulate(density[::-1])[::-1] - FALL * log
        ring = 2 * math.pi * np.exp(falling + 2 * log)
        step = log[1] - log[0]
        centre = math.pi * math.exp(falling[0] + 2 * log[0])
        held = centre + np.concatenate(([0.0], np.cumsum((ring[1:] + ring[:-1]) / 2 * step)))
        return cls(log, falling - math.log(held[-1]), held / held[-1])

    def per_m2(self, radius_m: Numbers) -> Numbers:
        log = np.log(np.maximum(radius_m, TABLE_M[0]))
        found: Numbers = np.exp(np.interp(log, self.log_radius, self.log_density))
        return np.where(log <= self.log_radius[-1], found, 0.0)

    def within(self, radius_m: Numbers) -> Numbers:
        log = np.log(np.maximum(radius_m, TABLE_M[0]))
        found: Numbers = np.interp(log, self.log_radius, self.held)
        return found
