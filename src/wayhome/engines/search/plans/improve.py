"""Whole paths, made better one at a time: a team's whole way anew, or a stretch of it, against what all others see.

Within the stretch the worth is taken as linear, and the longest path through time is exact; a change is kept only if
the true worth of the plan grows. The worth is monotone and submodular in what the teams see, so taking the teams in
turn alone comes to at least half of the best (Fisher, Nemhauser, Wolsey 1978); the printed bound says what is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.plans.paths import NEVER, Path
from wayhome.engines.search.plans.problem import Hours, Problem
from wayhome.engines.search.plans.relax import Mixture, Relaxed, Tick

Floats = NDArray[np.float32]

LEAST_GAIN: Final = 1e-7
OWN_SHARES: Final = (0.0, 0.5, 1.0)
"""How much of what the old stretch shows counts as seen when the new one is sought."""


@dataclass(eq=False)
class Standing:
    """A plan as it stands: a path for each team (None: it cannot search), what each shows, and all together."""

    problem: Problem
    paths: list[Path | None]
    shown: list[Floats]
    seen: Floats
    worth: float

    def others(self, team: int) -> Floats:
        return np.asarray(np.maximum(self.seen - self.shown[team], 0), np.float32)

    def put(self, team: int, path: Path, shown: Floats) -> None:
        self.paths[team], self.shown[team] = path, shown
        self.seen = np.sum(self.shown, axis=0, dtype=np.float32)
        self.worth = self.problem.value(self.seen)


def standing(problem: Problem, paths: list[Path | None]) -> Standing:
    """The plan of these paths."""
    shown = [
        problem.nothing_seen() if path is None else problem.glimpses(team, path) for team, path in enumerate(paths)
    ]
    seen = np.asarray(np.sum(shown, axis=0), np.float32)
    return Standing(problem, list(paths), shown, seen, problem.value(seen))


def one_after_another(problem: Problem) -> Standing:
    """Each team in turn takes its best path against what those before it see."""
    now = standing(problem, [None] * len(problem.teams))
    for team, hours in enumerate(problem.hours):
        if hours.able:
            better_whole(now, team)
    return now


def rounded(problem: Problem, relaxed: Relaxed) -> Standing:
    """One path for each team out of a split plan: team by team the one worth most beside what the rest splits into."""
    totals = [m.total() if m.paths else problem.nothing_seen() for m in relaxed.mixtures]
    seen = np.sum(totals, axis=0, dtype=np.float32)
    chosen: list[Path | None] = []
    for mixture, total in zip(relaxed.mixtures, totals, strict=True):
        best = _best_of(problem, mixture, np.maximum(seen - total, 0))
        chosen.append(None if best is None else mixture.paths[best])
        if best is not None:
            seen = seen - total + mixture.shown[best]
    return standing(problem, chosen)


def _best_of(problem: Problem, mixture: Mixture, others: Floats) -> int | None:
    if not mixture.paths:
        return None
    return int(np.argmax([problem.value(others + shown) for shown in mixture.shown]))


def better_whole(now: Standing, team: int) -> bool:
    """The team's whole path anew. True if the plan got better."""
    hours = now.problem.hours[team]
    empty = Path(0, 0, np.zeros(0, np.int32), np.zeros(0, np.int32))
    return _better(now, team, hours, 0, now.problem.clock.steps, empty, empty)


def better_stretch(now: Standing, team: int, low: int, high: int) -> bool:
    """The team's path anew between steps `low` and `high`; from `high` on as before, or to its end if it has none."""
    path, ways = now.paths[team], now.problem.kind(team).ways
    if path is None:
        return False
    before = int(np.searchsorted(path.steps, low))
    after = int(np.searchsorted(path.steps, high))
    head = Path(path.node, path.step, path.ways[:before], path.steps[:before])
    at, since = head.end(ways)
    mine = now.problem.hours[team]
    begin, end = mine.begin, mine.end
    if before > 0:
        begin = np.full_like(begin, NEVER)
        begin[at] = since
    low = min(low, since) if before > 0 else 0
    tail = Path(0, 0, path.ways[after:], path.steps[after:])
    until = now.problem.clock.steps
    if tail.ways.size:
        until = int(tail.steps[0])
        end = np.full_like(end, -1)
        end[now.problem.kind(team).owner[tail.ways[0]]] = until
    if until <= low:
        return False
    hours = Hours(begin=begin, end=end, share=mine.share)
    return _better(now, team, hours, low, until, head if before > 0 else _nothing(), tail)


def _nothing() -> Path:
    return Path(0, 0, np.zeros(0, np.int32), np.zeros(0, np.int32))


def _better(now: Standing, team: int, hours: Hours, low: int, high: int, head: Path, tail: Path) -> bool:
    """Tries new stretches from `low` to `high`, linear at several shares of the old one; keeps the best if better."""
    problem = now.problem
    kept = problem.glimpses(team, _joined(head, _nothing(), tail))
    outside = now.others(team) + kept
    old = np.maximum(now.shown[team] - kept, 0)
    best: tuple[float, Path, Floats] | None = None
    tried: set[bytes] = set()
    shares = OWN_SHARES if now.paths[team] is not None else (0.0,)
    for share in shares:
        slope = problem.worth.slope(problem.mass.weights, outside + np.float32(share) * old)
        found = problem.best_path(
            team,
            problem.rewards(problem.kind(team), problem.fields_for(team, slope, low, high), low, high),
            low,
            high,
            hours,
        )
        if found is None or found[0].key() in tried:
            continue
        tried.add(found[0].key())
        path = _joined(head, found[0], tail)
        shown = problem.glimpses(team, path)
        worth = problem.value(now.others(team) + shown)
        if best is None or worth > best[0]:
            best = worth, path, shown
    if best is None or (now.paths[team] is not None and best[0] <= now.worth + LEAST_GAIN):
        return False
    now.put(team, best[1], best[2])
    return True


def _joined(head: Path, middle: Path, tail: Path) -> Path:
    ways = np.concatenate((head.ways, middle.ways, tail.ways))
    steps = np.concatenate((head.steps, middle.steps, tail.steps))
    first = head if head.ways.size else middle
    return Path(first.node, first.step, ways, steps)


def polish(now: Standing, rounds: int, tick: Tick, widths: tuple[int, ...]) -> int:
    """Stretch after stretch of each team in turn, for up to `rounds` rounds; stops when a whole round finds nothing.

    Returns the rounds done.
    """
    for number in range(rounds):
        better = False
        for width in widths:
            offset = (number * width) // 2 % width
            for low in range(-offset, now.problem.clock.steps, width):
                for team, path in enumerate(now.paths):
                    if path is not None:
                        better |= better_stretch(now, team, max(0, low), low + width)
                    if not tick():
                        return number + 1
        if not better and number:
            return number + 1
    return rounds
