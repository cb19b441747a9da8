"""Isochrones and the border."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from shapely.geometry import Point, Polygon

from wayhome.terrain.border import time_to_border
from wayhome.terrain.errors import TerrainError
from wayhome.terrain.grid import Terrain
from wayhome.terrain.isochrones import Isochrone, isochrones
from wayhome.terrain.speed import tobler_km_h
from wayhome.terrain.travel import Start, travel
from wayhome.terrain.utm import from_lonlat

Make = Callable[..., Terrain]


def shapes(terrain: Terrain, line: Isochrone) -> list[Polygon]:
    return [
        Polygon(from_lonlat(terrain.epsg, rings[0]), [from_lonlat(terrain.epsg, hole) for hole in rings[1:]])
        for rings in line.polygons
    ]


def test_a_ring_on_flat_ground(make_ground: Make) -> None:
    """On flat open ground an isochrone is nearly a circle of the speed's radius, turned by the right-hand rule."""
    terrain = make_ground(101, 101)
    found = travel(terrain, [Start(terrain.place_of(50, 50))])
    (line,) = isochrones(found, [0.4])
    (shape,) = shapes(terrain, line)
    radius_m = 400 * tobler_km_h(0) * 0.6
    assert shape.exterior.is_ccw
    assert line.area_km2 == pytest.approx(np.pi * radius_m**2 / 1e6, rel=0.05)
    assert shape.area / 1e6 == pytest.approx(line.area_km2, rel=1e-6)


def test_reached_cells_lie_inside(make_ground: Make) -> None:
    """Every cell well within the hours lies inside, every cell well beyond lies outside; holes turn with the clock."""
    water = np.zeros((41, 41), np.uint8)
    water[15:19, 15:19] = 3
    terrain = make_ground(41, 41, water=water)
    found = travel(terrain, [Start(terrain.place_of(20, 20))])
    (line,) = isochrones(found, [0.2])
    made = shapes(terrain, line)
    assert any(not hole.is_ccw for shape in made for hole in shape.interiors)
    assert all(not hole.is_ccw for shape in made for hole in shape.interiors)
    for row in range(0, 41, 3):
        for col in range(0, 41, 3):
            inside = any(shape.contains(Point(terrain.metres_of(row, col))) for shape in made)
            if abs(found.hours[row, col] - 0.2) > 0.01:
                assert inside == (found.hours[row, col] < 0.2)


def test_no_line_runs_along_a_river_that_is_crossed(make_ground: Make) -> None:
    """A river with a bridge cuts no slit into the ground reached on both of its banks."""
    water, crossings = np.zeros((41, 41), np.uint8), np.zeros((41, 41), np.uint8)
    water[:, 22], crossings[20, 22] = 2, 2
    terrain = make_ground(41, 41, water=water, crossings=crossings)
    (line,) = isochrones(travel(terrain, [Start(terrain.place_of(20, 20))]), [0.15])
    (shape,) = shapes(terrain, line)
    assert not shape.interiors
    assert shape.area > 0.95 * shape.convex_hull.area


def test_isochrones_nest(make_ground: Make) -> None:
    """More hours reach more ground."""
    found = travel(ground := make_ground(60, 60), [Start(ground.place_of(30, 30))])
    areas = [line.area_km2 for line in isochrones(found, [0.3, 0.1, 0.2])]
    assert areas == sorted(areas)


@pytest.mark.parametrize("hours", [[], [0.0], [-1.0], [float("nan")], [2.0], [0.01 * i + 0.001 for i in range(101)]])
def test_bad_hours_are_refused(make_ground: Make, hours: list[float]) -> None:
    """No hours, hours that are none, or beyond what was computed: refused."""
    terrain = make_ground()
    found = travel(terrain, [Start(terrain.place_of(5, 5))], limit_h=1.5)
    with pytest.raises(TerrainError):
        isochrones(found, hours)


def test_time_to_the_border(make_ground: Make) -> None:
    """The earliest cell of the border, its hours and the way there; none when out of reach or unknown."""
    border = np.zeros((12, 15), np.bool_)
    border[:, 12] = True
    terrain = make_ground(border=border)
    start = [Start(terrain.place_of(5, 2))]
    found = time_to_border(travel(terrain, start))
    assert found is not None
    assert found.hours == pytest.approx(0.3 / tobler_km_h(0) / 0.6)
    assert terrain.cell_of(found.place) == (5, 12)
    assert terrain.cell_of(found.way[0]) == (5, 2)
    assert time_to_border(travel(terrain, start, limit_h=0.01)) is None
    with pytest.raises(TerrainError, match="toward"):
        time_to_border(travel(terrain, start, toward=True))
    with pytest.raises(TerrainError, match="no border"):
        time_to_border(travel(make_ground(), start))
