"""All tracks: their states from beginning to end, and where they are at given times. Compiled by numba."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.search.tracks import compass, ground
from wayhome.engines.search.tracks.passing import (
    BACK_BLOCKS,
    MOST_TIRED,
    Blocks,
    Bytes,
    Flags,
    World,
    bound_for,
    drawn_mode,
    key_at,
    next_mode,
    packed,
    retrace,
    sets_out,
    still,
    track_key,
    turned,
    unpacked,
    walk_block,
)
from wayhome.engines.search.tracks.walking import (
    BACK,
    BLOCK_TICKS,
    DIRECTION,
    GOAL,
    LEFT,
    STOPPED,
    WAITING,
    Floats,
    Ints,
    Words,
    block_key,
    chance,
)

MADE_WITH: Final = "c311d36593a5"
"""Of the files that compiled code here takes in: see the test that holds it."""
_U: Final = np.uint64
_I: Final[Callable[[Any], int]] = np.int64  # type: ignore[assignment]  # a whole number to the compiler
_step = njit(cache=True, nogil=True, inline="always")


OVER: Final = 0.02
"""Nobody is told to stand just on the line between two cells, where rounding could put him into a third: the middle of
a step is passed over by so much of it."""
ASIDE: Final = 0.9
"""The middle part of a cell, each way, in which people stand."""


@_step
def stuck(a: int, b: int, steps: int, cols: int) -> bool:
    """Whether a half hour along a heading led nowhere: less than a third of its steps away."""
    return 3 * max(abs(a // cols - b // cols), abs(a % cols - b % cols)) < steps


@_step
def after_goal(mode: int, arrived: bool, to_border: bool) -> int:
    """What is done instead of making for a goal that was come to: going on past the border, staying anywhere else."""
    if mode != GOAL or not arrived:
        return mode
    return DIRECTION if to_border else STOPPED


@njit(cache=True, nogil=True)
def first_at(words: Words, cells: Ints, at: Ints, n: int) -> int:
    """When the border is first stood on; -1: not at all."""
    found = -1
    for k in range(n, -1, -1):
        if (words[cells[k], 1] >> _U(ground.AT_BORDER)) & _U(1):
            found = at[k]
    return found


@njit(cache=True, nogil=True)
def imagine_track(
    world: World,
    words: Words,
    ticks: Floats,
    dark: Flags,
    start: int,
    names: Words,
    since: Blocks,
    states: Words,
    strides: Bytes,
    unit: int,
    cells: Ints,
    at: Ints,
    memory: Ints,
) -> tuple[int, int]:
    """Fills the states of one track, a word for each half hour and one for the end, and the strides of each.

    Who has come to a goal stays there; who has come to the border goes on as he went.

    Returns the steps walked, and the tick of first standing on the border or -1.
    """
    own = track_key(world.seed, names[0])
    cell, begins, heading = start, sets_out(world, own), bound_for(world.habits, own)
    usual = drawn_mode(world.habits, chance(own, 6))
    mode, last, credit, tired, backs, since_back = WAITING, heading * 8 // compass.HEADINGS, 0, 0, 0, 1000
    steps, border, blocks = 0, -1, states.size - 1
    arrived, reached = False, ground.AT_BORDER if world.habits.to_border else ground.AT_GOAL
    for block in range(blocks):
        if begins < (block + 1) * BLOCK_TICKS:
            key = block_key(key_at(world, names, since, block), block)
            mode = next_mode(world.habits, usual, mode, backs, since_back, dark[block], key)
            mode = after_goal(mode, arrived, world.habits.to_border)
            if mode == DIRECTION:
                heading = turned(heading, key)
        backs, since_back = (backs + 1, 0) if mode == BACK else (0, since_back + 1)
        states[block] = packed(cell, world.cols, credit, mode, last, heading, tired)
        if mode in (STOPPED, LEFT):
            states[block:] = states[block]
            break
        if still(mode):
            tired, credit = max(0, tired - 2), 0
            continue
        if mode == BACK:
            n, last = retrace(world, words, ticks, dark, states, names, since, block, cells, at, memory)
            met, credit, heading = _U(0), 0, (heading + compass.HEADINGS // 2) % compass.HEADINGS
        else:
            n, last, credit, met = walk_block(world, words, ticks, dark[block], states, names, since, block, cells, at)
        steps += n
        strides[block] = (n + unit - 1) // unit
        tired = min(MOST_TIRED, tired + 1)
        if border < 0 and (met >> _U(ground.AT_BORDER)) & _U(1):
            border = first_at(words, cells, at, n)
        if mode == DIRECTION and stuck(cell, cells[n], n, world.cols):
            heading = _I(chance(key, 8) * compass.HEADINGS)
        cell = cells[n]
        if not arrived and (met >> _U(reached)) & _U(1):
            arrived, heading = True, last * compass.HEADINGS // 8
        if (met >> _U(ground.AT_EDGE)) & _U(1):
            mode = LEFT
    if mode != STOPPED:
        states[blocks] = packed(cell, world.cols, credit, mode, last, heading, tired)
    return steps, border


@njit(cache=True, nogil=True)
def stride_unit(most_steps: int) -> int:
    """How many steps one of a half hour's strides, of which there are 255 at most, stands for."""
    return 1 + (most_steps - 1) // 255


