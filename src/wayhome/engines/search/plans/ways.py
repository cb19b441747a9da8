"""The ways between the lattice's nodes for one kind of team: real routes on the terrain, with their times.

From each node a small Dijkstra (the steps and costs of `terrain.spread`) runs to the nodes of the blocks around it.
To the eight next blocks the team searches as it goes; to the sixteen beyond them it only walks, and sees nothing.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.search.plans.clock import LOOKS, PARTS, Clock
from wayhome.engines.search.plans.lattice import Lattice
from wayhome.terrain import spread as inner
from wayhome.terrain.grid import Terrain
from wayhome.terrain.speed import Profile
from wayhome.terrain.travel import _height, _walkable

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

LONGEST_STEPS: Final = 24
"""A way between neighbouring blocks that takes more steps than this is left out."""
FORGIVEN: Final = 0.1
"""A team may be so much of a step quicker than its profile says, so that rounding up does not slow it twice."""
MADE_WITH: Final = "81b49e2dc287"
"""Of the files that compiled code here takes in: see the test that holds it."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Ways:
    """Ways out of each node, as a list by node: those of node n are `first[n]` to below `first[n + 1]`.

    `to` is the node they lead to, `steps` how many steps of the clock they take, `searching` whether the team looks.
    Looks of a way lie at `look_rows`, `look_cols` (terrain cells, fractions) from `first_look` on, LOOKS * PARTS of
    them for each step; a way walked only has none. `back` and `reach` keep the small Dijkstras for drawing routes.
    """

    first: Ints
    to: Ints
    steps: Ints
    searching: NDArray[np.bool_]
    first_look: NDArray[np.int64]
    look_rows: Floats
    look_cols: Floats
    hours: Floats
    back: NDArray[np.int16]
    half: int
    lattice: Lattice

    @property
    def count(self) -> int:
        return int(self.to.size)

    def owner(self) -> Ints:
        """The node that each way leaves."""
        return np.repeat(np.arange(self.lattice.nodes, dtype=np.int32), np.diff(self.first))

    def route(self, start: int, end: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Cells (n, 2) from one node to a neighbour, and the share of the way's time (n,) at which each is passed."""
        side = 2 * self.half + 1
        window_hours, window_back = self.hours[start], self.back[start]
        row0, col0 = int(self.lattice.rows[start]) - self.half, int(self.lattice.cols[start]) - self.half
        at = (int(self.lattice.rows[end]) - row0) * side + int(self.lattice.cols[end]) - col0
        cells, hours = [], []
        while at >= 0:
            cells.append((row0 + at // side, col0 + at % side))
            hours.append(float(window_hours[at]))
            at = int(window_back[at])
        shares = np.array(hours[::-1]) / max(hours[0], 1e-9)
        return np.array(cells[::-1], np.float64), shares


def make_ways(terrain: Terrain, lattice: Lattice, profile: Profile, searching_pace: float, clock: Clock) -> Ways:
    """All ways of one kind of team. `terrain` has voids where it may not go."""
    height, _ = _height(terrain, cross_voids=False)
    kind, slowness = _walkable(terrain, height, profile)
    width = kind.shape[1]
    ground = np.stack((height, slowness), axis=-1).reshape(-1, 2)
    half = 3 * lattice.stride
    lengths = terrain.cell_m / 1000 * np.array([math.hypot(*step) for step in inner.STEPS])
    limit_h = LONGEST_STEPS * clock.step_min / 60
    hours, back = _around(
        ground, kind.ravel(), width, inner.offsets(width), np.array(inner.STEPS, np.int64), lengths,
        profile.max_slope, limit_h, lattice.rows, lattice.cols, half,
    )  # fmt: skip
    start, end, ring = _pairs(lattice)
    side = 2 * half + 1
    at = (lattice.rows[end] - lattice.rows[start] + half) * side + lattice.cols[end] - lattice.cols[start] + half
    walking_h = hours[start, at].astype(np.float64)
    factor = np.where(ring == 1, 1 / searching_pace, 1.0)
    steps = np.maximum(
        1, np.ceil(np.where(np.isfinite(walking_h), walking_h, 1e6) * factor * 60 / clock.step_min - FORGIVEN)
    )
    kept = steps <= LONGEST_STEPS
    start, end, ring, steps, at = start[kept], end[kept], ring[kept], steps[kept].astype(np.int32), at[kept]
    looks = np.where(ring == 1, steps * (LOOKS * PARTS), 0).astype(np.int64)
    first_look = np.concatenate((np.zeros(1, np.int64), np.cumsum(looks)))
    rows, cols = _looks(hours, back, start, at.astype(np.int32), first_look, lattice.rows, lattice.cols, half)
    return Ways(
        first=np.searchsorted(start, np.arange(lattice.nodes + 1)).astype(np.int32),
        to=end, steps=steps, searching=ring == 1, first_look=first_look, look_rows=rows, look_cols=cols,
        hours=hours, back=back, half=half, lattice=lattice,
    )  # fmt: skip


def without(terrain: Terrain, forbidden: NDArray[np.bool_] | None) -> Terrain:
    """The ground with voids where a team may not go."""
    if forbidden is None or not forbidden.any():
        return terrain
    elevation = terrain.elevation_m.copy()
    elevation[forbidden] = np.nan
    return replace(terrain, elevation_m=elevation)


def _pairs(lattice: Lattice) -> tuple[Ints, Ints, Ints]:
    """Every pair of nodes one or two blocks apart, by the first of them, and how many blocks apart."""
    blocks = np.pad(lattice.of_block, 2, constant_values=-1)
    starts, ends, rings = [], [], []
    rows, cols = lattice.of_block.shape
    for i in range(-2, 3):
        for j in range(-2, 3):
            ring = max(abs(i), abs(j))
            if ring == 0:
                continue
            other = blocks[2 + i : 2 + i + rows, 2 + j : 2 + j + cols]
            both = (lattice.of_block >= 0) & (other >= 0)
            starts.append(lattice.of_block[both])
            ends.append(other[both])
            rings.append(np.full(int(both.sum()), ring, np.int32))
    start, end, ring_of = (np.concatenate(x) for x in (starts, ends, rings))
    order = np.lexsort((end, start))
    return start[order], end[order], ring_of[order]


@njit(cache=True, nogil=True)
def _around(
    ground: Floats,
    kind: NDArray[np.uint8],
    width: int,
    offsets: NDArray[np.int64],
    moves: NDArray[np.int64],
    lengths_km: NDArray[np.float64],
    steepest: float,
    limit_h: float,
    rows: Ints,
    cols: Ints,
    half: int,
) -> tuple[Floats, NDArray[np.int16]]:
    """Hours (nodes, window) from each node to the cells of the window around it, and the cell before (-1 at its own).

    inf where it cannot be reached inside the window within `limit_h`.
    """
    side = 2 * half + 1
    hours = np.full((rows.size, side * side), np.inf, np.float32)
    back = np.full((rows.size, side * side), -1, np.int16)
    height = kind.size // width
    for n in range(rows.size):
        if kind[(rows[n] + inner.PAD) * width + cols[n] + inner.PAD] == inner.BARRED:
            continue
        own = half * side + half
        hours[n, own] = 0.0
        heap = [(np.float32(0.0), own)]
        row0, col0 = rows[n] + inner.PAD - half, cols[n] + inner.PAD - half
        while len(heap) > 0:
            here, at = heapq.heappop(heap)
            if here > hours[n, at]:
                continue
            i, j = at // side, at % side
            a = (row0 + i) * width + col0 + j
            for d in range(lengths_km.size):
                p, q = i + moves[d, 0], j + moves[d, 1]
                if p < 0 or q < 0 or p >= side or q >= side:
                    continue
                row, col = row0 + p, col0 + q
                if row < inner.PAD or col < inner.PAD or row >= height - inner.PAD or col >= width - inner.PAD:
                    continue
                b, c, e = a + offsets[d, 0], a + offsets[d, 1], a + offsets[d, 2]
                cost = inner.step_cost(ground, kind, a, b, c, e, d, lengths_km[d], 1.0, steepest)
                new = np.float32(here + cost)
                if cost < 0.0 or new > limit_h or new >= hours[n, p * side + q]:
                    continue
                hours[n, p * side + q] = new
                back[n, p * side + q] = at
                heapq.heappush(heap, (new, p * side + q))
    return hours, back


@njit(cache=True, nogil=True)
def _looks(
    hours: Floats,
    back: NDArray[np.int16],
    start: Ints,
    at: Ints,
    first: NDArray[np.int64],
    node_rows: Ints,
    node_cols: Ints,
    half: int,
) -> tuple[Floats, Floats]:
    """Where each way's looks lie: at even times along its route, walked backwards from its end."""
    side = 2 * half + 1
    rows, cols = np.empty(first[-1], np.float32), np.empty(first[-1], np.float32)
    for w in range(start.size):
        n, count = start[w], first[w + 1] - first[w]
        cell = at[w]
        total = hours[n, cell]
        before = back[n, cell]
        for back_number in range(count):
            look = count - 1 - back_number
            when = total * np.float32((look + 0.5) / count)
            while before >= 0 and hours[n, before] > when:
                cell = before
                before = back[n, cell]
            low, high = hours[n, before], hours[n, cell]
            share = (when - low) / (high - low) if high > low else np.float32(0.0)
            i0, j0, i1, j1 = before // side, before % side, cell // side, cell % side
            rows[first[w] + look] = node_rows[n] - half + i0 + share * (i1 - i0)
            cols[first[w] + look] = node_cols[n] - half + j0 + share * (j1 - j0)
    return rows, cols
