"""What a map feature's tags mean for people on foot. One table; the words are OpenStreetMap's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from wayhome.terrain.classes import LandCover, Trail, Water

Geometry = Any
"""A shapely geometry in (lon, lat) degrees; shapely carries no types."""
Tags = Mapping[str, str]

HIGHWAYS: Final[dict[str, Trail]] = {
    **dict.fromkeys(("path", "footway", "steps", "pedestrian", "cycleway", "corridor"), Trail.PATH),
    **dict.fromkeys(("track", "bridleway"), Trail.TRACK),
    **dict.fromkeys(
        (
            *("motorway", "trunk", "primary", "secondary", "tertiary"),
            *("motorway_link", "trunk_link", "primary_link", "secondary_link", "tertiary_link"),
            *("unclassified", "residential", "service", "living_street", "road", "raceway", "busway"),
        ),
        Trail.ROAD,
    ),
}
WATERWAYS: Final[dict[str, Water]] = {
    "river": Water.RIVER,
    "canal": Water.RIVER,
    "stream": Water.STREAM,
    "tidal_channel": Water.RIVER,
    "ditch": Water.STREAM,
    "drain": Water.STREAM,
}
WATER_AREAS: Final = {
    ("natural", "water"),
    ("natural", "bay"),
    ("landuse", "reservoir"),
    ("landuse", "basin"),
    ("waterway", "riverbank"),
    ("waterway", "dock"),
}
COVER: Final[dict[tuple[str, str], LandCover]] = {
    ("natural", "wood"): LandCover.FOREST,
    ("landuse", "forest"): LandCover.FOREST,
    ("natural", "scrub"): LandCover.SCRUB,
    ("natural", "heath"): LandCover.SCRUB,
    ("landuse", "vineyard"): LandCover.SCRUB,
    ("natural", "bare_rock"): LandCover.ROCK,
    ("natural", "rock"): LandCover.ROCK,
    ("natural", "scree"): LandCover.ROCK,
    ("natural", "shingle"): LandCover.ROCK,
    ("landuse", "quarry"): LandCover.ROCK,
    ("natural", "glacier"): LandCover.ICE,
    ("natural", "wetland"): LandCover.WETLAND,
    ("natural", "grassland"): LandCover.OPEN,
    ("natural", "fell"): LandCover.OPEN,
    ("landuse", "meadow"): LandCover.OPEN,
    ("landuse", "grass"): LandCover.OPEN,
    ("landuse", "farmland"): LandCover.OPEN,
    ("landuse", "farm"): LandCover.OPEN,
    ("landuse", "farmyard"): LandCover.BUILT,
    ("landuse", "residential"): LandCover.BUILT,
    ("landuse", "commercial"): LandCover.BUILT,
    ("landuse", "retail"): LandCover.BUILT,
    ("landuse", "industrial"): LandCover.BUILT,
}
NAMED_KINDS: Final[dict[str, frozenset[str]]] = {
    "place": frozenset(
        ("city", "town", "village", "hamlet", "isolated_dwelling", "farm", "locality", "suburb", "quarter", "island")
    ),
    "natural": frozenset(
        (
            *(
                "peak",
                "volcano",
                "saddle",
                "ridge",
                "arete",
                "cliff",
                "hill",
                "valley",
                "cave_entrance",
                "rock",
                "stone",
            ),
            *("spring", "hot_spring", "water", "bay", "cape", "beach", "glacier", "sinkhole"),
        )
    ),
    "tourism": frozenset(("alpine_hut", "wilderness_hut", "camp_site", "viewpoint", "trail_riding_station")),
    "mountain_pass": frozenset(("yes",)),
    "amenity": frozenset(
        ("shelter", "hospital", "clinic", "fire_station", "police", "ranger_station", "ferry_terminal")
    ),
    "emergency": frozenset(("mountain_rescue", "assembly_point", "landing_site")),
    "historic": frozenset(("castle", "ruins", "memorial", "monument", "mine", "wayside_cross")),
    "waterway": frozenset(("waterfall", "dam")),
}
"""Places that people in the field steer by: the tag, and its values that count; the first tag that fits wins."""
KEYS: Final = (
    *("highway", "waterway", "natural", "landuse", "water", "boundary", "place", "ford", "bridge"),
    *("tourism", "mountain_pass", "amenity", "emergency", "historic", "admin_level"),
)
"""The tags that matter here: everything else in a file is passed over."""


@dataclass(frozen=True)
class Feature:
    """One thing on the map."""

    geometry: Geometry
    tags: Tags
    border_level: int | None = None


@dataclass
class MapLayers:
    """What was found, sorted by what it is for; geometries in (lon, lat) degrees."""

    trails: dict[Trail, list[Geometry]] = field(default_factory=lambda: {kind: [] for kind in Trail})
    water: dict[Water, list[Geometry]] = field(default_factory=lambda: {kind: [] for kind in Water})
    cover: dict[LandCover, list[Geometry]] = field(default_factory=lambda: {kind: [] for kind in LandCover})
    bridges: list[Geometry] = field(default_factory=list)
    fords: list[Geometry] = field(default_factory=list)
    border: list[Geometry] = field(default_factory=list)
    names: list[tuple[str, str, Geometry]] = field(default_factory=list)
    tunnels: int = 0

    def add(self, feature: Feature, border_level: int) -> None:
        """Sorts one feature in; whatever it is not known for is passed over."""
        tags, shape = feature.tags, feature.geometry
        dimension = {"Point": 0, "LineString": 1, "MultiLineString": 1, "Polygon": 2, "MultiPolygon": 2}
        size = dimension.get(shape.geom_type, -1)
        if size == 1:
            self._line(tags, shape)
        elif size == 2:
            self._area(tags, shape)
        if size in (0, 1) and tags.get("ford", "no") not in ("no", ""):
            self.fords.append(shape)
        if size >= 1 and _is_border(tags, feature.border_level, border_level):
            self.border.append(shape if size == 1 else shape.boundary)
        self._name(tags, shape, size)

    def _line(self, tags: Tags, shape: Geometry) -> None:
        trail = HIGHWAYS.get(tags.get("highway", ""))
        hidden = tags.get("tunnel", "no") not in ("no", "")
        if trail is not None:
            if hidden:
                self.tunnels += 1
                return
            self.trails[trail].append(shape)
            if tags.get("bridge", "no") not in ("no", ""):
                self.bridges.append(shape)
        water = WATERWAYS.get(tags.get("waterway", ""))
        if water is not None and not hidden:
            self.water[water].append(shape)
        if tags.get("natural") == "coastline":
            # The sea itself is never an area in OSM: its shore stops people as well.
            self.water[Water.LAKE].append(shape)

    def _area(self, tags: Tags, shape: Geometry) -> None:
        for pair in tags.items():
            if pair in WATER_AREAS:
                self.water[Water.LAKE].append(shape)
                return
            if pair in COVER:
                self.cover[COVER[pair]].append(shape)
                return

    def _name(self, tags: Tags, shape: Geometry, size: int) -> None:
        label = tags.get("name", "").strip()
        kind = next((tags[key] for key, values in NAMED_KINDS.items() if tags.get(key) in values), "")
        if label and kind and size != 1 and not shape.is_empty:
            at = shape if size == 0 else shape.representative_point()
            self.names.append((label, "pass" if kind == "yes" else kind, at))


def _is_border(tags: Tags, from_relation: int | None, wanted: int) -> bool:
    if from_relation is not None:
        return from_relation <= wanted
    level = tags.get("admin_level", "")
    return tags.get("boundary") == "administrative" and level.isdecimal() and 0 < int(level) <= wanted
