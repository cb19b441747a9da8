"""One searcher: the plan is the best of all paths, and the bound is never below it."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.search.grids.worlds import Small, best_of_all, paths, small_worlds, undetected

from wayhome.engines.search import SearchError
from wayhome.engines.search.grids import OnePlan, plan_one, square_world

PODS = st.sampled_from([0.0, 0.3, 0.6, 0.9, 1.0])


@settings(max_examples=60, deadline=None)
@given(small=small_worlds(), data=st.data())
def test_it_is_the_best_of_all_paths(small: Small, data: st.DataObject) -> None:
    """On any small world, with detection that differs by look and cell, trying every path finds nothing better."""
    looks, cells = data.draw(st.integers(1, 5)), small.prior.size
    pods = np.array(data.draw(st.lists(PODS, min_size=looks * cells, max_size=looks * cells))).reshape(looks, cells)
    start = data.draw(st.integers(0, cells - 1))
    plan = plan_one(small.world(), start, pods, looks)
    assert plan.value == pytest.approx(1.0 - best_of_all(small, [start], looks, [1.0 - pods]), abs=1e-12)
    assert plan.proven
    assert plan.path in set(paths(small.ways, start, looks))
    assert plan.value == pytest.approx(1.0 - undetected(small, [plan.path], [1.0 - pods]), abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(small=small_worlds(), data=st.data())
def test_worth_counts_where_and_when_he_is_found(small: Small, data: st.DataObject) -> None:
    """With a worth by look and cell the plan earns the most that any path does."""
    looks, cells = 4, small.prior.size
    figures = st.lists(st.sampled_from([0.0, 0.2, 1.0, 3.0]), min_size=looks * cells, max_size=looks * cells)
    worth = np.array(data.draw(figures)).reshape(looks, cells)
    best = 0.0
    for path in paths(small.ways, 0, looks):
        mass, earned = small.prior.copy(), 0.0
        for look in range(1, looks + 1):
            found = 0.6 * mass[path[look]]
            earned += found * worth[look - 1, path[look]]
            mass[path[look]] -= found
            mass = mass @ small.drift
        best = max(best, earned)
    assert plan_one(small.world(), 0, 0.6, looks, worth=worth).value == pytest.approx(best, abs=1e-12)


@settings(max_examples=30, deadline=None)
@given(small=small_worlds(), data=st.data())
def test_renumbering_the_cells_changes_nothing(small: Small, data: st.DataObject) -> None:
    """Cells under other numbers: the same chance."""
    new = data.draw(st.permutations(range(small.prior.size)))
    plain = plan_one(small.world(), 0, 0.6, 5)
    assert plan_one(small.renumbered(new).world(), new[0], 0.6, 5).value == pytest.approx(plain.value, abs=1e-12)


def test_the_mirror_only_saves_work() -> None:
    """A grid with its mirror gives what the same grid without it gives, with fewer nodes."""
    world = square_world(5, 0.6)
    without = type(world)(prior=world.prior, drift=world.drift, ways=world.ways)
    half, whole = plan_one(world, 0, 0.6, 10), plan_one(without, 0, 0.6, 10)
    assert half.value == pytest.approx(whole.value, abs=1e-12)
    assert half.nodes < whole.nodes
    off_axis = plan_one(world, 1, 0.6, 10)
    assert off_axis.value == pytest.approx(plan_one(without, 1, 0.6, 10).value, abs=1e-12)


def test_stopped_early_it_tells_what_is_still_possible() -> None:
    """With few nodes the plan is worse, its bound is not below the optimum, and it is not called proven."""
    world = square_world(9, 0.6)
    best = plan_one(world, 0, 0.6, 12)
    few = plan_one(world, 0, 0.6, 12, most_nodes=13)
    assert few.value <= best.value <= few.bound
    assert not few.proven
    assert few.nodes == 13


def test_who_asks_may_stop_it() -> None:
    """The caller sees the plan as it stands, and stops it."""
    seen: list[int] = []

    def stop(now: OnePlan) -> bool:
        seen.append(now.nodes)
        return True

    plan = plan_one(square_world(3, 0.4), 0, 0.6, 17, stop=stop)
    assert seen == [plan.nodes] == [20_000]
    assert plan.value < plan.bound


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pod": 1.2}, "1.2"),
        ({"pod": -0.1}, "-0.1"),
        ({"pod": float("nan")}, "nan"),
        ({"pod": [0.5, 0.5]}, "shape"),
        ({"looks": 0}, "0 looks"),
        ({"looks": 10_000}, "10000 looks"),
        ({"start": 9}, "outside"),
        ({"start": -1}, "outside"),
        ({"most_nodes": 1}, "too few"),
        ({"worth": -1.0}, "worth"),
        ({"unseen": 1.5}, "others"),
    ],
)
def test_what_makes_no_sense_is_refused(change: dict[str, object], words: str) -> None:
    """A wrong figure gets a clear error that names it."""
    asked: dict[str, object] = {"start": 0, "pod": 0.5, "looks": 3} | change
    with pytest.raises(SearchError, match=words):
        plan_one(square_world(3, 0.6), **asked)  # type: ignore[arg-type]  # wrong on purpose


def test_the_published_optima(shared_data: Path) -> None:
    """Every tenth certified optimum is met to 1e-9, by a path that is worth it."""
    with (shared_data / "search/benchmarks/osp_single_searcher.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows[::10]:
        world = square_world(int(row["grid_n"]), float(row["stay_prob"]))
        plan = plan_one(world, 0, float(row["pod_glimpse"]), int(row["T"]))
        assert plan.value == pytest.approx(float(row["optimal_pd"]), abs=1e-9)
