"""The planning lattice: one place to stand for each small block of cells, on a trail where the block has one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.plans.moving import Moving
from wayhome.terrain.classes import LandCover, Trail, Water
from wayhome.terrain.grid import Terrain

Ints = NDArray[np.int32]

MASS_LEFT_OUT: Final = 0.02
"""The box of a plan may leave out so much of the mass, on its edges."""


@dataclass(frozen=True)
class Box:
    """Rows `top` to below `bottom`, columns `left` to below `right`, in the terrain's cells."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def rows(self) -> int:
        return self.bottom - self.top

    @property
    def cols(self) -> int:
        return self.right - self.left


@dataclass(frozen=True, eq=False)
class Lattice:
    """Nodes of a plan: `rows` and `cols` are their terrain cells, `of_block` (blocks down, blocks across) their number.

    A block is `stride` cells each way; -1 stands for a block where nobody can stand.
    """

    box: Box
    stride: int
    rows: Ints
    cols: Ints
    of_block: Ints

    @property
    def nodes(self) -> int:
        return int(self.rows.size)

    def block_of(self, row: int, col: int) -> tuple[int, int]:
        return (row - self.box.top) // self.stride, (col - self.box.left) // self.stride


def box_of(terrain: Terrain, moving: Moving, reachable: NDArray[np.bool_], end_min: float) -> Box:
    """The smallest box around nearly all mass that lies, at some time before `end_min`, on cells a team can reach."""
    mass = mass_by_cell(terrain, moving, end_min) * reachable
    if mass.sum() <= 0:
        raise SearchError(
            "no team can be anywhere that he may be within its hours: start earlier or nearer, or give more hours"
        )
    top, bottom = _span(mass.sum(axis=1))
    left, right = _span(mass.sum(axis=0))
    return Box(top, left, bottom, right)


def mass_by_cell(terrain: Terrain, moving: Moving, end_min: float) -> NDArray[np.float64]:
    """Mean mass by cell over the known times up to `end_min`; what lies off the map is left out."""
    within = np.flatnonzero(moving.minutes <= end_min + 1e-6)
    times = within if within.size else np.array([0])
    total = np.zeros(terrain.rows * terrain.cols)
    for t in times:
        row, col = np.rint(moving.rows[:, t]).astype(np.int64), np.rint(moving.cols[:, t]).astype(np.int64)
        on = (row >= 0) & (row < terrain.rows) & (col >= 0) & (col < terrain.cols)
        total += np.bincount(row[on] * terrain.cols + col[on], moving.weights[on], minlength=total.size)
    return (total / times.size).reshape(terrain.rows, terrain.cols)


def _span(mass: NDArray[np.float64]) -> tuple[int, int]:
    below = np.cumsum(mass) / mass.sum()
    low = int(np.searchsorted(below, MASS_LEFT_OUT / 4))
    high = int(np.searchsorted(below, 1 - MASS_LEFT_OUT / 4))
    return low, min(mass.size, high + 1)


def stride_for(box: Box, cell_m: float, smear_m: float, most_nodes: int) -> int:
    """Blocks about two smears wide, so that the lines of neighbouring blocks leave no gap; wider if too many."""
    wanted = max(1, round(2 * smear_m / cell_m))
    least = math.ceil(math.sqrt(box.rows * box.cols / most_nodes))
    return max(wanted, least)


def make_lattice(terrain: Terrain, box: Box, stride: int) -> Lattice:
    """One node for each block: of the cells one can stand on, trails go before open ground, the middle before the rim.

    Raises SearchError where no cell of the box can be stood on.
    """
    barrier = (terrain.water >= Water.RIVER) | (terrain.land_cover == LandCover.WATER)
    crossed = (terrain.crossings > 0) | (terrain.trails > Trail.NONE)
    stand = (~barrier | crossed) & ~np.isnan(terrain.elevation_m)
    down, across = math.ceil(box.rows / stride), math.ceil(box.cols / stride)
    of_block = np.full((down, across), -1, np.int32)
    rows: list[int] = []
    cols: list[int] = []
    for i in range(down):
        for j in range(across):
            top, left = box.top + i * stride, box.left + j * stride
            bottom, right = min(top + stride, box.bottom), min(left + stride, box.right)
            cell = _best(stand[top:bottom, left:right], terrain.trails[top:bottom, left:right])
            if cell is not None:
                of_block[i, j] = len(rows)
                rows.append(top + cell[0])
                cols.append(left + cell[1])
    if not rows:
        raise SearchError("nobody can stand anywhere in the area to be searched: it is water or has no elevation")
    return Lattice(box, stride, np.array(rows, np.int32), np.array(cols, np.int32), of_block)


def _best(stand: NDArray[np.bool_], trails: NDArray[np.uint8]) -> tuple[int, int] | None:
    row, col = np.nonzero(stand)
    if not row.size:
        return None
    middle = (np.array(stand.shape) - 1) / 2
    away = (row - middle[0]) ** 2 + (col - middle[1]) ** 2
    away = away - 1000.0 * (trails[row, col] > Trail.NONE)
    first = int(np.argmin(away))
    return int(row[first]), int(col[first])
