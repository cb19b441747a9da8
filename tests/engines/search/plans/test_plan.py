"""Plans as a whole: against every path of a tiny world, against greed, and what no plan may ever do."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from tests.engines.search.plans.worlds import ground, ready, team, wanderers

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.plans.greedy import greedy
from wayhome.engines.search.plans.improve import one_after_another, polish, rounded, standing
from wayhome.engines.search.plans.moving import Moving
from wayhome.engines.search.plans.onward import onward
from wayhome.engines.search.plans.paths import Path
from wayhome.engines.search.plans.plan import SearchPlan, Work, follow, plan
from wayhome.engines.search.plans.problem import Problem
from wayhome.engines.search.plans.relax import relax, unmixed
from wayhome.engines.search.plans.space import by_track, followed
from wayhome.terrain.grid import Terrain

QUICK = Work(first_rounds=3, rounds=6, last_rounds=3, polishing=1, stretches_min=(30.0,))


def every_path(problem: Problem, number: int) -> list[Path]:
    """All paths of a team that waits nowhere but at its start."""
    kind, hours = problem.kind(number), problem.hours[number]
    ways, found = kind.ways, []

    def go_on(path: list[tuple[int, int]], node: int, step: int, first: tuple[int, int]) -> None:
        if step <= hours.end[node]:
            found.append(
                Path(*first, np.array([w for w, _ in path], np.int32), np.array([s for _, s in path], np.int32))
            )
        for way in range(ways.first[node], ways.first[node + 1]):
            then = step + int(ways.steps[way])
            if ways.searching[way] and then <= hours.end[ways.to[way]]:
                go_on([*path, (way, step)], int(ways.to[way]), then, first)

    for node in np.flatnonzero(hours.begin <= hours.end):
        go_on([], int(node), int(hours.begin[node]), (int(node), int(hours.begin[node])))
    return found


def test_bound_and_plan_against_every_path() -> None:
    """With two teams and few steps: no pair of paths beats the bound, the plan nearly is the best."""
    terrain = ground(9)
    teams = [team(terrain, "Alpha", 1, 1, 30, returns=False), team(terrain, "Bravo", 7, 7, 25, returns=False)]
    problem = ready(terrain, wanderers(9, 30, 300, 4), teams, 30, smear_m=75, nodes=9)
    shown = [[problem.glimpses(n, path)[0] for path in every_path(problem, n)] for n in (0, 1)]
    assert min(len(one) for one in shown) > 10
    weights = problem.mass.weights
    first, second = (np.unique(np.exp(-np.array(one)), axis=0) for one in shown)
    best = weights.sum() - min(float(((one * weights) @ second.T).min()) for one in first)
    relaxed = relax(problem, unmixed(problem, one_after_another(problem).paths), 30, lambda: True)
    made = rounded(problem, relaxed)
    polish(made, 3, lambda: True, (2, 4))
    assert relaxed.bound >= best - 1e-7
    assert made.worth <= relaxed.bound + 1e-7
    assert made.worth >= 0.97 * best


@pytest.fixture(scope="module")
def world() -> tuple[Terrain, Moving, SearchPlan]:
    terrain = ground(24, hilly=True)
    moving = wanderers(24, 120, 4_000, 5)
    closed = np.zeros((24, 24), np.bool_)
    closed[8:16, 12] = True
    teams = [
        team(terrain, "Alpha", 2, 2, 120),
        team(terrain, "Bravo", 21, 3, 90, forbidden=closed),
        team(terrain, "Charlie", 3, 20, 120, returns=False, earliest_min=20.0, tiring=((1.0, 0.5),)),
    ]
    return terrain, moving, plan(terrain, moving, teams, 120, work=QUICK)


def test_the_plan_lies_between_greed_and_the_bound(world: tuple[Terrain, Moving, SearchPlan]) -> None:
    """The plan is worth at least the greedy one, at most the bound, and says the gap between."""
    _, _, found = world
    worth = {paths: standing(found.problem, list(paths)).worth for paths in (found.paths, found.greedy_paths)}
    assert worth[found.greedy_paths] <= worth[found.paths] <= found.bound
    assert found.gap == pytest.approx(1 - min(found.figure.value, found.own) / found.bound)
    assert found.own == pytest.approx(worth[found.paths], rel=1e-5)
    assert found.figure.low < found.figure.value < found.figure.high


def test_the_figure_holds_in_true_space(world: tuple[Terrain, Moving, SearchPlan]) -> None:
    """The lattice's figure and the plan followed in true space agree on tracks kept back, and nearly on fresh ones."""
    _, _, found = world
    assert found.figure.value == pytest.approx(found.followed.value, rel=0.005)
    fresh, _, times = follow(found, wanderers(24, 120, 20_000, 6))
    assert fresh.value == pytest.approx(found.figure.value, rel=0.06)
    assert times.low <= times.value <= times.high


