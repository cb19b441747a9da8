"""How far he can have come, on ground small enough to reckon by hand."""

from __future__ import annotations

import numpy as np
import pytest

from wayhome.engines.search import SearchError, arrivals, cut_off, distances_for, where_can_he_be
from wayhome.terrain.grid import Terrain
from wayhome.terrain.speed import HIKER
from wayhome.terrain.travel import Start, travel

SIDE = 121
CELL_M = 50.0


def flat(*, border_col: int | None = None, trail_row: int | None = None) -> Terrain:
    """6 km of level open ground, with a border running north to south and a trail running east where asked for."""
    shape = (SIDE, SIDE)
    border = np.zeros(shape, np.bool_)
    if border_col is not None:
        border[:, border_col] = True
    trails = np.zeros(shape, np.uint8)
    if trail_row is not None:
        trails[trail_row] = 1
    return Terrain(
        elevation_m=np.full(shape, 100.0, np.float32),
        cell_m=CELL_M,
        epsg=32631,
        west_m=400_000.0,
        north_m=4_700_000.0,
        land_cover=np.ones(shape, np.uint8),
        trails=trails,
        water=np.zeros(shape, np.uint8),
        crossings=np.zeros(shape, np.uint8),
        border=border,
    )


def test_on_level_open_ground_nobody_comes_farther_than_toblers_speed_off_trails() -> None:
    """3.0 km/h off trails: the bound after half an hour is 1.5 km or the cell before it, and never more."""
    terrain = flat()
    found = where_can_he_be(terrain, terrain.place_of(60, 60), 0.5, HIKER)
    east = found.reach.hours[60, 60:]
    far_m = (np.isfinite(east).sum() - 1) * CELL_M
    assert 1.4 * 1000 <= far_m <= 0.5 * 6 * np.exp(-3.5 * 0.05) * 0.6 * 1000


def test_the_border_is_reached_when_the_hours_to_it_have_passed() -> None:
    """The border 1 km away is reached after 1 km at the speed off trails, and not at all in less."""
    terrain = flat(border_col=80)
    found = where_can_he_be(terrain, terrain.place_of(60, 60), 1.0, HIKER)
    assert found.border is not None
    assert found.border.hours == pytest.approx(1.0 / (6 * np.exp(-3.5 * 0.05) * 0.6), rel=0.01)
    assert where_can_he_be(terrain, terrain.place_of(60, 60), 0.2, HIKER).border is None


def test_the_answer_names_what_it_rests_on_and_what_it_cannot_say() -> None:
    """No picture goes out without its provenance and 'not validated on finds'."""
    terrain = flat()
    rings = distances_for("Hiker", ecoregion="temperate", terrain="mountainous")
    found = where_can_he_be(terrain, terrain.place_of(60, 60), 3.0, HIKER, rings, evader=True)
    said = " ".join(found.cannot_say)
    assert "not validated on finds" in said and "too tight" in said and "evader" in said and "left the map" in said
    assert any("Koester" in source for source in found.provenance)
    assert [ring.percent for ring in found.rings] == [25, 50, 75, 95]


def test_coarse_ground_is_said_beside_the_answer() -> None:
    """On 50 m cells the answer itself says that cliffs are invisible."""
    terrain = flat()
    found = where_can_he_be(terrain, terrain.place_of(60, 60), 0.5, HIKER)
    assert any("50 m: cliffs are invisible" in said for said in found.cannot_say)


def test_hours_that_are_none_or_too_many_are_refused() -> None:
    """A bound needs hours above nothing, and at most ten days of them."""
    terrain = flat()
    for hours in (0.0, -1.0, float("nan"), 1000.0):
        with pytest.raises(SearchError):
            where_can_he_be(terrain, terrain.place_of(60, 60), hours, HIKER)


def test_ours_cut_him_off_only_where_they_stand_before_he_can_come_by() -> None:
    """Every place proposed is reached by ours a quarter of an hour before he can be there, and they lie apart."""
    terrain = flat(trail_row=60)
    his = travel(terrain, [Start(terrain.place_of(60, 5))], HIKER)
    ours = [Start(terrain.place_of(60, 110), name="A"), Start(terrain.place_of(10, 60), name="B")]
    places = cut_off(his, ours)
    assert places and all(place.ahead_h >= 0.25 for place in places)
    assert [place.his_h for place in places] == sorted(place.his_h for place in places)


def test_ours_arrive_soonest_first_and_those_who_cannot_come_last() -> None:
    """Arrivals count when each sets out."""
    terrain = flat()
    goal = travel(terrain, [Start(terrain.place_of(60, 60))], HIKER, toward=True)
    near, far = terrain.place_of(60, 70), terrain.place_of(60, 100)
    found = arrivals(goal, [Start(near, at_h=2.0, name="near, late"), Start(far, name="far, now")])
    assert [one.name for one in found] == ["far, now", "near, late"]
