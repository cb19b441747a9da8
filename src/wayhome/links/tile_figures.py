"""Heights written along the thick contours: at most one in each square of a fixed net over the world, wherever there
is the best room in it, so that two tiles that touch agree about each."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.links.map_look import BROWN
from wayhome.links.tile_frame import Window
from wayhome.links.tile_ground import THICK_EACH, slopes
from wayhome.links.tile_letters import TURNS_DEG, turned
from wayhome.links.tile_lines import PAPER
from wayhome.links.tile_names import Taken
from wayhome.links.tile_sheet import Sheet

SQUARE_PX: Final = 256
STEP_PX: Final = 8
RIM: Final = 3
"""Samples around a square that its own are measured by."""
SIZE_PX: Final = 10.5
HALF_PX: Final = 17
"""A figure keeps so far off names, and reaches no farther from its middle."""
CLOSEST_PX: Final = 15.0
"""Thick contours must be so far apart for a figure to stand on one."""
FARTHEST_PX: Final = 400.0
STRAIGHT: Final = 0.93
"""How alike the slope must face a little to both sides: a figure on a bend is hard to read."""

Sampled = Callable[[Window, int], tuple[NDArray[np.float32], NDArray[np.bool_]] | None]
"""Heights of a window, one for each so many pixels, and where a figure may stand."""


@dataclass(frozen=True)
class Figure:
    """A height, the middle of its words, and how they are turned."""

    metres: int
    at: tuple[int, int]
    degrees: int


def figures(window: Window, interval_m: int, sampled: Sampled) -> list[Figure]:
    """Every figure that could reach into a window, square by square."""
    whole = window.grown(HALF_PX).aligned(SQUARE_PX)
    around = whole.grown(RIM * STEP_PX)
    found = sampled(around, STEP_PX)
    if found is None:
        return []
    height, allowed = found
    candidates = _candidates(height, allowed, THICK_EACH * interval_m)
    if not len(candidates):
        return []
    x = around.left + (candidates[:, 0] + 0.5) * STEP_PX
    y = around.top + (candidates[:, 1] + 0.5) * STEP_PX
    square = np.stack([np.floor(y / SQUARE_PX), np.floor(x / SQUARE_PX)])
    off = np.hypot(x % SQUARE_PX - SQUARE_PX / 2, y % SQUARE_PX - SQUARE_PX / 2) / SQUARE_PX
    worth = np.round(off + 3 * (1 - candidates[:, 4]), 4)
    order = np.lexsort((x, y, worth, square[1], square[0]))
    first = np.ones(len(order), np.bool_)
    first[1:] = (square[:, order][:, 1:] != square[:, order][:, :-1]).any(axis=0)
    best = order[first]
    kept = (square[1][best] * SQUARE_PX >= whole.left) & (square[1][best] * SQUARE_PX < whole.right)
    kept &= (square[0][best] * SQUARE_PX >= whole.top) & (square[0][best] * SQUARE_PX < whole.bottom)
    return [
        Figure(round(float(candidates[i, 2])), (round(float(x[i])), round(float(y[i]))), _turn(float(candidates[i, 3])))
        for i in best[kept]
    ]


def _candidates(height: NDArray[np.float32], allowed: NDArray[np.bool_], step: int) -> NDArray[np.float64]:
    """Where thick contours pass between samples: column, row, metres, direction of the contour, straightness."""
    down, east = (np.pad(part.astype(np.float64), 1, mode="edge") for part in slopes(height))
    rise = np.hypot(down, east) + 1e-9
    facing = np.stack([east / rise, down / rise])
    ahead = np.rint(2 * np.stack([-facing[1], facing[0]])).astype(np.int64)
    rows, cols = np.indices(height.shape)
    alike = np.ones(height.shape)
    for way in (1, -1):
        r = (rows + way * ahead[1]).clip(0, height.shape[0] - 1)
        c = (cols + way * ahead[0]).clip(0, height.shape[1] - 1)
        alike = np.minimum(alike, (facing * facing[:, r, c]).sum(axis=0))
    between = step / rise * STEP_PX
    good = allowed & (alike >= STRAIGHT) & (between >= CLOSEST_PX) & (between <= FARTHEST_PX)
    good[:RIM], good[-RIM:], good[:, :RIM], good[:, -RIM:] = False, False, False, False
    level = np.floor(height / step).astype(np.int64)
    found = []
    for dr, dc in ((0, 1), (1, 0)):
        after = np.roll(level, (-dr, -dc), (0, 1))
        crossed = good & (np.abs(after - level) == 1)
        r, c = np.nonzero(crossed)
        metres = np.maximum(level, after)[r, c] * step
        share = (metres - height[r, c]) / (height[r + dr, c + dc] - height[r, c])
        along = np.degrees(np.arctan2(-facing[0, r, c], -facing[1, r, c]))
        found.append(np.column_stack((c + dc * share, r + dr * share, metres, along, alike[r, c])))
    return np.concatenate(found)


def _turn(along_deg: float) -> int:
    """The direction of a contour as a turn against the clock in which words are never upside down."""
    turn = (along_deg + 90.0) % 180.0 - 90.0
    return math.floor(turn / TURNS_DEG + 0.5) * TURNS_DEG


def draw_figures(sheet: Sheet, found: list[Figure], taken: Taken) -> None:
    """The figures that no name stands in the way of."""
    for figure in found:
        x, y = figure.at
        if not taken.free((x - HALF_PX, y - HALF_PX, x + HALF_PX, y + HALF_PX)):
            continue
        words = turned(str(figure.metres), SIZE_PX, figure.degrees)
        corner = (x - words.letters.width // 2, y - words.letters.height // 2)
        sheet.put(words.halo, corner, PAPER)
        sheet.put(words.letters, corner, BROWN)
