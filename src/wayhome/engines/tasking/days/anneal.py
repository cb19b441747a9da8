"""Simulated annealing over boards: each step breaks a part of the plan and fills it again.

What is made small is how late missions are against the ends that are aimed at (smooth where the latest end of a
priority is flat), and how much of people's time is taken. The best plan by true cost is kept beside.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.tasking.chance import Dice, draw
from wayhome.engines.tasking.days.board import OPEN, Board, copy_all, copy_changed, lift, put_back, tidy
from wayhome.engines.tasking.days.breaking import wreck
from wayhome.engines.tasking.days.fitting import GREED, LATER, NEW, PASS, SKIP, Aim, Room, fit, lateness
from wayhome.engines.tasking.days.world import World

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
MADE_WITH: Final = "fe385c3b27d1"
FEW_DAYS: Final = 8
LEFT_OVER: Final = 0.5
"""What an idle hour of a team is taken to cost next to a busy one: it may still be filled."""


@njit(cache=True, nogil=True)
def true_cost(world: World, board: Board, ends: Ints) -> int:
    """The plan's cost; `ends` (4,) becomes the latest end of each of the first three priorities and of all."""
    ends[:] = 0
    for i in range(board.day.size):
        if board.day[i] >= 0:
            end = board.day[i] * world.length + board.start[i] + world.duration[i]
            ends[3] = max(ends[3], end)
            if world.priority[i] < 3:
                ends[world.priority[i]] = max(ends[world.priority[i]], end)
    cost = 0
    for p in range(4):
        cost += world.weights[p] * ends[p]
    return cost


@njit(cache=True, nogil=True)
def late_sum(world: World, board: Board, aim: Aim) -> float:
    total = 0.0
    for i in range(board.day.size):
        if board.day[i] >= 0:
            total += lateness(world, aim, i, board.day[i] * world.length + board.start[i] + world.duration[i])
    return total


@njit(cache=True, nogil=True)
def people_time(world: World, board: Board) -> float:
    """Days of people (weighed by worth) that the teams take; what is left of a team's day counts in part."""
    total = 0.0
    for d in range(board.teams.size):
        for t in range(board.teams[d]):
            n = board.seq_n[d, t]
            if n > 0:
                last = board.seq[d, t, n - 1]
                busy = (board.start[last] + world.duration[last]) / world.length
                total += board.team_worth[d, t] * (busy + LEFT_OVER * (1.0 - busy))
    return total


@njit(cache=True, nogil=True)
def set_style(world: World, aim: Aim, room: Room, dice: Dice) -> None:
    """How this step judges places and people: drawn anew each time, so that no one rule is always followed."""
    room.style[NEW] = draw(dice)
    room.style[LATER] = (draw(dice) * 2.0 - 1.0) * 0.2 * aim.people[0]
    chance = draw(dice)
    room.style[SKIP] = 0.0 if chance < 0.3 else 0.05 * chance
    room.style[PASS] = max(0.0, 0.9 * draw(dice) - 0.2) if world.there.shape[0] > FEW_DAYS else 0.0
    room.style[GREED] = 4.0 * draw(dice)
    power, noise = 1.5 * draw(dice), 0.6 * draw(dice)
    for p in range(room.price.size):
        room.price[p] = world.worth[p] ** power * (1.0 + noise * draw(dice))


@njit(cache=True, nogil=True)
def set_order(world: World, aim: Aim, room: Room, dice: Dice, chance: float) -> None:
    """Sorts the bank: by the end aimed at (`chance` low), by work, by weight, or at random (`chance` high)."""
    noise = draw(dice)
    for b in range(room.bank_n[0]):
        i = room.bank[b]
        if chance < 0.3:
            key = aim.until[i] / world.length - noise * world.work[i]
        elif chance < 0.7:
            key = -world.work[i] * (1.0 + noise * draw(dice))
        elif chance < 0.85:
            key = -aim.weight[i] * draw(dice)
        else:
            key = draw(dice)
        at = b
        while at > 0 and room.key[at - 1] > key:
            room.key[at], room.bank[at] = room.key[at - 1], room.bank[at - 1]
            at -= 1
        room.key[at], room.bank[at] = key, i


