"""Whole teams chosen by depth-first search where few are left: how far each lies above the bound leaves little room.

A plan's points are at least the bound and what each of its teams, and each mission left without one, lies above it.
With little room between the best plan and the bound, nearly every branch ends at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numba import njit

from wayhome.engines.tasking.now.teams.problem import HARD, Flags, Floats, Ints, Problem
from wayhome.engines.tasking.now.teams.solver import Chosen, Column

NODES = 200_000
HAIR = 1e-6


class Pool(NamedTuple):
    """Choices, mission by mission: those of the mission at turn t stand from `starts[t]` on, the nearest first.

    who: (choices, width) people, -1 after the last; empty for a mission left without a team. over: by how much each
    lies above the bound. points: of each. turn: at which turn a mission comes.
    """

    starts: Ints
    who: Ints
    over: Floats
    points: Ints
    turn: Ints
    after: Ints
    home: Flags
    spare: Ints
    thin: int
    constant: int


@njit(cache=True)
def whole_points(pool: Pool, chosen: Ints, taken: Flags) -> int:
    """Points of a full choice, -1 where a mission goes without another after which it comes."""
    total = pool.constant
    for choice in chosen:
        total += pool.points[choice]
    for at in range(pool.after.shape[0]):
        later, before = chosen[pool.turn[pool.after[at, 0]]], chosen[pool.turn[pool.after[at, 1]]]
        if pool.who[later, 0] >= 0 and pool.who[before, 0] < 0:
            return -1
    for k in range(pool.home.shape[0]):
        gone = 0
        for who in range(taken.size):
            gone += taken[who] * pool.home[k, who]
        total += pool.thin * max(0, gone - pool.spare[k])
    return total


@njit(cache=True)
def free(pool: Pool, choice: int, taken: Flags) -> bool:
    for at in range(pool.who.shape[1]):
        who = pool.who[choice, at]
        if who < 0:
            break
        if taken[who]:
            return False
    return True


@njit(cache=True)
def seat(pool: Pool, choice: int, taken: Flags, flag: int) -> None:
    for at in range(pool.who.shape[1]):
        if pool.who[choice, at] < 0:
            break
        taken[pool.who[choice, at]] = flag


@njit(cache=True)
def dive(pool: Pool, bound: float, below: int, limit: int, best: Ints) -> tuple[int, bool]:
    """The least points under `below` and, in `best`, its choices; whether all was tried. `below` where none is."""
    turns, people = pool.starts.size - 1, pool.home.shape[1]
    chosen, at, spent = np.zeros(turns, np.int64), pool.starts[:-1].copy(), np.zeros(turns + 1)
    taken = np.zeros(people, np.uint8)
    t, nodes = 0, 0
    while t >= 0 and nodes < limit:
        choice = at[t]
        if choice >= pool.starts[t + 1] or bound + spent[t] + pool.over[choice] > below - 1 + HAIR:
            at[t] = pool.starts[t]
            t -= 1
            if t >= 0:
                seat(pool, chosen[t], taken, 0)
            continue
        at[t] += 1
        nodes += 1
        if not free(pool, choice, taken):
            continue
        chosen[t] = choice
        seat(pool, choice, taken, 1)
        if t < turns - 1:
            spent[t + 1] = spent[t] + pool.over[choice]
            t += 1
            continue
        total = whole_points(pool, chosen, taken)
        if 0 <= total < below:
            below = total
            best[:] = chosen
        seat(pool, choice, taken, 0)
    return below, nodes < limit


def pick(
    problem: Problem, columns: Sequence[Column], over: Floats, absent: Floats, *, bound: float, below: int
) -> Chosen | None:
    """The best whole choice among `columns` under `below` points, as `solver.choose` tells it; None: too much to try.

    over, absent: by how much each column, and each mission left without a team, lies above `bound` at the least.
    """
    choices: list[list[tuple[float, int]]] = [[] for _ in problem.missions]
    for number, column in enumerate(columns):
        choices[column.mission].append((float(over[number]), number))
    for m, far in enumerate(absent):
        if far < HARD / 2:
            choices[m].append((float(far), -1))
    order = sorted(range(len(choices)), key=lambda m: (len(choices[m]), m))
    flat = [(far, number, m) for m in order for far, number in sorted(choices[m])]
    width = max((len(one.people) for one in columns), default=1)
    who = np.full((len(flat), max(1, width)), -1, np.int64)
    for row, (_, number, _) in zip(who, flat, strict=True):
        if number >= 0:
            row[: len(columns[number].people)] = columns[number].people
    pool = Pool(
        starts=np.cumsum([0, *(len(choices[m]) for m in order)]).astype(np.int64),
        who=who,
        over=np.maximum(0.0, np.array([far for far, _, _ in flat], np.float64)),
        points=np.array([columns[n].points if n >= 0 else problem.unstaffed[m] or 0 for _, n, m in flat], np.int64),
        turn=np.argsort(np.array(order, np.int64)),
        after=np.array(problem.after, np.int64).reshape(len(problem.after), 2),
        home=np.ascontiguousarray(problem.home.reshape(len(problem.spare), len(problem.people))),
        spare=np.array(problem.spare, np.int64),
        thin=problem.thin,
        constant=problem.constant,
    )
    best = np.full(len(order), -1, np.int64)
    found, done = dive(pool, bound, below, NODES, best)
    if not done:
        return None
    if found >= below:
        return Chosen((), 0, True)
    return Chosen(tuple(columns[flat[one][1]] for one in best if flat[one][1] >= 0), int(found), True)