def test_everybody_is_where_and_when_they_may_be(world: tuple[Terrain, Moving, SearchPlan]) -> None:
    """Teams start after they can be there, end in time to be back, and never enter cells forbidden to them."""
    _, _, found = world
    for number, (one, path) in enumerate(zip(found.problem.teams, found.paths, strict=True)):
        assert path is not None
        hours, ways = found.problem.hours[number], found.problem.kind(number).ways
        assert path.step >= hours.begin[path.node]
        node, step = path.end(ways)
        assert step <= hours.end[node]
        assert step * 5 <= one.latest_min
        ends = (path.steps + ways.steps[path.ways]).tolist()
        assert all(end <= begin for end, begin in zip(ends, path.steps.tolist()[1:], strict=False))
        if one.forbidden is not None:
            way = found.passages[one.name]
            assert not one.forbidden[np.rint(way.rows).astype(int), np.rint(way.cols).astype(int)].any()


def test_each_choice_is_explained(world: tuple[Terrain, Moving, SearchPlan]) -> None:
    """Every team's words name it, what it adds and what the next best would; parts sum to no more than the whole."""
    _, _, found = world
    assert [one.name for one in found.teams] == ["Alpha", "Bravo", "Charlie"]
    for one in found.teams:
        assert one.name in one.words
        assert "adds" in one.words
        assert one.adds > 0
        assert one.next_best is None or one.next_best <= one.adds + 0.02
    assert sum(one.adds for one in found.teams) <= found.bound


def test_the_same_question_gives_the_same_plan() -> None:
    """Twice the same arguments: the same paths, figure and bound, to the last bit."""
    terrain, moving = ground(15), wanderers(15, 60, 600, 7)
    teams = [team(terrain, "Alpha", 1, 1), team(terrain, "Bravo", 13, 13)]
    one, other = (plan(terrain, moving, teams, 60, work=QUICK) for _ in range(2))
    assert [p.key() for p in one.paths if p] == [p.key() for p in other.paths if p]
    assert (one.figure, one.bound, one.felt) == (other.figure, other.bound, other.felt)


def test_passing_somebody_who_stays_is_seen_as_the_sweep_width_says() -> None:
    """Followed in true space, one straight pass over somebody on the line finds him nine times in ten."""
    terrain = ground(24)
    moving = wanderers(24, 60, 300, 8)
    problem = ready(terrain, moving, [team(terrain, "Alpha", 12, 2)])
    kind = problem.kinds[0]
    row = problem.lattice.rows[0]
    along = [n for n in range(problem.lattice.nodes) if problem.lattice.rows[n] == row]
    ways, steps, step = [], [], 0
    for start, end in itertools.pairwise(along[:4]):
        way = next(w for w in range(kind.ways.first[start], kind.ways.first[start + 1]) if kind.ways.to[w] == end)
        ways.append(way)
        steps.append(step)
        step += int(kind.ways.steps[way])
    path = Path(along[0], 0, np.array(ways, np.int32), np.array(steps, np.int32))
    col = float(problem.lattice.cols[along[1]])
    still = Moving(
        np.full((2, 2), float(row), np.float32) + np.array([[0.0], [40.0 / 50]], np.float32),
        np.full((2, 2), col, np.float32), np.array([0, 60], np.float32), np.array([0.5, 0.5]), 0.0,
    )  # fmt: skip
    found = by_track(problem, followed(problem, [path], still, fine_min=0.1))
    length = sum(
        np.hypot(*np.diff(kind.ways.route(*pair)[0], axis=0).T).sum() for pair in itertools.pairwise(along[:4])
    )
    slower = step * 5 * problem.teams[0].sighting.pace_m_min / (length * 50)
    for lateral, chance in zip((0.0, 40.0), found.tolist(), strict=True):
        expected = 1 - (1 - problem.teams[0].sighting.passing(lateral)) ** slower
        assert chance == pytest.approx(expected, abs=0.01)


