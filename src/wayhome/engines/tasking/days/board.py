"""A plan over days as arrays that the compiled search changes in place: who is in which team, what it does when.

Within a day a team does its missions in an order; each begins as soon as the one before it and all its predecessors
have ended. A team holds nobody whom its missions do not need.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.tasking.days.world import World

Ints = NDArray[np.int64]
Shorts = NDArray[np.int16]
Floats = NDArray[np.float64]
MADE_WITH: Final = "a9ec495d4cc1"
OPEN: Final = -1
DECLINED: Final = -2
FREE: Final = -1
AWAY: Final = -2


class Board(NamedTuple):
    """D days, T teams a day at most, K missions a team at most.

    `day` (N,): OPEN, DECLINED or the day; `team`, `start` (N,); `seq` (D, T, K) and `seq_n` (D, T): missions in order;
    `size` (D, T); `held` (D, T, S): holders of each skill in the team; `team_worth` (D, T); `where` (D, P): FREE, AWAY
    or the team; `free` (D, S): holders of each skill who are free; `teams` (D,): numbers in use begin below this;
    `changed` (D,): days that were touched since they were last copied; `spent` (1,): of the budget.
    """

    day: Ints
    team: Ints
    start: Ints
    seq: Shorts
    seq_n: Ints
    size: Ints
    held: Shorts
    team_worth: Floats
    where: Shorts
    free: Shorts
    teams: Ints
    changed: Ints
    spent: Ints


def empty_board(world: World) -> Board:
    """Nothing planned yet: every mission open, everybody who is there free."""
    missions, (people, skills), days = world.duration.size, world.has.shape, world.there.shape[0]
    most = max(1, world.length // max(1, int(world.duration.min(initial=world.length))))
    return Board(
        day=np.full(missions, OPEN, np.int64), team=np.zeros(missions, np.int64), start=np.zeros(missions, np.int64),
        seq=np.zeros((days, people, most), np.int16), seq_n=np.zeros((days, people), np.int64),
        size=np.zeros((days, people), np.int64), held=np.zeros((days, people, skills), np.int16),
        team_worth=np.zeros((days, people), np.float64),
        where=np.where(world.there > 0, FREE, AWAY).astype(np.int16),
        free=(world.there @ world.has).astype(np.int16), teams=np.zeros(days, np.int64),
        changed=np.zeros(days, np.int64), spent=np.zeros(1, np.int64),
    )  # fmt: skip


@njit(cache=True, nogil=True)
def copy_changed(source: Board, target: Board) -> None:
    """Makes `target` equal to `source`, where they differ only in the days that `source` has marked as changed."""
    target.day[:] = source.day
    target.team[:] = source.team
    target.start[:] = source.start
    target.spent[0] = source.spent[0]
    for d in range(source.changed.size):
        if source.changed[d]:
            copy_day(source, target, d)
            source.changed[d] = 0
            target.changed[d] = 0


@njit(cache=True, nogil=True)
def put_back(kept: Board, board: Board) -> None:
    """Undoes what changed on `board` since it was equal to `kept`."""
    kept.changed[:] = board.changed
    copy_changed(kept, board)


@njit(cache=True, nogil=True)
def copy_all(source: Board, target: Board) -> None:
    kept = source.changed.copy()
    source.changed[:] = 1
    copy_changed(source, target)
    source.changed[:] = kept
    target.changed[:] = kept


@njit(cache=True, nogil=True)
def copy_day(source: Board, target: Board, d: int) -> None:
    for t in range(max(source.teams[d], target.teams[d])):
        target.seq_n[d, t] = source.seq_n[d, t]
        target.size[d, t] = source.size[d, t]
        target.team_worth[d, t] = source.team_worth[d, t]
        for k in range(source.seq_n[d, t]):
            target.seq[d, t, k] = source.seq[d, t, k]
        for s in range(source.held.shape[2]):
            target.held[d, t, s] = source.held[d, t, s]
    for p in range(source.where.shape[1]):
        target.where[d, p] = source.where[d, p]
    for s in range(source.free.shape[1]):
        target.free[d, s] = source.free[d, s]
    target.teams[d] = source.teams[d]


@njit(cache=True, nogil=True)
def join(world: World, board: Board, d: int, t: int, p: int) -> None:
    """A free member joins a team for the day."""
    board.where[d, p] = t
    board.size[d, t] += 1
    board.team_worth[d, t] += world.worth[p]
    for s in range(world.has.shape[1]):
        if world.has[p, s]:
            board.held[d, t, s] += 1
            board.free[d, s] -= 1


@njit(cache=True, nogil=True)
def leave(world: World, board: Board, d: int, t: int, p: int) -> None:
    """A member leaves a team and is free."""
    board.where[d, p] = FREE
    board.size[d, t] -= 1
    board.team_worth[d, t] -= world.worth[p]
    for s in range(world.has.shape[1]):
        if world.has[p, s]:
            board.held[d, t, s] -= 1
            board.free[d, s] += 1


@njit(cache=True, nogil=True)
def lift(board: Board, i: int) -> None:
    """Takes a mission off its team; the team and the times of others stay until the day is tidied."""
    d, t = board.day[i], board.team[i]
    n = board.seq_n[d, t]
    at = 0
    while board.seq[d, t, at] != i:
        at += 1
    for k in range(at, n - 1):
        board.seq[d, t, k] = board.seq[d, t, k + 1]
    board.seq_n[d, t] = n - 1
    board.day[i] = OPEN
    board.changed[d] = 2


@njit(cache=True, nogil=True)
def tidy(world: World, board: Board, need: Ints) -> None:
    """After missions were lifted: lets go whom no team needs, and moves what is left to the earliest times."""
    for d in range(board.changed.size):
        if board.changed[d] == 2:
            shed(world, board, d, need)
            to_the_left(world, board, d)
            board.changed[d] = 1


@njit(cache=True, nogil=True)
def shed(world: World, board: Board, d: int, need: Ints) -> None:
    """Lets members go whom their team can spare, the worthiest first. `need` (S,) is room to write in."""
    for t in range(board.teams[d]):
        if board.size[d, t] == 0:
            continue
        asked_of(world, board, d, t, need)
        while True:
            best, best_worth = -1, 0.0
            for p in range(board.where.shape[1]):
                if board.where[d, p] == t and world.worth[p] > best_worth and can_go(world, board, d, t, p, need):
                    best, best_worth = p, world.worth[p]
            if best < 0:
                break
            leave(world, board, d, t, best)
    while board.teams[d] > 0 and board.size[d, board.teams[d] - 1] == 0:
        board.teams[d] -= 1


@njit(cache=True, nogil=True)
def asked_of(world: World, board: Board, d: int, t: int, need: Ints) -> None:
    """The most that any mission of the team asks for, by skill, into `need` (S,)."""
    need[:] = 0
    for k in range(board.seq_n[d, t]):
        i = board.seq[d, t, k]
        for z in range(world.need_n[i]):
            s = world.need_s[i, z]
            need[s] = max(need[s], world.need_k[i, z])


@njit(cache=True, nogil=True)
def can_go(world: World, board: Board, d: int, t: int, p: int, need: Ints) -> bool:
    for s in range(need.size):  # noqa: SIM110 - a plain loop compiles best
        if need[s] > 0 and world.has[p, s] and board.held[d, t, s] <= need[s]:
            return False
    return True


@njit(cache=True, nogil=True)
def earliest(world: World, board: Board, i: int, d: int) -> int:
    """When on day `d` all predecessors have ended, of those that are planned; they must not be on later days."""
    found = 0
    for at in range(world.before_at[i], world.before_at[i + 1]):
        j = world.before[at]
        if board.day[j] == d:
            found = max(found, board.start[j] + world.duration[j])
    return found


@njit(cache=True, nogil=True)
def latest(world: World, board: Board, i: int, d: int) -> int:
    """When on day `d` the mission must have ended: the first of its successors begins, or the day is over."""
    found = world.length
    for at in range(world.after_at[i], world.after_at[i + 1]):
        j = world.after[at]
        if board.day[j] == d:
            found = min(found, board.start[j])
    return found


@njit(cache=True, nogil=True)
def to_the_left(world: World, board: Board, d: int) -> None:
    """Each mission of the day as early as its order and predecessors let it; what was allowed before stays allowed."""
    moved = True
    while moved:
        moved = False
        for t in range(board.teams[d]):
            time = 0
            for k in range(board.seq_n[d, t]):
                i = board.seq[d, t, k]
                begin = max(time, earliest(world, board, i, d))
                if begin != board.start[i]:
                    board.start[i] = begin
                    moved = True
                time = begin + world.duration[i]


@njit(cache=True, nogil=True)
def put(world: World, board: Board, i: int, d: int, t: int, at: int, start: int) -> None:
    """Puts a mission into a team's order and moves those after it to the right as far as needed."""
    n = board.seq_n[d, t]
    for k in range(n, at, -1):
        board.seq[d, t, k] = board.seq[d, t, k - 1]
    board.seq[d, t, at] = i
    board.seq_n[d, t] = n + 1
    board.day[i], board.team[i], board.start[i] = d, t, start
    time = start + world.duration[i]
    for k in range(at + 1, n + 1):
        j = board.seq[d, t, k]
        if board.start[j] >= time:
            break
        board.start[j] = time
        time += world.duration[j]
    board.changed[d] = max(board.changed[d], 1)
