"""A question of who searches where, made ready: lattice, ways by kind of team, mass, worth, each team's hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.plans.clock import LOOKS, PARTS, Clock
from wayhome.engines.search.plans.lattice import Lattice, box_of, make_lattice, stride_for
from wayhome.engines.search.plans.mass import Mass, make_mass, meet
from wayhome.engines.search.plans.moving import Moving
from wayhome.engines.search.plans.paths import NEVER, Path, longest, rewards, walk_back
from wayhome.engines.search.plans.teams import Team
from wayhome.engines.search.plans.ways import Ways, make_ways, without
from wayhome.engines.search.plans.worth import Worth
from wayhome.terrain.errors import TerrainError
from wayhome.terrain.grid import Terrain
from wayhome.terrain.travel import Start, travel

RASTERS_A_SMEAR: Final = 1.5
"""Raster cells along one smear."""
LEAST_SMEAR: Final = 0.4
"""Lines of neighbouring blocks leave no gap where the smear is at least this share of a block."""

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False, kw_only=True)
class Kind:
    """Teams that walk and see alike: their ways, and what a look shows. `slot` numbers the ways that search."""

    ways: Ways
    owner: Ints
    searching: Ints
    slot: Ints
    look_cells: Ints
    stamp: Floats
    glimpses_a_look: float


@dataclass(frozen=True, eq=False, kw_only=True)
class Hours:
    """When a team can first be at each node, and until when it may be there at its end (-1 never), in steps."""

    begin: Ints
    end: Ints
    share: Floats

    @property
    def able(self) -> bool:
        return bool((self.begin <= self.end).any())


@dataclass(frozen=True, eq=False, kw_only=True)
class Problem:
    """All that planning needs. `felt` is what looks show on the lattice against true passing: see `calibrating`."""

    terrain: Terrain
    teams: tuple[Team, ...]
    clock: Clock
    lattice: Lattice
    mass: Mass
    worth: Worth
    kinds: tuple[Kind, ...]
    kind_of: tuple[int, ...]
    hours: tuple[Hours, ...]
    felt: float = 1.0

    def with_felt(self, felt: float) -> Problem:
        return replace(self, felt=felt)

    def kind(self, team: int) -> Kind:
        return self.kinds[self.kind_of[team]]

    def nothing_seen(self, mass: Mass | None = None) -> Floats:
        return np.zeros((self.worth.epochs, (mass or self.mass).tracks), np.float32)

    def value(self, glimpses: Floats) -> float:
        return self.worth.of(self.mass.weights, glimpses)

    def glimpses(self, team: int, path: Path, mass: Mass | None = None) -> Floats:
        """(epochs, K): what a path shows of each track."""
        kind, seen = self.kind(team), mass or self.mass
        out = self.nothing_seen(seen)
        parts, cells, amounts = self._looks(team, path)
        meet(
            seen.order, seen.cells, seen.row_starts, seen.sight, seen.cols, parts, cells, amounts, kind.stamp,
            self.worth.epoch_of_part, out,
        )  # fmt: skip
        return out

    def _looks(self, team: int, path: Path) -> tuple[Ints, Ints, Floats]:
        kind, ways = self.kind(team), self.kind(team).ways
        parts, cells, amounts = [], [], []
        for way, step in zip(path.ways.tolist(), path.steps.tolist(), strict=True):
            low, high = int(ways.first_look[way]), int(ways.first_look[way + 1])
            parts.append(step * PARTS + np.arange(high - low, dtype=np.int32) // LOOKS)
            cells.append(kind.look_cells[low:high])
            amount = self.felt * kind.glimpses_a_look * float(self.hours[team].share[step])
            amounts.append(np.full(high - low, amount, np.float32))
        if not parts:
            return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32)
        return np.concatenate(parts).astype(np.int32), np.concatenate(cells), np.concatenate(amounts)

    def fields(self, slope: Floats, first: int, last: int) -> dict[bytes, Floats]:
        """For each stamp of the teams, the worth that a look would meet, in the parts of steps `first` to `last`."""
        stamps = {kind.stamp.tobytes(): kind.stamp for kind in self.kinds}
        return {
            key: self.mass.spread_out(slope, self.worth.epoch_of_part, stamp, first * PARTS, last * PARTS)
            for key, stamp in stamps.items()
        }

    def fields_for(self, team: int, slope: Floats, first: int, last: int) -> dict[bytes, Floats]:
        """The same for one team's stamp."""
        stamp = self.kind(team).stamp
        laid = self.mass.spread_out(slope, self.worth.epoch_of_part, stamp, first * PARTS, last * PARTS)
        return {stamp.tobytes(): laid}

    def rewards(self, kind: Kind, fields: dict[bytes, Floats], first: int, last: int) -> Floats:
        """(last - first, searching ways): what each way adds, to first order, begun at each step."""
        out = np.zeros((last - first, kind.searching.size), np.float32)
        rewards(
            fields[kind.stamp.tobytes()], first, last, kind.searching, kind.ways.steps, kind.ways.first_look,
            kind.look_cells, self.felt * kind.glimpses_a_look, out,
        )  # fmt: skip
        return out

    def best_path(
        self, team: int, reward: Floats, first: int = 0, last: int | None = None, hours: Hours | None = None
    ) -> tuple[Path, float] | None:
        """The path of a team with the largest sum of rewards, and that sum; None where it can be nowhere in time."""
        kind, mine = self.kind(team), hours or self.hours[team]
        until = self.clock.steps if last is None else last
        best = np.empty((until - first + 1, self.lattice.nodes))
        came = np.empty(best.shape, np.int32)
        ways = kind.ways
        share = np.append(mine.share[first:until], np.float32(0))
        node, step = longest(
            mine.begin, mine.end, first, until, ways.first, ways.to, ways.steps, kind.slot, reward, share, best, came
        )
        if node < 0:
            return None
        return walk_back(node, step, first, came, ways, kind.owner), float(best[step - first, node])