@njit(cache=True, nogil=True)
def imagine_tracks(
    world: World,
    words: Words,
    ticks: Floats,
    dark: Flags,
    starts: Ints,
    sums: NDArray[np.float64],
    names: Words,
    since: Blocks,
    states: Words,
    strides: Bytes,
    border: Blocks,
    most_steps: int,
) -> int:
    """Fills the states of all tracks and the tick of first being on the border. Returns the steps walked.

    `strides` gets the steps made in each half hour, in units of `stride_unit`, rounded up. `starts` are the cells that
    tracks begin in, `sums` the running sums of their chances.
    """
    cells, at = np.empty(most_steps, np.int64), np.empty(most_steps, np.int64)
    memory = np.empty(most_steps * BACK_BLOCKS, np.int64)
    total, unit = 0, stride_unit(most_steps)
    for i in range(names.shape[0]):
        drawn = chance(track_key(world.seed, names[i, 0]), 1) * sums[-1]
        start = starts[min(np.searchsorted(sums, drawn, side="right"), starts.size - 1)]
        steps, border[i] = imagine_track(
            world, words, ticks, dark, start, names[i], since[i], states[i], strides[i], unit, cells, at, memory
        )
        total += steps
    return total


@njit(cache=True, nogil=True)
def where_tracks(
    world: World,
    words: Words,
    step_ticks: Floats,
    dark: Flags,
    names: Words,
    since: Blocks,
    states: Words,
    who: Ints,
    ticks: Ints,
    most_steps: int,
    rows: Floats,
    columns: Floats,
) -> None:
    """Fills rows and columns (tracks, times), in cells: a whole number is the middle of one. `ticks` do not fall.

    Between two cells somebody is on the line between two points of his own in them, by way of the middle of what the
    cells share, so that he never stands in a third.
    """
    cells, at = np.empty(most_steps, np.int64), np.empty(most_steps, np.int64)
    memory = np.empty(most_steps * BACK_BLOCKS, np.int64)
    blocks = states.shape[1] - 1
    for j in range(who.size):
        i = who[j]
        own = track_key(world.seed, names[i, 0])
        aside_r, aside_c = ASIDE * (chance(own, 8) - 0.5), ASIDE * (chance(own, 9) - 0.5)
        t = 0
        while t < ticks.size:
            block = min(ticks[t] // BLOCK_TICKS, blocks)
            end = (block + 1) * BLOCK_TICKS
            cell, _, mode, _, _, _ = unpacked(states[i, block], world.cols)
            n = 0
            cells[0], at[0] = cell, block * BLOCK_TICKS
            if block < blocks and mode == BACK:
                n = retrace(world, words, step_ticks, dark, states[i], names[i], since[i], block, cells, at, memory)[0]
            elif block < blocks and not still(mode):
                n = walk_block(world, words, step_ticks, dark[block], states[i], names[i], since[i], block, cells, at)[
                    0
                ]
            k = 0
            while t < ticks.size and (ticks[t] < end or block == blocks):
                while k < n and at[k + 1] <= ticks[t]:
                    k += 1
                r, c = between(cells, at, k, n, ticks[t], world.cols, aside_r, aside_c)
                rows[j, t], columns[j, t] = r, c
                t += 1


@_step
def between(
    cells: Ints, at: Ints, k: int, n: int, tick: int, cols: int, aside_r: float, aside_c: float
) -> tuple[float, float]:
    """Row and column at a tick between the coming to cell k and to the next."""
    row, col = cells[k] // cols, cells[k] % cols
    if k == n or tick <= at[k]:
        return row + aside_r, col + aside_c
    done = (tick - at[k]) / (at[k + 1] - at[k])
    if abs(done - 0.5) < OVER:
        done = 0.5 + OVER if done >= 0.5 else 0.5 - OVER
    aside = abs(1.0 - 2.0 * done)
    row_on, col_on = cells[k + 1] // cols - row, cells[k + 1] % cols - col
    return row + done * row_on + aside * aside_r, col + done * col_on + aside * aside_c
