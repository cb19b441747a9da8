"""The bound, step by step beside the search: one order of priorities after the other."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from wayhome.engines.tasking.days.bound_model import BoundModel, Hint, View
from wayhome.engines.tasking.days.bounds import Stage, day_heads, make_stage, orders, views_of
from wayhome.engines.tasking.days.data import DaysProblem
from wayhome.engines.tasking.days.floors import floors
from wayhome.engines.tasking.days.world import World, make_world

CLOSE: Final = 1e-6
FEW_MISSIONS: Final = 24


def _at_once(problem: DaysProblem) -> int:
    """The least cost by hours alone, over all orders in which the priorities can end."""
    world = make_world(problem, _days(problem))
    must = world.decline < 0
    return min(int(world.weights @ floors(world, order, must)) for order in orders())


def _stages(world: World, order: tuple[int, ...]) -> list[Stage]:
    """What must be done when the first, the first two and all three of an order have ended."""
    heads = day_heads(world)
    return [make_stage(world, order[:n], int(world.weights[order[n - 1]]), heads) for n in (1, 2, 3)]


class Proof:
    """`bound`: at once what everybody's hours alone prove, in the end what the program does. `cost`: of some plan.

    `hint`: what the program would do in the order that was looked at last, with that order; None where it cannot tell.
    """

    def __init__(self, problem: DaysProblem, cost: int) -> None:
        self.problem = problem
        self.bound = min(cost, _at_once(problem))
        self.done = False
        self.hint: tuple[tuple[int, ...], Hint] | None = None
        self._steps = self._orders()
        self._cost = cost

    def step(self, cost: int) -> None:
        """Looks at one more order; `cost` is that of the best plan now, above which an order need not be proven."""
        self._cost, self.hint = min(cost, self._cost), None
        if not self.done:
            least = next(self._steps, None)
            if least is not None:
                self.bound = max(least, self.bound)
                self.done = True

    def whole(self) -> int:
        """The bound, with all that is left to do."""
        while not self.done:
            self.step(self._cost)
        return self.bound

    def _orders(self) -> Iterator[int | None]:
        """None after each order but the last, then the bound; where few missions are asked about, a better one."""
        world = make_world(self.problem, _days(self.problem))
        views = views_of(world)
        last = make_stage(world, (), int(world.weights[3]), day_heads(world))
        least = math.inf
        for order in orders():
            model = BoundModel(world, [*_stages(world, order), last], views)
            least = min(least, model.least(min(least, float(self._cost))))
            self.hint = (order, model.hint) if model.hint is not None else None
            yield None
        grain = max(1, int(np.gcd.reduce(np.append(world.duration, world.length))) * int(np.gcd.reduce(world.weights)))
        bound = min(self._cost, math.ceil(least / grain - CLOSE) * grain)
        if bound < self._cost and len(self.problem.missions) <= FEW_MISSIONS:
            bound = self._exact(world, views, bound)
        yield bound

    def _exact(self, world: World, views: list[View], bound: int) -> int:
        """Where the first three ends alone cost so much that no cheaper plan is longer, all plans are looked at."""
        from wayhome.engines.tasking.days.exact import proven_least  # ortools takes half a second to load

        three = min(BoundModel(world, _stages(world, order), views).least(math.inf) for order in orders())
        days = max(1, math.ceil((self._cost - three) / max(1, int(world.weights[3])) / world.length))
        return proven_least(make_world(self.problem, days), self._cost, bound)


def _days(problem: DaysProblem) -> int:
    """Days enough for all work by heads, twice over; what lies beyond is taken as a time when all are there."""
    people = max(1, len(problem.members))
    work = sum(m.duration * max((n.people for n in m.needs), default=1) for m in problem.missions)
    return 3 + 2 * work // (people * problem.day_length)
