"""Where somebody on the move can be met: choke points of the ground, and cells that much of the mass goes through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.plans.moving import Moving
from wayhome.terrain.classes import Crossing, Trail
from wayhome.terrain.grid import Terrain

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

APART_M: Final = 200.0
BRIDGE, FORD, BORDER, JUNCTION, PASS, TRAIL, OPEN = "bridge", "ford", "border", "junction", "pass", "trail", "open"
WORDS: Final = {
    BRIDGE: "bridge", FORD: "ford", BORDER: "trail at the border", JUNCTION: "trail junction", PASS: "pass",
    TRAIL: "trail", OPEN: "open ground that much of the mass goes through",
}  # fmt: skip
FAVOUR: Final = {BRIDGE: 1.5, FORD: 1.5, BORDER: 1.5, JUNCTION: 1.2, PASS: 1.3, TRAIL: 1.0, OPEN: 0.7}
"""Among places near each other the choke points go first: there fewer are missed. Our own choice."""


@dataclass(frozen=True)
class Post:
    """A cell to watch from, what kind of place it is, and the mass of the tracks that ever go through that cell."""

    row: int
    col: int
    kind: str
    flow: float

    @property
    def words(self) -> str:
        return WORDS[self.kind]


def candidate_posts(
    terrain: Terrain, moving: Moving, *, most: int = 80, apart_m: float = APART_M, from_min: float = 0.0
) -> tuple[Post, ...]:
    """Up to `most` places at least `apart_m` apart that tracks on the move enter after `from_min`, most mass first.

    Crossings, border trails, junctions and passes are favoured over what lies beside them. Raises SearchError for a
    number or distance that makes no sense; none at all where nobody moves.
    """
    if most < 1 or not apart_m >= 0:
        raise SearchError(f"{most} posts {apart_m:g} m apart are refused: at least one, at least 0 m apart")
    flow = entering(terrain, moving, from_min)
    kinds = kinds_of(terrain)
    favoured = flow * np.vectorize(FAVOUR.__getitem__, otypes=[np.float64])(kinds)
    rows, cols = np.nonzero(flow > 0)
    order = np.lexsort((cols, rows, -favoured[rows, cols]))
    chosen: list[Post] = []
    apart = apart_m / terrain.cell_m
    taken = np.zeros(flow.shape, np.bool_)
    reach = int(apart)
    for row, col in zip(rows[order].tolist(), cols[order].tolist(), strict=True):
        near = taken[max(0, row - reach) : row + reach + 1, max(0, col - reach) : col + reach + 1]
        if near.any() and any((p.row - row) ** 2 + (p.col - col) ** 2 < apart**2 for p in chosen):
            continue
        taken[row, col] = True
        chosen.append(Post(row, col, str(kinds[row, col]), float(flow[row, col])))
        if len(chosen) == most:
            break
    return tuple(chosen)


def kinds_of(terrain: Terrain) -> NDArray[np.str_]:
    """What kind of place each cell is."""
    trail = terrain.trails > Trail.NONE
    kinds = np.where(trail, TRAIL, OPEN).astype("<U8")
    kinds[trail & _passes(terrain)] = PASS
    kinds[trail & (_arms(trail) >= 3)] = JUNCTION
    kinds[terrain.border & trail] = BORDER
    kinds[terrain.crossings == Crossing.FORD] = FORD
    kinds[terrain.crossings == Crossing.BRIDGE] = BRIDGE
    return kinds


RING: Final = ((-1, -1), (-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1))


def _around(layer: NDArray[np.bool_] | Floats, beyond: float) -> NDArray[np.float64]:
    """(8, rows, cols): the neighbours of each cell, clockwise."""
    padded = np.pad(layer.astype(np.float64), 1, constant_values=beyond)
    rows, cols = layer.shape
    return np.stack([padded[1 + i : 1 + i + rows, 1 + j : 1 + j + cols] for i, j in RING])


def _arms(trail: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many trails leave each cell: stretches of trail cells around it."""
    around = _around(trail, 0.0) > 0.5
    return np.asarray((around & ~np.roll(around, 1, axis=0)).sum(axis=0))


def _passes(terrain: Terrain) -> NDArray[np.bool_]:
    """Saddles: round the cell the ground goes up, down, up and down again."""
    higher = _around(terrain.elevation_m, np.nan) > terrain.elevation_m
    changes = (higher != np.roll(higher, 1, axis=0)).sum(axis=0)
    return np.asarray(changes >= 4)


def entering(terrain: Terrain, moving: Moving, from_min: float = 0.0) -> Doubles:
    """(rows, cols): the mass of the tracks that enter each cell after `from_min`, each track once."""
    flow = np.zeros((terrain.rows, terrain.cols))
    last = np.full((terrain.rows, terrain.cols), -1, np.int32)
    first = int(np.searchsorted(moving.minutes, from_min))
    _enter(moving.rows, moving.cols, moving.weights, first, flow, last)
    return flow


@njit(cache=True, nogil=True)
def _enter(rows: Floats, cols: Floats, weights: Doubles, first: int, flow: Doubles, last: NDArray[np.int32]) -> None:
    """Walks each track from cell to cell on straight lines; `last` is the track that came through a cell last."""
    for k in range(rows.shape[0]):
        was_row, was_col = -1, -1
        for t in range(first, rows.shape[1] - 1):
            down, across = rows[k, t + 1] - rows[k, t], cols[k, t + 1] - cols[k, t]
            pieces = int(2 * max(abs(down), abs(across))) + 1
            for n in range(pieces + 1):
                row = int(np.floor(rows[k, t] + down * n / pieces + 0.5))
                col = int(np.floor(cols[k, t] + across * n / pieces + 0.5))
                if was_row < 0:
                    was_row, was_col = row, col
                if row == was_row and col == was_col:
                    continue
                was_row, was_col = row, col
                if 0 <= row < flow.shape[0] and 0 <= col < flow.shape[1] and last[row, col] != k:
                    last[row, col] = k
                    flow[row, col] += weights[k]