def test_planning_again_keeps_what_was_seen(world: tuple[Terrain, Moving, SearchPlan]) -> None:
    """Half way, unfound: the rest of the world has grown, teams stand where they are, and the rest can be planned."""
    terrain, moving, found = world
    later, teams = onward(found, moving, 60)
    assert later.rest_of_world > moving.rest_of_world
    assert later.weights.sum() + later.rest_of_world == pytest.approx(1)
    assert [one.name for one in teams] == ["Alpha", "Bravo", "Charlie"]
    alpha = found.passages["Alpha"]
    row, col, _ = alpha.at(np.array([60.0]))
    assert terrain.cell_of(teams[0].start) == (round(row[0]), round(col[0]))
    assert teams[0].ends_at == found.problem.teams[0].start
    assert teams[2].tiring == ((1.0 - 40 / 60, 0.5),)
    again = plan(terrain, later, teams, 55, work=QUICK)
    assert 0 < again.own <= again.bound


def test_worth_alive_is_less_than_the_chance() -> None:
    """Weighted by a falling chance of life, the figure is smaller, and finding him early counts for more."""
    terrain, moving = ground(15), wanderers(15, 60, 600, 7)
    teams = [team(terrain, "Alpha", 1, 1), team(terrain, "Bravo", 13, 13)]
    minutes, living = np.array([0.0, 60.0]), np.array([1.0, 0.2])
    weighed = plan(terrain, moving, teams, 60, alive_chance=(minutes, living), work=QUICK)
    assert 0 < weighed.figure.value < plan(terrain, moving, teams, 60, work=QUICK).figure.value
    assert weighed.own <= weighed.bound


def test_what_cannot_be_planned_says_so() -> None:
    """No team, two of one name, hours the tracks do not cover, nobody in time: a clear SearchError each."""
    terrain, moving = ground(15), wanderers(15, 60, 300, 9)
    alpha = team(terrain, "Alpha", 1, 1)
    with pytest.raises(SearchError, match="no team"):
        plan(terrain, moving, [], 60)
    with pytest.raises(SearchError, match="two teams are called Alpha"):
        plan(terrain, moving, [alpha, alpha], 60)
    with pytest.raises(SearchError, match="needs all of 0 to 600"):
        plan(terrain, moving, [alpha], 600)
    with pytest.raises(SearchError, match="no team can be anywhere"):
        plan(terrain, moving, [team(terrain, "Alpha", 1, 1, 1.0)], 60)
    with pytest.raises(SearchError, match="sweep width of -5"):
        team(terrain, "Alpha", 1, 1, sweep_width_m=-5.0)
    with pytest.raises(SearchError, match="its end lies after its start"):
        team(terrain, "Alpha", 1, 1, earliest_min=80.0)
    with pytest.raises(SearchError, match="not those of this terrain"):
        plan(terrain, moving, [team(terrain, "Alpha", 1, 1, forbidden=np.zeros((3, 3), np.bool_))], 60)


def test_a_team_that_cannot_come_is_left_out_with_the_reason() -> None:
    """One team walled in by forbidden cells: the others are planned, and the answer says why it stays."""
    terrain, moving = ground(15), wanderers(15, 60, 300, 9)
    wall = np.zeros((15, 15), np.bool_)
    wall[2:4, 0:4] = wall[0:4, 2:4] = True
    found = plan(
        terrain, moving, [team(terrain, "Alpha", 1, 1, forbidden=wall), team(terrain, "Bravo", 13, 13)], 60, work=QUICK
    )
    assert [one.name for one in found.teams] == ["Bravo"]
    assert len(found.idle) == 1
    assert "Alpha" in found.idle[0]


def test_more_polishing_never_makes_it_worse() -> None:
    """Each stretch is kept only if the plan's worth grows."""
    terrain = ground(15)
    problem = ready(terrain, wanderers(15, 60, 400, 10), [team(terrain, "Alpha", 1, 1), team(terrain, "Bravo", 13, 13)])
    now = greedy(problem)
    before = now.worth
    polish(now, 2, lambda: True, (4, 8))
    assert now.worth >= before
    assert now.worth == pytest.approx(standing(problem, now.paths).worth)
