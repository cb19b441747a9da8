"""GeoTIFF elevation and land cover, any CRS. Only the part over the wanted area is read, no finer than it is needed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.errors import RasterioError, RasterioIOError
from rasterio.warp import transform_bounds
from rasterio.windows import Window, from_bounds

from wayhome.links.terrain_errors import TerrainFileError, size_of
from wayhome.links.terrain_raster import WGS84, Bounds, Raster, degrees_of, resolution_m
from wayhome.terrain.classes import LandCover, Source
from wayhome.terrain.grid import MOST_CELLS

NLCD: Final[dict[int, LandCover]] = {
    0: LandCover.UNKNOWN,
    11: LandCover.WATER,
    12: LandCover.ICE,
    21: LandCover.OPEN,
    22: LandCover.BUILT,
    23: LandCover.BUILT,
    24: LandCover.BUILT,
    31: LandCover.ROCK,
    41: LandCover.FOREST,
    42: LandCover.FOREST,
    43: LandCover.FOREST,
    51: LandCover.SCRUB,
    52: LandCover.SCRUB,
    71: LandCover.OPEN,
    72: LandCover.OPEN,
    73: LandCover.OPEN,
    74: LandCover.OPEN,
    81: LandCover.OPEN,
    82: LandCover.OPEN,
    90: LandCover.WETLAND,
    95: LandCover.WETLAND,
    127: LandCover.UNKNOWN,
    250: LandCover.UNKNOWN,
    255: LandCover.UNKNOWN,
}
"""The legend of the National Land Cover Database (USGS/MRLC, 2011 and later) to our classes: 21 is parks and lawns."""
VOIDS: Final = (-32768.0, -9999.0)
"""Taken for voids in elevation even where the file does not say so: no ground lies there."""


METRES_IN: Final = {"metres": 1.0, "feet": 0.3048, "US survey feet": 1200 / 3937}
"""The units that heights may be said to be in, and how long each is."""
TAGS: Final = {
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), "metres"),
    **dict.fromkeys(("ft", "foot", "feet", "international foot"), "feet"),
    **dict.fromkeys(("us survey foot", "us survey feet", "ftus", "us-ft", "foot_us"), "US survey feet"),
}
"""How GeoTIFFs spell them."""

MOST_BLOCK_BYTES: Final = 512 * 1024**2


@dataclass(frozen=True)
class Image:
    """One GeoTIFF before its cells are read. `unit` is what it says its numbers are in, empty where it does not."""

    path: Path
    bounds: Bounds
    resolution_m: float
    land_cover: bool
    unit: str = ""


def peek(path: Path) -> Image:
    """What a GeoTIFF's header says. Raises TerrainFileError for what is none, or lies nowhere."""
    size_of(path)
    with _opened(path) as data:
        crs, transform, shape = _placed(path, data)
        classes = data.dtypes[0] == "uint8"
        bounds, finest = degrees_of(crs, transform, shape), resolution_m(crs, transform, shape)
        return Image(path, bounds, finest, classes, str(data.units[0] or "").strip())


def unit_of(image: Image, said: str) -> str:
    """What the heights are in, by the file's own tag, or as `said` (metres or feet) where it has none.

    Raises TerrainFileError where neither says it, or they contradict each other: a wrong unit is a wrong mountain.
    """
    if said and said not in ("metres", "feet"):
        raise TerrainFileError(f"heights in {said!r} are not known here: metres or feet")
    tagged = TAGS.get(image.unit.casefold(), "")
    if image.unit and not tagged:
        raise TerrainFileError(
            f"{image.path} says that its heights are in {image.unit[:40]!r}: convert them to metres or feet first"
        )
    if tagged and said and not tagged.endswith(said):
        raise TerrainFileError(
            f"{image.path} says that its heights are in {tagged}, and you said {said}: leave out what is wrong, or "
            "import the files one by one"
        )
    if not (tagged or said):
        raise TerrainFileError(
            f"{image.path} does not say whether its heights are metres or feet: look where you got it from, and say it "
            "with --elevation-unit metres or --elevation-unit feet"
        )
    return tagged or said


