"""How much of what the lattice counts as seen is really seen: the plan followed in true space sets the factor.

The lattice spreads each look over the ground around the team's line; truly one line passes him near or far, twice the
same way shows little new, and he moves. Models by cells overstate detection for these reasons (a published study found
.49 to .83 of it in continuous space). One factor on all looks makes both agree on the same tracks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wayhome.engines.search.plans.mass import Mass
from wayhome.engines.search.plans.moving import Moving
from wayhome.engines.search.plans.paths import Path
from wayhome.engines.search.plans.problem import Floats, Problem
from wayhome.engines.search.plans.space import by_track, estimate, followed

FACTORS: Final = (0.05, 4.0)
HALVINGS: Final = 40


def felt_of(problem: Problem, paths: Sequence[Path | None], moving: Moving, mass: Mass, sight: Floats | None) -> float:
    """The factor with which the lattice tells of these paths what following them in true space tells.

    `mass` is `moving` on the lattice's raster. Stays as it is where nothing is seen either way.
    """
    true = estimate(moving, by_track(problem, followed(problem, paths, moving, sight=sight))).value
    seen = seen_by(problem, paths, mass)
    if true <= 0 or not seen.any():
        return problem.felt
    low, high = FACTORS
    for _ in range(HALVINGS):
        middle = (low * high) ** 0.5
        if problem.worth.of(mass.weights, seen * (middle / problem.felt)) > true:
            high = middle
        else:
            low = middle
    return low


def seen_by(problem: Problem, paths: Sequence[Path | None], mass: Mass) -> Floats:
    """(epochs, K): what all paths together show of the tracks of `mass`, on the lattice."""
    out = problem.nothing_seen(mass)
    for team, path in enumerate(paths):
        if path is not None:
            out += problem.glimpses(team, path, mass)
    return out
