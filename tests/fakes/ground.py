"""A small made-up ground around 42.5° N, 1.55° E for maps and times: hills, woods, a lake, ways, a border, names."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from wayhome.terrain.classes import Named, Source
from wayhome.terrain.grid import Terrain
from wayhome.terrain.utm import to_metres
from wayhome.values.places import Place

MIDDLE: Final = Place(42.5, 1.55)
SIDE: Final = 121
CELL_M: Final = 50.0
EPSG: Final = 32631


@lru_cache(maxsize=4)
def ground(side: int = SIDE, middle: Place = MIDDLE) -> Terrain:
    """6 x 6 km (by default) of hills with `middle` at their centre, a border to the east and a void in one corner."""
    south, east = np.mgrid[0:side, 0:side] / side
    height = (900 + 120 * np.sin(7 * east) * np.cos(5 * south) + 60 * south).astype(np.float32)
    height[:4, :6] = np.nan
    cover = np.where(east + south > 1.2, 2, 1).astype(np.uint8)
    trails, water = np.zeros((side, side), np.uint8), np.zeros((side, side), np.uint8)
    trails[side // 2], trails[:, side // 4], trails[:, side // 3] = 1, 2, 3
    water[side // 5] = 1
    water[side // 8 : side // 8 + 8, side // 2 : side // 2 + 12] = 3
    border = np.zeros((side, side), np.bool_)
    border[:, -10] = True
    x, y = to_metres(EPSG, middle)
    return Terrain(
        elevation_m=height,
        cell_m=CELL_M,
        epsg=EPSG,
        west_m=x - (side // 2 + 0.5) * CELL_M,
        north_m=y + (side // 2 + 0.5) * CELL_M,
        land_cover=cover,
        trails=trails,
        water=water,
        crossings=np.zeros((side, side), np.uint8),
        border=border,
        names=(
            Named("Pic Alt", Place(42.51, 1.54), "peak"),
            Named("山の村", Place(42.49, 1.565), "village"),
            Named("وادي", Place(42.515, 1.565), "hamlet"),
        ),
        provenance=(Source("elevation", "made for a test", "none", "us", 50.0),),
        title="Test hills",
    )
