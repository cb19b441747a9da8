"""How sure a mean is, and whether a map's chances come true."""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np

from wayhome.engines.search.scoring.incidents import Numbers, Whole
from wayhome.values.chance import generator

PERCENT: Final = (25, 50, 75, 95)
AT_ONCE: Final = 1_000_000
"""So many counts of a bootstrap are held in memory at a time."""


class Spread(msgspec.Struct, frozen=True):
    """A mean with the bounds of its 95 per cent interval."""

    mean: float
    least: float
    most: float


class Pit(msgspec.Struct, frozen=True):
    """Calibration by the probability integral transform.

    `apart`: the largest distance between the curve of what came true and the straight line; `band`: what 95 of 100
    samples of this size from a true map stay within (Kolmogorov); `within`: whether it does. `held`: the share of
    finds within the map's own 25, 50, 75 and 95 per cent rings.
    """

    apart: float
    band: float
    within: bool
    held: tuple[float, ...]


def bootstrap(values: Numbers, place: Whole, seed: int, draws: int) -> Spread:
    """The mean of `values` (N,) with a percentile interval; whole places (N,) are drawn: their cases are alike."""
    count = int(place.max()) + 1
    totals, sizes = np.bincount(place, values, minlength=count), np.bincount(place, minlength=count)
    chance, even = generator(seed, "bootstrap over places"), np.full(count, 1 / count)
    means = np.empty(draws)
    step = max(1, AT_ONCE // count)
    for first in range(0, draws, step):
        drawn = chance.multinomial(count, even, size=min(step, draws - first))
        means[first : first + step] = (drawn @ totals) / (drawn @ sizes)
    least, most = np.quantile(means, (0.025, 0.975))
    return Spread(float(values.mean()), float(least), float(most))


def pit(low: Numbers, high: Numbers) -> Pit:
    """From the map's chance to be nearer than each find, less and plus half a cell: (N,) each.

    A find's place is known to a cell, so it counts as spread evenly between the two (Czado, Gneiting, Held 2009):
    a find at the initial planning point is no more sure than the cell that holds it.
    """
    from scipy.stats import kstwo

    at = np.linspace(0, 1, 2001)[:, None]
    wide = np.maximum(high - low, 1e-12)
    curve = np.clip((at - low) / wide, 0, 1).mean(axis=1)
    apart = float(np.abs(curve - at[:, 0]).max())
    band = float(kstwo.ppf(0.95, low.size))
    held = tuple(float(np.interp(percent / 100, at[:, 0], curve)) for percent in PERCENT)
    return Pit(apart, band, apart <= band, held)
