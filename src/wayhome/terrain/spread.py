"""The inner loop of travel times: Dijkstra with a bucket queue over 16 neighbours. Compiled by numba.

Method: Dial, "Algorithm 360: shortest-path forest with topological ordering", CACM 12 (1969), with buckets no wider
than the cheapest step, so that whatever lies in the first full bucket is final (exact, no re-insertion).
The 16 neighbours are those of a queen and a knight: on flat open ground times are at most 2.8 % too long,
where the queen's eight alone would be 8.2 % too long.
Arrays are padded by PAD barred cells, so that no step needs a bounds check; cells are numbered row by row.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

PAD: Final = 2
OPEN, TRAIL, TRAIL_ONLY, BARRED, LANDING = 0, 1, 2, 3, 4
"""How a cell may be walked: freely; on a trail; on a trail along water (only to other trail cells); not at all.

LANDING is a start on a trail along water: one may leave it to any side, and reach it along the trail only.
"""
STRAIGHT, DIAGONAL = 4, 8
STEPS: Final = (
    *((-1, 0), (1, 0), (0, -1), (0, 1)),
    *((-1, -1), (-1, 1), (1, -1), (1, 1)),
    *((-2, -1), (-2, 1), (2, -1), (2, 1), (-1, -2), (1, -2), (-1, 2), (1, 2)),
)
"""(row, col) of each direction: four straight, four diagonal, eight of a knight."""
BESIDE: Final = (
    *((0, 0), (0, 0), (0, 0), (0, 0)),
    *((-1, 0), (-1, 0), (1, 0), (1, 0)),
    *((-1, 0), (-1, 0), (1, 0), (1, 0), (0, -1), (0, -1), (0, 1), (0, 1)),
)
"""The first of two cells beside each step: a diagonal's corner, or the first cell that a knight's step crosses.

The second is the step less the first.
"""
NOT_QUEUED: Final = -1
COST_BARRED: Final = -1.0
START: Final = -1

Hours = NDArray[np.float64]
Ints = NDArray[np.int64]

_step = njit(cache=True, nogil=True, inline="always")
"""For the parts of the innermost loop: put in place they make it a sixth quicker than called."""


def offsets(width: int) -> Ints:
    """(16, 3): for each direction how far away its end and the two cells beside it lie, in padded cell numbers."""
    out = np.zeros((len(STEPS), 3), np.int64)
    for d, ((row, col), (r1, c1)) in enumerate(zip(STEPS, BESIDE, strict=True)):
        r2, c2 = (0, 0) if d < STRAIGHT else (row - r1, col - c1)
        out[d] = row * width + col, r1 * width + c1, r2 * width + c2
    return out


@njit(cache=True, nogil=True)
def pace(slope: float) -> float:
    """Hours per kilometre by Tobler's function for a signed slope."""
    return math.exp(3.5 * abs(slope + 0.05)) / 6.0


@_step
def queen_cost(
    ground: NDArray[np.float32],
    a: int,
    b: int,
    on_trail: bool,
    length_km: float,
    sign: float,
    steepest: float,
) -> float:
    """Hours of a straight or diagonal step: half its length on the ground of each cell. COST_BARRED over a cliff.

    A trail climbs a cliff in windings: between two trail cells the slope counts as the steepest allowed.
    """
    slope = sign * (float(ground[b, 0]) - float(ground[a, 0])) / (length_km * 1000.0)
    if abs(slope) > steepest:
        if not on_trail:
            return COST_BARRED
        slope = math.copysign(steepest, slope)
    return length_km * 0.5 * (float(ground[a, 1]) + float(ground[b, 1])) * pace(slope)


@njit(cache=True, nogil=True)
def too_steep_face(
    ground: NDArray[np.float32], a: int, c: int, e: int, b: int, diagonal_km: float, steepest: float
) -> bool:
    """Whether the face between the four cells of a diagonal step is a cliff, though its diagonal may be gentler.

    False where a corner is a void or off the map.
    """
    twice_m = diagonal_km * 1000.0 * math.sqrt(2.0)
    one, two = float(ground[b, 0]) - float(ground[a, 0]), float(ground[e, 0]) - float(ground[c, 0])
    return bool((one + two) ** 2 + (one - two) ** 2 > (steepest * twice_m) ** 2)


@_step
def knight_cost(
    ground: NDArray[np.float32], a: int, c: int, e: int, b: int, length_km: float, sign: float, steepest: float
) -> float:
    """Hours of a knight's step: a quarter of it in each of four cells, its middle at the mean height of c and e."""
    half_m = length_km * 500.0
    za, zb, zc, ze = float(ground[a, 0]), float(ground[b, 0]), float(ground[c, 0]), float(ground[e, 0])
    middle = 0.5 * (zc + ze)
    first, second = sign * (middle - za) / half_m, sign * (zb - middle) / half_m
    across = (zc - ze) / (half_m * 2.0 / math.sqrt(5.0))
    if abs(first) > steepest or abs(second) > steepest or abs(across) > steepest:
        return COST_BARRED
    near, far = float(ground[a, 1]) + float(ground[c, 1]), float(ground[e, 1]) + float(ground[b, 1])
    return length_km * 0.25 * (near * pace(first) + far * pace(second))


