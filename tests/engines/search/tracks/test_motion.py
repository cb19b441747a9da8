"""Tracks are whole, can be walked again, and never go where nobody can."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.search.tracks.worlds import CELL_M, EVERYTHING, rough, walker, world

from wayhome.engines.search import SearchError
from wayhome.engines.search.tracks import Cloud, Light, Mix, StartOf, imagine, subject_of
from wayhome.engines.search.tracks.ground import packed_ground
from wayhome.engines.search.tracks.walking import BACK, LEFT, STOPPED
from wayhome.terrain.errors import TerrainError
from wayhome.terrain.grid import Terrain
from wayhome.terrain.speed import PROFILES
from wayhome.terrain.travel import Start, travel
from wayhome.values.places import Place


def cloud_on(terrain: Terrain, *, hours: float = 6, tracks: int = 200, seed: int = 1, mix: Mix = EVERYTHING) -> Cloud:
    start = StartOf(place=terrain.place_of(terrain.rows // 2, terrain.cols // 2), within_m=60, until_min=45)
    return imagine(terrain, walker(mix), start, hours, tracks, seed, light=Light(hour=18))


def digest(cloud: Cloud) -> str:
    rows, cols = cloud.positions(0, cloud.minutes, 7.3)
    return hashlib.sha256(cloud.strands[0].states.tobytes() + rows.tobytes() + cols.tobytes()).hexdigest()


def test_the_same_seed_gives_the_same_bytes_in_pieces() -> None:
    """All at once, again, and tracks made in two halves: the same bytes; another seed, others. For other processes see
    `tests/engines/search/test_same_bytes.py`."""
    whole = cloud_on(rough(3))
    assert digest(cloud_on(rough(3))) == digest(whole) != digest(cloud_on(rough(3), seed=2))
    start = whole.strands[0].start
    late = imagine(rough(3), walker(), start, 6, 80, 1, light=Light(hour=18), first=120)
    assert np.array_equal(late.strands[0].states, whole.strands[0].states[120:])
    assert np.array_equal(late.positions(33, 300, 11)[0], whole.positions(33, 300, 11)[0][120:])


def test_a_piece_walked_again_is_where_the_whole_track_was() -> None:
    """Positions asked for alone, late, or of a few tracks are those of the whole question; turning back included."""
    cloud = cloud_on(rough(5), hours=10)
    assert any((cloud.modes(m) == BACK).any() for m in range(0, 600, 30))
    rows, cols = cloud.positions(0, 600, 5)
    for minute in (0, 5, 30, 245, 415, 600):
        again_r, again_c = cloud.positions_at([minute])
        assert np.array_equal(again_r[:, 0], rows[:, minute // 5])
        assert np.array_equal(again_c[:, 0], cols[:, minute // 5])
    few = np.array([3, 77, 150])
    assert np.array_equal(cloud.positions(0, 600, 5, who=few)[1], cols[few])


def test_ground_met_again_is_as_if_met_for_the_first_time() -> None:
    """Whatever others before him headed for, one meets the words that a new one would."""
    ground, goal = rough(4), (rough(4).place_of(10, 10),)
    walkers = [PROFILES[name] for name in ("child", "hiker", "child", "evader", "child")]
    asked = [(who, to) for who in walkers for to in (goal, (), goal)]
    met = [packed_ground(ground, who, to).words for who, to in asked]
    new = [packed_ground(rough(4), who, to).words for who, to in asked]
    assert all(np.array_equal(one, other) for one, other in zip(met, new, strict=True))
    assert not np.array_equal(met[0], met[1]) and not np.array_equal(met[1], met[4])


def test_who_turns_back_walks_where_he_came_from() -> None:
    """Every cell of a half hour of turning back was stood on in the two hours and a half before it."""
    cloud = cloud_on(rough(5), hours=10)
    rows, cols = (np.rint(x).astype(int) for x in cloud.positions(0, 600, 0.1, who=np.arange(60)))
    seen = 0
    for block in range(6, 20):
        for i in np.nonzero(cloud.modes(block * 30)[:60] == BACK)[0]:
            if cloud.modes((block - 1) * 30)[i] == BACK:
                continue
            now, then = slice(block * 300, block * 300 + 300), slice(max(0, block * 300 - 1200), block * 300 + 1)
            before = set(zip(rows[i, then].tolist(), cols[i, then].tolist(), strict=True))
            assert set(zip(rows[i, now].tolist(), cols[i, now].tolist(), strict=True)) <= before
            seen += 1
    assert seen > 10


@pytest.mark.parametrize("dividing", ["river", "cliff", "void", "lake"])
def test_no_track_crosses_what_has_no_crossing(dividing: str) -> None:
    """A wall from edge to edge of one cell's width, slanting: nobody is ever in it or behind it."""
    rows = np.arange(81)
    height, water = np.full((81, 81), 500.0, np.float32), np.zeros((81, 81), np.uint8)
    at = 48 + rows // 8
    for row, col in zip(rows, at, strict=True):
        if dividing == "cliff":
            height[row, col + 1 :] = 600.0
        elif dividing == "void":
            height[row, col : col + 2] = np.nan
        else:
            water[row, col : col + 2] = {"river": 2, "lake": 3}[dividing]
    cloud = cloud_on(world(elevation_m=height, water=water), hours=5)
    r, c = (np.rint(x).astype(int) for x in cloud.positions(0, 300, 0.25))
    assert (c <= at[r]).all() and (c == at[r] - (dividing != "cliff")).any()


