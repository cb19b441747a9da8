"""The border: when somebody can first be on it, and where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wayhome.terrain.errors import TerrainError
from wayhome.terrain.travel import Travel
from wayhome.values.places import Place


@dataclass(frozen=True)
class AtBorder:
    """The earliest moment on the border line, the place, and the way there."""

    hours: float
    place: Place
    way: tuple[Place, ...]


def time_to_border(found: Travel) -> AtBorder | None:
    """The earliest arrival on a cell of the border; None when it is not reached within the limit.

    Raises TerrainError for a terrain without a border, or for times toward a goal.
    """
    terrain = found.terrain
    if not terrain.border.any():
        raise TerrainError("no border is known on this terrain: import one, or ask without it")
    if found.toward:
        raise TerrainError("times toward a goal say nothing of when he is at the border: ask for times from a start")
    hours = np.where(terrain.border, found.hours, np.inf)
    row, col = (int(i) for i in np.unravel_index(int(np.argmin(hours)), hours.shape))
    if not np.isfinite(hours[row, col]):
        return None
    place = terrain.place_of(row, col)
    return AtBorder(float(hours[row, col]), place, tuple(found.way_to(place)))
