"""Missions put on the time line one after the other, each as early as people of the right kinds are free for it.

The serial schedule-generation scheme (Kelley 1963) with people by kinds. Whether free people can fill a mission's
places is Hall's condition; who fills them is taken greedily, those whom others need least first, which is optimal for
any prices because the sets of people that can serve together form a matroid (Edmonds 1971, polymatroid greedy).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.tasking.slots.hall import Narrow
from wayhome.engines.tasking.slots.world import Ints, World

Floats = NDArray[np.float64]


class Lines(NamedTuple):
    """What the decoders read, one way along time.

    `first`, `before` the missions waited for, as rows; `full` int32 (n, 2^r), people that a set of a mission's own
    skills takes; `bits` int32 (n,), its own skills; `shown` int32 (n, k), which of them each kind holds, as bits.
    Where only head-counts are to fit: `takes` int32 (n, sets), people that each mission takes of each set of skills,
    of the `people` int32 (sets,) there are.
    """

    duration: Ints
    size: Ints
    full: Ints
    bits: Ints
    shown: Ints
    takes: Ints
    people: Ints
    first: Ints
    before: Ints
    horizon: int


def lines_of(world: World, sets: Sequence[Narrow] = ()) -> tuple[Lines, Lines]:
    """What the decoders read, forward and backward; with `sets`, for head-counts alone."""
    own = [[skill for skill, count in enumerate(row) if count] for row in world.need]
    widest = 1 << max((len(one) for one in own), default=0)
    full = np.zeros((world.count, widest), np.int32)
    shown = np.zeros((world.count, len(world.size)), np.int32)
    for mission, skills in enumerate(own):
        for chosen in range(1 << len(skills)):
            full[mission, chosen] = sum(
                world.need[mission, skill] for at, skill in enumerate(skills) if chosen >> at & 1
            )
        for kind, held in enumerate(world.skill_sets):
            shown[mission, kind] = sum(1 << at for at, skill in enumerate(skills) if held >> skill & 1)
    bits = np.array([len(one) for one in own], np.int32)
    horizon = int(world.duration.sum()) + 1
    takes = np.array([one.takes for one in sets], np.int32).reshape(len(sets), world.count).T.copy()
    people = np.array([one.people for one in sets], np.int32)
    ahead, back = (
        Lines(world.duration, world.size, full, bits, shown, takes, people, *_rows(way), horizon)
        for way in (world.before, world.behind)
    )
    return ahead, back


def _rows(lists: tuple[tuple[int, ...], ...]) -> tuple[Ints, Ints]:
    first = np.zeros(len(lists) + 1, np.int32)
    first[1:] = np.cumsum([len(one) for one in lists])
    return first, np.array([one for row in lists for one in row], np.int32)


@njit(cache=True, nogil=True)
def put(source: Ints, target: Ints) -> None:
    """Copies a row. One by one: slices bring numba's code for shapes that do not fit, which is slow to compile."""
    for at in range(len(source)):
        target[at] = source[at]


@njit(cache=True, nogil=True)
def can_fill(there: Ints, shown: Ints, full: Ints, bits: int, held: Ints) -> bool:
    """Whether free people by kind can fill all places; `held` is room to work in, one per set of skills."""
    sets = 1 << bits
    for chosen in range(sets):
        held[chosen] = 0
    total = 0
    for kind in range(len(there)):
        held[shown[kind]] += there[kind]
        total += there[kind] if shown[kind] else 0
    held[0] = 0
    for at in range(bits):
        for chosen in range(sets):
            if chosen >> at & 1:
                held[chosen] += held[chosen ^ (1 << at)]
    enough = True
    for chosen in range(sets):
        enough = enough and total - held[chosen] >= full[sets - 1 - chosen]
    return enough


@njit(cache=True, nogil=True)
def fill(there: Ints, shown: Ints, full: Ints, bits: int, cheapest: Ints, taken: Ints, room: Ints) -> int:
    """Takes people by kind, cheapest kinds first, as far as they can serve together; returns how many."""
    sets = 1 << bits
    for chosen in range(sets):
        room[chosen] = full[chosen]
    count = 0
    for place in range(len(cheapest)):
        kind = cheapest[place]
        mine = shown[kind]
        taken[kind] = 0
        if mine == 0 or there[kind] == 0:
            continue
        most = there[kind]
        for chosen in range(sets):
            if chosen & mine == mine and room[chosen] < most:
                most = room[chosen]
        if most > 0:
            for chosen in range(sets):
                if chosen & mine == mine:
                    room[chosen] -= most
            taken[kind] = most
            count += most
    return count


@njit(cache=True, nogil=True)
def decode(order: Ints, cheapest: Ints, lines: Lines, free: Ints, start: Ints, taken: Ints) -> int:
    """Each mission in the order given, as early as it can: fills `start` and `taken` (n, k); returns the last end.

    `order` puts each mission after those it waits for; `cheapest` (n, k): kinds of people in the order in which each
    mission takes them; `free` (horizon, k) is room to work in.
    """
    size, shown, full, bits = lines.size, lines.shown, lines.full, lines.bits
    kinds = len(size)
    there = np.empty(kinds, np.int32)
    held = np.empty(full.shape[1], np.int32)
    last = 0
    for place in range(len(order)):
        mission = order[place]
        begin = 0
        for at in range(lines.first[mission], lines.first[mission + 1]):
            begin = max(begin, start[lines.before[at]] + lines.duration[lines.before[at]])
        long = lines.duration[mission]
        put(size, there)
        at = begin + long - 1
        while at >= begin:
            changed = False
            if at < last:
                for kind in range(kinds):
                    if free[at, kind] < there[kind]:
                        there[kind] = free[at, kind]
                        changed = changed or shown[mission, kind] != 0
            if changed and not can_fill(there, shown[mission], full[mission], bits[mission], held):
                begin = at + 1
                put(size, there)
                at = begin + long
            at -= 1
        fill(there, shown[mission], full[mission], bits[mission], cheapest[mission], taken[mission], held)
        start[mission] = begin
        for at in range(begin, begin + long):
            for kind in range(kinds):
                free[at, kind] = (size[kind] if at >= last else free[at, kind]) - taken[mission, kind]
        for at in range(last, begin):
            put(size, free[at])
        last = max(last, begin + long)
    return last


@njit(cache=True, nogil=True)
def decode_counts(order: Ints, lines: Lines, load: Ints, start: Ints) -> int:
    """Each mission in the order given, as early as head-counts fit: fills `start`; returns the last end.

    Whom the missions take is left open: at each moment there are people enough for every set of skills, but nobody
    may be there for long enough. `load` (horizon, sets) is room to work in.
    """
    sets, last = len(lines.people), 0
    for place in range(len(order)):
        mission = order[place]
        begin = 0
        for at in range(lines.first[mission], lines.first[mission + 1]):
            begin = max(begin, start[lines.before[at]] + lines.duration[lines.before[at]])
        long = lines.duration[mission]
        at = begin + long - 1
        while at >= begin:
            if at < last:
                for one in range(sets):
                    if load[at, one] + lines.takes[mission, one] > lines.people[one]:
                        begin = at + 1
                        at = begin + long
                        break
            at -= 1
        start[mission] = begin
        for at in range(last, begin + long):
            for one in range(sets):
                load[at, one] = 0
        for at in range(begin, begin + long):
            for one in range(sets):
                load[at, one] += lines.takes[mission, one]
        last = max(last, begin + long)
    return last
