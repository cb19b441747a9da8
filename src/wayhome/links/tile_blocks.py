"""The lines of a terrain, found block by block: ways, streams and rivers, the border.

Each block is looked at with room around it, and each piece of a line belongs to the block it lies in: two tiles that
touch draw the same pieces, and a large terrain costs no more than what is looked at.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.links.map_lines import coarser, lines_of
from wayhome.links.tile_frame import Floats, Net, Window, on_world, world_px
from wayhome.links.tile_levels import Codes
from wayhome.terrain.classes import Trail, Water
from wayhome.terrain.grid import Terrain
from wayhome.terrain.utm import to_lonlat

BLOCK: Final = 96
AROUND: Final = 16
"""Cells beside a block that have a say in its lines: more than thinning and smoothing reach."""
MOST_BLOCKS: Final = 600
BEYOND_PX: Final = 8.0
"""A line that runs so near beside a window may still reach into it with its width."""

AROUND_THE_WORLD: Final = ((0.0, 0.0), (-1.0, 0.0), (1.0, 0.0))
NEAR_THE_END: Final = 0.01


@dataclass(frozen=True, eq=False)
class Bundle:
    """The lines of a block, one after another, each all of one class.

    Places are shares of the world's square; a line that crosses the date line runs on beyond its edge.
    """

    points: Floats
    ends: NDArray[np.int64]
    """Where each line begins, and last where the last one ends."""
    kinds: Codes
    low: Floats
    high: Floats
    """The corners of each line's box."""

    def within(self, window: Window, kind: int) -> Iterator[Floats]:
        """The lines of a class that may touch a window, in its pixels."""
        world = world_px(window.zoom)
        low = (np.array([window.left, window.top]) - BEYOND_PX) / world
        high = (np.array([window.right, window.bottom]) + BEYOND_PX) / world
        for around in AROUND_THE_WORLD if self._at_the_end else ((0.0, 0.0),):
            near = (self.low + around <= high) & (self.high + around >= low)
            for number in np.flatnonzero(near.all(axis=1) & (self.kinds == kind)).tolist():
                line = self.points[self.ends[number] : self.ends[number + 1]]
                yield (line + around) * world - (window.left, window.top)

    @property
    def _at_the_end(self) -> bool:
        """Whether the lines lie at an end of the world, and so perhaps at both."""
        return bool(self.low[:, 0].min() < NEAR_THE_END or self.high[:, 0].max() > 1 - NEAR_THE_END)


