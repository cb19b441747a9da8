"""The ground of a tile: what grows, light on the slopes, lakes, contours. The colours are those of the paper maps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from wayhome.links.map_ground import TINTS, VOID, light_on, raising
from wayhome.links.map_look import BLUE, BROWN
from wayhome.links.tile_frame import Mesh, Net, Window, drawn, metres_per_px, net_over
from wayhome.links.tile_levels import Codes, Heights, Levels, Mask, Piece
from wayhome.links.tile_sheet import FULL, Shares, Sheet, hexed
from wayhome.terrain.classes import LandCover

INTERVALS_M: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500)
"""Of these every fifth is a round height as well."""
THICK_EACH: Final = 5
BETWEEN_PX: Final = 6.0
"""On a steep slope (nine in ten are less), contours lie at least so far apart."""
CELLS_PER_STEP: Final = 12.0
"""Contours closer in height than the width of what was measured over this would show more than is known."""
THIN_PX: Final = 0.8
THICK_PX: Final = 1.4
THIN_INK: Final = 0.42
THICK_INK: Final = 0.64
FLAT: Final = 0.004
"""On slopes below this a contour says nothing of the ground, and fades."""
CLOSEST_PX: Final = 2.5
"""Contours that run closer together than this are left out, thin ones first: a brown wall tells nobody anything."""
MOST_MEASURED: Final = 300_000
"""Cells in which the steepness of a terrain is measured at most."""
BAND: Final = 64
"""Rows worked on at a time: few enough to stay near the processor."""
RIM: Final = 1
SHORE: Final = 0.42
"""How much of a cell must be lake to be drawn as such: so much that a chain of cells across corners holds together."""
SHORE_INK: Final = 0.55
SOFTEST_SHORE: Final = 3.0
MOST_PX: Final = 2.2
"""Cells broader than so many pixels are halved before they are drawn."""
MOST_HALVINGS: Final = 7
FINEST: Final = 8
BLENDED_FROM_PX: Final = 2.0
"""Where a cell is narrower, its pixels are simply those of the nearest."""
MARKED: Final = (LandCover.WETLAND, LandCover.ROCK, LandCover.SCRUB, LandCover.ICE)
"""Covers with marks besides their colour; more of them would trouble the eye."""
MARK_INK: Final = 0.35
MARKS_FROM_PX: Final = 2.5
"""Marks are drawn where a cell is at least so wide."""


@dataclass(frozen=True, eq=False)
class View:
    """What of a terrain lies under a window: the level it is drawn from, its cells there, and the way to them."""

    net: Net
    level: int
    piece: Piece
    px_per_cell: float

    @property
    def shrink(self) -> int:
        """How many cells of the terrain, each way, are one of the level."""
        return 1 << self.level

    def mesh(self, step: int = 1) -> Mesh:
        return self.net.mesh((self.piece.left, self.piece.top), self.shrink, step)


class Ground:
    """Paints the ground of one terrain. What is measured is measured on the whole terrain: tiles then agree."""

    def __init__(self, levels: Levels, middle_lat: float) -> None:
        self._levels = levels
        self._terrain = levels.terrain
        self._lat = middle_lat
        sources = [source.resolution_m for source in self._terrain.provenance if "elevation" in source.layer]
        self._known_m = max(self._terrain.cell_m, min(sources, default=0.0))
        """How finely heights were measured: cells made finer than that know no more."""
        self._slopes: dict[int, tuple[float, float]] = {}

    def metres_per_px(self, zoom: int) -> float:
        return metres_per_px(zoom, self._lat)

    def interval_m(self, zoom: int) -> int:
        """Height from one contour to the next."""
        metres = self.metres_per_px(zoom)
        steep = self._steepness(self._levels.number_for(metres))[1]
        least = max(steep * BETWEEN_PX * metres, self._known_m / CELLS_PER_STEP)
        return next((step for step in INTERVALS_M if step >= least), INTERVALS_M[-1])

    def view(self, window: Window) -> View | None:
        """What lies under a window; None where nothing of the terrain does."""
        metres = self.metres_per_px(window.zoom)
        number = self._levels.number_for(metres)
        shrink = 2**number
        net = net_over(self._terrain, window)
        left, top, right, bottom = (edge / shrink for edge in net.reach())
        piece = self._levels.piece(number, (left, top), (right, bottom))
        return None if piece is None else View(net, number, piece, self._terrain.cell_m * shrink / metres)

    def paint(self, window: Window) -> tuple[Sheet, Shares | None] | None:
        """The ground of a window, and how dry each pixel is (None: all of it); None where there is no ground."""
        view = self.view(window)
        if view is None:
            return None
        inside = self._inside(view)
        if inside is not None and not inside.any():
            return None
        ground = None if inside is None else Image.fromarray(inside.view(np.uint8) * np.uint8(FULL))
        sheet = _covers(window, view, ground)
        light, contours = self._relief(window, view)
        sheet.shade(light)
        dry = _drown(sheet, view)
        if view.piece.void is not None:
            void = _covered(view.piece.void, view)
            sheet.ink(void, hexed(VOID.colour))
            sheet.hatch(void, VOID, 1.0)
            dry = FULL - void if dry is None else np.minimum(dry, FULL - void)
        sheet.ink(contours if dry is None else np.minimum(contours, dry), BROWN)
        return sheet, dry

    def sampled(self, window: Window, step: int) -> tuple[Heights, Mask] | None:
        """Heights of a window, one for each `step` pixels, and where there is dry ground; None where there is none."""
        view = self.view(window)
        if view is None:
            return None
        height = heights(view, step)
        dry = np.ones(height.shape, np.bool_)
        inside = self._inside(view, step)
        if inside is not None:
            dry &= inside
        for wet in (view.piece.lake, None if view.piece.void is None else view.piece.void.view(np.uint8)):
            if wet is not None:
                share = drawn(Image.fromarray(wet), view.net, view.mesh(step), Image.Resampling.NEAREST, step)
                dry &= np.asarray(share) == 0
        return height, dry

    def _steepness(self, number: int) -> tuple[float, float]:
        """Of a level: how many times its slopes are raised for shading, and the slope that nine in ten are below."""
        if number not in self._slopes:
            level = self._levels.at(number)
            while level.height_m.size > MOST_MEASURED and level.number < self._levels.deepest:
                level = self._levels.at(level.number + 1)
            down, east = np.gradient(level.height_m, self._terrain.cell_m * 2.0**level.number)
            slope = np.hypot(down, east)
            known = slope[np.isfinite(slope)]
            tenth = len(known) - 1 - len(known) // 10
            steep = float(np.partition(known, tenth)[tenth]) if len(known) else 0.0
            self._slopes[number] = (raising(slope), steep)
        return self._slopes[number]

    def _relief(self, window: Window, view: View) -> tuple[Shares, Shares]:
        """Light on the slopes, and the ink of the contours."""
        height = heights(replace(view, net=net_over(self._terrain, window.grown(RIM))))
        metres = self.metres_per_px(window.zoom)
        raised = np.float32(self._steepness(view.level)[0] / metres)
        step, flat = self.interval_m(window.zoom), FLAT * metres
        light, ink = (np.empty((window.high, window.wide), np.uint8) for _ in range(2))
        for top in range(0, window.high, BAND):
            band = slice(top, min(top + BAND, window.high))
            piece = height[band.start : band.stop + 2 * RIM]
            down, east = slopes(piece)
            light[band] = light_on(down * raised, east * raised) * np.float32(FULL) + np.float32(0.5)
            ink[band] = contour_ink(piece[RIM:-RIM, RIM:-RIM], np.sqrt(down * down + east * east), step, flat)
        return light, ink

    def _inside(self, view: View, step: int = 1) -> Mask | None:
        """Which pixels lie on the terrain; None where all do."""
        left, top, right, bottom = view.net.reach()
        rows, cols = self._terrain.rows, self._terrain.cols
        if left >= 0 and top >= 0 and right <= cols and bottom <= rows:
            return None
        # One white pixel that stands for the whole terrain: what falls beside it stays black.
        mesh: Mesh = []
        for box, (a, b, c, d, e, f, g, h) in view.net.mesh((0.0, 0.0), 1.0, step):
            mesh.append((box, (a / cols, b / rows, c / cols, d / rows, e / cols, f / rows, g / cols, h / rows)))
        return np.asarray(drawn(Image.new("L", (1, 1), FULL), view.net, mesh, Image.Resampling.NEAREST, step)) > 0


def heights(view: View, step: int = 1) -> Heights:
    """Heights under the window's pixels: a cubic B-spline, whose slopes bend without a kink.

    Cells broader than a pixel or so are halved again and again first, which comes to the same spline. (Pillow's own
    bicubic picture bends even a plain slope.)
    """
    height, times, broad = view.piece.height_m, 0, view.px_per_cell / step
    while broad > MOST_PX and times < MOST_HALVINGS:
        height, broad, times = _halved(height), broad / 2, times + 1
    if not times and step == 1:
        height = _smoothed(height)
    finer = 2**times
    shift = (finer - 1) / 2
    corner = (view.piece.left * finer + shift, view.piece.top * finer + shift)
    mesh = view.net.mesh(corner, view.shrink / finer, step)
    return np.asarray(drawn(Image.fromarray(height), view.net, mesh, Image.Resampling.BILINEAR, step))


def _halved(height: Heights) -> Heights:
    """Half as broad cells: each corner of the old ones a little towards its neighbours, and the middles between."""
    eighth, six = np.float32(1 / 8), np.float32(6 / 8)
    for _ in range(2):
        finer = np.empty((2 * height.shape[0] - 1, height.shape[1]), np.float32)
        finer[0], finer[-1] = height[0], height[-1]
        finer[2:-1:2] = six * height[1:-1] + eighth * (height[:-2] + height[2:])
        finer[1::2] = np.float32(0.5) * (height[:-1] + height[1:])
        height = np.ascontiguousarray(finer.T)
    return height


def _smoothed(height: Heights) -> Heights:
    """The steps of whole metres and of noise taken off: each cell by a third towards its neighbours."""
    smooth = height * np.float32(4 / 6)
    beside = height[:-2] + height[2:]
    beside *= np.float32(1 / 6)
    smooth[1:-1] += beside
    across = smooth * np.float32(4 / 6)
    beside = smooth[:, :-2] + smooth[:, 2:]
    beside *= np.float32(1 / 6)
    across[:, 1:-1] += beside
    return across


def slopes(height: Heights) -> tuple[Heights, Heights]:
    """How much each pixel but those of the rim rises to the south and to the east, per pixel."""
    half = np.float32(0.5)
    down = (height[2:, 1:-1] - height[:-2, 1:-1]) * half
    return down, (height[1:-1, 2:] - height[1:-1, :-2]) * half


def contour_ink(height: Heights, rise: Heights, step: int, flat: float) -> Shares:
    """How much of each pixel contours cover. `rise` is metres per pixel.

    The way to the nearest contour is its height off divided by the rise: exact on a slope, and the same whatever
    piece is drawn.
    """
    one = np.float32(1)
    rise = np.maximum(rise, np.float32(1e-6))
    number = np.rint(height * np.float32(1 / step))
    away = np.abs(height - number * np.float32(step)) / rise
    thick = np.rint(number * np.float32(1 / THICK_EACH)) * np.float32(THICK_EACH) == number
    between = np.float32(step) / rise
    between[thick] *= np.float32(THICK_EACH)
    broad = np.where(thick, np.float32(THICK_PX), np.float32(THIN_PX))
    ink = np.clip((broad + one) * np.float32(0.5) - away, 0, np.minimum(broad, one))
    ink *= np.clip(rise * np.float32(1 / flat) - np.float32(0.25), 0, 1)
    ink *= np.clip((between - np.float32(CLOSEST_PX)) * np.float32(0.5), 0, 1)
    ink *= np.where(thick, np.float32(THICK_INK * FULL), np.float32(THIN_INK * FULL))
    shares: Shares = ink.astype(np.uint8)
    return shares


def _covered(mask: Mask, view: View) -> Shares:
    """Which pixels a mask of cells covers, its corners rounded."""
    soft = Image.fromarray(_soft(mask.view(np.uint8) * np.uint8(FULL)))
    share = np.asarray(drawn(soft, view.net, view.mesh(), Image.Resampling.BILINEAR))
    return np.where(share > FULL // 2, np.uint8(FULL), np.uint8(0))


def _soft(cells: Codes) -> Codes:
    """Numbers of cells, each a little like its neighbours."""
    wide = cells.astype(np.uint16)
    wide[1:-1] = (wide[:-2] + 2 * wide[1:-1] + wide[2:] + 2) // 4
    wide[:, 1:-1] = (wide[:, :-2] + 2 * wide[:, 1:-1] + wide[:, 2:] + 2) // 4
    return wide.astype(np.uint8)


def _drown(sheet: Sheet, view: View) -> Shares | None:
    """Lays lakes over the ground, with a line along the shore. Gives how dry each pixel is; None where all is."""
    if view.piece.lake is None:
        return None
    lake = np.asarray(drawn(Image.fromarray(_soft(view.piece.lake)), view.net, view.mesh(), Image.Resampling.BILINEAR))
    if not lake.any():
        return None
    wet, shore = _shore_tables(max(SOFTEST_SHORE, round(1.6 * view.px_per_cell, 1)))
    sheet.ink(wet[lake], hexed(TINTS[LandCover.WATER].colour))
    sheet.ink(shore[lake], BLUE)
    dry: Shares = FULL - wet[lake]
    return dry


@lru_cache(maxsize=32)
def _shore_tables(sharp: float) -> tuple[Shares, Shares]:
    """For each share of lake how wet a pixel is drawn, and how much of the shore's line."""
    off = (np.arange(FULL + 1) / FULL - SHORE) * sharp
    wet = np.clip(off + 0.5, 0, 1)
    line = np.clip(1.2 - np.abs(off), 0, 1) * SHORE_INK
    return np.rint(wet * FULL).astype(np.uint8), np.rint(line * FULL).astype(np.uint8)


