"""OpenStreetMap extracts (`.osm.pbf`) and GeoJSON (`.geojson`, `.json`, also with `.gz`), for people on foot."""

from __future__ import annotations

import gzip
import json
import math
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import shapely
import shapely.geometry
import shapely.wkb

from wayhome.links.osm_features import KEYS, Feature, MapLayers
from wayhome.links.terrain_errors import TerrainFileError, size_of
from wayhome.links.terrain_raster import Bounds

MOST_PBF_BYTES: Final = 4 * 1024**3
MOST_JSON_BYTES: Final = 512 * 1024**2
MOST_FEATURES: Final = 5_000_000
COUNTRY_BORDER: Final = 2
Ticker = Callable[[int], None]


def is_pbf(path: Path) -> bool:
    return path.name.lower().endswith(".pbf")


def map_bounds(path: Path) -> Bounds | None:
    """The area that a `.pbf` says it covers; None where it, or GeoJSON, does not say. Raises TerrainFileError."""
    if not is_pbf(path):
        return None
    import osmium

    _check_pbf(path)
    try:
        with osmium.io.Reader(str(path), osmium.osm.osm_entity_bits.NOTHING) as reader:
            box = reader.header().box()
    except (RuntimeError, OSError) as error:
        raise TerrainFileError(f"{path} is no OSM extract that can be read ({error}): fetch it again") from error
    if not box.valid() or box.size() <= 0:
        return None
    low, high = box.bottom_left, box.top_right
    return low.lon, low.lat, high.lon, high.lat


def read_map(path: Path, layers: MapLayers, area: Bounds, border_level: int, tick: Ticker | None = None) -> None:
    """Adds everything of a map file that touches `area`. `tick` is told of features looked at, now and then.

    `border_level` is OSM's admin_level of the border wanted: 2 countries, 4 states, 6 counties. Raises
    TerrainFileError.
    """
    features = _pbf_features(path) if is_pbf(path) else _json_features(path)
    west, south, east, north = area
    for number, feature in enumerate(features):
        if number >= MOST_FEATURES:
            raise TerrainFileError(f"{path} has more than {MOST_FEATURES:,} features: cut out the area that is wanted")
        if tick is not None and number % 2000 == 0:
            tick(number)
        low_x, low_y, high_x, high_y = feature.geometry.bounds
        if low_x <= east and high_x >= west and low_y <= north and high_y >= south:
            layers.add(feature, border_level)


def _check_pbf(path: Path) -> None:
    if size_of(path) > MOST_PBF_BYTES:
        raise TerrainFileError(f"{path} is larger than {MOST_PBF_BYTES // 1024**3} GB: cut out the area that is wanted")
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError as error:
        raise TerrainFileError(f"{path} cannot be read: {error.strerror}") from error
    if b"OSMHeader" not in head:
        raise TerrainFileError(f"{path} is no OSM extract (it does not begin like one): fetch it again")


def _pbf_features(path: Path) -> Iterator[Feature]:
    """Nodes, ways and areas with a tag that matters; ways of border relations carry the border's level."""
    import osmium

    _check_pbf(path)
    try:
        borders = _border_ways(path)
        maker = osmium.geom.WKBFactory()
        things: Any = osmium.FileProcessor(str(path)).with_locations().with_areas(osmium.filter.KeyFilter(*KEYS))
        for thing in things:
            level = borders.get(thing.id) if thing.is_way() else None
            feature = None if thing.is_relation() else _feature(thing, maker, level)
            if feature is not None:
                yield feature
    except (RuntimeError, OSError) as error:
        raise TerrainFileError(f"{path} is damaged ({error}): fetch it again") from error


def _border_ways(path: Path) -> dict[int, int]:
    """For each way that is part of a border's relation, the lowest admin_level of those."""
    import osmium

    found: dict[int, int] = {}
    relations: Any = osmium.FileProcessor(str(path), osmium.osm.osm_entity_bits.RELATION).with_filter(
        osmium.filter.TagFilter(("boundary", "administrative"))
    )
    for relation in relations:
        level = relation.tags.get("admin_level", "")
        if level.isdecimal():
            for member in relation.members:
                if member.type == "w":
                    found[member.ref] = min(int(level), found.get(member.ref, 99))
    return found


def _feature(thing: Any, maker: Any, level: int | None) -> Feature | None:
    """A feature with its shape; None for one whose nodes are not in the extract, or that closes nothing."""
    import osmium

    tags = dict(thing.tags)
    if level is None and not any(key in tags for key in KEYS):
        return None
    try:
        if thing.is_node():
            return Feature(shapely.Point(thing.lon, thing.lat), tags)
        if thing.is_way():
            return Feature(shapely.wkb.loads(maker.create_linestring(thing), hex=True), tags, level)
        return Feature(shapely.wkb.loads(maker.create_multipolygon(thing), hex=True), tags)
    except (osmium.InvalidLocationError, RuntimeError, shapely.errors.GEOSException):
        return None


def _json_features(path: Path) -> Iterator[Feature]:
    """The features of a GeoJSON collection; properties are the tags."""
    try:
        collection = json.loads(_text(path))
    except (ValueError, RecursionError) as error:
        raise TerrainFileError(f"{path} is no GeoJSON ({error}): export it again") from error
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        raise TerrainFileError(f"{path} is JSON, but no GeoJSON FeatureCollection: export it as one")
    for number, feature in enumerate(features, 1):
        made = _json_feature(path, number, feature)
        if made is not None:
            yield made


def _json_feature(path: Path, number: int, feature: Any) -> Feature | None:
    if not isinstance(feature, dict):
        raise TerrainFileError(f"{path}, feature {number}: it is no object; export the file again")
    if feature.get("geometry") is None:
        return None
    try:
        shape = shapely.geometry.shape(feature["geometry"])
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, shapely.errors.ShapelyError) as error:
        raise TerrainFileError(f"{path}, feature {number}: its geometry cannot be read ({error})") from error
    if shape.is_empty:
        return None
    bounds = shape.bounds
    if not (all(math.isfinite(x) for x in bounds) and bounds[0] >= -180 and bounds[2] <= 180):
        raise TerrainFileError(f"{path}, feature {number}: a longitude lies outside -180..180; GeoJSON is in degrees")
    if not (bounds[1] >= -90 and bounds[3] <= 90):
        raise TerrainFileError(f"{path}, feature {number}: a latitude lies outside -90..90; are lon and lat swapped?")
    if not shape.is_valid:
        shape = shapely.make_valid(shape)
    said = feature.get("properties")
    tags = {str(key): str(value) for key, value in said.items() if value is not None} if isinstance(said, dict) else {}
    return Feature(shape, tags)


def _text(path: Path) -> bytes:
    """The whole text, unpacked, never more than the limit however small it is packed."""
    if size_of(path) > MOST_JSON_BYTES:
        raise TerrainFileError(
            f"{path} is larger than {MOST_JSON_BYTES // 1024**2} MB: cut out the area that is wanted"
        )
    try:
        if path.name.lower().endswith(".gz"):
            with gzip.open(path) as packed:
                body = packed.read(MOST_JSON_BYTES + 1)
        else:
            body = path.read_bytes()
    except (OSError, EOFError, zlib.error) as error:
        raise TerrainFileError(f"{path} cannot be read ({error}): fetch it again") from error
    if len(body) > MOST_JSON_BYTES:
        raise TerrainFileError(f"{path} unpacks to more than {MOST_JSON_BYTES // 1024**2} MB: it is refused")
    return body
