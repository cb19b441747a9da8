"""The exact filter of a random walker's place, for holding tracks and evidence against: no sampling anywhere.

One person wanders (the behaviour RANDOM, always) over level ground at one pace. Where he is and when his next step
begins is then a Markov chain on cell, last direction and tick: steps take one of two times, straight or diagonal, so
the ticks form a grid of their own, and the chance of every (tick, cell, last direction) is carried forward exactly.
Searches that found nothing weigh every step by the time it lies in their cells, as the tracks' own evidence does.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.tracks import Mix, SearchedArea, StartOf, Subject, imagine
from wayhome.engines.search.tracks.cloud import Cloud
from wayhome.engines.search.tracks.compass import COL, ROW, WANDER, WEIGHTS
from wayhome.engines.search.tracks.looks import look_of
from wayhome.engines.search.tracks.walking import BLOCK_TICKS
from wayhome.terrain.grid import Terrain
from wayhome.terrain.speed import HIKER
from wayhome.terrain.utm import to_place
from wayhome.values.chance import generator
from wayhome.values.places import Place

Floats = NDArray[np.float64]


def plain(side: int) -> Terrain:
    """Level open ground of 30 m cells."""
    shape = (side, side)
    nothing = np.zeros(shape, np.uint8)
    return Terrain(
        elevation_m=np.full(shape, 500.0, np.float32),
        cell_m=30.0,
        epsg=32631,
        west_m=400_000.0,
        north_m=4_700_000.0,
        land_cover=np.ones(shape, np.uint8),
        trails=nothing,
        water=nothing,
        crossings=nothing,
        border=np.zeros(shape, np.bool_),
        title=f"level, {side} x {side}",
    )


def wanderers(terrain: Terrain, hours: float, tracks: int, seed: int) -> Cloud:
    """People who all wander at one pace, never rest and never tire, from around the middle."""
    subject = Subject(
        category="wanderer",
        walker=HIKER,
        mix=Mix(random=1),
        moving_h=1000,
        rests_by_day=0,
        rests_by_night=0,
        slowest=1,
        tires=0,
    )
    start = StartOf(place=terrain.place_of(terrain.rows // 2, terrain.cols // 2), within_m=300)
    return imagine(terrain, subject, start, hours, tracks, seed)


def searches(terrain: Terrain, count: int, minutes: float, seed: int) -> list[SearchedArea]:
    """Oblongs here and there, one after the other and overlapping in time, none at the edge."""
    chance = generator(seed, "benchmark evidence", "searches")
    side, out = terrain.rows, []
    for number in range(count):
        high, wide = chance.uniform(side / 8, side / 3, 2)
        top, left = chance.uniform(2, side - 3 - high), chance.uniform(2, side - 3 - wide)
        from_min = minutes * (0.1 + 0.8 * number / count)
        out.append(
            SearchedArea(
                name=f"search {number + 1}",
                area=outline(terrain, top, left, top + high, left + wide),
                from_min=from_min,
                to_min=from_min + float(chance.uniform(0.03, 0.09)) * minutes,
                pod=float(chance.uniform(0.3, 0.7)),
            )
        )
    return out


def outline(terrain: Terrain, top: float, left: float, bottom: float, right: float) -> tuple[Place, ...]:
    """An oblong by rows and columns."""
    corners = ((top, left), (top, right), (bottom, right), (bottom, left))
    return tuple(to_place(terrain.epsg, *terrain.metres_of(row, col)) for row, col in corners)


@dataclass(frozen=True)
class Effort:
    """One search: its ticks, and the rate in each cell."""

    first: int
    last: int
    rate: Floats


def efforts(terrain: Terrain, made: list[SearchedArea]) -> list[Effort]:
    out = []
    for one in made:
        look = look_of(terrain, one)
        rate = np.zeros((terrain.rows, terrain.cols))
        row, col = look.corner
        rate[row : row + look.field.shape[0], col : col + look.field.shape[1]] = look.field
        out.append(Effort(int(look.boxes[0, 0]), int(look.boxes[-1, 1]), rate))
    return out


def exact(cloud: Cloud, made: list[SearchedArea]) -> Floats:
    """The chance of each cell at the end, given that no search found him and he is on the map still: sums to 1."""
    strand, terrain = cloud.strands[0], cloud.terrain
    shape = (terrain.rows, terrain.cols)
    middle = (terrain.rows // 2) * terrain.cols + terrain.cols // 2
    codes = [int(strand.ground.words[middle, 0] >> np.uint64(8 * d)) & 255 for d in range(8)]
    took = [int(strand.ground.ticks[code]) for code in codes]
    turns = WEIGHTS[WANDER + 8 : WANDER + 16].view(np.uint8).reshape(8, 8).astype(np.float64)
    turns /= turns.sum(axis=1, keepdims=True)
    begun = np.zeros(shape[0] * shape[1])
    begun[strand.beginning.cells] = np.diff(strand.beginning.sums, prepend=0.0) / strand.beginning.sums[-1]
    slots = {0: np.repeat(begun.reshape(1, *shape), 8, axis=0) / 8}
    walk = _Filter(efforts(terrain, made), took, turns, shape)
    for block in range(strand.states.shape[1] - 1):
        slots = walk.half_hour(slots, block * BLOCK_TICKS)
    total = np.sum(list(slots.values()), axis=(0, 1))
    return np.asarray(total / total.sum())


class _Filter:
    """Carries the unnormalised chances (8 last directions, rows, cols) of each tick at which a step begins."""

    def __init__(self, effort: list[Effort], took: list[int], turns: Floats, shape: tuple[int, int]) -> None:
        self._effort, self._took, self._turns = effort, took, turns
        inner = np.zeros(shape, np.bool_)
        inner[1:-1, 1:-1] = True
        self._inner = inner

    def half_hour(self, slots: dict[int, Floats], begin: int) -> dict[int, Floats]:
        """From the steps pending at `begin` (by the tick at which each began) to those pending at its end."""
        end = begin + BLOCK_TICKS
        waiting: dict[int, Floats] = {}
        coming: dict[tuple[int, int], Floats] = {}
        for tick, held in slots.items():
            coming[tick, begin] = held
        queue = sorted(coming)
        heapq.heapify(queue)
        while queue:
            key = heapq.heappop(queue)
            held = coming.pop(key)
            for arrival, d, moved in self._steps(held, *key, begin, end, waiting):
                at = (arrival, arrival)
                if at not in coming:
                    coming[at] = np.zeros_like(held)
                    heapq.heappush(queue, at)
                coming[at][d] += moved
        return waiting

    def _steps(
        self, held: Floats, tick: int, since: int, begin: int, end: int, waiting: dict[int, Floats]
    ) -> list[tuple[int, int, Floats]]:
        """Each direction's arrivals, (tick, direction, chances by cell); what cannot end in time waits in place."""
        chosen, out = np.einsum("lrc,ld->drc", held, self._turns), []
        stays = np.zeros(8, np.bool_)
        for d in range(8):
            came = tick + self._took[d]
            if came > end:
                stays[d] = True
                continue
            arrival = max(came, begin + 1)
            half = (since + arrival) // 2
            moved = chosen[d] * np.exp(-self._spent(since, half))
            moved = _shifted(moved, ROW[d], COL[d]) * np.exp(-self._spent(half, arrival))
            out.append((arrival, d, np.where(self._inner, moved, 0.0)))
        if stays.any():
            share = self._turns[:, stays].sum(axis=1)[:, None, None]
            waits = held * share * np.exp(-self._spent(since, end))
            waiting[tick] = waiting.get(tick, 0.0) + waits
        return out

    def _spent(self, since: int, until: int) -> Floats | float:
        """The effort of all searches in each cell between two ticks."""
        parts = [(min(until, e.last) - max(since, e.first), e.rate) for e in self._effort]
        return sum((ticks * rate for ticks, rate in parts if ticks > 0), 0.0)


