"""Divisible effort without a path: how much to look where and when, the best there is, with Washburn's bound.

Moving subject: Brown's forward-and-backward algorithm (S. S. Brown, "Optimal search for a moving target in discrete
time and space", Operations Research 28, 1980): each look's effort in turn is laid out optimally against what the
others leave. The bound is A. R. Washburn's ("An upper bound useful in optimizing search for a moving target",
Operations Research 29, 1981). Subject who stays: the exact allocation of Charnes and Cooper (Management Science 5,
1958). Detection by effort x in a cell of rate w: 1 - exp(-w x).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.grids.chain import backward, drift_on
from wayhome.engines.search.grids.world import World, by_look, check_looks

MOST_RATE: Final = 1e6
MOST_EFFORT: Final = 1e6

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False, kw_only=True)
class EffortPlan:
    """Effort by look and cell, float64 (looks, cells); the chance to detect; and the most that any plan can reach.

    `sweeps` is how often all looks were laid out anew. `bound - detection` is how much could at most be gained.
    """

    effort: Floats
    detection: float
    bound: float
    sweeps: int


def spread_effort(
    world: World, rate: ArrayLike, effort: ArrayLike, looks: int, *, close: float = 1e-10, most_sweeps: int = 100_000
) -> EffortPlan:
    """The best layout of `effort` per look (one figure or (looks,)) against a subject who drifts.

    rate: one figure, (cells,) or (looks, cells). It is done when bound and detection are within `close`, or after
    `most_sweeps`; both are told in either case. Raises SearchError for a negative rate or effort, a shape that does
    not fit, no look, or limits that make no sense.
    """
    check_looks(looks)
    if close < 0.0 or most_sweeps < 1:
        raise SearchError("give a gap of at least 0, and at least one sweep")
    rates = by_look("the rate", rate, world, looks, MOST_RATE)
    given = np.asarray(effort, np.float64)
    if given.shape not in ((), (looks,)) or not bool(np.all((given >= 0.0) & (given <= MOST_EFFORT))):
        raise SearchError(f"the effort must be one figure or {looks}, each 0 to {MOST_EFFORT:g}")
    amounts = np.zeros(looks + 2)
    amounts[1 : looks + 1] = given
    laid = np.zeros_like(rates)
    into, out = world.inflow, world.drift
    undetected, gain, sweeps = _sweep(
        world.prior, rates, amounts, laid, close, most_sweeps,
        into.first, into.to, into.chance, out.first, out.to, out.chance,
    )  # fmt: skip
    detection = float(world.prior.sum() - undetected)
    bound = min(detection + max(float(gain), 0.0), float(world.prior.sum()))
    return EffortPlan(
        effort=laid[1 : looks + 1, : world.ground].copy(), detection=detection, bound=bound, sweeps=int(sweeps)
    )


def spread_still(prior: ArrayLike, rate: ArrayLike, effort: float) -> EffortPlan:
    """The best layout of `effort` against a subject who stays where he is; exact, so the bound is the value.

    prior (cells,) may lack something of 1: the rest of the world. Raises SearchError for an empty or wrong prior,
    rates that are negative or do not fit, and effort outside 0..1e6.
    """
    chances = np.array(prior, np.float64)
    if chances.ndim != 1 or chances.size == 0:
        raise SearchError("the prior is empty or no list: give one chance for each cell")
    if not bool(np.all((chances >= 0.0) & (chances <= 1.0))) or float(chances.sum()) > 1.0 + 1e-9:
        raise SearchError("the prior must hold chances from 0 to 1 that add up to at most 1")
    rates = np.asarray(rate, np.float64)
    if rates.shape not in ((), chances.shape) or not bool(np.all((rates >= 0.0) & (rates <= MOST_RATE))):
        raise SearchError(f"the rate must be one figure or one for each cell, 0 to {MOST_RATE:g}")
    if not 0.0 <= effort <= MOST_EFFORT:
        raise SearchError(f"the effort is {effort}: give 0 to {MOST_EFFORT:g}")
    laid = np.zeros(chances.size)
    rates = np.broadcast_to(rates, chances.shape).copy()
    _lay_out(chances, rates, float(effort), laid, np.empty(chances.size), np.empty(chances.size, np.int64))
    found = float(np.sum(chances * -np.expm1(-rates * laid)))
    return EffortPlan(effort=laid[None, :], detection=found, bound=found, sweeps=1)


@njit(cache=True, nogil=True)
def _lay_out(weight: Floats, rate: Floats, amount: float, laid: Floats, slope: Floats, order: Ints) -> None:
    """`laid` becomes the effort that makes sum(weight exp(-rate laid)) least: every cell in use has one slope.

    Cells come in by falling slope weight * rate, until the common slope that uses up the effort lies above the next.
    """
    used = 0
    for cell in range(weight.size):
        laid[cell] = 0.0
        if weight[cell] * rate[cell] > 0.0:
            slope[used] = -weight[cell] * rate[cell]
            order[used] = cell
            used += 1
    if amount <= 0.0 or used == 0:
        return
    sequence = np.argsort(slope[:used], kind="mergesort")
    spaces = logs = level = 0.0
    for index in range(used):
        here = np.log(-slope[sequence[index]])
        if index > 0 and level >= here:
            break
        cell = order[sequence[index]]
        spaces += 1.0 / rate[cell]
        logs += here / rate[cell]
        level = (logs - amount) / spaces
    for index in range(used):
        cell = order[index]
        laid[cell] = max(0.0, (np.log(-slope[index]) - level) / rate[cell])


@njit(cache=True, nogil=True)
def _sweep(
    prior: Floats, rates: Floats, amounts: Floats, laid: Floats, close: float, most: int,
    into_first: Ints, into_from: Ints, into_chance: Floats, out_first: Ints, out_to: Ints, out_chance: Floats,
) -> tuple[float, float, int]:  # fmt: skip
    """Sweeps over all looks until Washburn's bound is `close`: the chance undetected, the gap, and how many sweeps."""
    looks, cells = rates.shape[0] - 2, rates.shape[1]
    mass, spared = np.empty(rates.shape), np.ones(rates.shape)
    left, after = np.ones(rates.shape), np.empty(cells)
    weight, slope, order = np.empty(cells), np.empty(cells), np.empty(cells, np.int64)
    undetected = gap = 1.0
    for sweep in range(1, most + 1):
        mass[1] = prior
        for look in range(1, looks + 1):
            for cell in range(cells):
                weight[cell] = mass[look, cell] * spared[look, cell]
            _lay_out(weight, rates[look], amounts[look], laid[look], slope, order)
            for cell in range(cells):
                left[look, cell] = np.exp(-rates[look, cell] * laid[look, cell])
                after[cell] = mass[look, cell] * left[look, cell]
            if look < looks:
                drift_on(after, mass[look + 1], into_first, into_from, into_chance)
        undetected = after.sum()
        backward(left, spared, out_first, out_to, out_chance)
        gap = 0.0
        for look in range(1, looks + 1):
            best = paid = 0.0
            for cell in range(cells):
                gain = rates[look, cell] * mass[look, cell] * left[look, cell] * spared[look, cell]
                best = max(best, gain)
                paid += laid[look, cell] * gain
            gap += best * amounts[look] - paid
        if gap <= close:
            return undetected, gap, sweep
    return undetected, gap, most
