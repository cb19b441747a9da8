"""A request as arrays, mission by mission: what a team costs and what it must keep, ready for the compiled search.

Slot mode becomes head-counts as well: by Hall's theorem every seat can be filled by somebody of their own just when,
for every set of needs, at least as many of the team have one of them as the set has seats.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.tasking.now.bonds import known_pairs
from wayhome.engines.tasking.now.data import MissionNeed, Request, SkillNeed
from wayhome.engines.tasking.now.standing import Standing, is_mentor, level_factor, needs_mentor
from wayhome.engines.tasking.now.weights import Weights

MOST_SLOT_NEEDS = 6
MOST_DENSE = 4000
NO_DANGER = 100
HARD = 1e18
COUNT, LEVEL, BALANCE = range(3)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.uint8]


class TeamRules(NamedTuple):
    """One mission's teams, over its `n` options.

    who: person of each option; cost: points alone; rows: (n, rows); need, fine, kind: by row. A row is a head-count
    (COUNT), a level that somebody should have at a fine (LEVEL), or a balance that must not be below 0 (BALANCE:
    mentors against juniors, partners against whoever needs one). trainee, forced: flags by option. pairs: (bonds, 2)
    options that go better together; the bonds of option i stand in `bonds` from `bond_at[i]`. counted: the head-counts
    come first and are so many; useful: the bits of those that an option serves.
    """

    who: Ints
    cost: Floats
    rows: NDArray[np.float32]
    need: Floats
    fine: Floats
    trainee: Flags
    kind: Ints
    forced: Flags
    useful: Ints
    counted: int
    pairs: Ints
    bond_at: Ints
    bonds: Ints
    most: int
    places: int
    danger: int
    strangers: int
    parted: float
    base: float


@dataclass(frozen=True, eq=False)
class Problem:
    """All missions, and what binds them: home[k] keepers flags with `spare[k]` who may go before points are due."""

    people: tuple[str, ...]
    missions: tuple[MissionNeed, ...]
    teams: tuple[TeamRules, ...]
    knows: Flags
    apart: Flags
    unstaffed: tuple[int | None, ...]
    home: Flags
    spare: tuple[int, ...]
    thin: int
    after: tuple[tuple[int, int], ...]
    constant: int


def fits_arrays(request: Request) -> bool:
    """Whether the request can be put into arrays: not too many people, nor too many kinds of seats in one team."""
    if len(request.people) > MOST_DENSE:
        return False
    return all(len(one.needs) <= MOST_SLOT_NEEDS for one in request.missions if request.slots(one))


def problem_of(request: Request, standing: Standing, weights: Weights) -> Problem:
    """The arrays of a request. `request.people` stand in the order of their ids."""
    index = {one.id: number for number, one in enumerate(request.people)}
    going: dict[str, list[str]] = {one.id: [] for one in request.missions}
    for who, where in standing.options:
        going[where].append(who)
    knows = np.zeros((len(index), len(index)), np.uint8)
    for one, other in known_pairs(request):
        if one in index and other in index:
            knows[index[one], index[other]] = 1
    apart = np.full((len(index), len(index)), NO_DANGER, np.uint8)
    for bond in request.apart:
        a, b = index[bond.one], index[bond.other]
        apart[a, b] = apart[b, a] = min(int(apart[a, b]), bond.danger)
    fixed = {(pair.person, pair.mission) for pair in request.fixed}
    held = {pair.mission for pair in request.fixed}
    number = {one.id: at for at, one in enumerate(request.missions)}
    keepers = np.zeros((len(request.keep_home), len(index)), np.uint8)
    for row, those in zip(keepers, standing.keepers, strict=True):
        row[[index[one] for one in those]] = 1
    spare = tuple(len(those) - need.count for those, need in zip(standing.keepers, request.keep_home, strict=True))
    teams = tuple(
        _Rules(request, standing, weights, one, going[one.id], index, fixed).made() for one in request.missions
    )
    return Problem(
        people=tuple(index),
        missions=request.missions,
        teams=teams,
        knows=knows,
        apart=apart,
        unstaffed=tuple(
            weights.unstaffed * one.priority if one.optional and one.id not in held else None
            for one in request.missions
        ),
        home=keepers,
        spare=tuple(max(0, one) for one in spare),
        thin=weights.home_thin,
        after=tuple((number[one.id], number[before]) for one in request.missions for before in one.after),
        constant=weights.home_thin * sum(max(0, -one) for one in spare),
    )


class _Rules:
    """One mission's rules in the making."""

    def __init__(
        self,
        request: Request,
        standing: Standing,
        weights: Weights,
        mission: MissionNeed,
        going: list[str],
        index: dict[str, int],
        fixed: set[tuple[str, str]],
    ) -> None:
        self._request, self._weights, self._mission = request, weights, mission
        self._index, self._fixed = index, fixed
        self._going = sorted(going, key=index.__getitem__)
        self._people = [standing.people[who] for who in self._going]
        self._place = {who: at for at, who in enumerate(self._going)}
        self._team = np.array([not one.trainee for one in self._people], np.float64)
        self._levels = {
            skill: np.array([one.skills.get(skill, 0) for one in self._people]) * self._team
            for skill in {need.skill for need in mission.needs}
        }
        points = [standing.options[who, mission.id].points for who in self._going]
        self._cost = np.array(points, np.float64) - weights.empty_place * (1.0 - self._team) * (mission.trainees > 0)

    def made(self) -> TeamRules:
        mission = self._mission
        hard, soft, even = list(self._head_counts()), list(self._level_rows()), list(self._balances())
        factor = level_factor(mission, self._weights)
        parts = (len(hard), len(soft), len(even))
        rows = np.array([row for row, _ in (*hard, *soft, *even)], np.float32).reshape(sum(parts), len(self._going))
        pairs, bond_at, bonds = self._pairs()
        levels = sum(factor * (5 - need.level) for need in mission.needs) - sum(fine for _, fine in soft)
        return TeamRules(
            who=np.array([self._index[who] for who in self._going], np.int64),
            cost=self._cost,
            rows=np.ascontiguousarray(rows.T),
            need=np.array([count for _, count in hard] + [1.0] * len(soft) + [0.0] * len(even), np.float64),
            fine=np.array([HARD] * len(hard) + [fine for _, fine in soft] + [HARD] * len(even), np.float64),
            trainee=(1 - self._team).astype(np.uint8),
            kind=np.repeat(np.array((COUNT, LEVEL, BALANCE), np.int64), parts),
            forced=self._flags((who, mission.id) in self._fixed for who in self._going),
            useful=_bits(rows[: len(hard)]),
            counted=len(hard),
            pairs=pairs,
            bond_at=bond_at,
            bonds=bonds,
            most=mission.most if mission.most is not None else len(self._going),
            places=mission.trainees,
            danger=mission.danger,
            strangers=int(mission.no_strangers),
            parted=float(self._weights.parted),
            base=float(levels + self._weights.empty_place * mission.trainees),
        )

    def _flags(self, values: Iterable[bool]) -> Flags:
        return np.fromiter(values, np.uint8, len(self._going))

    def _having(self, need: SkillNeed) -> Floats:
        return (self._levels[need.skill] >= need.level).astype(np.float64)

    def _head_counts(self) -> Iterable[tuple[Floats, float]]:
        """Hard rows: the team's least, and each need, or in slot mode each set of needs."""
        yield self._team, float(self._mission.least)
        needs = self._mission.needs
        largest = len(needs) if self._request.slots(self._mission) else 1
        having = [self._having(need) for need in needs]
        for size in range(1, largest + 1):
            for some in itertools.combinations(range(len(needs)), size):
                any_of = np.maximum.reduce([having[one] for one in some])
                yield any_of, float(sum(needs[one].count for one in some))

    def _level_rows(self) -> Iterable[tuple[Floats, float]]:
        """Soft rows: somebody of each level above the one asked; each not met costs the level's points."""
        factor = float(level_factor(self._mission, self._weights))
        for need in self._mission.needs if factor else ():
            for level in range(need.level + 1, 6):
                yield self._having(SkillNeed(need.skill, level)), factor

    def _pairs(self) -> tuple[Ints, Ints, Ints]:
        """Bonds of two options. Whose other half cannot come has the points in their cost at once."""
        found: list[list[int]] = [[] for _ in self._going]
        pairs: list[tuple[int, int]] = []
        for bond in self._request.together if self._weights.parted else ():
            one, other = self._place.get(bond.one), self._place.get(bond.other)
            if one is not None and other is not None:
                found[one].append(len(pairs))
                found[other].append(len(pairs))
                pairs.append((one, other))
            elif one is not None or other is not None:
                self._cost[other if one is None else one] += self._weights.parted
        starts, flat = _strung(found)
        return np.array(pairs, np.int64).reshape(len(pairs), 2), starts, flat

    def _balances(self) -> Iterable[tuple[Floats, float]]:
        """Mentors against juniors; for whoever goes only with a partner, the partners against them."""
        young = self._flags(needs_mentor(self._request, one) for one in self._people)
        if young.any():
            mentors = self._flags(is_mentor(self._request, one) for one in self._people)
            yield self._request.juniors_each * mentors.astype(np.float64) - young.astype(np.float64), 0.0
        for at, person in enumerate(self._people):
            for group in person.partners:
                row = np.zeros(len(self._going))
                row[[self._place[one] for one in group if one in self._place]] = 1.0
                row[at] -= 1.0
                yield row, 0.0


def _bits(rows: NDArray[np.float32]) -> Ints:
    """For each option the rows that it serves, the first in the lowest bit."""
    found = np.zeros(rows.shape[1], np.int64)
    for r, row in enumerate(rows):
        found |= (row > 0).astype(np.int64) << r
    return found


def _strung(lists: list[list[int]]) -> tuple[Ints, Ints]:
    """Lists one behind the other, and where each begins."""
    starts = np.cumsum([0, *map(len, lists)])
    return starts.astype(np.int64), np.array(list(itertools.chain.from_iterable(lists)), np.int64)
