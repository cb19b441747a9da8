"""Which team searches which segment: the chance of each pairing, the best assignment found, and a bound on any.

A team sweeps its segment in random lines for as long as its hours leave (Koopman's random search: coverage W v t / A),
so each track loses by the minutes it spends inside while the team is there. Several teams may share a segment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.plans.moving import Moving
from wayhome.engines.search.plans.problem import there_and_back
from wayhome.engines.search.plans.segments import Segment, cells_of
from wayhome.engines.search.plans.teams import Team, check_teams
from wayhome.engines.search.plans.ways import without
from wayhome.engines.search.plans.words import hours_words, percent
from wayhome.terrain.grid import Terrain

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Mask = NDArray[np.bool_]

EVERY_MIN: Final = 5.0
MOST_SEGMENTS: Final = 500
SPLITTINGS: Final = 200
GAIN: Final = 1e-12


@dataclass(frozen=True, kw_only=True)
class Assigned:
    """One team's segment: from when until when it is there, how well it is covered, what it adds, the next best."""

    team: str
    segment: str
    from_min: float
    until_min: float
    coverage: float
    adds: float
    next_segment: str
    next_best: float
    words: str


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """Who searches which segment. `chance` of finding him in time, a `bound` on any assignment, greed's beside it.

    `probability` is the mass inside each segment now, by name, and `elsewhere` all that lies in none.
    """

    assigned: tuple[Assigned, ...]
    idle: tuple[str, ...]
    chance: float
    bound: float
    gap: float
    greedy: float
    probability: dict[str, float]
    elsewhere: float


@dataclass(frozen=True, eq=False)
class _Pairs:
    """Glimpses (teams, segments, K), when each team is in each segment (NaN: never), coverage, and the weights."""

    shown: Floats
    begin: Doubles
    end: Doubles
    coverage: Doubles
    weights: Doubles

    def worth(self, choice: Sequence[int | None]) -> float:
        return float(self.weights @ (1 - np.exp(-self.seen(choice))))

    def seen(self, choice: Sequence[int | None]) -> Doubles:
        out = np.zeros(self.weights.size)
        for team, segment in enumerate(choice):
            if segment is not None:
                out += self.shown[team, segment]
        return out

    def gains(self, team: int, others: Doubles) -> Doubles:
        """(segments,): what each segment for a team adds to what the others see."""
        left = self.weights * np.exp(-others)
        return np.array([float(left @ (1 - np.exp(-shown.astype(np.float64)))) for shown in self.shown[team]])


def assign(
    terrain: Terrain, moving: Moving, teams: Sequence[Team], segments: Sequence[Segment], minutes: float
) -> Assignment:
    """One segment for each team for the next `minutes`. Raises SearchError.

    Refused: no team, no segment, two of one name, an outline that crosses itself or leaves the map, tracks that end
    before the plan does, and teams none of which can be in any segment in time.
    """
    check_teams(teams, terrain)
    _check_segments(segments)
    if not 0 < minutes <= moving.minutes[-1] + 1e-3:
        raise SearchError(f"the tracks go to minute {moving.minutes[-1]:g}: a plan for {minutes:g} minutes is refused")
    masks = [cells_of(segment, terrain) for segment in segments]
    pairs = _pairs(terrain, moving, teams, masks, minutes)
    if not pairs.shown.any():
        raise SearchError("no team can be in any segment while he may be there: give more hours, or start nearer")
    inside = [_at(mask, moving, 0.0) for mask in masks]
    probability = {one.name: float(moving.weights[held].sum()) for one, held in zip(segments, inside, strict=True)}
    greedy = _greedily(pairs)
    choice = _bettered(pairs, greedy)
    chance = pairs.worth(choice)
    bound = _bound(pairs, choice)
    return Assignment(
        assigned=tuple(_told(pairs, teams, segments, choice, n) for n, s in enumerate(choice) if s is not None),
        idle=tuple(
            f"{team.name} can be in no segment in time to add anything"
            for team, segment in zip(teams, choice, strict=True)
            if segment is None
        ),
        chance=chance,
        bound=bound,
        gap=1 - chance / bound if bound > 0 else 0.0,
        greedy=pairs.worth(greedy),
        probability=probability,
        elsewhere=1 - float(moving.weights[np.logical_or.reduce(inside)].sum()),
    )


def _check_segments(segments: Sequence[Segment]) -> None:
    if not 1 <= len(segments) <= MOST_SEGMENTS:
        raise SearchError(f"{len(segments)} segments are refused: 1 to {MOST_SEGMENTS}")
    names = [segment.name for segment in segments]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SearchError(f"two segments are called {', '.join(twice)}: give each a name of its own")


