"""The ground of a map as pixels: hillshade, what grows, water, voids. Each has a pattern besides its colour."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from wayhome.terrain.classes import LandCover, Water
from wayhome.terrain.grid import Terrain

if TYPE_CHECKING:
    from wayhome.links.map_frame import Frame

Pixels = NDArray[np.float32]
"""(rows, columns, 3) red, green, blue, 0 to 1."""

SUN_AZIMUTH_DEG: Final = 315.0
SUN_HEIGHT_DEG: Final = 45.0
DARKEST: Final = 0.62
"""How dark the steepest shadow is: light enough for black lines to stand out."""
LEVEL: Final = 0.93
"""How light level ground is."""
TYPICAL_SLOPE: Final = 0.35
"""The spread of slopes that shades well; flatter ground is raised to it, for the shading alone."""
MOST_RAISED: Final = 8.0
BEYOND_REACH: Final = 0.45
"""How much paper white lies over the ground that he cannot have reached."""
OFF_MAP: Final = (1.0, 1.0, 1.0)


@dataclass(frozen=True)
class Tint:
    """A colour, and a small tile of marks in a darker one, for those who see no colour."""

    words: str
    colour: tuple[float, float, float]
    marks: tuple[str, ...] = ()
    ink: tuple[float, float, float] = (0.0, 0.0, 0.0)


TINTS: Final[dict[LandCover, Tint]] = {
    LandCover.UNKNOWN: Tint("cover not known", (0.99, 0.98, 0.95)),
    LandCover.OPEN: Tint("open", (0.99, 0.98, 0.91)),
    LandCover.FOREST: Tint(
        "woods",
        (0.83, 0.92, 0.76),
        ("............", "............", "..##........", "..##........", "............", "............",
         "............", "............", "........##..", "........##..", "............", "............"),
        (0.42, 0.60, 0.36),
    ),
    LandCover.SCRUB: Tint(
        "scrub",
        (0.91, 0.94, 0.78),
        ("....................",) * 4 + ("....#...............", "...###..............") + ("....................",) * 8
        + ("..............#.....", ".............###....") + ("....................",) * 4,
        (0.55, 0.62, 0.35),
    ),
    LandCover.ROCK: Tint(
        "rock",
        (0.91, 0.90, 0.88),
        ("................",) * 3 + ("....#...........", "...#.#..........", "..#...#.........")
        + ("................",) * 5 + ("............#...", "...........#.#..", "..........#...#.", "................",
         "................"),
        (0.55, 0.52, 0.50),
    ),
    LandCover.ICE: Tint(
        "ice", (0.90, 0.96, 1.0), ("....................",) * 9 + ("......##########....",), (0.55, 0.70, 0.85)
    ),
    LandCover.WETLAND: Tint(
        "wetland",
        (0.87, 0.94, 0.90),
        ("..................",) * 5 + ("..######..........",) + ("..................",) * 5 + ("...........######.",),
        (0.30, 0.50, 0.70),
    ),
    LandCover.WATER: Tint("water", (0.74, 0.85, 0.95), ("........",) * 5 + ("########",), (0.40, 0.58, 0.80)),
    LandCover.BUILT: Tint(
        "built up",
        (0.93, 0.87, 0.84),
        tuple("." * n + "#" + "." * (7 - n) for n in range(8)),
        (0.72, 0.60, 0.56),
    ),
}  # fmt: skip
VOID: Final = Tint(
    "no elevation known",
    (0.90, 0.90, 0.90),
    tuple("." * (11 - n) + "#" + "." * n for n in range(12)),
    (0.45, 0.45, 0.45),
)


def ground_pixels(terrain: Terrain, frame: Frame, reached: NDArray[np.bool_] | None) -> Pixels:
    """The ground of the frame, a pixel of paper each; what is `reached` in full colour and the rest paler."""
    rows, cols, inside = _cells(terrain, frame)
    cover = terrain.land_cover.copy()
    cover[terrain.water == Water.LAKE] = LandCover.WATER
    here = cover[np.ix_(rows, cols)]
    pixels = np.empty((len(rows), len(cols), 3), np.float32)
    for kind, tint in TINTS.items():
        _lay(pixels, here == kind, tint)
    pixels *= _shade(terrain, frame)[..., None]
    _lay(pixels, np.isnan(terrain.elevation_m)[np.ix_(rows, cols)], VOID)
    if reached is not None:
        beyond = ~reached[np.ix_(rows, cols)]
        pixels[beyond] += (1 - pixels[beyond]) * np.float32(BEYOND_REACH)
    pixels[~inside] = OFF_MAP
    return pixels


LIKELY: Final = ((0.5, (0.80, 0.05, 0.10), 0.55), (0.75, (0.95, 0.45, 0.05), 0.42), (0.95, (1.0, 0.85, 0.25), 0.34))
"""What lies in the smallest ground of each share is laid over in this colour, so strongly; darker is likelier."""


def lay_chances(pixels: Pixels, terrain: Terrain, frame: Frame, grid: NDArray[np.float64]) -> None:
    """Lays the chances over the ground in steps that are told apart without colour by how dark they are."""
    flat = np.sort(grid.ravel())[::-1]
    sums = np.cumsum(flat)
    if sums[-1] <= 0:
        return
    rows, cols, inside = _cells(terrain, frame)
    here = np.where(inside, grid[np.ix_(rows, cols)], 0.0)
    done = np.zeros(here.shape, np.bool_)
    for share, colour, strong in LIKELY:
        level = flat[int(np.searchsorted(sums, share * sums[-1]))]
        where = (here >= level) & (here > 0) & ~done
        pixels[where] += (np.array(colour, np.float32) - pixels[where]) * np.float32(strong)
        done |= where


def swatch(tint: Tint, rows: int, cols: int) -> Pixels:
    """A piece of a tint, for the legend."""
    pixels = np.empty((rows, cols, 3), np.float32)
    _lay(pixels, np.ones((rows, cols), np.bool_), tint)
    return pixels


def _lay(pixels: Pixels, where: NDArray[np.bool_], tint: Tint) -> None:
    """Paints a tint with its marks."""
    if not where.any():
        return
    pixels[where] = tint.colour
    if tint.marks:
        tile = np.array([[letter == "#" for letter in row] for row in tint.marks])
        marked = np.tile(tile, (where.shape[0] // tile.shape[0] + 1, where.shape[1] // tile.shape[1] + 1))
        pixels[where & marked[: where.shape[0], : where.shape[1]]] = tint.ink


def _pixel_metres(frame: Frame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Eastings of the columns of pixels and northings of the rows, at their centres."""
    width, height = frame.size_px
    west, south, east, north = frame.ground_m
    return west + (np.arange(width) + 0.5) * (east - west) / width, north - (np.arange(height) + 0.5) * (
        north - south
    ) / height


