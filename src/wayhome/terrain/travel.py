"""Travel times on foot: who can be where when, from one or many starts, or to one goal.

Anisotropic shortest paths: Tobler's speed for the signed slope of each step, times what the land cover leaves of it.
Trails override land cover. Rivers and lakes are barriers that open at bridges and fords; streams slow. Ground steeper
than the walker's limit is a cliff. Voids are not walked unless the caller says so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.terrain import spread as inner
from wayhome.terrain.classes import Crossing, LandCover, Trail, Water
from wayhome.terrain.errors import OffMap, TerrainError
from wayhome.terrain.grid import Terrain
from wayhome.terrain.speed import FORD, HIKER, STREAM, TRAIL, Profile, slowness_by_cover
from wayhome.values.places import Place

MOST_HOURS: Final = 10_000.0
MOST_BUCKETS: Final = 50_000_000
ROUNDING: Final = 0.999
"""Buckets a hair narrower than the cheapest step, against rounding."""

Hours = NDArray[np.float64]


@dataclass(frozen=True)
class Start:
    """Where somebody sets out and when: hours after the moment that the answer counts from."""

    place: Place
    at_h: float = 0.0
    name: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Travel:
    """Hours on foot. `hours` is float64 (rows, cols), inf where nobody comes within `limit_h` or at all.

    With `toward` it is the hours from each cell to the nearest start, else the hours at which somebody from a start
    can first be there. `came_by` is the direction (see `spread.STEPS`) of the last step, -1 at starts and where
    nobody comes.
    """

    terrain: Terrain
    walker: Profile
    starts: tuple[Start, ...]
    toward: bool
    limit_h: float
    hours: Hours
    came_by: NDArray[np.int8]
    cautions: tuple[str, ...]

    @property
    def reached(self) -> NDArray[np.bool_]:
        return np.isfinite(self.hours)

    @property
    def leaves_map(self) -> bool:
        """Whether somebody comes to the map's edge: what lies beyond is not counted."""
        reached = self.reached
        return bool(reached[0].any() or reached[-1].any() or reached[:, 0].any() or reached[:, -1].any())

    def hours_at(self, place: Place) -> float | None:
        """Hours for the cell that holds `place`; None when nobody comes there. Raises OffMap."""
        hours = float(self.hours[self.terrain.cell_of(place)])
        return hours if math.isfinite(hours) else None

    def cells_to(self, row: int, col: int) -> list[tuple[int, int]]:
        """The quickest way as (row, col) in the order walked. Empty when nobody comes there."""
        if not (0 <= row < self.terrain.rows and 0 <= col < self.terrain.cols):
            raise OffMap(f"there is no cell {row}, {col} on this map")
        if not math.isfinite(self.hours[row, col]):
            return []
        back = inner.offsets(self.terrain.cols)[:, 0].copy()
        cells = inner.trace(self.came_by.ravel(), back, row * self.terrain.cols + col)
        way = [(int(cell) // self.terrain.cols, int(cell) % self.terrain.cols) for cell in cells]
        return way if self.toward else way[::-1]

    def way_to(self, place: Place) -> list[Place]:
        """The quickest way as places, in the order walked; with `toward`, the way from `place`. Raises OffMap."""
        return [self.terrain.place_of(*cell) for cell in self.cells_to(*self.terrain.cell_of(place))]

    def first_there(self) -> NDArray[np.int32]:
        """For each cell, the number of the start from which it is reached first; -1 where nobody comes."""
        owner = np.full(self.hours.size, -1, np.int32)
        for number, start in reversed(list(enumerate(self.starts))):
            cell = np.ravel_multi_index(self.terrain.cell_of(start.place), self.hours.shape)
            if self.came_by.flat[cell] == inner.START and self.hours.flat[cell] == start.at_h:
                owner[cell] = number
        back = inner.offsets(self.terrain.cols)[:, 0].copy()
        inner.owners(self.came_by.ravel(), back, self.hours.ravel(), owner)
        return owner.reshape(self.hours.shape)


def travel(
    terrain: Terrain,
    starts: Sequence[Start],
    walker: Profile = HIKER,
    *,
    limit_h: float = math.inf,
    toward: bool = False,
    cross_voids: bool = False,
    directions: int = 16,
) -> Travel:
    """Hours from the starts to every cell (or, with `toward`, from every cell to the nearest of them).

    `cross_voids` walks voids as if at the height of the nearest known cell. `directions` is 16, or 8 for comparison.
    Raises OffMap for a start off the map, TerrainError for one in a void, for no start, bad hours or a bad limit.
    """
    _check(starts, limit_h, directions)
    cells = np.array([_start_cell(terrain, start, cross_voids=cross_voids) for start in starts], np.int64)
    height, said = _height(terrain, cross_voids=cross_voids)
    kind, slowness = _walkable(terrain, height, walker)
    hours, came_by = np.full(kind.shape, np.inf), np.full(kind.shape, inner.START, np.int8)
    on_water = [starts[i].name or f"start {i + 1}" for i, c in enumerate(cells) if kind.flat[c] >= inner.TRAIL_ONLY]
    for cell, start in zip(cells, starts, strict=True):
        if kind.flat[cell] == inner.TRAIL_ONLY:
            kind.flat[cell] = inner.LANDING
        hours.flat[cell] = min(hours.flat[cell], start.at_h)
    ground = np.stack((height, slowness), axis=-1).reshape(-1, 2)
    sign = -1.0 if toward else 1.0
    _run(ground, kind, hours, came_by, cells, terrain.cell_m / 1000, walker, limit_h, sign, directions)
    if on_water:
        said.append(f"{', '.join(on_water)} stands in a cell of water: both banks are taken as open to them")
    inside = (slice(inner.PAD, -inner.PAD), slice(inner.PAD, -inner.PAD))
    found = Travel(
        terrain=terrain,
        walker=walker,
        starts=tuple(starts),
        toward=toward,
        limit_h=limit_h,
        hours=np.ascontiguousarray(hours[inside]),
        came_by=np.ascontiguousarray(came_by[inside]),
        cautions=tuple(said),
    )
    found.hours.flags.writeable = found.came_by.flags.writeable = False
    return found


def _check(starts: Sequence[Start], limit_h: float, directions: int) -> None:
    if not starts:
        raise TerrainError("name at least one place to start from")
    for start in starts:
        if not 0 <= start.at_h <= MOST_HOURS:
            raise TerrainError(f"{start.name or 'a start'} sets out at {start.at_h} h: 0 to {MOST_HOURS:.0f} h")
    if not limit_h > 0:
        raise TerrainError(f"a limit of {limit_h} h is refused: more than 0")
    if directions not in (8, 16):
        raise TerrainError(f"{directions} directions are refused: 8 or 16")


def _start_cell(terrain: Terrain, start: Start, *, cross_voids: bool) -> int:
    """The padded cell number of a start."""
    row, col = terrain.cell_of(start.place)
    if not cross_voids and math.isnan(terrain.elevation_m[row, col]):
        raise TerrainError(
            f"{start.name or 'the start'} at {start.place.lat:.5f}, {start.place.lon:.5f} lies in a void of the "
            "elevation: move it a little, or cross voids"
        )
    return (row + inner.PAD) * (terrain.cols + 2 * inner.PAD) + col + inner.PAD


def _height(terrain: Terrain, *, cross_voids: bool) -> tuple[NDArray[np.float32], list[str]]:
    """Padded heights, NaN where one cannot walk, and what is to be said about them."""
    height = terrain.elevation_m
    said: list[str] = []
    voids = np.isnan(height)
    if cross_voids and voids.any():
        from scipy.ndimage import distance_transform_edt

        nearest = distance_transform_edt(voids, return_distances=False, return_indices=True)
        height = height[tuple(nearest)]
        said.append("voids were walked as if at the height of the nearest known cell")
    elif voids.any():
        said.append("voids were taken as impassable: what lies behind them may be reached sooner")
    return np.pad(height, inner.PAD, constant_values=np.nan), said


def _walkable(
    terrain: Terrain, height: NDArray[np.float32], walker: Profile
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """How each padded cell may be walked (see `spread.OPEN` and on) and its slowness: 1 over what is left of the speed.

    What may not be walked keeps the slowness of open ground, for somebody who starts there.
    """
    by_cover = slowness_by_cover(walker)
    slowness = by_cover[terrain.land_cover]
    barrier = (terrain.water >= Water.RIVER) | (terrain.land_cover == LandCover.WATER)
    stream = (terrain.water == Water.STREAM) & ~barrier
    on_trail = terrain.trails > Trail.NONE
    trail_slowness = np.float32(1 / (TRAIL.times * walker.on_trail))
    slowness[stream] /= np.float32(STREAM.times)
    slowness[barrier] = by_cover[LandCover.OPEN]
    slowness[on_trail] = trail_slowness
    kind = np.where(on_trail, inner.TRAIL, inner.OPEN).astype(np.uint8)
    kind[barrier] = np.where(on_trail[barrier], inner.TRAIL_ONLY, inner.BARRED)
    ford, bridge = terrain.crossings == Crossing.FORD, terrain.crossings == Crossing.BRIDGE
    slowness[ford] = np.float32(1 / (FORD.times * walker.off_trail))
    slowness[bridge] = trail_slowness
    kind[ford | bridge] = inner.TRAIL
    kind = np.pad(kind, inner.PAD, constant_values=inner.BARRED)
    kind[np.isnan(height)] = inner.BARRED
    return kind, np.pad(slowness, inner.PAD, constant_values=1)


def _run(
    ground: NDArray[np.float32],
    kind: NDArray[np.uint8],
    hours: Hours,
    came_by: NDArray[np.int8],
    cells: NDArray[np.int64],
    cell_km: float,
    walker: Profile,
    limit_h: float,
    sign: float,
    directions: int,
) -> None:
    """Calls the compiled loop with a queue wide enough for the dearest step."""
    walked = ground[kind.ravel() != inner.BARRED, 1]
    walked = walked if walked.size else np.ones(1, np.float32)
    lengths = cell_km * np.array([math.hypot(*step) for step in inner.STEPS[:directions]])
    quickest = float(min(walked.min(), ground[cells, 1].min())) / 6.0
    dearest = float(max(walked.max(), ground[cells, 1].max())) * math.exp(3.5 * (walker.max_slope + 0.05)) / 6.0
    late = cells[hours.flat[cells] > limit_h]
    hours.flat[late] = np.inf
    cells = cells[hours.flat[cells] <= limit_h]
    if not cells.size:
        return
    bucket_h = ROUNDING * cell_km * quickest
    at = hours.flat[cells]
    buckets = int(max(lengths[-1] * dearest, at.max() - at.min()) / bucket_h) + 3
    if buckets > MOST_BUCKETS:
        raise TerrainError("the starts lie too many hours apart for cells this small: ask for them one by one")
    inner.spread(
        ground,
        kind.ravel(),
        inner.offsets(kind.shape[1]),
        lengths,
        limit_h,
        walker.max_slope,
        sign,
        bucket_h,
        buckets,
        quickest,
        hours.ravel(),
        came_by.ravel(),
        cells,
    )
