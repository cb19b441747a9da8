"""A bound by sets of missions that run at once: no plan ends by D if no mixture of such sets covers every mission.

Mingozzi, Maniezzo, Ricciardelli & Bianco 1998; with time cut at heads and deadlines, Brucker & Knust 2000. Missions may
be interrupted here, and people change places; a set is used for as long as it likes within a stretch of time. The
linear program is solved by columns; what is believed is not its figures but a proof in whole numbers: weights for
missions such that the heaviest sets, each as long as its stretch, weigh less than all missions together.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Final

import numpy as np

from wayhome.engines.tasking.slots.exact import Cover
from wayhome.engines.tasking.slots.packing import Packing, Whole, heaviest
from wayhome.engines.tasking.slots.world import World

GRAIN: Final = 1_000_000
"""Weights are rounded down to one part in this many."""
MOST_TURNS: Final = 400
"""Turns of the linear program for one end; beyond that the end is not refuted."""


def raised_by_covering(
    world: World, packing: Packing, bound: int, latest: int, stopped: Callable[[], bool] = lambda: False
) -> int:
    """The first end from `bound` on, up to `latest`, that is not refuted: no plan ends before it."""
    known: set[tuple[int, ...]] = set()
    while bound < latest and not stopped() and _refuted(world, packing, bound, known, stopped):
        bound += 1
    return bound


def _refuted(
    world: World, packing: Packing, end: int, known: set[tuple[int, ...]], stopped: Callable[[], bool]
) -> bool:
    """Whether it is proven that no plan ends by `end`. `known` sets of missions are kept from end to end."""
    busy = [mission for mission in range(world.count) if world.duration[mission]]
    marks = sorted({int(world.heads[m]) for m in busy} | {end - int(world.tails[m]) for m in busy})
    stretches = list(itertools.pairwise(marks))
    there = [
        frozenset(m for m in busy if world.heads[m] <= begin and until <= end - world.tails[m])
        for begin, until in stretches
    ]
    lengths = np.array([until - begin for begin, until in stretches], np.int64)
    cover = Cover([int(world.duration[m]) for m in busy], [int(length) for length in lengths])
    row = {mission: at for at, mission in enumerate(busy)}
    for chosen in sorted(known):
        for stretch, inside in enumerate(there):
            if inside.issuperset(chosen):
                cover.add(stretch, [row[m] for m in chosen])
    for _ in range(MOST_TURNS):
        if stopped() or not cover.short():
            return False
        weight = np.zeros(world.count, np.int64)
        weight[busy] = [int(GRAIN * share) for share in cover.weights()]
        priced = _priced(packing, there, weight)
        if priced is None:
            return False
        worth, sets = priced
        if int(weight @ world.duration) > int(worth @ lengths):
            return True
        new = False
        for stretch, chosen in enumerate(sets):
            known.add(chosen)
            new = cover.add(stretch, [row[m] for m in chosen]) or new
        if not new:
            return False
    return False


def _priced(packing: Packing, there: list[frozenset[int]], weight: Whole) -> tuple[Whole, list[tuple[int, ...]]] | None:
    """By stretch the weight of the heaviest set that can run in it, and the set; None where that is too hard to say."""
    worth, sets = np.zeros(len(there), np.int64), []
    chosen = np.zeros(len(weight), np.bool_)
    for stretch, inside in enumerate(there):
        order = sorted((m for m in inside if weight[m] > 0), key=lambda m: (-int(weight[m]), m))
        worth[stretch] = heaviest(packing, np.array(order, np.int32), weight, chosen)
        if worth[stretch] < 0:
            return None
        sets.append(tuple(int(m) for m in np.flatnonzero(chosen)))
    return worth, sets
