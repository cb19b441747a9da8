"""Segments on the ground: outlines of places, checked, laid on the terrain's cells."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.terrain.errors import TerrainError
from wayhome.terrain.grid import Terrain
from wayhome.terrain.utm import to_metres, to_place
from wayhome.values.places import Place

Doubles = NDArray[np.float64]
Mask = NDArray[np.bool_]

MOST_CORNERS: Final = 2_000


@dataclass(frozen=True)
class Segment:
    """A piece of ground to be searched by one or more teams: its outline, corner by corner, closed by itself."""

    name: str
    corners: tuple[Place, ...]

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise SearchError("every segment needs a name")
        if not 3 <= len(self.ring) <= MOST_CORNERS:
            raise SearchError(
                f"segment {self.name}: an outline has 3 to {MOST_CORNERS:,} corners, not {len(self.ring)}"
            )

    @property
    def ring(self) -> tuple[Place, ...]:
        """The corners, the first not said again at the end."""
        closed = len(self.corners) > 1 and self.corners[0] == self.corners[-1]
        return self.corners[:-1] if closed else self.corners


def cells_of(segment: Segment, terrain: Terrain) -> Mask:
    """(rows, cols): the cells whose middle lies in the segment.

    Raises SearchError for an outline that crosses itself, saying which sides and where, that leaves the map, or that
    holds the middle of no cell.
    """
    try:
        metres = np.array([to_metres(terrain.epsg, corner) for corner in segment.ring])
    except TerrainError as error:
        raise SearchError(f"segment {segment.name}: {error}") from error
    _check_simple(segment, terrain, metres)
    cols = (metres[:, 0] - terrain.west_m) / terrain.cell_m - 0.5
    rows = (terrain.north_m - metres[:, 1]) / terrain.cell_m - 0.5
    off = (rows < -0.5) | (rows > terrain.rows - 0.5) | (cols < -0.5) | (cols > terrain.cols - 0.5)
    if off.any():
        number = int(np.argmax(off)) + 1
        raise SearchError(f"segment {segment.name}: corner {number} lies off the map; draw it on the map's ground")
    inside = _inside(rows, cols, terrain)
    if not inside.any():
        raise SearchError(f"segment {segment.name} holds the middle of no cell of {terrain.cell_m:g} m: draw it larger")
    return inside


def _check_simple(segment: Segment, terrain: Terrain, metres: Doubles) -> None:
    count = len(metres)
    for one, other in itertools.combinations(range(count), 2):
        if other == one + 1 or (one == 0 and other == count - 1):
            continue
        sides = metres[one], metres[(one + 1) % count], metres[other], metres[(other + 1) % count]
        where = _crossing(*sides)
        if where is not None:
            place = to_place(terrain.epsg, *where)
            raise SearchError(
                f"segment {segment.name} crosses itself: the side from corner {one + 1} and the side from corner "
                f"{other + 1} meet at {place.lat:.5f}, {place.lon:.5f}; give the corners in the order round the outline"
            )


def _crossing(a: Doubles, b: Doubles, c: Doubles, d: Doubles) -> tuple[float, float] | None:
    """Where the sides ab and cd meet, None if they do not. Sides on one line that overlap meet where one begins."""
    along, other, between = b - a, d - c, c - a
    turn = along[0] * other[1] - along[1] * other[0]
    if abs(turn) < 1e-9 * max(1.0, float(np.hypot(*along) * np.hypot(*other))):
        if abs(between[0] * along[1] - between[1] * along[0]) > 1e-6 * max(1.0, float(np.hypot(*along))):
            return None
        length = float(along @ along)
        for point in (c, d):
            if length > 0 and 0 <= float((point - a) @ along) / length <= 1:
                return float(point[0]), float(point[1])
        return None
    s = (between[0] * other[1] - between[1] * other[0]) / turn
    t = (between[0] * along[1] - between[1] * along[0]) / turn
    if 0 <= s <= 1 and 0 <= t <= 1:
        return float(a[0] + s * along[0]), float(a[1] + s * along[1])
    return None


def _inside(rows: Doubles, cols: Doubles, terrain: Terrain) -> Mask:
    """Cells with their middle inside, by counting the sides that a line to the west crosses."""
    low, high = max(0, math.floor(rows.min())), min(terrain.rows, math.ceil(rows.max()) + 1)
    at = np.arange(terrain.cols)
    inside = np.zeros((terrain.rows, terrain.cols), np.bool_)
    next_rows, next_cols = np.roll(rows, -1), np.roll(cols, -1)
    for row in range(low, high):
        crosses = (rows <= row) != (next_rows <= row)
        if not crosses.any():
            continue
        share = (row - rows[crosses]) / (next_rows[crosses] - rows[crosses])
        where = cols[crosses] + share * (next_cols[crosses] - cols[crosses])
        inside[row] = (where[None, :] < at[:, None]).sum(axis=1) % 2 == 1
    return inside
