"""Isochrones: the ground that can be reached within so many hours, as polygons in degrees."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
from contourpy import FillType, contour_generator
from numpy.typing import NDArray

from wayhome.terrain.classes import Water
from wayhome.terrain.errors import TerrainError
from wayhome.terrain.grid import Terrain
from wayhome.terrain.travel import Travel
from wayhome.terrain.utm import to_lonlat

MOST_LINES: Final = 100
BEYOND: Final = 1e6
"""Stands for 'never' in hours, so that lines run beside the last cell reached and not through it."""

Ring = NDArray[np.float64]
"""(n, 2) corners, first and last alike."""
Polygon = tuple[Ring, ...]
"""The outline, then its holes. By the right-hand rule: the outline runs against the clock, holes with it."""


@dataclass(frozen=True, eq=False)
class Isochrone:
    """The ground within `hours`: polygons of (lon, lat) degrees, and their area."""

    hours: float
    polygons: tuple[Polygon, ...]
    area_km2: float


def isochrones(found: Travel, hours: Sequence[float]) -> list[Isochrone]:
    """One isochrone for each of `hours`, rising. Lines run between the centres of cells, linearly interpolated.

    A river that is a barrier belongs to the bank reached first, so that no line runs up and down its course.
    Raises TerrainError for hours that are not above 0, too many, or beyond the limit the times were made with.
    """
    wanted = sorted(set(hours))
    if not wanted or len(wanted) > MOST_LINES:
        raise TerrainError(f"{len(wanted)} isochrones are refused: 1 to {MOST_LINES}")
    if not all(0 < h <= found.limit_h and math.isfinite(h) for h in wanted):
        raise TerrainError(f"isochrones lie above 0 and up to the limit of {found.limit_h:g} h")
    surface = _over_rivers(found, np.where(found.reached, found.hours, BEYOND))
    return [_isochrone(found.terrain, surface, h) for h in wanted]


def _over_rivers(found: Travel, surface: NDArray[np.float64]) -> NDArray[np.float64]:
    from scipy.ndimage import minimum_filter

    river = (found.terrain.water == Water.RIVER) & ~found.reached
    surface[river] = minimum_filter(surface, 3)[river]
    return surface


def _isochrone(terrain: Terrain, surface: NDArray[np.float64], hours: float) -> Isochrone:
    metric = filled(terrain, surface, -1.0, hours)
    area_m2 = sum(_area(ring) for polygon in metric for ring in polygon)
    return Isochrone(hours, tuple(in_degrees(terrain, polygon) for polygon in metric), area_m2 / 1e6)


def filled(terrain: Terrain, surface: NDArray[np.float64], low: float, high: float) -> list[Polygon]:
    """The polygons, in UTM metres, where low < surface <= high; NaN is outside."""
    x, y = _centres(terrain)
    maker = contour_generator(x=x, y=y, z=np.ma.masked_invalid(surface), fill_type=FillType.OuterOffset)
    points, offsets = cast("tuple[list[Ring], list[NDArray[np.uint32]]]", maker.filled(low, high))
    polygons = []
    for corners, cuts in zip(points, offsets, strict=True):
        rings = [corners[i:j] for i, j in itertools.pairwise(cuts)]
        polygons.append(tuple(_turned(ring, outer=n == 0) for n, ring in enumerate(rings)))
    return polygons


def in_degrees(terrain: Terrain, polygon: Polygon) -> Polygon:
    """A polygon of UTM metres as (lon, lat)."""
    return tuple(to_lonlat(terrain.epsg, ring) for ring in polygon)


def _centres(terrain: Terrain) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    west, north = terrain.metres_of(0, 0)
    cols, rows = np.arange(terrain.cols, dtype=np.float64), np.arange(terrain.rows, dtype=np.float64)
    return west + cols * terrain.cell_m, north - rows * terrain.cell_m


def _area(ring: Ring) -> float:
    """Signed area: positive against the clock."""
    x, y = ring[:, 0] - ring[0, 0], ring[:, 1] - ring[0, 1]
    return float(0.5 * np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))


def _turned(ring: Ring, *, outer: bool) -> Ring:
    return ring if (_area(ring) >= 0) == outer else np.ascontiguousarray(ring[::-1])
