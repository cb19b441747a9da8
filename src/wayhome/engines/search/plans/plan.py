"""Who searches where: a path for each team that makes finding him in time likeliest, and how much better any could be.

    found = plan(terrain, moving, teams, minutes=360)
    found.figure, found.bound, found.greedy, found.teams[0].words

The steps: the mass and the ways are laid on a lattice; a split plan gives the bound and good paths (`relax`); the best
whole path for each is made better stretch by stretch (`improve`); following the plan in true space sets what a look is
worth (`calibrating`); the plan's figure is told on tracks that were kept back, so that it owes nothing to chance in
those it was made on. The same arguments give the same plan; `tick` can only end it sooner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.plans.calibrating import felt_of, seen_by
from wayhome.engines.search.plans.clock import Clock, clock_until
from wayhome.engines.search.plans.greedy import greedy
from wayhome.engines.search.plans.improve import Standing, one_after_another, polish, rounded, standing
from wayhome.engines.search.plans.mass import Mass, make_mass
from wayhome.engines.search.plans.moving import Moving
from wayhome.engines.search.plans.paths import Path
from wayhome.engines.search.plans.problem import Problem, make_problem
from wayhome.engines.search.plans.relax import Mixture, Relaxed, Tick, relax, unmixed
from wayhome.engines.search.plans.space import Estimate, Passage, by_track, estimate, followed, passage, ratio
from wayhome.engines.search.plans.teams import Team, check_teams
from wayhome.engines.search.plans.telling import TeamPlan, idle_words, tell
from wayhome.engines.search.plans.worth import Worth, alive, in_time
from wayhome.terrain.grid import Terrain

Floats = NDArray[np.float32]

SMEARS_A_SWEEP: Final = 1.35
"""Finer, and plans run after single tracks; coarser, and they miss the ground's grain. Our own choice, measured."""
FIRST_FELT: Final = 0.75
NOT_VALIDATED: Final = "where he may be was not validated on finds; the plan is no better than the tracks it rests on"


@dataclass(frozen=True, kw_only=True)
class Work:
    """How much work goes into a plan: counted, never timed. Raises SearchError."""

    step_min: float = 5.0
    most_nodes: int = 4_000
    first_rounds: int = 5
    rounds: int = 10
    last_rounds: int = 4
    polishing: int = 1
    stretches_min: tuple[float, ...] = (60.0, 120.0)

    def __post_init__(self) -> None:
        if min(self.first_rounds, self.rounds, self.last_rounds) < 1 or self.polishing < 0:
            raise SearchError("a plan takes at least one round of each kind")
        if not 4 <= self.most_nodes <= 100_000:
            raise SearchError(f"{self.most_nodes} nodes are refused: 4 to 100,000")
        if not self.stretches_min or min(self.stretches_min) < self.step_min:
            raise SearchError("a stretch is at least one step long")


@dataclass(frozen=True, eq=False, kw_only=True)
class SearchPlan:
    """The plan and what stands beside it.

    `figure` is the planner's own chance of finding him in time (or what alive-weighting makes of it), on tracks kept
    back; `followed` the same in true space, on the same tracks. `bound`: no plan on this lattice, for the tracks it
    was made on, is worth more. `gap` = 1 - figure / bound. `greedy` is the greedy plan's figure in true space, and
    `times_greedy` how many times that the plan finds, paired track by track.
    """

    teams: tuple[TeamPlan, ...]
    idle: tuple[str, ...]
    figure: Estimate
    followed: Estimate
    own: float
    bound: float
    gap: float
    greedy: Estimate
    times_greedy: Estimate
    one_after_another: Estimate
    felt: float
    rounds: int
    cautions: tuple[str, ...]
    problem: Problem
    paths: tuple[Path | None, ...]
    greedy_paths: tuple[Path | None, ...]
    sight: Floats | None

    @property
    def passages(self) -> dict[str, Passage]:
        """Where each team is when, by name; teams that cannot search are not in it."""
        return {
            team.name: passage(self.problem, number, path)
            for number, (team, path) in enumerate(zip(self.problem.teams, self.paths, strict=True))
            if path is not None
        }


def plan(
    terrain: Terrain,
    moving: Moving,
    teams: Sequence[Team],
    minutes: float,
    *,
    alive_chance: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
    sight: Floats | None = None,
    work: Work = Work(),
    tick: Tick = lambda: True,
) -> SearchPlan:
    """The plan for the next `minutes`.

    `alive_chance` is (minutes, chance): finding him is then worth the chance that he is alive. `sight` (rows, cols) is
    the share of looks that comes through to each cell: less than 1 in forest or by night. Raises SearchError for no
    team, minutes the tracks do not cover, a mask or sight of another ground, or where nobody can be in time.
    """
    clock, worth = _checked(terrain, moving, teams, minutes, alive_chance, sight, work)
    plan_on, kept = moving.halves(2)
    smear_m = max(SMEARS_A_SWEEP * float(np.mean([t.sweep_width_m for t in teams])), terrain.cell_m / 2)
    problem = make_problem(
        terrain, plan_on, teams, clock, worth, sight=sight, most_nodes=work.most_nodes, smear_m=smear_m
    ).with_felt(FIRST_FELT)
    kept_mass = make_mass(kept, clock, problem.mass.box, problem.mass.per_cell, terrain.cell_m, sight)
    made = _make(problem, kept, kept_mass, sight, work, tick)
    return _result(made, kept, kept_mass, sight)


