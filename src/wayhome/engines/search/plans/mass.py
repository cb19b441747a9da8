"""His tracks sorted into a fine raster, instant by instant: where the mass lies, and whom a look from a place meets.

The raster's cells are parts of the terrain's. Looks are spread over its cells by a stamp (see `sighting`), and he over
the cells he is in at three instants of each part of a step: the same sums give both the mass that a look would meet,
and what each track has been met with, so that one is exactly the slope of the other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.search.plans.clock import INSTANTS, Clock
from wayhome.engines.search.plans.lattice import Box
from wayhome.engines.search.plans.moving import Moving

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
MADE_WITH: Final = "04b61b01f31d"
"""Of the files that compiled code here takes in: see the test that holds it."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Mass:
    """`per_cell` raster cells, of `cell_m`, lie along one terrain cell.

    `of_track` is int32 (instants, K): the raster cell of each track, -1 off the raster. `order` and `cells` are the
    tracks sorted by raster cell, those off the raster first, and their cells. `row_starts` (instants, rows + 1) says
    where in the order each raster row begins. `sight` is the share of looks that comes through to each raster cell (1
    on open ground by day). `weights` are the tracks' own.
    """

    box: Box
    per_cell: float
    cell_m: float
    rows: int
    cols: int
    of_track: Ints
    order: Ints
    cells: Ints
    row_starts: Ints
    sight: Floats
    weights: Doubles
    clock: Clock

    @property
    def tracks(self) -> int:
        return int(self.weights.size)

    def cell_of(self, rows: Floats, cols: Floats) -> Ints:
        """Raster cells of places in terrain cells; -1 off the raster."""
        i = np.floor((rows + 0.5 - self.box.top) * self.per_cell).astype(np.int64)
        j = np.floor((cols + 0.5 - self.box.left) * self.per_cell).astype(np.int64)
        on = (i >= 0) & (i < self.rows) & (j >= 0) & (j < self.cols)
        return np.where(on, i * self.cols + j, -1).astype(np.int32)

    def spread_out(self, value: Floats, epoch_of_part: Ints, stamp: Floats, first: int, last: int) -> Floats:
        """(last - first, rows * cols): the value of the tracks that a look meets, in parts `first` to below `last`.

        `value` is (epochs, K): what one more glimpse of a track adds in each epoch.
        """
        out = np.zeros((last - first, self.rows * self.cols), np.float32)
        room = np.zeros(self.rows * self.cols, np.float32)
        _lay(self.order, self.cells, self.row_starts, value, epoch_of_part, self.sight, first, last, out)
        _blur(out, room, self.rows, self.cols, stamp)
        return out

    def change(
        self, fields: Floats, stamp: Floats, tracks: Ints, more: Floats, epoch_of_part: Ints, first: int
    ) -> None:
        """Adds to the fields of all parts from `first` on what some tracks' values (epochs, tracks) grew by."""
        out = np.zeros((fields.shape[0] - first, fields.shape[1]), np.float32)
        _lay_some(self.of_track, self.sight, tracks, more, epoch_of_part, first, out)
        _blur(out, np.zeros(fields.shape[1], np.float32), self.rows, self.cols, stamp)
        fields[first:] += out


def make_mass(
    moving: Moving, clock: Clock, box: Box, per_cell: float, terrain_cell_m: float, sight: Floats | None = None
) -> Mass:
    """The tracks over `box` on a raster of `per_cell` cells along one of the terrain's. `sight` is by terrain cell."""
    rows, cols = math.ceil(box.rows * per_cell), math.ceil(box.cols * per_cell)
    shape = (clock.parts * INSTANTS, moving.tracks)
    of_track, order, cells = (np.empty(shape, np.int32) for _ in range(3))
    starts = np.empty((shape[0], rows + 1), np.int32)
    made = Mass(
        box=box, per_cell=per_cell, cell_m=terrain_cell_m / per_cell, rows=rows, cols=cols, of_track=of_track,
        order=order, cells=cells, row_starts=starts, sight=_sight(box, per_cell, rows, cols, sight),
        weights=moving.weights, clock=clock,
    )  # fmt: skip
    for part in range(clock.parts):
        for i, minute in enumerate(clock.instants(part)):
            at = part * INSTANTS + i
            of_track[at] = made.cell_of(*moving.at(minute))
            order[at] = np.argsort(of_track[at], kind="stable")
            cells[at] = of_track[at, order[at]]
            starts[at] = np.searchsorted(cells[at], np.arange(rows + 1) * made.cols)
    return made