def read(image: Image, area: Bounds, cell_m: float, elevation_unit: str = "") -> Raster | None:
    """The part of a GeoTIFF over an area; None when it does not reach it. Raises TerrainFileError.

    Heights come in metres; see `unit_of` for what they were in.
    """
    with _opened(image.path) as data:
        crs, transform, shape = _placed(image.path, data)
        window = _window(data, crs, area)
        if window is None:
            return None
        fewer = max(1, math.floor(cell_m / resolution_m(crs, transform, shape)))
        rows, cols = math.ceil(window.height / fewer), math.ceil(window.width / fewer)
        if rows * cols > 2 * MOST_CELLS:
            raise TerrainFileError(
                f"{image.path}: {rows:,} x {cols:,} cells are too many: give an area or larger cells"
            )
        unit = "" if image.land_cover else unit_of(image, elevation_unit)
        how = Resampling.mode if image.land_cover else Resampling.average
        try:
            values = data.read(1, window=window, out_shape=(rows, cols), resampling=how, masked=True)
        except RasterioError as error:
            raise TerrainFileError(f"{image.path} is damaged ({error}): fetch it again") from error
        corner = transform @ Affine.translation(window.col_off, window.row_off)
        part = corner @ Affine.scale(window.width / cols, window.height / rows)
    if image.land_cover:
        return Raster(_classes(image.path, values), part, crs, _source("land cover", image, "NLCD classes"))
    name = "GeoTIFF elevation" + ("" if unit == "metres" else f", converted from {unit}")
    return Raster(_heights(values, METRES_IN[unit]), part, crs, _source("elevation", image, name))


def _source(layer: str, image: Image, name: str) -> Source:
    return Source(
        layer=layer,
        name=name,
        licence="as its publisher says",
        attribution="the file does not name its publisher: name them where you publish the map",
        resolution_m=float(round(image.resolution_m)),
    )


def _opened(path: Path) -> Any:
    """An open dataset. Only the TIFF driver may try: a text that calls itself .tif could point anywhere."""
    try:
        return rasterio.open(path, driver="GTiff")
    except (RasterioIOError, ValueError) as error:
        raise TerrainFileError(f"{path} is no GeoTIFF that can be read: export it again as GeoTIFF") from error


def _placed(path: Path, data: Any) -> tuple[CRS, Affine, tuple[int, int]]:
    if data.crs is None or data.transform.is_identity:
        raise TerrainFileError(f"{path} does not say where on Earth it lies: export it with its coordinate system")
    if data.count < 1 or "complex" in data.dtypes[0]:
        raise TerrainFileError(f"{path} holds no band of heights or classes")
    rows, cols = data.block_shapes[0]
    if rows * cols * np.dtype(data.dtypes[0]).itemsize > MOST_BLOCK_BYTES:
        raise TerrainFileError(f"{path} is stored in blocks of {rows:,} x {cols:,} cells: export it tiled")
    if data.transform.b or data.transform.d:
        raise TerrainFileError(f"{path} is turned against its own grid: export it with north up")
    return data.crs, data.transform, (data.height, data.width)


def _window(data: Any, crs: CRS, area: Bounds) -> Window | None:
    """The rows and columns over an area, with a rim of two cells; None when there are none."""
    inside = transform_bounds(WGS84, crs, *area, densify_pts=41)
    if not all(math.isfinite(x) for x in inside):
        return None
    window = from_bounds(*inside, transform=data.transform)
    left, top = max(0, math.floor(window.col_off) - 2), max(0, math.floor(window.row_off) - 2)
    right = min(data.width, math.ceil(window.col_off + window.width) + 2)
    bottom = min(data.height, math.ceil(window.row_off + window.height) + 2)
    return Window(left, top, right - left, bottom - top) if right > left and bottom > top else None


def _heights(values: np.ma.MaskedArray[Any, Any], metres: float) -> NDArray[np.float32]:
    heights = np.ma.filled(values.astype(np.float32), np.nan)
    for void in VOIDS:
        heights[heights == void] = np.nan
    heights[~np.isfinite(heights)] = np.nan
    return np.asarray(heights if metres == 1.0 else heights * np.float32(metres), np.float32)


def _classes(path: Path, values: np.ma.MaskedArray[Any, Any]) -> NDArray[np.uint8]:
    codes = np.ma.filled(values, 0)
    strange = sorted(set(np.unique(codes).tolist()) - set(NLCD))
    if strange:
        raise TerrainFileError(
            f"{path} holds 8-bit numbers that are no NLCD land cover ({', '.join(map(str, strange[:5]))}): "
            "heights need 16 bits or more, other land cover must be recoded to NLCD"
        )
    table = np.zeros(256, np.uint8)
    for code, cover in NLCD.items():
        table[code] = cover
    return table[codes]
