"""The rounds: prices from the master, cheapest teams under them, a bound on every plan; then whole teams are chosen."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.tasking.teams import kernel
from wayhome.engines.tasking.teams.problem import HARD, Flags, Floats, Problem
from wayhome.engines.tasking.teams.solver import Chosen, Column, Duals, Master, choose

WIDTH = 64
KEPT = 12
FIRST_STEPS, STEPS = 80, 20
EPS = 1e-6
MOST_LISTED, MOST_BETTER = 32_768, 64
GAP_SHARE = 0.6
"""Of the gap that is good enough, the relaxed choice may leave this share open; whole teams take the rest."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """How much is done: rounds of prices, nodes of one search, teams listed for the proof, solver units to choose.

    `gap`: good enough. `threads` search for teams side by side; their number changes no answer.
    """

    rounds: int = 80
    nodes: int = 2_000
    nodes_exact: int = 100_000
    listed: int = 60_000
    choose: float = 5.0
    gap: float = 0.0
    threads: int = 1


class Catch(NamedTuple):
    """What a search brought home: options of each team (-1 after the last), their worth, whether it was whole."""

    teams: NDArray[np.int32]
    values: Floats
    done: bool


@dataclass(frozen=True)
class Solution:
    """Teams by mission, their points and the bound. No teams: nothing was found."""

    teams: tuple[Column, ...]
    points: int | None
    bound: int
    rounds: int

    @property
    def proven(self) -> bool:
        return self.points is not None and self.points <= self.bound


class Search:
    """All teams seen so far, the prices, and the best plan of whole teams."""

    def __init__(self, problem: Problem, work: Work, seed: int) -> None:
        self.problem, self.work, self.seed = problem, work, seed
        self.rows = [np.zeros(team.need.size + len(team.pairs)) for team in problem.teams]
        self.found: dict[tuple[int, tuple[int, ...]], Column] = {}
        self.best: Chosen | None = None
        self.bound = 0.0
        self.master = Master(problem)
        self.rounds = 0
        self.lasting: Duals | None = None
        self.floors = np.zeros(len(problem.missions))

    def run(self) -> Solution:
        self._greedy(np.zeros(len(self.problem.people)))
        self._rounds()
        self._choose()
        return self.solution()

    def solution(self) -> Solution:
        points = self.best.points if self.best else None
        bound = math.ceil(self.bound - EPS)
        return Solution(self.best.columns if self.best else (), points, max(0, bound), self.rounds)

    def _keep(self, m: int, people: Iterable[int], points: float) -> Column:
        key = (m, tuple(sorted(int(one) for one in people)))
        column = self.found.get(key)
        if column is None:
            column = self.found[key] = Column(*key, round(points))
            self.master.add(column)
        return column

    def _prices(self, m: int, duals: Duals) -> Floats:
        team, problem = self.problem.teams[m], self.problem
        price = team.cost - duals.person[team.who]
        for flags, one in zip(problem.home, duals.home, strict=True):
            if one:
                price = price - one * flags[team.who]
        return price

    def _hunt(
        self, m: int, prices: Floats, cutoff: float, *, banned: Flags | None = None, every: bool = False, nodes: int = 0
    ) -> Catch:
        """Teams of a mission under the cutoff; whether the search was whole. Touches nothing: threads may call it."""
        team = self.problem.teams[m]
        size = team.who.size
        most = min(self.work.listed, MOST_LISTED) if every else MOST_BETTER
        found = np.empty((most, min(size, WIDTH, team.most + team.places)), np.int32)
        values = np.empty(most)
        mask = banned if banned is not None else np.zeros(size, np.uint8)
        kept, _, done = kernel.hunt(
            team, self.problem.knows, self.problem.apart, prices, self.rows[m], mask, cutoff, every,
            nodes or self.work.nodes, found, values,
        )  # fmt: skip
        first = 0 if every else max(0, kept - KEPT)
        return Catch(found[first:kept].copy(), values[first:kept].copy(), bool(done))

    def _keep_all(self, m: int, prices: Floats, catch: Catch) -> list[Column]:
        team = self.problem.teams[m]
        above = team.cost - prices
        columns = []
        for row, value in zip(catch.teams, catch.values, strict=True):
            some = row[row >= 0]
            columns.append(self._keep(m, team.who[some], float(value + above[some].sum())))
        return columns

    def _greedy(self, person: Floats) -> None:
        """A first plan: mission after mission, dearest to leave first, the cheapest team of those still there."""
        problem = self.problem
        free = np.ones(len(problem.people), np.uint8)
        for team in problem.teams:
            free[team.who[team.forced == 1]] = 0
        picked: dict[int, Column] = {}
        leave = [HARD if one is None else one for one in problem.unstaffed]
        waits = {later for later, _ in problem.after}
        for m in sorted(range(len(problem.teams)), key=lambda m: (m in waits, -leave[m], m)):
            team = problem.teams[m]
            if any(later == m and before not in picked for later, before in problem.after) or not team.who.size:
                continue
            banned = ((free[team.who] == 0) & (team.forced == 0)).astype(np.uint8)
            prices = team.cost - person[team.who]
            kernel.ascend(team, prices, self.rows[m], prices.mean() * 6, FIRST_STEPS)
            columns = self._keep_all(m, prices, self._hunt(m, prices, HARD, banned=banned))
            if columns:
                column = columns[-1]
                free[list(column.people)] = 0
                picked[m] = column
        self._consider(picked.values())

    def _consider(self, columns: Iterable[Column]) -> None:
        """A plan of whole teams is kept where it is the best so far and leaves nothing that must be staffed."""
        plan = tuple(columns)
        staffed = {one.mission for one in plan}
        total = self.problem.constant + sum(one.points for one in plan)
        for m, unstaffed in enumerate(self.problem.unstaffed):
            if m not in staffed:
                if unstaffed is None:
                    return
                total += unstaffed
        gone = [who for one in plan for who in one.people]
        for flags, spare in zip(self.problem.home, self.problem.spare, strict=True):
            total += self.problem.thin * max(0, int(flags[gone].sum()) - spare)
        if self.best is None or total < self.best.points:
            self.best = Chosen(plan, total, False)

    def _rounds(self) -> None:
        """Prices and teams in turn, until no team betters the relaxed choice or the plan is as good as the bound."""
        duals = self.master.solve()
        exact = False
        for _ in range(self.work.rounds):
            self.rounds += 1
            centre = self.lasting
            at = duals if centre is None or exact else _mixed(centre, duals)
            grown = self._price_all(at, duals, exact=exact)
            reached = math.ceil(self.bound - EPS)
            if self.best is not None and reached >= self.best.points * (1.0 - self.work.gap) - EPS:
                break
            if exact and not grown:
                break
            exact = not grown
            duals = self.master.solve()
            above = duals.value + self.problem.constant
            if reached >= math.ceil(above - EPS) or above - self.bound <= GAP_SHARE * self.work.gap * above:
                break

    def _price_all(self, at: Duals, duals: Duals, *, exact: bool) -> bool:
        """One round at the prices `at`: the bound there, and whether teams came that better the relaxed choice."""
        before = len(self.found)
        floors, shift, leave = np.empty(len(self.floors)), self._shifts(at), self.problem.unstaffed
        nodes = self.work.nodes_exact if exact else self.work.nodes
        aims = duals.mission + self._shifts(duals)

        def probe(m: int) -> tuple[Floats, float, Catch]:
            return self._probe(m, at, float(aims[m]), nodes)

        missions = [m for m, team in enumerate(self.problem.teams) if team.who.size]
        floors[:] = HARD
        for m, (prices, floor, catch) in zip(missions, self._each(probe, missions), strict=True):
            self._keep_all(m, prices, catch)
            floors[m] = floor
        better = bool((floors < aims - 1e-3).any())
        alone = np.array([HARD if one is None else float(one) for one in leave])
        floors = np.minimum(floors - shift, alone)
        total = self.problem.constant + at.person.sum() + float(np.dot(at.home, self.problem.spare)) + floors.sum()
        if self.lasting is None or total > self.bound:
            self.bound, self.lasting, self.floors = float(total), at, floors
        return len(self.found) > before and (better or not exact)

    def _each(
        self, probe: Callable[[int], tuple[Floats, float, Catch]], missions: list[int]
    ) -> Iterable[tuple[Floats, float, Catch]]:
        if self.work.threads <= 1:
            return map(probe, missions)
        with ThreadPoolExecutor(self.work.threads) as threads:
            return list(threads.map(probe, missions))

    def _probe(self, m: int, at: Duals, aim: float, nodes: int) -> tuple[Floats, float, Catch]:
        """A mission's cheapest teams at the prices `at`, and a floor under them, exact where the search was whole."""
        prices = self._prices(m, at)
        team = self.problem.teams[m]
        floor = kernel.ascend(team, prices, self.rows[m], aim, FIRST_STEPS if self.rounds <= 1 else STEPS)
        cutoff = aim + max(1.0, 0.02 * abs(aim))
        catch = self._hunt(m, prices, cutoff, nodes=nodes)
        if not catch.done:
            return prices, float(floor), catch
        return prices, max(float(floor), float(catch.values[-1]) if catch.values.size else cutoff), catch

    def _shifts(self, duals: Duals) -> Floats:
        """What orders add to each mission's price of being staffed."""
        shift = np.zeros(len(self.problem.missions))
        for (later, before), price in zip(self.problem.after, duals.order, strict=True):
            shift[later] += price
            shift[before] -= price
        return shift

    def _choose(self) -> None:
        """Whole teams: first among those that the rounds found, then among all that a better plan could hold."""
        if not self._is_good():
            self._take(
                choose(
                    self.problem, self._near(self._room()), hint=self._hints(), work=self.work.choose, seed=self.seed
                )
            )
        if self.best is not None and not self._is_good() and self._list_all():
            room = self._room()
            better = choose(
                self.problem, self._near(room), hint=self._hints(), work=self.work.choose, seed=self.seed,
                below=self.best.points,
            )  # fmt: skip
            if better is not None and better.best:
                self.bound = float(better.points if better.columns else self.best.points)
            self._take(better)

    def _is_proven(self) -> bool:
        return self.best is not None and math.ceil(self.bound - EPS) >= self.best.points

    def _is_good(self) -> bool:
        """Proven best, or within the gap that is good enough."""
        if self.best is None:
            return False
        return self._is_proven() or self.best.points - self.bound <= self.work.gap * self.best.points

    def _hints(self) -> tuple[Column, ...]:
        return self.best.columns if self.best else ()

    def _take(self, chosen: Chosen | None) -> None:
        if chosen is not None and chosen.columns and (self.best is None or chosen.points < self.best.points):
            self.best = chosen

    def _room(self) -> float:
        """How far above the bound the best plan is: no team dearer than that, at those prices, is in a better one."""
        return HARD if self.best is None else self.best.points - self.bound + 1.0

    def _over(self, column: Column) -> float:
        """By how much a plan with this team lies above the bound at the least."""
        duals = self.lasting
        if duals is None:
            return 0.0
        who, m = list(column.people), column.mission
        value = column.points - float(duals.person[who].sum())
        for flags, price in zip(self.problem.home, duals.home, strict=True):
            value -= float(price * flags[who].sum())
        return value - float(self._shifts(duals)[m]) - float(self.floors[m])

    def _near(self, room: float) -> list[Column]:
        """The teams that a plan better than the best one could hold, and those of the best one."""
        held = set(self._hints())
        return [one for one in self.found.values() if one in held or self._over(one) <= room]

    def _list_all(self) -> bool:
        """Finds every team that a better plan could hold; False where they are too many."""
        duals = self.lasting
        if duals is None:
            return False
        room, shift = self._room(), self._shifts(duals)
        for m, team in enumerate(self.problem.teams):
            if not team.who.size:
                continue
            prices = self._prices(m, duals)
            cutoff = float(self.floors[m]) + float(shift[m]) + room
            kernel.ascend(team, prices, self.rows[m], cutoff - room, FIRST_STEPS)
            catch = self._hunt(m, prices, cutoff, every=True, nodes=self.work.nodes_exact)
            self._keep_all(m, prices, catch)
            if not catch.done or len(self.found) > self.work.listed:
                return False
        return True


def _mixed(centre: Duals, at: Duals) -> Duals:
    """Prices half way between those of the best bound and the last: smoothing (Wentges 1997)."""
    person, mission, home, order = (0.5 * (one + other) for one, other in zip(centre[:4], at[:4], strict=True))
    return Duals(person, mission, home, order, at.value)
