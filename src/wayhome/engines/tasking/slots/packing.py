"""Which missions can run at once, and the heaviest such set: what the bound of `covering` is priced with.

Two missions can run at once if neither waits for the other, and people are enough for both; a set of missions if that
holds for each two and Hall's condition for all together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.tasking.slots.hall import Narrow
from wayhome.engines.tasking.slots.world import Ints, World

Whole = NDArray[np.int64]


class Packing(NamedTuple):
    """`beside` (n, n), which two can run at once; `takes` (sets, n) and `people` (sets,), Hall's condition."""

    beside: NDArray[np.bool_]
    takes: Ints
    people: Ints


def packing_of(world: World, sets: Sequence[Narrow]) -> Packing:
    """What can run at once in a world. Missions that take no time hold nobody up and are left to the caller."""
    waits = np.zeros((world.count, world.count), np.bool_)
    for mission, firsts in enumerate(world.before):
        for first in firsts:
            waits[mission] |= waits[first]
            waits[mission, first] = True
    takes = np.array([one.takes for one in sets], np.int32).reshape(len(sets), world.count)
    people = np.array([one.people for one in sets], np.int32)
    beside = ~waits & ~waits.T
    for row, there in zip(takes, people, strict=True):
        beside &= row[:, None] + row <= there
    np.fill_diagonal(beside, val=False)
    return Packing(beside, takes, people)


@njit(cache=True, nogil=True)
def mark(taken: Ints, count: int, chosen: NDArray[np.bool_]) -> None:
    """The first `count` of those taken are chosen, and nothing else."""
    for at in range(len(chosen)):
        chosen[at] = False
    for at in range(count):
        chosen[taken[at]] = True


@njit(cache=True, nogil=True)
def heaviest(packing: Packing, order: Ints, weight: Whole, chosen: NDArray[np.bool_], left: Whole) -> int:
    """The weight of the heaviest set of missions that can run at once, `chosen` (n,) becomes the set.

    `order`: the missions to choose from, heaviest first; `weight` (n,). Depth first, a branch is left when all that
    could still join would not make it heavier. `left` (1,), the sets that may still be looked at, goes down; where it
    runs out there is no answer, -1.
    """
    count, sets = len(order), len(packing.people)
    ahead = np.zeros((count + 1, count), np.int32)
    width = np.zeros(count + 1, np.int32)
    at = np.zeros(count + 1, np.int32)
    load = np.zeros((count + 1, sets), np.int32)
    worth, rest = np.zeros(count + 1, np.int64), np.zeros(count + 1, np.int64)
    taken = np.zeros(count + 1, np.int32)
    width[0] = count
    for place in range(count):
        ahead[0, place] = order[place]
        rest[0] += weight[order[place]]
    mark(taken, 0, chosen)
    best, depth = 0, 0
    while depth >= 0:
        if at[depth] == width[depth] or worth[depth] + rest[depth] <= best:
            depth -= 1
            continue
        mission = ahead[depth, at[depth]]
        at[depth] += 1
        rest[depth] -= weight[mission]
        fits = True
        for one in range(sets):
            load[depth + 1, one] = load[depth, one] + packing.takes[one, mission]
            fits = fits and load[depth + 1, one] <= packing.people[one]
        if not fits:
            continue
        left[0] -= 1
        if left[0] < 0:
            return -1
        worth[depth + 1] = worth[depth] + weight[mission]
        taken[depth] = mission
        rest[depth + 1], width[depth + 1], at[depth + 1] = 0, 0, 0
        for place in range(at[depth], width[depth]):
            other = ahead[depth, place]
            if packing.beside[mission, other]:
                ahead[depth + 1, width[depth + 1]] = other
                width[depth + 1] += 1
                rest[depth + 1] += weight[other]
        depth += 1
        if worth[depth] > best:
            best = int(worth[depth])
            mark(taken, depth, chosen)
    return best
