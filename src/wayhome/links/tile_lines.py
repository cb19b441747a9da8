"""Ways, streams, rivers and the border, drawn on a tile."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from wayhome.links.map_look import BLUE
from wayhome.links.tile_blocks import Blocks, Bundle, curved
from wayhome.links.tile_frame import Floats, Net
from wayhome.links.tile_sheet import FULL, Shares, Sheet
from wayhome.terrain.classes import Trail, Water
from wayhome.terrain.grid import Terrain

FINER: Final = 4
"""Lines are drawn so many times larger and then averaged, which makes their edges smooth."""
INK: Final = "#2b2420"
PAPER: Final = "#fffdf6"
BORDER_INK: Final = "#6b2a6b"
WAYS_FROM_M: Final = {Trail.ROAD: 350.0, Trail.TRACK: 45.0, Trail.PATH: 26.0}
"""What is drawn at how many metres per pixel or fewer: farther off it would be a web over the ground."""
WATER_FROM_M: Final = {Water.RIVER: 350.0, Water.STREAM: 36.0}
BORDER_FROM_M: Final = 1_500.0
ROAD_CASE_PX, ROAD_PX, TRACK_PX, PATH_PX = 4.6, 2.8, 1.6, 1.5
RIVER_PX, STREAM_PX, LEAST_WATER_PX = 2.8, 1.3, 0.9
BORDER_CASE_PX, BORDER_PX = 3.6, 1.7
"""Widths at 10 metres per pixel."""
PATH_DASHES: Final = (((0.0, 5.0),), 8.2)
BORDER_DASHES: Final = (((0.0, 9.0), (12.5, 14.5)), 18.0)
"""Where dashes begin and end, in pixels, and after how many all begins anew."""
ROUND_FROM_PX: Final = 6.0
"""Where cells are broader than this, the bends of lines are rounded once more."""

Dashes = tuple[tuple[tuple[float, float], ...], float]
Drawn = list[tuple[Floats, float]]
"""Lines in the larger pixels that they are drawn in, each with its width in pixels of the tile."""


class Lines:
    """Draws the lines of one terrain."""

    def __init__(self, terrain: Terrain) -> None:
        self._cell_m = terrain.cell_m
        self._blocks = Blocks(terrain)

    def draw(self, sheet: Sheet, dry: Shares | None, net: Net, shrink: int, metres: float) -> None:
        """Draws what is seen at so many metres per pixel over the ground of a window."""
        near = max(0.45, min(1.35, 1.25 - 0.25 * math.log2(max(metres, 1e-3) / 5.0)))
        bends = 1 if self._cell_m * shrink > ROUND_FROM_PX * metres else 0
        water = self._blocks.under("water", net, shrink, _least(WATER_FROM_M, metres))
        blue = [
            *_drawn(_lines(water, sheet, Water.STREAM, bends), max(LEAST_WATER_PX, STREAM_PX * near)),
            *_drawn(_lines(water, sheet, Water.RIVER, bends), max(LEAST_WATER_PX, RIVER_PX * near)),
        ]
        _ink(sheet, blue, BLUE, 0.85, dry)
        ways = self._blocks.under("trails", net, shrink, _least(WAYS_FROM_M, metres))
        roads = _drawn(_lines(ways, sheet, Trail.ROAD, bends), ROAD_CASE_PX * near)
        tracks = _drawn(_lines(ways, sheet, Trail.TRACK, bends), TRACK_PX * near)
        paths = _drawn(_dashed(_lines(ways, sheet, Trail.PATH, bends), PATH_DASHES), PATH_PX * near)
        _ink(sheet, roads, INK, 0.8)
        _ink(sheet, tracks + paths, INK, 0.85)
        _ink(sheet, [(line, ROAD_PX * near) for line, _ in roads], PAPER, 1.0)
        if metres <= BORDER_FROM_M:
            border = _lines(self._blocks.under("border", net, shrink, 1), sheet, 1, bends)
            _ink(sheet, _drawn(border, BORDER_CASE_PX * max(0.8, near)), PAPER, 0.6)
            _ink(sheet, _drawn(_dashed(border, BORDER_DASHES), BORDER_PX * max(0.8, near)), BORDER_INK, 0.9)


def _least(shown: dict[Trail, float] | dict[Water, float], metres: float) -> int | None:
    """The least class that is shown at so many metres per pixel."""
    return min((int(kind) for kind, farthest in shown.items() if metres <= farthest), default=None)


def _lines(bundles: Iterable[Bundle], sheet: Sheet, kind: int, bends: int) -> list[Floats]:
    """The lines of a class that may touch the sheet, in its pixels."""
    lines = [line for bundle in bundles for line in bundle.within(sheet.window, kind)]
    return [curved(line) for line in lines] if bends else lines


def _drawn(lines: Iterable[Floats], width: float) -> Drawn:
    """Rounded here: the drawing library cuts fractions off, which on the two sides of a seam is not the same."""
    return [(np.rint(line * FINER), width) for line in lines]


def _dashed(lines: Iterable[Floats], dashes: Dashes) -> list[Floats]:
    """Lines as dashes, counted from where each line begins."""
    marks, every = dashes
    found: list[Floats] = []
    for line in lines:
        along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))))
        rounds = np.arange(0.0, along[-1], every)
        for begin, end in marks:
            at = (rounds + begin)[:, None] + np.linspace(0.0, end - begin, 4)[None, :]
            at = np.minimum(at[at[:, 0] < along[-1] - 0.5], along[-1])
            found += list(np.stack([np.interp(at, along, line[:, axis]) for axis in (0, 1)], axis=-1))
    return found


def _ink(sheet: Sheet, lines: Drawn, colour: str, strength: float, where: Shares | None = None) -> None:
    """Lines in one colour; where they cross they are no darker."""
    if not lines:
        return
    left, top, right, bottom = _box(sheet, lines)
    if left >= right or top >= bottom:
        return
    large = Image.new("L", ((right - left) * FINER, (bottom - top) * FINER))
    pen = ImageDraw.Draw(large)
    corner = (left * FINER, top * FINER)
    for line, width in lines:
        pen.line((line - corner).ravel().tolist(), fill=round(FULL * strength), width=max(1, round(width * FINER)))
    share = large.reduce(FINER)
    if where is not None:
        share = Image.fromarray(np.minimum(np.asarray(share), where[top:bottom, left:right]))
    sheet.ink(share, colour, (left, top))


def _box(sheet: Sheet, lines: Drawn) -> tuple[int, int, int, int]:
    """The part of the sheet that the lines may touch, in its pixels."""
    every = np.concatenate([line for line, _ in lines]) / FINER
    beside = max(width for _, width in lines) / 2 + 1
    low, high = np.floor(every.min(axis=0) - beside), np.ceil(every.max(axis=0) + beside)
    wide, tall = sheet.window.wide, sheet.window.high
    return max(0, int(low[0])), max(0, int(low[1])), min(wide, int(high[0])), min(tall, int(high[1]))
