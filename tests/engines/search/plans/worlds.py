"""Small worlds for the tests of plans: flat ground, hills, tracks of people who stay or wander."""

from __future__ import annotations

import numpy as np

from wayhome.engines.search.plans.clock import Clock, clock_until
from wayhome.engines.search.plans.moving import Moving
from wayhome.engines.search.plans.problem import Problem, make_problem
from wayhome.engines.search.plans.teams import Team
from wayhome.engines.search.plans.worth import in_time
from wayhome.terrain.grid import Terrain, bare
from wayhome.values.chance import generator

CELL_M = 50.0


def ground(side: int = 24, *, hilly: bool = False) -> Terrain:
    height = np.zeros((side, side), np.float32)
    if hilly:
        i, j = np.mgrid[0:side, 0:side]
        height = (60 * np.sin(i / 4) * np.cos(j / 5)).astype(np.float32)
    return bare(height, cell_m=CELL_M, epsg=32631, west_m=400_000, north_m=4_700_000)


def wanderers(side: int, minutes: float, tracks: int, seed: int, *, rest: float = 0.1) -> Moving:
    """Half stay where they are, half wander; drawn about the middle of the ground."""
    chance = generator(seed, "wanderers")
    times = np.arange(0, minutes + 1, 5, dtype=np.float32)
    start = np.clip(chance.normal(side / 2, side / 6, (2, tracks, 1)), 0, side - 1)
    steps = chance.normal(0, 0.4, (2, tracks, times.size)) * (chance.random(tracks) < 0.5)[None, :, None]
    steps[:, :, 0] = 0
    place = np.clip(start + np.cumsum(steps, axis=2), 0, side - 1).astype(np.float32)
    return Moving(place[0], place[1], times, np.full(tracks, (1 - rest) / tracks), rest)


def team(terrain: Terrain, name: str, row: int, col: int, minutes: float = 60, **more: object) -> Team:
    said: dict[str, object] = {"sweep_width_m": 60.0, "latest_min": minutes, **more}
    return Team(name=name, start=terrain.place_of(row, col), **said)  # type: ignore[arg-type]


def ready(
    terrain: Terrain, moving: Moving, teams: list[Team], minutes: float = 60, *, smear_m: float = 75.0, nodes: int = 400
) -> Problem:
    clock: Clock = clock_until(minutes, 5.0)
    return make_problem(terrain, moving, teams, clock, in_time(clock), sight=None, most_nodes=nodes, smear_m=smear_m)
