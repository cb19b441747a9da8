"""Whole tracks out of half hours: what is done when, the state that is kept between, and where somebody is in between.

A state is one word: row, column (16 bits each), tenths of a second already spent on the next step (16), behaviour (4),
last direction (3), heading (5), tiredness (4). The state of a half hour holds the behaviour of that half hour.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.search.tracks import compass, ground
from wayhome.engines.search.tracks.walking import (
    BACK,
    BLOCK_TICKS,
    LEFT,
    STAY,
    STOPPED,
    WAITING,
    Floats,
    Ints,
    Words,
    block_key,
    chance,
    mixed,
    walk,
)

MADE_WITH: Final = "815aff442288"
"""Of the files that compiled code here takes in: see the test that holds it."""
_U: Final = np.uint64
_I: Final[Callable[[Any], int]] = np.int64  # type: ignore[assignment]  # a whole number to the compiler
Blocks = NDArray[np.int32]
Flags = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
_step = njit(cache=True, nogil=True, inline="always")

BACK_BLOCKS: Final = 4
"""One turns back over at most so many half hours, and remembers no more of the way."""
MOST_TIRED: Final = 15
"""Each half hour on the move adds a level of tiredness, each at rest takes two off."""
DARK_ON_TRAIL, DARK_OFF_TRAIL = 1 / 0.8, 1 / 0.67
"""As `terrain.speed.Profile.at_night` has it."""
WIDE_TURN: Final = 0.08


class Habits(NamedTuple):
    """A subject as the loop needs it; `mix` is running sums over the behaviours RANDOM..GOAL that end at 1.

    `stops` is the chance to stop for good in a half hour on the move; `heading` in 32nds of a circle, -1 anywhere.
    """

    mix: tuple[float, float, float, float, float, float, float]
    keeps: float
    faithful: float
    rests_by_day: float
    rests_by_night: float
    stops: float
    avoids: bool
    to_border: bool
    slowest: float
    tires: float
    heading: float
    heading_sd: float


class World(NamedTuple):
    """What all tracks of one subject share, in numbers: the habits, the width of the grid in cells, the seed, and from
    and until which tick they set out."""

    habits: Habits
    cols: int
    seed: np.uint64
    first: int
    until: int


@_step
def unpacked(state: np.uint64, cols: int) -> tuple[int, int, int, int, int, int]:
    """cell, credit, mode, last, heading, tired."""
    cell = _I(state >> _U(48)) * cols + _I((state >> _U(32)) & _U(65535))
    credit = _I((state >> _U(16)) & _U(65535))
    return (
        cell,
        credit,
        _I((state >> _U(12)) & _U(15)),
        _I((state >> _U(9)) & _U(7)),
        _I((state >> _U(4)) & _U(31)),
        _I(state & _U(15)),
    )


@_step
def packed(cell: int, cols: int, credit: int, mode: int, last: int, heading: int, tired: int) -> np.uint64:
    """One word; see the module's first lines."""
    place = (_U(cell // cols) << _U(48)) | (_U(cell % cols) << _U(32)) | (_U(credit) << _U(16))
    return place | (_U(mode) << _U(12)) | (_U(last) << _U(9)) | (_U(heading) << _U(4)) | _U(tired)


@_step
def drawn_mode(habits: Habits, u: float) -> int:
    """A behaviour by the mix."""
    mode = 0
    while mode < 6 and u >= habits.mix[mode]:
        mode += 1
    return mode


@_step
def turned(heading: int, key: np.uint64) -> int:
    """The heading drifts by up to two 32nds, and now and then by anything."""
    u = chance(key, 5)
    if u < WIDE_TURN:
        return _I(chance(key, 6) * compass.HEADINGS)
    return (heading + _I(chance(key, 6) * 5.0) - 2) % compass.HEADINGS


@_step
def next_mode(habits: Habits, usual: int, before: int, backs: int, since_back: int, dark: bool, key: np.uint64) -> int:
    """What is done in a half hour. `backs`: half hours of turning back just now; `since_back`: since the last of them.

    Turning back goes on for BACK_BLOCKS at most, and is not begun again within as many.
    """
    if before in (STOPPED, LEFT):
        return before
    if chance(key, 0) < (habits.rests_by_night if dark else habits.rests_by_day):
        return STAY
    if chance(key, 1) < habits.stops:
        return STOPPED
    mode = before
    if before in (STAY, WAITING) or chance(key, 2) >= habits.keeps:
        mode = usual if chance(key, 3) < habits.faithful else drawn_mode(habits, chance(key, 4))
    if mode == BACK and (backs >= BACK_BLOCKS or (backs == 0 and since_back <= BACK_BLOCKS)):
        mode = drawn_mode(habits, chance(key, 7))
        return STAY if mode == BACK else mode
    return mode


@_step
def sets_out(world: World, own: np.uint64) -> int:
    """The tick at which a track sets out."""
    return world.first + _I(chance(own, 2) * (world.until - world.first))


@njit(cache=True, nogil=True)
def bound_for(habits: Habits, own: np.uint64) -> int:
    """The heading a track begins with: anywhere, or about where he was bound for."""
    if habits.heading < 0:
        return _I(chance(own, 3) * compass.HEADINGS)
    normal = np.sqrt(-2.0 * np.log(1.0 - chance(own, 4))) * np.cos(2.0 * np.pi * chance(own, 5))
    return _I(np.floor(habits.heading + normal * habits.heading_sd + 0.5)) % compass.HEADINGS


@_step
def track_key(seed: np.uint64, name: np.uint64) -> np.uint64:
    """The key of a track, of its number and the seed."""
    return mixed(seed ^ mixed(name * _U(0x9E3779B97F4A7C15) + _U(1)))


@_step
def paces(habits: Habits, track: np.uint64, tired: int, dark: bool) -> tuple[float, float]:
    """What the times of steps are multiplied by, on trails and off them."""
    own = (1.0 + (habits.slowest - 1.0) * chance(track, 7)) * (1.0 + habits.tires * tired)
    return (own * DARK_ON_TRAIL, own * DARK_OFF_TRAIL) if dark else (own, own)


@_step
def still(mode: int) -> bool:
    """Whether nobody moves in a half hour of this behaviour."""
    return mode == STAY or mode >= STOPPED


@_step
def key_at(world: World, names: Words, since: Blocks, block: int) -> np.uint64:
    """The key in force in a half hour: of the last name that holds since then, or before."""
    which = 0
    while which + 1 < names.size and 0 <= since[which + 1] <= block:
        which += 1
    return track_key(world.seed, names[which])


@_step
def walk_block(
    world: World,
    words: Words,
    ticks: Floats,
    dark: bool,
    states: Words,
    names: Words,
    since: Blocks,
    block: int,
    cells: Ints,
    at: Ints,
) -> tuple[int, int, int, np.uint64]:
    """Walks one half hour of a track from its state; anything but turning back. See `walk` for what is returned."""
    cell, credit, mode, last, heading, tired = unpacked(states[block], world.cols)
    own = track_key(world.seed, names[0])
    on_trail, off_trail = paces(world.habits, own, tired, dark)
    begin = block * BLOCK_TICKS
    end = begin + BLOCK_TICKS
    if block == 0 or (states[block - 1] >> _U(12)) & _U(15) == WAITING:
        begin = max(begin, sets_out(world, own))
    key = block_key(key_at(world, names, since, block), block)
    avoids = world.habits.avoids
    return walk(
        words,
        ticks,
        world.cols,
        mode,
        heading,
        avoids,
        last,
        cell,
        begin,
        end,
        credit,
        on_trail,
        off_trail,
        key,
        cells,
        at,
    )


@njit(cache=True, nogil=True)
def retrace(
    world: World,
    words: Words,
    ticks: Floats,
    dark: Flags,
    states: Words,
    names: Words,
    since: Blocks,
    block: int,
    cells: Ints,
    at: Ints,
    memory: Ints,
) -> tuple[int, int]:
    """Walks one half hour of turning back: the cells of up to BACK_BLOCKS half hours before it began, the other way.

    Returns steps and the last direction. What was walked is walked again to be remembered, so that nothing need be
    kept; `memory` is room for the cells of BACK_BLOCKS half hours.
    """
    began = block
    while began > 0 and (states[began - 1] >> _U(12)) & _U(15) == BACK:
        began -= 1
    held = 0
    for b in range(max(0, began - BACK_BLOCKS), began):
        memory[held] = unpacked(states[b], world.cols)[0]
        held += 1
        if not still(_I((states[b] >> _U(12)) & _U(15))):
            n = walk_block(world, words, ticks, dark[b], states, names, since, b, cells, at)[0]
            memory[held : held + n] = cells[1 : n + 1]
            held += n
    own = track_key(world.seed, names[0])
    n, last = 0, 0
    for b in range(began, block + 1):
        on_trail, off_trail = paces(world.habits, own, _I(states[b] & _U(15)), dark[b])
        here = unpacked(states[b], world.cols)[0]
        begin = b * BLOCK_TICKS
        n, last, held = step_back(words, ticks, world.cols, memory, held, here, begin, on_trail, off_trail, cells, at)
    return n, last


@njit(cache=True, nogil=True)
def step_back(
    words: Words,
    times: Floats,
    width: int,
    memory: Ints,
    held: int,
    here: int,
    begin: int,
    on_trail: float,
    off_trail: float,
    cells: Ints,
    at: Ints,
) -> tuple[int, int, int]:
    """Steps back along the memory for a half hour. Returns steps, the last direction, what is left of the memory."""
    tick, end, n, last = begin, begin + BLOCK_TICKS, 0, 0
    cells[0], at[0] = here, begin
    while held > 0:
        there = memory[held - 1]
        if there == here:
            held -= 1
            continue
        d = 0
        while d < 7 and compass.ROWS[d] * width + compass.COLS[d] != there - here:
            d += 1
        code = (words[here, 0] >> (_U(8) * _U(d))) & _U(255)
        trail = (words[here, 1] >> (_U(ground.TRAILS) + _U(d))) & _U(1)
        tick += _I(times[code] * (on_trail if trail else off_trail))
        if tick > end:
            break
        here, last = there, d
        held -= 1
        n += 1
        cells[n], at[n] = here, tick
    return n, last, held
