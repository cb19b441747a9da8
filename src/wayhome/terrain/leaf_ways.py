"""Roads and trails where people would have made them: the quickest ways on foot, bridges where they meet a river."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.terrain.classes import Trail, Water
from wayhome.terrain.grid import Terrain
from wayhome.terrain.speed import Profile
from wayhome.terrain.travel import Start, travel

Cell = tuple[int, int]
Codes = NDArray[np.uint8]

SURVEYOR: Final = Profile(name="surveyor", max_slope=0.5, basis=("for laying ways only: shuns steep ground",))
TRACK_SHARE: Final = 0.5
"""The first half of a way to a peak is a track, the rest a path."""


def lay_ways(terrain: Terrain, home: Cell, roads: Sequence[Cell], trails: Mapping[str, Cell]) -> Codes:
    """The trail class of every cell: roads from `home` to each of `roads`, then tracks and paths to `trails`."""
    wadable = replace(
        terrain, water=np.where(terrain.water == Water.RIVER, Water.STREAM, terrain.water).astype(np.uint8)
    )
    ways = np.zeros((terrain.rows, terrain.cols), np.uint8)
    found = travel(wadable, [Start(terrain.place_of(*home))], SURVEYOR)
    for goal in roads:
        for cell in _walked(terrain, found.cells_to(*goal)):
            ways[cell] = Trail.ROAD
    found = travel(replace(wadable, trails=ways), [Start(terrain.place_of(*home))], SURVEYOR)
    for goal in trails.values():
        way = list(_walked(terrain, found.cells_to(*goal)))
        for number, cell in enumerate(way):
            kind = Trail.TRACK if number < TRACK_SHARE * len(way) else Trail.PATH
            ways[cell] = max(int(ways[cell]), kind)
    return ways


def join(terrain: Terrain, home: Cell, goal: Cell) -> list[Cell]:
    """The quickest way between two cells over finished ground."""
    return travel(terrain, [Start(terrain.place_of(*home))]).cells_to(*goal)


def _walked(terrain: Terrain, way: Sequence[Cell]) -> Iterator[Cell]:
    """Every cell of a way, with those that a knight's step crosses, and a corner where it slips between wet cells."""
    wet = terrain.water >= Water.RIVER
    for number, here in enumerate(way):
        if number:
            before = way[number - 1]
            between = _between(before, here)
            if between is not None:
                yield between
                before = between
            corners = ((before[0], here[1]), (here[0], before[1]))
            if all(wet[corner] for corner in corners):
                yield corners[0]
        yield here


def _between(one: Cell, two: Cell) -> Cell | None:
    """The cell that joins a knight's step to a straight and a diagonal one; None for a step to a neighbour."""
    down, across = two[0] - one[0], two[1] - one[1]
    if abs(down) == 2:
        return one[0] + down // 2, one[1]
    if abs(across) == 2:
        return one[0], one[1] + across // 2
    return None