@njit(cache=True, nogil=True)
def barred(kind: NDArray[np.uint8], a: int, b: int, c: int, e: int, direction: int) -> bool:
    """Whether water or a hole stands in the way of a step from a to b with the cells c and e beside it.

    Water is not passed between two cells that touch at a corner only, nor under a knight's step.
    """
    ka, kb = kind[a], kind[b]
    if kb == BARRED or (ka == OPEN and kb >= TRAIL_ONLY) or (ka == TRAIL_ONLY and kb == OPEN):
        return True
    if direction < STRAIGHT:
        return False
    kc, ke = kind[c], kind[e]
    if direction < DIAGONAL:
        return bool(kc >= TRAIL_ONLY and ke >= TRAIL_ONLY)
    if kc == BARRED or ke == BARRED:
        return True
    on_water = ka >= TRAIL_ONLY or kb >= TRAIL_ONLY or kc >= TRAIL_ONLY or ke >= TRAIL_ONLY
    return bool(on_water and (ka == OPEN or kb == OPEN or kc == OPEN or ke == OPEN))


@_step
def step_cost(
    ground: NDArray[np.float32],
    kind: NDArray[np.uint8],
    a: int,
    b: int,
    c: int,
    e: int,
    direction: int,
    length_km: float,
    sign: float,
    steepest: float,
) -> float:
    """Hours of one step from a to b with the cells c and e beside it; COST_BARRED where it cannot be made."""
    if barred(kind, a, b, c, e, direction):
        return COST_BARRED
    if direction >= DIAGONAL:
        return knight_cost(ground, a, c, e, b, length_km, sign, steepest)
    on_trail = kind[a] != OPEN and kind[a] != BARRED and kind[b] != OPEN
    if direction >= STRAIGHT and not on_trail and too_steep_face(ground, a, c, e, b, length_km, steepest):
        return COST_BARRED
    return queen_cost(ground, a, b, on_trail, length_km, sign, steepest)


@njit(cache=True, nogil=True)
def put(head: NDArray[np.int32], after: NDArray[np.int32], before: NDArray[np.int32], cell: int, bucket: int) -> None:
    """Puts a cell at the head of a bucket. `before` of the first cell names its bucket as -2 - bucket."""
    first = head[bucket]
    after[cell] = first
    if first >= 0:
        before[first] = cell
    before[cell] = -2 - bucket
    head[bucket] = cell


@njit(cache=True, nogil=True)
def take(head: NDArray[np.int32], after: NDArray[np.int32], before: NDArray[np.int32], cell: int) -> None:
    """Takes a queued cell out of its bucket."""
    ahead, behind = before[cell], after[cell]
    if ahead <= -2:
        head[-2 - ahead] = behind
    else:
        after[ahead] = behind
    if behind >= 0:
        before[behind] = ahead
    before[cell] = NOT_QUEUED


@njit(cache=True, nogil=True)
def spread(
    ground: NDArray[np.float32],
    kind: NDArray[np.uint8],
    steps: Ints,
    lengths_km: Hours,
    limit_h: float,
    steepest: float,
    sign: float,
    bucket_h: float,
    buckets: int,
    quickest_h_km: float,
    hours: Hours,
    came_by: NDArray[np.int8],
    starts: Ints,
) -> int:
    """Fills `hours` and `came_by` outwards from `starts`, whose hours are set already; returns cells made final.

    `ground` is (cells, 2): height in metres, and slowness (1 over what is left of Tobler's speed). `sign` is 1 for
    times from the starts, -1 for times to them. `bucket_h` is at most the cheapest step; `buckets` times it exceeds
    the dearest step and the spread of the starts. `came_by` gets the direction of the last step.
    """
    cells = hours.size
    head = np.full(buckets, -1, np.int32)
    after = np.full(cells, -1, np.int32)
    before = np.full(cells, NOT_QUEUED, np.int32)
    queued, final = 0, 0
    now = int(hours[starts].min() / bucket_h)
    for a in starts:
        if before[a] == NOT_QUEUED:
            at = int(hours[a] / bucket_h)
            put(head, after, before, a, at % buckets)
            queued += 1
    while queued > 0:
        a = head[now % buckets]
        if a < 0:
            now += 1
            continue
        take(head, after, before, a)
        queued -= 1
        final += 1
        here = hours[a]
        least = (0.25 * ground[a, 1] / 6.0 + 0.75 * quickest_h_km) * (1.0 - 1e-6)
        for d in range(lengths_km.size):
            b = a + steps[d, 0]
            length = lengths_km[d]
            old = hours[b]
            if old <= here + length * least or kind[b] == BARRED:
                continue
            c, e = a + steps[d, 1], a + steps[d, 2]
            cost = step_cost(ground, kind, a, b, c, e, d, length, sign, steepest)
            new = here + cost
            if cost < 0.0 or new >= old or new > limit_h:
                continue
            hours[b] = new
            came_by[b] = d
            at = int(new / bucket_h)
            if before[b] != NOT_QUEUED:
                if int(old / bucket_h) == at:
                    continue
                take(head, after, before, b)
                queued -= 1
            put(head, after, before, b, at % buckets)
            queued += 1
    return final


@njit(cache=True, nogil=True)
def trace(came_by: NDArray[np.int8], back: Ints, cell: int) -> Ints:
    """The padded cells from `cell` back to the start it was reached from, both ends included."""
    count, at = 1, cell
    while came_by[at] != START:
        at -= back[came_by[at]]
        count += 1
    out = np.empty(count, np.int64)
    at = cell
    for i in range(count):
        out[i] = at
        if came_by[at] != START:
            at -= back[came_by[at]]
    return out


@njit(cache=True, nogil=True)
def owners(came_by: NDArray[np.int8], back: Ints, hours: Hours, owner: NDArray[np.int32]) -> None:
    """Gives each reached cell the number of the start it was reached from. `owner` is -1 but at the starts."""
    for cell in range(hours.size):
        if owner[cell] >= 0 or not np.isfinite(hours[cell]):
            continue
        at = cell
        while owner[at] < 0:
            at -= back[came_by[at]]
        whose = owner[at]
        at = cell
        while owner[at] < 0:
            owner[at] = whose
            at -= back[came_by[at]]