def _sight(box: Box, per_cell: float, rows: int, cols: int, sight: Floats | None) -> Floats:
    """The share of looks that comes through, by raster cell: the terrain cell's under its middle."""
    if sight is None:
        return np.ones(rows * cols, np.float32)
    i = np.minimum(box.top + ((np.arange(rows) + 0.5) / per_cell).astype(np.int64), sight.shape[0] - 1)
    j = np.minimum(box.left + ((np.arange(cols) + 0.5) / per_cell).astype(np.int64), sight.shape[1] - 1)
    return np.ascontiguousarray(sight[np.ix_(i, j)], np.float32).ravel()


@njit(cache=True, nogil=True)
def _lay(
    order: Ints,
    cells: Ints,
    row_starts: Ints,
    value: Floats,
    epoch_of_part: Ints,
    sight: Floats,
    first: int,
    last: int,
    out: Floats,
) -> None:
    """Puts each track's value on the cells it is in during a part, a share for each instant."""
    for part in range(first, last):
        worth = value[epoch_of_part[part]]
        for i in range(INSTANTS):
            at = part * INSTANTS + i
            for n in range(row_starts[at, 0], row_starts[at, -1]):
                cell = cells[at, n]
                out[part - first, cell] += worth[order[at, n]] * sight[cell] * np.float32(1.0 / INSTANTS)


@njit(cache=True, nogil=True, fastmath={"reassoc", "contract"})
def _blur(fields: Floats, room: Floats, rows: int, cols: int, stamp: Floats) -> None:
    """Each field convolved with the stamp along both axes, in place. Beyond the edge lies nothing."""
    reach = stamp.size // 2
    for part in range(fields.shape[0]):
        field = fields[part]
        for i in range(rows):
            room[i * cols : (i + 1) * cols] = 0.0
            for k in range(max(-reach, -i), min(reach, rows - 1 - i) + 1):
                share = stamp[reach + k]
                low, other = i * cols, (i + k) * cols
                for j in range(cols):
                    room[low + j] += share * field[other + j]
        field[:] = 0.0
        for i in range(rows):
            low = i * cols
            for k in range(-reach, reach + 1):
                share = stamp[reach + k]
                for j in range(max(0, -k), min(cols, cols - k)):
                    field[low + j] += share * room[low + j + k]


@njit(cache=True, nogil=True)
def meet(
    order: Ints,
    cells: Ints,
    row_starts: Ints,
    sight: Floats,
    cols: int,
    look_parts: Ints,
    look_cells: Ints,
    amounts: Floats,
    stamp: Floats,
    epoch_of_part: Ints,
    glimpses: Floats,
) -> None:
    """Adds to `glimpses` (epochs, K) what the looks show of each track. `amounts` are glimpses on the whole stamp."""
    reach = stamp.size // 2
    rows = row_starts.shape[1] - 1
    for look in range(look_cells.size):
        if look_cells[look] < 0:
            continue
        row, col = look_cells[look] // cols, look_cells[look] % cols
        epoch = epoch_of_part[look_parts[look]]
        for i in range(INSTANTS):
            at = look_parts[look] * INSTANTS + i
            for r in range(max(0, row - reach), min(rows, row + reach + 1)):
                along = amounts[look] * stamp[reach + r - row] * np.float32(1.0 / INSTANTS)
                low, high = row_starts[at, r], row_starts[at, r + 1]
                left, right = r * cols + max(0, col - reach), r * cols + min(cols - 1, col + reach)
                n = low + np.searchsorted(cells[at, low:high], left)
                while n < high and cells[at, n] <= right:
                    cell = cells[at, n]
                    glimpses[epoch, order[at, n]] += along * stamp[reach + cell - r * cols - col] * sight[cell]
                    n += 1


@njit(cache=True, nogil=True)
def _lay_some(
    of_track: Ints, sight: Floats, tracks: Ints, more: Floats, epoch_of_part: Ints, first: int, out: Floats
) -> None:
    """Puts a few tracks' values (epochs, tracks) on the cells they are in, from part `first` on."""
    for part in range(first, first + out.shape[0]):
        worth = more[epoch_of_part[part]]
        for i in range(INSTANTS):
            for n in range(tracks.size):
                cell = of_track[part * INSTANTS + i, tracks[n]]
                if cell >= 0:
                    out[part - first, cell] += worth[n] * sight[cell] * np.float32(1.0 / INSTANTS)