def test_a_bridge_is_where_a_river_is_crossed() -> None:
    """With one bridge, people get across, and each of them was on it."""
    water, crossings = np.zeros((81, 81), np.uint8), np.zeros((81, 81), np.uint8)
    water[:, 44], crossings[36, 44] = 2, 2
    cloud = cloud_on(world(water=water, crossings=crossings), hours=6, tracks=600)
    r, c = (np.rint(x).astype(int) for x in cloud.positions(0, 360, 0.2))
    across, on_bridge = (c[:, 0] < 44) & (c > 44).any(axis=1), ((c == 44) & (r == 36)).any(axis=1)
    assert across.sum() > 3 and not (across & ~on_bridge).any()


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_nobody_outruns_the_travel_times(seed: int) -> None:
    """On any ground a cell is reached no sooner than the quickest way by the same rules allows, codes of 3 % given."""
    terrain = rough(seed)
    start = StartOf(place=terrain.place_of(40, 40))
    if np.isnan(terrain.elevation_m[40, 40]):
        return
    cloud = imagine(terrain, walker(), start, 4, 60, seed)
    hours = travel(terrain, [Start(start.place)], walker().walker, directions=8).hours
    minutes = cloud.times(0, 240, 0.5)
    r, c = (np.rint(x).astype(int) for x in cloud.positions_at(minutes))
    step_h = 2 * 60 * terrain.cell_m / 1000
    assert np.isfinite(hours[r, c]).all()
    assert (hours[r, c] * 0.97 <= minutes / 60 + step_h / 60 + 0.35).all()


def test_a_heading_is_kept() -> None:
    """On level ground the mean of many who go along a heading lies along it, to two degrees, for any heading."""
    for degrees in (0.0, 20.0, 100.0, 215.0, 300.0):
        subject = walker(Mix(direction=1), heading_deg=degrees, heading_sd_deg=0.0)
        terrain = world(201, 201)
        cloud = imagine(terrain, subject, StartOf(place=terrain.place_of(100, 100)), 1, 3000, 4)
        rows, cols = cloud.positions_at([30.0])
        north, east = -(rows.mean() - 100), cols.mean() - 100
        off = (np.degrees(np.arctan2(east, north)) - degrees + 180) % 360 - 180
        nearest = 360 / 32 / 2
        assert abs(off) < nearest + 2


def test_steps_are_no_longer_than_a_neighbour_and_nobody_flies() -> None:
    """From tenth to tenth of a second nobody is more than a cell and a half on, and in a minute no farther than 6 km/h
    and the step that was under way allow."""
    cloud = cloud_on(rough(8), hours=5)
    rows, cols = cloud.positions(115, 125, 1 / 600)
    assert np.hypot(np.diff(rows), np.diff(cols)).max() <= 1.5
    rows, cols = cloud.positions(0, 300, 0.1, who=np.arange(100))
    a_minute = np.hypot(rows[:, 10:] - rows[:, :-10], cols[:, 10:] - cols[:, :-10])
    assert a_minute.max() <= 100 / CELL_M + 3


