"""Small grounds for the tests of this room."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from wayhome.terrain.grid import Terrain

Layers = NDArray[np.generic]


def ground(rows: int = 12, cols: int = 15, *, cell_m: float = 30.0, **layers: Layers) -> Terrain:
    """Flat open ground at 1000 m in UTM 31 north, with any layer replaced."""
    shape = (rows, cols)
    given: dict[str, Layers] = {
        "elevation_m": np.full(shape, 1000, np.float32),
        "land_cover": np.ones(shape, np.uint8),
        "trails": np.zeros(shape, np.uint8),
        "water": np.zeros(shape, np.uint8),
        "crossings": np.zeros(shape, np.uint8),
        "border": np.zeros(shape, np.bool_),
    }
    return Terrain(cell_m=cell_m, epsg=32631, west_m=370_000, north_m=4_720_000, **(given | layers))  # type: ignore[arg-type]


@pytest.fixture
def make_ground() -> Callable[..., Terrain]:
    return ground
