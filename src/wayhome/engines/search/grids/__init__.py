"""Exact plans on grids and graphs: one searcher, several, or effort that can be divided, each with its bound.

The subject moves by a Markov chain that does not know of the searchers; looks are in discrete time. Small worlds
(tens to a few hundred cells): real terrain is planned elsewhere, and can be held against these.
"""

from __future__ import annotations

from wayhome.engines.search.grids.effort import EffortPlan, spread_effort, spread_still
from wayhome.engines.search.grids.one import OnePlan, plan_one
from wayhome.engines.search.grids.searchers import SeveralPlan, plan_several
from wayhome.engines.search.grids.world import World, square_world, world_of

__all__ = [
    "EffortPlan",
    "OnePlan",
    "SeveralPlan",
    "World",
    "plan_one",
    "plan_several",
    "spread_effort",
    "spread_still",
    "square_world",
    "world_of",
]
