"""The eight directions, and how likely each is taken: tables of small whole numbers that fit one machine word.

A row is eight weights of one byte each, north first and clockwise, whose sum is at most 127. So packed, weighing,
summing up and choosing among eight directions costs a few instructions and no branch (`walking.choose`).
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]

ROW: Final = (-1, -1, 0, 1, 1, 1, 0, -1)
COL: Final = (0, 1, 1, 1, 0, -1, -1, -1)
"""(row, col) of north, north-east, east and so on: clockwise, so that turning is adding."""
ROWS: Final = np.array(ROW, np.int64)
COLS: Final = np.array(COL, np.int64)
OF_SPREAD: Final = (0, 5, 3, 7, 1, 6, 2, 4)
"""The number of each direction among `terrain.spread.STEPS`."""
HEADINGS: Final = 32
"""Headings are told in 32nds of a circle, clockwise from north."""
MOST: Final = 127
"""Sums of weights stay below the highest bit of a byte, which the choice uses as a flag."""

WANDER: Final = 0
"""Rows 0..15: by the last direction (8..15), or none (0..7): going on is likelier than turning back."""
FORWARD: Final = 16
"""Rows 16..31: the same on a trail: on, at a junction either way, back only at its end."""
AIM: Final = 32
"""Rows 32..47: toward the direction that the ground shows (40..47), or where it shows none (32..39), any."""
HEAD: Final = 48
"""Rows 48..79: along a heading in 32nds."""
EVEN: Final = 80
"""Row 80: every direction alike."""

_WANDER = (36, 20, 10, 5, 2, 5, 10, 20)
_FORWARD = (64, 20, 9, 2, 1, 2, 9, 20)
_AIM = (70, 18, 5, 3, 2, 3, 5, 18)
_EVEN = (15,) * 8
_ASTRAY = (0, 0, 6, 2, 1, 2, 6, 0)
"""Beside the two directions that frame a heading: what lies aside is tried where the way is barred."""


def _turned(weights: tuple[int, ...], by: int) -> tuple[int, ...]:
    return tuple(weights[(i - by) % 8] for i in range(8))


def _along(heading: int) -> tuple[int, ...]:
    """Weights whose mean step points along a heading: of the two directions beside it, in the ratio of the grid.

    In the octant a degrees off a straight direction a share tan(a) of the steps is diagonal.
    """
    angle = 2 * math.pi * heading / HEADINGS
    low = heading * 8 // HEADINGS
    straight, diagonal = (low, low + 1) if low % 2 == 0 else (low + 1, low)
    off = abs(angle - straight * math.pi / 4)
    share = math.tan(off)
    out = [0] * 8
    for aside, weight in enumerate(_ASTRAY):
        out[(low + aside) % 8] += weight
    out[straight % 8] += round(100 * (1 - share))
    out[diagonal % 8] += round(100 * share)
    return tuple(max(1, weight) for weight in out)


def packed(weights: tuple[int, ...]) -> int:
    """Eight weights as one word, north in the lowest byte."""
    return sum(weight << (8 * i) for i, weight in enumerate(weights))


def _rows() -> Words:
    rows = [_EVEN] * 8 + [_turned(_WANDER, d) for d in range(8)]
    rows += [_EVEN] * 8 + [_turned(_FORWARD, d) for d in range(8)]
    rows += [_EVEN] * 8 + [_turned(_AIM, d) for d in range(8)]
    rows += [_along(heading) for heading in range(HEADINGS)]
    rows.append(_EVEN)
    return np.array([packed(row) for row in rows], np.uint64)


def _spreads() -> Words:
    """For each of 256 sets of directions, a byte of ones for each that is in it."""
    return np.array([sum(255 << (8 * i) for i in range(8) if bits >> i & 1) for bits in range(256)], np.uint64)


WEIGHTS: Final = _rows()
SPREADS: Final = _spreads()
