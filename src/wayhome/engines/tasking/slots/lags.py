"""How far apart missions start at least: what lies between two of them needs room, and people, of its own.

A mission that waits for another, with more missions between them, starts no sooner than all of these can have been
done: a small question of the same kind, whose bounds hold in every plan. So from near pairs to far ones, each by the
work of its scarcest skills (Carlier & Pinson's bound, with work instead of time); and from the start to each mission,
and from each to the end, by sets of missions that run at once (`covering`). Time lags of this kind: Brucker & Knust
2000.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.tasking.slots.covering import MOST_SETS, raised_by_covering
from wayhome.engines.tasking.slots.hall import Narrow
from wayhome.engines.tasking.slots.packing import Packing, Whole
from wayhome.engines.tasking.slots.world import Ints, Lags, World

MOST_STEPS: Final = 500_000_000
"""Additions of work for all pairs together; pairs beyond that are as far apart as the longest chain between them."""
FEW: Final = 3
"""So many missions or fewer are not asked how they can run at once: their work and their chains say it."""
MANY: Final = 80
"""More missions than this are not asked either: there are as many such questions as missions."""


class Part(NamedTuple):
    """Some of the missions, the others with a `duration` of 0, and the time around each."""

    duration: Ints
    heads: Ints
    tails: Ints


def lags_of(
    world: World,
    sets: Sequence[Narrow],
    packing: Packing,
    latest: int,
    stopped: Callable[[], bool] = lambda: False,
) -> Lags:
    """Beyond chains; ends after `latest` are of no interest. Where it is stopped, what is known by then."""
    count = world.count
    takes = np.array([one.takes for one in sets], np.int32).reshape(len(sets), count)
    people = np.array([one.people for one in sets], np.int32)
    apart, told = np.zeros((count, count), np.int32), np.zeros((count, count), np.bool_)
    spread(packing.waits, world.duration, takes, people, apart, told, np.array([MOST_STEPS], np.int64))
    side = _Side(world, packing, latest, stopped)
    heads = side.least(packing.waits, apart.T - world.duration, world.heads, range(count))
    tails = side.least(
        packing.waits.T, apart - world.duration[:, None], world.tails, range(count - 1, -1, -1), turned=True
    )
    pairs = tuple((int(one), int(other), int(apart[one, other])) for one, other in np.argwhere(told))
    return Lags(heads, tails, pairs)


class _Side:
    """The least time before each mission or, with time turned round, after it."""

    def __init__(self, world: World, packing: Packing, latest: int, stopped: Callable[[], bool]) -> None:
        self._world, self._packing, self._latest, self._stopped = world, packing, latest, stopped
        self._left: Whole = np.array([MOST_SETS], np.int64)

    def least(
        self, waits: NDArray[np.bool_], gaps: Ints, known: Ints, turn: Sequence[int], *, turned: bool = False
    ) -> Ints:
        """`waits` (n, n): which must be over before each; `gaps` (n, n): from their ends to its start at least."""
        found = known.copy()
        for mission in turn:
            inside = waits[mission]
            if self._stopped() or int(inside.sum()) < 1:
                continue
            duration = np.where(inside, self._world.duration, 0).astype(np.int32)
            between = np.where(inside, gaps[mission], 0).astype(np.int32)
            part = Part(duration, between, found) if turned else Part(duration, found, between)
            bound = max(int(found[mission]), self._by_work(part, inside))
            if FEW < int((duration > 0).sum()) <= MANY:
                bound = raised_by_covering(part, self._packing, bound, self._latest, self._stopped, self._left)
            found[mission] = bound
        return found

    def _by_work(self, part: Part, inside: NDArray[np.bool_]) -> int:
        members = np.flatnonzero(inside).astype(np.int32)
        packing = self._packing
        return int(by_work(members, len(members), part.duration, part.heads, part.tails, packing.takes, packing.people))


@njit(cache=True, nogil=True)
def by_work(members: Ints, count: int, duration: Ints, heads: Ints, tails: Ints, takes: Ints, people: Ints) -> int:
    """How long the first `count` of `members` take at least, with the time before and after each.

    The longest of them and, for each set of skills, for groups with heads of at least h and tails of at least t: h,
    their work over the people, t. `members` is put in order, the longest tails first.
    """
    best = 0
    for place in range(count):
        mission = members[place]
        best = max(best, heads[mission] + duration[mission] + tails[mission])
        at = place
        while at > 0 and tails[members[at - 1]] < tails[mission]:
            members[at] = members[at - 1]
            at -= 1
        members[at] = mission
    for one in range(len(people)):
        for place in range(count):
            low, work = heads[members[place]], 0
            for at in range(count):
                mission = members[at]
                more = takes[one, mission] * duration[mission]
                if more > 0 and heads[mission] >= low:
                    work += more
                    best = max(best, low + tails[mission] - (-work // people[one]))
    return best


@njit(cache=True, nogil=True)
def spread(
    waits: NDArray[np.bool_],
    duration: Ints,
    takes: Ints,
    people: Ints,
    apart: Ints,
    told: NDArray[np.bool_],
    left: Whole,
) -> None:
    """Fills `apart` (n, n), least times from start to start where one waits for the other, and `told`, which are news.

    Missions come after those they wait for, so what lies between two of them lies between their places.
    """
    count = len(duration)
    members = np.zeros(count, np.int32)
    heads, tails = np.zeros(count, np.int32), np.zeros(count, np.int32)
    for gap in range(1, count):
        for one in range(count - gap):
            other = one + gap
            if not waits[other, one]:
                continue
            inside, chain = 0, 0
            for mission in range(one + 1, other):
                if waits[mission, one] and waits[other, mission]:
                    members[inside] = mission
                    inside += 1
                    heads[mission] = apart[one, mission] - duration[one]
                    tails[mission] = apart[mission, other] - duration[mission]
                    chain = max(chain, heads[mission] + apart[mission, other])
            left[0] -= inside * inside * len(people)
            if left[0] > 0 and inside > 1:
                long = by_work(members, inside, duration, heads, tails, takes, people)
                told[one, other] = long > chain
                chain = max(chain, long)
            apart[one, other] = duration[one] + chain
