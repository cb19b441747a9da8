"""A finished plan followed in true space: where each team really is, minute by minute, and whom it passes how near.

No lattice and no raster: teams on their routes, he on his track, both on straight lines between known places, and
glimpses by the distance between them, summed over short steps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.search.plans.moving import Moving
from wayhome.engines.search.plans.paths import Path
from wayhome.engines.search.plans.problem import Problem
from wayhome.engines.search.plans.sighting import REACH

Doubles = NDArray[np.float64]
Floats = NDArray[np.float32]

FINE_MIN: Final = 0.5
Z95: Final = 1.96
MADE_WITH: Final = "e47bf7e8cb1a"
"""Of the files that compiled code here takes in: see the test that holds it."""


@dataclass(frozen=True)
class Estimate:
    """A figure with the 95 per cent interval that drawing other tracks would give it."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Passage:
    """Where a team is: minutes (n,), rows and cols (n,) in terrain cells, and whether it searches until the next."""

    minutes: Doubles
    rows: Doubles
    cols: Doubles
    searching: NDArray[np.bool_]

    def at(self, minutes: Doubles) -> tuple[Doubles, Doubles, NDArray[np.bool_]]:
        """Rows, columns and whether it searches, at some minutes; it searches neither before nor after."""
        rows, cols = np.interp(minutes, self.minutes, self.rows), np.interp(minutes, self.minutes, self.cols)
        last = np.clip(np.searchsorted(self.minutes, minutes, side="right") - 1, 0, self.minutes.size - 1)
        inside = (minutes >= self.minutes[0]) & (minutes < self.minutes[-1])
        return rows, cols, self.searching[last] & inside


def passage(problem: Problem, team: int, path: Path) -> Passage:
    """The places of a path along its real routes; each way takes exactly the steps that the plan gives it."""
    ways, lattice, step_min = problem.kind(team).ways, problem.lattice, problem.clock.step_min
    minutes = [path.step * step_min]
    rows, cols = [float(lattice.rows[path.node])], [float(lattice.cols[path.node])]
    searching: list[bool] = []
    at = path.node
    for way, step in zip(path.ways.tolist(), path.steps.tolist(), strict=True):
        begun, took = step * step_min, float(ways.steps[way]) * step_min
        if begun > minutes[-1]:
            minutes.append(begun)
            rows.append(rows[-1])
            cols.append(cols[-1])
            searching.append(False)
        cells, shares = ways.route(at, int(ways.to[way]))
        minutes += (begun + shares[1:] * took).tolist()
        rows += cells[1:, 0].tolist()
        cols += cells[1:, 1].tolist()
        searching += [bool(ways.searching[way])] * (len(cells) - 1)
        at = int(ways.to[way])
    return Passage(np.array(minutes), np.array(rows), np.array(cols), np.array([*searching, False]))


def followed(
    problem: Problem,
    paths: Sequence[Path | None],
    moving: Moving,
    *,
    fine_min: float = FINE_MIN,
    sight: Floats | None = None,
    until_min: float = math.inf,
) -> Floats:
    """(epochs, K): the glimpses that the plan, up to `until_min`, really gives of each track of `moving`."""
    clock = problem.clock
    count = round(clock.end_min / fine_min)
    minutes = (np.arange(count, dtype=np.float64) + 0.5) * (clock.end_min / count)
    epochs = problem.worth.epoch_of_part[np.minimum((minutes / clock.part_min).astype(np.int64), clock.parts - 1)]
    out = np.zeros((problem.worth.epochs, moving.tracks), np.float32)
    passages = [passage(problem, team, path) if path is not None else None for team, path in enumerate(paths)]
    where = [None if p is None else p.at(minutes) for p in passages]
    through = np.ones((1, 1), np.float32) if sight is None else sight
    for n, minute in enumerate(minutes[minutes < until_min].tolist()):
        looking = [(t, w) for t, w in enumerate(where) if w is not None and w[2][n]]
        if not looking:
            continue
        rows, cols = moving.at(minute)
        for team, place in looking:
            sighting = problem.teams[team].sighting
            step = min(int(minute / clock.step_min), clock.steps - 1)
            share = float(problem.hours[team].share[step])
            amount = sighting.nearest_a_min * (clock.end_min / count) * share
            spread = sighting.spread_m / problem.terrain.cell_m
            _pass(rows, cols, place[0][n], place[1][n], spread, amount, through, out[epochs[n]])
    return out


@njit(cache=True, nogil=True)
def _pass(
    rows: Floats, cols: Floats, row: float, col: float, spread: float, amount: float, through: Floats, out: Floats
) -> None:
    reach = REACH * spread
    for k in range(rows.size):
        down = rows[k] - row
        if down > reach or down < -reach:
            continue
        across = cols[k] - col
        if across > reach or across < -reach:
            continue
        i = min(max(int(np.floor(rows[k] + 0.5)), 0), through.shape[0] - 1)
        j = min(max(int(np.floor(cols[k] + 0.5)), 0), through.shape[1] - 1)
        out[k] += amount * through[i, j] * np.exp(-0.5 * (down * down + across * across) / (spread * spread))


def by_track(problem: Problem, glimpses: Floats) -> Doubles:
    """(K,): what the plan is worth on each track, were it the one."""
    found = 1 - np.exp(-np.cumsum(glimpses.astype(np.float64), axis=0))
    return np.asarray(problem.worth.drops @ found)


def estimate(moving: Moving, values: Doubles) -> Estimate:
    """The weighted mean of values (K,) over the tracks, the rest of the world counting 0, with its interval."""
    share = 1 - moving.rest_of_world
    weights = moving.weights / moving.weights.sum()
    mean = float(weights @ values)
    error = float(np.sqrt(np.sum((weights * (values - mean)) ** 2)))
    return Estimate(share * mean, share * (mean - Z95 * error), share * (mean + Z95 * error))


def ratio(moving: Moving, values: Doubles, others: Doubles) -> Estimate:
    """How many times the worth of another plan on the same tracks, paired, by the delta method."""
    weights = moving.weights / moving.weights.sum()
    top, bottom = float(weights @ values), float(weights @ others)
    if bottom <= 0:
        return Estimate(np.inf, np.inf, np.inf)
    times = top / bottom
    error = float(np.sqrt(np.sum((weights * (values - times * others)) ** 2))) / bottom
    return Estimate(times, times - Z95 * error, times + Z95 * error)
