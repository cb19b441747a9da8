"""One searcher on a grid or graph against a subject who drifts: the best path there is, proven."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.grids.one_kernel import (
    NODES,
    Stack,
    Terms,
    most_left,
    most_worth,
    new_stack,
    search_on,
)
from wayhome.engines.search.grids.world import World, by_look, check_looks, check_start

MOST_WORTH: Final = 1e6
BETWEEN_ASKING: Final = 20_000
"""So many nodes are opened before the caller is asked whether to stop; fewer where each takes long."""
WORK_BETWEEN_ASKING: Final = 100_000_000
"""In cells times looks."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class OnePlan:
    """A path (T + 1 cells, the start first), what it earns, the most that any path can, and the nodes opened.

    Without `worth`, `value` is the chance to detect. `proven`: value and bound are the same up to rounding.
    """

    path: tuple[int, ...]
    value: float
    bound: float
    nodes: int

    @property
    def proven(self) -> bool:
        return self.bound <= self.value + 1e-12


def plan_one(
    world: World,
    start: int,
    pod: ArrayLike,
    looks: int,
    *,
    worth: ArrayLike = 1.0,
    unseen: ArrayLike = 1.0,
    most_nodes: int = 10_000_000,
    stop: Callable[[OnePlan], bool] | None = None,
) -> OnePlan:
    """The best path of one searcher who is in `start` before look 1.

    pod: chance to detect him in one look at his cell. worth: what it is worth to find him there then (the chance
    that he is alive, say). unseen: the share that others' looks at the same time leave. Each is one figure, (cells,)
    or (looks, cells). After `most_nodes` (at least one for each look), or when `stop` says so (it is asked every
    20,000 nodes, more often in large worlds), the best path found is given with its bound. Raises SearchError for a
    start outside, no look, figures out of range or of a wrong shape.
    """
    check_looks(looks)
    check_start(world, start)
    if most_nodes < looks:
        raise SearchError(f"{most_nodes} nodes are too few for a path: give at least {looks}")
    pods = by_look("the chance to detect", pod, world, looks, 1.0)
    terms = make_terms(
        world, start, pods, by_look("worth", worth, world, looks, MOST_WORTH), others(world, unseen, looks)
    )
    stack = begin(world, terms)
    between = max(looks, min(BETWEEN_ASKING, WORK_BETWEEN_ASKING // (world.cells * looks)))
    done = False
    while not done and stack.counts[NODES] < most_nodes:
        done = bool(search_on(stack, terms, min(int(stack.counts[NODES]) + between, most_nodes)))
        if stop is not None and not done and stop(_plan(stack, terms, done=False)):
            break
    return _plan(stack, terms, done=done)


def others(world: World, unseen: ArrayLike, looks: int) -> Floats:
    """What others' looks leave, as (looks + 2, cells); all of it in the rest of the world."""
    return 1.0 - by_look("what others leave", 1.0 - np.asarray(unseen, np.float64), world, looks, 1.0)


def make_terms(world: World, start: int, pods: Floats, worths: Floats, unseen: Floats) -> Terms:
    """The fixed part of a search; all fields float64 (looks + 2, cells)."""
    looks = pods.shape[0] - 2
    limit = np.zeros_like(worths)
    most_worth(worths, unseen, limit, world.drift.first, world.drift.to, world.drift.chance)
    into = world.inflow
    return Terms(
        looks=looks,
        start=start,
        pod=pods,
        worth=worths,
        unseen=unseen,
        limit=limit,
        way_first=world.ways.first,
        way_to=world.ways.to,
        way_carry=world.ways.chance,
        into_first=into.first,
        into_from=into.to,
        into_chance=into.chance,
        hops=world.hops,
        mirror=np.arange(world.cells) if world.mirror is None else world.mirror,
    )


def begin(world: World, terms: Terms) -> Stack:
    """A search that has not begun; the mirror is used where start and figures agree with it."""
    widest = int(np.diff(world.ways.first).max())
    mirror = world.mirror
    even = (
        mirror is not None
        and int(mirror[terms.start]) == terms.start
        and all(np.array_equal(field, field[:, mirror]) for field in (terms.pod, terms.worth, terms.unseen))
    )
    return new_stack(terms.looks, world.cells, widest, terms.start, world.prior * terms.unseen[1], even=even)


def _plan(stack: Stack, terms: Terms, *, done: bool) -> OnePlan:
    value = max(float(stack.value[-1]), 0.0)
    bound = value if done else max(value, float(most_left(stack, terms)))
    return OnePlan(
        path=tuple(int(cell) for cell in stack.best_path), value=value, bound=bound, nodes=int(stack.counts[NODES])
    )
