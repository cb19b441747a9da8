"""Small worlds for hypothesis, and plain evaluators that share nothing with the engine's code."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from wayhome.engines.search.grids import World, world_of

Floats = NDArray[np.float64]
Path = tuple[int, ...]


@dataclass(frozen=True)
class Small:
    """A world as plain lists, for the evaluators here."""

    prior: Floats
    drift: Floats
    ways: tuple[tuple[int, ...], ...]

    def world(self) -> World:
        return world_of(self.prior, self.drift, self.ways)

    def renumbered(self, new: Sequence[int]) -> Small:
        """The same world, cell c being called new[c]."""
        old = [new.index(cell) for cell in range(len(new))]
        ways = tuple(tuple(new[to] for to in self.ways[cell]) for cell in old)
        return Small(self.prior[old], self.drift[np.ix_(old, old)], ways)


def paths(ways: Sequence[Sequence[int]], start: int, looks: int) -> Iterator[Path]:
    """Every path of `looks` steps."""
    if looks == 0:
        yield (start,)
        return
    for to in ways[start]:
        for rest in paths(ways, to, looks - 1):
            yield (start, *rest)


def undetected(small: Small, walked: Sequence[Path], left: Sequence[Floats]) -> float:
    """What stays undetected, the rest of the world included. left[j][t - 1, c]: what look t of searcher j leaves."""
    mass, gone = small.prior.copy(), 1.0 - float(small.prior.sum())
    looks = len(walked[0]) - 1
    for look in range(1, looks + 1):
        for path, leaves in zip(walked, left, strict=True):
            mass[path[look]] *= leaves[look - 1, path[look]]
        if look < looks:
            after = mass @ small.drift
            gone += float(mass.sum() - after.sum())
            mass = after
    return gone + float(mass.sum())


def best_of_all(small: Small, starts: Sequence[int], looks: int, left: Sequence[Floats]) -> float:
    """The least that any joint plan leaves, by trying all of them."""
    choices = [list(paths(small.ways, start, looks)) for start in starts]
    return min(undetected(small, walked, left) for walked in itertools.product(*choices))


def _shares(figures: Sequence[int], most: float) -> Floats:
    given = np.asarray(figures, np.float64)
    return given / given.sum() * most if given.sum() else given


@st.composite
def small_worlds(draw: st.DrawFn, most_cells: int = 5) -> Small:
    """Any graph of 2 to `most_cells` cells; he may be outside from the beginning, or leave."""
    cells = draw(st.integers(2, most_cells))
    figures = st.lists(st.integers(0, 5), min_size=cells, max_size=cells)
    prior = _shares(draw(figures), draw(st.sampled_from([1.0, 1.0, 0.8])))
    drift = np.array([_shares(draw(figures), draw(st.sampled_from([1.0, 1.0, 0.9]))) for _ in range(cells)])
    near = st.sets(st.integers(0, cells - 1), min_size=1, max_size=3)
    ways = tuple(tuple(sorted(draw(near))) for _ in range(cells))
    return Small(prior, drift, ways)
