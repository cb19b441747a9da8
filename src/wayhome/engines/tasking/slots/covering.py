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
MOST_SETS: Final = 10_000_000
"""Sets of missions looked at for a world, all ends together; beyond that nothing more is refuted."""


def raised_by_covering(
    world: World, packing: Packing, bound: int, latest: int, stopped: Callable[[], bool] = lambda: False
) -> int:
    """The first end from `bound` on, up to `latest`, that is not refuted: no plan ends before it."""
    known: set[tuple[int, ...]] = set()
    left = np.array([MOST_SETS], np.int64)
    while bound < latest and not stopped() and _Question(world, packing, bound, known, left).refuted(stopped):
        bound += 1
    return bound


class _Question:
    """Can all missions be done by `end`? `known` sets go from one end to the next, as does `left`."""

    def __init__(self, world: World, packing: Packing, end: int, known: set[tuple[int, ...]], left: Whole) -> None:
        self._world, self._packing, self._known, self._left = world, packing, known, left
        self._busy = [mission for mission in range(world.count) if world.duration[mission]]
        self._row = {mission: at for at, mission in enumerate(self._busy)}
        until = end - world.tails
        marks = sorted({int(at) for at in world.heads[self._busy]} | {int(at) for at in until[self._busy]})
        self._there = [
            frozenset(m for m in self._busy if world.heads[m] <= one and other <= until[m])
            for one, other in itertools.pairwise(marks)
        ]
        self._lengths: Whole = np.array([other - one for one, other in itertools.pairwise(marks)], np.int64)
        self._cover = Cover([int(world.duration[m]) for m in self._busy], [int(one) for one in self._lengths])
        for chosen in sorted(known):
            for stretch, inside in enumerate(self._there):
                if inside.issuperset(chosen):
                    self._add(stretch, chosen)

    def refuted(self, stopped: Callable[[], bool]) -> bool:
        """Whether it is proven that they cannot; False also where that is too hard to say."""
        for _ in range(MOST_TURNS):
            if stopped() or not self._cover.short():
                return False
            weight = np.zeros(self._world.count, np.int64)
            weight[self._busy] = [int(GRAIN * share) for share in self._cover.weights()]
            heavy = self._heavy(weight)
            if heavy is None:
                return False
            worth, sets = heavy
            if int(weight @ self._world.duration) > int(worth @ self._lengths):
                return True
            if not sum(self._add(stretch, chosen) for stretch, chosen in enumerate(sets)):
                return False
        return False

    def _add(self, stretch: int, chosen: tuple[int, ...]) -> bool:
        self._known.add(chosen)
        return self._cover.add(stretch, [self._row[mission] for mission in chosen])

    def _heavy(self, weight: Whole) -> tuple[Whole, list[tuple[int, ...]]] | None:
        """By stretch the weight of the heaviest set that can run in it, and the set; None where that is too hard."""
        worth, sets = np.zeros(len(self._there), np.int64), []
        chosen = np.zeros(len(weight), np.bool_)
        for stretch, inside in enumerate(self._there):
            order = sorted((m for m in inside if weight[m] > 0), key=lambda m: (-int(weight[m]), m))
            worth[stretch] = heaviest(self._packing, np.array(order, np.int32), weight, chosen, self._left)
            if worth[stretch] < 0:
                return None
            sets.append(tuple(int(m) for m in np.flatnonzero(chosen)))
        return worth, sets
