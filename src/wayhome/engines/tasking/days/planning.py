"""Days ahead: who goes together on which day, on what, so that the gravest end first. The room's front door."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np

from wayhome.engines.tasking.days.bounds import orders
from wayhome.engines.tasking.days.checks import check_problem
from wayhome.engines.tasking.days.data import DaysPlan, DaysProblem, DayTeam, Timed
from wayhome.engines.tasking.days.proving import Proof
from wayhome.engines.tasking.days.searching import Searcher
from wayhome.engines.tasking.days.world import World, make_world
from wayhome.engines.tasking.errors import TaskingError

Tick = Callable[[DaysPlan], bool]
FIRST_DAYS: Final = 32
STAY: Final = {3: 4, 6: 3, 10: 2}
"""After so many rounds so many searchers go on: those with the best plans."""
STAY_HINTED: Final = {4: 7, 7: 6, 10: 4, 14: 3, 18: 2}
"""The same where missions can be declined: for each order one more searcher comes in while the bound is worked out."""
SHARE_EVERY: Final = 8
"""So many rounds apart the second searcher goes on from the best plan, where its own is worse."""
MOST_WORK: Final = 1_000_000


def plan_days(
    problem: DaysProblem, *, seed: int = 1, work: int = 40, workers: int = 1, tick: Tick | None = None
) -> DaysPlan:
    """The best plan found in `work` rounds of search, with a bound that no plan is below.

    Six searchers, one for each order in which the first three priorities can end, cool towards ends below their best;
    the worse ones stop after a few rounds. After each round `tick` is given the best plan so far with the bound as
    far as it is known, first a plan that is there at once; the search ends when it answers False, or nothing better is
    possible. `workers` threads share the work and do not change the answer: the same problem, seed and work give the
    same plan. Raises TaskingError for a problem that cannot be planned.
    """
    check_problem(problem)
    for value, low, what in ((seed, 0, "the seed"), (work, 0, "the work"), (workers, 1, "the number of workers")):
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= MOST_WORK:
            raise TaskingError(f"{what} is {value!r}; it must be a whole number from {low} to {MOST_WORK}")
    if not problem.missions:
        return DaysPlan((), (), (0, 0, 0, 0), 0, 0)
    run = _Run(problem, seed)
    if tick is not None and not tick(run.plan()):
        return run.plan()
    with ThreadPoolExecutor(workers) as pool:
        while run.rounds < work and not run.closed:
            run.round(pool)
            if tick is not None and not tick(run.plan()):
                break
    return run.plan()


class _Run:
    """Searchers and proof, round by round."""

    def __init__(self, problem: DaysProblem, seed: int) -> None:
        self.problem = problem
        self.seed = seed
        first = _first(problem, seed)
        days = max(4, int(first.ends[3]) * 3 // (2 * problem.day_length)) + 2
        world = make_world(problem, days)
        self.best: Searcher = first
        self.all = [Searcher(world, order, seed, number) for number, order in enumerate(orders())]
        self.active: list[Searcher] = []
        self.rounds = 0
        self.stay = STAY if world.budget < 0 else STAY_HINTED
        self.world = world
        self.proof = Proof(problem, first.cost)

    @property
    def closed(self) -> bool:
        return self.best.cost <= self.proof.bound

    def round(self, pool: ThreadPoolExecutor) -> None:
        """One epoch of each active searcher, and one step of the proof."""
        begin = self.rounds == 0
        if begin:
            found = list(pool.map(Searcher.start, self.all))
            self.active = [searcher for searcher, there in zip(self.all, found, strict=True) if there]
        proving = pool.submit(self.proof.step, self.best.cost)
        list(pool.map(Searcher.epoch, self.active))
        proving.result()
        self.rounds += 1
        self._hinted()
        self.active.sort(key=lambda one: one.cost)
        del self.active[self.stay.get(self.rounds, len(self.active)) :]
        if self.active and self.active[0].cost < self.best.cost:
            self.best = self.active[0]
        if self.rounds > max(self.stay) and self.rounds % SHARE_EVERY == 0:
            for worse in self.active[1:]:
                if worse.cost > self.active[0].cost:
                    worse.follow(self.active[0])

    def _hinted(self) -> None:
        """One more searcher, which first declines what the program would: which to give away decides much."""
        if self.proof.hint is not None and self.world.budget >= 0:
            order, hint = self.proof.hint
            searcher = Searcher(self.world, order, self.seed, len(self.all))
            self.all.append(searcher)
            if searcher.start(hint=hint):
                self.active.append(searcher)

    def plan(self) -> DaysPlan:
        best = self.best
        return told(self.problem, best.world, best, min(self.proof.bound, best.cost), self.rounds)


def _first(problem: DaysProblem, seed: int) -> Searcher:
    """A plan at once, on as many days as it takes."""
    last = max((day for p in problem.members for day in p.off), default=0)
    most = len(problem.missions) + last + 1
    days = min(FIRST_DAYS, most)
    while True:
        searcher = Searcher(make_world(problem, days), (0, 1, 2), seed, -1)
        if searcher.start(1):
            return searcher
        if days >= most:
            raise TaskingError(f"no plan was found for {len(problem.missions)} missions in {most} days")
        days = min(2 * days, most)


def told(problem: DaysProblem, world: World, searcher: Searcher, bound: int, rounds: int) -> DaysPlan:
    """The searcher's best plan in the words it was asked in."""
    board = searcher.best
    teams = []
    for d in range(board.teams.size):
        for t in range(int(board.teams[d])):
            tasks = []
            for i in board.seq[d, t, : board.seq_n[d, t]]:
                start = int(board.start[i])
                tasks.append(Timed(problem.missions[i].name, start, start + int(world.duration[i])))
            members = tuple(problem.members[p].name for p in np.flatnonzero(board.where[d] == t))
            if tasks:
                teams.append(DayTeam(d + 1, members, tuple(tasks)))
    declined = tuple(problem.missions[i].name for i in np.flatnonzero(board.day < 0))
    first, second, third, last = (int(e) for e in searcher.ends)
    return DaysPlan(tuple(teams), declined, (first, second, third, last), searcher.cost, bound, rounds)
