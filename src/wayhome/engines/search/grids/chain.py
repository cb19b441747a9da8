"""Compiled steps that all plans share: his drift by one look, steps between cells, what is left after given looks."""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

NO_WAY: Final = 32_767

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@njit(cache=True, nogil=True)
def drift_on(mass: Floats, out: Floats, first: Ints, source: Ints, chance: Floats) -> None:
    """`out` becomes `mass` one look later; the arrows are those that lead *into* each cell."""
    for cell in range(mass.size):
        total = 0.0
        for arrow in range(first[cell], first[cell + 1]):
            total += mass[source[arrow]] * chance[arrow]
        out[cell] = total


@njit(cache=True, nogil=True)
def hop_table(first: Ints, to: Ints) -> NDArray[np.int16]:
    """Fewest steps from each cell to each, int16 (cells, cells); NO_WAY where there is none."""
    cells = first.size - 1
    hops = np.full((cells, cells), np.int16(NO_WAY))
    queue = np.empty(cells, np.int64)
    for start in range(cells):
        row = hops[start]
        row[start] = 0
        queue[0] = start
        head, tail = 0, 1
        while head < tail:
            cell = queue[head]
            head += 1
            for arrow in range(first[cell], first[cell + 1]):
                other = to[arrow]
                if row[other] == NO_WAY:
                    row[other] = row[cell] + 1
                    queue[tail] = other
                    tail += 1
    return hops


@njit(cache=True, nogil=True)
def forward(prior: Floats, left: Floats, mass: Floats, first: Ints, source: Ints, chance: Floats) -> None:
    """`mass[t]` becomes what is undetected just before look t; `left[t]` is the share that look t leaves."""
    looks = left.shape[0] - 2
    after = np.empty(prior.size)
    mass[1] = prior
    for look in range(1, looks):
        for cell in range(prior.size):
            after[cell] = mass[look, cell] * left[look, cell]
        drift_on(after, mass[look + 1], first, source, chance)


@njit(cache=True, nogil=True)
def backward(left: Floats, spared: Floats, first: Ints, to: Ints, chance: Floats) -> None:
    """`spared[t, c]` becomes the chance that one in c just after look t stays undetected in all later looks."""
    looks = left.shape[0] - 2
    for cell in range(left.shape[1]):
        spared[looks, cell] = 1.0
    for look in range(looks - 1, -1, -1):
        for cell in range(left.shape[1]):
            total = 0.0
            for arrow in range(first[cell], first[cell + 1]):
                total += chance[arrow] * left[look + 1, to[arrow]] * spared[look + 1, to[arrow]]
            spared[look, cell] = total