class Blocks:
    """Finds the lines of one terrain, and remembers those looked at last."""

    def __init__(self, terrain: Terrain) -> None:
        self._terrain = terrain
        self._held: OrderedDict[tuple[str, int, int, int, int], Bundle | None] = OrderedDict()

    def under(self, layer: str, net: Net, shrink: int, least: int | None) -> list[Bundle]:
        """The bundles of every block under a window, of classes from `least` upwards (None: of none)."""
        if least is None:
            return []
        left, top, right, bottom = (edge / shrink for edge in net.reach())
        rows, cols = (-(-side // shrink) for side in (self._terrain.rows, self._terrain.cols))
        if right < 0 or bottom < 0 or left > cols or top > rows:
            return []
        down = range(max(0, int(top) // BLOCK), min(rows - 1, int(bottom)) // BLOCK + 1)
        across = range(max(0, int(left) // BLOCK), min(cols - 1, int(right)) // BLOCK + 1)
        found = (self._block(layer, shrink, least, j, i) for j in down for i in across)
        return [bundle for bundle in found if bundle is not None]

    def _block(self, layer: str, shrink: int, least: int, j: int, i: int) -> Bundle | None:
        key = (layer, shrink, least, j, i)
        if key not in self._held:
            self._held[key] = self._bundle(layer, shrink, least, j, i)
            while len(self._held) > MOST_BLOCKS:
                self._held.popitem(last=False)
        self._held.move_to_end(key)
        return self._held[key]

    def _bundle(self, layer: str, shrink: int, least: int, j: int, i: int) -> Bundle | None:
        found = list(self._found(layer, shrink, least, j, i))
        if not found:
            return None
        cells = np.concatenate([line for _, line in found])
        side = self._terrain.cell_m * shrink
        metres = np.column_stack(
            (self._terrain.west_m + cells[:, 0] * side, self._terrain.north_m - cells[:, 1] * side)
        )
        points = on_world(to_lonlat(self._terrain.epsg, metres))
        ends = np.cumsum([0, *(len(line) for _, line in found)])
        firsts = np.repeat(points[ends[:-1], 0], np.diff(ends))
        points[:, 0] -= np.rint(points[:, 0] - firsts)
        low, high = (np.array([box(points[a:b], axis=0) for a, b in pairwise(ends)]) for box in (np.min, np.max))
        return Bundle(points, ends, np.array([kind for kind, _ in found], np.uint8), low, high)

    def _found(self, layer: str, shrink: int, least: int, j: int, i: int) -> Iterator[tuple[int, Floats]]:
        """The class and the line (columns and rows of the level) of each piece that lies in the block."""
        top, left = max(0, j * BLOCK - AROUND), max(0, i * BLOCK - AROUND)
        rows = slice(top * shrink, ((j + 1) * BLOCK + AROUND) * shrink)
        cols = slice(left * shrink, ((i + 1) * BLOCK + AROUND) * shrink)
        kinds = LAYERS[layer](self._terrain, rows, cols, shrink, least)
        if not kinds.any():
            return
        corner = np.array([left, top], np.float64) + 0.5
        around = _spread(kinds)
        for line in lines_of(kinds > 0):
            at = np.rint(line).astype(np.int64).clip(0, (kinds.shape[1] - 1, kinds.shape[0] - 1))
            own = kinds[at[:, 1], at[:, 0]]
            # Smoothing may have moved a point off its cell: then the cells around say what it was.
            kind = np.where(own > 0, own, around[at[:, 1], at[:, 0]])
            ours = ((line[:-1] + line[1:]) / 2 + corner) // BLOCK == (i, j)
            for first, last, of in _pieces(ours.all(axis=1), np.minimum(kind[:-1], kind[1:])):
                yield of, curved(line[first : last + 1]) + corner


def _pieces(ours: NDArray[np.bool_], kinds: Codes) -> Iterator[tuple[int, int, int]]:
    """Runs of neighbouring pieces of a line that are ours and of one class: first point, last point, class."""
    mark = np.where(ours, kinds.astype(np.int16), -1)
    starts = np.flatnonzero(np.concatenate(([True], mark[1:] != mark[:-1]))).tolist()
    for start, end in pairwise([*starts, len(mark)]):
        if mark[start] > 0:
            yield start, end, int(mark[start])


def curved(line: Floats) -> Floats:
    """A line with twice as many points, so that its bends are rounder."""
    if len(line) < 3:
        return line
    finer = np.empty((2 * len(line) - 1, 2))
    finer[0], finer[-1] = line[0], line[-1]
    finer[2:-1:2] = 0.75 * line[1:-1] + 0.125 * (line[:-2] + line[2:])
    finer[1::2] = 0.5 * (line[:-1] + line[1:])
    return finer


def _classes(codes: Codes, shrink: int, wanted: range) -> Codes:
    """In each cell of a level the highest of the wanted classes that is in it."""
    found = np.zeros(tuple(-(-side // shrink) for side in codes.shape), np.uint8)
    for kind in wanted:
        found[coarser(codes == kind, shrink)] = kind
    return found


def _ways(terrain: Terrain, rows: slice, cols: slice, shrink: int, least: int) -> Codes:
    return _classes(terrain.trails[rows, cols], shrink, range(least, Trail.ROAD + 1))


def _waters(terrain: Terrain, rows: slice, cols: slice, shrink: int, least: int) -> Codes:
    """Streams and rivers, and of lakes the cells that these flow into: the lines then end under the lake."""
    water = terrain.water[rows, cols]
    found = _classes(water, shrink, range(least, Water.RIVER + 1))
    lake = coarser(water == Water.LAKE, shrink) & (found == 0)
    return np.where(lake, _spread(found), found)


def _spread(kinds: Codes) -> Codes:
    """In each cell the highest class of it and the cells around it."""
    edged = np.pad(kinds, 1)
    around = np.zeros_like(kinds)
    for down, across in product(range(3), range(3)):
        np.maximum(around, edged[down : down + kinds.shape[0], across : across + kinds.shape[1]], out=around)
    return around


def _border(terrain: Terrain, rows: slice, cols: slice, shrink: int, _: int) -> Codes:
    return coarser(terrain.border[rows, cols], shrink).view(np.uint8)


LAYERS: Final[dict[str, Callable[[Terrain, slice, slice, int, int], Codes]]] = {
    "trails": _ways,
    "water": _waters,
    "border": _border,
}
