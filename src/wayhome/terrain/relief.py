"""Made relief that looks like ground: fractal uplift worn down by rivers. Seeded, the same seed the same ground.

Method: the implicit stream-power solver of Braun and Willett, Geomorphology 180 (2013), on ever finer grids; water
finds its way out of hollows by the priority flood of Barnes, Lehman and Mulla, Computers & Geosciences 62 (2014).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Cells = NDArray[np.int32]

FALL_M: Final = 0.01
"""Water in a hollow is given this much fall from cell to cell, so that it always knows where to go."""
CONCAVITY: Final = 0.45
"""Exponent of the drained area in the stream-power law; 0.4 to 0.5 in the field's literature."""


@njit(cache=True, nogil=True)
def drain(height: Floats, outlet: NDArray[np.bool_]) -> tuple[Floats, Cells, Cells]:
    """The height with hollows filled, the cell each cell drains to (itself at outlets), and an order of all cells.

    In the order every cell comes after the one it drains to. At least one outlet must be set.
    """
    rows, cols = height.shape
    size = rows * cols
    filled = height.copy().ravel()
    into = np.full(size, -1, np.int32)
    order = np.empty(size, np.int32)
    heap_key, heap_cell = np.empty(size + 1), np.empty(size + 1, np.int32)
    held = 0
    for cell in range(size):
        if outlet.flat[cell]:
            into[cell] = cell
            held = _push(heap_key, heap_cell, held, filled[cell], cell)
    done = 0
    while held > 0:
        cell = heap_cell[0]
        held = _pop(heap_key, heap_cell, held)
        order[done] = cell
        done += 1
        row, col = cell // cols, cell % cols
        for r in range(max(0, row - 1), min(rows, row + 2)):
            for c in range(max(0, col - 1), min(cols, col + 2)):
                other = r * cols + c
                if into[other] < 0:
                    into[other] = cell
                    filled[other] = max(filled[other], filled[cell] + FALL_M)
                    held = _push(heap_key, heap_cell, held, filled[other], other)
    _steepest(filled, into, outlet.ravel(), rows, cols)
    return filled.reshape(rows, cols), into, order


@njit(cache=True, nogil=True)
def _push(key: Floats, cells: Cells, held: int, value: float, cell: int) -> int:
    at = held
    while at > 0 and key[(at - 1) >> 1] > value:
        key[at], cells[at] = key[(at - 1) >> 1], cells[(at - 1) >> 1]
        at = (at - 1) >> 1
    key[at], cells[at] = value, cell
    return held + 1


@njit(cache=True, nogil=True)
def _pop(key: Floats, cells: Cells, held: int) -> int:
    held -= 1
    value, cell = key[held], cells[held]
    at, child = 0, 1
    while child < held:
        if child + 1 < held and key[child + 1] < key[child]:
            child += 1
        if key[child] >= value:
            break
        key[at], cells[at] = key[child], cells[child]
        at, child = child, 2 * child + 1
    key[at], cells[at] = value, cell
    return held


@njit(cache=True, nogil=True)
def _steepest(filled: Floats, into: Cells, outlet: NDArray[np.bool_], rows: int, cols: int) -> None:
    """Turns each cell's water down its steepest fall. All falls lead to cells that come earlier in the order."""
    for cell in range(filled.size):
        if outlet[cell]:
            continue
        row, col = cell // cols, cell % cols
        best = 0.0
        for r in range(max(0, row - 1), min(rows, row + 2)):
            for c in range(max(0, col - 1), min(cols, col + 2)):
                fall = filled[cell] - filled[r * cols + c]
                if r != row and c != col:
                    fall *= 0.7071067811865476
                if fall > best:
                    best = fall
                    into[cell] = r * cols + c


@njit(cache=True, nogil=True)
def drained_cells(into: Cells, order: Cells) -> Floats:
    """How many cells drain through each cell, itself counted."""
    area = np.ones(into.size)
    for i in range(order.size - 1, -1, -1):
        cell = order[i]
        if into[cell] != cell:
            area[into[cell]] += area[cell]
    return area


@njit(cache=True, nogil=True)
def wear(
    height: Floats, into: Cells, order: Cells, area_km2: Floats, strength: float, cell_m: float, cols: int
) -> None:
    """One implicit step of stream-power erosion, downstream first, in place. `height` is flat."""
    for i in range(order.size):
        cell = order[i]
        down = into[cell]
        if down == cell:
            continue
        far = cell_m if (down // cols == cell // cols or down % cols == cell % cols) else cell_m * 1.4142135623730951
        pull = strength * area_km2[cell] ** CONCAVITY * 1000.0 / far
        if height[cell] > height[down]:
            height[cell] = (height[cell] + pull * height[down]) / (1.0 + pull)


def noise(chance: np.random.Generator, side: int, roughness: float, coarsest: float = 1.0) -> Floats:
    """Fractal noise of mean 0 and deviation 1: spectrum falling with frequency to the power of `roughness`.

    `coarsest` leaves out waves longer than side / coarsest cells.
    """
    wave = np.fft.rfftn(chance.standard_normal((side, side)))
    down, across = np.fft.fftfreq(side)[:, None] * side, np.fft.rfftfreq(side)[None] * side
    frequency = np.hypot(down, across)
    weight = np.where(frequency >= coarsest, np.maximum(frequency, 1.0) ** -roughness, 0.0)
    made = np.fft.irfftn(wave * weight, s=(side, side), axes=(0, 1))
    made -= made.mean()
    return np.asarray(made / made.std(), np.float64)


def finer(height: Floats, side: int) -> Floats:
    """The same relief on a grid of `side` cells, bilinearly."""
    from scipy.ndimage import zoom

    return np.asarray(zoom(height, side / height.shape[0], order=1, mode="nearest", grid_mode=True), np.float64)


def carve(
    uplift_m: Floats, height: Floats, outlet: NDArray[np.bool_], *, cell_m: float, rounds: int, strength: float
) -> Floats:
    """Raises the ground by `uplift_m` and wears it down, `rounds` times."""
    rows, cols = height.shape
    for _ in range(rounds):
        height = np.where(outlet, height, height + uplift_m)
        filled, into, order = drain(height, outlet)
        area_km2 = drained_cells(into, order) * (cell_m / 1000) ** 2
        flat = filled.ravel().copy()
        wear(flat, into, order, area_km2, strength, cell_m, cols)
        height = flat.reshape(rows, cols)
    return height


@njit(cache=True, nogil=True)
def pond(height: Floats, into: Cells, order: Cells, dam: int, level: float) -> NDArray[np.bool_]:
    """The cells that a dam at one cell drowns: those upstream of it that lie below `level`. `height` is flat."""
    wet = np.zeros(height.size, np.bool_)
    wet[dam] = True
    for i in range(order.size):
        cell = order[i]
        if cell != dam and wet[into[cell]] and height[cell] < level and into[cell] != cell:
            wet[cell] = True
    return wet
