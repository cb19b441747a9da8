"""From marked cells to lines: trails, streams and borders are kept as cells and drawn as the lines they were."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

SMOOTHINGS: Final = 2
THINNINGS: Final = 3
CLOCKWISE: Final = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))

Line = NDArray[np.float64]
"""(n, 2) columns and rows, in cells; the centre of a cell is a whole number."""
_Graph = dict[int, list[int]]


def lines_of(mask: NDArray[np.bool_]) -> list[Line]:
    """The lines that run through marked cells, from fork to fork, without the steps of the grid.

    What runs broader than a cell is thinned first. Neighbours across a corner are joined only where no side joins
    them. Single cells give no line.
    """
    graph = _graph(_thinned(mask))
    cols = mask.shape[1]
    return [_smooth(np.array([(cell % cols, cell // cols) for cell in chain], np.float64)) for chain in _chains(graph)]


def coarser(mask: NDArray[np.bool_], step: int) -> NDArray[np.bool_]:
    """The mask in blocks of `step` by `step` cells, each marked where any of its cells is."""
    if step == 1:
        return mask
    rows, cols = (-size % step for size in mask.shape)
    blocks = np.pad(mask, ((0, rows), (0, cols)))
    high, wide = (size // step for size in blocks.shape)
    return np.asarray(blocks.reshape(high, step, wide, step).any(axis=(1, 3)))


def _thinned(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The mask worn down to lines a cell broad (Zhang and Suen 1984, Commun ACM 27:236), a few rounds of it."""
    thin = np.pad(mask, 1)
    for turn in range(2 * THINNINGS):
        around = [thin[1 + dr : thin.shape[0] - 1 + dr, 1 + dc : thin.shape[1] - 1 + dc] for dr, dc in CLOCKWISE]
        count = np.add.reduce(around, dtype=np.int8)
        rises = sum((~a & b).astype(np.int8) for a, b in zip(around, [*around[1:], around[0]], strict=True))
        north, east, south, west = around[0], around[2], around[4], around[6]
        edge = ~(east & south & (north | west)) if turn % 2 == 0 else ~(north & west & (east | south))
        gone = thin[1:-1, 1:-1] & (count >= 2) & (count <= 6) & (rises == 1) & edge
        if not gone.any():
            break
        thin[1:-1, 1:-1] &= ~gone
    return thin[1:-1, 1:-1]


def _graph(mask: NDArray[np.bool_]) -> _Graph:
    cols = mask.shape[1]
    east = mask[:, :-1] & mask[:, 1:]
    south = mask[:-1] & mask[1:]
    down_right = mask[:-1, :-1] & mask[1:, 1:] & ~mask[:-1, 1:] & ~mask[1:, :-1]
    down_left = mask[:-1, 1:] & mask[1:, :-1] & ~mask[:-1, :-1] & ~mask[1:, 1:]
    graph: _Graph = {}
    for joined, from_col, step in ((east, 0, 1), (south, 0, cols), (down_right, 0, cols + 1), (down_left, 1, cols - 1)):
        r, c = np.nonzero(joined)
        for cell in (r * cols + c + from_col).tolist():
            graph.setdefault(cell, []).append(cell + step)
            graph.setdefault(cell + step, []).append(cell)
    return graph


def _chains(graph: _Graph) -> Iterator[list[int]]:
    """Every edge once, in runs that end at forks and loose ends; then closed rings."""
    used: set[tuple[int, int]] = set()
    ends = [cell for cell in sorted(graph) if len(graph[cell]) != 2]
    for cell in [*ends, *sorted(graph)]:
        for after in graph[cell]:
            if (cell, after) not in used:
                yield _run(graph, cell, after, used)


def _run(graph: _Graph, cell: int, after: int, used: set[tuple[int, int]]) -> list[int]:
    chain = [cell, after]
    used |= {(cell, after), (after, cell)}
    while len(graph[after]) == 2:
        one, other = graph[after]
        onward = other if one == chain[-2] else one
        if (after, onward) in used:
            break
        used |= {(after, onward), (onward, after)}
        chain.append(onward)
        after = onward
    return chain


def _smooth(line: Line) -> Line:
    """Rounds the steps off: each inner point goes halfway to the middle of its neighbours."""
    for _ in range(SMOOTHINGS):
        if len(line) > 2:
            line[1:-1] = 0.5 * line[1:-1] + 0.25 * (line[:-2] + line[2:])
    return line
