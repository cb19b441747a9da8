"""The bound as a mixed-integer program, solved by HiGHS as scipy brings it: `bounds` says what its constraints mean.

Per stage and day it says how much of the day lies before the stage's end, per mission how far it is declined (the
relaxed part). The constraints on work by day are put in as they are found broken. HiGHS is limited in nodes, never in
seconds: the same question gives the same bound.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

from wayhome.engines.tasking.days.bounds import Floats, Ints, Stage
from wayhome.engines.tasking.days.world import World

View = tuple[Floats, Floats]
"""Prices of members, and the least teams by them."""
NODES: Final = 2000
ROUNDS: Final = 12
MOST_NEW: Final = 40
BROKEN_BY: Final = 1e-6


class Hint(NamedTuple):
    """What the program would do: `shares` (N,) of each mission declined, and `ends` of its stages, in units."""

    shares: Floats
    ends: Floats


@dataclass
class Rows:
    """Rows of a matrix as they are gathered: `low` <= row."""

    columns: list[Ints] = field(default_factory=list)
    values: list[Floats] = field(default_factory=list)
    low: list[float] = field(default_factory=list)

    def add(self, columns: Ints | list[int], values: Floats | list[float], low: float) -> None:
        self.columns.append(np.asarray(columns, np.int64))
        self.values.append(np.asarray(values, np.float64))
        self.low.append(low)

    def matrix(self, width: int) -> csr_array:
        at = np.cumsum([0, *(c.size for c in self.columns)])
        return csr_array((np.concatenate(self.values), np.concatenate(self.columns), at), (len(self.low), width))


class BoundModel:
    """Columns: N shares declined; for each stage D + 1 parts of days (the last: any time after), D days wholly before
    its end, and its end in units of `grain`."""

    def __init__(self, world: World, stages: list[Stage], views: list[View]) -> None:
        self.world, self.stages, self.views = world, stages, views
        self.missions, self.days = int(world.duration.size), int(world.there.shape[0])
        self.grain = int(np.gcd.reduce(np.append(world.duration, world.length)))
        self.block = 2 * self.days + 2
        self.width = self.missions + len(stages) * self.block
        self.rows = Rows()
        self.hint: Hint | None = None
        self.known: set[tuple[int, int, int, int]] = set()
        self._calendar()
        self._declining()
        for k in range(len(stages)):
            for v in range(len(views)):
                self.energy(k, v, 0, 0)

    def part(self, k: int, d: int) -> int:
        return self.missions + k * self.block + d

    def whole(self, k: int, d: int) -> int:
        return self.part(k, self.days + 1 + d)

    def end(self, k: int) -> int:
        return self.part(k, 2 * self.days + 1)

    def _calendar(self) -> None:
        """A stage's end is the sum of its parts; a day begins when the one before is over; stages end in order."""
        length = float(self.world.length)
        for k, stage in enumerate(self.stages):
            parts = [self.part(k, d) for d in range(self.days + 1)]
            sums = [1.0] * len(parts)
            self.rows.add([*parts, self.end(k)], [*sums, -float(self.grain)], 0.0)
            self.rows.add([*parts, self.end(k)], [*(-one for one in sums), float(self.grain)], 0.0)
            for d in range(self.days):
                self.rows.add([self.part(k, d), self.whole(k, d)], [1.0, -length], 0.0)
                later = length if d + 1 < self.days else length * 1000
                self.rows.add([self.whole(k, d), self.part(k, d + 1)], [later, -1.0], 0.0)
            if k:
                self.rows.add([self.end(k), self.end(k - 1)], [1.0, -1.0], 0.0)
            for i in np.flatnonzero(stage.due >= 0):
                head, due = float(stage.heads[i] + stage.tails[i] * (stage.chained[i] >= 0)), int(stage.chained[i])
                self.rows.add([self.end(k), due], [float(self.grain), head], head)

    def _declining(self) -> None:
        """All that comes after a declined mission is declined; the budget holds."""
        world = self.world
        for i in range(self.missions):
            for j in world.after[world.after_at[i] : world.after_at[i + 1]]:
                self.rows.add([int(j), i], [1.0, -1.0], 0.0)
        if world.budget >= 0:
            paid = np.flatnonzero(world.decline > 0)
            self.rows.add(paid, -world.decline[paid].astype(np.float64), -float(world.budget))

    def _energy(self, k: int, v: int, first: int, spare: int) -> tuple[Ints, Floats, float]:
        """Room less work, as columns, values and the least it must be."""
        price, teams = self.views[v]
        chosen, due = self.stages[k].demanded(self.world, first, spare)
        amount = self.world.duration[chosen] * teams[chosen]
        days = np.arange(first, self.days + 1)
        room = np.append(self.world.there @ price, price.sum())[days]
        reached = days + spare
        columns = np.concatenate([due, self.part(k, 0) + np.minimum(reached, self.days)])
        return columns, np.concatenate([amount, room]), float(amount.sum())

    def energy(self, k: int, v: int, first: int, spare: int) -> None:
        """Puts in one constraint of work against time; twice the same is put in once."""
        if (k, v, first, spare) not in self.known:
            self.known.add((k, v, first, spare))
            columns, values, low = self._energy(k, v, first, spare)
            order, index = np.unique(columns, return_inverse=True)
            scale = max(low, 1.0)
            self.rows.add(order, np.bincount(np.asarray(index).ravel(), values) / scale, low / scale)

    def broken(self, values: Floats) -> list[tuple[float, int, int, int, int]]:
        """Constraints that a solution breaks, the worst first."""
        found = []
        for k, stage in enumerate(self.stages):
            starts = (stage.heads - self.world.duration) // self.world.length
            firsts = sorted({int(x) for x in starts[stage.due >= 0]} | {0})
            spares = sorted({int(x) for x in stage.tails[stage.chained >= 0] // self.world.length} | {0})
            for v in range(len(self.views)):
                for first, spare in [(h, 0) for h in firsts] + [(0, q) for q in spares if q]:
                    columns, amounts, low = self._energy(k, v, first, spare)
                    short = (low - float(values[columns] @ amounts)) / max(low, 1.0)
                    if short > BROKEN_BY and (k, v, first, spare) not in self.known:
                        found.append((short, k, v, first, spare))
        return sorted(found, reverse=True)

    def least(self, enough: float) -> float:
        """The bound; no more is tried once it is above `enough`."""
        bound = 0.0
        for _ in range(ROUNDS):
            answer = self._solve()
            if answer.mip_dual_bound is not None:
                bound = max(bound, float(answer.mip_dual_bound))
            if answer.x is None:
                return bound
            found = np.asarray(answer.x, np.float64)
            ends = np.array([found[self.end(k)] for k in range(len(self.stages))]) * self.grain
            self.hint = Hint(found[: self.missions], ends)
            if bound >= enough:
                return bound
            worst = self.broken(found)
            if not worst:
                return bound
            for _, k, v, first, spare in worst[:MOST_NEW]:
                self.energy(k, v, first, spare)
        return bound

    def _solve(self) -> OptimizeResult:
        low, high = np.zeros(self.width), np.ones(self.width)
        high[: self.missions] = self.world.decline >= 0
        whole: NDArray[np.int64] = np.zeros(self.width, np.int64)
        cost = np.zeros(self.width)
        for k, stage in enumerate(self.stages):
            high[self.part(k, 0) : self.part(k, self.days)] = self.world.length
            high[self.part(k, self.days)] = np.inf
            whole[self.whole(k, 0) : self.end(k) + 1] = 1
            high[self.end(k)] = np.inf
            cost[self.end(k)] = stage.weight * self.grain
        limits = LinearConstraint(self.rows.matrix(self.width), lb=np.array(self.rows.low))
        return milp(
            cost, integrality=whole, bounds=Bounds(low, high), constraints=limits,
            options={"node_limit": NODES, "mip_rel_gap": 0.0},
        )  # fmt: skip
