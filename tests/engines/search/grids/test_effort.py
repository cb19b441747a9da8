"""Divisible effort: as good as its bound says, and no plan beats the bound."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize
from tests.engines.search.grids.worlds import Small, small_worlds

from wayhome.engines.search import SearchError
from wayhome.engines.search.grids import spread_effort, spread_still, square_world


def detected(small: Small, effort: NDArray[np.float64], rate: NDArray[np.float64]) -> float:
    """The chance to detect, told plainly: by what is taken at each look."""
    mass, found = small.prior.copy(), 0.0
    for look in effort:
        left = mass * np.exp(-rate * look)
        found += float(mass.sum() - left.sum())
        mass = left @ small.drift
    return found


@settings(max_examples=40, deadline=None)
@given(small=small_worlds(), looks=st.integers(1, 5), seed=st.integers(0, 2**32 - 1))
def test_no_plan_beats_the_bound(small: Small, looks: int, seed: int) -> None:
    """The plan is worth what it says, is within 1e-9 of its bound, and a hundred plans by chance are not better."""
    chance = np.random.default_rng(seed)
    rate = chance.choice([0.0, 0.2, 1.0, 2.0], small.prior.size)
    amounts = chance.choice([0.0, 0.5, 2.0], looks)
    plan = spread_effort(small.world(), rate, amounts, looks, close=1e-9)
    assert plan.detection == pytest.approx(detected(small, plan.effort, rate), abs=1e-12)
    assert plan.detection <= plan.bound <= plan.detection + 1e-9
    assert np.all(plan.effort.sum(axis=1) <= amounts + 1e-9)
    for _ in range(100):
        tried = chance.dirichlet(np.ones(small.prior.size), looks) * amounts[:, None]
        assert detected(small, tried, rate) <= plan.bound + 1e-12


def test_a_general_solver_finds_the_same() -> None:
    """Against scipy's own constrained minimiser on a small chain."""
    small = Small(
        np.array([0.6, 0.4, 0.0]),
        np.array([[0.5, 0.5, 0.0], [0.2, 0.6, 0.2], [0.0, 0.3, 0.7]]),
        ((0,), (1,), (2,)),
    )
    rate = np.array([0.7, 1.0, 1.5])
    plan = spread_effort(small.world(), rate, 1.0, 3)
    theirs = minimize(
        lambda x: -detected(small, x.reshape(3, 3), rate),
        np.full(9, 1 / 3),
        bounds=[(0, None)] * 9,
        constraints=[{"type": "eq", "fun": lambda x, t=t: x[3 * t : 3 * t + 3].sum() - 1.0} for t in range(3)],
        options={"ftol": 1e-14, "maxiter": 500},
    )
    assert plan.detection == pytest.approx(-theirs.fun, abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(
    prior=st.lists(st.just(0.0) | st.floats(1e-300, 0.2), min_size=2, max_size=5),
    rates=st.lists(st.floats(0.01, 3.0), min_size=5, max_size=5),
    effort=st.floats(0.0, 10.0),
)
def test_one_who_stays_put(prior: list[float], rates: list[float], effort: float) -> None:
    """The exact allocation spends all it can, and the slope is the same wherever effort lies, less elsewhere."""
    chances, rate = np.array(prior), np.array(rates[: len(prior)])
    plan = spread_still(chances, rate, effort)
    laid = plan.effort[0]
    slope = chances * rate * np.exp(-rate * laid)
    if chances.max() > 0.0:
        assert laid.sum() == pytest.approx(effort, abs=1e-9)
        used = laid > 1e-9
        assert slope[used] == pytest.approx(slope.max(), rel=1e-9)
    assert plan.bound == plan.detection


def test_one_who_stays_put_is_the_moving_one_who_does_not_move() -> None:
    """Both ways agree where nobody moves: the looks' effort adds up."""
    prior = np.array([0.5, 0.3, 0.2])
    small = Small(prior, np.eye(3), ((0,), (1,), (2,)))
    moving = spread_effort(small.world(), 1.0, 0.7, 4)
    still = spread_still(prior, 1.0, 2.8)
    assert moving.detection == pytest.approx(still.detection, abs=1e-9)
    assert moving.effort.sum(axis=0) == pytest.approx(still.effort[0], abs=1e-4)


def test_few_sweeps_are_told_with_their_bound() -> None:
    """Stopped early, the bound is above the optimum."""
    world = square_world(5, 0.6)
    best = spread_effort(world, 1.0, 1.0, 10)
    early = spread_effort(world, 1.0, 1.0, 10, most_sweeps=1)
    assert early.sweeps == 1
    assert early.detection < best.detection <= early.bound


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rate": -1.0}, "rate"),
        ({"rate": [1.0]}, "shape"),
        ({"effort": -1.0}, "effort"),
        ({"effort": [1.0, 1.0]}, "effort"),
        ({"effort": float("nan")}, "effort"),
        ({"looks": 0}, "0 looks"),
        ({"close": -1.0}, "gap"),
    ],
)
def test_what_makes_no_sense_is_refused(change: dict[str, object], words: str) -> None:
    """A wrong figure gets a clear error."""
    asked: dict[str, object] = {"rate": 1.0, "effort": 1.0, "looks": 3} | change
    with pytest.raises(SearchError, match=words):
        spread_effort(square_world(3, 0.6), **asked)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    ("prior", "rate", "effort"), [([], 1.0, 1.0), ([0.9, 0.9], 1.0, 1.0), ([1.0], -1.0, 1.0), ([1.0], 1.0, -1.0)]
)
def test_one_who_stays_put_is_refused_the_same(prior: list[float], rate: float, effort: float) -> None:
    """An empty prior, too much of it, a negative rate, negative effort."""
    with pytest.raises(SearchError):
        spread_still(prior, rate, effort)


def test_the_published_optima(shared_data: Path) -> None:
    """Every case of the table to 1e-8, bound and plan."""
    with (shared_data / "search/benchmarks/fab_divisible_effort.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            world = square_world(int(row["grid_n"]), float(row["stay_prob"]))
            plan = spread_effort(world, float(row["w_detect_rate"]), float(row["effort_per_step"]), int(row["T"]))
            assert plan.detection == pytest.approx(float(row["pd_FAB"]), abs=1e-8)
            assert plan.bound == pytest.approx(float(row["pd_upper_bound_Washburn"]), abs=1e-8)
