"""A raster as it was read, several pasted into one, and the warp onto the grid of a terrain."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.transform import array_bounds
from rasterio.warp import reproject, transform_bounds

from wayhome.links.terrain_errors import TerrainFileError
from wayhome.terrain.classes import Source
from wayhome.terrain.grid import MOST_CELLS
from wayhome.terrain.utm import utm_epsg
from wayhome.values.places import Place

Values = NDArray[Any]
Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

WGS84: Final = CRS.from_epsg(4326)
METRES_PER_DEGREE: Final = 111_195.0
FINEST_CELL_M: Final = 30.0


@dataclass(frozen=True, eq=False)
class Raster:
    """One layer: float32 metres with NaN for voids, or uint8 classes with 0 for unknown, where it lies, its source."""

    values: Values
    transform: Affine
    crs: CRS
    source: Source
    caution: str = ""

    @property
    def bounds(self) -> Bounds:
        """The area covered, in degrees."""
        return degrees_of(self.crs, self.transform, self.values.shape)


@dataclass(frozen=True)
class Target:
    """The grid to fill: UTM zone, north-western corner in metres, cell size, rows and columns."""

    epsg: int
    west_m: float
    north_m: float
    cell_m: float
    rows: int
    cols: int

    @property
    def transform(self) -> Affine:
        return Affine(self.cell_m, 0, self.west_m, 0, -self.cell_m, self.north_m)

    @property
    def bounds(self) -> Bounds:
        """The area in degrees that holds the whole grid."""
        return degrees_of(CRS.from_epsg(self.epsg), self.transform, (self.rows, self.cols))


def degrees_of(crs: CRS, transform: Affine, shape: tuple[int, ...]) -> Bounds:
    west, south, east, north = transform_bounds(crs, WGS84, *array_bounds(shape[0], shape[1], transform))
    return west, south, east, north


def resolution_m(crs: CRS, transform: Affine, shape: tuple[int, ...]) -> float:
    """How fine a raster is on the ground at its middle: the coarser of its two spacings, in metres."""
    if not crs.is_geographic:
        return float(crs.linear_units_factor[1]) * max(abs(transform.a), abs(transform.e))
    latitude = transform.f + transform.e * shape[0] / 2
    return METRES_PER_DEGREE * max(abs(transform.a) * math.cos(math.radians(latitude)), abs(transform.e))


def overlap(one: Bounds, two: Bounds) -> Bounds | None:
    """What two areas share, or None."""
    west, south = max(one[0], two[0]), max(one[1], two[1])
    east, north = min(one[2], two[2]), min(one[3], two[3])
    return (west, south, east, north) if west < east and south < north else None


def union(areas: Sequence[Bounds]) -> Bounds:
    """The smallest box around all of them."""
    lows, highs = zip(*((a[:2], a[2:]) for a in areas), strict=True)
    west, south = (min(x) for x in zip(*lows, strict=True))
    east, north = (max(x) for x in zip(*highs, strict=True))
    return west, south, east, north


def target_for(area: Bounds, cell_m: float, *, inside: bool) -> Target:
    """The UTM grid for an area in degrees, its corner on a whole number of cells.

    `inside` takes the largest upright box within the area (no empty wedges at its rim), else the smallest around it.
    Raises TerrainFileError when it would be empty or too large, before anything is read.
    """
    west, south, east, north = area
    middle = Place((south + north) / 2, (west + east) / 2)
    epsg = utm_epsg(middle)
    x0, y0, x1, y1 = _metric_box(epsg, area, inside=inside)
    left, right = _whole(x0 / cell_m, up=inside), _whole(x1 / cell_m, up=not inside)
    bottom, top = _whole(y0 / cell_m, up=inside), _whole(y1 / cell_m, up=not inside)
    rows, cols = top - bottom, right - left
    if rows < 3 or cols < 3:
        raise TerrainFileError(f"the area is smaller than three cells of {cell_m:g} m: take a larger one")
    if rows * cols > MOST_CELLS:
        fits = math.ceil(cell_m * math.sqrt(rows * cols / MOST_CELLS))
        raise TerrainFileError(
            f"{rows:,} x {cols:,} cells of {cell_m:g} m are more than the {MOST_CELLS:,} that fit: "
            f"give an area (a centre and a radius), or cells of {fits} m"
        )
    return Target(epsg, left * cell_m, top * cell_m, cell_m, rows, cols)


def _whole(x: float, *, up: bool) -> int:
    return math.ceil(x - 1e-9) if up else math.floor(x + 1e-9)


def _metric_box(epsg: int, area: Bounds, *, inside: bool) -> Bounds:
    """The box in metres around the four edges of an area in degrees, or within them."""
    from wayhome.terrain.utm import from_lonlat

    west, south, east, north = area
    step = np.linspace(0, 1, 41)
    lons, lats = west + step * (east - west), south + step * (north - south)
    edges = [
        from_lonlat(epsg, np.column_stack(np.broadcast_arrays(lon, lat)))
        for lon, lat in ((west, lats), (east, lats), (lons, south), (lons, north))
    ]
    if not all(np.isfinite(edge).all() for edge in edges):
        raise TerrainFileError("the area reaches beyond what one UTM zone can hold: take a smaller one")
    left, right, bottom, top = edges[0][:, 0], edges[1][:, 0], edges[2][:, 1], edges[3][:, 1]
    if inside:
        return float(left.max()), float(bottom.max()), float(right.min()), float(top.min())
    return float(left.min()), float(bottom.min()), float(right.max()), float(top.max())


def paste(rasters: Sequence[Raster]) -> list[Raster]:
    """Tiles of one kind that share a raster (CRS, spacing, phase) pasted into one, so that no seam shows."""
    groups: list[list[Raster]] = []
    for raster in rasters:
        for group in groups:
            if _aligned(group[0], raster):
                group.append(raster)
                break
        else:
            groups.append([raster])
    return [_paste(group) if len(group) > 1 else group[0] for group in groups]


def _aligned(one: Raster, two: Raster) -> bool:
    a, b = one.transform, two.transform
    if one.crs != two.crs or one.values.dtype != two.values.dtype or one.source.name != two.source.name:
        return False
    if abs(a.a - b.a) > 1e-6 * abs(a.a) or abs(a.e - b.e) > 1e-6 * abs(a.e):
        return False
    off_x, off_y = (b.c - a.c) / a.a, (b.f - a.f) / a.e
    return abs(off_x - round(off_x)) < 0.02 and abs(off_y - round(off_y)) < 0.02


def _paste(group: list[Raster]) -> Raster:
    first = group[0]
    a, e = first.transform.a, first.transform.e
    offsets = [
        (round((r.transform.f - first.transform.f) / e), round((r.transform.c - first.transform.c) / a)) for r in group
    ]
    top, left = min(row for row, _ in offsets), min(col for _, col in offsets)
    rows = max(row + r.values.shape[0] for (row, _), r in zip(offsets, group, strict=True)) - top
    cols = max(col + r.values.shape[1] for (_, col), r in zip(offsets, group, strict=True)) - left
    if rows * cols > 2 * MOST_CELLS:
        raise TerrainFileError(f"the tiles lie too far apart ({rows:,} x {cols:,} samples between them): give an area")
    floats = first.values.dtype == np.float32
    whole = np.full((rows, cols), np.nan if floats else 0, first.values.dtype)
    for (row, col), raster in zip(offsets, group, strict=True):
        part = whole[row - top : row - top + raster.values.shape[0], col - left : col - left + raster.values.shape[1]]
        empty = np.isnan(part) if floats else part == 0
        part[empty] = raster.values[empty]
    transform = first.transform @ Affine.translation(left, top)
    return Raster(whole, transform, first.crs, first.source, first.caution)


def warp(rasters: Sequence[Raster], target: Target) -> Values:
    """The rasters on the target's cells, the first that knows a cell wins; NaN or 0 where none does.

    Heights are interpolated linearly, or averaged where cells are much coarser than the data; classes are taken from
    the nearest sample, or the commonest one.
    """
    floats = rasters[0].values.dtype == np.float32
    out = np.full((target.rows, target.cols), np.nan if floats else 0, rasters[0].values.dtype)
    for raster in paste(rasters):
        coarser = target.cell_m > 1.5 * resolution_m(raster.crs, raster.transform, raster.values.shape)
        method = (
            (Resampling.average if coarser else Resampling.bilinear)
            if floats
            else (Resampling.mode if coarser else Resampling.nearest)
        )
        part = np.full_like(out, np.nan if floats else 0)
        reproject(
            raster.values,
            part,
            src_transform=raster.transform,
            src_crs=raster.crs,
            src_nodata=np.nan if floats else 0,
            dst_transform=target.transform,
            dst_crs=CRS.from_epsg(target.epsg),
            dst_nodata=np.nan if floats else 0,
            resampling=method,
        )
        empty = np.isnan(out) if floats else out == 0
        out[empty] = part[empty]
    return out
