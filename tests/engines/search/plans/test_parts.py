"""The parts of planning: sighting, worth, mass and ways, each against its definition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.search.plans.worlds import ground, ready, team, wanderers

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.plans.clock import Clock
from wayhome.engines.search.plans.moving import Moving
from wayhome.engines.search.plans.sighting import WIDTHS_PER_SPREAD, Sighting
from wayhome.engines.search.plans.worth import alive, in_time


@settings(deadline=None)
@given(width=st.floats(10, 500))
def test_the_lateral_curve_sums_to_the_sweep_width(width: float) -> None:
    """The chance of one pass, summed over lateral range, is the sweep width that was asked for."""
    sighting = Sighting(width, 25.0)
    lateral = np.linspace(-6 * width, 6 * width, 4001)
    total = np.trapezoid([sighting.passing(x) for x in lateral], lateral)
    assert total == pytest.approx(width, rel=1e-6)
    assert WIDTHS_PER_SPREAD * sighting.spread_m == pytest.approx(width)


def test_stamps_are_even_and_whole() -> None:
    """A stamp sums to 1, is the same both ways, and widens with the smear."""
    narrow, wide = Sighting(100, 25).stamp(90, 0), Sighting(100, 25).stamp(90, 135)
    for stamp in (narrow, wide):
        assert stamp.sum() == pytest.approx(1, abs=1e-6)
        assert np.allclose(stamp, stamp[::-1])
    assert wide.size > narrow.size


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), epochs=st.integers(1, 4))
def test_worth_is_concave_and_its_slope_is_right(seed: int, epochs: int) -> None:
    """Between two points worth lies above the chord, and below the tangent at either."""
    chance = np.random.default_rng(seed)
    clock = Clock(5, 12)
    minutes, living = np.array([0.0, 30.0, 60.0]), np.array([1.0, 0.9, 0.5])
    worth = alive(clock, living, minutes, epochs)
    weights = chance.dirichlet(np.ones(20)) * 0.9
    one, other = (chance.exponential(0.5, (worth.epochs, 20)).astype(np.float32) for _ in range(2))
    middle = worth.of(weights, ((one + other) / 2).astype(np.float32))
    assert middle >= (worth.of(weights, one) + worth.of(weights, other)) / 2 - 1e-7
    slope = worth.slope(weights, one).astype(np.float64)
    assert worth.of(weights, other) <= worth.of(weights, one) + np.sum(slope * (other - one)) + 1e-6


def test_without_loss_of_worth_it_is_the_chance_in_time() -> None:
    """Alive for sure is the same as in time, whatever the epochs."""
    clock = Clock(5, 12)
    always = alive(clock, np.ones(2), np.array([0.0, 60.0]), 4)
    weights = np.full(10, 0.09)
    seen = np.random.default_rng(1).exponential(0.3, (4, 10)).astype(np.float32)
    total = seen.sum(axis=0, keepdims=True).astype(np.float32)
    assert always.of(weights, seen) == pytest.approx(in_time(clock).of(weights, total), abs=1e-6)


def test_a_rising_chance_of_life_is_refused() -> None:
    """Nobody comes back to life; chances lie between 0 and 1."""
    clock = Clock(5, 12)
    for chance in ([0.5, 0.9], [1.2, 1.0]):
        with pytest.raises(SearchError, match="alive"):
            alive(clock, np.array(chance), np.array([0.0, 60.0]))


def test_the_rewards_of_a_path_are_the_slope_of_what_it_shows() -> None:
    """Summed over a path, the rewards equal the slope times the glimpses: the bound rests on it."""
    terrain = ground(hilly=True)
    problem = ready(terrain, wanderers(24, 60, 500, 2), [team(terrain, "Alpha", 3, 3), team(terrain, "Bravo", 20, 5)])
    seen = problem.nothing_seen() + np.float32(0.2)
    slope = problem.worth.slope(problem.mass.weights, seen)
    fields = problem.fields(slope, 0, problem.clock.steps)
    for number in range(2):
        reward = problem.rewards(problem.kind(number), fields, 0, problem.clock.steps)
        found = problem.best_path(number, reward)
        assert found is not None
        path, value = found
        assert value > 0
        shown = problem.glimpses(number, path)
        assert value == pytest.approx(float(np.sum(slope.astype(np.float64) * shown)), rel=1e-4)


def test_ways_take_the_time_that_walking_takes() -> None:
    """On flat open ground a searching way takes its length over the searching pace, rounded up to steps."""
    terrain = ground()
    problem = ready(terrain, wanderers(24, 60, 200, 3), [team(terrain, "Alpha", 3, 3)])
    ways, lattice = problem.kinds[0].ways, problem.lattice
    owner = ways.owner()
    pace = problem.teams[0].sighting.pace_m_min
    for way in range(0, ways.count, 7):
        start, end = int(owner[way]), int(ways.to[way])
        cells, shares = ways.route(start, end)
        assert tuple(cells[0]) == (lattice.rows[start], lattice.cols[start])
        assert tuple(cells[-1]) == (lattice.rows[end], lattice.cols[end])
        assert shares[0] == 0
        assert shares[-1] == pytest.approx(1)
        length = np.hypot(*np.diff(cells, axis=0).T).sum() * terrain.cell_m
        minutes = length / pace * (1.0 if ways.searching[way] else 0.5)
        assert minutes / 5 - 0.11 <= ways.steps[way] <= minutes / 5 + 1


def test_tracks_must_be_whole() -> None:
    """Weights that do not sum to 1 with the rest of the world, falling minutes and holes are refused."""
    rows = np.zeros((2, 3), np.float32)
    minutes = np.array([0, 5, 10], np.float32)
    half = np.full(2, 0.45)
    with pytest.raises(SearchError, match="must come to 1"):
        Moving(rows, rows, minutes, half, 0.3)
    with pytest.raises(SearchError, match="have to rise"):
        Moving(rows, rows, minutes[::-1].copy(), half, 0.1)
    with pytest.raises(SearchError, match="no number"):
        Moving(rows + np.float32(np.nan), rows, minutes, half, 0.1)
    kept, other = Moving(rows, rows, minutes, half, 0.1).halves(2)
    assert kept.tracks == other.tracks == 2
