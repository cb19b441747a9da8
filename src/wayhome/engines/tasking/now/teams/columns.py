"""The rounds: prices from the master, cheapest teams under them, a bound on every plan; then whole teams are chosen."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from wayhome.engines.tasking.now.teams import kernel
from wayhome.engines.tasking.now.teams.cutting import broken_by, padded
from wayhome.engines.tasking.now.teams.picking import pick
from wayhome.engines.tasking.now.teams.problem import HARD, Flags, Floats, Problem
from wayhome.engines.tasking.now.teams.seeking import Catch, Seeker, Work
from wayhome.engines.tasking.now.teams.solver import Chosen, Column, Duals, choose

Answer = TypeVar("Answer")
Tick = Callable[[int | None, int], bool]
"""Hears the points of the best plan so far (None: no plan yet) and the bound; answers whether to go on."""

FIRST_STEPS = 200
EPS = 1e-6
GREEDY_NODES = 500
MOST_PICKED = 4_000
FEW_LISTED = 300
"""Teams that are listed and chosen among in a blink: more, and the relaxed choice is cut tighter first."""
CUT_ROUNDS, CUTS_EACH = 12, 30
GAP_SHARE = 0.6
"""Of the gap that is good enough, the relaxed choice may leave this share open; whole teams take the rest."""
FLAT = 0.1
"""Where a gap is good enough: a round that takes off less than this share of it tries the patience."""
WHOLE = 0.999


@dataclass(frozen=True)
class Solution:
    """Teams by mission, their points and the bound. No teams: nothing was found.

    `impossible`: a mission that must be staffed and has no team, whatever the others do; None where none was met.
    `stopped`: nobody wanted more.
    """

    teams: tuple[Column, ...]
    points: int | None
    bound: int
    rounds: int
    impossible: int | None = None
    stopped: bool = False

    @property
    def proven(self) -> bool:
        return self.points is not None and self.points <= self.bound


class Search(Seeker):
    """All teams seen so far, the prices, and the best plan of whole teams."""

    def __init__(self, problem: Problem, work: Work, seed: int, tick: Tick | None = None) -> None:
        super().__init__(problem, work)
        self.seed, self.tick = seed, tick
        self.best: Chosen | None = None
        self.bound = self.bound_of_prices = 0.0
        self.shares: list[tuple[Column, float]] = []
        self.rounds = 0
        self.stopped = False
        self.lasting: Duals | None = None
        self.floors = np.zeros(len(problem.missions))
        self.pool: ThreadPoolExecutor | None = None

    def run(self) -> Solution:
        """The best plan within the work; sooner where it is good enough or nobody wants more."""
        impossible = self._impossible()
        if impossible is not None:
            return Solution((), None, 0, 0, impossible)
        self._greedy(np.zeros(len(self.problem.people)))
        if self._tell():
            if self.work.threads > 1:
                with ThreadPoolExecutor(self.work.threads) as self.pool:
                    self._search()
            else:
                self._search()
        return self.solution()

    def without(self, m: int, who: int, work: Work) -> Solution:
        """The best plan where one person is not in the team of mission `m`, from the teams and prices found so far."""
        twin = Search(self.problem, work, self.seed)
        twin.without_whom[m] = who
        twin.rows = [rows.copy() for rows in self.rows]
        twin.bound, twin.lasting, twin.floors = self.bound_of_prices, self.lasting, self.floors
        twin.bound_of_prices = self.bound_of_prices
        twin.cuts, twin.groups = self.cuts.copy(), self.groups
        for group in self.cuts:
            twin.master.cut(group)
        for key, column in self.found.items():
            if column.mission != m or who not in column.people:
                twin.found[key] = column
                twin.master.add(column)
        if self.best is not None:
            twin.replace_alone(m, self.best.columns)
        return twin.run()

    def replace_alone(self, m: int, columns: Iterable[Column]) -> None:
        """Considers a plan's other teams as they are, with the best team of mission `m` from those who are left."""
        others = [one for one in columns if one.mission != m]
        free = np.ones(len(self.problem.people), np.uint8)
        for one in others:
            free[list(one.people)] = 0
        team = self.problem.teams[m]
        catch = self.hunt(m, team.cost, HARD, banned=1 - free[team.who])
        self._consider([*others, *self._keep_all(m, team.cost, catch)[-1:]])

    def solution(self) -> Solution:
        points = self.best.points if self.best else None
        return Solution(
            self.best.columns if self.best else (), points, self._whole_bound(), self.rounds, stopped=self.stopped
        )

    def _whole_bound(self) -> int:
        return max(0, math.ceil(self.bound - EPS))

    def _tell(self) -> bool:
        """Says how far it is; False where nobody wants more."""
        if self.tick is not None and not self.stopped:
            self.stopped = not self.tick(self.best.points if self.best else None, self._whole_bound())
        return not self.stopped

    def _heard(self, points: int) -> bool:
        """A better choice in the solver's hands: told with the bound."""
        if self.tick is not None and (self.best is None or points < self.best.points):
            self.stopped = self.stopped or not self.tick(points, self._whole_bound())
        return not self.stopped

    def _impossible(self) -> int | None:
        """A mission that must be staffed and can have no team at all."""
        for m, team in enumerate(self.problem.teams):
            if self.problem.unstaffed[m] is None:
                catch = self.hunt(m, team.cost, HARD, nodes=self.work.nodes_exact, none=True)
                if catch.done and not catch.values.size:
                    return m
        return None

    def _search(self) -> None:
        """Rounds until the prices are right; then by turns listing, where few teams are left, and cutting."""
        self._rounds()
        if self._is_over():
            return
        self._greedy(self.lasting.person if self.lasting is not None else np.zeros(len(self.problem.people)))
        self._take(self._among(self.work.choose / (1 if self.work.gap else 5)))
        few = FEW_LISTED
        for _ in range(CUT_ROUNDS):
            if self._is_over() or self._close(few):
                return
            few = min(2 * few, self.work.listed)
            if not self._cut():
                break
            self._rounds()
        if not self._is_over():
            self._take(self._among(self.work.choose))
        if not self._is_over():
            self._close(self.work.listed)

    def _greedy(self, per_person: Floats) -> None:
        """A plan at once: mission after mission, dearest to leave first, the cheapest team of those still there.

        At prices of people who are wanted elsewhere as well, each takes whom it can spare best: of the teams found so
        far, else of a new search.
        """
        problem = self.problem
        free = np.ones(len(problem.people) + 1, np.uint8)
        for team in problem.teams:
            free[team.who[team.forced == 1]] = 0
        pool = self._pool()
        picked: dict[int, Column] = {}
        leave = [HARD if one is None else one for one in problem.unstaffed]
        waits = {later for later, _ in problem.after}
        for m in sorted(range(len(problem.teams)), key=lambda m: (m in waits, -leave[m], m)):
            team = problem.teams[m]
            if any(later == m and before not in picked for later, before in problem.after) or not team.who.size:
                continue
            mine = free.copy()
            mine[team.who[team.forced == 1]] = 1
            column = _first_of(pool.get(m, []), mine) or self._cheapest(m, per_person, mine)
            if column is not None:
                free[list(column.people)] = 0
                picked[m] = column
        self._consider(picked.values())

    def _pool(self) -> dict[int, list[Column]]:
        """The teams found so far by mission, the nearest to the bound first."""
        every = list(self.found.values())
        over = self._over(every)
        pool: dict[int, list[Column]] = {}
        for one in np.argsort(over, kind="stable") if self.lasting is not None else ():
            pool.setdefault(every[one].mission, []).append(every[one])
        return pool

    def _cheapest(self, m: int, per_person: Floats, free: Flags) -> Column | None:
        """The cheapest team of those who are free, where a short search finds one."""
        team = self.problem.teams[m]
        prices = self._prices(m, per_person)
        kernel.ascend(team, prices, self.rows[m], prices.mean() * 6, self.work.steps)
        banned = 1 - free[team.who]
        columns = self._keep_all(m, prices, self.hunt(m, prices, HARD, banned=banned, nodes=GREEDY_NODES))
        return columns[-1] if columns else None

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
        exact, flat = False, 0
        while self.rounds < self.work.rounds and self._tell():
            self.rounds += 1
            centre = self.lasting
            at = duals if centre is None or exact else _mixed(centre, duals)
            grown = self._price_all(at, duals, exact=exact)
            if self._is_good() or (exact and not grown):
                break
            last, duals = duals.value, self.master.solve()
            above = duals.value + self.problem.constant
            flat = flat + 1 if not exact and last - duals.value <= FLAT * self.work.gap * above else 0
            exact = not grown or flat >= self.work.patience
            if self._whole_bound() >= math.ceil(above - EPS) or above - self.bound <= GAP_SHARE * self.work.gap * above:
                break
        self.shares = self.master.shares()
        if self.shares and all(share > WHOLE for _, share in self.shares):
            self._consider(column for column, _ in self.shares)

    def _price_all(self, at: Duals, duals: Duals, *, exact: bool) -> bool:
        """One round at the prices `at`: the bound there, and whether teams came that better the relaxed choice."""
        before = len(self.found)
        shift, leave = self._shifts(at), self.problem.unstaffed
        nodes = self.work.nodes_exact if exact else self.work.nodes
        aims = duals.mission + self._shifts(duals)
        per_person, fines = self._per_person(at), -at.cut

        def probe(m: int) -> tuple[Floats, float, Catch]:
            return self._probe(m, per_person, fines, float(aims[m]), nodes)

        missions = [m for m, team in enumerate(self.problem.teams) if team.who.size]
        floors = np.full(len(self.floors), HARD)
        for m, (prices, floor, catch) in zip(missions, self._each(probe, missions), strict=True):
            self._keep_all(m, prices, catch, fines)
            floors[m] = floor
        better = bool((floors < aims - 1e-3).any())
        alone = np.array([HARD if one is None else float(one) for one in leave])
        floors = np.minimum(floors - shift, alone)
        total = self.problem.constant + at.person.sum() + at.cut.sum() + floors.sum()
        total += float(np.dot(at.home, self.problem.spare))
        if self.lasting is None or total > self.bound:
            self.bound, self.lasting, self.floors = float(total), at, floors
            self.bound_of_prices = self.bound
        return len(self.found) > before and (better or not exact)

    def _each(self, probe: Callable[[int], Answer], missions: list[int]) -> Iterable[Answer]:
        """Every mission probed, in order; this thread takes its share: a search is over sooner than handed on."""
        if self.pool is None:
            return map(probe, missions)
        waiting = deque(missions)
        answers: dict[int, Answer] = {}

        def work() -> None:
            while True:
                try:
                    m = waiting.popleft()
                except IndexError:
                    return
                answers[m] = probe(m)

        others = [self.pool.submit(work) for _ in range(self.work.threads - 1)]
        work()
        for one in others:
            one.result()
        return (answers[m] for m in missions)

    def _probe(self, m: int, per_person: Floats, fines: Floats, aim: float, nodes: int) -> tuple[Floats, float, Catch]:
        """A mission's cheapest teams at these prices, and a floor under them, exact where the search was whole."""
        prices = self._prices(m, per_person)
        team = self.problem.teams[m]
        floor = kernel.ascend(team, prices, self.rows[m], aim, FIRST_STEPS if self.rounds <= 1 else self.work.steps)
        cutoff = aim + max(1.0, 0.02 * abs(aim))
        catch = self.hunt(m, prices, cutoff, fines=fines, nodes=nodes)
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

    def _cut(self) -> bool:
        """Cuts off the relaxed choice where it counts halves of teams that cannot be; False where nothing is found."""
        new = broken_by(self.shares, len(self.problem.people), self.cuts, CUTS_EACH)
        for group in new:
            self.cuts[group] = None
            self.master.cut(group)
        self.groups = padded(self.cuts)
        return bool(new)

    def _is_good(self) -> bool:
        """Proven best, or within the gap that is good enough."""
        if self.best is None:
            return False
        points = self.best.points
        return self._whole_bound() >= points or points - self.bound <= self.work.gap * points

    def _is_over(self) -> bool:
        return self._is_good() or not self._tell()

    def _hints(self) -> tuple[Column, ...]:
        return self.best.columns if self.best else ()

    def _take(self, chosen: Chosen | None) -> None:
        if chosen is not None and chosen.columns and (self.best is None or chosen.points < self.best.points):
            self.best = chosen

    def _among(self, work: float) -> Chosen | None:
        """The best whole choice of the teams found so far, better than the best plan. None: none found in `work`."""
        every = list(self.found.values())
        over = self._over(every)
        near = np.flatnonzero(over <= self._room())
        columns = [every[one] for one in near]
        below = self.best.points if self.best is not None else None
        if below is not None and self.lasting is not None and len(columns) <= MOST_PICKED:
            absent = np.array([HARD if one is None else float(one) for one in self.problem.unstaffed]) - self.floors
            chosen = pick(self.problem, columns, over[near], absent, bound=self.bound, below=below)
            if chosen is not None:
                return chosen
        return choose(
            self.problem, columns, hint=self._hints(), work=work, seed=self.seed, below=below, tell=self._heard
        )

    def _close(self, most: int) -> bool:
        """Chooses among all teams that a better plan could hold, a proof; False where they are more than `most`."""
        if self.best is None or self.lasting is None or not self._list_all(most):
            return False
        better = self._among(self.work.choose)
        if better is not None and better.best:
            self.bound = float(better.points if better.columns else self.best.points)
        self._take(better)
        return True

    def _room(self) -> float:
        """How far above the bound the best plan is: no team dearer than that, at those prices, is in a better one."""
        return HARD if self.best is None else self.best.points - self.bound + 1.0

    def _over(self, columns: Sequence[Column]) -> Floats:
        """By how much a plan with each of these teams lies above the bound at the least."""
        duals = self.lasting
        if duals is None or not columns:
            return np.zeros(len(columns))
        width = max(len(one.people) for one in columns)
        who = np.array([(*one.people, *(-1,) * (width - len(one.people))) for one in columns], np.int64)
        m = np.array([one.mission for one in columns])
        values = np.array([one.points for one in columns], np.float64) + self._fines_of(who, -duals.cut)
        values -= np.append(self._per_person(duals), 0.0)[who].sum(axis=1)
        return np.asarray(values - self._shifts(duals)[m] - self.floors[m], np.float64)

    def _list_all(self, most: int) -> bool:
        """Finds every team that a better plan could hold; False where they are more than `most`."""
        duals = self.lasting
        if duals is None:
            return False
        room, shift, per_person = self._room(), self._shifts(duals), self._per_person(duals)
        left = most
        for m, team in enumerate(self.problem.teams):
            if not team.who.size:
                continue
            prices = self._prices(m, per_person)
            cutoff = float(self.floors[m]) + float(shift[m]) + room
            kernel.ascend(team, prices, self.rows[m], cutoff - room, self.work.steps)
            catch = self.hunt(m, prices, cutoff, fines=-duals.cut, most=left, nodes=self.work.nodes_exact)
            left -= len(catch.values)
            if not catch.done or left <= 0:
                return False
            self._keep_all(m, prices, catch, -duals.cut)
        return True


def _first_of(columns: Sequence[Column], free: Flags) -> Column | None:
    """The first team whose people are all free."""
    return next((one for one in columns if free[list(one.people)].all()), None)


def _mixed(centre: Duals, at: Duals) -> Duals:
    """Prices half way between those of the best bound and the last: smoothing (Wentges 1997)."""
    person, mission, home, order = (0.5 * (one + other) for one, other in zip(centre[:4], at[:4], strict=True))
    cut = 0.5 * at.cut
    cut[: len(centre.cut)] += 0.5 * centre.cut
    return Duals(person, mission, home, order, cut, at.value)
