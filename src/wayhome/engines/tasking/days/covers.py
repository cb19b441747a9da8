"""The fewest people, each at a price, that meet the needs of one mission: exactly, for the bounds.

Members who bring the same to the mission are one kind; of each kind the cheapest go first. So only how many of each
kind go is searched, depth first, and cut off where even the best case is too dear.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.tasking.days.world import World

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
MOST_STEPS: Final = 20_000


def least_teams(world: World, price: Floats) -> Floats:
    """(N,): for each mission the least sum of prices (P,) of a team that meets its needs, or a bound below it.

    Missions with equal needs are solved once. Where the search runs out of its steps the greatest bound by one need
    alone is taken, so the answer is never too high.
    """
    known: dict[bytes, float] = {}
    out = np.zeros(world.duration.size)
    for i in range(out.size):
        n = int(world.need_n[i])
        skills, people = world.need_s[i, :n], world.need_k[i, :n]
        key = skills.tobytes() + people.tobytes()
        if key not in known:
            known[key] = _least(world.has[:, skills], people, price)
        out[i] = known[key]
    return out


def _least(brings: Ints, people: Ints, price: Floats) -> float:
    """The least price of members whose `brings` (P, needs) sum to `people` at least."""
    alone = max(float(np.sort(price[brings[:, z] > 0])[: people[z]].sum()) for z in range(people.size))
    if people.size == 1:
        return alone
    kinds, index = np.unique(brings, axis=0, return_inverse=True)
    groups = [np.cumsum(np.sort(price[np.asarray(index).ravel() == k])) for k in range(len(kinds))]
    useful = sorted(
        (k for k in range(len(kinds)) if kinds[k].any()), key=lambda k: float(groups[k][0]) / float(kinds[k].sum())
    )
    most = max(groups[k].size for k in useful)
    sums = np.full((len(useful), most + 1), np.inf)
    for at, k in enumerate(useful):
        sums[at, 0] = 0.0
        sums[at, 1 : groups[k].size + 1] = groups[k]
    size = np.array([groups[k].size for k in useful], np.int64)
    least = float(descend(np.ascontiguousarray(kinds[useful]), sums, size, people.copy(), MOST_STEPS))
    return least if 0.0 <= least < np.inf else alone


@njit(cache=True, nogil=True)
def descend(kinds: Ints, sums: Floats, size: Ints, people: Ints, steps: int) -> float:
    """The least price, -1 when the steps do not suffice: depth first over kinds of members, many of a kind first.

    `kinds` (K, needs): what one of a kind brings; `sums` (K, most + 1): what the cheapest so many cost; `size` (K,).
    """
    count, needs = kinds.shape
    reach = np.zeros((count + 1, needs), np.int64)
    ratio = np.full(count + 1, np.inf)
    for at in range(count - 1, -1, -1):
        reach[at] = reach[at + 1] + kinds[at] * size[at]
        ratio[at] = min(ratio[at + 1], sums[at, 1] / kinds[at].sum())
    lack = np.zeros((count + 1, needs), np.int64)
    lack[0] = people
    spent = np.zeros(count + 1)
    taken = np.full(count + 1, -1, np.int64)
    best, at, down = np.inf, 0, True
    while at >= 0:
        if down:
            steps -= 1
            if steps < 0:
                return -1.0
            short, reached = 0, True
            for z in range(needs):
                short += max(0, lack[at, z])
                reached = reached and reach[at, z] >= lack[at, z]
            if short == 0:
                best = min(best, spent[at])
            if short == 0 or not reached or spent[at] + ratio[at] * short >= best:
                at, down = at - 1, False
                continue
            most = 0
            for z in range(needs):
                if kinds[at, z] > 0:
                    most = max(most, lack[at, z])
            taken[at] = min(size[at], most)
        else:
            taken[at] -= 1
        if taken[at] < 0:
            at, down = at - 1, False
            continue
        for z in range(needs):
            lack[at + 1, z] = lack[at, z] - taken[at] * kinds[at, z]
        spent[at + 1] = spent[at] + sums[at, taken[at]]
        at, down = at + 1, True
    return best
