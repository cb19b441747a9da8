"""Where an open mission fits best on a board: in a team as it is, in one that takes people in, or in a new one.

A place is judged by how late it lets missions become (against the ends that are aimed at), then by how many people's
time it takes: people who stand by, and what is left of their day when nothing short enough remains to fill it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.tasking.chance import Dice, draw
from wayhome.engines.tasking.days.board import FREE, Board, earliest, join, latest, put
from wayhome.engines.tasking.days.world import World

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
MADE_WITH: Final = "66f44f1f8a60"
NEW: Final = 0
LATER: Final = 1
SKIP: Final = 2
PASS: Final = 3
GREED: Final = 4
LATE_AT_ONCE: Final = 0.5
"""What being late at all costs, next to 1 for each day of being late."""


class Aim(NamedTuple):
    """`until` (N,): when each mission should have ended, in units since the first day; `weight` (N,): if it has not.

    `stake` (N,): what a unit of the mission's work costs by the ends it holds up, 1 on average. `people` (1,): the
    weight of people's time; `shortest`: the shortest duration of all missions.
    """

    until: Ints
    weight: Floats
    stake: Floats
    people: Floats
    shortest: int


class Room(NamedTuple):
    """Room to write in. `price` (P,): how dear each member is just now; `style` (5,): see NEW to GREED."""

    lack: Ints
    chosen: Ints
    price: Floats
    style: Floats
    best: Ints
    need: Ints
    bank: Ints
    bank_n: Ints
    key: Floats


def make_room(world: World) -> Room:
    people, skills = world.has.shape
    missions = world.duration.size
    return Room(
        lack=np.zeros(skills, np.int64), chosen=np.zeros(people + 1, np.int64), price=world.worth.copy(),
        style=np.array([0.5, 0.0, 0.0, 0.0, 6.0]), best=np.zeros(4, np.int64), need=np.zeros(skills, np.int64),
        bank=np.zeros(4 * missions + 1, np.int64), bank_n=np.zeros(1, np.int64), key=np.zeros(4 * missions + 1),
    )  # fmt: skip


@njit(cache=True, nogil=True)
def lateness(world: World, aim: Aim, i: int, end: int) -> float:
    """What it costs that a mission ends at `end` (units since the first day)."""
    late = end - aim.until[i]
    return aim.weight[i] * (LATE_AT_ONCE + late / world.length) if late > 0 else 0.0


@njit(cache=True, nogil=True)
def leaning(later: float, d: int, days: int) -> float:
    """What a day costs by itself: above 0 the early days are cheap, below 0 the late ones."""
    return later * d if later >= 0.0 else -later * (days - d)


@njit(cache=True, nogil=True)
def lacking(world: World, board: Board, i: int, d: int, t: int) -> int:
    """How many holders team `t` (-1: a new one) lacks over all needs of the mission; -1 where too few are free."""
    total = 0
    for z in range(world.need_n[i]):
        s = world.need_s[i, z]
        lack = world.need_k[i, z]
        if t >= 0:
            lack -= board.held[d, t, s]
        if lack > 0:
            if lack > board.free[d, s]:
                return -1
            total += lack
    return total


@njit(cache=True, nogil=True)
def recruit(world: World, board: Board, room: Room, i: int, d: int, t: int) -> int:
    """Free members who make up what team `t` lacks, into `room.chosen`: how many, -1 where it cannot be made up.

    Greedy by needs met per price, then without those who proved needless.
    """
    missing = 0
    for z in range(world.need_n[i]):
        s = world.need_s[i, z]
        room.lack[s] = world.need_k[i, z] - (board.held[d, t, s] if t >= 0 else 0)
        missing += max(0, room.lack[s])
    count = 0
    while missing > 0:
        best, best_score, best_met = -1, 0.0, 0
        for p in range(board.where.shape[1]):
            if board.where[d, p] != FREE:
                continue
            met = 0
            for z in range(world.need_n[i]):
                s = world.need_s[i, z]
                if room.lack[s] > 0:
                    met += world.has[p, s]
            if met > 0 and met / room.price[p] > best_score and not among(room.chosen, count, p):
                best, best_score, best_met = p, met / room.price[p], met
        if best < 0:
            return -1
        for z in range(world.need_n[i]):
            room.lack[world.need_s[i, z]] -= world.has[best, world.need_s[i, z]]
        missing -= best_met
        room.chosen[count] = best
        count += 1
    return without_needless(world, room, i, count) if count > 2 else count


@njit(cache=True, nogil=True)
def among(chosen: Ints, count: int, p: int) -> bool:
    for c in range(count):  # noqa: SIM110 - a plain loop compiles best
        if chosen[c] == p:
            return True
    return False


@njit(cache=True, nogil=True)
def without_needless(world: World, room: Room, i: int, count: int) -> int:
    """Drops chosen members whose needs the others meet as well (`lack` is how far each need is overmet, negative)."""
    c = 0
    while c < count:
        p = room.chosen[c]
        spare = True
        for z in range(world.need_n[i]):
            s = world.need_s[i, z]
            if world.has[p, s] and room.lack[s] >= 0:
                spare = False
                break
        if spare:
            for z in range(world.need_n[i]):
                room.lack[world.need_s[i, z]] += world.has[p, world.need_s[i, z]]
            count -= 1
            room.chosen[c] = room.chosen[count]
        else:
            c += 1
    return count


@njit(cache=True, nogil=True)
def shifted(world: World, board: Board, aim: Aim, d: int, t: int, at: int, time: int) -> tuple[float, int]:
    """What moving the team's missions from place `at` on costs when the one before ends at `time`; and the last end.

    -1 where some successor or the end of the day forbids it.
    """
    cost = 0.0
    for k in range(at, board.seq_n[d, t]):
        j = board.seq[d, t, k]
        if board.start[j] >= time:
            last = board.seq[d, t, board.seq_n[d, t] - 1]
            return cost, board.start[last] + world.duration[last]
        time += world.duration[j]
        if time > world.length or (world.after_at[j] < world.after_at[j + 1] and time > latest(world, board, j, d)):
            return -1.0, 0
        end = d * world.length + time
        if end > aim.until[j]:
            was = d * world.length + board.start[j] + world.duration[j]
            cost += lateness(world, aim, j, end) - lateness(world, aim, j, was)
    return cost, time


@njit(cache=True, nogil=True)
def has_time(world: World, board: Board, d: int, t: int, i: int) -> bool:
    """Whether the team's missions and this one together are no longer than a day."""
    time = world.duration[i]
    for k in range(board.seq_n[d, t]):
        time += world.duration[board.seq[d, t, k]]
    return bool(time <= world.length)


