"""The small world of a plan: where he may be, how he drifts, and where a searcher can step.

Cells are numbered 0, 1, 2, ...; any graph will do, a square grid has its helper. Looks are numbered 1, 2, ..., T.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.grids.chain import hop_table

MOST_CELLS: Final = 4_096
MOST_LOOKS: Final = 500
MOST_SIDE: Final = 60
ROUNDING: Final = 1e-9
"""Chances that add up to one within this are taken to do so."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Links:
    """Arrows between cells, sorted by the cell they come from: those of cell c are first[c] .. first[c + 1] - 1.

    `first` is int64 (cells + 1,), `to` int64 (arrows,), `chance` float64 (arrows,).
    """

    first: Ints
    to: Ints
    chance: Floats

    def reversed(self) -> Links:
        """The same arrows sorted by where they lead; `to` then names where each comes from."""
        cells = self.first.size - 1
        source = np.repeat(np.arange(cells), np.diff(self.first))
        order = np.argsort(self.to, kind="stable")
        first = np.zeros(cells + 1, np.int64)
        np.cumsum(np.bincount(self.to, minlength=cells), out=first[1:])
        return Links(first, source[order], self.chance[order])


@dataclass(frozen=True, eq=False, kw_only=True)
class World:
    """Where the subject may be and move, and where searchers may go. Make it with `world_of` or `square_world`.

    prior: float64 (cells,), the chance that he is in each cell at look 1.
    drift: his chances of being in which cell at the next look.
    ways: where a searcher can be at the next look (`chance` holds his own chance of going the same way).
    mirror: a renumbering of the cells under which nothing changes, or none. It is used only where starts, detection
    and worth agree with it.
    outside: the number of the added cell that stands for the rest of the world, where nobody looks; -1 if none.
    """

    prior: Floats
    drift: Links
    ways: Links
    mirror: Ints | None = None
    outside: int = -1

    @property
    def cells(self) -> int:
        """How many cells there are, the rest of the world among them where it has one."""
        return int(self.prior.size)

    @property
    def ground(self) -> int:
        """How many cells can be searched."""
        return self.cells - (self.outside >= 0)

    @cached_property
    def inflow(self) -> Links:
        """His drift, sorted by where it leads."""
        return self.drift.reversed()

    @cached_property
    def hops(self) -> NDArray[np.int16]:
        """Fewest steps of a searcher from cell to cell, int16 (cells, cells); 32767 where there is no way."""
        return np.asarray(hop_table(self.ways.first, self.ways.to), np.int16)


Drift = Sequence[Mapping[int, float]] | NDArray[np.float64]


def world_of(
    prior: ArrayLike, drift: Drift, ways: Sequence[Sequence[int]], *, mirror: Sequence[int] | None = None
) -> World:
    """A world from plain lists.

    prior (cells,): chances; what they lack of 1 is the rest of the world. drift: for each cell the chances by next
    cell, or a matrix (cells, cells); what a row lacks of 1 has left for good. ways: for each cell the cells where a
    searcher can be at the next look, itself among them if he may stay. Raises SearchError for an empty or too large
    world, chances outside 0..1 or above 1 together, a cell that is not there, a searcher who cannot move or stay, and
    a mirror under which the world changes.
    """
    start = _chances("the prior", prior)
    cells = start.size
    _check_size(cells, len(drift), len(ways))
    rows = [_row(cell, row, cells) for cell, row in enumerate(drift)]
    steps = [sorted(set(_way(cell, row, cells))) for cell, row in enumerate(ways)]
    missing = 1.0 - float(start.sum())
    leaks = any(sum(row.values()) < 1.0 - ROUNDING for row in rows)
    outside = cells if leaks or missing > ROUNDING else -1
    if outside >= 0:
        rows = [_closed(row, cells) for row in rows] + [{cells: 1.0}]
        steps.append([cells])
        start = np.append(start, max(missing, 0.0))
    world = World(
        prior=start,
        drift=_links(rows),
        ways=_links([{to: rows[cell].get(to, 0.0) for to in row} for cell, row in enumerate(steps)]),
        mirror=_mirror(mirror, outside),
        outside=outside,
    )
    if world.mirror is not None and not mirrors(world, world.mirror):
        raise SearchError("the mirror changes the world: renumbered by it, prior, drift and ways must stay the same")
    return world


