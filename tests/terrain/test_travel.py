"""Travel times: right against a plain shortest path, and right in the ways a person on the ground would notice."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.terrain.conftest import ground
from tests.terrain.plain import plain_hours

from wayhome.terrain.errors import OffMap, TerrainError
from wayhome.terrain.grid import Terrain
from wayhome.terrain.speed import HIKER, PROFILES, Profile, profile, tobler_km_h
from wayhome.terrain.travel import Start, Travel, travel
from wayhome.values.chance import generator
from wayhome.values.places import Place

Make = Callable[..., Terrain]


def random_ground(seed: int, rows: int, cols: int, steep_m: float) -> Terrain:
    """Every feature at once: slopes up to cliffs, all covers, trails, streams, rivers, crossings, voids."""
    chance = generator(seed, "random ground")
    shape = (rows, cols)
    height = chance.normal(0, steep_m, shape).astype(np.float32) + 500
    height[chance.random(shape) < 0.05] = np.nan
    height[rows // 2, cols // 2] = 500
    return ground(
        rows,
        cols,
        elevation_m=height,
        land_cover=chance.integers(0, 9, shape, np.uint8),
        trails=np.where(chance.random(shape) < 0.4, chance.integers(1, 4, shape), 0).astype(np.uint8),
        water=np.where(chance.random(shape) < 0.4, chance.integers(1, 4, shape), 0).astype(np.uint8),
        crossings=np.where(chance.random(shape) < 0.1, chance.integers(1, 3, shape), 0).astype(np.uint8),
    )


@settings(max_examples=150, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    rows=st.integers(3, 11),
    cols=st.integers(3, 11),
    steep_m=st.sampled_from([0.0, 3.0, 12.0, 40.0]),
    walker=st.sampled_from(sorted(PROFILES)),
    toward=st.booleans(),
    limit_h=st.sampled_from([math.inf, 0.05, 0.2]),
    late=st.none() | st.floats(0, 0.5),
)
def test_as_a_plain_shortest_path(
    seed: int, rows: int, cols: int, steep_m: float, walker: str, toward: bool, limit_h: float, late: float | None
) -> None:
    """Every cell has the hours of a plain heap search, with every feature, both ways, limits and late starts."""
    terrain = random_ground(seed, rows, cols, steep_m)
    begun = {(rows // 2, cols // 2): 0.0}
    if late is not None and not np.isnan(terrain.elevation_m[0, 0]):
        begun[0, 0] = late
    starts = [Start(terrain.place_of(*cell), hours) for cell, hours in begun.items()]
    found = travel(terrain, starts, profile(walker), limit_h=limit_h, toward=toward)
    plain = plain_hours(terrain, begun, profile(walker), limit_h=limit_h, backwards=toward)
    expected = np.full((rows, cols), np.inf)
    for cell, hours in plain.items():
        expected[cell] = hours
    near_limit = np.abs(np.where(np.isfinite(expected), expected, 0) - limit_h) < 1e-6
    assert np.allclose(np.where(near_limit, 0, found.hours), np.where(near_limit, 0, expected), rtol=1e-5)


def hours_along(terrain: Terrain, a: tuple[int, int], b: tuple[int, int], walker: Profile = HIKER) -> float | None:
    found = travel(terrain, [Start(terrain.place_of(*a))], walker)
    return found.hours_at(terrain.place_of(*b))


def test_flat_trail_takes_toblers_time(make_ground: Make) -> None:
    """300 m of level trail take what Tobler's 5.04 km/h say, and 3/5 of the speed is left off the trail."""
    on = np.zeros((12, 15), np.uint8)
    on[5] = 1
    quick = hours_along(make_ground(trails=on), (5, 2), (5, 12))
    slow = hours_along(make_ground(), (5, 2), (5, 12))
    assert quick == pytest.approx(0.3 / tobler_km_h(0), rel=1e-6)
    assert slow == pytest.approx(0.3 / tobler_km_h(0) / 0.6, rel=1e-6)
    assert tobler_km_h(0) == pytest.approx(5.037, abs=1e-3)
    assert tobler_km_h(-0.05) == 6.0


