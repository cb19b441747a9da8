"""Missions one after another on one time line, the last of them ended as soon as can be: who does what when.

First schedules breed (`evolving`) and bounds are taken that need no search (`bounds`, `covering`); then come rounds on
both cores (`rounds`). Each round is a fixed amount of work that depends on nothing but the question and the seed, so
the same arguments give the same plan; `tick` can only end it sooner.
"""

from __future__ import annotations

from typing import Final

from wayhome.engines.tasking.slots.bounds import plain_bound
from wayhome.engines.tasking.slots.covering import raised_by_covering
from wayhome.engines.tasking.slots.data import SlotsPlan, SlotsProblem
from wayhome.engines.tasking.slots.evolving import Breeding
from wayhome.engines.tasking.slots.hall import narrows
from wayhome.engines.tasking.slots.manning import man
from wayhome.engines.tasking.slots.packing import packing_of
from wayhome.engines.tasking.slots.rounds import LITTER, Ground, Round, Tick
from wayhome.engines.tasking.slots.world import world_of

WORK: Final = 4
"""Rounds where the caller does not say."""
FIRST: Final = 2_000
"""Schedules bred before the first round."""


def plan_slots(problem: SlotsProblem, *, seed: int = 0, work: int = WORK, tick: Tick = lambda: True) -> SlotsPlan:
    """Who does what when. Raises TaskingError for a question that cannot be answered.

    `work`: rounds at most, each longer than the one before; fewer where the plan is proven best before. `tick` is
    asked often; once it says False the best plan so far comes back at once.
    """
    world = world_of(problem)
    if not world.count:
        return SlotsPlan((), 0)
    ground = Ground(world, narrows(world), seed)
    bound = plain_bound(world, ground.sets)
    breeding = Breeding(world, seed)
    for _ in range(0, FIRST, LITTER):
        if breeding.end > bound and tick():
            breeding.go_on(LITTER, bound)
    bound = raised_by_covering(world, packing_of(world, ground.sets), bound, breeding.end, lambda: not tick())
    rounds = 0
    while rounds < work and breeding.end > bound and tick():
        bound = Round(ground, breeding, bound, rounds).play(tick)
        rounds += 1
    return SlotsPlan(man(world, *breeding.best()), bound, rounds)
