"""The linear programme over teams, and the choice of whole ones among them. The only module here with ortools."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model

from wayhome.engines.tasking.now.teams.problem import Floats, Problem

MISSING = 10_000_000.0
"""What leaving a mission that must be staffed costs, while its teams are still being looked for."""

SHARE = 1e-6


Group = frozenset[int]
"""An odd number of people."""


class Column(NamedTuple):
    """One team for one mission: who (numbers of people, ascending) and its whole points."""

    mission: int
    people: tuple[int, ...]
    points: int


class Duals(NamedTuple):
    """Prices: each person (<= 0), each mission's staffing, home reserves (-thin .. 0), orders and cuts (<= 0).

    `cut` may be shorter than the cuts there are by now: later ones have no price.
    """

    person: Floats
    mission: Floats
    home: Floats
    order: Floats
    cut: Floats
    value: float


class Master:
    """The relaxed choice: shares of teams. Grows by teams and is solved again from where it stood."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._lp = pywraplp.Solver.CreateSolver("GLOP")
        self._lp.Objective().SetMinimization()
        endless = self._lp.infinity()
        self._person = [self._lp.Constraint(-endless, 1.0) for _ in problem.people]
        self._mission = [self._lp.Constraint(1.0, 1.0) for _ in problem.missions]
        self._home = [self._lp.Constraint(-endless, float(spare)) for spare in problem.spare]
        self._order = [self._lp.Constraint(-endless, 0.0) for _ in problem.after]
        for row in self._home:
            row.SetCoefficient(self._variable(problem.thin), -1.0)
        for m, unstaffed in enumerate(problem.unstaffed):
            self._mission[m].SetCoefficient(self._variable(MISSING if unstaffed is None else unstaffed), 1.0)
        self._waiting: list[Column] = []
        self._columns: list[Column] = []
        self._shares: list[Any] = []
        self._cuts: list[tuple[Any, Group]] = []
        self._leading: dict[int, list[tuple[Any, float]]] = {}
        for row, (later, before) in zip(self._order, problem.after, strict=True):
            self._leading.setdefault(later, []).append((row, 1.0))
            self._leading.setdefault(before, []).append((row, -1.0))

    def _variable(self, points: float) -> Any:
        variable = self._lp.NumVar(0.0, self._lp.infinity(), "")
        self._lp.Objective().SetCoefficient(variable, float(points))
        return variable

    def add(self, column: Column) -> None:
        """One more team, of which a share may be chosen from the next solving on."""
        self._waiting.append(column)

    def _let_in(self) -> None:
        for column in self._waiting:
            self._enter(column)
        self._waiting.clear()

    def _enter(self, column: Column) -> None:
        variable = self._variable(column.points)
        self._mission[column.mission].SetCoefficient(variable, 1.0)
        for who in column.people:
            self._person[who].SetCoefficient(variable, 1.0)
        for row, flags in zip(self._home, self._problem.home, strict=True):
            kept = int(flags[list(column.people)].sum())
            if kept:
                row.SetCoefficient(variable, float(kept))
        for row, sign in self._leading.get(column.mission, ()):
            row.SetCoefficient(variable, sign)
        for row, group in self._cuts:
            if _is_cut(column, group):
                row.SetCoefficient(variable, 1.0)
        self._columns.append(column)
        self._shares.append(variable)

    def cut(self, group: Group) -> None:
        """At most one team holds more than half of the group."""
        self._let_in()
        row = self._lp.Constraint(-self._lp.infinity(), 1.0)
        for column, variable in zip(self._columns, self._shares, strict=True):
            if _is_cut(column, group):
                row.SetCoefficient(variable, 1.0)
        self._cuts.append((row, group))

    def shares(self) -> list[tuple[Column, float]]:
        """The best relaxed choice of the teams so far, each with its share."""
        self._let_in()
        self._lp.Solve()
        values = [variable.solution_value() for variable in self._shares]
        return [(one, value) for one, value in zip(self._columns, values, strict=True) if value > SHARE]

    def solve(self) -> Duals:
        """The prices at the best shares of the teams so far."""
        self._let_in()
        self._lp.Solve()

        def prices(rows: Sequence[Any]) -> Floats:
            return np.array([row.dual_value() for row in rows], np.float64)

        value = float(self._lp.Objective().Value())
        person, order = np.minimum(prices(self._person), 0.0), np.minimum(prices(self._order), 0.0)
        home = np.clip(prices(self._home), -float(self._problem.thin), 0.0)
        cut = np.minimum(prices([row for row, _ in self._cuts]), 0.0)
        return Duals(person, prices(self._mission), home, order, cut, value)


