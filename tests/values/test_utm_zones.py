"""The zones of Norway and Svalbard, and that grid references and terrain agree on every one."""

from __future__ import annotations

import pytest

from wayhome.formats.grids import project, zone_limits, zone_of
from wayhome.terrain.utm import to_metres, utm_epsg
from wayhome.values.places import Place
from wayhome.values.utm_zones import NORWAY, SVALBARD, uneven_zone


@pytest.mark.parametrize(
    ("lat", "lon", "zone"),
    [
        (56.0, 3.0, 32),
        (63.99, 11.99, 32),
        (60.0, 2.99, 31),
        (60.0, 12.0, None),
        (60.0, -0.01, None),
        (55.99, 4.0, None),
        (64.0, 4.0, None),
        (71.99, 8.0, None),
        (72.0, 0.0, 31),
        (78.0, 8.99, 31),
        (78.0, 9.0, 33),
        (78.0, 20.99, 33),
        (78.0, 21.0, 35),
        (78.0, 33.0, 37),
        (84.0, 41.99, 37),
        (78.0, 42.0, None),
        (-60.0, 5.0, None),
    ],
)
def test_uneven_zones_begin_and_end_where_agreed(lat: float, lon: float, zone: int | None) -> None:
    """To the hundredth of a degree on each of their edges, and nowhere else."""
    assert uneven_zone(lat, lon) == zone


@pytest.mark.parametrize("edges", [NORWAY, SVALBARD])
def test_uneven_zones_leave_no_gap(edges: dict[int, tuple[float, float]]) -> None:
    """Each begins where the last one ended, and together they fill whole zones of six degrees."""
    sides = list(edges.values())
    assert [west for west, _ in sides[1:]] == [east for _, east in sides[:-1]]
    assert sides[0][0] == 0.0 and sides[-1][1] % 6 == 0


def test_grid_references_and_terrain_agree() -> None:
    """All over the globe both rooms name the same zone, put a place to the same tenth of a micrometre, and hold it."""
    for lat in range(-80, 84, 4):
        for lon in range(-180, 180, 3):
            place = Place(lat + 0.5, float(lon))
            epsg = utm_epsg(place)
            zone = zone_of(place.lat, place.lon)
            assert epsg % 100 == zone
            limits = zone_limits(zone, "CDEFGHJKLMNPQRSTUVWX"[min((lat + 80) // 8, 19)])
            assert limits is not None and limits[0] <= lon < limits[1]
            east, north = to_metres(epsg, place)
            ours = project(place, zone)
            assert ours == pytest.approx((east, north - (1e7 if lat < 0 else 0)), abs=1e-7, rel=0)


def test_the_meridian_of_180_belongs_to_two_zones() -> None:
    """A grid reference there is read in zone 1, a terrain there lies in zone 60."""
    assert zone_of(10.0, 180.0) == 1
    assert utm_epsg(Place(10.0, 180.0)) == 32660
