"""The plan to compare with: whoever is free goes where the next look promises most for each minute it takes.

What planners without a computer do, done well: the mass already searched is taken off at once, the way there counts,
and nobody goes where they could not be back in time. Nobody looks further ahead than the next place.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.search.plans.clock import LOOKS, PARTS
from wayhome.engines.search.plans.improve import Standing, standing
from wayhome.engines.search.plans.paths import NEVER, Path
from wayhome.engines.search.plans.problem import Problem

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

AHEAD_MIN: Final = 120.0
"""Places further off than this are not looked at while anything nearer promises something."""
MADE_WITH: Final = "b0e82ffae1a8"
"""Of the files that compiled code here takes in: see the test that holds it."""


def greedy(problem: Problem) -> Standing:
    """The greedy plan."""
    return _Greedy(problem).run()


class _Greedy:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.seen = problem.nothing_seen()
        self.slope = problem.worth.slope(problem.mass.weights, self.seen)
        self.fields = problem.fields(self.slope, 0, problem.clock.steps)
        teams = len(problem.teams)
        self.at = [-1] * teams
        self.free = [
            problem.clock.first_step(team.earliest_min) if hours.able else NEVER
            for team, hours in zip(problem.teams, problem.hours, strict=True)
        ]
        self.first: list[tuple[int, int] | None] = [None] * teams
        self.ways: list[list[int]] = [[] for _ in range(teams)]
        self.steps: list[list[int]] = [[] for _ in range(teams)]

    def run(self) -> Standing:
        while min(self.free) < self.problem.clock.steps:
            self._send(int(np.argmin(self.free)))
        paths: list[Path | None] = []
        for team, first in enumerate(self.first):
            if first is None:
                paths.append(None)
                continue
            ways, steps = np.array(self.ways[team], np.int32), np.array(self.steps[team], np.int32)
            paths.append(Path(*first, ways, steps))
        return standing(self.problem, paths)

    def _send(self, team: int) -> None:
        problem, hours, kind = self.problem, self.problem.hours[team], self.problem.kind(team)
        ways, step = kind.ways, self.free[team]
        arrive = np.full(problem.lattice.nodes, NEVER, np.int32)
        if self.at[team] < 0:
            arrive[:] = hours.begin
        else:
            arrive[self.at[team]] = step
        came = np.full(problem.lattice.nodes, -1, np.int32)
        ahead = max(1, round(AHEAD_MIN / problem.clock.step_min))
        best = -1
        for limit in (step + ahead, problem.clock.steps):
            limit = min(limit, problem.clock.steps)
            _walk(ways.first, ways.to, ways.steps, arrive, came, limit)
            best = _dearest(
                self.fields[kind.stamp.tobytes()], arrive, step, limit, hours.end, ways.first, ways.to, ways.steps,
                kind.slot, ways.first_look, kind.look_cells, hours.share,
            )  # fmt: skip
            if best >= 0:
                break
        if best < 0:
            self.free[team] = NEVER
            return
        self._go(team, best, arrive, came)

    def _go(self, team: int, last: int, arrive: Ints, came: Ints) -> None:
        """Walks to where way `last` begins, and takes it."""
        kind = self.problem.kind(team)
        node = int(kind.owner[last])
        taken = [last]
        begun = [int(arrive[node])]
        while came[node] >= 0:
            way = int(came[node])
            node = int(kind.owner[way])
            taken.append(way)
            begun.append(int(arrive[node]))
        if self.first[team] is None:
            self.first[team] = node, int(arrive[node])
        self.ways[team] += taken[::-1]
        self.steps[team] += begun[::-1]
        self.at[team] = int(kind.ways.to[last])
        self.free[team] = begun[0] + int(kind.ways.steps[last])
        self._take_off(team, Path(node, begun[-1], np.array(taken[::-1], np.int32), np.array(begun[::-1], np.int32)))

    def _take_off(self, team: int, path: Path) -> None:
        """Takes what a path shows off the mass, for every look to come."""
        problem = self.problem
        shown = problem.glimpses(team, path)
        self.seen += shown
        slope = problem.worth.slope(problem.mass.weights, self.seen)
        met = np.flatnonzero((slope != self.slope).any(axis=0)).astype(np.int32)
        low = min(self.free) * PARTS
        if met.size and low < problem.clock.parts:
            change = (slope - self.slope)[:, met]
            stamps = {kind.stamp.tobytes(): kind.stamp for kind in problem.kinds}
            for key, stamp in stamps.items():
                problem.mass.change(self.fields[key], stamp, met, change, problem.worth.epoch_of_part, low)
        self.slope = slope


@njit(cache=True, nogil=True)
def _walk(first: Ints, to: Ints, steps: Ints, arrive: Ints, came: Ints, limit: int) -> None:
    """The earliest step at which each node is reached, over every way, up to `limit`; `came` is the way."""
    for s in range(limit + 1):
        for n in range(arrive.size):
            if arrive[n] != s:
                continue
            for way in range(first[n], first[n + 1]):
                then = s + steps[way]
                if then <= limit and then < arrive[to[way]]:
                    arrive[to[way]] = then
                    came[to[way]] = way


@njit(cache=True, nogil=True)
def _dearest(
    fields: Floats,
    arrive: Ints,
    step: int,
    limit: int,
    end: Ints,
    first: Ints,
    to: Ints,
    steps: Ints,
    slot: Ints,
    first_look: NDArray[np.int64],
    look_cells: Ints,
    share: Floats,
) -> int:
    """The searching way with the most worth a step from now until its end; -1 where none shows anything."""
    best, chosen = 0.0, -1
    for n in range(arrive.size):
        if arrive[n] > limit:
            continue
        for way in range(first[n], first[n + 1]):
            done = arrive[n] + steps[way]
            if slot[way] < 0 or done > end[to[way]] or done * PARTS > fields.shape[0]:
                continue
            total = 0.0
            for look in range(first_look[way], first_look[way + 1]):
                if look_cells[look] >= 0:
                    total += fields[arrive[n] * PARTS + (look - first_look[way]) // LOOKS, look_cells[look]]
            rate = total * share[arrive[n]] / (done - step)
            if rate > best:
                best, chosen = rate, way
    return chosen
