"""No plan can end before these: the longest chain, and the work of the scarcest skills over those who hold them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wayhome.engines.tasking.slots.hall import Narrow
from wayhome.engines.tasking.slots.world import World


def plain_bound(world: World, sets: Sequence[Narrow]) -> int:
    """The best of the longest chain and, per set of skills, heads before the work, the work, and tails after it."""
    return max([world.critical, *(_by_work(world, one) for one in sets)])


def _by_work(world: World, one: Narrow) -> int:
    """Some mission of any group that takes people of the set starts first and some ends last.

    For groups of missions with heads of at least h and tails of at least t: h + their work over the people + t
    (Carlier & Pinson's bound for one machine, with work instead of time).
    """
    work = one.takes.astype(np.int64) * world.duration
    busy = work > 0
    best = 0
    for head in np.unique(world.heads[busy]):
        for tail in np.unique(world.tails[busy]):
            inside = busy & (world.heads >= head) & (world.tails >= tail)
            best = max(best, int(head + tail) - int(-work[inside].sum() // one.people) if inside.any() else 0)
    return best