@njit(cache=True, nogil=True)
def in_team(
    world: World, board: Board, aim: Aim, room: Room, i: int, d: int, t: int, begin: int, until: int, most: float
) -> float:
    """The least cost of a place in an existing team, below `most`; the place goes into `room.best`."""
    lack = lacking(world, board, i, d, t)
    if lack < 0:
        return most
    lean = leaning(room.style[LATER], d, board.seq_n.shape[0])
    share = aim.people[0] * world.duration[i] / world.length
    soonest = lateness(world, aim, i, d * world.length + begin + world.duration[i]) + lean
    if soonest + share * board.team_worth[d, t] >= most:
        return most
    taken = 0.0
    if lack > 0:
        count = recruit(world, board, room, i, d, t)
        if count < 0:
            return most
        for c in range(count):
            taken += world.worth[room.chosen[c]]
    team = board.team_worth[d, t] + taken
    base = lean + aim.people[0] * taken + share * team
    return in_order(world, board, aim, room, i, d, t, begin, until, most, base, aim.people[0] * team)


@njit(cache=True, nogil=True)
def in_order(
    world: World, board: Board, aim: Aim, room: Room, i: int, d: int, t: int, begin: int, until: int, most: float,
    base: float, team: float,
) -> float:  # fmt: skip
    """As `in_team`, for a team that can do it at the cost `base`; `team` is what a whole day of the team costs.

    Never before a mission that begins earlier than this one may: that one could be its predecessor.
    """
    length = world.length
    n = board.seq_n[d, t]
    start = begin
    for at in range(n + 1):
        if at < n and board.start[board.seq[d, t, at]] < begin:
            continue
        if at > 0:
            j = board.seq[d, t, at - 1]
            start = max(begin, board.start[j] + world.duration[j])
        end = start + world.duration[i]
        cost = base + lateness(world, aim, i, d * length + end)
        if end > until or cost >= most:
            break
        more, last = shifted(world, board, aim, d, t, at, end)
        if more < 0.0:
            continue
        cost += more
        if 0 < length - last < aim.shortest:
            cost += team * (length - last) / length
        if cost < most:
            most = cost
            room.best[0], room.best[1], room.best[2], room.best[3] = d, t, at, start
    return most


