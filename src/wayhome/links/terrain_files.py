"""Terrain from files: elevation, land cover and maps of one area onto one grid of square cells in UTM.

Elevation: SRTM `.hgt`, `.hgt.zip`, GeoTIFF. Land cover: GeoTIFF with NLCD classes. Maps: `.osm.pbf`, GeoJSON.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from affine import Affine

from wayhome.links import osm_reader, terrain_geotiff, terrain_hgt
from wayhome.links.osm_features import MapLayers
from wayhome.links.osm_raster import Burnt, burn
from wayhome.links.terrain_errors import TerrainFileError as TerrainFileError
from wayhome.links.terrain_errors import size_of
from wayhome.links.terrain_raster import (
    FINEST_CELL_M,
    METRES_PER_DEGREE,
    WGS84,
    Bounds,
    Raster,
    Target,
    overlap,
    target_for,
    union,
    warp,
)
from wayhome.links.terrain_saved import load_terrain as load_terrain
from wayhome.links.terrain_saved import save_terrain as save_terrain
from wayhome.terrain.classes import LandCover, Source
from wayhome.terrain.errors import TerrainError
from wayhome.terrain.grid import Terrain
from wayhome.values.places import Place

Progress = Callable[[str, float], None]
"""Told what is being done and how much of the whole is done (0..1)."""

MOST_RADIUS_KM: Final = 500.0
OSM: Final = Source(
    layer="trails, water, woods, names, border",
    name="OpenStreetMap",
    licence="ODbL 1.0",
    attribution="© OpenStreetMap contributors",
)
OTHER_MAP: Final = Source(
    layer="trails, water, woods, names, border",
    name="GeoJSON map",
    licence="as its publisher says",
    attribution="the file does not name its publisher: name them where you publish the map",
)


@dataclass(frozen=True)
class Circle:
    """An area around a place."""

    centre: Place
    radius_km: float

    def bounds(self) -> Bounds:
        """The box around it, in degrees. Raises TerrainFileError for a radius that is none."""
        if not 0 < self.radius_km <= MOST_RADIUS_KM:
            raise TerrainFileError(f"a radius of {self.radius_km} km is refused: above 0 and up to {MOST_RADIUS_KM:g}")
        north = self.radius_km * 1000 / METRES_PER_DEGREE
        east = north / max(0.02, math.cos(math.radians(self.centre.lat)))
        lat, lon = self.centre.lat, self.centre.lon
        return lon - east, lat - north, lon + east, lat + north


@dataclass
class _Found:
    """The files given, by what they are; nothing but their headers was read."""

    tiles: list[terrain_hgt.Tile] = field(default_factory=list)
    heights: list[terrain_geotiff.Image] = field(default_factory=list)
    covers: list[terrain_geotiff.Image] = field(default_factory=list)
    maps: list[Path] = field(default_factory=list)
    map_areas: list[Bounds] = field(default_factory=list)

    def add(self, path: Path) -> None:
        size_of(path)
        name = path.name.lower()
        if name.endswith((".hgt", ".hgt.zip")):
            self.tiles.append(terrain_hgt.peek(path))
        elif name.endswith((".tif", ".tiff")):
            image = terrain_geotiff.peek(path)
            (self.covers if image.land_cover else self.heights).append(image)
        elif name.endswith((".pbf", ".geojson", ".json", ".geojson.gz", ".json.gz")):
            area = osm_reader.map_bounds(path)
            self.maps.append(path)
            self.map_areas += [area] if area is not None else []
        else:
            raise TerrainFileError(
                f"{path}: its ending is not known here; elevation comes as .hgt, .hgt.zip or .tif, land cover as .tif, "
                "maps as .osm.pbf or .geojson(.gz)"
            )

    @property
    def elevation(self) -> list[Bounds]:
        return [tile.bounds for tile in self.tiles] + [image.bounds for image in self.heights]

    @property
    def finest_m(self) -> float:
        return min([90.0 if t.side == 1201 else 30.0 for t in self.tiles] + [i.resolution_m for i in self.heights])


def read_terrain(
    paths: Sequence[Path],
    *,
    area: Bounds | Circle | None = None,
    cell_m: float | None = None,
    border_level: int = osm_reader.COUNTRY_BORDER,
    elevation_unit: str = "",
    title: str = "",
    progress: Progress | None = None,
) -> Terrain:
    """The ground of `area` from any number of files.

    `area` is (west, south, east, north) degrees or a circle; without it, all that the elevation covers, or the part of
    it that the `.pbf` maps cover. `cell_m` is by default the spacing of the finest elevation, at least 30 m.
    `border_level` is OSM's admin_level (2 countries, 4 states, 6 counties). `elevation_unit` is metres or feet, of
    GeoTIFFs that do not say theirs: without it such are refused. Raises TerrainFileError.
    """
    tell = progress or (lambda _what, _share: None)
    tell("looking at the files", 0.0)
    found = _Found()
    for path in paths:
        found.add(Path(path))
    target = _target(found, area, cell_m)
    heights = _read_heights(found, target, elevation_unit, tell)
    covers = [
        r for image in found.covers if (r := terrain_geotiff.read(image, target.bounds, target.cell_m)) is not None
    ]
    maps = [OSM if osm_reader.is_pbf(path) else OTHER_MAP for path in found.maps]
    layers = MapLayers()
    for number, path in enumerate(found.maps):
        tell(f"reading {path.name}", 0.5 + 0.3 * number / len(found.maps))
        osm_reader.read_map(path, layers, target.bounds, border_level)
    tell("putting it on the grid", 0.85)
    try:
        return _assemble(heights, covers, burn(layers, target), target, title, maps)
    except TerrainError as error:
        raise TerrainFileError(f"these files make no terrain: {error}") from error
    finally:
        tell("done", 1.0)


def _target(found: _Found, area: Bounds | Circle | None, cell_m: float | None) -> Target:
    if not found.elevation:
        raise TerrainFileError("no elevation was given: add SRTM .hgt tiles or a GeoTIFF of heights")
    cells = cell_m if cell_m is not None else max(FINEST_CELL_M, round(found.finest_m / 10) * 10)
    if not (math.isfinite(cells) and 0.5 <= cells <= 5000):
        raise TerrainFileError(f"cells of {cells} m are refused: 0.5 to 5000 m")
    covered = union(found.elevation)
    for image in found.covers:
        if overlap(image.bounds, covered) is None:
            raise TerrainFileError(
                f"{image.path} and the elevation have no ground in common: check that they belong together"
            )
    wanted = area.bounds() if isinstance(area, Circle) else area
    if wanted is None:
        maps = overlap(union(found.map_areas), covered) if found.map_areas else covered
        if maps is None:
            raise TerrainFileError(
                "the map and the elevation have no ground in common: check that they belong together"
            )
        return target_for(maps, cells, inside=True)
    if not all(math.isfinite(x) for x in wanted) or wanted[0] >= wanted[2] or wanted[1] >= wanted[3]:
        raise TerrainFileError(f"{wanted} is no area: west, south, east, north in degrees")
    shared = overlap(wanted, covered)
    if shared is None:
        raise TerrainFileError(
            f"the elevation lies between {covered[1]:.2f}, {covered[0]:.2f} and {covered[3]:.2f}, {covered[2]:.2f}: "
            "no part of the area that was asked for; fetch the tiles that hold it"
        )
    return target_for(shared, cells, inside=shared != wanted)


def _read_heights(found: _Found, target: Target, elevation_unit: str, tell: Progress) -> list[Raster]:
    near = [tile for tile in found.tiles if overlap(tile.bounds, target.bounds)]
    out = []
    for number, tile in enumerate(near):
        tell(f"reading {tile.path.name}", 0.1 + 0.4 * number / (len(near) + len(found.heights)))
        out.append(terrain_hgt.read(tile))
    for number, image in enumerate(found.heights, len(near)):
        tell(f"reading {image.path.name}", 0.1 + 0.4 * number / (len(near) + len(found.heights)))
        raster = terrain_geotiff.read(image, target.bounds, target.cell_m, elevation_unit)
        out += [raster] if raster is not None else []
    if not out:
        raise TerrainFileError("no elevation file reaches the area")
    return sorted(out, key=lambda raster: raster.source.resolution_m)


def _assemble(
    heights: list[Raster], covers: list[Raster], burnt: Burnt, target: Target, title: str, maps: Sequence[Source]
) -> Terrain:
    """All layers together. Land cover from a raster goes before what the map says grows there."""
    land_cover = burnt.land_cover.copy()
    if covers:
        classes = warp(covers, target)
        land_cover[classes > LandCover.UNKNOWN] = classes[classes > LandCover.UNKNOWN]
    cautions = list(burnt.cautions) if maps else ["no map was given: trails, rivers and names are not known"]
    known = (burnt.trails, burnt.water, burnt.land_cover, burnt.border)
    if maps and not burnt.names and not any(layer.any() for layer in known):
        cautions.insert(0, "nothing of the map lies on this ground: check that map and elevation belong together")
    sources = dict.fromkeys([*(raster.source for raster in (*heights, *covers)), *maps])
    return Terrain(
        elevation_m=np.ascontiguousarray(warp(heights, target), np.float32),
        cell_m=target.cell_m,
        epsg=target.epsg,
        west_m=target.west_m,
        north_m=target.north_m,
        land_cover=land_cover,
        trails=burnt.trails,
        water=burnt.water,
        crossings=burnt.crossings,
        border=burnt.border,
        names=burnt.names,
        provenance=tuple(sources),
        cautions=tuple(dict.fromkeys(cautions)),
        title=title,
    )


def read_jacksboro() -> Terrain:
    """The Jacksboro fault in Tennessee, from matplotlib's sample data: 344 x 403 real heights, 3 arc-seconds.

    The sample names its corners in degrees (with its two latitudes swapped) but no datum; WGS84 is taken. Raises
    TerrainFileError when this matplotlib came without its samples.
    """
    from matplotlib import cbook

    try:
        sample: Any = cbook.get_sample_data("jacksboro_fault_dem.npz")
        with sample:
            heights = np.asarray(sample["elevation"], np.float32)
            west, step = float(sample["xmin"]), float(sample["dx"])
            north = max(float(sample["ymin"]), float(sample["ymax"]))
    except (OSError, KeyError, ValueError) as error:
        raise TerrainFileError(f"matplotlib's sample of the Jacksboro fault is not here ({error})") from error
    source = Source(
        layer="elevation",
        name="Jacksboro fault, 3 arc-second sample of matplotlib",
        licence="public domain (USGS), shipped with matplotlib",
        attribution="US Geological Survey, by way of matplotlib's sample data",
        resolution_m=90.0,
    )
    raster = Raster(heights, Affine(step, 0, west, 0, -step, north), WGS84, source)
    target = target_for(raster.bounds, 90.0, inside=True)
    nothing = burn(MapLayers(), target)
    return _assemble([raster], [], nothing, target, "Jacksboro fault, Tennessee", ())