def _pairs(terrain: Terrain, moving: Moving, teams: Sequence[Team], masks: Sequence[Mask], minutes: float) -> _Pairs:
    shape = len(teams), len(masks)
    begin, end, rate = np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(shape)
    for n, team in enumerate(teams):
        there, back = there_and_back(without(terrain, team.forbidden), team)
        for m, mask in enumerate(masks):
            may = mask if team.forbidden is None else mask & ~team.forbidden
            if not may.any():
                continue
            begin[n, m] = team.earliest_min + 60 * there[may].min()
            end[n, m] = min(team.latest_min, minutes) - 60 * back[may].min()
            rate[n, m] = team.sighting.swept_a_min / (int(may.sum()) * terrain.cell_m**2)
    late = ~(begin < end)
    begin[late] = end[late] = np.nan
    shown = np.zeros((*shape, moving.tracks), np.float32)
    coverage = np.zeros(shape)
    count = max(1, round(minutes / EVERY_MIN))
    for step in range(count):
        low, high = step * minutes / count, (step + 1) * minutes / count
        inside = [_at(mask, moving, (low + high) / 2) for mask in masks]
        for n, team in enumerate(teams):
            spent = np.clip(np.minimum(end[n], high) - np.maximum(begin[n], low), 0, None)
            looked = np.nan_to_num(spent) * rate[n] * team.share_left(low)
            coverage[n] += looked
            for m in np.flatnonzero(looked).tolist():
                may = (
                    inside[m] if team.forbidden is None else inside[m] & ~_at(team.forbidden, moving, (low + high) / 2)
                )
                shown[n, m] += np.float32(looked[m]) * may
    return _Pairs(shown, begin, end, coverage, moving.weights)


def _at(mask: Mask, moving: Moving, minute: float) -> Mask:
    """(K,): whether each track is in a cell of the mask; off the map it is not."""
    rows, cols = (np.rint(x).astype(np.int64) for x in moving.at(minute))
    on = (rows >= 0) & (rows < mask.shape[0]) & (cols >= 0) & (cols < mask.shape[1])
    held = mask[np.clip(rows, 0, mask.shape[0] - 1), np.clip(cols, 0, mask.shape[1] - 1)]
    return np.asarray(on & held)


def _greedily(pairs: _Pairs) -> list[int | None]:
    """The pair of team and segment that adds most, again and again."""
    choice: list[int | None] = [None] * pairs.shown.shape[0]
    for _ in choice:
        seen = pairs.seen(choice)
        best: tuple[float, int, int] = (GAIN, -1, -1)
        for team, segment in enumerate(choice):
            if segment is None:
                gains = pairs.gains(team, seen)
                at = int(np.argmax(gains))
                best = max(best, (float(gains[at]), team, at), key=lambda one: one[0])
        if best[1] < 0:
            break
        choice[best[1]] = best[2]
    return choice


def _bettered(pairs: _Pairs, choice: Sequence[int | None], rounds: int = 30) -> list[int | None]:
    """One team after the other, and then two at a time, put where they add most, until nothing helps."""
    now = list(choice)
    worth = pairs.worth(now)
    teams = range(len(now))
    groups = [(n,) for n in teams] + [(n, m) for n in teams for m in teams if n != m]
    for _ in range(rounds):
        before = worth
        for group in groups:
            tried = list(now)
            for team in group:
                tried[team] = None
            for team in group:
                gains = pairs.gains(team, pairs.seen(tried))
                tried[team] = int(np.argmax(gains)) if gains.max() > GAIN else None
            if pairs.worth(tried) > worth + GAIN:
                now, worth = tried, pairs.worth(tried)
        if worth <= before + GAIN:
            break
    return now


def _bound(pairs: _Pairs, choice: Sequence[int | None]) -> float:
    """What no assignment can beat, by letting teams split themselves (Frank and Wolfe; see `relax`)."""
    teams = len(choice)
    seen = pairs.seen(choice)
    mine = [np.zeros(seen.size) if s is None else pairs.shown[n, s].astype(np.float64) for n, s in enumerate(choice)]
    best = float(pairs.weights.sum())
    for step in range(SPLITTINGS):
        slope = pairs.weights * np.exp(-seen)
        worth = float(pairs.weights @ (1 - np.exp(-seen)))
        gains = pairs.shown @ slope.astype(np.float32)
        to = [int(np.argmax(gains[n])) for n in range(teams)]
        gap = sum(max(0.0, float(gains[n, to[n]]) * (1 + 1e-5) - float(slope @ mine[n])) for n in range(teams))
        best = min(best, worth + gap)
        share = 2.0 / (step + 3)
        mine = [(1 - share) * held + share * pairs.shown[n, to[n]] for n, held in enumerate(mine)]
        seen = np.sum(mine, axis=0)
    return max(best, pairs.worth(choice))


def _told(
    pairs: _Pairs, teams: Sequence[Team], segments: Sequence[Segment], choice: Sequence[int | None], team: int
) -> Assigned:
    segment = choice[team] or 0
    others = pairs.seen([None if n == team else s for n, s in enumerate(choice)])
    gains = pairs.gains(team, others)
    adds = float(gains[segment])
    gains[segment] = -1.0
    following = int(np.argmax(gains))
    next_best = max(0.0, float(gains[following]))
    next_name = segments[following].name if next_best > 0 else ""
    begin, end = float(pairs.begin[team, segment]), float(pairs.end[team, segment])
    coverage = float(pairs.coverage[team, segment])
    elsewhere = f"in {next_name} it would add {percent(next_best)}" if next_name else "it can be in no other in time"
    words = (
        f"{teams[team].name} to segment {segments[segment].name}, there from {hours_words(begin)} to "
        f"{hours_words(end)} from now, coverage {coverage:.2f}: adds {percent(adds)} to the chance; {elsewhere}"
    )
    return Assigned(
        team=teams[team].name, segment=segments[segment].name, from_min=begin, until_min=end, coverage=coverage,
        adds=adds, next_segment=next_name, next_best=next_best, words=words,
    )  # fmt: skip
