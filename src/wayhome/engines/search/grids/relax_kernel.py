"""Several searchers, compiled: a lower bound on the chance that he stays undetected, for searchers who could be split.

Write n for the sum of rates of all looks that meet him along his own way; he stays undetected with exp(-n). Whole
searchers reach only some values of n, so exp(-n) may be replaced by the straight lines between those: nothing
changes for whole searchers, and much is gained for split ones. For every way w of his take a slope s(w) <= 0 as you
please: p(w) (s(w) n - peak(s(w))) with peak(s) = max of s n - exp(-n) over the values of n lies nowhere above, and
is linear in the searchers' flows. Its least value over all paths is one shortest path each. Slopes are taken by the
amount that a split plan spends on the way, counted in small steps, so that sums over ways become sums over (cell,
amount). The split plan follows by conditional gradients (Frank and Wolfe, 1956); means of cuts are cuts as well.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Field(NamedTuple):
    """The fixed part. rate: (looks + 2, cells). slope, peak: (amounts,), an amount is `grain` of n."""

    looks: int
    rate: Floats
    skill: Floats
    slope: Floats
    peak: Floats
    grain: float
    way_first: Ints
    way_to: Ints
    into_first: Ints
    into_from: Ints
    into_chance: Floats
    out_first: Ints
    out_to: Ints
    out_chance: Floats


class Room(NamedTuple):
    """Where a relaxation works. before, later: (looks + 2, cells, amounts); the rest (looks + 2, cells)."""

    before: Floats
    later: Floats
    amount: Ints
    highest: Ints
    split: Floats
    corner: Floats
    cut: Floats
    mean_cut: Floats
    best_cut: Floats
    ahead: Floats
    step: Ints


def new_room(looks: int, cells: int, amounts: int) -> Room:
    """Room for a relaxation."""
    shape = (looks + 2, cells)
    floats = [np.zeros(shape) for _ in range(6)]
    split, corner, cut, mean_cut, best_cut, ahead = floats
    return Room(
        before=np.zeros((*shape, amounts)),
        later=np.zeros((*shape, amounts)),
        amount=np.zeros(shape, np.int64),
        highest=np.zeros(shape, np.int64),
        split=split,
        corner=corner,
        cut=cut,
        mean_cut=mean_cut,
        best_cut=best_cut,
        ahead=ahead,
        step=np.zeros(shape, np.int64),
    )


@njit(cache=True, nogil=True)
def _spend(mass: Floats, look: int, room: Room, field: Field) -> None:
    """`room.before[t, c, a]`: the chance that he is in c at look t and a has been spent on his way, look t included."""
    before, amount, highest, top = room.before, room.amount, room.highest, field.slope.size - 1
    split, rate, grain = room.split, field.rate, field.grain
    first, source, chance = field.into_first, field.into_from, field.into_chance
    for cell in range(mass.size):
        spent = min(top, int(split[look, cell] * rate[look, cell] / grain + 0.5))
        amount[look, cell] = spent
        highest[look, cell] = spent if mass[cell] > 0.0 else -1
        before[look, cell, : spent + 1] = 0.0
        before[look, cell, spent] = mass[cell]
    for at in range(look + 1, field.looks + 1):
        for cell in range(mass.size):
            spent = min(top, int(split[at, cell] * rate[at, cell] / grain + 0.5))
            amount[at, cell] = spent
            most = -1
            for arrow in range(first[cell], first[cell + 1]):
                most = max(most, highest[at - 1, source[arrow]])
            highest[at, cell] = min(top, most + spent) if most >= 0 else -1
            here = before[at, cell]
            here[: highest[at, cell] + 1] = 0.0
            for arrow in range(first[cell], first[cell + 1]):
                there, count = before[at - 1, source[arrow]], highest[at - 1, source[arrow]] + 1
                share, fits = chance[arrow], min(count, top - spent)
                for a in range(fits):
                    here[a + spent] += share * there[a]
                for a in range(max(fits, 0), count):
                    here[top] += share * there[a]


@njit(cache=True, nogil=True)
def _price(mass: Floats, look: int, room: Room, field: Field) -> float:
    """`room.cut[t, c]` becomes the cut's price of one unit of search there; returns the constant to take off."""
    before, later, amount, highest = room.before, room.later, room.amount, room.highest
    cut, rate, slope, peak = room.cut, field.rate, field.slope, field.peak
    first, to, chance = field.out_first, field.out_to, field.out_chance
    top, looks, constant, after = slope.size - 1, field.looks, 0.0, np.empty(slope.size)
    for cell in range(mass.size):
        here, ahead, spent, total = before[looks, cell], later[looks, cell], amount[looks, cell], 0.0
        for a in range(highest[looks, cell] + 1):
            constant += here[a] * peak[a]
            total += here[a] * slope[a]
            ahead[a] = slope[min(top, a + spent)]
        cut[looks, cell] = total * rate[looks, cell]
    for at in range(looks - 1, look - 1, -1):
        for cell in range(mass.size):
            most, spent, total = highest[at, cell], amount[at, cell], 0.0
            after[: most + 1] = 0.0
            for arrow in range(first[cell], first[cell + 1]):
                ahead, share = later[at + 1, to[arrow]], chance[arrow]
                for a in range(most + 1):
                    after[a] += share * ahead[a]
            here, kept = before[at, cell], later[at, cell]
            for a in range(most + 1):
                total += here[a] * after[a]
                kept[a] = after[min(most, a + spent)]
            cut[at, cell] = total * rate[at, cell]
    return constant


