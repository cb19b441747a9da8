"""Which missions two teams can do side by side on a day: by trying every group of few members."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.tasking.days.world import World

Ints = NDArray[np.int64]
MOST_PEOPLE: Final = 12
"""With more members groups are too many to try; every pair is then taken to be possible."""


def apart(world: World) -> NDArray[np.bool_]:
    """(D, N, N): False where those who are there on the day cannot form two teams, one for each of two missions."""
    days, missions = world.there.shape[0], world.duration.size
    if world.has.shape[0] > MOST_PEOPLE:
        return np.ones((days, missions, missions), np.bool_)
    teams = [_smallest(world, i) for i in range(missions)]
    present = (world.there << np.arange(world.has.shape[0])).sum(axis=1)
    out = np.zeros((days, missions, missions), np.bool_)
    for i in range(missions):
        for j in range(i):
            both = (teams[i][:, None] | teams[j][None, :])[(teams[i][:, None] & teams[j][None, :]) == 0]
            out[:, i, j] = out[:, j, i] = ((both[None, :] & ~present[:, None]) == 0).any(axis=1)
    return out


def _smallest(world: World, i: int) -> Ints:
    """Groups of members (a bit each) that meet the needs of mission i, and none of which can spare anybody."""
    people = np.arange(world.has.shape[0])
    groups = np.arange(1, 2**people.size)
    n = int(world.need_n[i])
    held = ((groups[:, None] >> people) & 1) @ world.has[:, world.need_s[i, :n]]
    meets = np.concatenate([[False], (held >= world.need_k[i, :n]).all(axis=1)])
    spared = np.array([meets[groups & ~(1 << p)] & ((groups >> p) & 1 > 0) for p in people]).any(axis=0)
    return groups[meets[1:] & ~spared]


def cliques(never: NDArray[np.bool_]) -> list[list[int]]:
    """Groups of missions of which no two can be side by side; every such pair is in one. `never` (N, N), symmetric."""
    left, found = {(int(i), int(j)) for i, j in np.argwhere(np.triu(never, 1))}, []
    while left:
        group = list(min(left))
        for k in range(len(never)):
            if k not in group and never[k, group].all():
                group.append(k)
        found.append(group)
        left -= {(i, j) for i in group for j in group}
    return found
