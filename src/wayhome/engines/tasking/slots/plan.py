"""Missions one after another on one time line, the last of them ended as soon as can be: who does what when.

First schedules breed (`evolving`) and bounds are taken that need no search (`bounds`, `covering`); then come rounds on
both cores (`rounds`). Each round is a fixed amount of work that depends on nothing but the question and the seed, so
the same arguments give the same plan; `tick` can only end it sooner.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from wayhome.engines.tasking.slots.bounds import plain_bound
from wayhome.engines.tasking.slots.covering import raised_by_covering
from wayhome.engines.tasking.slots.data import SlotsPlan, SlotsProblem
from wayhome.engines.tasking.slots.evolving import Breeding
from wayhome.engines.tasking.slots.hall import Narrow, narrows
from wayhome.engines.tasking.slots.lags import Part, lags_of
from wayhome.engines.tasking.slots.manning import man
from wayhome.engines.tasking.slots.packing import packing_of
from wayhome.engines.tasking.slots.rounds import LITTER, Below, Ground, Round, Tick
from wayhome.engines.tasking.slots.world import Lags, World, world_of

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
    sets = narrows(world)
    bound = plain_bound(world, sets)
    breeding = Breeding(world, seed)
    for _ in range(0, FIRST, LITTER):
        if breeding.end > bound and tick():
            breeding.go_on(LITTER, bound)
    known, lags = _raised(world, sets, bound, breeding.end, lambda: not tick())
    ground = Ground(world, sets, lags, seed)
    rounds = 0
    while rounds < work and breeding.end > known.bound and tick():
        known = Round(ground, breeding, known, rounds).play(tick)
        rounds += 1
    return SlotsPlan(man(world, *breeding.best()), known.bound, rounds)


def _raised(
    world: World, sets: Sequence[Narrow], bound: int, latest: int, stopped: Callable[[], bool]
) -> tuple[Below, Lags]:
    """Bounds that need no search, each asked only where those before leave a doubt."""
    packing = packing_of(world, sets)
    bound = raised_by_covering(world, packing, bound, latest, stopped)
    if bound >= latest or stopped():
        return Below(bound), world.chains
    lags = lags_of(world, sets, packing, latest, stopped)
    bound = max(bound, int((lags.heads + world.duration + lags.tails).max()))
    part = Part(world.duration, lags.heads, lags.tails)
    return Below(raised_by_covering(part, packing, bound, latest, stopped)), lags