@lru_cache(maxsize=1)
def _tint_table() -> NDArray[np.uint8]:
    table = np.full((FULL + 1, 3), FULL, np.uint8)
    for cover, tint in TINTS.items():
        table[cover] = np.rint(np.array(tint.colour) * FULL)
    return table


def _covers(window: Window, view: View, ground: Image.Image | None) -> Sheet:
    """What grows, with edges as round as the ground's and not as square as its cells; with marks where it has some."""
    kinds = np.flatnonzero(np.bincount(view.piece.cover.ravel())).tolist()
    cover, mesh = _finer_cover(view, kinds)
    if len(kinds) == 1:
        red, green, blue = _tint_table()[kinds[0]].tolist()
        picture = Image.new("RGB", (window.wide, window.high), (red, green, blue))
    elif view.px_per_cell < BLENDED_FROM_PX:
        codes = np.asarray(drawn(Image.fromarray(cover), view.net, mesh, Image.Resampling.NEAREST))
        picture = Image.fromarray(_tint_table()[codes])
    else:
        picture = drawn(Image.fromarray(_tint_table()[cover]), view.net, mesh, Image.Resampling.BILINEAR)
    sheet = Sheet(window, picture, ground)
    marked = [kind for kind in MARKED if kind in kinds and view.px_per_cell >= MARKS_FROM_PX]
    if marked:
        codes = np.asarray(drawn(Image.fromarray(cover), view.net, mesh, Image.Resampling.NEAREST))
        for kind in marked:
            sheet.hatch((codes == kind).view(np.uint8) * np.uint8(FULL), TINTS[kind], MARK_INK)
    return sheet


def _finer_cover(view: View, kinds: list[int]) -> tuple[Codes, Mesh]:
    """Covers in cells of some two pixels: in each the one that weighs most around it. And the way to them."""
    finer = max(1, min(FINEST, round(view.px_per_cell / 2)))
    cover, piece = view.piece.cover, view.piece
    mesh = view.net.mesh((piece.left * finer, piece.top * finer), view.shrink / finer)
    if finer == 1 or len(kinds) == 1:
        return cover.repeat(finer, axis=0).repeat(finer, axis=1), mesh
    size = (cover.shape[1] * finer, cover.shape[0] * finer)
    best, found = (np.zeros(size[::-1], np.uint8) for _ in range(2))
    for kind in kinds:
        share = Image.fromarray(_soft((cover == kind).view(np.uint8) * np.uint8(FULL)))
        weight = np.asarray(share.resize(size, Image.Resampling.BILINEAR))
        np.copyto(found, np.uint8(kind), where=weight > best)
        np.maximum(best, weight, out=best)
    return found, mesh
