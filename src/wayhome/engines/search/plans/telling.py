"""What each team's path is for: where it goes, what it adds, and what the next best for that team would add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.plans.improve import Standing
from wayhome.engines.search.plans.paths import Path
from wayhome.engines.search.plans.problem import Problem
from wayhome.engines.search.plans.relax import Mixture
from wayhome.engines.search.plans.space import Passage, passage
from wayhome.engines.search.plans.words import hours_words, percent, where_words

OTHERWISE: Final = 0.5
"""A path that shares less than half of its nodes with another goes somewhere else."""


@dataclass(frozen=True, eq=False, kw_only=True)
class TeamPlan:
    """One team's part. `adds` is the chance that is lost without it; `next_best` what its best path elsewhere would
    add in its place, None where none was found. `cells` (n, 2) are the terrain cells it searches, once each."""

    name: str
    passage: Passage
    searching_min: float
    adds: float
    next_best: float | None
    cells: NDArray[np.int32]
    words: str


def tell(problem: Problem, now: Standing, mixtures: Sequence[Mixture]) -> tuple[TeamPlan, ...]:
    """The parts of all teams that search, in the order given."""
    return tuple(
        _tell(problem, now, team, path, mixtures[team])
        for team, path in enumerate(now.paths)
        if path is not None and path.ways.size
    )


def idle_words(problem: Problem, paths: Sequence[Path | None]) -> tuple[str, ...]:
    """For each team without a part, why."""
    said = []
    for team, hours, path in zip(problem.teams, problem.hours, paths, strict=True):
        if path is None or not path.ways.size:
            why = "finds nothing worth searching that it can reach"
            if not hours.able:
                when = f"between {hours_words(team.earliest_min)} and {hours_words(team.latest_min)} from now"
                home = " and be back" if team.returns else ""
                why = f"cannot reach the area to be searched{home} {when}: start it nearer, or give it more hours"
            said.append(f"{team.name} {why}")
    return tuple(said)


def _tell(problem: Problem, now: Standing, team: int, path: Path, mixture: Mixture) -> TeamPlan:
    others = now.others(team)
    without = problem.value(others)
    adds = now.worth - without
    rivals = [
        problem.value(others + shown) - without
        for other, shown in zip(mixture.paths, mixture.shown, strict=True)
        if _shared(problem, team, other, path) < OTHERWISE
    ]
    next_best = max(rivals, default=None)
    way, ways = passage(problem, team, path), problem.kind(team).ways
    searching = path.ways[ways.searching[path.ways]]
    minutes = float(ways.steps[searching].sum()) * problem.clock.step_min
    return TeamPlan(
        name=problem.teams[team].name,
        passage=way,
        searching_min=minutes,
        adds=adds,
        next_best=next_best,
        cells=_cells(problem, team, path),
        words=_words(problem, team, way, minutes, adds, next_best),
    )


def _shared(problem: Problem, team: int, one: Path, other: Path) -> float:
    to = problem.kind(team).ways.to
    mine, theirs = set(to[one.ways].tolist()), set(to[other.ways].tolist())
    return len(mine & theirs) / max(1, len(mine))


def _cells(problem: Problem, team: int, path: Path) -> NDArray[np.int32]:
    ways = problem.kind(team).ways
    looks = [
        np.stack((ways.look_rows[low:high], ways.look_cols[low:high]), axis=1)
        for low, high in ((ways.first_look[w], ways.first_look[w + 1]) for w in path.ways)
    ]
    return np.unique(np.rint(np.concatenate(looks)).astype(np.int32), axis=0)


def _words(problem: Problem, team: int, way: Passage, minutes: float, adds: float, next_best: float | None) -> str:
    terrain = problem.terrain
    busy = np.flatnonzero(way.searching)
    if not busy.size:
        return f"{problem.teams[team].name} only walks"
    first, last = int(busy[0]), int(busy[-1]) + 1
    middle = where_words(terrain, float(way.rows[busy].mean()), float(way.cols[busy].mean()))
    began = where_words(terrain, float(way.rows[first]), float(way.cols[first]))
    said = (
        f"{problem.teams[team].name} searches for {hours_words(minutes)}, from {hours_words(way.minutes[first])} "
        f"({began}) to {hours_words(way.minutes[last])} from now, around {middle}: adds {percent(adds)} to the chance"
    )
    if next_best is None:
        return f"{said}; no path elsewhere came near"
    return f"{said}; its best path elsewhere would add {percent(next_best)}"