@njit(cache=True, nogil=True)
def in_new_team(
    world: World, board: Board, aim: Aim, room: Room, i: int, d: int, begin: int, until: int, most: float
) -> float:
    """The cost of a team of its own on day `d`, if below `most`; the place goes into `room.best`."""
    end = begin + world.duration[i]
    late = lateness(world, aim, i, d * world.length + end)
    if end > until or late >= most or board.teams[d] >= board.seq_n.shape[1] or lacking(world, board, i, d, -1) < 0:
        return most
    count = recruit(world, board, room, i, d, -1)
    if count < 0:
        return most
    team = 0.0
    for c in range(count):
        team += world.worth[room.chosen[c]]
    left = world.length - end
    share = end + (left if left < aim.shortest else room.style[NEW] * left)
    cost = late + aim.people[0] * team * share / world.length + leaning(room.style[LATER], d, board.seq_n.shape[0])
    if cost < most:
        most = cost
        room.best[0], room.best[1], room.best[2], room.best[3] = d, -1, 0, begin
    return most


@njit(cache=True, nogil=True)
def window(world: World, board: Board, i: int) -> tuple[int, int]:
    """The days between which a mission can lie: last day of a predecessor, first day of a successor."""
    first, last = 0, board.seq_n.shape[0] - 1
    for at in range(world.before_at[i], world.before_at[i + 1]):
        first = max(first, board.day[world.before[at]])
    for at in range(world.after_at[i], world.after_at[i + 1]):
        if board.day[world.after[at]] >= 0:
            last = min(last, board.day[world.after[at]])
    return first, last


@njit(cache=True, nogil=True)
def fit(world: World, board: Board, aim: Aim, room: Room, dice: Dice, i: int) -> bool:
    """Puts an open mission where it costs least; False where there is no place between its neighbours.

    Days that this step has not touched are looked at by chance; all of them where nothing else is found.
    """
    first, last = window(world, board, i)
    most = look(world, board, aim, room, dice, i, first, last, room.style[PASS])
    if most == np.inf and room.style[PASS] > 0.0:
        most = look(world, board, aim, room, dice, i, first, last, 0.0)
    if most == np.inf:
        return False
    settle(world, board, room, i)
    return True


@njit(cache=True, nogil=True)
def look(
    world: World, board: Board, aim: Aim, room: Room, dice: Dice, i: int, first: int, last: int, skipped: float
) -> float:
    """The least cost of a place on the days from first to last, into `room.best`; inf where there is none."""
    most = np.inf
    for d in range(first, last + 1):
        if lateness(world, aim, i, d * world.length + world.duration[i]) >= most:
            break
        if skipped > 0.0 and board.changed[d] == 0 and draw(dice) < skipped:
            continue
        begin, until = earliest(world, board, i, d), latest(world, board, i, d)
        if begin + world.duration[i] > until:
            continue
        for t in range(board.teams[d]):
            skip = room.style[SKIP] > 0.0 and draw(dice) < room.style[SKIP]
            if not skip and board.size[d, t] > 0 and has_time(world, board, d, t, i):
                most = in_team(world, board, aim, room, i, d, t, begin, until, most)
        most = in_new_team(world, board, aim, room, i, d, begin, until, most)
    return most


@njit(cache=True, nogil=True)
def settle(world: World, board: Board, room: Room, i: int) -> None:
    """Carries out the place in `room.best`."""
    d, t, at, start = room.best[0], room.best[1], room.best[2], room.best[3]
    count = recruit(world, board, room, i, d, t) if t < 0 or lacking(world, board, i, d, t) > 0 else 0
    if t < 0:
        t = 0
        while t < board.teams[d] and board.size[d, t] > 0:
            t += 1
        board.teams[d] = max(board.teams[d], t + 1)
    for c in range(count):
        join(world, board, d, t, room.chosen[c])
    put(world, board, i, d, t, at, start)
