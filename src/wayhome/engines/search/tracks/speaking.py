"""What a piece of evidence says of each track, at the times it speaks of. Compiled by numba.

Only half hours that touch a box of the evidence are walked again; for a half hour of n steps from a to b, somebody can
have been at p only if the steps from a to p and from p to b are n at most.
"""

from __future__ import annotations

import math
from typing import Final

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
_step = njit(cache=True, nogil=True, inline="always")
MADE_WITH: Final = "ca37dfc7f09d"
"""Of the files that compiled code here takes in: see the test that holds it."""
MARGIN: Final = 2
"""Somebody may be half a cell off the middle of his own, and a box begins between cells: two cells to be safe."""


@_step
def outside(row: int, col: int, box: Ints) -> int:
    """How many steps a cell lies from a box."""
    away: int = max(0, box[2] - row, row - box[3], box[4] - col, col - box[5])
    return away


@njit(cache=True, nogil=True)
def touched(boxes: Ints, low: int, high: int, a: int, b: int, steps: int, cols: int) -> tuple[int, int]:
    """From and until when a half hour from cell a to cell b may have touched one of the boxes low..high - 1."""
    first, last = 1 << 60, -1
    for k in range(low, high):
        box = boxes[k]
        if outside(a // cols, a % cols, box) + outside(b // cols, b % cols, box) <= steps + 2 * MARGIN:
            first, last = min(first, box[0]), max(last, box[1])
    return first, last


@njit(cache=True, nogil=True)
def effort_of_area(
    field: Floats, row: int, col: int, cols: int, cells: Ints, at: Ints, n: int, first: int, last: int
) -> float:
    """The rate of each cell times the time in it: from the middle of the step into it to the middle of the next."""
    total = 0.0
    for k in range(n + 1):
        since = first if k == 0 else max(first, (at[k - 1] + at[k]) // 2)
        until = last if k == n else min(last, (at[k] + at[k + 1]) // 2)
        r, c = cells[k] // cols - row, cells[k] % cols - col
        if until > since and 0 <= r < field.shape[0] and 0 <= c < field.shape[1]:
            total += float(field[r, c]) * (until - since)
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
def effort_of_sweep(
    sensors: Numbers,
    begin: int,
    end: int,
    asked: Numbers,
    cols: int,
    aside_r: float,
    aside_c: float,
    cells: Ints,
    at: Ints,
    n: int,
    first: int,
    last: int,
) -> float:
    """The effort of one searcher, of rows begin..end - 1, on somebody, between two ticks of one half hour."""
    total, i = 0.0, 0
    k = begin + max(0, int((first - sensors[begin, 0]) // SWEEP_TICKS))
    while k + 1 < end and sensors[k, 0] < last:
        since, until = max(float(first), sensors[k, 0]), min(float(last), sensors[k + 1, 0])
        if until > since:
            while i < n and at[i + 1] <= since:
                i += 1
            r0, c0 = between(cells, at, i, n, int(since), cols, aside_r, aside_c)
            while i < n and at[i + 1] <= until:
                i += 1
            r1, c1 = between(cells, at, i, n, int(until), cols, aside_r, aside_c)
            whole = sensors[k + 1, 0] - sensors[k, 0]
            u, v = (since - sensors[k, 0]) / whole, (until - sensors[k, 0]) / whole
            dr, dc = sensors[k + 1, 1] - sensors[k, 1], sensors[k + 1, 2] - sensors[k, 2]
            rate = asked[SHARP] * (asked[DECAY] if since >= asked[AT_TICK] else 1.0)
            r0, c0 = r0 - sensors[k, 1] - u * dr, c0 - sensors[k, 2] - u * dc
            r1, c1 = r1 - sensors[k, 1] - v * dr, c1 - sensors[k, 2] - v * dc
            total += found_passing(r0, c0, r1, c1, until - since, asked[SOFT], rate)
        k += 1
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
    aside_r: float,
    aside_c: float,
    cells: Ints,
    at: Ints,
    n: int,
    b: int,
) -> float:
    """The effort of the searchers whose boxes, of low..high - 1, a half hour from cells[0] to b may have touched."""
    total = 0.0
    for k in range(low, high):
        if touched(boxes, k, k + 1, cells[0], b, n, cols)[1] >= 0:
            who = boxes[k, 6]
            begin, first, last = ends[who - 1] if who > 0 else 0, boxes[k, 0], boxes[k, 1]
            total += effort_of_sweep(
                sensors, begin, ends[who], asked, cols, aside_r, aside_c, cells, at, n, first, last
            )
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
    best, reach = 0.0, asked[LONG] + FAR * asked[SOFT] + 2.0
    for k in range(n + 1):
        r, c = cells[k] // cols - asked[CENTRE_R], cells[k] % cols - asked[CENTRE_C]
        if abs(r) > reach or abs(c) > reach:
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
    blocks, cols, unit, looked = states.shape[1] - 1, world.cols, stride_unit(most_steps), 0
    held = np.array([b for b in range(bounds.size - 1) if bounds[b + 1] > bounds[b]])
    for i in range(out.size):
        total, own, near = 0.0, track_key(world.seed, names[i, 0]), 0
        for b in held:
            a, _, mode, _, _, _ = unpacked(states[i, b], cols)
            if mode == LEFT:
                break
            end = unpacked(states[i, b + 1], cols)[0] if b < blocks else a
            steps = int(strides[i, b]) * unit if b < blocks else 0
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
                total += effort_of_sweeps(
                    boxes, bounds[b], bounds[b + 1], sensors, ends, asked, cols, aside_r, aside_c, cells, at, n, end
                )
            else:
                total = max(total, best_match(asked, cols, aside_r, aside_c, cells, at, n, first, last))
        out[i] = total
        looked += near
    return looked