def test_who_comes_to_the_edge_has_left() -> None:
    """Somebody bound for the edge is counted as gone, and does not come back."""
    cloud = cloud_on(world(41, 41), hours=8, mix=Mix(direction=1))
    gone = np.stack([cloud.left(m) for m in range(0, 481, 30)])
    assert gone[-1].any() and not (gone[:-1] & ~gone[1:]).any()
    rows, cols = cloud.positions_at([480.0])
    at_edge = (np.rint(rows) % 40 == 0) | (np.rint(cols) % 40 == 0)
    assert at_edge[gone[-1]].all() and (cloud.modes(480)[gone[-1]] == LEFT).all()


def test_mobility_ends_as_its_half_life_says() -> None:
    """Half have stopped after the hours the subject gives, three quarters after twice as many, and then none moves."""
    terrain = world(301, 301)
    subject = walker(Mix(random=1), moving_h=3.0)
    cloud = imagine(terrain, subject, StartOf(place=terrain.place_of(150, 150)), 12, 4000, 2)
    stopped = [float((cloud.modes(h * 60 - 30) == STOPPED).mean()) for h in (3, 6)]
    assert stopped == pytest.approx([0.5, 0.75], abs=0.03)
    rows, _ = cloud.positions(360, 720, 60)
    still = cloud.modes(360) == STOPPED
    assert (np.ptp(rows[still], axis=1) == 0).all()


def test_night_slows_and_an_uncertain_start_spreads() -> None:
    """By night people get less far; setting out between two moments nobody has moved before the first."""
    terrain = world(201, 201)
    start = StartOf(place=terrain.place_of(100, 100), within_m=200, from_min=60, until_min=120)
    day, night = (
        imagine(terrain, walker(Mix(direction=1)), start, 4, 2000, 6, light=Light(hour=hour)) for hour in (10.0, 23.0)
    )
    begun = day.distances_m(0)
    assert 150 < np.sqrt((begun**2).mean() / 2) < 230
    assert np.array_equal(day.positions_at([0])[0], day.positions_at([60])[0])
    assert night.distances_m(180).mean() < 0.75 * day.distances_m(180).mean()
    moved = day.positions_at([90])[0] != day.positions_at([0])[0]
    assert 0.4 < moved.mean() < 0.6


LAKE = np.zeros((81, 81), np.uint8)
LAKE[30:50, 30:50] = 3
VOID = np.full((81, 81), 100.0, np.float32)
VOID[40, 40] = np.nan


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: imagine(world(), walker(), at(world()), 0, 10), "0 hours are refused"),
        (lambda: imagine(world(), walker(), at(world()), 10_000, 10), "10000 hours are refused"),
        (lambda: imagine(world(), walker(), at(world()), 5, 0), "0 tracks are refused"),
        (lambda: imagine(world(), walker(), at(world()), 240, 9_000_000), "too much memory"),
        (lambda: imagine(world(water=LAKE), walker(), at(world()), 5, 10), "lies in a lake"),
        (lambda: imagine(world(elevation_m=VOID), walker(), at(world()), 5, 10), "lies in a void"),
        (lambda: imagine(world(), walker(Mix(goal=1)), at(world()), 5, 10), "makes for a goal needs one"),
        (lambda: imagine(world(), walker(to_border=True), at(world()), 5, 10), "no border is known"),
        (lambda: subject_of("Hiker", age=200), "age of 200"),
        (lambda: Mix(), "mix of behaviours"),
        (lambda: StartOf(place=Place(42.0, 1.0), until_min=-1), "setting out"),
        (lambda: imagine(world(), walker(), StartOf(place=at(world()).place, until_min=999), 5, 10), "leaves no track"),
    ],
)
def test_what_cannot_be_is_refused_in_words(ask: Callable[[], object], said: str) -> None:
    """Hours, tracks, starts and people that cannot be: a SearchError that says what is wrong."""
    with pytest.raises(SearchError, match=said):
        ask()


def at(terrain: Terrain) -> StartOf:
    return StartOf(place=terrain.place_of(40, 40))


def test_a_start_off_the_map_is_refused() -> None:
    """Off the map, the terrain's own words say how far."""
    with pytest.raises(TerrainError, match="off the map"):
        imagine(world(), walker(), StartOf(place=Place(10.0, 1.0)), 5, 10)
