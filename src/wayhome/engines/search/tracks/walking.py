"""The inner loop of motion: one person, one half hour, step by step from cell to cell. Compiled by numba.

A step goes to one of eight neighbours (at most 1.42 cells), takes the time that slope, ground, trail, darkness and
tiredness make it take, and never crosses what travel times may not cross. What a half hour holds depends on nothing but
the state at its beginning, kept in one word, and the numbers drawn for (seed, track, half hour): any piece of any track
can be walked again without what came before. Chance is counted, not carried: splitmix64 (Steele, Lea and Flood,
"Fast splittable pseudorandom number generators", OOPSLA 2014) of a counter.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.search.tracks import compass, ground
from wayhome.engines.search.tracks.compass import COLS, ROWS, SPREADS, WEIGHTS

Words = NDArray[np.uint64]
Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

MADE_WITH: Final = "765c5806add8"
"""Of the files that compiled code here takes in: see the test that holds it."""
BLOCK_MIN: Final = 30
BLOCK_TICKS: Final = BLOCK_MIN * ground.TICKS_A_MINUTE
MOST_CREDIT: Final = 65_535

RANDOM, ROUTE, DIRECTION, VIEW, BACK, STAY, GOAL, STOPPED, LEFT, WAITING = range(10)
"""What somebody does for a half hour. STOPPED: moves no more, ever. LEFT: off the map. WAITING: has not set out."""

_U: Final = np.uint64
_I: Final[Callable[[Any], int]] = np.int64  # type: ignore[assignment]  # a whole number to the compiler
"""Whole numbers of one kind: the compiler would make a fraction of a signed and an unsigned one."""
_GOLDEN: Final = _U(0x9E3779B97F4A7C15)
_ONES: Final = _U(0x0101010101010101)
_TOPS: Final = _U(0x8080808080808080)
_HALF: Final = _U(0x3F3F3F3F3F3F3F3F)
_QUARTER: Final = _U(0x1F1F1F1F1F1F1F1F)
_step = njit(cache=True, nogil=True, inline="always")


@_step
def mixed(x: np.uint64) -> np.uint64:
    """The finalizer of splitmix64: neighbouring counters become unrelated numbers."""
    x = (x ^ (x >> _U(30))) * _U(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> _U(27))) * _U(0x94D049BB133111EB)
    return x ^ (x >> _U(31))


@_step
def chance(key: np.uint64, which: int) -> float:
    """The draw number `which` under a key, 0 <= u < 1."""
    return float(mixed(key + _U(which) * _GOLDEN) >> _U(11)) * 1.1102230246251565e-16


@_step
def block_key(track: np.uint64, block: int) -> np.uint64:
    """The key of a half hour of a track."""
    return mixed(track ^ mixed(_U(block + 1) * _U(0xD6E8FEB86659FD93)))


@_step
def choose(weights: np.uint64, easy: np.uint64, mid: np.uint64, hard: np.uint64, u: np.uint64) -> int:
    """One of eight directions in proportion to its weight, halved where middling, quartered where hard; -1: none.

    Eight bytes at once: the product with ones makes running sums, and the first that exceeds the draw is chosen.
    """
    w = weights & SPREADS[easy]
    w += (weights >> _U(1)) & _HALF & SPREADS[mid]
    w += (weights >> _U(2)) & _QUARTER & SPREADS[hard]
    sums = w * _ONES
    total = sums >> _U(56)
    if total == _U(0):
        return -1
    drawn = ((u >> _U(32)) * total) >> _U(32)
    above = ((sums | _TOPS) - (drawn + _U(1)) * _ONES) & _TOPS
    d: int = 8 - _I(((above >> _U(7)) * _ONES) >> _U(56))
    return d


@_step
def rows_of(mode: int, heading: int) -> tuple[int, int, int]:
    """The rows of weights for a behaviour: the first, and which four bits of the second word are added to it."""
    if mode == DIRECTION:
        return compass.HEAD + heading, 0, 0
    if mode == VIEW:
        return compass.AIM, ground.VIEW, 15
    if mode == GOAL:
        return compass.AIM, ground.GOAL, 15
    if mode == ROUTE:
        return compass.AIM, ground.TO_TRAIL, 15
    return compass.WANDER, ground.LAST, 15


@njit(cache=True, nogil=True)
def walk(
    words: Words,
    times: Floats,
    width: int,
    mode: int,
    heading: int,
    avoids: bool,
    last: int,
    cell: int,
    begin: int,
    end: int,
    credit: int,
    on_trail: float,
    off_trail: float,
    key: np.uint64,
    cells: Ints,
    at: Ints,
) -> tuple[int, int, int, np.uint64]:
    """Walks from `begin` to `end`; fills `cells` and the tick of coming `at` each. Returns steps, last, credit, met.

    `met` is the second words of all cells together. `credit` is time already spent on the step to come: a step that
    would end after `end` is not taken but begun. Who comes to the edge has left the map, and stands there.
    """
    first, shift, field = rows_of(mode, heading)
    base, move, mask = _U(first), _U(shift), _U(field)
    shy = _U(255) if avoids else _U(0)
    routed = mode == ROUTE
    tick, n = begin - credit, 0
    cells[0], at[0] = cell, begin
    met = _U(0)
    while True:
        sets = words[cell, 1]
        met |= sets
        key += _GOLDEN
        u = mixed(key)
        toward = _U(8 | last)
        trails = (sets >> _U(ground.TRAILS)) & _U(255)
        if routed and trails != _U(0):
            d = choose(WEIGHTS[_U(compass.FORWARD) + toward], trails, _U(0), _U(0), u)
        else:
            row = base + (((sets | (toward << _U(ground.LAST))) >> move) & mask)
            shun = (sets >> _U(ground.EXPOSED)) & shy
            easy, mid = sets & _U(255) & ~shun, (sets >> _U(ground.MID)) & _U(255) & ~shun
            hard = ((sets >> _U(ground.HARD)) & _U(255)) | (shun & (sets | (sets >> _U(ground.MID))))
            d = choose(WEIGHTS[row], easy, mid, hard, u)
            if d < 0:
                open_to = (sets | (sets >> _U(ground.MID)) | (sets >> _U(ground.HARD))) & _U(255)
                d = choose(WEIGHTS[compass.EVEN], open_to, _U(0), _U(0), u)
                if d < 0:
                    return n, last, 0, met
        code = (words[cell, 0] >> (_U(8) * _U(d))) & _U(255)
        factor = on_trail if (trails >> _U(d)) & _U(1) else off_trail
        came = tick + _I(times[code] * factor)
        if came > end:
            return n, last, min(end - tick, MOST_CREDIT), met
        tick = max(came, begin + 1)
        cell += ROWS[d] * width + COLS[d]
        last = d
        n += 1
        cells[n], at[n] = cell, tick
