"""Containment: the choice against every other, the bound, what a post meets, and what is refused."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.search.plans.worlds import ground, team, wanderers

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.plans.contain import contain
from wayhome.engines.search.plans.coverage import Coverage, dual_bound, exchanged, greedily
from wayhome.engines.search.plans.exact import best_choice
from wayhome.engines.search.plans.moving import Moving
from wayhome.engines.search.plans.posts import BRIDGE, JUNCTION, PASS, Post, candidate_posts, entering, kinds_of
from wayhome.terrain.grid import Terrain
from wayhome.values.chance import generator


def some_coverage(seed: int, watchers: int = 3, places: int = 5, things: int = 12) -> Coverage:
    chance = generator(seed, "coverage")
    return Coverage(chance.random((watchers, places, things)) < 0.3, chance.dirichlet(np.ones(things)))


def best_of_all(coverage: Coverage) -> float:
    return max(
        coverage.worth(choice)
        for choice in itertools.product(*[[None, *range(coverage.places)]] * coverage.watchers)
        if len(held := [p for p in choice if p is not None]) == len(set(held))
    )


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_exact_bound_and_greed_against_every_choice(seed: int) -> None:
    """The solver finds the best of all choices; greed comes to half of it at least; no choice beats the bound."""
    coverage = some_coverage(seed)
    best = best_of_all(coverage)
    exact = best_choice(coverage)
    assert exact.proven
    assert coverage.worth(exact.choice) == pytest.approx(best, abs=1e-7)
    greedy = greedily(coverage)
    assert best / 2 <= coverage.worth(greedy) <= best + 1e-12
    better = exchanged(coverage, greedy)
    assert coverage.worth(greedy) <= coverage.worth(better) <= best + 1e-12
    assert best - 1e-9 <= dual_bound(coverage, coverage.worth(better)) <= coverage.weights.sum() + 1e-12


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_grouping_changes_no_worth(seed: int) -> None:
    """Things that nothing tells apart are put together; every choice is worth what it was."""
    coverage = some_coverage(seed, things=60)
    small = coverage.grouped()
    for choice in ((0, 1, 2), (None, 3, None), greedily(coverage)):
        assert small.worth(choice) == pytest.approx(coverage.worth(choice))
    assert greedily(small) == greedily(coverage)


def straight(rows: list[float], minutes: float = 60.0) -> Moving:
    """One track along each row, from column 0 to column 20 in `minutes`."""
    times = np.linspace(0, minutes, 7, dtype=np.float32)
    cols = np.tile(np.linspace(0, 20, 7, dtype=np.float32), (len(rows), 1))
    where = np.tile(np.array(rows, np.float32)[:, None], (1, 7))
    return Moving(where, cols, times, np.full(len(rows), 0.9 / len(rows)), 0.1)


def test_a_post_meets_who_comes_by_after_it_is_manned() -> None:
    """Of tracks through a post in time, too early, and too far off, only the first is met; the words say when."""
    terrain = ground(24)
    moving = straight([5.0, 5.0, 12.0])
    late = np.array(moving.cols)
    late[1] += 15
    moving = Moving(moving.rows, late, moving.minutes, moving.weights, 0.1)
    alpha = team(terrain, "Alpha", 5, 14, 60, earliest_min=20.0)
    found = contain(terrain, moving, [alpha], posts=[Post(5, 14, "open", 0.0), Post(12, 14, "open", 0.0)], watch_m=60)
    assert [(one.post.row, one.post.col) for one in found.postings] == [(5, 14)]
    assert found.met == pytest.approx(0.3)
    one = found.postings[0]
    assert one.manned_min == pytest.approx(20)
    assert 20 < one.half_min < 45
    assert one.adds == pytest.approx(0.3)
    assert one.next_best == pytest.approx(0.3)
    assert "Alpha" in one.words
    assert found.proven
    assert found.bound == pytest.approx(0.3)


def test_two_teams_do_not_stand_where_one_is_enough() -> None:
    """Two teams and two streams of tracks: each takes one, and together they meet all that passes."""
    terrain = ground(24)
    moving = straight([5.0, 5.2, 18.0])
    teams = [team(terrain, "Alpha", 6, 18), team(terrain, "Bravo", 17, 18)]
    found = contain(terrain, moving, teams, watch_m=50)
    assert found.met == pytest.approx(0.9)
    assert {one.who for one in found.postings} == {"Alpha", "Bravo"}
    assert found.gap == pytest.approx(0, abs=1e-9)
    assert contain(terrain, moving, teams, watch_m=50, notices=0.5).met == pytest.approx(0.45)


def test_choke_points_go_first() -> None:
    """A bridge, a junction and a saddle are known for what they are, and favoured over open ground beside them."""
    terrain = ground(24)
    trails, crossings = np.zeros((24, 24), np.uint8), np.zeros((24, 24), np.uint8)
    trails[12, :] = trails[:12, 6] = 1
    crossings[12, 15] = 2
    i, j = np.mgrid[0:24, 0:24]
    height = ((i - 12.0) ** 2 - (j - 20.0) ** 2).astype(np.float32)
    made = Terrain(
        elevation_m=height, cell_m=50, epsg=32631, west_m=400_000, north_m=4_700_000, land_cover=terrain.land_cover,
        trails=trails, water=terrain.water, crossings=crossings, border=terrain.border,
    )  # fmt: skip
    kinds = kinds_of(made)
    assert kinds[12, 15] == BRIDGE
    assert kinds[12, 6] == JUNCTION
    assert kinds[12, 20] == PASS
    posts = candidate_posts(made, straight([12.0]), apart_m=150)
    assert posts[0].kind == BRIDGE
    assert {post.kind for post in posts} >= {BRIDGE, JUNCTION, PASS}
    assert all(np.hypot(a.row - b.row, a.col - b.col) >= 3 for a, b in itertools.combinations(posts, 2))


def test_flow_counts_each_track_once() -> None:
    """The mass that enters a cell: there and back again counts once, staying counts nothing."""
    terrain = ground(24)
    there = np.array([[2, 8, 2], [5, 5, 5]], np.float32)
    row = np.full((2, 3), 4, np.float32)
    flow = entering(terrain, Moving(row, there, np.array([0, 10, 20], np.float32), np.array([0.5, 0.4]), 0.1))
    assert flow[4, 8] == flow[4, 6] == pytest.approx(0.5)
    assert flow[4, 9] == flow[4, 1] == 0
    assert flow[4, 5] == pytest.approx(0.5)


def test_what_cannot_be_contained_says_so() -> None:
    """No team, nobody who moves, a post off the map, everybody too late: a clear SearchError each."""
    terrain = ground(24)
    moving = straight([5.0])
    alpha = team(terrain, "Alpha", 22, 1)
    with pytest.raises(SearchError, match="no team"):
        contain(terrain, moving, [])
    with pytest.raises(SearchError, match="off the map"):
        contain(terrain, moving, [alpha], posts=[Post(99, 0, "open", 0.0)])
    with pytest.raises(SearchError, match="no team can man any post"):
        contain(terrain, moving, [team(terrain, "Alpha", 22, 1, 2.0)])
    still = Moving(
        moving.rows[:, :1].repeat(7, 1), moving.cols[:, :1].repeat(7, 1), moving.minutes, moving.weights, 0.1
    )
    with pytest.raises(SearchError, match="nobody on these tracks moves"):
        contain(terrain, still, [alpha])
    with pytest.raises(SearchError, match="notices 0"):
        contain(terrain, moving, [alpha], notices=0.0)


def test_a_cloud_is_contained_the_same_twice() -> None:
    """Wanderers on hills, four teams: the same posting twice, at most the bound, at least greed's."""
    terrain = ground(24, hilly=True)
    moving = wanderers(24, 120, 2_000, 3)
    teams = [team(terrain, name, r, c, 120) for name, r, c in (("A", 2, 2), ("B", 20, 3), ("C", 3, 20), ("D", 20, 20))]
    one, other = (contain(terrain, moving, teams, watch_m=60, solver_work=0.5) for _ in range(2))
    assert one.postings == other.postings
    assert one.greedy <= one.met <= one.bound
    assert len(one.postings) + len(one.idle) == 4
