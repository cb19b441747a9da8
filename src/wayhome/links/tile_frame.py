"""Where a tile lies on the Earth, and which cells of a terrain lie under its pixels.

Between pixels and cells the way is exact at the knots of a net laid over the whole world, and straight in between.
Two tiles that touch therefore agree about every pixel at their seam.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from wayhome.links.tile_numbers import NORTH_END, TILE_PX, Bounds
from wayhome.terrain.grid import Terrain
from wayhome.terrain.utm import from_lonlat, to_lonlat

NET_PX: Final = 256
"""The meshes of the net, in pixels: the way between cells and pixels bends by less than a pixel in one."""
SLIVER_PX: Final = 32
"""What reaches into a mesh by less than this is taken as part of the one beside it."""
EARTH_M: Final = 40_075_016.685_578_488
"""Once around the world at the equator, as Web Mercator has it."""
NOWHERE: Final = -1e7
"""The row and column of what the terrain's zone cannot place."""

Floats = NDArray[np.float64]
Quad = tuple[float, float, float, float, float, float, float, float]
Mesh = list[tuple[tuple[int, int, int, int], Quad]]


@dataclass(frozen=True)
class Window:
    """A piece of the world at a zoom: its corner and size in pixels of the whole world."""

    zoom: int
    left: int
    top: int
    wide: int = TILE_PX
    high: int = TILE_PX

    @property
    def right(self) -> int:
        return self.left + self.wide

    @property
    def bottom(self) -> int:
        return self.top + self.high

    def grown(self, px: int) -> Window:
        """The same with a rim of pixels around it."""
        return Window(self.zoom, self.left - px, self.top - px, self.wide + 2 * px, self.high + 2 * px)

    def aligned(self, step: int) -> Window:
        """The smallest piece around it whose edges are multiples of `step`."""
        left, top = self.left // step * step, self.top // step * step
        return Window(self.zoom, left, top, -(-self.right // step) * step - left, -(-self.bottom // step) * step - top)


def window_of(z: int, x: int, y: int) -> Window:
    """The piece of the world that a tile shows."""
    return Window(z, x * TILE_PX, y * TILE_PX)


def world_px(zoom: int) -> float:
    """Pixels around the world."""
    return float(TILE_PX << zoom)


def metres_per_px(zoom: int, lat: float) -> float:
    """How much ground a pixel shows at a latitude."""
    return EARTH_M * math.cos(math.radians(lat)) / world_px(zoom)


def on_world(lonlat: Floats) -> Floats:
    """(n, 2) longitudes and latitudes as shares of the world's square, from its north-west corner."""
    lat = np.radians(np.clip(lonlat[:, 1], -NORTH_END, NORTH_END))
    return np.column_stack((lonlat[:, 0] / 360 + 0.5, 0.5 - np.arcsinh(np.tan(lat)) / (2 * math.pi)))


def off_world(shares: Floats) -> Floats:
    """(n, 2) shares of the world's square to longitudes and latitudes."""
    lat = np.degrees(np.arctan(np.sinh((0.5 - shares[:, 1]) * 2 * math.pi)))
    return np.column_stack((shares[:, 0] * 360 - 180, lat))


def bounds_of(terrain: Terrain) -> Bounds:
    """West, south, east, north of a terrain in degrees, along its bent edges; east of 180 where it lies across that."""
    along = np.linspace(0.0, 1.0, 33)
    x, y = (
        terrain.west_m + along * (terrain.east_m - terrain.west_m),
        terrain.south_m + along * (terrain.north_m - terrain.south_m),
    )
    edges = [np.column_stack((x, np.full_like(x, north))) for north in (terrain.south_m, terrain.north_m)]
    edges += [np.column_stack((np.full_like(y, east), y)) for east in (terrain.west_m, terrain.east_m)]
    lonlat = to_lonlat(terrain.epsg, np.concatenate(edges))
    lonlat = lonlat[np.isfinite(lonlat).all(axis=1)]
    lon = lonlat[:, 0]
    if np.ptp(lon) > 180:
        lon = np.where(lon < 0, lon + 360, lon)
    lat = lonlat[:, 1].clip(-NORTH_END, NORTH_END)
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


@dataclass(frozen=True, eq=False)
class Net:
    """The knots of the net around a window: columns and rows of cells (edges at whole numbers) at each knot."""

    window: Window
    cells: NDArray[np.float64]
    """(knots down, knots across, 2): column and row."""

    def reach(self) -> tuple[float, float, float, float]:
        """The least column and row and the greatest, of all knots."""
        low, high = self.cells.min(axis=(0, 1)), self.cells.max(axis=(0, 1))
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])

    def at(self, px: Floats) -> Floats:
        """(n, 2) pixels of the world to columns and rows; the pixels lie in the window's meshes."""
        knots = px / NET_PX - (self.window.left // NET_PX, self.window.top // NET_PX)
        last = (self.cells.shape[1] - 2, self.cells.shape[0] - 2)
        mesh = np.clip(np.floor(knots), 0, last).astype(np.int64)
        i, j = mesh[:, 0], mesh[:, 1]
        s, t = knots[:, :1] - mesh[:, :1], knots[:, 1:] - mesh[:, 1:]
        north = self.cells[j, i] * (1 - s) + self.cells[j, i + 1] * s
        south = self.cells[j + 1, i] * (1 - s) + self.cells[j + 1, i + 1] * s
        return np.asarray(north * (1 - t) + south * t, np.float64)

    def mesh(self, corner: tuple[float, float], shrink: float, step: int = 1) -> Mesh:
        """What Pillow needs to draw cells into the window, a pixel for each `step` of the window's.

        A pixel of the picture of cells stands for `shrink` cells each way; `corner` is the column and row, in such
        pixels, at which the picture begins.
        """
        x, y = _cuts(self.window.left, self.window.right), _cuts(self.window.top, self.window.bottom)
        corners = np.array([(a, b) for b in y for a in x], np.float64)
        at = (self.at(corners) / shrink - corner).reshape(len(y), len(x), 2)
        west, north = self.window.left, self.window.top
        mesh: Mesh = []
        for j, i in product(range(len(y) - 1), range(len(x) - 1)):
            box = ((x[i] - west) // step, (y[j] - north) // step, (x[i + 1] - west) // step, (y[j + 1] - north) // step)
            (a, b), (c, d) = at[j, i].tolist(), at[j + 1, i].tolist()
            (e, f), (g, h) = at[j + 1, i + 1].tolist(), at[j, i + 1].tolist()
            mesh.append((box, (a, b, c, d, e, f, g, h)))
        return mesh


def _cuts(low: int, high: int) -> list[int]:
    """Both ends, and the lines of the net in between."""
    lines = range((low // NET_PX + 1) * NET_PX, high, NET_PX)
    return [low, *(line for line in lines if low + SLIVER_PX <= line <= high - SLIVER_PX), high]


def net_over(terrain: Terrain, window: Window) -> Net:
    """The net over a window."""
    whole = window.aligned(NET_PX)
    x = np.arange(whole.left, whole.right + 1, NET_PX) / world_px(window.zoom)
    y = np.arange(whole.top, whole.bottom + 1, NET_PX) / world_px(window.zoom)
    shares = np.column_stack([axis.ravel() for axis in np.meshgrid(x, y.clip(1e-9, 1 - 1e-9))])
    metres = from_lonlat(terrain.epsg, off_world(shares))
    cells = np.column_stack((metres[:, 0] - terrain.west_m, terrain.north_m - metres[:, 1])) / terrain.cell_m
    cells = np.nan_to_num(cells, nan=NOWHERE, posinf=NOWHERE, neginf=NOWHERE).clip(NOWHERE, -NOWHERE)
    return Net(window, cells.reshape(len(y), len(x), 2))


def drawn(picture: Image.Image, net: Net, mesh: Mesh, how: Image.Resampling, step: int = 1) -> Image.Image:
    """A picture of cells as it lies under the window's pixels; nothing (0) beyond its edges."""
    size = (net.window.wide // step, net.window.high // step)
    return picture.transform(size, Image.Transform.MESH, mesh, how)
