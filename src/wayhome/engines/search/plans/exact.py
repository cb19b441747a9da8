"""Containment solved exactly, by CP-SAT. The only module of the search engine with ortools.

Deterministic: one worker, a fixed seed, and a limit in the solver's own deterministic time, never in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from ortools.sat.python import cp_model

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.plans.coverage import Choice, Coverage

SCALE: Final = 1_000_000_000
"""Weights are told to the solver as whole parts of the heaviest sum, so many of them."""
SEED: Final = 1


@dataclass(frozen=True)
class Exact:
    """The choice found, what no choice can beat, and whether it is proven to be the best."""

    choice: Choice
    bound: float
    proven: bool


def best_choice(coverage: Coverage, work: float = 60.0) -> Exact:
    """The best choice. `work` is CP-SAT's deterministic time; raises SearchError when nothing comes of it."""
    total = float(coverage.weights.sum())
    if total <= 0:
        return Exact((None,) * coverage.watchers, 0.0, True)
    model = cp_model.CpModel()
    useful = coverage.covers.any(axis=2)
    sent = {(int(w), int(p)): model.new_bool_var("") for w, p in np.argwhere(useful)}
    for watcher in range(coverage.watchers):
        model.add_at_most_one([sent[pair] for pair in sent if pair[0] == watcher])
    for place in range(coverage.places):
        model.add_at_most_one([sent[pair] for pair in sent if pair[1] == place])
    parts = np.rint(coverage.weights / total * SCALE).astype(np.int64)
    covered = []
    for thing in np.flatnonzero(parts > 0):
        by = [sent[int(w), int(p)] for w, p in np.argwhere(coverage.covers[:, :, thing])]
        if by:
            is_covered = model.new_bool_var("")
            model.add_bool_or([*by, is_covered.negated()])
            covered.append(int(parts[thing]) * is_covered)
    model.maximize(sum(covered))
    return _solved(model, sent, coverage, total, work)


def _solved(
    model: cp_model.CpModel, sent: dict[tuple[int, int], cp_model.IntVar], coverage: Coverage, total: float, work: float
) -> Exact:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = work
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise SearchError("the solver found no posting within its work: give it more, or fewer places")
    choice: list[int | None] = [None] * coverage.watchers
    for (watcher, place), variable in sent.items():
        if solver.boolean_value(variable):
            choice[watcher] = place
    bound = solver.best_objective_bound / SCALE * total
    return Exact(tuple(choice), bound, status == cp_model.OPTIMAL)