def test_downhill_is_quicker_than_uphill(make_ground: Make) -> None:
    """On a 10 % slope the way down takes less than the way up, and times toward a goal are the other way round."""
    slope = (1000 + 3.0 * np.arange(15, dtype=np.float32))[None].repeat(12, 0)
    terrain = make_ground(elevation_m=slope)
    up, down = hours_along(terrain, (5, 1), (5, 13)), hours_along(terrain, (5, 13), (5, 1))
    assert up is not None and down is not None and down < up
    toward = travel(terrain, [Start(terrain.place_of(5, 13))], toward=True)
    assert toward.hours_at(terrain.place_of(5, 1)) == pytest.approx(up)
    assert toward.cells_to(5, 1)[0] == (5, 1)
    assert toward.cells_to(5, 1)[-1] == (5, 13)


@pytest.mark.parametrize("river", ["straight", "diagonal", "staircase"])
def test_a_river_is_crossed_only_where_it_opens(make_ground: Make, river: str) -> None:
    """A one-cell river cannot be slipped through, not even at a corner; a bridge or ford opens it."""
    water = np.zeros((15, 15), np.uint8)
    for i in range(15):
        water[i, 7 if river == "straight" else i] = 2
        if river == "staircase" and i < 14:
            water[i, i + 1] = 2
    here, there = (7, 0) if river == "straight" else (13, 1), (1, 13)
    shut = hours_along(make_ground(15, 15, water=water), here, there)
    assert shut is None
    for opening in (1, 2):
        crossings = np.zeros((15, 15), np.uint8)
        crossings[4, 7 if river == "straight" else 4] = opening
        if river == "staircase":
            crossings[4, 5] = opening
        opened = hours_along(make_ground(15, 15, water=water, crossings=crossings), here, there)
        assert opened is not None, "the crossing is shut"


def test_a_trail_along_a_river_is_walked_but_not_left_across_it(make_ground: Make) -> None:
    """Where a trail shares its cells with a river one walks along it, and leaves it only where the river is not."""
    water, trails = np.zeros((12, 15), np.uint8), np.zeros((12, 15), np.uint8)
    water[5] = 2
    trails[5, 3:12] = 2
    terrain = make_ground(water=water, trails=trails)
    found = travel(terrain, [Start(terrain.place_of(5, 4))])
    assert found.hours_at(terrain.place_of(5, 11)) is not None
    assert found.hours_at(terrain.place_of(3, 4)) is not None, "a start on the water's edge may leave it"
    north = travel(terrain, [Start(terrain.place_of(2, 2))])
    assert north.hours_at(terrain.place_of(8, 8)) is None
    assert "cell of water" in " ".join(found.cautions)


def test_cliffs_stop_walkers_but_not_trails(make_ground: Make) -> None:
    """A step of 40 m between 30 m cells is a cliff; a trail winds up it, slowly."""
    height = np.full((12, 15), 1000, np.float32)
    height[:, 8:] = 1040
    assert hours_along(make_ground(elevation_m=height), (5, 2), (5, 12)) is None
    trails = np.zeros((12, 15), np.uint8)
    trails[5] = 1
    climbed = hours_along(make_ground(elevation_m=height, trails=trails), (5, 2), (5, 12))
    assert climbed is not None and climbed > 0.3 / tobler_km_h(0)


def test_voids_are_holes_unless_asked(make_ground: Make) -> None:
    """A void is walked round, or crossed where asked; either way it is said; nobody starts in one unasked."""
    height = np.full((12, 15), 1000, np.float32)
    height[:, 7] = np.nan
    terrain = make_ground(elevation_m=height)
    start = Start(terrain.place_of(5, 2))
    shut = travel(terrain, [start])
    assert shut.hours_at(terrain.place_of(5, 12)) is None
    assert any("impassable" in said for said in shut.cautions)
    crossed = travel(terrain, [start], cross_voids=True)
    assert crossed.hours_at(terrain.place_of(5, 12)) is not None
    assert any("nearest known" in said for said in crossed.cautions)
    with pytest.raises(TerrainError, match="void"):
        travel(terrain, [Start(terrain.place_of(5, 7), name="Naia")])


def test_many_starts_and_who_comes_first(make_ground: Make) -> None:
    """Each cell belongs to the start that gets there first; a late start loses cells it would else have."""
    terrain = make_ground(12, 15)
    left, right = terrain.place_of(5, 1), terrain.place_of(5, 13)
    found = travel(terrain, [Start(left, 0, "west"), Start(right, 0, "east")])
    assert found.first_there()[5, 0] == 0
    assert found.first_there()[5, 14] == 1
    late = travel(terrain, [Start(left, 0, "west"), Start(right, 0.05, "east")])
    assert (late.first_there() == 1).sum() < (found.first_there() == 1).sum()
    never = travel(terrain, [Start(left, 0, "west"), Start(right, 9, "east")])
    assert (never.first_there() == 0).all()


