"""Maps out of a weighed cloud: where he may be, on a grid, by segment, by time; lines, rings, and the border.

Everything sums to 1 with what lies elsewhere: the rest of the world, and tracks that have left the map.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.tracks.evidence import check_outline
from wayhome.engines.search.tracks.looks import area_mask
from wayhome.engines.search.tracks.weighing import Weighed
from wayhome.terrain.grid import Terrain
from wayhome.terrain.isochrones import Polygon, filled, in_degrees
from wayhome.values.places import Place

Numbers = NDArray[np.float64]

SHARES: Final = (0.25, 0.5, 0.75, 0.95)
SPAN_STEPS: Final = 13
AT_ONCE: Final = 200_000


@dataclass(frozen=True, eq=False)
class Poa:
    """The chance that he is in each cell (float64 (rows, cols)) at a minute, or on the mean between two, and elsewhere.

    `grid` and `elsewhere` sum to 1.
    """

    terrain: Terrain
    first_min: float
    last_min: float
    grid: Numbers
    elsewhere: float

    def by_segment(self, segments: Mapping[str, tuple[Place, ...]]) -> dict[str, float]:
        """The chance that he is in each segment. Cells belong to a segment whose outline holds their middle.

        Raises SearchError for an outline that crosses itself.
        """
        out = {}
        for name, area in segments.items():
            check_outline(name, area)
            inside, row, col = area_mask(self.terrain, area)
            part = self.grid[row : row + inside.shape[0], col : col + inside.shape[1]]
            out[name] = float(np.sum(part[inside]))
        return out

    def smallest(self, share: float) -> NDArray[np.bool_]:
        """The smallest set of cells that holds a share of what is on the map: bool (rows, cols)."""
        return np.asarray((self.grid >= self.level(share)) & (self.grid > 0))

    def level(self, share: float) -> float:
        """The chance per cell above which cells hold a share of what is on the map. Raises SearchError."""
        if not 0 < share < 1:
            raise SearchError(f"a share of {share:g} is refused: above 0, below 1")
        falling = np.sort(self.grid.ravel())[::-1]
        sums = np.cumsum(falling)
        if sums[-1] <= 0:
            raise SearchError("nothing is on the map: all of it is elsewhere")
        return float(falling[int(np.searchsorted(sums, share * sums[-1]))])

    def contours(self, shares: Sequence[float] = SHARES) -> tuple[tuple[float, tuple[Polygon, ...]], ...]:
        """For each share the polygons inside which it lies: rings of (lon, lat), the outline, then its holes.

        Smooth the map first: lines around single tracks say nothing.
        """
        known = np.asarray(self.grid, np.float64)
        return tuple(
            (
                share,
                tuple(
                    in_degrees(self.terrain, polygon)
                    for polygon in filled(self.terrain, known, self.level(share) * (1 - 1e-9), math.inf)
                ),
            )
            for share in shares
        )


def poa(weighed: Weighed, minute: float, until: float | None = None, *, smooth_m: float = 0.0) -> Poa:
    """Where he is at a minute, or on the mean of 13 moments up to `until`. `smooth_m` spreads each track by a normal
    curve of this width, though never into what nobody can stand in: for maps to look at. Raises SearchError.
    """
    last = minute if until is None else until
    times = np.linspace(minute, last, 1 if until is None or until == minute else SPAN_STEPS)
    cloud, terrain = weighed.cloud, weighed.cloud.terrain
    if not 0 <= minute <= last <= cloud.minutes:
        raise SearchError(f"minutes {minute:g} to {last:g} are refused: the tracks go from 0 to {cloud.minutes:g}")
    if not 0 <= smooth_m <= 5_000:
        raise SearchError(f"a map smoothed over {smooth_m:g} m is refused: 0 to 5,000")
    flat = np.zeros(terrain.rows * terrain.cols)
    gone = 0.0
    weights = weighed.weights / times.size
    present = np.stack([~cloud.left(float(t)) for t in times], axis=1)
    for begin in range(0, cloud.tracks, AT_ONCE):
        who = np.arange(begin, min(begin + AT_ONCE, cloud.tracks))
        rows, cols = (np.rint(x).astype(np.int64) for x in cloud.positions_at(times, who=who))
        held = present[who] * weights[who, None]
        gone += float(np.sum(weights[who, None] * ~present[who]))
        flat += np.bincount((rows * terrain.cols + cols).ravel(), held.ravel(), flat.size)
    grid = flat.reshape(terrain.rows, terrain.cols)
    if smooth_m > 0:
        grid = _smoothed(grid, smooth_m / terrain.cell_m, weighed)
    return Poa(terrain, minute, last, grid, weighed.rest_of_world + gone)


def _smoothed(grid: Numbers, cells: float, weighed: Weighed) -> Numbers:
    from scipy.ndimage import gaussian_filter

    spread = np.asarray(gaussian_filter(grid, cells, mode="constant", truncate=4.0))
    spread[weighed.cloud.strands[0].ground.shut] = 0.0
    total = float(np.sum(spread))
    return np.asarray(spread * (float(np.sum(grid)) / total)) if total > 0 else grid


def rings_m(weighed: Weighed, minute: float, shares: Sequence[float] = SHARES) -> tuple[float, ...]:
    """Metres from the start within which these shares of the tracks are at a minute (the rest of the world apart)."""
    away = weighed.cloud.distances_m(minute)
    order = np.argsort(away, kind="stable")
    sums = np.cumsum(weighed.weights[order])
    at = np.minimum(np.searchsorted(sums, np.asarray(shares) * sums[-1]), away.size - 1)
    return tuple(float(away[order[k]]) for k in at)


def border_by(weighed: Weighed, minutes: Sequence[float]) -> Numbers:
    """The chance that he has been on the border by each of these minutes, the rest of the world counted as not:
    float64 (times,)."""
    first = weighed.cloud.border_min()
    return np.array([float(np.sum(weighed.weights[first <= minute])) for minute in minutes])
