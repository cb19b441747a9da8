"""The small marks of a tile: peaks, shelters, places, fords, bridges. Their shapes tell them apart, not colours."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from wayhome.links.tile_frame import Floats, on_world, world_px
from wayhome.links.tile_levels import Mask
from wayhome.links.tile_lines import INK, PAPER
from wayhome.links.tile_sheet import Sheet
from wayhome.terrain.classes import Crossing, Trail
from wayhome.terrain.grid import Terrain
from wayhome.terrain.utm import to_lonlat

REACH_PX: Final = 5
"""A mark reaches no farther from its middle, without its halo."""
FINER: Final = 8
HALO_PX: Final = 1.4
DOT_PX: Final = 2.6
OUTLINES: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "peak": ((0, -4.2), (4.4, 3.4), (-4.4, 3.4)),
    "shelter": ((0, -4.6), (4.8, -0.6), (3.4, -0.6), (3.4, 3.8), (-3.4, 3.8), (-3.4, -0.6), (-4.8, -0.6)),
    "ford": ((-4.2, -3.2), (4.2, -3.2), (0, 4.2)),
    "bridge": ((-3.2, -3.2), (3.2, -3.2), (3.2, 3.2), (-3.2, 3.2)),
}
"""Around their middle, in pixels; whatever is not here is a dot."""
HOLLOW: Final = {"ford", "bridge"}
"""These are outlines only, as on the paper maps."""
LINE_PX: Final = 1.5
CROSSINGS_FROM_M: Final = 16.0
MOST_CROSSINGS: Final = 20_000

At = tuple[int, int]


@lru_cache(maxsize=16)
def _sheets(kind: str) -> tuple[Image.Image, Image.Image]:
    """A mark's paper and its ink, with a pixel in their middle."""
    side = 2 * REACH_PX + 5
    return _shape(kind, side, HALO_PX, hollow=False), _shape(kind, side, 0.0, hollow=kind in HOLLOW)


def _shape(kind: str, side: int, grown: float, *, hollow: bool) -> Image.Image:
    large = Image.new("L", (side * FINER, side * FINER))
    pen, middle = ImageDraw.Draw(large), side * FINER / 2
    if kind in OUTLINES:
        corners = [(middle + x * FINER, middle + y * FINER) for x, y in OUTLINES[kind]]
        if not hollow:
            pen.polygon(corners, fill=255)
        width = LINE_PX if hollow else 2 * grown
        if width:
            pen.line([*corners, *corners[:2]], fill=255, width=round(width * FINER), joint="curve")
    else:
        reach = (DOT_PX + grown) * FINER
        pen.ellipse((middle - reach, middle - reach, middle + reach, middle + reach), fill=255)
    return large.reduce(FINER)


def draw_mark(sheet: Sheet, kind: str, at: At, ink: str) -> None:
    """A mark with its middle on a pixel of the world."""
    paper, lines = _sheets(kind)
    corner = (at[0] - paper.width // 2, at[1] - paper.height // 2)
    sheet.put(paper, corner, PAPER)
    sheet.put(lines, corner, ink)


class Crossings:
    """Where paths and tracks pass a river or a lake, and where anything fords one."""

    def __init__(self, terrain: Terrain) -> None:
        fords = terrain.crossings == Crossing.FORD
        bridges = (terrain.crossings == Crossing.BRIDGE) & (terrain.trails < Trail.ROAD)
        self._places = [("ford", _middles(terrain, fords)), ("bridge", _middles(terrain, bridges))]

    def draw(self, sheet: Sheet, metres: float) -> None:
        """Those in a window, where a pixel shows so few metres that there is room for them."""
        if metres > CROSSINGS_FROM_M:
            return
        window = sheet.window.grown(2 * REACH_PX)
        for kind, shares in self._places:
            px = np.rint(shares * world_px(window.zoom)).astype(np.int64)
            near = (px >= (window.left, window.top)).all(axis=1) & (px < (window.right, window.bottom)).all(axis=1)
            for x, y in px[near].tolist():
                draw_mark(sheet, kind, (x, y), INK)


def _middles(terrain: Terrain, mask: Mask) -> Floats:
    """The first cell of each crossing, from the north-west, as shares of the world's square."""
    edged = np.pad(mask, 1)
    begun = mask & ~(edged[:-2, :-2] | edged[:-2, 1:-1] | edged[:-2, 2:] | edged[1:-1, :-2])
    rows, cols = (part[:MOST_CROSSINGS] for part in np.nonzero(begun))
    metres = np.column_stack(
        (terrain.west_m + (cols + 0.5) * terrain.cell_m, terrain.north_m - (rows + 0.5) * terrain.cell_m)
    )
    return on_world(to_lonlat(terrain.epsg, metres))
