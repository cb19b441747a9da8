"""The time line as a CP-SAT model: times and people by kind together. The only module of the room with ortools.

Hall's condition stands as cumulatives over the sets of skills that matter. Of a kind of people the first, the second
and so on may join a mission: each is an interval that may be absent, all of demand one, held to what each mission's
places can take (the polymatroid of `decoding`). Demands that are variables would say the same in fewer words, but
CP-SAT 9.15 was seen to refute sound schedules with them where it draws linear rows from such cumulatives.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model

from wayhome.engines.tasking.slots.decoding import Lines, lines_of
from wayhome.engines.tasking.slots.hall import Narrow
from wayhome.engines.tasking.slots.world import Ints, World

NEVER: Final = 1 << 30


@dataclass(frozen=True)
class Found:
    """What a solve came to: a schedule (starts, people by kind) and its end, or None and NEVER; and the bound.

    A model without people gives `starts` only, which no people may be able to keep.
    """

    schedule: tuple[Ints, Ints] | None
    end: int
    bound: int
    starts: Ints | None = None


class Exact:
    """The model for plans that end by `latest` and, as is known, none of which ends before `bound`."""

    def __init__(self, world: World, sets: Sequence[Narrow], bound: int, latest: int, *, manned: bool = True) -> None:
        self._world = world
        self._bound, self._latest = bound, latest
        self._cp = cp_model.CpModel()
        self._start: list[Any] = []
        self._runs: list[Any] = []
        self._joins: dict[tuple[int, int], list[Any]] = {}
        self._manned = manned
        self._solver = cp_model.CpSolver()
        self._add_times()
        for one in sets:
            busy = [mission for mission in range(world.count) if one.takes[mission]]
            self._cp.add_cumulative([self._runs[m] for m in busy], [int(one.takes[m]) for m in busy], one.people)
        if manned:
            self._add_people()

    def _add_times(self) -> None:
        world = self._world
        self._end = self._cp.new_int_var(self._bound, self._latest, "end")
        for mission in range(world.count):
            long = int(world.duration[mission])
            last = self._latest - int(world.tails[mission]) - long
            start = self._cp.new_int_var(int(world.heads[mission]), last, f"start {mission}")
            self._start.append(start)
            self._runs.append(self._cp.new_fixed_size_interval_var(start, long, f"run {mission}"))
            for first in world.before[mission]:
                self._cp.add(start >= self._start[first] + int(world.duration[first]))
            self._cp.add(self._end >= start + long + int(world.tails[mission]))
        self._cp.minimize(self._end)

    def _add_people(self) -> None:
        world, (lines, _) = self._world, lines_of(self._world)
        held: list[list[Any]] = [[] for _ in world.size]
        for mission in range(world.count):
            kinds = [kind for kind in range(len(world.size)) if lines.shown[mission, kind]]
            for kind in kinds:
                most = min(int(world.size[kind]), int(lines.full[mission, lines.shown[mission, kind]]))
                joins = [self._cp.new_bool_var(f"{number} of {kind} on {mission}") for number in range(most)]
                self._joins[mission, kind] = joins
                for one, other in itertools.pairwise(joins):
                    self._cp.add_implication(other, one)
                if world.duration[mission]:
                    held[kind] += [self._held(mission, one) for one in joins]
            self._fill(mission, lines, kinds)
        for runs, size in zip(held, world.size, strict=True):
            if size == 1:
                self._cp.add_no_overlap(runs)
            else:
                self._cp.add_cumulative(runs, [1] * len(runs), int(size))

    def _held(self, mission: int, joins: Any) -> Any:
        long = int(self._world.duration[mission])
        return self._cp.new_optional_fixed_size_interval_var(self._start[mission], long, joins, "")

    def _fill(self, mission: int, lines: Lines, kinds: Sequence[int]) -> None:
        """As many go as there are places, and no more of those who hold nothing else than these places take."""
        whole = (1 << int(lines.bits[mission])) - 1
        if kinds:
            everyone = sum(sum(self._joins[mission, kind]) for kind in kinds)
            self._cp.add(everyone == int(lines.full[mission, whole]))
        for chosen in _unions(int(lines.shown[mission, kind]) for kind in kinds):
            inside = [kind for kind in kinds if lines.shown[mission, kind] | chosen == chosen]
            room = int(lines.full[mission, chosen])
            if chosen != whole and sum(int(self._world.size[kind]) for kind in inside) > room:
                self._cp.add(sum(sum(self._joins[mission, kind]) for kind in inside) <= room)

    def hint(self, start: Ints, taken: Ints | None = None) -> None:
        """Where the search begins: a schedule, or its starts alone."""
        for mission, one in enumerate(self._start):
            self._cp.add_hint(one, int(start[mission]))
        if taken is not None:
            for (mission, kind), joins in self._joins.items():
                for number, one in enumerate(joins):
                    self._cp.add_hint(one, bool(number < taken[mission, kind]))

    def near(self, start: Ints, slack: int) -> None:
        """Only plans in which no mission starts more than `slack` sooner or later; a bound then says nothing."""
        for mission, one in enumerate(self._start):
            self._cp.add_linear_constraint(one, int(start[mission]) - slack, int(start[mission]) + slack)

    def stop(self) -> None:
        """Ends a solve that is under way in another thread."""
        self._solver.stop_search()

    def solve(
        self,
        work: float,
        seed: int,
        *,
        from_below: bool,
        linear: bool = False,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Found:
        """Searches for `work` units of the solver's own deterministic time, with one worker.

        `from_below`: the bound is raised by proving one end after the other out of reach; else good schedules are
        looked for first. `linear`: with linear relaxations, which mostly cost more here than they tell. `stopped` is
        asked once, before the search begins; what is proven when a search is ended from outside is kept.
        """
        settings = self._solver.parameters
        settings.num_workers = 1
        settings.random_seed = seed
        settings.max_deterministic_time = work
        settings.optimize_with_core = from_below
        settings.linearization_level = int(linear)
        if stopped():
            return Found(None, NEVER, self._bound)
        status = self._solver.solve(self._cp)
        if status == cp_model.INFEASIBLE:
            return Found(None, NEVER, self._latest + 1)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Found(None, NEVER, max(self._bound, round(self._solver.best_objective_bound)))
        bound, end = max(self._bound, round(self._solver.best_objective_bound)), round(self._solver.objective_value)
        starts = np.array([self._solver.value(one) for one in self._start], np.int32)
        if not self._manned:
            return Found(None, NEVER, bound, starts)
        taken = np.zeros((self._world.count, len(self._world.size)), np.int32)
        for (mission, kind), joins in self._joins.items():
            taken[mission, kind] = sum(self._solver.value(one) for one in joins)
        return Found((starts, taken), end, bound, starts)


def _unions(sets: Iterable[int]) -> list[int]:
    """Every union of some of the sets, the empty one left out."""
    found: set[int] = set()
    for one in sorted(set(sets)):
        found |= {one | other for other in found} | {one}
    return sorted(found)


class Cover:
    """The linear program of `covering`: how much of all missions stays uncovered at least, columns added as they come.

    `durations` by mission, `lengths` by stretch of time, units.
    """

    def __init__(self, durations: Sequence[int], lengths: Sequence[int]) -> None:
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        far = self._solver.infinity()
        self._covered = [self._solver.Constraint(duration, far) for duration in durations]
        self._filled = [self._solver.Constraint(-far, length) for length in lengths]
        self._goal = self._solver.Objective()
        self._goal.SetMinimization()
        self._known: set[tuple[int, tuple[int, ...]]] = set()
        for row in self._covered:
            left = self._solver.NumVar(0, far, "")
            row.SetCoefficient(left, 1)
            self._goal.SetCoefficient(left, 1)

    def add(self, stretch: int, missions: Sequence[int]) -> bool:
        """A set of missions that can run at once in a stretch; False if it is known."""
        column = (stretch, tuple(missions))
        if column in self._known:
            return False
        self._known.add(column)
        used = self._solver.NumVar(0, self._solver.infinity(), "")
        self._filled[stretch].SetCoefficient(used, 1)
        for mission in missions:
            self._covered[mission].SetCoefficient(used, 1)
        return True

    def short(self) -> bool:
        """Solves anew; whether something stays uncovered, as far as floating point can tell."""
        solved = self._solver.Solve() == pywraplp.Solver.OPTIMAL
        return bool(solved and self._goal.Value() > 1e-6)

    def weights(self) -> list[float]:
        """What covering a little more of each mission would save, 0 to 1."""
        return [min(1.0, max(0.0, row.dual_value())) for row in self._covered]
