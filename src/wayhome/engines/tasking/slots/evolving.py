"""Schedules that breed: orders of missions and prices of people, crossed, justified both ways, the worst dropped.

After Hartmann 1998 (activity lists, two-point crossover) and Valls, Ballestín & Quintanilla 2005 (double
justification: each child is pushed against its end and then against its start again). Prices, by mission and kind of
people, say who is sent last; they are bred with the order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.tasking.chance import Dice, draw
from wayhome.engines.tasking.slots.decoding import Floats, Lines, decode, decode_counts, lines_of, put
from wayhome.engines.tasking.slots.hall import Narrow
from wayhome.engines.tasking.slots.world import Ints, World

POPULATION: Final = 40
TAUGHT: Final = 0.5
"""How much cheaper, as a share, the people are made whom a schedule found elsewhere sends."""
MUTATED: Final = 0.05
BACK, TURN, AHEAD = 0, 1, 2
"""By what missions are ordered: from the latest end, then from its mirror image, or by start."""


class Herd(NamedTuple):
    """Schedules side by side: `orders` (p, n), `prices` (p, n, k), `ends` (p,); `asked` (k,) the general prices."""

    orders: Ints
    prices: Floats
    ends: Ints
    asked: Floats


class Room(NamedTuple):
    """Room for one child: its order, prices and kinds by price, people free, starts, people taken, missions seen.

    Beside it the schedule that ended soonest so far: its end (1,), starts (n,) and people taken (n, k).
    """

    order: Ints
    price: Floats
    cheapest: Ints
    free: Ints
    start: Ints
    taken: Ints
    seen: NDArray[np.bool_]
    best_end: Ints
    best_start: Ints
    best_taken: Ints


@njit(cache=True, nogil=True)
def cross(mother: Ints, father: Ints, low: int, high: int, room: Room) -> None:
    """Outside of places `low` to `high` the mother's missions, inside the father's, each in their own order."""
    for at in range(len(mother)):
        room.seen[at] = False
    for at in range(low):
        room.order[at] = mother[at]
        room.seen[mother[at]] = True
    place = low
    for at in range(len(father)):
        if place < high and not room.seen[father[at]]:
            room.order[place] = father[at]
            room.seen[father[at]] = True
            place += 1
    for at in range(len(mother)):
        if not room.seen[mother[at]]:
            room.order[place] = mother[at]
            place += 1


@njit(cache=True, nogil=True)
def shake(lines: Lines, room: Room, dice: Dice) -> None:
    """Neighbours in the order change places now and then, unless one waits for the other."""
    for at in range(len(room.order) - 1):
        one, other = room.order[at], room.order[at + 1]
        if draw(dice) < MUTATED:
            waits = False
            for row in range(lines.first[other], lines.first[other + 1]):
                waits = waits or lines.before[row] == one
            if not waits:
                room.order[at], room.order[at + 1] = other, one


@njit(cache=True, nogil=True)
def set_prices(asked: Floats, mission: int, room: Room, dice: Dice) -> None:
    """New prices for a mission: the general ones, strayed by chance, mostly little, now and then without measure."""
    stray = draw(dice)
    stray *= stray
    for kind in range(len(asked)):
        room.price[mission, kind] = asked[kind] * (1.0 - stray) + stray * draw(dice)


@njit(cache=True, nogil=True)
def set_cheapest(room: Room) -> None:
    """For each mission the kinds of people by its prices, the cheapest first (by insertion: few, and no compiling)."""
    for mission in range(len(room.order)):
        row, price = room.cheapest[mission], room.price[mission]
        for kind in range(len(row)):
            at = kind
            while at > 0 and price[row[at - 1]] > price[kind]:
                row[at] = row[at - 1]
                at -= 1
            row[at] = kind


@njit(cache=True, nogil=True)
def set_order(room: Room, duration: Ints, mode: int) -> None:
    """The order of missions by the starts just decoded: AHEAD by start, else from the latest end.

    TURN: ends on a line turned round become starts. Of two at once the one that may wait for the other stays behind.
    """
    order, start = room.order, room.start
    for mission in range(len(order)):
        at = mission
        mine = start[mission] if mode == AHEAD else -start[mission] - duration[mission]
        while at > 0:
            rival = order[at - 1]
            its = start[rival] if mode == AHEAD else -start[rival] - duration[rival]
            if its < mine or (its == mine and mode != BACK):
                break
            order[at] = rival
            at -= 1
        order[at] = mission


@njit(cache=True, nogil=True)
def justify(ahead: Lines, back: Lines, room: Room) -> int:
    """Decodes forward, backward from the latest end, forward from the earliest start; returns the last end.

    `order` becomes that of the starts.
    """
    set_cheapest(room)
    last = 0
    for mode in (BACK, TURN, AHEAD):
        lines = back if mode == TURN else ahead
        if len(lines.people):
            last = decode_counts(room.order, lines, room.free, room.start)
        else:
            last = decode(room.order, room.cheapest, lines, room.free, room.start, room.taken)
        set_order(room, ahead.duration, mode)
    if last < room.best_end[0]:
        room.best_end[0] = last
        put(room.start, room.best_start)
        for mission in range(len(room.start)):
            put(room.taken[mission], room.best_taken[mission])
    return last


@njit(cache=True, nogil=True)
def keep(herd: Herd, one: int, end: int, room: Room) -> None:
    """The child takes the place of one of the herd."""
    herd.ends[one] = end
    put(room.order, herd.orders[one])
    for mission in range(len(room.order)):
        put(room.price[mission], herd.prices[one, mission])


@njit(cache=True, nogil=True)
def sow(ahead: Lines, back: Lines, urgency: Floats, herd: Herd, room: Room, dice: Dice) -> None:
    """The first schedules: the most urgent of what can start goes first, urgency strayed by chance."""
    count = len(room.order)
    for one in range(len(herd.ends)):
        stray = 0.5 * (one % 8) / 8.0
        for mission in range(count):
            room.seen[mission] = False
        for place in range(count):
            best, most = -1, -1.0
            for mission in range(count):
                ready = not room.seen[mission]
                for at in range(ahead.first[mission], ahead.first[mission + 1]):
                    ready = ready and room.seen[ahead.before[at]]
                if ready:
                    worth = urgency[mission] * (1.0 + stray * draw(dice))
                    if worth > most:
                        best, most = mission, worth
            room.order[place] = best
            room.seen[best] = True
        for mission in range(count):
            set_prices(herd.asked, mission, room, dice)
        keep(herd, one, justify(ahead, back, room), room)


@njit(cache=True, nogil=True)
def alike(one: Ints, other: Ints) -> bool:
    """Whether two orders are the same."""
    same = True
    for at in range(len(one)):
        same = same and one[at] == other[at]
    return same


@njit(cache=True, nogil=True)
def breed(ahead: Lines, back: Lines, herd: Herd, room: Room, dice: Dice, children: int, enough: int) -> int:
    """Makes children, each in the place of one no better; stops at an end of `enough`. Returns how many."""
    count, size = len(room.order), len(herd.ends)
    for child in range(children):
        if room.best_end[0] <= enough:
            return child
        mother, father = int(draw(dice) * size), int(draw(dice) * size)
        rival = int(draw(dice) * size)
        if herd.ends[rival] < herd.ends[mother]:
            mother = rival
        low, high = int(draw(dice) * (count + 1)), int(draw(dice) * (count + 1))
        low, high = min(low, high), max(low, high)
        cross(herd.orders[mother], herd.orders[father], low, high, room)
        shake(ahead, room, dice)
        for place in range(count):
            mission = int(room.order[place])
            parent = father if low <= place < high else mother
            put(herd.prices[parent, mission], room.price[mission])
            if draw(dice) < MUTATED:
                set_prices(herd.asked, mission, room, dice)
        end = justify(ahead, back, room)
        worst, same = int(draw(dice) * size), False
        for one in range(size):
            same = same or (herd.ends[one] == end and alike(herd.orders[one], room.order))
            if herd.ends[one] > herd.ends[worst]:
                worst = one
        if not same and end <= herd.ends[worst]:
            keep(herd, worst, end, room)
    return children


class Breeding:
    """A herd of schedules of one world that goes on from where it was; the same seed and steps give the same.

    With `sets`, of starts at which head-counts fit for these sets of skills; who goes is then left open.
    """

    def __init__(self, world: World, seed: int, population: int = POPULATION, sets: Sequence[Narrow] = ()) -> None:
        count, kinds = world.count, 0 if sets else len(world.size)
        self._ahead, self._back = lines_of(world, sets)
        self._dice = np.array([(seed * 2654435761 + 88172645463325252) % 2**64 or 1], np.uint64)
        self._herd = Herd(
            np.zeros((population, count), np.int32),
            np.zeros((population, count, kinds), np.float64),
            np.zeros(population, np.int32),
            prices(world)[:kinds].copy(),
        )
        self._room = Room(
            np.zeros(count, np.int32),
            np.zeros((count, kinds), np.float64),
            np.zeros((count, kinds), np.int32),
            np.zeros((self._ahead.horizon, kinds + len(sets)), np.int32),
            np.zeros(count, np.int32),
            np.zeros((count, kinds), np.int32),
            np.zeros(count, np.bool_),
            np.array([self._ahead.horizon], np.int32),
            np.zeros(count, np.int32),
            np.zeros((count, kinds), np.int32),
        )
        urgency = (1.0 + world.duration + world.tails).astype(np.float64)
        sow(self._ahead, self._back, urgency, self._herd, self._room, self._dice)
        self.steps = population

    def go_on(self, children: int, enough: int) -> None:
        """So many children more, fewer where an end of `enough` comes up."""
        self.steps += breed(self._ahead, self._back, self._herd, self._room, self._dice, children, enough)

    @property
    def end(self) -> int:
        """When the best schedule so far ends."""
        return int(self._room.best_end[0])

    def take_in(self, start: Ints, taken: Ints, *, proven: bool = False) -> None:
        """A schedule found elsewhere joins in the place of the worst, if it ends sooner than all or is proven best."""
        end = int((start + self._ahead.duration).max())
        if end > self.end or (end == self.end and not proven):
            return
        worst = int(self._herd.ends.argmax())
        self._herd.orders[worst] = np.lexsort((np.arange(len(start)), start))
        self._herd.prices[worst] = self._herd.asked * np.where(taken > 0, 1.0 - TAUGHT, 1.0 + TAUGHT)
        self._herd.ends[worst] = end
        self._room.best_end[0] = end
        self._room.best_start[:] = start
        self._room.best_taken[:] = taken

    def best(self) -> tuple[Ints, Ints]:
        """Starts int32 (n,) and people by kind int32 (n, k) of the schedule that ends soonest."""
        return self._room.best_start.copy(), self._room.best_taken.copy()


def prices(world: World) -> Floats:
    """What a person of each kind is worth elsewhere: for each skill they hold, its demand over those who hold it."""
    held = np.array([[kind >> at & 1 for at in range(len(world.skills))] for kind in world.skill_sets], np.float64)
    held = held.reshape(len(world.size), len(world.skills))
    demand = (world.need * world.duration[:, None]).sum(axis=0)
    holders = np.maximum(held.T @ world.size, 1.0)
    return np.asarray(1e-3 + held @ (demand / holders) / max(float((demand / holders).sum()), 1e-9), np.float64)