def make_problem(
    terrain: Terrain,
    moving: Moving,
    teams: Sequence[Team],
    clock: Clock,
    worth: Worth,
    *,
    sight: Floats | None,
    most_nodes: int,
    smear_m: float,
) -> Problem:
    """Makes a question ready. Raises SearchError where no team can be anywhere he may be."""
    grounds = [without(terrain, team.forbidden) for team in teams]
    times = [there_and_back(ground, team) for ground, team in zip(grounds, teams, strict=True)]
    able = np.zeros((terrain.rows, terrain.cols), np.bool_)
    for team, (there, back) in zip(teams, times, strict=True):
        able |= team.earliest_min + (there + back) * 60 < min(team.latest_min, clock.end_min)
    box = box_of(terrain, moving, able, clock.end_min)
    stride = stride_for(box, terrain.cell_m, smear_m, most_nodes)
    smear_m = max(smear_m, LEAST_SMEAR * stride * terrain.cell_m)
    lattice = make_lattice(terrain, box, stride)
    mass = make_mass(moving, clock, box, terrain.cell_m * RASTERS_A_SMEAR / smear_m, terrain.cell_m, sight)
    kinds, kind_of = _kinds(grounds, teams, lattice, mass, clock, smear_m)
    hours = tuple(_hours(team, there, back, lattice, clock) for team, (there, back) in zip(teams, times, strict=True))
    return Problem(
        terrain=terrain, teams=tuple(teams), clock=clock, lattice=lattice, mass=mass, worth=worth, kinds=kinds,
        kind_of=kind_of, hours=hours,
    )  # fmt: skip


def there_and_back(ground: Terrain, team: Team) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Hours from the team's start to each cell, and from each cell to where it has to be at its end."""
    limit_h = (team.latest_min - team.earliest_min) / 60
    try:
        there = travel(ground, [Start(team.start, name=team.name)], team.profile, limit_h=limit_h).hours
        if not team.returns:
            return there, np.zeros_like(there)
        home = team.ends_at or team.start
        back = travel(ground, [Start(home, name=team.name)], team.profile, limit_h=limit_h, toward=True).hours
    except TerrainError as error:
        raise SearchError(f"{team.name}: {error}") from error
    return there, back


def _hours(team: Team, there: NDArray[np.float64], back: NDArray[np.float64], lattice: Lattice, clock: Clock) -> Hours:
    there_min = team.earliest_min + there[lattice.rows, lattice.cols] * 60
    until_min = min(team.latest_min, clock.end_min) - back[lattice.rows, lattice.cols] * 60
    begin = np.full(lattice.nodes, NEVER, np.int64)
    end = np.full(lattice.nodes, -1, np.int64)
    can = np.isfinite(there_min) & (until_min >= 0)
    begin[can] = np.ceil(there_min[can] / clock.step_min - 1e-6)
    end[can] = np.floor(until_min[can] / clock.step_min + 1e-6)
    share = [team.share_left(step * clock.step_min) for step in range(clock.steps)]
    return Hours(begin=begin.astype(np.int32), end=end.astype(np.int32), share=np.array(share, np.float32))


def _kinds(
    grounds: Sequence[Terrain], teams: Sequence[Team], lattice: Lattice, mass: Mass, clock: Clock, smear_m: float
) -> tuple[tuple[Kind, ...], tuple[int, ...]]:
    kinds: list[Kind] = []
    numbers: dict[tuple[object, ...], int] = {}
    ways_of: dict[tuple[object, ...], Ways] = {}
    kind_of = []
    for ground, team in zip(grounds, teams, strict=True):
        mask = b"" if team.forbidden is None else np.packbits(team.forbidden).tobytes()
        walks = (team.profile, team.searching_pace, mask)
        if walks not in ways_of:
            ways_of[walks] = make_ways(ground, lattice, team.profile, team.searching_pace, clock)
        key = (*walks, team.sweep_width_m)
        if key not in numbers:
            numbers[key] = len(kinds)
            kinds.append(_kind(ways_of[walks], team, mass, clock, smear_m))
        kind_of.append(numbers[key])
    return tuple(kinds), tuple(kind_of)


def _kind(ways: Ways, team: Team, mass: Mass, clock: Clock, smear_m: float) -> Kind:
    cell_m = mass.cell_m
    searching = np.flatnonzero(ways.searching).astype(np.int32)
    slot = np.full(ways.count, -1, np.int32)
    slot[searching] = np.arange(searching.size)
    sighting = team.sighting
    return Kind(
        ways=ways,
        owner=ways.owner(),
        searching=searching,
        slot=slot,
        look_cells=mass.cell_of(ways.look_rows, ways.look_cols),
        stamp=sighting.stamp(cell_m, smear_m),
        glimpses_a_look=sighting.swept_a_min * clock.look_min / cell_m**2,
    )
