"""What finding him is worth, and what is left to be found: the objective of a plan, its slope, and its concavity.

A plan adds up glimpses g(k, e) of each track k in each epoch e. Found by the end of epoch e is 1 - exp(-sum of g up to
e). With `drop[e]` the worth that a find loses after epoch e, the plan's worth is

    sum over k of weight(k) * sum over e of drop[e] * (1 - exp(-sum_{i <= e} g(k, i))),

which is concave in g. With one epoch and a drop of 1 it is the chance of finding him in time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.plans.clock import Clock

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Worth:
    """`drops` (epochs,) of what a find is worth, and the epoch that each part of the clock lies in (int32)."""

    drops: Doubles
    epoch_of_part: Ints

    @property
    def epochs(self) -> int:
        return int(self.drops.size)

    def of(self, weights: Doubles, glimpses: Floats) -> float:
        """The worth of a plan that left `glimpses` (epochs, K)."""
        return float(_worth(weights, glimpses, self.drops))

    def slope(self, weights: Doubles, glimpses: Floats) -> Floats:
        """(epochs, K): what one more glimpse of each track in each epoch adds."""
        by_epoch = np.empty(glimpses.shape, np.float32)
        _slope(weights, glimpses, self.drops, by_epoch)
        return by_epoch

    def along(self, weights: Doubles, at: Floats, toward: Floats) -> float:
        """The step, 0 to 1, from `at` along `toward` that is worth most (bisection on the slope)."""
        if _slope_along(weights, at, toward, self.drops, 1.0) >= 0:
            return 1.0
        low, high = 0.0, 1.0
        for _ in range(22):
            middle = (low + high) / 2
            if _slope_along(weights, at, toward, self.drops, middle) >= 0:
                low = middle
            else:
                high = middle
        return low


def in_time(clock: Clock) -> Worth:
    """A find before the plan's end is worth 1, a later one nothing."""
    return Worth(np.ones(1), np.zeros(clock.parts, np.int32))


def alive(clock: Clock, chance_alive: Doubles, minutes: Doubles, epochs: int = 12) -> Worth:
    """A find is worth the chance that he is then alive, given at some minutes, in up to `epochs` even stretches.

    Raises SearchError for a chance outside 0..1, one that rises, or minutes that do not.
    """
    if chance_alive.shape != minutes.shape or not minutes.size or (np.diff(minutes) <= 0).any():
        raise SearchError("the chance that he is alive needs one figure for each of some rising minutes")
    if not ((chance_alive >= 0) & (chance_alive <= 1)).all() or (np.diff(chance_alive) > 0).any():
        raise SearchError("the chance that he is alive lies between 0 and 1 and does not rise")
    epochs = min(epochs, clock.steps)
    epoch_of_part = np.minimum(np.arange(clock.parts) * epochs // clock.parts, epochs - 1).astype(np.int32)
    middle = np.array([np.flatnonzero(epoch_of_part == e).mean() + 0.5 for e in range(epochs)]) * clock.part_min
    worth = np.interp(middle, minutes, chance_alive)
    return Worth(worth - np.append(worth[1:], 0.0), epoch_of_part)


@njit(cache=True, nogil=True)
def _worth(weights: Doubles, glimpses: Floats, drops: Doubles) -> float:
    total = 0.0
    for k in range(weights.size):
        seen = 0.0
        for e in range(drops.size):
            seen += glimpses[e, k]
            total += weights[k] * drops[e] * (1.0 - np.exp(-seen))
    return total


@njit(cache=True, nogil=True)
def _slope(weights: Doubles, glimpses: Floats, drops: Doubles, out: Floats) -> None:
    for k in range(weights.size):
        seen = 0.0
        for e in range(drops.size):
            seen += glimpses[e, k]
        left = 0.0
        for e in range(drops.size - 1, -1, -1):
            left += drops[e] * np.exp(-seen)
            out[e, k] = weights[k] * left
            seen -= glimpses[e, k]


@njit(cache=True, nogil=True)
def _slope_along(weights: Doubles, at: Floats, toward: Floats, drops: Doubles, step: float) -> float:
    total = 0.0
    for k in range(weights.size):
        seen, more = 0.0, 0.0
        for e in range(drops.size):
            seen += at[e, k] + step * toward[e, k]
            more += toward[e, k]
            total += weights[k] * drops[e] * np.exp(-seen) * more
    return total
