"""Maps burnt into the grid: trails, water without gaps, crossings, woods, borders, names in any script."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from tests.links.terrain_making import feature, geojson, geotiff, pbf

from wayhome.links.terrain_files import read_terrain
from wayhome.terrain.classes import Crossing, LandCover, Trail, Water
from wayhome.terrain.grid import Terrain
from wayhome.terrain.travel import Start, travel
from wayhome.values.places import Place

WEST, EAST, SOUTH, NORTH = 1.545, 1.575, 42.515, 42.528
MIDDLE = (WEST + EAST) / 2


@pytest.fixture
def heights(tmp_path: Path) -> Path:
    return geotiff(tmp_path / "h.tif", np.full((100, 120), 500, np.float32))


def at(terrain: Terrain, lon: float, lat: float) -> tuple[int, int]:
    return terrain.cell_of(Place(lat, lon))


def crossed(terrain: Terrain) -> float | None:
    """Hours from the west to the east of the middle."""
    found = travel(terrain, [Start(Place(42.520, MIDDLE - 0.005))])
    return found.hours_at(Place(42.520, MIDDLE + 0.005))


RIVER = feature("LineString", [[MIDDLE - 0.0013, 42.40], [MIDDLE + 0.0017, 42.60]], waterway="river")


def test_a_river_has_no_gap_and_opens_at_a_bridge(tmp_path: Path, heights: Path) -> None:
    """A slanting river stops everybody; a road over it without bridge, on it, or with a bridge lets them pass."""
    shut = read_terrain([heights, geojson(tmp_path / "r.geojson", [RIVER])])
    assert (shut.water == Water.RIVER).any(axis=1).all()
    assert crossed(shut) is None
    road = [[MIDDLE - 0.003, 42.518], [MIDDLE + 0.003, 42.518]]
    bridge = feature("LineString", road, highway="path", bridge="yes")
    opened = read_terrain([heights, geojson(tmp_path / "b.geojson", [RIVER, bridge])])
    assert (opened.crossings == Crossing.BRIDGE).any()
    assert crossed(opened) is not None
    ford = feature("LineString", road, highway="path", ford="yes")
    forded = read_terrain([heights, geojson(tmp_path / "f.geojson", [RIVER, ford])])
    assert (forded.crossings == Crossing.FORD).any()
    by_bridge, by_ford = crossed(opened), crossed(forded)
    assert by_bridge is not None and by_ford is not None and by_ford > by_bridge


def test_an_unmarked_crossing_is_passed_along_the_trail_and_said(tmp_path: Path, heights: Path) -> None:
    """Where a trail meets a river and nothing says how, one passes along the trail, and the terrain says so."""
    trail = feature("LineString", [[MIDDLE - 0.003, 42.518], [MIDDLE + 0.003, 42.518]], highway="path")
    terrain = read_terrain([heights, geojson(tmp_path / "t.geojson", [RIVER, trail])])
    assert crossed(terrain) is not None
    assert not terrain.crossings.any()
    assert any(said.startswith("1 places where a trail meets a river") for said in terrain.warnings)


def test_every_layer_from_geojson(tmp_path: Path, heights: Path) -> None:
    """Roads over tracks over paths, woods, lakes, streams and names; tunnels and what is not built are left out."""
    box = [[[MIDDLE, 42.517], [EAST, 42.517], [EAST, 42.52], [MIDDLE, 42.52], [MIDDLE, 42.517]]]
    lake = [[[WEST, 42.517], [WEST + 0.01, 42.517], [WEST + 0.01, 42.519], [WEST, 42.519], [WEST, 42.517]]]
    line = [[WEST, 42.525], [EAST, 42.525]]
    features = [
        feature("Polygon", box, natural="wood"),
        feature("Polygon", lake, natural="water", name="Lac d'Engolasters"),
        feature("LineString", line, highway="path"),
        feature("LineString", line, highway="primary"),
        feature("LineString", [[WEST, 42.522], [EAST, 42.522]], highway="track"),
        feature("LineString", [[WEST, 42.523], [EAST, 42.523]], waterway="stream"),
        feature("LineString", [[WEST, 42.527], [EAST, 42.527]], highway="primary", tunnel="yes"),
        feature("LineString", [[WEST, 42.5275], [EAST, 42.5275]], highway="construction"),
        feature("Point", [MIDDLE, 42.52], place="hamlet", name="村"),
        feature("Point", [0.0, 0.0], place="hamlet", name="elsewhere"),
        {"type": "Feature", "geometry": None, "properties": {"name": "nowhere"}},
    ]
    terrain = read_terrain([heights, geojson(tmp_path / "m.geojson", features)])
    assert terrain.trails[at(terrain, MIDDLE, 42.525)] == Trail.ROAD
    assert terrain.trails[at(terrain, MIDDLE, 42.522)] == Trail.TRACK
    assert terrain.trails[at(terrain, MIDDLE, 42.527)] == Trail.NONE
    assert terrain.land_cover[at(terrain, MIDDLE + 0.005, 42.5185)] == LandCover.FOREST
    assert terrain.water[at(terrain, WEST + 0.005, 42.518)] == Water.LAKE
    assert terrain.water[at(terrain, MIDDLE, 42.523)] == Water.STREAM
    assert {(name.label, name.kind) for name in terrain.names} == {("村", "hamlet"), ("Lac d'Engolasters", "water")}
    assert "1 tunnels of roads and paths were left out" in terrain.warnings
    assert terrain.provenance[-1].name == "GeoJSON map"


def test_the_sea_stops_people_at_its_shore(tmp_path: Path, heights: Path) -> None:
    """A coastline is a barrier: OSM draws no area for the sea beyond it."""
    shore = feature("LineString", [[MIDDLE, 42.40], [MIDDLE, 42.60]], natural="coastline")
    assert crossed(read_terrain([heights, geojson(tmp_path / "c.geojson", [shore])])) is None


def test_a_zipped_geojson_is_the_same(tmp_path: Path, heights: Path) -> None:
    """`.geojson.gz` gives what `.geojson` gives."""
    plain = geojson(tmp_path / "m.geojson", [RIVER])
    packed = tmp_path / "m.geojson.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    one, two = read_terrain([heights, plain]), read_terrain([heights, packed])
    assert np.array_equal(one.water, two.water)


def test_an_extract_with_border_and_areas(tmp_path: Path, heights: Path) -> None:
    """A `.pbf` gives nodes, ways and areas; a border's level may stand on its relation only."""
    nodes = {
        1: (WEST, 42.515, {}),
        2: (EAST, 42.515, {}),
        3: (EAST, 42.518, {}),
        4: (WEST, 42.518, {}),
        5: (MIDDLE, 42.515, {}),
        6: (MIDDLE, NORTH, {}),
        7: (MIDDLE + 0.003, 42.525, {"natural": "peak", "name": "Pic Negre"}),
        8: (WEST, 42.522, {}),
        9: (EAST, 42.522, {}),
    }
    ways = [
        (10, [1, 2, 3, 4, 1], {"landuse": "forest"}),
        (11, [5, 6], {"note": "a side of the border"}),
        (12, [8, 9], {"highway": "track"}),
        (13, [8, 99], {"highway": "track"}),
    ]
    border = (20, [("w", 11, "outer")], {"type": "boundary", "boundary": "administrative", "admin_level": "2"})
    path = pbf(tmp_path / "x.osm.pbf", nodes, ways, [border])
    terrain = read_terrain([heights, path])
    assert terrain.land_cover[at(terrain, MIDDLE, 42.5165)] == LandCover.FOREST
    assert terrain.trails[at(terrain, MIDDLE, 42.522)] == Trail.TRACK
    assert terrain.border[at(terrain, MIDDLE, 42.52)]
    assert not terrain.border[at(terrain, MIDDLE + 0.005, 42.52)]
    assert [name.label for name in terrain.names] == ["Pic Negre"]
    assert terrain.provenance[-1].licence == "ODbL 1.0"
    assert not read_terrain([heights, path], border_level=1).border.any()


def test_the_map_gives_the_area(tmp_path: Path) -> None:
    """Without an area, the part of the elevation that the extract covers is taken."""
    wide = geotiff(tmp_path / "wide.tif", np.full((400, 400), 500, np.float32))
    path = pbf(tmp_path / "x.osm.pbf", {1: (WEST, SOUTH, {}), 2: (EAST, NORTH, {})}, [(3, [1, 2], {"highway": "path"})])
    terrain = read_terrain([wide, path])
    assert terrain.cols < 100 and terrain.rows < 60
