"""Maps for other programs: GeoTIFF as rasterio reads it back, GeoJSON as RFC 7946 wants it."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from rasterio.io import MemoryFile
from tests.fakes.ground import CELL_M, MIDDLE, ground
from tests.links.test_map_picture import searched

from wayhome.links.map_files import NODATA, _area, geojson, geotiff
from wayhome.links.map_frame import circle_lonlat
from wayhome.links.map_maker import Maps
from wayhome.usecases.search.map_plan import MapPlan, Marker
from wayhome.values.places import Place, distance_m


def test_a_geotiff_says_what_it_holds_and_where_it_lies() -> None:
    """Hours and reach come back with their units, no-data, zone and corner; the cautions travel in the file."""
    plan = searched()
    with MemoryFile(geotiff(plan)) as memory, memory.open() as file:
        assert file.crs.to_epsg() == 32631
        assert file.nodata == NODATA
        assert file.units == ("h", "1")
        assert file.descriptions == ("hours on foot from the initial point", "within 0.6 h")
        assert file.transform.a == CELL_M
        assert (file.transform.c, file.transform.f) == (ground().west_m, ground().north_m)
        hours, reach = file.read(1), file.read(2)
        row, col = file.index(*_metres())
        assert "not validated on finds" in file.tags()["CAUTIONS"]
        assert "Koester" in file.tags()["PROVENANCE"]
    assert plan.whereabouts is not None
    reached = plan.whereabouts.reach.reached
    assert hours[row, col] == 0
    assert np.allclose(hours[reached], plan.whereabouts.reach.hours[reached])
    assert (hours[~reached] == NODATA).all()
    assert (reach[reached] == 1).all() and reach[0, 0] == NODATA and set(np.unique(reach)) == {NODATA, 0, 1}


def _metres() -> tuple[float, float]:
    from wayhome.terrain.utm import to_metres

    return to_metres(32631, MIDDLE)


def test_ground_as_a_geotiff_keeps_its_layers() -> None:
    """Without a search the layers of the ground come back; a void is no data."""
    with MemoryFile(geotiff(MapPlan(title="x", terrain=ground()))) as memory, memory.open() as file:
        assert file.descriptions[0] == "elevation"
        assert file.units[0] == "m"
        height = file.read(1)
    assert height[0, 0] == NODATA
    assert np.allclose(height[10:], ground().elevation_m[10:])


def signed_area(ring: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def check_rings(geometry: dict[str, Any]) -> None:
    """Rings are closed, outlines run against the clock, holes with it, nobody leaves the globe."""
    for polygon in geometry["coordinates"]:
        for number, ring in enumerate(polygon):
            assert ring[0] == ring[-1] and len(ring) >= 4
            assert (signed_area(ring) > 0) == (number == 0)
            assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring)


def test_geojson_obeys_its_standard_and_says_what_it_rests_on() -> None:
    """Isochrones, rings and markers by the right-hand rule, longitude first; the words are foreign members."""
    plan = searched(markers=(Marker("team", "فريق", Place(42.505, 1.55)),), hours=1.2)
    read = json.loads(geojson(plan))
    assert read["type"] == "FeatureCollection" and "crs" not in read
    assert any("not validated on finds" in said for said in read["wayhome"]["cannot_say"])
    kinds = [feature["properties"]["kind"] for feature in read["features"]]
    assert {"isochrone", "distance ring", "IPP", "team"} <= set(kinds)
    for feature in read["features"]:
        if feature["geometry"]["type"] == "MultiPolygon":
            check_rings(feature["geometry"])
    point = next(f for f in read["features"] if f["properties"]["kind"] == "IPP")
    assert point["geometry"]["coordinates"] == [1.55, 42.5]
    half = next(f for f in read["features"] if f["properties"].get("percent") == 50)
    lon, lat = half["geometry"]["coordinates"][0][0][0]
    assert distance_m(MIDDLE, Place(lat, lon)) == pytest.approx(half["properties"]["radius_m"], rel=1e-3)


def test_a_ring_across_the_antimeridian_is_cut_in_two() -> None:
    """RFC 7946, 3.1.9: a polygon that crosses 180 degrees is two polygons."""
    feature = _area([[circle_lonlat(Place(-17.0, 179.99), 20_000)]], {})
    assert len(feature["geometry"]["coordinates"]) == 2
    check_rings(feature["geometry"])


def test_the_maker_knows_three_forms() -> None:
    """Anything else is refused by name."""
    plan = searched()
    assert Maps().make(plan, "tif")[:2] in (b"II", b"MM")
    assert Maps().make(plan, "geojson").startswith(b"{")
    assert Maps().make(plan, "png").startswith(b"\x89PNG")
    with pytest.raises(ValueError, match="bmp"):
        Maps().make(plan, "bmp")


def test_files_are_the_same_twice() -> None:
    """The same plan gives the same bytes."""
    assert geotiff(searched()) == geotiff(searched())
    assert geojson(searched()) == geojson(searched())
