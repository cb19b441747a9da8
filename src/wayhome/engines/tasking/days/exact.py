"""Few missions, proven whole by CP-SAT: the only module of this room with ortools.

A team is named by the first of its missions, so no plan is there twice. Two missions that those who are there on a day
cannot man by two teams are on that day one team's, or are not both on it (`apart`); without this the proof takes
several times as long. What is asked is whether a plan below a known cost exists; the answer is a bound. Deterministic:
one worker, a fixed seed, a limit in the solver's own time.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from ortools.sat.python import cp_model

from wayhome.engines.tasking.days.apart import apart, cliques
from wayhome.engines.tasking.days.bounds import Ints, staffed
from wayhome.engines.tasking.days.world import World

WORK: Final = 15.0
SEED: Final = 1


def proven_least(world: World, cost: int, bound: int) -> int:
    """A bound at least as good as `bound`; `cost` where no plan is cheaper. `world` has days enough for any such."""
    model = _Model(world)
    model.model.add(model.cost >= bound)
    model.model.add(model.cost <= cost - 1)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = WORK
    status = solver.solve(model.model)
    if status == cp_model.INFEASIBLE:
        return cost
    return max(bound, int(np.ceil(solver.best_objective_bound - 1e-6)))


class _Model:
    """`day`, `start` (since the first day), `done` by mission; `led[i, k]`: mission i is in the team that k names."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.model = cp_model.CpModel()
        self.days, self.missions = world.there.shape[0], range(world.duration.size)
        model, last = self.model, world.there.shape[0] * world.length
        self.day = [model.new_int_var(0, self.days - 1, "") for _ in self.missions]
        self.start = [model.new_int_var(0, last, "") for _ in self.missions]
        self.led = {(i, k): model.new_bool_var("") for i in self.missions for k in range(i + 1)}
        self.done = [sum(self.led[i, k] for k in range(i + 1)) for i in self.missions]
        self.holds = [[model.new_bool_var("") for _ in range(world.has.shape[0])] for _ in self.missions]
        self._times()
        self._teams()
        self._people()
        self._shared()
        self.cost = self._cost(last)
        self._apart()
        model.minimize(self.cost)

    def _times(self) -> None:
        """Within a day, on a day when it can be manned, after what comes before; declined with all that follows."""
        world, model, can = self.world, self.model, staffed(self.world)
        spent = []
        for i in self.missions:
            model.add(self.start[i] >= self.day[i] * world.length)
            model.add(self.start[i] + int(world.duration[i]) <= (self.day[i] + 1) * world.length)
            days = [int(d) for d in np.flatnonzero(can[:, i])]
            model.add_allowed_assignments([self.day[i]], [(d,) for d in days] or [(0,)])
            if world.decline[i] >= 0:
                model.add(self.done[i] <= 1)
                spent.append(int(world.decline[i]) * (1 - self.done[i]))
            else:
                model.add(self.done[i] == 1)
            for j in world.before[world.before_at[i] : world.before_at[i + 1]]:
                model.add(self.done[j] >= self.done[i])
                model.add(self.start[j] + int(world.duration[j]) <= self.start[i])
        model.add(sum(spent) <= max(0, world.budget))

    def _teams(self) -> None:
        """The missions of a team lie on one day, one after the other; what names a team belongs to it."""
        for k in self.missions:
            spans = []
            for i in range(k, len(self.missions)):
                self.model.add_implication(self.led[i, k], self.led[k, k])
                self.model.add(self.day[i] == self.day[k]).only_enforce_if(self.led[i, k])
                took = int(self.world.duration[i])
                spans.append(self.model.new_optional_fixed_size_interval_var(self.start[i], took, self.led[i, k], ""))
            self.model.add_no_overlap(spans)

    def _people(self) -> None:
        """A team holds whom its missions need; nobody is in two teams of a day, or in one when off."""
        world, model = self.world, self.model
        for (i, k), inside in self.led.items():
            for z in range(int(world.need_n[i])):
                holders = [self.holds[k][p] for p in np.flatnonzero(world.has[:, world.need_s[i, z]])]
                model.add(sum(holders) >= int(world.need_k[i, z])).only_enforce_if(inside)
        for p in range(world.has.shape[0]):
            spans = [model.new_fixed_size_interval_var(int(d), 1, "") for d in np.flatnonzero(world.there[:, p] == 0)]
            for k in self.missions:
                model.add_implication(self.holds[k][p], self.led[k, k])
                spans.append(model.new_optional_fixed_size_interval_var(self.day[k], 1, self.holds[k][p], ""))
            model.add_no_overlap(spans)

    def _apart(self) -> None:
        """Pairs that cannot be manned side by side on a day are in one team there; those on no day never overlap.

        Last, as the solver decides what was named first when nothing else tells.
        """
        model, can = self.model, apart(self.world)
        on = [[model.new_bool_var("") for _ in range(self.days)] for _ in self.missions]
        for i in self.missions:
            model.add_exactly_one(on[i])
            model.add(self.day[i] == sum(d * there for d, there in enumerate(on[i])))
        spans = [self._span(i) for i in self.missions]
        given_up = [[self._given_up(i)] if self.world.decline[i] >= 0 else [] for i in self.missions]
        for i in self.missions:
            for j in range(i):
                together = self._together(i, j)
                done = [*given_up[i], *given_up[j]]
                for d in np.flatnonzero(~can[:, i, j]):
                    model.add_bool_or(on[i][d].negated(), on[j][d].negated(), together, *done)
        for group in cliques(np.logical_not(np.any(can, axis=0))):
            model.add_no_overlap([spans[i] for i in group])

    def _together(self, i: int, j: int) -> cp_model.IntVar:
        """Whether mission i and an earlier one, j, are in one team."""
        model, one = self.model, self.model.new_bool_var("")
        for k in range(j + 1):
            model.add_bool_or(one.negated(), self.led[i, k].negated(), self.led[j, k])
            model.add_bool_or(one, self.led[i, k].negated(), self.led[j, k].negated())
        model.add_implication(self.led[i, i], one.negated())
        return one

    def _given_up(self, i: int) -> cp_model.IntVar:
        one = self.model.new_bool_var("")
        self.model.add(self.done[i] == 1 - one)
        return one

    def _span(self, i: int) -> cp_model.IntervalVar:
        """The time of a mission, where it is done."""
        in_plan = self.model.new_bool_var("")
        self.model.add(self.done[i] == in_plan)
        return self.model.new_optional_fixed_size_interval_var(self.start[i], int(self.world.duration[i]), in_plan, "")

    def _shared(self) -> None:
        """At no moment more holders of a skill are asked for than are there."""
        world = self.world
        held: Ints = world.there @ world.has
        for s in range(world.has.shape[1]):
            most = int(held[:, s].max())
            spans, heights = [], []
            for i in self.missions:
                asked = int(world.need_k[i, : world.need_n[i]][world.need_s[i, : world.need_n[i]] == s].sum())
                if asked:
                    spans.append(self._span(i))
                    heights.append(asked)
            for d in np.flatnonzero(held[:, s] < most):
                begin = int(d) * world.length
                spans.append(self.model.new_fixed_size_interval_var(begin, world.length, ""))
                heights.append(most - int(held[d, s]))
            self.model.add_cumulative(spans, heights, most)

    def _cost(self, last: int) -> cp_model.LinearExprT:
        ends = [self.model.new_int_var(0, last, "") for _ in range(4)]
        for i in self.missions:
            end = self.start[i] + int(self.world.duration[i])
            for p in {int(self.world.priority[i]), 3}:
                given_up = (1 - self.done[i]) * last
                self.model.add(ends[p] >= end - given_up)
        return sum(int(w) * e for w, e in zip(self.world.weights, ends, strict=True))
