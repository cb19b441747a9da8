"""What each step of the search takes off the board before it is filled again: late missions and what is in their way.

After Schrimpf et al., "Record breaking optimization results using the ruin and recreate principle" (2000).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.tasking.chance import Dice, below, draw
from wayhome.engines.tasking.days.board import DECLINED, OPEN, Board, lift
from wayhome.engines.tasking.days.fitting import GREED, Aim, Room
from wayhome.engines.tasking.days.world import World

Ints = NDArray[np.int64]
MADE_WITH: Final = "6d4bba379778"
MOST_LATE: Final = 6
TRIES: Final = 6


@njit(cache=True, nogil=True)
def take(board: Board, room: Room, i: int) -> None:
    """A mission goes from its team to the bank of those to be placed anew."""
    if board.day[i] >= 0:
        lift(board, i)
        room.bank[room.bank_n[0]] = i
        room.bank_n[0] += 1


@njit(cache=True, nogil=True)
def take_team(board: Board, room: Room, d: int, t: int) -> None:
    for k in range(board.seq_n[d, t] - 1, -1, -1):
        take(board, room, board.seq[d, t, k])


@njit(cache=True, nogil=True)
def take_teams(world: World, board: Board, room: Room, dice: Dice, d: int, count: int, like: int) -> None:
    """Some teams of a day; where `like` is a mission, rather those that hold somebody with a skill it asks for."""
    if board.teams[d] == 0:
        return
    for _ in range(count):
        t = below(dice, board.teams[d])
        for _ in range(TRIES):
            useful = board.seq_n[d, t] > 0
            if useful and like >= 0:
                useful = board.held[d, t, world.need_s[like, below(dice, world.need_n[like])]] > 0
            if useful:
                break
            t = below(dice, board.teams[d])
        take_team(board, room, d, t)


@njit(cache=True, nogil=True)
def take_late(world: World, board: Board, aim: Aim, room: Room, dice: Dice) -> int:
    """Up to a few of the late missions, by chance; one of them, or -1 where nothing is late."""
    seen, one = 0, -1
    for i in range(board.day.size):
        if is_late(world, board, aim, i):
            seen += 1
            if below(dice, seen) == 0:
                one = i
    if one < 0:
        return one
    take(board, room, one)
    share = draw(dice) * MOST_LATE / seen
    for i in range(board.day.size):
        if is_late(world, board, aim, i) and draw(dice) < share:
            take(board, room, i)
    return one


@njit(cache=True, nogil=True)
def is_late(world: World, board: Board, aim: Aim, i: int) -> bool:
    end = board.day[i] * world.length + board.start[i] + world.duration[i]
    return bool(board.day[i] >= 0 and end > aim.until[i])


@njit(cache=True, nogil=True)
def take_kin(world: World, board: Board, room: Room, dice: Dice, like: int, count: int) -> None:
    """Missions by chance, rather those that ask for a skill that `like` asks for as well."""
    for _ in range(count):
        i = below(dice, board.day.size)
        for _ in range(TRIES):
            if board.day[i] >= 0 and (like < 0 or akin(world, i, like)):
                break
            i = below(dice, board.day.size)
        take(board, room, i)


@njit(cache=True, nogil=True)
def akin(world: World, i: int, j: int) -> bool:
    for y in range(world.need_n[i]):
        for z in range(world.need_n[j]):
            if world.need_s[i, y] == world.need_s[j, z]:
                return True
    return False


@njit(cache=True, nogil=True)
def wreck(world: World, board: Board, aim: Aim, room: Room, dice: Dice) -> None:
    """Takes off what is late and teams of one or two days before it should have ended, or kin of it; else by chance."""
    like = take_late(world, board, aim, room, dice) if draw(dice) < 0.9 else -1
    days = board.seq_n.shape[0]
    while days > 1 and board.teams[days - 1] == 0:
        days -= 1
    last = max(1, min(days, aim.until[like] // world.length + 1)) if like >= 0 else days
    chance = draw(dice)
    wanted = like if draw(dice) < 0.6 else -1
    if chance < 0.55:
        take_teams(world, board, room, dice, below(dice, last), 1 + below(dice, 5), wanted)
    elif chance < 0.8:
        for _ in range(2):
            take_teams(world, board, room, dice, below(dice, last), 1 + below(dice, 3), wanted)
    else:
        take_kin(world, board, room, dice, wanted, 1 + below(dice, 8))
    if world.budget >= 0 and draw(dice) < 0.3:
        trade(world, board, aim, room, dice)


@njit(cache=True, nogil=True)
def trade(world: World, board: Board, aim: Aim, room: Room, dice: Dice) -> None:
    """Takes back some of what was declined, and declines others for what the budget then allows."""
    for _ in range(1 + below(dice, 3)):
        recall(world, board, room, dice)
    give_up(world, board, aim, room, dice)


@njit(cache=True, nogil=True)
def recall(world: World, board: Board, room: Room, dice: Dice) -> None:
    """One declined mission whose predecessors are all done goes to the bank."""
    seen, one = 0, -1
    for i in range(board.day.size):
        if board.day[i] == DECLINED and first_declined(world, board, i):
            seen += 1
            if below(dice, seen) == 0:
                one = i
    if one >= 0:
        board.day[one] = OPEN
        board.spent[0] -= world.decline[one]
        room.bank[room.bank_n[0]] = one
        room.bank_n[0] += 1


@njit(cache=True, nogil=True)
def first_declined(world: World, board: Board, i: int) -> bool:
    for at in range(world.before_at[i], world.before_at[i + 1]):  # noqa: SIM110 - a plain loop compiles best
        if board.day[world.before[at]] == DECLINED:
            return False
    return True


@njit(cache=True, nogil=True)
def may_decline(world: World, board: Board, i: int) -> bool:
    """Whether a mission can be given away now: the budget allows it, all that comes after it is given away."""
    if board.day[i] == DECLINED or world.decline[i] < 0 or board.spent[0] + world.decline[i] > world.budget:
        return False
    for at in range(world.after_at[i], world.after_at[i + 1]):  # noqa: SIM110 - a plain loop compiles best
        if board.day[world.after[at]] != DECLINED:
            return False
    return True


@njit(cache=True, nogil=True)
def give_up(world: World, board: Board, aim: Aim, room: Room, dice: Dice) -> None:
    """Declines missions while the budget allows: by chance, rather those with much work for little money."""
    while True:
        best, best_score = -1, 0.0
        for i in range(board.day.size):
            if may_decline(world, board, i):
                value = world.work[i] * aim.stake[i] / max(world.decline[i], 0.5)
                score = value ** room.style[GREED] * draw(dice)
                if score > best_score:
                    best, best_score = i, score
        if best < 0:
            return
        decline(world, board, room, best)


@njit(cache=True, nogil=True)
def decline(world: World, board: Board, room: Room, i: int) -> None:
    if board.day[i] >= 0:
        lift(board, i)
    for b in range(room.bank_n[0]):
        if room.bank[b] == i:
            room.bank_n[0] -= 1
            room.bank[b] = room.bank[room.bank_n[0]]
            break
    board.day[i] = DECLINED
    board.spent[0] += world.decline[i]
