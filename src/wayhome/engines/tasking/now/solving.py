"""How a request is solved: whole teams under prices where there are many missions, one CP-SAT model else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from wayhome.engines.tasking.now.data import MOST_MISSIONS, Request
from wayhome.engines.tasking.now.standing import Standing
from wayhome.engines.tasking.now.weights import Weights

if TYPE_CHECKING:
    from wayhome.engines.tasking.now.model import Solved
    from wayhome.engines.tasking.now.teams.columns import Search, Solution, Tick
    from wayhome.engines.tasking.now.teams.problem import Problem
    from wayhome.engines.tasking.now.teams.seeking import Work

    Without = Callable[[Sequence[tuple[str, str]], float], list[Solved]]
    """Of each person and mission, and the work for each: the best plan where that person is not on that mission."""

GAPS = ((20, 0.0), (40, 0.005), (100, 0.02), (MOST_MISSIONS, 0.05))
"""Up to so many missions, good enough at this gap where nobody said."""
MANY_MISSIONS = 100
"""Above these the bound is dear to look at: only when no round helps any more."""
FEW_STEPS = 40
AGAIN_ROUNDS, AGAIN_STEPS = 80, 20
FEW_NODES = 1000
"""Nodes of one search for a team where a gap is good enough: a search cut off still gives a bound."""


def best_plan(
    request: Request,
    standing: Standing,
    weights: Weights,
    *,
    work: float,
    seed: int,
    gap: float = 0.0,
    threads: int = 1,
    tick: Tick | None = None,
) -> Solved:
    """The best plan of a request (its people in the order of their ids) within `work`, good enough at `gap`.

    Whole teams first (`teams.columns`); where that finds no plan, or has no use for the request, the model of every
    pair (`model`), which also proves that there is none. `tick` hears the points of the best plan so far (None: no
    plan yet) and the bound, again and again; where it answers False the best plan so far is returned.
    """
    return plan_and_others(request, standing, weights, work=work, seed=seed, gap=gap, threads=threads, tick=tick)[0]


def plan_and_others(
    request: Request,
    standing: Standing,
    weights: Weights,
    *,
    work: float,
    seed: int,
    gap: float = 0.0,
    threads: int = 1,
    tick: Tick | None = None,
) -> tuple[Solved, Without]:
    """The best plan as `best_plan` finds it, and what answers for the best ones without a person on a mission."""
    from wayhome.engines.tasking.now.model import Model, Solved
    from wayhome.engines.tasking.now.teams.columns import Search
    from wayhome.engines.tasking.now.teams.problem import problem_of

    if len(request.missions) > 1 and fits_teams(request):
        problem = problem_of(request, standing, weights)
        search = Search(problem, _work(len(request.missions), work, gap, threads), seed, tick)
        found = search.run()
        if found.impossible is not None:
            return Solved(None, 0, 0, True, problem.missions[found.impossible].id), _never
        if found.points is not None:
            return _solved(problem, found, known=True), partial(_teams_without, search, threads)
        if found.stopped:
            return Solved(None, 0, 0, False), _never
    model = Model(request, standing, weights)
    solved = model.solve(work=work, seed=seed)
    if solved.plan is not None:
        model.hint(solved.plan)
    return solved, lambda keys, each: [model.solve(work=each, seed=seed, without=key) for key in keys]


def fits_teams(request: Request) -> bool:
    """Whether whole teams can be searched: few enough people and kinds of seats, and nobody has accepted twice."""
    from wayhome.engines.tasking.now.teams.problem import fits_arrays

    return fits_arrays(request) and not _placed_twice(request)


def _work(missions: int, work: float, gap: float, threads: int) -> Work:
    """How much the rounds may do for so many missions."""
    from wayhome.engines.tasking.now.teams.seeking import Work

    amount = Work(choose=max(0.05, work / 4), gap=gap, threads=threads, rounds=max(3, min(400, round(work * 10))))
    if gap:
        amount = replace(amount, nodes=FEW_NODES, nodes_exact=8 * FEW_NODES)
    if missions > MANY_MISSIONS:
        amount = replace(amount, patience=amount.rounds, steps=FEW_STEPS)
    return amount


def _never(keys: Sequence[tuple[str, str]], _: float) -> list[Solved]:
    from wayhome.engines.tasking.now.model import Solved

    return [Solved(None, 0, 0, False) for _ in keys]


def _teams_without(search: Search, threads: int, keys: Sequence[tuple[str, str]], each: float) -> list[Solved]:
    """Side by side: each begins from what the search has found, and none from another."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(partial(_team_without, search, each), keys))


def _team_without(search: Search, each: float, key: tuple[str, str]) -> Solved:
    """The best plan without a person on a mission, from what a search has found already."""
    problem = search.problem
    m = [one.id for one in problem.missions].index(key[1])
    rounds = min(search.work.rounds, AGAIN_ROUNDS)
    amount = replace(search.work, choose=each, rounds=rounds, steps=AGAIN_STEPS, threads=1)
    found = search.without(m, problem.people.index(key[0]), amount)
    return _solved(problem, found, known=found.proven or found.impossible is not None)


def _solved(problem: Problem, found: Solution, *, known: bool) -> Solved:
    from wayhome.engines.tasking.now.model import Solved

    if found.points is None:
        return Solved(None, 0, 0, known)
    sent = {problem.people[who]: problem.missions[team.mission].id for team in found.teams for who in team.people}
    return Solved(dict(sorted(sent.items())), found.points, min(found.bound, found.points), known)


def gap_for(request: Request) -> float:
    """What is good enough where nobody said: what can be proven in seconds. The whole proof up to 20 missions.

    Half a hundredth up to 40 missions, 2 % up to 100, 5 % above.
    """
    missions = len(request.missions)
    return next(gap for most, gap in GAPS if missions <= most)


def _placed_twice(request: Request) -> bool:
    """Whether somebody has accepted two missions: there is no plan, and the model of every pair says why."""
    pairs = {(pair.person, pair.mission) for pair in request.fixed}
    return len({who for who, _ in pairs}) < len(pairs)