def _shifted(grid: Floats, rows: int, cols: int) -> Floats:
    """Everything moved by so many rows and columns; nothing is near enough to the edge to fall off."""
    out = np.zeros_like(grid)
    height, width = grid.shape
    out[max(0, rows) : height + min(0, rows), max(0, cols) : width + min(0, cols)] = grid[
        max(0, -rows) : height + min(0, -rows), max(0, -cols) : width + min(0, -cols)
    ]
    return out


def variation(a: Floats, b: Floats) -> float:
    """Total variation: half of the sum of differences."""
    return float(abs(a - b).sum() / 2)


def in_blocks(grid: Floats, side: int = 10) -> Floats:
    """The sums over blocks of cells."""
    rows, cols = (np.arange(0, n, side) for n in grid.shape)
    return np.asarray(np.add.reduceat(np.add.reduceat(grid, rows, axis=0), cols, axis=1))


def perfect(chances: Floats, draws: float) -> float:
    """The mean total variation of so many perfect draws: half the mean absolute deviation of each cell's count, taken
    as Poisson's (de Moivre: 2 exp(-m) m^(k+1) / k!, k the whole part of m)."""
    mean = chances.ravel() * draws
    mean = mean[mean > 0]
    whole = np.floor(mean)
    from scipy.special import gammaln

    deviation = 2 * np.exp(-mean + (whole + 1) * np.log(mean) - gammaln(whole + 1))
    return float(deviation.sum() / draws / 2) if math.isfinite(draws) else 0.0
