"""What no plan over days can beat: work against people's time, by class of missions and day.

For a set S of priorities, all missions of S and all that must come before one of them have ended by the latest end of
S. Whatever weights the members are given, such a mission takes of their weighted time at least its duration times the
lightest team that meets its needs (`covers`). Skills alone, everybody alike, and combinations of skills are taken as
weights; for each, only those missions that cannot begin before day h count against the time from day h on, and those
after which work for q more days must follow against the time up to q days before the end. The cost is bounded over
each order in which the first three priorities can end, what is declined being part of the question (`bound_model`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.tasking.days.covers import least_teams
from wayhome.engines.tasking.days.world import World

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
NOBODY: Final = -1


@dataclass(frozen=True, eq=False)
class Stage:
    """All (N,): `inside` belongs to it; `due`, `chained`, `tails` as `due_for` tells; `heads` the earliest ends."""

    weight: int
    inside: NDArray[np.bool_]
    due: Ints
    chained: Ints
    tails: Ints
    heads: Ints

    def demanded(self, world: World, first: int, spare: int) -> tuple[Ints, Ints]:
        """Missions that lie wholly from day `first` on and `spare` days before the end, and who makes each due."""
        late = (self.heads - world.duration) // world.length >= first
        if spare == 0:
            chosen = np.flatnonzero((self.due != NOBODY) & late)
            return chosen, self.due[chosen]
        chosen = np.flatnonzero((self.chained != NOBODY) & late & (self.tails // world.length >= spare))
        return chosen, self.chained[chosen]


def make_stage(world: World, done: tuple[int, ...], weight: int, heads: Ints) -> Stage:
    """What must be done when the priorities `done` have all ended; () stands for everything."""
    inside = np.isin(world.priority, done) if done else np.ones(heads.size, np.bool_)
    due, chained, tails = due_for(world, inside)
    return Stage(weight, inside, due, chained, tails, heads)


def day_heads(world: World) -> Ints:
    """(N,): the earliest end of each mission by its predecessors and by who is there; nothing spans two days."""
    can = staffed(world)
    out = np.zeros(world.duration.size, np.int64)
    for i in early_first(world):
        before = world.before[world.before_at[i] : world.before_at[i + 1]]
        begin, took = int(out[before].max(initial=0)), int(world.duration[i])
        day, hour = divmod(begin, world.length)
        while hour + took > world.length or (day < can.shape[0] and not can[day, i]):
            day, hour = day + 1, 0
        out[i] = day * world.length + hour + took
    return out


def staffed(world: World) -> NDArray[np.bool_]:
    """(D, N): whether all who are there on a day could do the mission together."""
    held = world.there @ world.has
    out = np.ones((held.shape[0], world.duration.size), np.bool_)
    for i in range(world.duration.size):
        n = world.need_n[i]
        out[:, i] = (held[:, world.need_s[i, :n]] >= world.need_k[i, :n]).all(axis=1)
    return out


def early_first(world: World) -> list[int]:
    """Every mission after all its predecessors."""
    waiting = np.diff(world.before_at)
    ready = [int(i) for i in np.flatnonzero(waiting == 0)]
    for i in ready:
        for j in world.after[world.after_at[i] : world.after_at[i + 1]]:
            waiting[j] -= 1
            if waiting[j] == 0:
                ready.append(int(j))
    return ready


def due_for(world: World, inside: NDArray[np.bool_]) -> tuple[Ints, Ints, Ints]:
    """For each mission: whose being done makes it due (its own where it is inside, NOBODY where none is); the last of
    the longest chain that follows it and ends inside; the time that this chain takes."""
    number = np.arange(inside.size)
    due = np.where(inside, number, NOBODY).astype(np.int64)
    chained, tails = due.copy(), np.zeros(inside.size, np.int64)
    for i in reversed(early_first(world)):
        for j in world.after[world.after_at[i] : world.after_at[i + 1]]:
            if due[j] == NOBODY:
                continue
            if due[i] == NOBODY:
                due[i] = due[j]
            reach = int(tails[j] + world.duration[j])
            if chained[i] == NOBODY or reach > tails[i]:
                chained[i], tails[i] = chained[j], reach
    return due, chained, tails


def views_of(world: World) -> list[tuple[Floats, Floats]]:
    """Weights of members with the least teams by them: all alike, each skill, and how scarce what each brings is."""
    people, skills = world.has.shape
    weights = [np.ones(people), world.worth]
    weights += [world.has[:, s].astype(np.float64) for s in range(skills)]
    weights.append(np.asarray(world.worth**2, np.float64))
    return [(price, least_teams(world, price)) for price in weights]


def orders() -> list[tuple[int, ...]]:
    return list(permutations(range(3)))
