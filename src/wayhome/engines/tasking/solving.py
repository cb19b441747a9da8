"""How a request is solved: whole teams under prices where there are many missions, one CP-SAT model else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wayhome.engines.tasking.data import MOST_MISSIONS, Request
from wayhome.engines.tasking.standing import Standing
from wayhome.engines.tasking.weights import Weights

if TYPE_CHECKING:
    from wayhome.engines.tasking.model import Solved
    from wayhome.engines.tasking.teams.columns import Tick

GAPS = ((20, 0.0), (40, 0.005), (100, 0.02), (MOST_MISSIONS, 0.05))
"""Up to so many missions, good enough at this gap where nobody said."""
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
    from wayhome.engines.tasking.model import Model, Solved
    from wayhome.engines.tasking.teams.columns import Search, Work
    from wayhome.engines.tasking.teams.problem import fits_arrays, problem_of

    if len(request.missions) > 1 and fits_arrays(request) and not _placed_twice(request):
        problem = problem_of(request, standing, weights)
        amount = Work(choose=max(0.05, work / 4), gap=gap, threads=threads, rounds=max(3, min(400, round(work * 10))))
        if gap:
            amount = replace(amount, nodes=FEW_NODES, nodes_exact=8 * FEW_NODES)
        found = Search(problem, amount, seed, tick).run()
        if found.impossible is not None:
            return Solved(None, 0, 0, True, problem.missions[found.impossible].id)
        if found.points is not None:
            plan = {
                problem.people[who]: problem.missions[team.mission].id for team in found.teams for who in team.people
            }
            return Solved(dict(sorted(plan.items())), found.points, min(found.bound, found.points), True)
        if found.stopped:
            return Solved(None, 0, 0, False)
    return Model(request, standing, weights).solve(work=work, seed=seed)


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
