"""A plan in words a planner reads: who goes where, what it adds to the chance, what the next best would add."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wayhome.terrain.grid import Terrain
from wayhome.values.places import Place, distance_m

NEAR_M = 3_000.0


def percent(chance: float) -> str:
    """A chance as a planner reads it: 12.3 %, 0.04 %."""
    hundredths = 100 * chance
    return f"{hundredths:.1f} %" if abs(hundredths) >= 0.1 else f"{hundredths:.2f} %"


def hours_words(minutes: float) -> str:
    """Minutes from now as hours and minutes: 1:05 h."""
    whole = round(minutes)
    return f"{whole // 60}:{whole % 60:02d} h"


def where_words(terrain: Terrain, row: float, col: float) -> str:
    """The nearest name of the map with the way from it, else how high the place lies."""
    i, j = int(np.clip(round(row), 0, terrain.rows - 1)), int(np.clip(round(col), 0, terrain.cols - 1))
    place = terrain.place_of(i, j)
    named = [(distance_m(name.place, place), name.label, name.place) for name in terrain.names]
    near = min(named, default=None, key=lambda one: (one[0], one[1]))
    if near is not None and near[0] <= NEAR_M:
        if near[0] < 1.5 * terrain.cell_m:
            return f"at {near[1]}"
        return f"{near[0] / 1000:.1f} km {_side(near[2], place)} of {near[1]}"
    height = float(terrain.elevation_m[i, j])
    return f"{place.lat:.5f}, {place.lon:.5f}" + ("" if np.isnan(height) else f", at {height:.0f} m")


def _side(origin: Place, place: Place) -> str:
    east = (place.lon - origin.lon) * np.cos(np.radians(origin.lat))
    eighth = round(np.degrees(np.arctan2(east, place.lat - origin.lat)) / 45) % 8
    return ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")[int(eighth)]


def and_words(parts: Sequence[str]) -> str:
    """a, b and c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