def _cells(terrain: Terrain, frame: Frame) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """The row and the column of cells under each row and column of pixels, and which pixels lie on the terrain."""
    x, y = _pixel_metres(frame)
    cols = np.floor((x - terrain.west_m) / terrain.cell_m).astype(np.int64)
    rows = np.floor((terrain.north_m - y) / terrain.cell_m).astype(np.int64)
    inside = ((rows >= 0) & (rows < terrain.rows))[:, None] & ((cols >= 0) & (cols < terrain.cols))[None, :]
    return rows.clip(0, terrain.rows - 1), cols.clip(0, terrain.cols - 1), inside


def coarsened(terrain: Terrain, frame: Frame, most: int) -> tuple[NDArray[np.float64], float, float, float]:
    """Elevation of the frame in some `most` cells each way: heights, cell size, west and north edge, metres."""
    west, south, east, north = frame.ground_m
    cell = terrain.cell_m
    top, left = max(0, int((terrain.north_m - north) / cell) - 2), max(0, int((west - terrain.west_m) / cell) - 2)
    bottom = min(terrain.rows, int((terrain.north_m - south) / cell) + 3)
    right = min(terrain.cols, int((east - terrain.west_m) / cell) + 3)
    step = max(1, max(bottom - top, right - left) // most)
    piece = terrain.elevation_m[top:bottom, left:right].astype(np.float64)
    whole = piece[: piece.shape[0] // step * step, : piece.shape[1] // step * step]
    if step > 1:
        whole = whole.reshape(whole.shape[0] // step, step, whole.shape[1] // step, step).mean(axis=(1, 3))
    return whole, cell * step, terrain.west_m + left * cell, terrain.north_m - top * cell


def _shade(terrain: Terrain, frame: Frame) -> Pixels:
    """Light on the slopes from the north-west, between `DARKEST` and 1, for each pixel; 1 where nothing is known."""
    height, cell, west, north = coarsened(terrain, frame, 1_000)
    if min(height.shape) < 2:
        return np.ones(frame.size_px[::-1], np.float32)
    light = _light(height, cell)
    x, y = _pixel_metres(frame)
    return _between(light, (north - y) / cell - 0.5, (x - west) / cell - 0.5)


def _light(height: NDArray[np.float64], cell_m: float) -> NDArray[np.float32]:
    down, east = np.gradient(height, cell_m)
    raised = raising(np.hypot(down, east))
    return light_on(np.asarray(down * raised), np.asarray(east * raised))


def raising(slope: NDArray[np.floating]) -> float:
    """How many times slopes are raised so that ground like this shades well."""
    spread = float(np.nanstd(slope)) if np.isfinite(slope).any() else 0.0
    return min(MOST_RAISED, max(1.0, TYPICAL_SLOPE / max(2 * spread, 1e-6)))


def light_on(down: NDArray[np.floating], east: NDArray[np.floating]) -> NDArray[np.float32]:
    """Light on slopes that rise so much to the south and to the east, between `DARKEST` and 1."""
    sun, up = math.radians(SUN_AZIMUTH_DEG), math.radians(SUN_HEIGHT_DEG)
    level = math.sin(up)
    facing = -east * math.sin(sun) + down * math.cos(sun)
    lit = (level + math.cos(up) * facing) / np.sqrt(1 + down * down + east * east)
    sunny, shady = LEVEL + (1 - LEVEL) * (lit - level) / (1 - level), DARKEST + (LEVEL - DARKEST) * lit / level
    shade = np.where(lit >= level, sunny, shady).clip(DARKEST, 1.0)
    return np.asarray(np.nan_to_num(shade, nan=1.0), np.float32)


def _between(grid: NDArray[np.float32], rows: NDArray[np.float64], cols: NDArray[np.float64]) -> Pixels:
    """The grid at fractional rows and columns, linearly in between."""
    rows, cols = rows.clip(0, grid.shape[0] - 1), cols.clip(0, grid.shape[1] - 1)
    top, left = (
        np.minimum(rows.astype(np.int64), grid.shape[0] - 2),
        np.minimum(cols.astype(np.int64), grid.shape[1] - 2),
    )
    down, right = (rows - top).astype(np.float32)[:, None], (cols - left).astype(np.float32)[None, :]
    across = grid[:, left] * (1 - right) + grid[:, left + 1] * right
    return np.asarray(across[top] * (1 - down) + across[top + 1] * down, np.float32)