@njit(cache=True, nogil=True)
def cheapest(cut: Floats, look: int, ahead: Floats, step: Ints, field: Field) -> None:
    """`ahead[t, c]`: the least that a unit of search pays from look t in c on; `step` is where it goes next."""
    for cell in range(cut.shape[1]):
        ahead[field.looks, cell] = cut[field.looks, cell]
    for at in range(field.looks - 1, look - 1, -1):
        for cell in range(cut.shape[1]):
            best, to = np.inf, 0
            for way in range(field.way_first[cell], field.way_first[cell + 1]):
                other = field.way_to[way]
                if ahead[at + 1, other] < best:
                    best, to = ahead[at + 1, other], other
            ahead[at, cell] = best + cut[at, cell]
            step[at, cell] = to


@njit(cache=True, nogil=True)
def _total(here: Ints, look: int, ahead: Floats, field: Field, corner: Floats, step: Ints, walk: bool) -> float:
    """What all searchers pay together from `here` on; with `walk`, `corner` becomes their looks."""
    total = 0.0
    if walk:
        corner[look:] = 0.0
    for one in range(here.size):
        best, to = np.inf, 0
        for way in range(field.way_first[here[one]], field.way_first[here[one] + 1]):
            other = field.way_to[way]
            if ahead[look, other] < best:
                best, to = ahead[look, other], other
        total += field.skill[one] * best
        if walk:
            for at in range(look, field.looks + 1):
                corner[at, to] += field.skill[one]
                to = step[at, to]
    return total


@njit(cache=True, nogil=True)
def relax(
    mass: Floats, look: int, here: Ints, enough: float, rounds: int, room: Room, field: Field
) -> tuple[float, float]:
    """The best bound found on what stays undetected of `mass` (before look `look`), searchers being in `here` before.

    Stops at `enough`. `room.ahead` then holds the prices ahead of the best cut; the second figure is its constant: a
    plan's bound is what its searchers pay, less the constant.
    """
    best, best_constant, mean_constant, looks = -1.0, 0.0, 0.0, field.looks
    split, corner, cut, mean_cut = room.split, room.corner, room.cut, room.mean_cut
    split[look:] = 0.0
    mean_cut[look:] = 0.0
    for turn in range(rounds):
        _spend(mass, look, room, field)
        constant = _price(mass, look, room, field)
        cheapest(cut, look, room.ahead, room.step, field)
        bound = _total(here, look, room.ahead, field, corner, room.step, True) - constant
        if bound > best:
            best, best_constant = bound, constant
            room.best_cut[look:] = cut[look:]
        share = min(1.0, 2.0 / (turn + 2.0))
        for at in range(look, looks + 1):
            for cell in range(mass.size):
                mean_cut[at, cell] += share * (cut[at, cell] - mean_cut[at, cell])
                split[at, cell] += share * (corner[at, cell] - split[at, cell])
        mean_constant += share * (constant - mean_constant)
        if best < enough:
            cheapest(mean_cut, look, room.ahead, room.step, field)
            bound = _total(here, look, room.ahead, field, corner, room.step, False) - mean_constant
            if bound > best:
                best, best_constant = bound, mean_constant
                room.best_cut[look:] = mean_cut[look:]
        if best >= enough:
            break
    cheapest(room.best_cut, look, room.ahead, room.step, field)
    return best, best_constant
