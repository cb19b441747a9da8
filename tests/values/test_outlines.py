"""Lengths, areas and crossings of what is drawn on the ground, against known figures and a geometry library."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import Polygon

from wayhome.values.outlines import across_m, area_m2, crosses_itself, length_m
from wayhome.values.places import EARTH_RADIUS_M, Place, distance_m

SPHERE = Geod(a=EARTH_RADIUS_M, b=EARTH_RADIUS_M)


def square(lat: float, lon: float, side: float) -> list[Place]:
    corners = ((0.0, 0.0), (0.0, side), (side, side), (side, 0.0))
    return [Place(lat + up, (lon + right + 180) % 360 - 180) for up, right in corners]


@pytest.mark.parametrize(("lat", "lon"), [(42.5, 1.5), (-17.0, 179.99), (0.0, -179.995), (70.0, 25.0), (-0.005, 0.0)])
def test_areas_are_those_of_the_sphere(lat: float, lon: float) -> None:
    """A square of a hundredth of a degree has the area that a geodesy library gives it, across the antimeridian too."""
    outline = square(lat, lon, 0.01)
    expected = abs(SPHERE.polygon_area_perimeter([p.lon for p in outline], [p.lat for p in outline])[0])
    assert area_m2(outline) == pytest.approx(expected, rel=1e-4)
    assert area_m2(outline[::-1]) == pytest.approx(area_m2(outline))


def test_a_small_outline_keeps_its_area() -> None:
    """A car park of ten metres by ten is a hundred square metres."""
    north = math.degrees(10 / EARTH_RADIUS_M)
    east = north / math.cos(math.radians(42.5))
    outline = [Place(42.5, 1.5), Place(42.5, 1.5 + east), Place(42.5 + north, 1.5 + east), Place(42.5 + north, 1.5)]
    assert area_m2(outline) == pytest.approx(100, rel=1e-3)


def test_a_length_is_the_sum_of_its_pieces() -> None:
    """A way there and back is twice as long; of one point or none there is no length and no area."""
    here, there = Place(42.5, 1.5), Place(42.6, 1.6)
    assert length_m([here, there, here]) == pytest.approx(2 * distance_m(here, there))
    assert (length_m([here]), length_m([]), area_m2([here, there]), area_m2([])) == (0, 0, 0, 0)


@given(st.lists(st.builds(Place, st.floats(-80, 80), st.floats(-60, 60)), min_size=2, max_size=6))
def test_no_two_points_lie_farther_apart_than_across(points: list[Place]) -> None:
    """`across_m` is at least the distance of any two, and nothing for one point alone."""
    assert across_m(points) >= max(distance_m(one, other) for one in points for other in points) - 1e-6
    assert across_m(points[:1]) == across_m([]) == 0


def test_across_the_antimeridian_is_not_around_the_world() -> None:
    """Two points on either side of it are neighbours."""
    assert across_m([Place(-17, 179.99), Place(-17, -179.99)]) < 3_000


BOW = [Place(42.0, 1.0), Place(42.1, 1.1), Place(42.1, 1.0), Place(42.0, 1.1)]


@pytest.mark.parametrize(
    ("outline", "crosses"),
    [
        (square(42.0, 1.0, 0.1), False),
        (square(-17.0, 179.95, 0.1), False),
        (BOW, True),
        ([Place(p.lat, (p.lon + 178.95 + 180) % 360 - 180) for p in BOW], True),
        (square(42.0, 1.0, 0.1)[:3], False),
        ([Place(42, 1), Place(42, 1), *square(42.0, 1.0, 0.1)[1:]], False),
        ([Place(0, 0), Place(0, 2), Place(1, 2), Place(0, 1), Place(1, 0)], True),
        ([], False),
        ([Place(1, 1)], False),
    ],
)
def test_an_outline_that_crosses_itself(outline: list[Place], crosses: bool) -> None:
    """A bow tie does, a square does not; a corner on another side does; a corner said twice does not."""
    assert crosses_itself(outline) is crosses


@given(st.lists(st.tuples(st.integers(-30, 30), st.integers(-30, 30)), min_size=4, max_size=9, unique=True))
def test_crossings_are_those_of_a_geometry_library(corners: list[tuple[int, int]]) -> None:
    """Any outline of distinct corners crosses itself exactly where its polygon is not valid."""
    polygon = Polygon([(x, y) for x, y in corners])
    straight_back = any(
        (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])
        for a, b, c in zip(corners, corners[1:] + corners[:1], corners[2:] + corners[:2], strict=True)
    )
    assume(not straight_back)
    assert crosses_itself([Place(float(y), float(x)) for x, y in corners]) is not polygon.is_valid


def test_two_thousand_corners_take_no_time() -> None:
    """The longest outline that can be drawn is checked well within a second."""
    turns = [2 * math.pi * n / 2_000 for n in range(2_000)]
    star = [Place(42 + (0.1 if n % 2 else 0.05) * math.sin(t), 1 + 0.1 * math.cos(t)) for n, t in enumerate(turns)]
    began = time.process_time()
    assert not crosses_itself(star[::2])
    crosses_itself(star)
    comb = [Place(42 + 0.1 * (n // 2 % 2), 1 + n * 1e-4) for n in range(1_998)] + [Place(43, 1.5), Place(43, 1.0)]
    crosses_itself(comb)
    assert time.process_time() - began < 1.0
