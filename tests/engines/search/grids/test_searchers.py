"""Several searchers: no plan is better than the bound, and the bound closes to what was asked for."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.search.grids.worlds import Small, best_of_all, paths, small_worlds, undetected

from wayhome.engines.search import SearchError
from wayhome.engines.search.grids import plan_several, square_world, world_of
from wayhome.engines.search.grids.slopes import reachable_sums, slope_tables


@settings(max_examples=40, deadline=None)
@given(small=small_worlds(most_cells=4), data=st.data())
def test_the_bound_holds_and_closes(small: Small, data: st.DataObject) -> None:
    """On any small world the plan is the best of all joint plans, up to the gap, and none is below the bound."""
    number, looks = data.draw(st.sampled_from([(1, 4), (2, 3), (3, 2)]))
    cells = small.prior.size
    starts = data.draw(st.lists(st.integers(0, cells - 1), min_size=number, max_size=number))
    skills = data.draw(st.lists(st.sampled_from([1.0, 1.0, 0.5]), min_size=number, max_size=number))
    figures = st.lists(st.sampled_from([0.2, 0.9, 0.9, 3.0]), min_size=cells, max_size=cells)
    rate = np.array(data.draw(figures))
    plan = plan_several(small.world(), starts, rate, looks, skills=skills, gap=1e-6)
    left = [np.tile(np.exp(-rate * skill), (looks, 1)) for skill in skills]
    best = best_of_all(small, starts, looks, left)
    assert plan.complete
    assert plan.bound - 1e-12 <= best <= plan.undetected + 1e-12
    assert plan.gap <= 1e-6 + 1e-12
    assert plan.undetected == pytest.approx(undetected(small, plan.paths, left), abs=1e-12)
    for path, start in zip(plan.paths, starts, strict=True):
        assert path in set(paths(small.ways, start, looks))


@settings(max_examples=30, deadline=None)
@given(small=small_worlds(most_cells=4), data=st.data(), nodes=st.integers(0, 3))
def test_the_bound_holds_at_any_time(small: Small, data: st.DataObject, nodes: int) -> None:
    """However little work is allowed, the bound is not above the optimum."""
    rate = data.draw(st.sampled_from([0.3, 0.9163, 5.0]))
    plan = plan_several(small.world(), [0, 1], rate, 3, most_nodes=nodes, restarts=0)
    best = best_of_all(small, [0, 1], 3, [np.full((3, small.prior.size), np.exp(-rate))] * 2)
    assert plan.bound - 1e-12 <= best <= plan.undetected + 1e-12
    assert plan.nodes <= nodes


def test_order_and_numbers_do_not_matter() -> None:
    """Searchers in another order, cells under other numbers: the same chance, each keeps his own start."""
    small = Small(
        np.array([0.2, 0.3, 0.5, 0.0]),
        np.array([[0.5, 0.5, 0, 0], [0.2, 0.4, 0.4, 0], [0, 0.1, 0.7, 0.2], [0.3, 0, 0, 0.7]]),
        ((0, 1), (0, 1, 2), (2, 3), (0, 3)),
    )
    plain = plan_several(small.world(), [0, 3, 1], 0.9, 5, gap=0.0)
    turned = plan_several(small.world(), [1, 0, 3], 0.9, 5, gap=0.0)
    new = [2, 0, 3, 1]
    renumbered = plan_several(small.renumbered(new).world(), [new[0], new[3], new[1]], 0.9, 5, gap=0.0)
    assert turned.undetected == pytest.approx(plain.undetected, abs=1e-12)
    assert renumbered.undetected == pytest.approx(plain.undetected, abs=1e-12)
    assert [path[0] for path in turned.paths] == [1, 0, 3]


def test_the_mirror_changes_nothing() -> None:
    """A grid with its mirror gives what the same grid without it gives."""
    world = square_world(3, 0.6)
    without = type(world)(prior=world.prior, drift=world.drift, ways=world.ways)
    plans = [plan_several(one, [0, 0], 0.9, 5, gap=1e-9) for one in (world, without)]
    assert plans[0].undetected == pytest.approx(plans[1].undetected, abs=2e-9)


def test_the_same_question_gives_the_same_answer() -> None:
    """Same seed, same plan to the last bit; the callback sees bounds that only rise."""
    world, seen = square_world(5, 0.6), list[float]()

    def watch(now: object) -> bool:
        seen.append(now.bound)  # type: ignore[attr-defined]  # a SeveralPlan
        return len(seen) == 3

    first = plan_several(world, [0, 0, 0], 0.9, 8, gap=0.0, restarts=2, most_nodes=400, stop=watch)
    again = plan_several(world, [0, 0, 0], 0.9, 8, gap=0.0, restarts=2, most_nodes=first.nodes)
    assert first == again
    assert first.nodes == 300
    assert seen == sorted(seen)


def test_reachable_sums_are_all_there() -> None:
    """Every sum of looks lies among them, and they are complete up to the figure given."""
    sums, complete = reachable_sums(np.array([0.0, 0.3, 0.7, 0.3]))
    for a in range(20):
        for b in range(20):
            value = 0.3 * a + 0.7 * b
            if value < complete - 1e-9:
                assert np.abs(sums - value).min() < 1e-9


@settings(max_examples=30, deadline=None)
@given(terms=st.lists(st.sampled_from([0.05, 0.37, 0.9163, 2.3, 40.0, 400.0]), min_size=1, max_size=3))
def test_a_slope_with_its_peak_never_lies_above(terms: list[float]) -> None:
    """The line s n - peak(s) is at most exp(-n) at every sum that whole searchers reach."""
    parts = np.array(terms)
    _, slope, peak = slope_tables(parts, 30.0)
    chance = np.random.default_rng(1)
    for _ in range(50):
        n = float(chance.integers(0, 6, parts.size) @ parts)
        assert np.all(slope * n - peak <= np.exp(-n) + 1e-12)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"starts": []}, "0 searchers"),
        ({"starts": [0] * 13}, "13 searchers"),
        ({"starts": [9]}, "outside"),
        ({"rate": -1.0}, "rate"),
        ({"rate": 0.0}, "nobody"),
        ({"rate": float("nan")}, "rate"),
        ({"looks": 0}, "0 looks"),
        ({"skills": [1.0, 1.0]}, "skill"),
        ({"skills": [0.0]}, "skill"),
        ({"gap": -1.0}, "gap"),
        ({"most_nodes": -1}, "nodes"),
    ],
)
def test_what_makes_no_sense_is_refused(change: dict[str, object], words: str) -> None:
    """A wrong figure gets a clear error that names it."""
    asked: dict[str, object] = {"starts": [0], "rate": 0.9, "looks": 3} | change
    with pytest.raises(SearchError, match=words):
        plan_several(square_world(3, 0.6), **asked)  # type: ignore[arg-type]  # wrong on purpose


def test_too_much_for_the_bound_is_refused() -> None:
    """A world whose bound would not fit in memory says so."""
    cells = 4_000
    world = world_of(np.full(cells, 1 / cells), [{c: 1.0} for c in range(cells)], [[c] for c in range(cells)])
    with pytest.raises(SearchError, match="GB"):
        plan_several(world, [0], 0.02, 400)


def test_three_searchers_of_the_published_table(shared_data: Path) -> None:
    """Seven looks are certified to 1e-4; eight and nine are not worse than the best known."""
    with (shared_data / "search/benchmarks/three_searchers.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if int(row["T"]) <= 9]
    for row in rows:
        world = square_world(int(row["grid_n"]), float(row["stay_prob"]))
        plan = plan_several(world, [0] * int(row["J"]), float(row["alpha"]), int(row["T"]))
        assert plan.complete
        assert plan.undetected <= float(row["nondetection_best_known"]) + 1e-6
        assert plan.bound >= float(row["nondetection_lower_bound_proven"]) - 1.01e-4
