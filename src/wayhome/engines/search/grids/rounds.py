"""Good plans for several searchers, soon: each in turn takes the best path given the others', from many beginnings."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.grids.branch_kernel import undetected
from wayhome.engines.search.grids.chain import backward
from wayhome.engines.search.grids.one import begin, make_terms
from wayhome.engines.search.grids.one_kernel import search_on
from wayhome.engines.search.grids.relax_kernel import Field
from wayhome.engines.search.grids.world import World
from wayhome.values.chance import generator

NODES_PER_TURN = 3_000
"""What one searcher's turn may cost: more than most turns need, so that a hard one does not hold up the rest."""
GAIN = 1e-12

Floats = NDArray[np.float64]
Paths = NDArray[np.int16]


def take_turns(world: World, field: Field, paths: Paths, *, alone: bool = False) -> tuple[Paths, float]:
    """Improves `paths` (looks + 1, searchers) until no single searcher can do better; with what stays undetected.

    With `alone`, the paths given are starts only: the first searcher plans as if alone, the second beside him, and
    so on.
    """
    paths = paths.copy()
    walking = np.zeros(paths.shape[1], np.bool_) if alone else np.ones(paths.shape[1], np.bool_)
    value = np.inf if alone else float(undetected(world.prior, paths, field))
    idle = 0
    while idle < paths.shape[1]:
        for one in range(paths.shape[1]):
            walking[one] = False
            tried = paths.copy()
            tried[:, one] = _best_beside(world, field, paths, walking, one)
            walking[one] = True
            reached = float(undetected(world.prior, tried, field)) if walking.all() else np.inf
            if not np.isfinite(value) or reached < value - GAIN:
                paths, value, idle = tried, reached, 0
            else:
                idle += 1
            if idle >= paths.shape[1]:
                break
    return paths, value


def _best_beside(world: World, field: Field, paths: Paths, walking: NDArray[np.bool_], one: int) -> Paths:
    spent = np.zeros_like(field.rate)
    rows = np.arange(1, field.looks + 1)
    for other in np.flatnonzero(walking):
        spent[rows, paths[1:, other]] += field.skill[other]
    left = np.exp(-field.rate * spent)
    spared = np.ones_like(left)
    backward(left, spared, field.out_first, field.out_to, field.out_chance)
    pods = -np.expm1(-field.rate * field.skill[one])
    terms = make_terms(world, int(paths[0, one]), pods, spared, left)
    stack = begin(world, terms)
    search_on(stack, terms, max(NODES_PER_TURN, field.looks))
    return stack.best_path.astype(np.int16)


def beginnings(field: Field, starts: Paths, seed: int) -> Iterator[Paths]:
    """Paths that wander by chance, without end; the same for the same seed."""
    chance = generator(seed, "search grids", "beginnings")
    while True:
        paths = np.repeat(starts[None, :], field.looks + 1, axis=0)
        for look in range(1, field.looks + 1):
            for one, cell in enumerate(paths[look - 1]):
                first, last = field.way_first[cell], field.way_first[cell + 1]
                paths[look, one] = field.way_to[chance.integers(first, last)]
        yield paths
