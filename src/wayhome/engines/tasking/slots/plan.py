"""Missions one after another on one time line, the last of them ended as soon as can be: who does what when.

First schedules breed (`evolving`) and plain bounds are taken; then rounds follow in which both cores work: schedules
breed on, and the solver closes in from below (`exact`). Each round is a fixed amount of work that depends on nothing
but the question and the seed, so the same arguments give the same plan; `tick` can only end it sooner.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from wayhome.engines.tasking.slots.bounds import plain_bound
from wayhome.engines.tasking.slots.data import SlotsPlan, SlotsProblem
from wayhome.engines.tasking.slots.evolving import Breeding
from wayhome.engines.tasking.slots.hall import narrows
from wayhome.engines.tasking.slots.manning import ends, man
from wayhome.engines.tasking.slots.world import world_of

Tick = Callable[[], bool]

WORK: Final = 8
"""Rounds where the caller does not say."""
CHILDREN: Final = 2_000
"""Schedules bred in a round, each decoded three times."""


def plan_slots(problem: SlotsProblem, *, seed: int = 0, work: int = WORK, tick: Tick = lambda: True) -> SlotsPlan:
    """Who does what when. Raises TaskingError for a question that cannot be answered.

    `work`: rounds of search at most; fewer where the plan is proven best before. `tick` is asked often; once it says
    False the best plan so far comes back at once.
    """
    world = world_of(problem)
    if not world.count:
        return SlotsPlan((), 0)
    bound = plain_bound(world, narrows(world))
    breeding = Breeding(world, seed)
    for _ in range(work):
        if breeding.end <= bound or not tick():
            break
        breeding.go_on(CHILDREN, bound)
    start, taken = breeding.best()
    assert ends(world, start) == breeding.end
    return SlotsPlan(man(world, start, taken), bound, breeding.steps)
