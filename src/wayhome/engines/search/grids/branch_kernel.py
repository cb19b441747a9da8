"""Several searchers, compiled: what is left of him after given looks, and the steps that a bound leaves open."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.search.grids.chain import drift_on
from wayhome.engines.search.grids.relax_kernel import Field

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Cells = NDArray[np.int16]


@njit(cache=True, nogil=True)
def mass_before(prior: Floats, paths: Cells, look: int, field: Field, mass: Floats, met: NDArray[np.bool_]) -> None:
    """`mass` becomes what is undetected just before `look`. paths: (looks + 1, searchers), the start first.

    `met[t, j]` says whether searcher j's look t could have seen him: a look where he cannot be changes nothing.
    """
    after = np.empty(prior.size)
    mass[:] = prior
    for at in range(1, look):
        after[:] = mass
        for one in range(paths.shape[1]):
            cell = paths[at, one]
            met[at, one] = mass[cell] > 0.0 and field.rate[at, cell] > 0.0
            after[cell] *= np.exp(-field.rate[at, cell] * field.skill[one])
        drift_on(after, mass, field.into_first, field.into_from, field.into_chance)


@njit(cache=True, nogil=True)
def undetected(prior: Floats, paths: Cells, field: Field) -> float:
    """The chance that he is still undetected when all have walked their paths."""
    mass = np.empty(prior.size)
    met = np.zeros(paths.shape, np.bool_)
    mass_before(prior, paths, field.looks, field, mass, met)
    for one in range(paths.shape[1]):
        cell = paths[field.looks, one]
        mass[cell] *= np.exp(-field.rate[field.looks, cell] * field.skill[one])
    return float(mass.sum())


@njit(cache=True, nogil=True)
def next_steps(here: Ints, look: int, ahead: Floats, spare: float, field: Field, cells: Cells, pays: Floats) -> int:
    """All joint steps whose searchers pay less than `spare` together; -1 where `cells` has too few rows for them.

    Two searchers of one skill in one cell are not told apart. pays: what each joint step pays.
    """
    count, number, widest = 0, here.size, 0
    for one in range(number):
        widest = max(widest, field.way_first[here[one] + 1] - field.way_first[here[one]])
    option, price = np.empty((number, widest), np.int64), np.empty((number, widest))
    width, rest = np.empty(number, np.int64), np.zeros(number + 1)
    for one in range(number - 1, -1, -1):
        first = field.way_first[here[one]]
        width[one] = field.way_first[here[one] + 1] - first
        paid = np.empty(width[one])
        for way in range(width[one]):
            paid[way] = field.skill[one] * ahead[look, field.way_to[first + way]]
        order = np.argsort(paid, kind="mergesort")
        for way in range(width[one]):
            option[one, way], price[one, way] = field.way_to[first + order[way]], paid[order[way]]
        rest[one] = rest[one + 1] + price[one, 0]
    chosen, paid_by = np.zeros(number, np.int64), np.zeros(number + 1)
    one = 0
    while one >= 0:
        way = chosen[one]
        if way >= width[one] or paid_by[one] + price[one, way] + rest[one + 1] >= spare:
            one -= 1
            if one >= 0:
                chosen[one] += 1
            continue
        paid_by[one + 1] = paid_by[one] + price[one, way]
        if one + 1 < number:
            one += 1
            twin = here[one] == here[one - 1] and field.skill[one] == field.skill[one - 1]
            chosen[one] = chosen[one - 1] if twin else 0
            continue
        if count == cells.shape[0]:
            return -1
        for other in range(number):
            cells[count, other] = option[other, chosen[other]]
        pays[count] = paid_by[number]
        count += 1
        chosen[one] += 1
    return count


@njit(cache=True, nogil=True)
def last_looks(mass: Floats, cells: Cells, count: int, field: Field) -> tuple[int, float]:
    """Which of the joint last steps leaves least undetected, and how much."""
    best, least = -1, np.inf
    for row in range(count):
        left = mass.copy()
        for one in range(cells.shape[1]):
            left[cells[row, one]] *= np.exp(-field.rate[field.looks, cells[row, one]] * field.skill[one])
        total = left.sum()
        if total < least:
            best, least = row, total
    return best, least


@njit(cache=True, nogil=True)
def _sorted_row(codes: Cells, kind: Ints, row: Cells, mirror: Ints) -> None:
    """`row` becomes the mirrored codes, those of equal searchers in rising order; -1 for looks that saw nothing."""
    for one in range(codes.size):
        code = codes[one]
        value = np.int16(mirror[code]) if code >= 0 else np.int16(-1)
        place = one
        while place > 0 and kind[place - 1] == kind[one] and row[place - 1] > value:
            row[place] = row[place - 1]
            place -= 1
        row[place] = value


@njit(cache=True, nogil=True)
def marks(
    paths: Cells, met: NDArray[np.bool_], look: int, mass: Floats, cells: Cells, count: int, kind: Ints,
    mirror: Ints, out: Cells, field: Field,
) -> None:  # fmt: skip
    """`out[k]` becomes the mark of joint step k: equal marks have equal futures. out: (steps, look + 1, searchers).

    Which of equal searchers is where does not count, nor do looks where he cannot be; of a plan and its mirror
    image the lesser is taken.
    """
    number, same = paths.shape[1], np.arange(mass.size)
    plain, turned = np.empty((look + 1, number), np.int16), np.empty((look + 1, number), np.int16)
    codes = np.empty(number, np.int16)
    for step in range(count):
        for at in range(1, look + 2):
            for one in range(number):
                cell = cells[step, one] if at >= look else paths[at, one]
                if at < look:
                    seen = met[at, one]
                else:
                    seen = at > look or (mass[cell] > 0.0 and field.rate[look, cell] > 0.0)
                codes[one] = cell if seen else -1
            _sorted_row(codes, kind, plain[at - 1], same)
            _sorted_row(codes, kind, turned[at - 1], mirror)
        out[step] = plain
        for place in range(plain.size):
            if plain.flat[place] != turned.flat[place]:
                if turned.flat[place] < plain.flat[place]:
                    out[step] = turned
                break