@dataclass(eq=False)
class _Made:
    problem: Problem
    now: Standing
    relaxed: Relaxed
    greedy: Standing
    in_turn: Standing
    mixtures: list[Mixture]


def _checked(
    terrain: Terrain,
    moving: Moving,
    teams: Sequence[Team],
    minutes: float,
    alive_chance: tuple[NDArray[np.float64], NDArray[np.float64]] | None,
    sight: Floats | None,
    work: Work,
) -> tuple[Clock, Worth]:
    check_teams(teams, terrain)
    if not work.step_min <= minutes:
        raise SearchError(f"a plan for {minutes:g} minutes is refused: at least one step of {work.step_min:g}")
    if moving.minutes[0] > 1e-6 or moving.minutes[-1] < minutes - 1e-3:
        raise SearchError(
            f"the tracks go from minute {moving.minutes[0]:g} to {moving.minutes[-1]:g}: "
            f"a plan for {minutes:g} minutes needs all of 0 to {minutes:g}"
        )
    if sight is not None and (sight.shape != (terrain.rows, terrain.cols) or not ((sight >= 0) & (sight <= 1)).all()):
        raise SearchError("what comes through of a look is a share, 0 to 1, for each cell of this terrain")
    clock = clock_until(minutes, work.step_min)
    return clock, in_time(clock) if alive_chance is None else alive(clock, alive_chance[1], alive_chance[0])


def _make(problem: Problem, kept: Moving, kept_mass: Mass, sight: Floats | None, work: Work, tick: Tick) -> _Made:
    """A quick plan sets what a look is worth; the plan is made, and made again; the last factor is the plan's own."""
    in_turn = one_after_another(problem)
    if all(path is None for path in in_turn.paths):
        raise SearchError("no team can be where he may be and back within its hours: give more hours, or start nearer")
    relaxed = relax(problem, unmixed(problem, in_turn.paths), work.first_rounds, tick)
    now = rounded(problem, relaxed)
    widths = tuple(max(1, round(width / problem.clock.step_min)) for width in work.stretches_min)
    mixtures = relaxed.mixtures
    for rounds, polishing in ((work.rounds, 0), (work.last_rounds, work.polishing), (work.last_rounds, 0)):
        felt = felt_of(problem, now.paths, kept, kept_mass, sight)
        mixtures = [mixture.scaled(felt / problem.felt) for mixture in mixtures]
        problem = problem.with_felt(felt)
        relaxed = relax(problem, mixtures, rounds, tick)
        now = max((standing(problem, now.paths), rounded(problem, relaxed)), key=lambda one: one.worth)
        if polishing:
            polish(now, polishing, tick, widths)
    return _Made(problem, now, relaxed, greedy(problem), one_after_another(problem), relaxed.mixtures)


def _result(made: _Made, kept: Moving, kept_mass: Mass, sight: Floats | None) -> SearchPlan:
    problem = made.problem
    figure = estimate(kept, by_track(problem, seen_by(problem, made.now.paths, kept_mass)))
    values, others, in_turn = (
        by_track(problem, followed(problem, one.paths, kept, sight=sight))
        for one in (made.now, made.greedy, made.in_turn)
    )
    bound = max(made.relaxed.bound, made.now.worth)
    return SearchPlan(
        teams=tell(problem, made.now, made.mixtures),
        idle=idle_words(problem, made.now.paths),
        figure=figure,
        followed=estimate(kept, values),
        own=made.now.worth,
        bound=bound,
        gap=1 - min(figure.value, made.now.worth) / bound if bound > 0 else 0.0,
        greedy=estimate(kept, others),
        times_greedy=ratio(kept, values, others),
        one_after_another=estimate(kept, in_turn),
        felt=problem.felt,
        rounds=made.relaxed.rounds,
        cautions=(NOT_VALIDATED, *problem.terrain.warnings),
        problem=problem,
        paths=tuple(made.now.paths),
        greedy_paths=tuple(made.greedy.paths),
        sight=sight,
    )


def follow(found: SearchPlan, moving: Moving) -> tuple[Estimate, Estimate, Estimate]:
    """A plan and its greedy peer followed in true space on other tracks: both figures, and their paired ratio."""
    values, others = (
        by_track(found.problem, followed(found.problem, paths, moving, sight=found.sight))
        for paths in (found.paths, found.greedy_paths)
    )
    return estimate(moving, values), estimate(moving, others), ratio(moving, values, others)