def square_world(side: int, stay: float, *, start: int | None = None) -> World:
    """A square grid, cells by rows from the corner 0. The subject is in `start` (the centre) at look 1.

    He stays with chance `stay`, else goes to one of the 2, 3 or 4 neighbours with equal chance. A searcher stays or
    goes to a neighbour. Raises SearchError for a side outside 1..60, a chance outside 0..1, a start off the grid.
    """
    if not 1 <= side <= MOST_SIDE:
        raise SearchError(f"a grid of side {side} cannot be planned: give 1 to {MOST_SIDE} cells")
    if not 0.0 <= stay <= 1.0:
        raise SearchError(f"the chance to stay is {stay}: give 0 to 1")
    centre = side // 2 * side + side // 2
    place = centre if start is None else start
    if not 0 <= place < side * side:
        raise SearchError(f"the subject's cell {place} is off the grid: give 0 to {side * side - 1}")
    around = [_neighbours(cell, side) for cell in range(side * side)]
    drift = [
        {cell: stay if near else 1.0} | {other: (1.0 - stay) / len(near) for other in near}
        for cell, near in enumerate(around)
    ]
    prior = np.zeros(side * side)
    prior[place] = 1.0
    flipped = [cell % side * side + cell // side for cell in range(side * side)]
    ways = [[cell, *near] for cell, near in enumerate(around)]
    return world_of(prior, drift, ways, mirror=flipped if flipped[place] == place else None)


def mirrors(world: World, mirror: Ints, *fields: Floats) -> bool:
    """Whether renumbering by `mirror` changes neither the world nor the fields (each (..., cells))."""
    same = all(np.array_equal(field, field[..., mirror]) for field in (world.prior, *fields))
    return same and _same_links(world.drift, mirror) and _same_links(world.ways, mirror)


def by_look(name: str, figures: ArrayLike, world: World, looks: int, most: float) -> Floats:
    """A number, one per cell, or one per look and cell, spread to float64 (looks + 2, cells); rows 1..looks count.

    Nothing is found in the rest of the world. Raises SearchError for another shape, and for figures outside 0..most.
    """
    given = np.asarray(figures, np.float64)
    if given.shape not in ((), (world.ground,), (looks, world.ground)):
        raise SearchError(
            f"{name} has the shape {given.shape}: give one figure, one for each of {world.ground} cells, "
            f"or one for each of {looks} looks and {world.ground} cells"
        )
    if not bool(np.all((given >= 0.0) & (given <= most))):
        wrong = given[~((given >= 0.0) & (given <= most))].flat[0]
        raise SearchError(f"{name} is {wrong} somewhere: give 0 to {most:g}")
    full = np.zeros((looks + 2, world.cells))
    full[1 : looks + 1, : world.ground] = given
    return full


def check_looks(looks: int) -> None:
    """Raises SearchError where there is no look, or more than can be planned."""
    if not 1 <= looks <= MOST_LOOKS:
        raise SearchError(f"{looks} looks cannot be planned: give 1 to {MOST_LOOKS}")


def check_start(world: World, start: int) -> None:
    """Raises SearchError where a searcher's start is no cell of the ground."""
    if not 0 <= start < world.ground:
        raise SearchError(f"the searcher's start {start} is outside: cells are 0 to {world.ground - 1}")


def _check_size(cells: int, drift: int, ways: int) -> None:
    if cells == 0:
        raise SearchError("the world is empty: give at least one cell")
    if cells > MOST_CELLS:
        raise SearchError(f"{cells} cells are too many for an exact plan: give at most {MOST_CELLS}")
    if drift != cells or ways != cells:
        raise SearchError(f"prior, drift and ways speak of {cells}, {drift} and {ways} cells: make them the same")


def _chances(name: str, figures: ArrayLike) -> Floats:
    given = np.array(figures, np.float64)
    if given.ndim != 1:
        raise SearchError(f"{name} has {given.ndim} dimensions: give one chance for each cell")
    if not bool(np.all((given >= 0.0) & (given <= 1.0))) or float(given.sum()) > 1.0 + ROUNDING:
        raise SearchError(f"{name} must hold chances from 0 to 1 that add up to at most 1, not {float(given.sum()):g}")
    return given


def _row(cell: int, row: Mapping[int, float] | NDArray[np.float64], cells: int) -> dict[int, float]:
    if isinstance(row, np.ndarray):
        if row.shape != (cells,):
            raise SearchError(f"the drift from cell {cell} has the shape {row.shape}: give {cells} chances")
        row = {int(to): float(row[to]) for to in np.flatnonzero(row)}
    if any(not 0 <= to < cells for to in row):
        raise SearchError(f"the drift from cell {cell} leads off the world: cells are 0 to {cells - 1}")
    _chances(f"the drift from cell {cell}", list(row.values()))
    return {int(to): float(chance) for to, chance in sorted(row.items()) if chance > 0.0}


def _way(cell: int, row: Sequence[int], cells: int) -> list[int]:
    if not row:
        raise SearchError(f"a searcher in cell {cell} can neither move nor stay: name the cell itself if he may stay")
    if any(not 0 <= to < cells for to in row):
        raise SearchError(f"a way from cell {cell} leads off the world: cells are 0 to {cells - 1}")
    return [int(to) for to in row]


def _closed(row: dict[int, float], outside: int) -> dict[int, float]:
    missing = 1.0 - sum(row.values())
    return row | {outside: missing} if missing > ROUNDING else row


def _links(rows: Sequence[Mapping[int, float]]) -> Links:
    first = np.zeros(len(rows) + 1, np.int64)
    np.cumsum([len(row) for row in rows], out=first[1:])
    to = np.array([cell for row in rows for cell in row], np.int64)
    return Links(first, to, np.array([chance for row in rows for chance in row.values()], np.float64))


def _mirror(mirror: Sequence[int] | None, outside: int) -> Ints | None:
    if mirror is None:
        return None
    full = [*mirror, outside] if outside >= 0 else list(mirror)
    if sorted(full) != list(range(len(full))):
        raise SearchError("the mirror is no renumbering: name each cell once")
    return np.array(full, np.int64)


def _same_links(links: Links, mirror: Ints) -> bool:
    source = np.repeat(np.arange(links.first.size - 1), np.diff(links.first))
    here = np.lexsort((links.to, source))
    there = np.lexsort((mirror[links.to], mirror[source]))
    return (
        np.array_equal(source[here], mirror[source][there])
        and np.array_equal(links.to[here], mirror[links.to][there])
        and np.array_equal(links.chance[here], links.chance[there])
    )


def _neighbours(cell: int, side: int) -> list[int]:
    row, col = divmod(cell, side)
    around = ((row - 1, col), (row, col - 1), (row, col + 1), (row + 1, col))
    return [r * side + c for r, c in around if 0 <= r < side and 0 <= c < side]
