"""Chance for compiled code: one small generator per searcher, its state an array, so that a seed says everything.

Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled" (2016): xorshift64*.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Dice = NDArray[np.uint64]


@njit(cache=True, nogil=True)
def draw(dice: Dice) -> float:
    """A number from 0 to below 1; `dice` (1,) moves on, and must not be 0."""
    x = dice[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    dice[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@njit(cache=True, nogil=True)
def below(dice: Dice, end: int) -> int:
    """A whole number from 0 to below `end`."""
    return int(draw(dice) * end)