def test_the_way_is_as_long_as_its_hours(make_ground: Make) -> None:
    """Walking the traced way step by step takes the hours that stand in its last cell."""
    terrain = random_ground(5, 11, 11, 3.0)
    found = travel(terrain, [Start(terrain.place_of(5, 5))])
    for row, col in np.argwhere(found.reached):
        way = found.cells_to(int(row), int(col))
        assert way[0] == (5, 5) and way[-1] == (row, col)
        assert np.all(np.diff(found.hours[tuple(np.transpose(way))]) > 0)


def test_limit_and_edge(make_ground: Make) -> None:
    """Nothing is reached beyond the limit; a reach that touches the map's edge says that it leaves the map."""
    terrain = make_ground(41, 41)
    start = [Start(terrain.place_of(20, 20))]
    near = travel(terrain, start, limit_h=0.1)
    assert near.hours[near.reached].max() <= 0.1
    assert not near.leaves_map
    assert travel(terrain, start).leaves_map
    assert not travel(terrain, [Start(terrain.place_of(20, 20), 5)], limit_h=1).reached.any()


def test_sixteen_directions_are_nearly_round(make_ground: Make) -> None:
    """On flat open ground no time is more than 2.8 % above the straight line's; eight directions reach 8.3 %."""
    terrain = make_ground(101, 101)
    rows, cols = np.mgrid[0:101, 0:101]
    straight = np.hypot(rows - 50, cols - 50) * 0.03 / tobler_km_h(0) / 0.6
    for directions, most in ((16, 1.028), (8, 1.083)):
        found = travel(terrain, [Start(terrain.place_of(50, 50))], directions=directions)
        ratio = found.hours[straight > 0] / straight[straight > 0]
        assert ratio.min() > 1 - 1e-6
        assert most - 0.01 < ratio.max() < most


def test_same_answer_twice() -> None:
    """The same ground and starts give the same bytes."""
    terrain = random_ground(9, 11, 11, 3.0)
    one, two = (travel(terrain, [Start(terrain.place_of(5, 5))]) for _ in range(2))
    assert one.hours.tobytes() == two.hours.tobytes()
    assert one.came_by.tobytes() == two.came_by.tobytes()


def _ask(terrain: Terrain, **wrong: object) -> Travel:
    asked = {"starts": [Start(terrain.place_of(5, 5))], "walker": HIKER} | wrong
    return travel(terrain, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts": []},
        {"starts": [Start(Place(42.6, 1.42), -1.0)]},
        {"starts": [Start(Place(42.6, 1.42), float("nan"))]},
        {"limit_h": 0.0},
        {"limit_h": float("nan")},
        {"directions": 12},
    ],
)
def test_bad_questions_are_refused(make_ground: Make, wrong: dict[str, object]) -> None:
    """No start, a time that is none, a limit of nothing: each is refused with a word."""
    with pytest.raises(TerrainError):
        _ask(make_ground(), **wrong)


def test_a_start_off_the_map_is_refused(make_ground: Make) -> None:
    """A start off the map says how far off."""
    with pytest.raises(OffMap, match="off the map"):
        _ask(make_ground(), starts=[Start(Place(10, 10))])


@pytest.mark.parametrize(("on_trail", "max_slope"), [(0.0, 1.0), (float("nan"), 1.0), (99.0, 1.0), (1.0, 0.0)])
def test_impossible_walkers_are_refused(on_trail: float, max_slope: float) -> None:
    """A walker who stands still or flies is refused."""
    with pytest.raises(TerrainError):
        Profile(name="x", on_trail=on_trail, max_slope=max_slope)


def test_every_walker_says_what_its_figures_rest_on() -> None:
    """Each walker, also at night and with a load, names a source or says that a figure is our own assumption."""
    for walker in PROFILES.values():
        for one in (walker, walker.at_night(), walker.loaded(), walker.times(0.9, "tired")):
            assert one.basis
            assert one is walker or len(one.basis) == len(walker.basis) + 1
    assert HIKER.at_night().on_trail < HIKER.on_trail
    with pytest.raises(TerrainError, match="there is"):
        profile("ニンジャ")
