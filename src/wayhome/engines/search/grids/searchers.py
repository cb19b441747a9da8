"""Several searchers on a grid or graph against a subject who drifts: the best plan found, and how good any can be.

Best-first branch and bound over the searchers' joint steps, look by look. What is undetected after the looks so far
is known exactly; what follows is bounded as `relax_kernel` tells. Work is counted in bounds computed, never in
seconds; who wants a clock passes `stop`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.grids.branching import Branching
from wayhome.engines.search.grids.relax_kernel import Field
from wayhome.engines.search.grids.slopes import slope_tables
from wayhome.engines.search.grids.world import World, by_look, check_looks, check_start

MOST_RATE: Final = 40.0
"""exp(-40): whoever is looked at so is found."""
MOST_SEARCHERS: Final = 12
MOST_SKILL: Final = 10.0
MOST_ROOM_BYTES: Final = 2_000_000_000
BETWEEN_ASKING: Final = 100

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class SeveralPlan:
    """One path for each searcher (T + 1 cells, the start first) and what is proven about it.

    undetected: the chance that he is not detected by this plan. bound: no plan leaves less than this. nodes: how
    many bounds were computed. complete: the wanted gap was reached.
    """

    paths: tuple[tuple[int, ...], ...]
    undetected: float
    bound: float
    nodes: int
    complete: bool

    @property
    def gap(self) -> float:
        """How much less any plan could leave at the most."""
        return self.undetected - self.bound


def plan_several(
    world: World,
    starts: Sequence[int],
    rate: ArrayLike,
    looks: int,
    *,
    skills: Sequence[float] | None = None,
    gap: float = 1e-4,
    most_nodes: int = 20_000,
    restarts: int = 20,
    seed: int = 0,
    stop: Callable[[SeveralPlan], bool] | None = None,
) -> SeveralPlan:
    """The plan that leaves the least chance that he stays undetected, up to `gap`, with a proven bound.

    starts: where each searcher is before look 1. rate: one figure, (cells,) or (looks, cells); searchers of skill
    s1, s2, ... in his cell together miss him with chance exp(-rate (s1 + s2 + ...)). skills are 1 where not given.
    `most_nodes` bounds are computed at the most; `stop` is asked every 100, and is given the plan as it stands.
    `restarts` says how many beginnings by chance are tried for a good plan before anything is proven.
    The same arguments give the same plan. Raises SearchError for no or too many searchers, a start outside, no look,
    figures out of range or of a wrong shape, limits that make no sense, and a world too large for the bound.
    """
    check_looks(looks)
    strengths = _strengths(world, starts, skills)
    if not gap >= 0.0 or most_nodes < 0 or restarts < 0:
        raise SearchError("give a gap, a number of nodes and a number of restarts of at least 0")
    order = np.lexsort((np.asarray(starts), strengths))
    terms = _field(world, by_look("the rate", rate, world, looks, MOST_RATE), strengths[order])
    search = Branching(world, terms, np.asarray(starts, np.int16)[order], gap)
    search.seek(restarts, seed)
    search.prove(most_nodes, lambda: _asked(search, order, stop))
    return _plan(search, order)


def _strengths(world: World, starts: Sequence[int], skills: Sequence[float] | None) -> Floats:
    if not 1 <= len(starts) <= MOST_SEARCHERS:
        raise SearchError(f"{len(starts)} searchers cannot be planned together: give 1 to {MOST_SEARCHERS}")
    for start in starts:
        check_start(world, start)
    given = np.ones(len(starts)) if skills is None else np.array(skills, np.float64)
    if given.shape != (len(starts),) or not bool(np.all((given > 0.0) & (given <= MOST_SKILL))):
        raise SearchError(f"give each searcher one skill, above 0 and at most {MOST_SKILL:g}")
    return given


def _field(world: World, rates: Floats, skills: Floats) -> Field:
    looks = rates.shape[0] - 2
    terms = np.multiply.outer(np.unique(rates), np.unique(skills)).ravel()
    if not bool(np.any(terms > 0.0)):
        raise SearchError("nobody can detect him anywhere: give a rate above 0 somewhere")
    grain, slope, peak = slope_tables(terms, float(rates.max(axis=1).sum() * skills.sum()))
    needed = 16 * (looks + 2) * world.cells * slope.size
    if needed > MOST_ROOM_BYTES:
        raise SearchError(
            f"a bound for {world.cells} cells and {looks} looks takes {needed / 1e9:.1f} GB, "
            f"more than {MOST_ROOM_BYTES / 1e9:.0f}: give fewer cells or looks"
        )
    into, out = world.inflow, world.drift
    return Field(
        looks=looks,
        rate=rates,
        skill=skills,
        slope=slope,
        peak=peak,
        grain=grain,
        way_first=world.ways.first,
        way_to=world.ways.to,
        into_first=into.first,
        into_from=into.to,
        into_chance=into.chance,
        out_first=out.first,
        out_to=out.to,
        out_chance=out.chance,
    )


def _asked(search: Branching, order: NDArray[np.intp], stop: Callable[[SeveralPlan], bool] | None) -> bool:
    return stop is not None and search.nodes % BETWEEN_ASKING == 0 and stop(_plan(search, order))


def _plan(search: Branching, order: NDArray[np.intp]) -> SeveralPlan:
    """What is known now, searchers in the caller's order."""
    paths = np.empty_like(search.best)
    paths[:, order] = search.best
    return SeveralPlan(
        paths=tuple(tuple(int(cell) for cell in path) for path in paths.T),
        undetected=search.value,
        bound=search.bound,
        nodes=search.nodes,
        complete=search.value - search.bound <= search.gap + 1e-15,
    )
