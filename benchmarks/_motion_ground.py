"""A ground to walk on at full size: 30 km square, 30 m cells, slopes, cover, trails, rivers with bridges, a border."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.tracks import Mix, Subject
from wayhome.terrain.classes import LandCover
from wayhome.terrain.grid import Terrain
from wayhome.terrain.speed import HIKER
from wayhome.values.chance import generator

Floats = NDArray[np.float64]
COVERS = (LandCover.OPEN, LandCover.FOREST, LandCover.SCRUB, LandCover.ROCK, LandCover.FOREST, LandCover.WETLAND)


def ground(side: int = 1000, seed: int = 1) -> Terrain:
    """Hills of some hundred metres, cover in patches, forty winding trails, six rivers with bridges where trails cross
    them, lakes, a border around the middle."""
    from scipy.ndimage import gaussian_filter

    chance = generator(seed, "benchmark motion", "ground")
    shape = (side, side)

    def rolling(cells: float) -> Floats:
        found = gaussian_filter(chance.normal(size=shape), cells, mode="wrap")
        return np.asarray(found / found.std())

    height = 1200 + 260 * rolling(45) + 60 * rolling(12) + 8 * rolling(3)
    patches = np.argmax(np.stack([rolling(14) for _ in COVERS]), axis=0)
    trails, water = np.zeros(shape, np.uint8), np.zeros(shape, np.uint8)
    for number in range(6):
        _wind(water, 2, chance, across=number % 2 == 0)
    water[rolling(10) > 2.6] = 3
    for number in range(40):
        _wind(trails, 1 + number % 3, chance, across=number % 2 == 0)
    crossings = np.where((trails > 0) & (water == 2), np.uint8(2), np.uint8(0))
    middle = np.hypot(*(np.indices(shape) - side / 2))
    return Terrain(
        elevation_m=height.astype(np.float32),
        cell_m=30.0,
        epsg=32631,
        west_m=370_000,
        north_m=4_720_000,
        land_cover=np.array(COVERS, np.uint8)[patches],
        trails=np.where(water == 3, np.uint8(0), trails),
        water=water,
        crossings=crossings,
        border=abs(middle - 0.4 * side) < 0.8,
        title=f"made, {side} x {side}",
    )


def _wind(layer: NDArray[np.uint8], kind: int, chance: np.random.Generator, *, across: bool) -> None:
    """A winding line from side to side, eight-connected."""
    side = layer.shape[0]
    steps = np.cumsum(np.cumsum(chance.normal(0, 0.004, 2 * side)) + chance.normal(0, 0.3, 2 * side))
    at = chance.uniform(0, side) + steps - np.linspace(0, steps[-1], steps.size)
    along = np.linspace(0, side - 1, steps.size)
    fine = np.linspace(0, steps.size - 1, 8 * side)
    rows, cols = (np.interp(fine, np.arange(steps.size), x).astype(int) for x in (at % side, along))
    ok = (rows >= 0) & (rows < side)
    if across:
        layer[rows[ok], cols[ok]] = kind
    else:
        layer[cols[ok], rows[ok]] = kind


def everybody() -> Subject:
    """Somebody who does everything there is, day and night, and keeps off roads: the dearest to walk."""
    return Subject(
        category="everything",
        walker=HIKER,
        mix=Mix(random=0.15, route=0.25, direction=0.25, view=0.1, back=0.05, stay=0.05, goal=0.15),
        moving_h=24.0,
        rests_by_day=0.05,
        rests_by_night=0.3,
        avoids=True,
        to_border=True,
    )
