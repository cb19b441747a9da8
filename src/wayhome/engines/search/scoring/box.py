"""The score itself: a box of cells around the initial planning point, the mass that a map puts into each, bits and R.

25 x 25 km, 50 m cells, the initial planning point at the centre of one. Bits are against a map that spreads 95 per cent
evenly over the box and keeps 5 outside. R is MapScore's (Sava, Twardy, Koester et al. 2016), on these cells.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.scoring.incidents import Incident, Numbers

CELL_M: Final = 50.0
SIDE: Final = 500
CELLS: Final = SIDE * SIDE
FIRST: Final = -SIDE // 2
"""Cells are numbered from this to 249, the middle one 0: an even number of cells has no middle."""
EVEN_INSIDE: Final = 0.95
"""What the map that knows nothing keeps inside the box."""


class RoundMap(Protocol):
    """A probability map that goes by the distance from the initial planning point alone."""

    def per_m2(self, radius_m: Numbers) -> Numbers:
        """The density at a distance, any shape, above 0 m."""
        ...

    def within(self, radius_m: Numbers) -> Numbers:
        """The chance to be within a distance, any shape."""
        ...

    @property
    def beyond_box(self) -> float | None:
        """What it keeps outside the box where it says so itself; None: what lies beyond the box's edge."""
        ...


def cell_of(incident: Incident) -> tuple[int, int] | None:
    """The find's cell, counted east and north of the middle one; None outside the box."""
    east, north = (math.floor(metres / CELL_M + 0.5) for metres in incident.offset_m)
    last = FIRST + SIDE - 1
    return (east, north) if FIRST <= east <= last and FIRST <= north <= last else None


class Cells:
    """What one map puts into the cells of the box, and beyond it."""

    def __init__(self, map_: RoundMap) -> None:
        self._map, self.outside = map_, outside(map_)

    def mass(self, cell: tuple[int, int]) -> float:
        """What the map puts into a cell, summed over 1,024 points of it."""
        east, north = ((steps + _WITHIN) * CELL_M for steps in cell)
        radius = np.hypot(east[:, None], north[None, :])
        return float(self._map.per_m2(radius).mean()) * CELL_M**2

    def bits(self, cell: tuple[int, int] | None) -> float:
        """log2 of the mass where the find lies over what the even map has there; minus infinity where it is 0."""
        mass, even = (self.outside, 1 - EVEN_INSIDE) if cell is None else (self.mass(cell), EVEN_INSIDE / CELLS)
        return math.log2(mass / even) if mass > 0 else -math.inf

    def ranked(self, cell: tuple[int, int] | None) -> float:
        """R from −1 to 1: cells ranked above the find's, and half of those as likely, itself among them.

        Cells are ranked by the map averaged over 50 m through their middle, in to out; so all maps that fall strictly
        outwards rank alike, and a map that is empty at the very middle is not held to that one point.
        """
        if cell is None:
            return (0.5 - (1 - self.outside)) / 0.5
        squares, many = _rings()
        radius = np.sqrt(squares) * CELL_M
        value = self._map.per_m2(np.abs(radius[:, None] + _ALONG)).mean(axis=1)
        mine = value[np.searchsorted(squares, cell[0] ** 2 + cell[1] ** 2)]
        above, alike = many[value > mine].sum(), many[value == mine].sum()
        return (0.5 - (float(above) + float(alike) / 2) / CELLS) / 0.5


_ALONG: Final = (np.arange(6) + 0.5) / 6 * CELL_M - CELL_M / 2
_WITHIN: Final = (np.arange(32) + 0.5) / 32 - 0.5


@cache
def _rings() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every squared distance from the middle cell to another, in cells, and how many cells of the box have it."""
    steps = np.arange(FIRST, FIRST + SIDE)
    squares, many = np.unique(steps[:, None] ** 2 + steps[None, :] ** 2, return_counts=True)
    return squares.astype(np.int64), many.astype(np.int64)


def outside(map_: RoundMap) -> float:
    """The mass beyond the box: by direction, what lies farther than its edge."""
    if map_.beyond_box is not None:
        return map_.beyond_box
    long, short = -FIRST * CELL_M + CELL_M / 2, -FIRST * CELL_M - CELL_M / 2
    at, weight = _gauss()
    found = 0.0
    for east in (long, short):
        for north in (long, short):
            corner = math.atan2(north, east)
            for begins, ends, edge, to_east in ((0.0, corner, east, True), (corner, math.pi / 2, north, False)):
                direction = begins + at * (ends - begins)
                radius = edge / (np.cos(direction) if to_east else np.sin(direction))
                share = (ends - begins) / (2 * math.pi)
                found += share * float((1 - map_.within(radius)) @ weight)
    return max(0.0, found)


@cache
def _gauss() -> tuple[Numbers, Numbers]:
    """Points from 0 to 1 and their weights."""
    at, weight = np.polynomial.legendre.leggauss(100)
    return (at + 1) / 2, weight / 2
