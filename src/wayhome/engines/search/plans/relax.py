"""The bound: the best that teams could do if each could split itself over many paths at once.

Every plan is a point of this larger, concave problem, so no plan is worth more than its optimum; and that optimum is
at most f(x) + the best gain of the slope at x, for any x (Frank and Wolfe, 1956; Jaggi, ICML 2013). The best gain is
one longest path per team, since the slope is linear in what the teams see. Weights over the paths found so far are
made better pair by pair (Lacoste-Julien and Jaggi, NeurIPS 2015).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.plans.paths import Path
from wayhome.engines.search.plans.problem import Problem

Floats = NDArray[np.float32]

ROUNDS_A_PATH: Final = 3
"""Pairs of paths re-weighed for each team after every new path."""
MOST_PATHS: Final = 40
"""Paths kept for each team; the least used goes first."""
CLOSE_ENOUGH: Final = 0.002
"""The split plan is good enough when its worth is this close to the bound."""
ROUNDING: Final = 1e-5
"""Sums of single precision are off by less than this share: the bound is raised by it."""

Tick = Callable[[], bool]
"""Called between pieces of work; False asks to come to an end."""


@dataclass(eq=False)
class Mixture:
    """One team's paths, what each shows, and its share in each."""

    paths: list[Path] = field(default_factory=list)
    shown: list[Floats] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)

    def scaled(self, times: float) -> Mixture:
        """The same paths where every look shows `times` as much."""
        return Mixture(list(self.paths), [np.float32(times) * shown for shown in self.shown], list(self.shares))

    def total(self) -> Floats:
        out = np.zeros_like(self.shown[0])
        for shown, share in zip(self.shown, self.shares, strict=True):
            out += np.float32(share) * shown
        return out

    def number_of(self, path: Path) -> int | None:
        key = path.key()
        return next((n for n, other in enumerate(self.paths) if other.key() == key), None)

    def add(self, path: Path, shown: Floats) -> None:
        if len(self.paths) >= MOST_PATHS:
            least = int(np.argmin(self.shares))
            if self.shares[least] > 0:
                return
            del self.paths[least], self.shown[least], self.shares[least]
        self.paths.append(path)
        self.shown.append(shown)
        self.shares.append(0.0 if self.shares else 1.0)


@dataclass(eq=False)
class Relaxed:
    """The split plan: its worth, the bound on every plan, one mixture for each team (empty: it cannot search)."""

    worth: float
    bound: float
    mixtures: list[Mixture]
    rounds: int


def unmixed(problem: Problem, paths: list[Path | None]) -> list[Mixture]:
    """The split plan that is not split: each team wholly on one path."""
    mixtures = [Mixture() for _ in problem.teams]
    for team, path in enumerate(paths):
        if path is not None:
            mixtures[team].add(path, problem.glimpses(team, path))
    return mixtures


def relax(
    problem: Problem, mixtures: list[Mixture], rounds: int, tick: Tick, close_enough: float = CLOSE_ENOUGH
) -> Relaxed:
    """Betters a split plan for `rounds` rounds (at least one), and keeps the least bound."""
    seen = _all_seen(problem, mixtures)
    best = Relaxed(problem.value(seen), np.inf, mixtures, 0)
    for _ in range(max(1, rounds)):
        bound = _new_paths(problem, mixtures, seen)
        best.bound = min(best.bound, bound)
        best.rounds += 1
        seen = _reweigh(problem, mixtures, seen)
        best.worth = problem.value(seen)
        if best.bound - best.worth <= close_enough * best.bound or not tick():
            break
    return best


def _all_seen(problem: Problem, mixtures: list[Mixture]) -> Floats:
    seen = problem.nothing_seen()
    for mixture in mixtures:
        if mixture.paths:
            seen += mixture.total()
    return seen


def _new_paths(problem: Problem, mixtures: list[Mixture], seen: Floats) -> float:
    """Adds each team's best path against the slope at `seen`; returns the bound that follows."""
    slope = problem.worth.slope(problem.mass.weights, seen)
    fields = problem.fields(slope, 0, problem.clock.steps)
    by_kind = {n: problem.rewards(problem.kinds[n], fields, 0, problem.clock.steps) for n in set(problem.kind_of)}
    bound = problem.value(seen)
    for team, mixture in enumerate(mixtures):
        if not mixture.paths:
            continue
        found = problem.best_path(team, by_kind[problem.kind_of[team]])
        if found is None:
            continue
        path, gain = found
        bound += max(0.0, gain * (1 + ROUNDING) - _dot(slope, mixture.total()))
        if mixture.number_of(path) is None:
            mixture.add(path, problem.glimpses(team, path))
    return bound


def _reweigh(problem: Problem, mixtures: list[Mixture], seen: Floats) -> Floats:
    """Moves shares, team by team, from the path that is worth least to the one that is worth most."""
    weights = problem.mass.weights
    for _ in range(ROUNDS_A_PATH):
        for mixture in mixtures:
            if len(mixture.paths) < 2:
                continue
            slope = problem.worth.slope(weights, seen)
            gains = np.array([_dot(slope, shown) for shown in mixture.shown])
            used = np.array(mixture.shares) > 0
            to, source = int(np.argmax(gains)), int(np.argmin(np.where(used, gains, np.inf)))
            if gains[to] <= gains[source]:
                continue
            toward = np.float32(mixture.shares[source]) * (mixture.shown[to] - mixture.shown[source])
            step = problem.worth.along(weights, seen, toward)
            seen = seen + np.float32(step) * toward
            moved = mixture.shares[source] * step
            mixture.shares[to] += moved
            mixture.shares[source] = 0.0 if step == 1.0 else mixture.shares[source] - moved
    return _all_seen(problem, mixtures)


def _dot(slope: Floats, shown: Floats) -> float:
    return float(np.einsum("ek,ek->", slope, shown, dtype=np.float64))
