"""What a piece of evidence says of each track, at the times it speaks of. Compiled by numba.

Only half hours that touch a box of the evidence are walked again; for a half hour of n steps from a to b, somebody can
have been at p only if the steps from a to p and from p to b are n at most.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.search.tracks.looks import (
    AREA,
    AT_TICK,
    CENTRE_C,
    CENTRE_R,
    COURSE,
    DECAY,
    FAR,
    KEEN,
    LONG,
    NEAR,
    PACE,
    SHARP,
    SOFT,
    SWEEP,
    SWEEP_TICKS,
    TOWARD,
)
from wayhome.engines.search.tracks.passing import (
    BACK_BLOCKS,
    Blocks,
    Bytes,
    Flags,
    World,
    retrace,
    still,
    track_key,
    unpacked,
    walk_block,
)
from wayhome.engines.search.tracks.walking import BACK, BLOCK_TICKS, LEFT, Floats, Ints, Words, chance
from wayhome.engines.search.tracks.whole import ASIDE, between, stride_unit

Numbers = NDArray[np.float64]
_I: Final[Callable[[Any], int]] = np.int64  # type: ignore[assignment]  # a whole number to the compiler
_step = njit(cache=True, nogil=True, inline="always")
MADE_WITH: Final = "350de6e83ac2"
"""Of the files that compiled code here takes in: see the test that holds it."""
MARGIN: Final = 2
"""Somebody may be half a cell off the middle of his own, and a box begins between cells: two cells to be safe."""
QUARTERS: Final = BLOCK_TICKS // SWEEP_TICKS
AT_ONCE: Final = 8
"""Where somebody stands is worked out for so many quarters of a minute at once."""


@_step
def outside(row: int, col: int, top: int, bottom: int, left: int, right: int) -> int:
    """How many steps a cell lies from a box."""
    away: int = max(0, top - row, row - bottom, left - col, col - right)
    return away


@njit(cache=True, nogil=True)
def touched(boxes: Ints, low: int, high: int, a: int, b: int, steps: int, cols: int) -> tuple[int, int]:
    """From and until when a half hour from cell a to cell b may have touched one of the boxes low..high - 1."""
    first, last = 1 << 60, -1
    row_a, col_a, row_b, col_b = a // cols, a % cols, b // cols, b % cols
    for k in range(low, high):
        top, bottom, left, right = boxes[k, 2], boxes[k, 3], boxes[k, 4], boxes[k, 5]
        away = outside(row_a, col_a, top, bottom, left, right) + outside(row_b, col_b, top, bottom, left, right)
        if away <= steps + 2 * MARGIN:
            first, last = min(first, boxes[k, 0]), max(last, boxes[k, 1])
    return first, last


@njit(cache=True, nogil=True)
def hulls(boxes: Ints, bounds: Ints) -> Ints:
    """Rows and columns from and to that hold all boxes of each half hour: int64 (half hours, 4)."""
    out = np.empty((bounds.size - 1, 4), np.int64)
    for b in range(bounds.size - 1):
        out[b, 0], out[b, 1], out[b, 2], out[b, 3] = 1 << 40, -(1 << 40), 1 << 40, -(1 << 40)
        for k in range(bounds[b], bounds[b + 1]):
            out[b, 0], out[b, 1] = min(out[b, 0], boxes[k, 2]), max(out[b, 1], boxes[k, 3])
            out[b, 2], out[b, 3] = min(out[b, 2], boxes[k, 4]), max(out[b, 3], boxes[k, 5])
    return out


@njit(cache=True, nogil=True)
def effort_of_area(
    field: Floats, row: int, col: int, cols: int, cells: Ints, at: Ints, n: int, first: int, last: int
) -> float:
    """The rate of each cell times the time in it: from the middle of the step into it to the middle of the next.

    Who stands some steps outside the field makes as many before he is in it: they are passed over.
    """
    total, k = 0.0, 0
    while k <= n:
        r, c = cells[k] // cols - row, cells[k] % cols - col
        away = max(-r, r - field.shape[0] + 1, -c, c - field.shape[1] + 1)
        if away > 0:
            k += away
            continue
        since = first if k == 0 else max(first, (at[k - 1] + at[k]) // 2)
        until = last if k == n else min(last, (at[k] + at[k + 1]) // 2)
        if until > since:
            total += float(field[r, c]) * (until - since)
        k += 1
    return total


@_step
def found_passing(r0: float, c0: float, r1: float, c1: float, ticks: float, spread: float, rate: float) -> float:
    """The rate of finding, a normal curve of the distance, over a straight change of where he is seen from."""
    dr, dc = r1 - r0, c1 - c0
    length = math.sqrt(dr * dr + dc * dc)
    if length < 1e-6 * spread:
        return rate * ticks * math.exp(-0.5 * (r0 * r0 + c0 * c0) / (spread * spread))
    along, across = -(r0 * dr + c0 * dc) / length, (r0 * dc - c0 * dr) / length
    if abs(across) > FAR * spread or along < -FAR * spread or along - length > FAR * spread:
        return 0.0
    unit = spread * math.sqrt(2.0)
    reached = math.erf((length - along) / unit) + math.erf(along / unit)
    beside = math.exp(-0.5 * across * across / (spread * spread))
    return rate * ticks / length * beside * spread * math.sqrt(math.pi / 2.0) * reached


@njit(cache=True, nogil=True)
def stand(
    seen: Numbers, low: int, high: int, tick: int, cells: Ints, at: Ints, n: int, cols: int, aside: tuple[float, float]
) -> None:
    """Fills rows low..high - 1 of `seen`, SWEEP_TICKS apart from a tick on: the step somebody is on, row, column."""
    i, beyond = 0, n + 1
    while i + 1 < beyond:
        middle = (i + beyond) // 2
        if at[middle] <= tick:
            i = middle
        else:
            beyond = middle
    for k in range(low, high):
        while i < n and at[i + 1] <= tick:
            i += 1
        r, c = between(cells, at, i, n, tick, cols, aside[0], aside[1])
        seen[k, 0], seen[k, 1], seen[k, 2] = i, r, c
        tick += SWEEP_TICKS


@njit(cache=True, nogil=True)
def effort_of_sweep(
    sensors: Numbers,
    begin: int,
    end: int,
    asked: Numbers,
    cols: int,
    aside: tuple[float, float],
    cells: Ints,
    at: Ints,
    n: int,
    first: int,
    last: int,
    seen: Numbers,
) -> float:
    """The effort of one searcher, of rows begin..end - 1, on somebody, between two ticks of one half hour at which rows
    stand. `seen` keeps where he stands at each quarter of a minute, for the next searcher; below 0: not known yet.

    Pieces of the way are passed over where nobody can be found: until both have closed what lies between them along an
    axis, he by steps (half of it) and the searcher by pieces. No arrays are handed on inside the loop: that costs most.
    """
    total, reach, pace = 0.0, math.sqrt(2.0) * FAR * asked[SOFT], max(asked[PACE], 1e-6)
    k = begin + first // SWEEP_TICKS - _I(sensors[begin, 0]) // SWEEP_TICKS
    joined, r0, c0 = False, 0.0, 0.0
    while k < end and sensors[k, 0] <= last:
        tick = _I(sensors[k, 0])
        q = (tick - at[0]) // SWEEP_TICKS
        if q * SWEEP_TICKS != tick - at[0]:
            q = QUARTERS + 1
            stand(seen, q, q + 1, tick, cells, at, n, cols, aside)
        elif seen[q, 0] < 0.0:
            stand(seen, q, min(q + AT_ONCE, QUARTERS + 1), tick, cells, at, n, cols, aside)
        r1, c1 = seen[q, 1], seen[q, 2]
        if joined:
            row, col = sensors[k - 1, 1], sensors[k - 1, 2]
            rd, cd = r1 - row - (sensors[k, 1] - row), c1 - col - (sensors[k, 2] - col)
            if min(r0, rd) < reach and max(r0, rd) > -reach and min(c0, cd) < reach and max(c0, cd) > -reach:
                rate = asked[SHARP] * (asked[DECAY] if sensors[k - 1, 0] >= asked[AT_TICK] else 1.0)
                total += found_passing(r0, c0, rd, cd, sensors[k, 0] - sensors[k - 1, 0], asked[SOFT], rate)
        r0, c0 = r1 - sensors[k, 1], c1 - sensors[k, 2]
        apart = max(abs(r0), abs(c0)) - reach - 1.0 - ASIDE
        pieces = 0
        if apart > 0.0:
            steps = _I(0.5 * apart)
            pieces, near = _I(min((apart - steps) / pace, 1e9)), _I(seen[q, 0]) + steps + 1
            if near <= n:
                pieces = min(pieces, (at[near] - tick) // SWEEP_TICKS)
        joined = pieces <= 0
        k += max(1, pieces)
    return total


@njit(cache=True, nogil=True)
def effort_of_sweeps(
    boxes: Ints,
    low: int,
    high: int,
    sensors: Numbers,
    ends: Ints,
    asked: Numbers,
    cols: int,
    aside: tuple[float, float],
    cells: Ints,
    at: Ints,
    n: int,
    b: int,
    seen: Numbers,
) -> float:
    """The effort of the searchers whose boxes, of low..high - 1, a half hour from cells[0] to b may have touched."""
    total = 0.0
    seen[:, 0] = -1.0
    row_a, col_a, row_b, col_b = cells[0] // cols, cells[0] % cols, b // cols, b % cols
    for k in range(low, high):
        top, bottom, left, right = boxes[k, 2], boxes[k, 3], boxes[k, 4], boxes[k, 5]
        away = outside(row_a, col_a, top, bottom, left, right) + outside(row_b, col_b, top, bottom, left, right)
        if away <= n + 2 * MARGIN:
            who = boxes[k, 6]
            begin, first, last = ends[who - 1] if who > 0 else 0, boxes[k, 0], boxes[k, 1]
            total += effort_of_sweep(sensors, begin, ends[who], asked, cols, aside, cells, at, n, first, last, seen)
    return total


@njit(cache=True, nogil=True)
def agreement(asked: Numbers, r: float, c: float, tick: float, course: float, moving: bool) -> float:
    """How well somebody at a place, a time and on a course agrees with what was found, 0 to 1."""
    dr, dc = r - asked[CENTRE_R], c - asked[CENTRE_C]
    away = math.sqrt(dr * dr + dc * dc)
    off = max(asked[NEAR] - away, away - asked[LONG], 0.0)
    if off > FAR * asked[SOFT]:
        return 0.0
    agreed = math.exp(-0.5 * (off / asked[SOFT]) ** 2) if off > 0.0 else 1.0
    if asked[SHARP] > 0.0 and away > 1e-9:
        agreed *= math.exp(asked[SHARP] * (math.cos(math.atan2(dc, -dr) - asked[TOWARD]) - 1.0))
    if asked[KEEN] > 0.0:
        agreed *= math.exp(asked[KEEN] * (math.cos(course - asked[COURSE]) - 1.0)) if moving else 0.0
    if asked[DECAY] > 0.0:
        agreed *= math.exp(-asked[DECAY] * (asked[AT_TICK] - tick))
    return agreed


@njit(cache=True, nogil=True)
def best_of_leg(asked: Numbers, r0: float, c0: float, r1: float, c1: float, t0: float, t1: float) -> float:
    """The best agreement on a straight piece: at its ends, or where it comes closest."""
    dr, dc = r1 - r0, c1 - c0
    length = dr * dr + dc * dc
    moving = length > 0.0
    course = math.atan2(dc, -dr) if moving else 0.0
    best = max(agreement(asked, r0, c0, t0, course, moving), agreement(asked, r1, c1, t1, course, moving))
    if moving:
        u = ((asked[CENTRE_R] - r0) * dr + (asked[CENTRE_C] - c0) * dc) / length
        if 0.0 < u < 1.0:
            best = max(best, agreement(asked, r0 + u * dr, c0 + u * dc, t0 + u * (t1 - t0), course, moving))
    return best


@njit(cache=True, nogil=True)
def best_match(
    asked: Numbers, cols: int, aside_r: float, aside_c: float, cells: Ints, at: Ints, n: int, first: int, last: int
) -> float:
    """The best agreement between two ticks of one half hour. A leg is half a step: from a cell to what it shares."""
    best, reach, k = 0.0, asked[LONG] + FAR * asked[SOFT] + 2.0, -1
    while k < n:
        k += 1
        r, c = cells[k] // cols - asked[CENTRE_R], cells[k] % cols - asked[CENTRE_C]
        away = max(abs(r), abs(c)) - reach
        if away > 0.0:
            k += max(0, math.ceil(away) - 1)
            continue
        begin, end = at[k], at[k + 1] if k < n else max(last, at[k])
        middle = (begin + end) // 2
        for half in range(2):
            since, until = (max(first, begin), min(last, middle)) if half == 0 else (max(first, middle), min(last, end))
            if until < since:
                continue
            r0, c0 = between(cells, at, k, n, since, cols, aside_r, aside_c)
            r1, c1 = between(cells, at, k, n, until, cols, aside_r, aside_c)
            best = max(best, best_of_leg(asked, r0, c0, r1, c1, since, until))
    return best


@njit(cache=True, nogil=True)
def said_of_tracks(
    kind: int,
    boxes: Ints,
    bounds: Ints,
    field: Floats,
    corner_r: int,
    corner_c: int,
    sensors: Numbers,
    ends: Ints,
    asked: Numbers,
    world: World,
    words: Words,
    ticks: Floats,
    dark: Flags,
    names: Words,
    since: Blocks,
    states: Words,
    strides: Bytes,
    most_steps: int,
    out: Numbers,
) -> int:
    """Fills the effort spent on each track, or its best agreement. Returns how many came near, and were walked again.

    `bounds` tells which boxes lie in each half hour: those from bounds[b] on, up to bounds[b + 1].
    """
    cells, at = np.empty(most_steps, np.int64), np.empty(most_steps, np.int64)
    memory = np.empty(most_steps * BACK_BLOCKS, np.int64)
    seen = np.empty((QUARTERS + 2, 3), np.float64)
    blocks, cols, unit, looked = states.shape[1] - 1, world.cols, stride_unit(most_steps), 0
    hull = hulls(boxes, bounds)
    held = np.array([b for b in range(bounds.size - 1) if bounds[b + 1] > bounds[b]])
    for i in range(out.size):
        total, own, near = 0.0, track_key(world.seed, names[i, 0]), 0
        for b in held:
            a, _, mode, _, _, _ = unpacked(states[i, b], cols)
            if mode == LEFT:
                break
            end = unpacked(states[i, b + 1], cols)[0] if b < blocks else a
            steps = int(strides[i, b]) * unit if b < blocks else 0
            top, bottom, left, right = hull[b, 0], hull[b, 1], hull[b, 2], hull[b, 3]
            away = outside(a // cols, a % cols, top, bottom, left, right)
            if away + outside(end // cols, end % cols, top, bottom, left, right) > steps + 2 * MARGIN:
                continue
            first, last = touched(boxes, bounds[b], bounds[b + 1], a, end, steps, cols)
            if last < 0:
                continue
            near = 1
            n = 0
            cells[0], at[0] = a, b * BLOCK_TICKS
            if b < blocks and mode == BACK:
                n = retrace(world, words, ticks, dark, states[i], names[i], since[i], b, cells, at, memory)[0]
            elif b < blocks and not still(mode):
                n = walk_block(world, words, ticks, dark[b], states[i], names[i], since[i], b, cells, at)[0]
            aside_r, aside_c = ASIDE * (chance(own, 8) - 0.5), ASIDE * (chance(own, 9) - 0.5)
            if kind == AREA:
                total += effort_of_area(field, corner_r, corner_c, cols, cells, at, n, first, last)
            elif kind == SWEEP:
                aside = (aside_r, aside_c)
                total += effort_of_sweeps(
                    boxes, bounds[b], bounds[b + 1], sensors, ends, asked, cols, aside, cells, at, n, end, seen
                )
            else:
                total = max(total, best_match(asked, cols, aside_r, aside_c, cells, at, n, first, last))
        out[i] = total
        looked += near
    return looked
