"""Small worlds to walk in, and people to walk in them."""

from __future__ import annotations

from typing import Any

import numpy as np

from wayhome.engines.search.tracks import Mix, Subject
from wayhome.terrain.grid import Terrain
from wayhome.terrain.speed import HIKER

CELL_M = 30.0


def world(rows: int = 81, cols: int = 81, *, cell_m: float = CELL_M, **layers: Any) -> Terrain:
    """Level open ground, but for the layers given."""
    shape = (rows, cols)
    all_layers: dict[str, Any] = {
        "elevation_m": np.full(shape, 500.0, np.float32),
        "land_cover": np.ones(shape, np.uint8),
        "trails": np.zeros(shape, np.uint8),
        "water": np.zeros(shape, np.uint8),
        "crossings": np.zeros(shape, np.uint8),
        "border": np.zeros(shape, np.bool_),
    }
    all_layers.update(layers)
    return Terrain(cell_m=cell_m, epsg=32631, west_m=400_000.0, north_m=4_700_000.0, **all_layers)


def rough(seed: int, rows: int = 81, cols: int = 81) -> Terrain:
    """Hills with cliffs, every cover, trails, streams, rivers, a lake, bridges and a void: drawn from a seed."""
    from scipy.ndimage import gaussian_filter

    chance = np.random.Generator(np.random.Philox(seed))
    shape = (rows, cols)
    height = gaussian_filter(chance.normal(size=shape), 4) * 900 + 800
    water = np.zeros(shape, np.uint8)
    water[:, cols // 3], water[rows // 4] = 2, 1
    water[rows // 2 : rows // 2 + 6, cols // 2 + 10 : cols // 2 + 20] = 3
    trails, crossings = np.zeros(shape, np.uint8), np.zeros(shape, np.uint8)
    trails[rows // 2], trails[:, cols // 2] = 2, 1
    crossings[rows // 2, cols // 3] = 2
    height[5:8, 5:8] = np.nan
    cover = np.kron(chance.integers(0, 7, (rows // 9 + 1, cols // 9 + 1), np.uint8), np.ones((9, 9), np.uint8))
    return world(
        rows,
        cols,
        elevation_m=height.astype(np.float32),
        water=water,
        trails=trails,
        crossings=crossings,
        land_cover=np.ascontiguousarray(cover[:rows, :cols]),
    )


EVERYTHING = Mix(random=0.2, route=0.2, direction=0.2, view=0.1, back=0.15, stay=0.05)


def walker(mix: Mix = EVERYTHING, **changed: Any) -> Subject:
    """Somebody who keeps going, unless told otherwise."""
    told: dict[str, Any] = {
        "category": "tested",
        "walker": HIKER,
        "moving_h": 1000.0,
        "rests_by_day": 0.0,
        "rests_by_night": 0.0,
        "faithful": 0.0,
    }
    return Subject(mix=mix, **{**told, **changed})
