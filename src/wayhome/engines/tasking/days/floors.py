"""The least that each priority's end can be for an order of priorities, told at once: what the search aims at.

One skill at a time, and everybody alike: all that must be done against all who are there. `bounds` proves more, and
takes longer.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.tasking.days.bounds import day_heads, due_for
from wayhome.engines.tasking.days.world import World

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def floors(world: World, order: tuple[int, ...], done: NDArray[np.bool_]) -> Ints:
    """(4,): when the first three priorities (0 to 2, ending in this order) and everything can have ended at best.

    `done` (N,): missions that are not declined. Where the world's days do not suffice the floor is their end.
    """
    out = np.zeros(4, np.int64)
    heads = day_heads(world)
    for count, priority in enumerate((*order, 3), 1):
        inside = done & np.isin(world.priority, order[:count]) if count <= len(order) else done
        if inside.any():
            due = due_for(world, inside)[0] >= 0
            out[priority] = max(_energy(world, due & done), int(heads[inside].max()))
    out[3] = out.max()
    return out


def stakes(world: World, order: tuple[int, ...]) -> Floats:
    """(N,): the weights of all the ends that each mission holds up when priorities end in this order; 1 on average."""
    out = np.full(world.duration.size, float(world.weights[3]))
    for count, priority in enumerate(order, 1):
        due = due_for(world, np.isin(world.priority, order[:count]))[0] >= 0
        out += np.where(due, float(world.weights[priority]), 0.0)
    return out / max(float(out.mean()), 1e-9)


def _energy(world: World, chosen: NDArray[np.bool_]) -> int:
    """The least time by which everybody's hours suffice for the chosen missions, for the skill that takes longest."""
    asked = np.zeros(world.has.shape[1] + 1)
    for i in np.flatnonzero(chosen):
        n = world.need_n[i]
        np.add.at(asked, world.need_s[i, :n], world.need_k[i, :n] * world.duration[i])
    asked[-1] = (world.need_k.max(axis=1) * world.duration)[chosen].sum()
    anybody = np.ones((world.has.shape[0], 1), np.int64)
    supply = np.cumsum(world.there @ np.hstack([world.has, anybody]), axis=0) * world.length
    latest = 0
    for s in np.flatnonzero(asked > 0):
        day = int(np.searchsorted(supply[:, s], asked[s]))
        if day >= supply.shape[0]:
            return int(world.length * supply.shape[0])
        before = float(supply[day - 1, s]) if day else 0.0
        share = (asked[s] - before) / (float(supply[day, s]) - before)
        latest = max(latest, int(np.ceil((day + share) * world.length - 1e-9)))
    return latest