def _is_cut(column: Column, group: Group) -> bool:
    return 2 * len(group.intersection(column.people)) > len(group)


class Chosen(NamedTuple):
    """Whole teams, at most one for each mission, their points, and whether nothing better is among those given."""

    columns: tuple[Column, ...]
    points: int
    best: bool


def choose(
    problem: Problem,
    columns: Sequence[Column],
    *,
    hint: Sequence[Column],
    work: float,
    seed: int,
    below: int | None = None,
    tell: Callable[[int], bool] | None = None,
) -> Chosen | None:
    """The best whole choice among `columns`, under `below` points if given; None where none was found in `work`.

    `best` without a choice is told by an empty one: `Chosen((), 0, True)` says that there is none under `below`.
    `tell` hears the points of every better choice and ends the search by answering False.
    """
    cp = cp_model.CpModel()
    taken = [cp.new_bool_var("") for _ in columns]
    of_mission: list[list[Any]] = [[] for _ in problem.missions]
    of_person: dict[int, list[Any]] = {}
    for column, variable in zip(columns, taken, strict=True):
        of_mission[column.mission].append(variable)
        for who in column.people:
            of_person.setdefault(who, []).append(variable)
    for those in of_person.values():
        if len(those) > 1:
            cp.add_at_most_one(those)
    terms = [column.points * variable for column, variable in zip(columns, taken, strict=True)]
    absent: list[Any] = []
    for m, unstaffed in enumerate(problem.unstaffed):
        absent.append(cp.new_bool_var("") if unstaffed is not None else 0)
        cp.add_exactly_one([*of_mission[m], absent[m]] if unstaffed is not None else of_mission[m])
        if unstaffed is not None:
            terms.append(unstaffed * absent[m])
    for later, before in problem.after:
        cp.add(absent[before] <= absent[later])
    for flags, spare in zip(problem.home, problem.spare, strict=True):
        kept = set(np.flatnonzero(flags).tolist())
        gone = cp_model.LinearExpr.weighted_sum(taken, [sum(who in kept for who in one.people) for one in columns])
        short = cp.new_int_var(0, len(problem.people), "")
        cp.add(short >= gone - spare)
        terms.append(problem.thin * short)
    total = cp_model.LinearExpr.sum(terms) + problem.constant
    if below is not None:
        cp.add(total <= below - 1)
    cp.minimize(total)
    hinted = set(hint)
    for column, variable in zip(columns, taken, strict=True):
        cp.add_hint(variable, column in hinted)
    return _answer(cp, columns, taken, work, seed, tell)


class _Telling(cp_model.CpSolverSolutionCallback):
    """Tells of each better choice, and ends the search where nobody wants more."""

    def __init__(self, tell: Callable[[int], bool]) -> None:
        super().__init__()
        self._tell = tell

    def on_solution_callback(self) -> None:
        if not self._tell(round(self.objective_value)):
            self.stop_search()


def _answer(
    cp: Any, columns: Sequence[Column], taken: list[Any], work: float, seed: int, tell: Callable[[int], bool] | None
) -> Chosen | None:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = work
    status = solver.solve(cp, _Telling(tell) if tell is not None else None)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        picked = tuple(
            column for column, variable in zip(columns, taken, strict=True) if solver.boolean_value(variable)
        )
        return Chosen(picked, round(solver.objective_value), status == cp_model.OPTIMAL)
    return Chosen((), 0, True) if status == cp_model.INFEASIBLE else None
