"""A search to plan: a hiker overdue, ten teams on the trails around, on any ground."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from wayhome.engines.search.detection import AIR_SCENT_DOG, sweep_width
from wayhome.engines.search.plans.dogs import Dog, Leash, with_dog
from wayhome.engines.search.plans.moving import Moving
from wayhome.engines.search.plans.of_cloud import moving_of
from wayhome.engines.search.plans.teams import Team
from wayhome.engines.search.tracks import StartOf, imagine, subject_of
from wayhome.terrain.classes import Trail, Water
from wayhome.terrain.grid import Terrain
from wayhome.values.chance import generator
from wayhome.values.places import Place

BESIDE: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "search" / "terrain_andorra"
LOOKED_IN: Final = "../shared/data/search/terrain_andorra"
LOST_H: Final = 6.0
REST: Final = 0.05
AROUND_KM: Final = 4.5


@dataclass(frozen=True, eq=False)
class SearchCase:
    """Ground, last known place, teams; `moving` draws the hiker's tracks anew for each seed."""

    terrain: Terrain
    point: Place
    teams: tuple[Team, ...]
    minutes: float
    tracks: int

    def moving(self, seed: int, tracks: int | None = None) -> Moving:
        count = tracks or self.tracks
        hours = LOST_H + self.minutes / 60
        cloud = imagine(self.terrain, subject_of("Hiker"), StartOf(place=self.point, within_m=100), hours, count, seed)
        return moving_of(cloud, LOST_H * 60, self.minutes, rest_of_world=REST, tracks=count, seed=seed)


def real_case(paths: Sequence[Path], *, tracks: int, teams: int = 10, hours: float = 6.0, seed: int = 1) -> SearchCase:
    """On the ground of `paths`, or Andorra's beside the repository, or else the Leaf's, which is made."""
    terrain = _ground(paths or (sorted(BESIDE.iterdir()) if BESIDE.is_dir() else []))
    chance = generator(seed, "search case")
    dry = (terrain.water < Water.RIVER) & ~np.isnan(terrain.elevation_m)
    on_trail = dry & (terrain.trails > Trail.NONE) if (terrain.trails > Trail.NONE).any() else dry
    middle = _near(on_trail, terrain.rows / 2, terrain.cols / 2, AROUND_KM * 1000 / terrain.cell_m, chance)
    return SearchCase(
        terrain=terrain,
        point=terrain.place_of(*middle),
        teams=tuple(_team(terrain, on_trail, middle, n, hours * 60, chance) for n in range(teams)),
        minutes=hours * 60,
        tracks=tracks,
    )


def _ground(paths: Sequence[Path]) -> Terrain:
    """Heights are taken as metres where no file says it. Ends the run, saying why, for files that are no ground."""
    from wayhome.links.terrain_errors import TerrainFileError
    from wayhome.links.terrain_files import load_terrain, read_terrain
    from wayhome.terrain.leaf import make_leaf

    if not paths:
        return make_leaf()
    try:
        if len(paths) == 1 and paths[0].suffix == ".npz":
            return load_terrain(paths[0])
        return read_terrain(list(paths), title=paths[0].parent.name, elevation_unit="metres")
    except TerrainFileError as error:
        sys.exit(f"no ground to plan on: {error}")


def _near(
    on_trail: np.ndarray[tuple[int, int], np.dtype[np.bool_]],
    row: float,
    col: float,
    reach: float,
    chance: np.random.Generator,
) -> tuple[int, int]:
    """One of the trail cells within reach; of all trail cells where there is none."""
    rows, cols = np.nonzero(on_trail)
    near = np.hypot(rows - row, cols - col) <= reach
    if near.any():
        rows, cols = rows[near], cols[near]
    n = int(chance.integers(rows.size))
    return int(rows[n]), int(cols[n])


def _team(
    terrain: Terrain,
    on_trail: np.ndarray[tuple[int, int], np.dtype[np.bool_]],
    middle: tuple[int, int],
    number: int,
    minutes: float,
    chance: np.random.Generator,
) -> Team:
    """Every third has a dog, every second comes half an hour later; sight is 40 or 60 m."""
    start = _near(on_trail, *middle, AROUND_KM * 1000 / terrain.cell_m, chance)
    team = Team(
        name=f"Team {number + 1}",
        start=terrain.place_of(*start),
        sweep_width_m=sweep_width(40.0 if number % 2 else 60.0, "medium").metres,
        earliest_min=30.0 * (number % 2),
        latest_min=minutes,
    )
    if number % 3 == 2:
        dog = Dog(name=f"Dog {number + 1}", kind="air-scent", handler="its own", sweep_width_m=AIR_SCENT_DOG.metres)
        return with_dog(team, dog, Leash(leader="its own"))
    return team
