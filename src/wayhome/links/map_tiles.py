"""Map tiles made from a terrain: ground, contours, water, ways, the border and names, 512 pixels each way.

No tile depends on another, and yet they join: what is measured is measured on the whole terrain, and what is laid out
is laid out over the whole world. The same terrain gives the same bytes.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from PIL import Image

from wayhome.links.tile_figures import draw_figures, figures
from wayhome.links.tile_frame import Window, bounds_of, metres_per_px, net_over, window_of
from wayhome.links.tile_ground import Ground
from wayhome.links.tile_levels import Levels, Mask
from wayhome.links.tile_lines import Lines
from wayhome.links.tile_marks import Crossings
from wayhome.links.tile_names import Names, draw_label
from wayhome.links.tile_numbers import empty_tile, touches
from wayhome.links.tile_palette import encoded
from wayhome.links.tile_sheet import FULL
from wayhome.links.tile_thread import in_turn
from wayhome.terrain.grid import Terrain

NEAREST: Final = 17
FARTHEST: Final = 4
SPENT_PX: Final = 4.0
"""A cell as broad as this shows all that the grid knows; one zoom nearer still reads better."""
WHOLE_PX: Final = 96.0
"""Farther off than this the terrain is a speck that helps nobody."""


class TileMaker:
    """Makes the tiles of one terrain. Several threads may ask; one tile is made at a time."""

    def __init__(self, terrain: Terrain) -> None:
        self.bounds = bounds_of(terrain)
        self.min_zoom, self.max_zoom = zooms_of(terrain)
        self.title = terrain.title
        self.attribution = "; ".join(
            dict.fromkeys(source.attribution for source in terrain.provenance if source.attribution)
        )
        self._terrain = terrain
        self._levels = Levels(terrain)
        self._ground = Ground(self._levels, (self.bounds[1] + self.bounds[3]) / 2)
        self._lines = Lines(terrain)
        self.names = Names(terrain, self.bounds)
        self._crossings = Crossings(terrain)

    def tile(self, z: int, x: int, y: int) -> bytes:
        """The PNG of a tile; a clear one where there is no such tile, or nothing on it."""
        if not (self.min_zoom <= z <= self.max_zoom and touches(self.bounds, z, x, y)):
            return empty_tile()
        return in_turn(lambda: self._drawn(window_of(z, x, y)))

    def _drawn(self, window: Window) -> bytes:
        drawn = self.picture(window)
        return empty_tile() if drawn is None else encoded(*drawn)

    def picture(self, window: Window) -> tuple[Image.Image, Mask | None] | None:
        """Any window as a picture, and where in it something is drawn (None: everywhere); None where nothing is."""
        painted = self._ground.paint(window)
        if painted is None:
            return None
        sheet, dry = painted
        metres = self._ground.metres_per_px(window.zoom)
        self._lines.draw(sheet, dry, net_over(self._terrain, window), self._levels.shrink_for(metres), metres)
        self._crossings.draw(sheet, metres)
        found = figures(window, self._ground.interval_m(window.zoom), self._ground.sampled)
        draw_figures(sheet, found, self.names.on(window.zoom, metres)[1])
        for label in self.names.within(window, metres):
            draw_label(sheet, label)
        return sheet.picture, None if sheet.ground is None else np.asarray(sheet.ground) > FULL // 2


def zooms_of(terrain: Terrain) -> tuple[int, int]:
    """The farthest zoom at which the terrain is more than a speck, and the nearest that shows more than the last."""
    _, south, _, north = bounds_of(terrain)
    whole = metres_per_px(0, (south + north) / 2)
    nearest = math.ceil(math.log2(max(1.0, whole * SPENT_PX / terrain.cell_m))) + 1
    longest = max(terrain.rows, terrain.cols) * terrain.cell_m
    farthest = math.ceil(math.log2(max(1.0, whole * WHOLE_PX / longest)))
    nearest = min(NEAREST, nearest)
    return min(max(0, farthest), nearest), nearest
