"""Looking for teams: the cheapest of one mission under prices for its people, kept once they are found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.tasking.now.teams import kernel
from wayhome.engines.tasking.now.teams.cutting import fined, halves
from wayhome.engines.tasking.now.teams.problem import LEVEL, Flags, Floats, Ints, Problem
from wayhome.engines.tasking.now.teams.solver import Column, Duals, Group, Master

WIDTH = 64
KEPT = 12
MOST_BETTER = 64


@dataclass(frozen=True, kw_only=True)
class Work:
    """How much is done: rounds of prices, nodes of one search, teams listed for the proof, solver units to choose.

    After `patience` rounds that hardly help, the bound is looked at. `steps` better the prices inside a team before
    each search. `gap`: good enough. `threads` search for teams side by side; their number changes no answer.
    """

    rounds: int = 80
    nodes: int = 500
    nodes_exact: int = 100_000
    steps: int = 100
    patience: int = 4
    listed: int = 30_000
    choose: float = 5.0
    gap: float = 0.0
    threads: int = 1


class Catch(NamedTuple):
    """What a search brought home: options of each team (-1 after the last), their worth, whether it was whole."""

    teams: NDArray[np.int32]
    values: Floats
    done: bool


class Seeker:
    """All teams seen so far, and the search for more."""

    def __init__(self, problem: Problem, work: Work) -> None:
        self.problem, self.work = problem, work
        self.rows = [np.zeros(team.need.size + len(team.pairs)) for team in problem.teams]
        self.place = [_places(team.who, len(problem.people)) for team in problem.teams]
        self.found: dict[tuple[int, tuple[int, ...]], Column] = {}
        self.cuts: dict[Group, None] = {}
        self.groups: Ints = np.zeros((0, 3), np.int64)
        self.master = Master(problem)
        self.without_whom: dict[int, int] = {}

    def _keep(self, m: int, people: Iterable[int], points: float) -> Column:
        key = (m, tuple(sorted(people)))
        column = self.found.get(key)
        if column is None:
            column = self.found[key] = Column(*key, round(points))
            self.master.add(column)
        return column

    def _per_person(self, duals: Duals) -> Floats:
        """What sending each person takes off: their own price and those of the reserves they are of."""
        return duals.person + duals.home @ self.problem.home if len(duals.home) else duals.person

    def _prices(self, m: int, per_person: Floats) -> Floats:
        team = self.problem.teams[m]
        return team.cost - per_person[team.who]

    def hunt(
        self,
        m: int,
        prices: Floats,
        cutoff: float,
        *,
        banned: Flags | None = None,
        fines: Floats | None = None,
        most: int = 0,
        nodes: int = 0,
        none: bool = False,
    ) -> Catch:
        """Teams of a mission under the cutoff, all of them where `most` is given; whether the search was whole.

        With `none` only whether there is any at all. Touches nothing: threads may call it.
        """
        team = self.problem.teams[m]
        size = team.who.size
        if not size:
            return Catch(np.empty((0, 0), np.int32), np.empty(0), done=True)
        room = most or (1 if none else MOST_BETTER)
        found = np.empty((room, min(size, WIDTH, team.most + team.places)), np.int32)
        values = np.empty(room)
        mask = banned if banned is not None else np.zeros(size, np.uint8)
        if m in self.without_whom:
            mask[self.place[m][self.without_whom[m]]] = 1
        cuts = fined(self.groups, fines if fines is not None else np.zeros(0), self.place[m], size)
        kept, _, done = kernel.hunt(
            team, self.problem.knows, self.problem.apart, prices, self.rows[m], cuts, mask, cutoff, most > 0,
            nodes or self.work.nodes, found, values,
        )  # fmt: skip
        first = 0 if most else max(0, kept - KEPT)
        return Catch(found[first:kept].copy(), values[first:kept].copy(), bool(done))

    def _keep_all(self, m: int, prices: Floats, catch: Catch, fines: Floats | None = None) -> list[Column]:
        team = self.problem.teams[m]
        if not catch.values.size:
            return []
        there = catch.teams >= 0
        who = np.where(there, team.who[catch.teams], -1)
        whole = catch.values + np.where(there, (team.cost - prices)[catch.teams], 0.0).sum(axis=1)
        if fines is not None:
            whole -= self._fines_of(who, fines)
        return [
            self._keep(m, [one for one in row if one >= 0], points)
            for row, points in zip(who.tolist(), whole.tolist(), strict=True)
        ]

    def whole_points(self, m: int, people: Iterable[int]) -> float | None:
        """The points of a team that stands; None where its head-counts, balances or size are not kept.

        Bonds of people apart and strangers are not looked at: a plan that a judge let pass has none.
        """
        team = self.problem.teams[m]
        here = self.place[m][list(people)]
        if (here < 0).any() or team.trainee[here].sum() > team.places or (1 - team.trainee[here]).sum() > team.most:
            return None
        served = team.rows[here].sum(axis=0)
        short = served < team.need
        if (short & (team.kind != LEVEL)).any():
            return None
        inside = np.zeros(team.who.size, np.bool_)
        inside[here] = True
        parted = int((inside[team.pairs[:, 0]] != inside[team.pairs[:, 1]]).sum())
        return float(team.base + team.cost[here].sum() + team.fine[short].sum() + team.parted * parted)

    def _fines_of(self, who: NDArray[np.int64], fines: Floats) -> Floats:
        """What teams pay for the cuts. who: (teams, width) people, -1 after the last."""
        total = np.zeros(len(who))
        inside = np.zeros(len(self.problem.people) + 1)
        for group, least, fine in zip(self.groups, halves(self.groups), fines, strict=False):
            if fine > 0.0:
                inside[group[group >= 0]] = 1.0
                total += fine * (inside[who].sum(axis=1) >= least)
                inside[:] = 0.0
        return total


def _places(who: Ints, people: int) -> Ints:
    """The option of each person, -1 where they are none; one more at the end for nobody."""
    place = np.full(people + 1, -1, np.int64)
    place[who] = np.arange(who.size)
    return place
