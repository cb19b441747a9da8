"""A terrain in coarser and coarser cells, so that far zooms neither flicker nor cost more than near ones.

Level 0 is the terrain itself; in each further level a cell is twice as wide. A level is made when
it is first needed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wayhome.terrain.classes import LandCover, Water
from wayhome.terrain.grid import Terrain

Heights = NDArray[np.float32]
Codes = NDArray[np.uint8]
Mask = NDArray[np.bool_]

RIM: Final = 4
"""Cells kept around a piece, so that smoothing and bending have something to hold on to."""
MOST_LEVELS: Final = 14


@dataclass(frozen=True, eq=False)
class Level:
    """The ground in cells of `2**number` of the terrain's. `lake` is 255 where all is lake, less where some is."""

    number: int
    height_m: Heights
    """NaN where nothing is known."""
    cover: Codes
    lake: Codes

    @property
    def shape(self) -> tuple[int, int]:
        rows, cols = self.height_m.shape
        return rows, cols


@dataclass(frozen=True, eq=False)
class Piece:
    """A part of a level with a rim around it. Beyond the level's edges its outermost cells are repeated."""

    left: int
    top: int
    height_m: Heights
    """Without voids: filled from coarser levels."""
    void: Mask | None
    cover: Codes
    lake: Codes | None


class Levels:
    """The levels of one terrain."""

    def __init__(self, terrain: Terrain) -> None:
        self.terrain = terrain
        cover = terrain.land_cover
        wet = (terrain.water == Water.LAKE) | (cover == LandCover.WATER)
        if wet.any() and (cover == LandCover.WATER).any():
            # What lies under a lake is never seen but at its shore: open ground there looks like a bank.
            cover = np.where(cover == LandCover.WATER, np.uint8(LandCover.OPEN), cover)
        self._levels = [Level(0, terrain.elevation_m, cover, wet.view(np.uint8) * np.uint8(255))]
        self._filled: dict[int, Heights] = {}

    def number_for(self, metres_per_px: float) -> int:
        """The level whose cells come nearest to a pixel, never much finer."""
        wanted = round(math.log2(max(1.0, metres_per_px / self.terrain.cell_m)))
        return min(wanted, self.deepest)

    def shrink_for(self, metres_per_px: float) -> int:
        """How many cells of the terrain, each way, are one cell of that level."""
        return 1 << self.number_for(metres_per_px)

    def at(self, number: int) -> Level:
        while len(self._levels) <= number:
            self._levels.append(_halved(self._levels[-1]))
        return self._levels[number]

    def piece(self, number: int, low: tuple[float, float], high: tuple[float, float]) -> Piece | None:
        """The cells of a level between two corners (column, row), with a rim; None where they lie off the ground."""
        level = self.at(number)
        rows, cols = level.shape
        if high[0] < 0 or high[1] < 0 or low[0] > cols or low[1] > rows:
            return None
        left, right = max(0, math.floor(low[0])) - RIM, min(cols, math.ceil(high[0])) + RIM
        top, bottom = max(0, math.floor(low[1])) - RIM, min(rows, math.ceil(high[1])) + RIM
        box = (top, bottom, left, right)
        void = None
        if self.terrain.void_share:
            unknown = np.isnan(_cut(level.height_m, box))
            void = unknown if unknown.any() else None
        lake = _cut(level.lake, box)
        height, cover = _cut(self._filling(number), box), _cut(level.cover, box)
        return Piece(left, top, height, void, cover, lake if lake.any() else None)

    def _filling(self, number: int) -> Heights:
        """The heights of a level with every void filled from the levels above it."""
        level = self.at(number)
        if not self.terrain.void_share:
            return level.height_m
        if number not in self._filled:
            known = np.isfinite(level.height_m)
            height = level.height_m
            if not known.all():
                if number == self.deepest:
                    around = np.full_like(height, np.nanmean(height))
                else:
                    coarse = self._filling(number + 1)
                    around = coarse.repeat(2, axis=0).repeat(2, axis=1)[: height.shape[0], : height.shape[1]]
                height = np.where(known, height, around)
            self._filled[number] = height
        return self._filled[number]

    @property
    def deepest(self) -> int:
        """The last level that still has some cells each way."""
        least = min(self.terrain.rows, self.terrain.cols)
        return max(0, min(MOST_LEVELS, int(math.log2(least)) - 2))


def _cut(cells: NDArray[Any], box: tuple[int, int, int, int]) -> NDArray[Any]:
    """Rows from top to bottom and columns from left to right; beyond the edges the outermost cells again."""
    top, bottom, left, right = box
    rows, cols = cells.shape
    inner = cells[max(0, top) : min(rows, bottom), max(0, left) : min(cols, right)]
    beyond = ((max(0, -top), max(0, bottom - rows)), (max(0, -left), max(0, right - cols)))
    return np.pad(inner, beyond, mode="edge") if any(map(any, beyond)) else inner


def _halved(level: Level) -> Level:
    """Each four cells as one: heights and lakes averaged, of covers the commonest (the first of equals)."""
    rows, cols = level.shape
    pad = ((0, rows % 2), (0, cols % 2))
    height = np.pad(level.height_m, pad, mode="edge")
    fours = np.stack([height[r::2, c::2] for r in (0, 1) for c in (0, 1)])
    known = np.isfinite(fours)
    count = known.sum(axis=0)
    total = np.where(known, fours, 0).sum(axis=0)
    mean = np.full(count.shape, np.nan, np.float32)
    np.divide(total, count, out=mean, where=count > 0)
    lake = np.pad(level.lake, pad, mode="edge")
    wet = sum(lake[r::2, c::2].astype(np.uint16) for r in (0, 1) for c in (0, 1))
    cover = np.pad(level.cover, pad, mode="edge")
    return Level(level.number + 1, mean, _commonest(cover), (np.asarray(wet) // 4).astype(np.uint8))


def _commonest(cover: Codes) -> Codes:
    """Of each four cells the class that most of them have."""
    a, b, c, d = (cover[r::2, k::2] for r in (0, 1) for k in (0, 1))
    alike = np.where((a == b) | (a == c) | (a == d), a, np.where((b == c) | (b == d), b, np.where(c == d, c, a)))
    return np.asarray(alike, np.uint8)