@njit(cache=True, nogil=True)
def open_before(world: World, board: Board, i: int) -> int:
    """A predecessor that waits to be placed, whose own predecessors do not; the mission itself where there is none."""
    at = world.before_at[i]
    while at < world.before_at[i + 1]:
        j = world.before[at]
        if board.day[j] == OPEN:
            i = j
            at = world.before_at[i]
        else:
            at += 1
    return i


@njit(cache=True, nogil=True)
def free_after(world: World, board: Board, room: Room, i: int) -> bool:
    """Takes all that comes after a mission off the board; False where nothing did."""
    first = room.bank_n[0]
    if first + board.day.size >= room.bank.size:
        return False
    room.bank[first] = i
    end, at = first + 1, first
    begun = end
    while at < end:
        j = room.bank[at]
        for k in range(world.after_at[j], world.after_at[j + 1]):
            later = world.after[k]
            if board.day[later] >= 0:
                lift(board, later)
                room.bank[end] = later
                end += 1
        at += 1
    for b in range(begun, end):
        room.bank[b - 1] = room.bank[b]
    room.bank_n[0] = end - 1
    return bool(end > begun)


@njit(cache=True, nogil=True)
def refill(world: World, board: Board, aim: Aim, room: Room, dice: Dice) -> bool:
    """Places everything in the bank; False where the days do not suffice."""
    b = 0
    while b < room.bank_n[0]:
        i = room.bank[b]
        while board.day[i] == OPEN:
            j = open_before(world, board, i)
            if not fit(world, board, aim, room, dice, j):
                if not free_after(world, board, room, j):
                    return False
                tidy(world, board, room.need)
                if not fit(world, board, aim, room, dice, j):
                    return False
        b += 1
    return True


@njit(cache=True, nogil=True)
def build(world: World, board: Board, aim: Aim, room: Room, dice: Dice) -> bool:
    """Places every open mission, in an order by ends aimed at and some noise; False where the days do not suffice."""
    room.bank_n[0] = 0
    for i in range(board.day.size):
        if board.day[i] == OPEN:
            room.bank[room.bank_n[0]] = i
            room.bank_n[0] += 1
    set_style(world, aim, room, dice)
    room.style[LATER] = room.style[PASS] = 0.0
    set_order(world, aim, room, dice, 0.0)
    return refill(world, board, aim, room, dice)


@njit(cache=True, nogil=True)
def anneal(
    world: World, board: Board, kept: Board, best: Board, aim: Aim, room: Room, dice: Dice, steps: int, heat: Floats,
    best_cost: int,
) -> tuple[int, int, float]:  # fmt: skip
    """Runs `steps` steps from `board` (= `kept` at the start and the end); stops when nothing is late.

    `heat` (2,): temperature at the start and at the end. Answers steps done, the cost of `best`, and how late `kept`
    is.
    """
    ends = np.zeros(4, np.int64)
    late = late_sum(world, kept, aim)
    value = late + aim.people[0] * people_time(world, kept)
    cooling = (heat[1] / heat[0]) ** (1.0 / max(1, steps))
    warm = heat[0]
    done = 0
    while done < steps and late > 0.0:
        done += 1
        warm *= cooling
        room.bank_n[0] = 0
        set_style(world, aim, room, dice)
        wreck(world, board, aim, room, dice)
        tidy(world, board, room.need)
        set_order(world, aim, room, dice, draw(dice))
        if not refill(world, board, aim, room, dice):
            put_back(kept, board)
            continue
        new_late = late_sum(world, board, aim)
        new_value = new_late + aim.people[0] * people_time(world, board)
        cost = true_cost(world, board, ends)
        if cost < best_cost:
            best_cost = cost
            copy_all(board, best)
        if new_value <= value or draw(dice) < np.exp((value - new_value) / warm):
            copy_changed(board, kept)
            value, late = new_value, new_late
        else:
            put_back(kept, board)
    return done, best_cost, late
