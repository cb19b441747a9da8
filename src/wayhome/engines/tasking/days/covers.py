"""The fewest people, each at a price, that meet the needs of one mission: exactly, for the bounds.

Members who bring the same to the mission are one kind; of each kind the cheapest go first. So only how many of each
kind go is searched, depth first, and cut off where even the best case is too dear.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.tasking.days.world import World

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
MOST_STEPS = 20_000


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
    search = _Search([kinds[k] for k in useful], [groups[k] for k in useful])
    search.descend(0, people.copy(), 0.0)
    return search.best if search.steps < MOST_STEPS and search.best < np.inf else alone


class _Search:
    """Depth first over kinds of members."""

    def __init__(self, kinds: list[Ints], sums: list[Floats]) -> None:
        self.kinds, self.sums = kinds, sums
        self.best, self.steps = float("inf"), 0
        self.reach = np.cumsum([k * s.size for k, s in zip(kinds[::-1], sums[::-1], strict=True)], axis=0)[::-1]
        self.ratio = [
            min(float(s[0]) / float(k.sum()) for k, s in zip(kinds[at:], sums[at:], strict=True))
            for at in range(len(kinds))
        ]

    def descend(self, at: int, lack: Ints, spent: float) -> None:
        self.steps += 1
        short = np.maximum(lack, 0)
        if not short.any():
            self.best = min(self.best, spent)
            return
        if at == len(self.kinds) or self.steps >= MOST_STEPS or (self.reach[at] < lack).any():
            return
        if spent + self.ratio[at] * float(short.sum()) >= self.best:
            return
        kind, sums = self.kinds[at], self.sums[at]
        most = min(sums.size, int(short[kind > 0].max(initial=0)))
        for count in range(most, -1, -1):
            self.descend(at + 1, lack - count * kind, spent + (float(sums[count - 1]) if count else 0.0))
