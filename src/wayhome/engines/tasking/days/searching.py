"""One searcher: a plan, the ends it aims at, and how boldly. Several run side by side and know nothing of each other.

A searcher aims below the ends of its best plan, towards the floors: at all priorities at once while that succeeds,
by smaller and smaller shares when it does not, at last at one priority by the smallest step, giving others time where
the sum still gains.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.tasking.days.anneal import anneal, build, true_cost
from wayhome.engines.tasking.days.board import DECLINED, Board, copy_all, empty_board
from wayhome.engines.tasking.days.bound_model import Hint
from wayhome.engines.tasking.days.bounds import early_first
from wayhome.engines.tasking.days.breaking import decline, give_up, may_decline
from wayhome.engines.tasking.days.fitting import GREED, Aim, make_room
from wayhome.engines.tasking.days.floors import floors, stakes
from wayhome.engines.tasking.days.world import World
from wayhome.values.chance import generator

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
PEOPLE: Final = 0.05
WARM: Final = 0.2
COLD: Final = 0.01
STEPS: Final = 150_000
"""Steps of an epoch times missions."""
FEWEST: Final = 400
MOST: Final = 3000
BOLDEST: Final = 0.6
LEAST_BOLD: Final = 0.02
LONGER: Final = 1.2
LONGEST: Final = 8.0
"""Epochs grow by this much each time nothing is gained, up to so many times their first length."""
HALF: Final = 0.5
UNLIKELY: Final = 0.2
"""How much a mission of which the program declines nothing is worth declining, next to 1.2 for one that it does."""
STAYS: Final = 0.3
"""How often a searcher that gained nothing goes on from where it stands, and not from its best."""


class Searcher:
    """`order`: which of the priorities 0 to 2 it means to end first, second, third."""

    def __init__(self, world: World, order: tuple[int, ...], seed: int, number: int) -> None:
        self.world, self.order = world, order
        self.room = make_room(world)
        self.chance = generator(seed, "days", str(number))
        self.dice = self.chance.integers(1, 2**62, 1).astype(np.uint64)
        self.best, self.kept, self.board = (empty_board(world) for _ in range(3))
        self.stake = stakes(world, order)
        self.chains = _chains(world)
        self.grain = int(np.gcd.reduce(np.append(world.duration, world.length)))
        self.steps = min(MOST, max(FEWEST, STEPS // world.duration.size))
        self.bold, self.patience = BOLDEST, 1.0
        self.cost, self.ends, self.floor = -1, np.zeros(4, np.int64), np.zeros(4, np.int64)
        self.done = 0

    def start(self, tries: int = 4, hint: Hint | None = None) -> bool:
        """A first plan, the best of a few; False where the world's days do not suffice.

        With a hint of the bound's program: what that declines is declined first, now and rather later on as well.
        """
        if hint is not None:
            self.stake = self.stake * (UNLIKELY + hint.shares)
        for _ in range(tries):
            board = empty_board(self.world)
            until = np.zeros(4, np.int64)
            if self.world.budget >= 0:
                self.room.bank_n[0] = 0
                self.room.style[GREED] = 6.0
                if hint is not None:
                    self._decline(board, hint.shares)
                give_up(self.world, board, self._aim(until), self.room, self.dice)
            goal = floors(self.world, self.order, board.day != DECLINED)
            if not build(self.world, board, self._aim(goal), self.room, self.dice):
                continue
            cost = int(true_cost(self.world, board, until))
            if self.cost < 0 or cost < self.cost:
                self.take(board, cost)
        return self.cost >= 0

    def _decline(self, board: Board, shares: Floats) -> None:
        """Declines missions by their shares, the surest first, each after all that comes after it."""
        last = [i for i in reversed(early_first(self.world)) if shares[i] > HALF]
        for i in sorted(last, key=lambda i: -round(float(shares[i]), 6)):
            if may_decline(self.world, board, i):
                decline(self.world, board, self.room, i)

    def take(self, board: Board, cost: int) -> None:
        """Goes on from a plan as its best."""
        if board is not self.best:
            copy_all(board, self.best)
        self._go_back()
        self.cost = cost
        true_cost(self.world, self.best, self.ends)
        self.floor = np.minimum(floors(self.world, self.order, self.best.day != DECLINED), self.ends)

    def _go_back(self) -> None:
        """Goes on from the best plan."""
        copy_all(self.best, self.kept)
        copy_all(self.best, self.board)

    def follow(self, other: Searcher) -> None:
        """Goes on from the best plan of another, towards the same order."""
        self.order, self.stake, self.bold = other.order, other.stake, BOLDEST / 2
        self.take(other.best, other.cost)

    def epoch(self) -> None:
        """One cooling towards one set of ends."""
        goal = self._goal()
        heat = np.array([WARM, COLD])
        done, cost, late = anneal(
            self.world, self.board, self.kept, self.best, self._aim(goal), self.room, self.dice,
            int(self.steps * self.patience), heat, self.cost,
        )  # fmt: skip
        self.done += int(done)
        gained = cost < self.cost
        self.bold = min(BOLDEST, self.bold * 1.3) if gained else max(LEAST_BOLD, self.bold * 0.7)
        self.patience = max(1.0, self.patience / 2) if gained else min(LONGEST, self.patience * LONGER)
        if gained:
            self.take(self.best, int(cost))
        elif late == 0.0 or self.chance.random() > STAYS:
            self._go_back()

    def _aim(self, goal: Ints) -> Aim:
        """Each mission's own end to aim at: its priority's, or in time for what comes after it and is not declined."""
        until = np.minimum(goal[self.world.priority], goal[3])
        for j, before in self.chains:
            if self.best.day[j] != DECLINED:
                until[before] = np.minimum(until[before], until[j] - self.world.duration[j])
        weight = 0.3 + 0.7 * self.world.work
        return Aim(
            until, weight, self.stake, np.array([PEOPLE]), int(self.world.duration.min(initial=self.world.length))
        )

    def _goal(self) -> Ints:
        """Ends to aim at, of a lower cost than the best plan's."""
        if self.bold > 2 * LEAST_BOLD and self.chance.random() < 0.7:
            share = self.bold * self.chance.random(4) * (self.chance.random(4) < 0.8)
            cut = np.ceil(share * (self.ends - self.floor) / self.grain).astype(np.int64) * self.grain
            if cut.any():
                goal = self.ends - cut
                goal[3] = max(goal[3], goal[:3].max())
                return goal
        return self._traded()

    def _traded(self) -> Ints:
        """One priority ends earlier, by a step, by what it has in its last day, or by more; others may get later."""
        world, goal = self.world, self.ends.copy()
        p = int(self.chance.choice(np.flatnonzero(self.ends > 0)))
        last = (int(self.ends[p]) - 1) % world.length + 1
        some = self.grain * int(1 + self.chance.integers(0, 2 * world.length // self.grain))
        cut = (self.grain, last, some)[int(self.chance.choice(3, p=[0.4, 0.3, 0.3]))]
        goal[p] = max(0, goal[p] - cut)
        if p == 3:
            goal[:3] = np.minimum(goal[:3], goal[3])
        if self.chance.random() < 0.5:
            gain = int(world.weights @ (self.ends - goal)) - 1
            for q in self.chance.permutation(3):
                if q != p and gain > 0:
                    most = int(gain * self.chance.random()) // max(1, int(world.weights[q])) // self.grain
                    later = min(most * self.grain, 2 * world.length)
                    goal[q] += later
                    gain -= int(world.weights[q]) * later
        goal[3] = max(goal[3], goal[:3].max())
        return goal


def _chains(world: World) -> list[tuple[int, Ints]]:
    """Missions that come after others, the last first, each with those directly before it."""
    rows = ((j, world.before[world.before_at[j] : world.before_at[j + 1]]) for j in reversed(early_first(world)))
    return [(j, before) for j, before in rows if before.size]
