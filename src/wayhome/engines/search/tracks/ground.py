"""The ground as somebody on foot meets it: two words a cell that hold all a step asks for.

The first word holds eight bytes, how long a step takes in each direction (a logarithmic code, see `Ground.ticks`).
The second says which directions are easy, hard or shut, where trails go on, what is exposed, and which way leads up to
a view, to the nearest trail in sight, and to a goal. Who may step where is decided by the very rules of travel times
(`terrain.spread`), so nobody on a track outruns or jumps what a travel time cannot.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.tracks.compass import COL, OF_SPREAD, ROW
from wayhome.terrain import spread
from wayhome.terrain.classes import Crossing, LandCover, Trail, Water
from wayhome.terrain.grid import Terrain
from wayhome.terrain.speed import FORD, STREAM, TRAIL, Profile, slowness_by_cover
from wayhome.terrain.travel import Start, travel
from wayhome.values.places import Place

Words = NDArray[np.uint64]
Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

MADE_WITH: Final = "902c5a792ed5"
"""Of the files that compiled code here takes in: see the test that holds it."""
TICKS_A_MINUTE: Final = 600
"""Time on a track is counted in tenths of a second: whole numbers, so that nothing is lost in rounding."""
MOST_SIDE: Final = 65_535
KEPT_WALKERS: Final = 2
MOST_CELLS_KEPT: Final = 2_000_000
"""Ground takes 17 bytes a cell for each walker who is kept."""
CODES: Final = 256
SLOWEST: Final = 2000.0
"""The slowest step that a code can tell takes so many times the quickest; the walker's steepest slope comes first."""

EASY_UP_TO, MID_UP_TO = 1.6, 3.2
"""How many times longer than a step on level open ground one may take to count as easy, and as middling. Our own."""
SIGHT_M: Final = 300.0
"""From so far away a trail is seen or felt, and made for. Our own assumption."""
VIEW_M: Final = 150.0
"""Views are sought on what stands out over this distance. Our own assumption."""

EASY, MID, HARD, TRAILS, EXPOSED, VIEW, GOAL, TO_TRAIL, LAST = 0, 8, 16, 24, 32, 40, 44, 48, 57
"""Where each field of the second word begins: five sets of directions, then three directions with a flag (8), then
room for the last direction, which is zero on the ground and filled in underway."""
AT_EDGE: Final = 52
AT_BORDER: Final = 53
ON_TRAIL: Final = 54
AT_GOAL: Final = 55


@dataclass(frozen=True, eq=False)
class Ground:
    """Packed cells, row by row: `words` is uint64 (cells, 2). `ticks` is float32 (256,): a code's tenths of a second.

    `shut` is True in cells where nobody stands.
    """

    terrain: Terrain
    walker: Profile
    words: Words
    ticks: Floats
    shut: NDArray[np.bool_]

    @property
    def quickest_ticks(self) -> float:
        """The least a straight step takes anywhere, in tenths of a second."""
        return float(self.ticks[0])


def packed_ground(terrain: Terrain, walker: Profile, goals: tuple[Place, ...] = (), *, border: bool = False) -> Ground:
    """The ground for one walker, with the way to the goals or, with `border`, to the border.

    Raises SearchError for a terrain too long to pack, or a border that is not known; OffMap for a goal off the map.
    """
    if max(terrain.rows, terrain.cols) > MOST_SIDE:
        raise SearchError(f"a terrain more than {MOST_SIDE:,} cells long is refused: take a smaller area")
    words, ticks, shut = _without_goal(terrain, walker)
    words = words.copy()
    if goals or border:
        _point(words, GOAL, _toward_goal(terrain, walker, goals, border=border))
    for place in goals:
        row, col = terrain.cell_of(place)
        words[row * terrain.cols + col, 1] |= np.uint64(1 << AT_GOAL)
    words[:, 1] |= terrain.border.ravel().astype(np.uint64) << np.uint64(AT_BORDER)
    words.flags.writeable = False
    return Ground(terrain, walker, words, ticks, shut)


Bare = tuple[Words, Floats, NDArray[np.bool_]]
_kept: WeakKeyDictionary[Terrain, dict[Profile, Bare]] = WeakKeyDictionary()


def _without_goal(terrain: Terrain, walker: Profile) -> Bare:
    """Words, ticks and what is shut, whatever he heads for. The last `KEPT_WALKERS` on a terrain are kept while it is,
    for each hypothesis and each new question meets the same ground; a terrain never changes.
    """
    kept = _kept.get(terrain, {})
    found = kept.get(walker) or _packed(terrain, walker)
    if terrain.rows * terrain.cols <= MOST_CELLS_KEPT:
        last = [one for one in kept.items() if one[0] != walker][1 - KEPT_WALKERS :]
        _kept[terrain] = dict([*last, (walker, found)])
    return found


def _packed(terrain: Terrain, walker: Profile) -> Bare:
    height, kind, slowness = _underfoot(terrain, walker)
    ticks = _ticks(terrain, walker)
    words = np.zeros((terrain.rows * terrain.cols, 2), np.uint64)
    ground = np.stack((height, slowness), axis=-1).reshape(-1, 2)
    lengths = terrain.cell_m / 1000 * np.array([1.0, math.sqrt(2)])
    level = terrain.cell_m / 1000 * spread.pace(0.0) * float(slowness_by_cover(walker)[LandCover.OPEN])
    order = np.array(OF_SPREAD, np.int64)
    offsets = spread.offsets(terrain.cols + 2 * spread.PAD)
    exposed = np.pad((terrain.trails >= Trail.TRACK) | (terrain.land_cover == LandCover.BUILT), spread.PAD)
    hours = (ticks / (TICKS_A_MINUTE * 60)).astype(np.float64)
    _pack(ground, kind, exposed, offsets, order, lengths, walker.max_slope, level, hours, terrain.rows, words)
    shut = kind[spread.PAD : -spread.PAD, spread.PAD : -spread.PAD] == spread.BARRED
    _point(words, VIEW, _toward_view(terrain))
    _point(words, TO_TRAIL, _toward_trails(terrain))
    return words, ticks, shut


def _underfoot(terrain: Terrain, walker: Profile) -> tuple[Floats, Bytes, Floats]:
    """Padded height, kind and slowness of each cell, by the rules of `terrain.travel`. Voids are shut."""
    by_cover = slowness_by_cover(walker)
    slowness = by_cover[terrain.land_cover]
    water = (terrain.water >= Water.RIVER) | (terrain.land_cover == LandCover.WATER)
    trail = terrain.trails > Trail.NONE
    slowness[(terrain.water == Water.STREAM) & ~water] /= np.float32(STREAM.times)
    slowness[water] = by_cover[LandCover.OPEN]
    slowness[trail] = np.float32(1 / (TRAIL.times * walker.on_trail))
    kind = np.where(trail, spread.TRAIL, spread.OPEN).astype(np.uint8)
    kind[water] = np.where(trail[water], spread.TRAIL_ONLY, spread.BARRED)
    ford, bridge = terrain.crossings == Crossing.FORD, terrain.crossings == Crossing.BRIDGE
    slowness[ford] = np.float32(1 / (FORD.times * walker.off_trail))
    slowness[bridge] = np.float32(1 / (TRAIL.times * walker.on_trail))
    kind[ford | bridge] = spread.TRAIL
    kind[np.isnan(terrain.elevation_m)] = spread.BARRED
    height = np.pad(terrain.elevation_m, spread.PAD, constant_values=np.nan)
    return (
        height,
        np.pad(kind, spread.PAD, constant_values=spread.BARRED),
        np.pad(slowness, spread.PAD, constant_values=1),
    )


def _ticks(terrain: Terrain, walker: Profile) -> Floats:
    """Tenths of a second for each code: from the quickest step there can be, in equal ratios of 3 per cent."""
    fastest_km_h = 6.0 * max(walker.on_trail, float(1 / np.min(slowness_by_cover(walker)[1:7])))
    quickest = terrain.cell_m / 1000 / fastest_km_h * 60 * TICKS_A_MINUTE
    return (quickest * SLOWEST ** (np.arange(CODES) / (CODES - 1))).astype(np.float32)


@njit(cache=True, nogil=True)
def _pack(
    ground: Floats,
    kinds: Bytes,
    exposed: NDArray[np.bool_],
    offsets: NDArray[np.int64],
    order: NDArray[np.int64],
    lengths: NDArray[np.float64],
    steepest: float,
    level_h: float,
    hours: NDArray[np.float64],
    rows: int,
    words: Words,
) -> None:
    """Fills the steps' times and the sets of directions. Cells at the edge lead nowhere: who comes there has left."""
    width, kind, open_to = kinds.shape[1], kinds.ravel(), exposed.ravel()
    cols = width - 2 * spread.PAD
    ratio = (hours.size - 1) / math.log(hours[-1] / hours[0])
    for cell in range(rows * cols):
        row, col = cell // cols, cell % cols
        if row == 0 or col == 0 or row == rows - 1 or col == cols - 1:
            words[cell, 1] = np.uint64(1) << np.uint64(AT_EDGE)
            continue
        a = (row + spread.PAD) * width + col + spread.PAD
        times, sets = np.uint64(0), np.uint64(0)
        if kind[a] != spread.OPEN and kind[a] != spread.BARRED:
            sets |= np.uint64(1) << np.uint64(ON_TRAIL)
        for d in range(8):
            s = order[d]
            b, c, e = a + offsets[s, 0], a + offsets[s, 1], a + offsets[s, 2]
            if kind[a] == spread.BARRED:
                continue
            length = lengths[d & 1]
            cost = spread.step_cost(ground, kind, a, b, c, e, s, length, 1.0, steepest)
            if cost < 0.0:
                continue
            code = min(hours.size - 1, max(0, math.ceil(ratio * math.log(cost / hours[0]) - 0.5)))
            times |= np.uint64(code) << np.uint64(8 * d)
            relative = cost / (level_h * length / lengths[0])
            where = EASY if relative <= EASY_UP_TO else (MID if relative <= MID_UP_TO else HARD)
            sets |= np.uint64(1) << np.uint64(where + d)
            if kind[a] != spread.OPEN and kind[b] != spread.OPEN:
                sets |= np.uint64(1) << np.uint64(TRAILS + d)
            if open_to[b]:
                sets |= np.uint64(1) << np.uint64(EXPOSED + d)
        words[cell, 0], words[cell, 1] = times, sets


def _point(words: Words, field: int, direction: NDArray[np.int8]) -> None:
    """Writes a direction (0..7, -1 none) into each cell, with its flag."""
    flat = direction.ravel()
    code = np.where(flat >= 0, flat.astype(np.int64) | 8, 0).astype(np.uint64)
    words[:, 1] |= code << np.uint64(field)


def _steepest_rise(surface: Floats, least: float) -> NDArray[np.int8]:
    """The direction of the greatest rise by length to one of eight neighbours; -1 where none rises above `least`."""
    best = np.full(surface.shape, np.float32(least), np.float32)
    found = np.full(surface.shape, -1, np.int8)
    padded = np.pad(surface, 1, mode="edge")
    for d, (row, col) in enumerate(zip(ROW, COL, strict=True)):
        beside = padded[1 + row : padded.shape[0] - 1 + row, 1 + col : padded.shape[1] - 1 + col]
        rise = (beside - surface) / np.float32(math.hypot(row, col))
        better = rise > best
        best[better], found[better] = rise[better], d
    return found


def _toward_view(terrain: Terrain) -> NDArray[np.int8]:
    """Uphill on ground smoothed over VIEW_M, so that a rise leads on to the ridge and not to the next boulder."""
    from scipy.ndimage import gaussian_filter

    height = np.nan_to_num(terrain.elevation_m, nan=float(np.nanmin(terrain.elevation_m)))
    smooth = gaussian_filter(height, VIEW_M / terrain.cell_m / 2).astype(np.float32)
    return _steepest_rise(smooth, 0.02 * terrain.cell_m)


def _toward_trails(terrain: Terrain) -> NDArray[np.int8]:
    """Toward the nearest trail, from within SIGHT_M of one."""
    from scipy.ndimage import distance_transform_edt

    trail = terrain.trails > Trail.NONE
    if not trail.any():
        return np.full(trail.shape, -1, np.int8)
    away = distance_transform_edt(~trail).astype(np.float32)
    found = _steepest_rise(-away, 0.0)
    found[(away > SIGHT_M / terrain.cell_m) | trail] = -1
    return found


def _toward_goal(terrain: Terrain, walker: Profile, goals: tuple[Place, ...], *, border: bool) -> NDArray[np.int8]:
    """The next step of the quickest way to the nearest goal (`terrain.travel`); -1 where none leads there."""
    starts = [Start(place) for place in goals]
    if border:
        if not terrain.border.any():
            raise SearchError("no border is known on this terrain: import one, or name the goals he may head for")
        known = terrain.border & ~np.isnan(terrain.elevation_m)
        starts += [Start(terrain.place_of(int(r), int(c))) for r, c in np.argwhere(known)]
    came_by = travel(terrain, starts, walker, toward=True, directions=8).came_by
    back = np.full(len(spread.STEPS) + 1, -1, np.int8)
    for d, number in enumerate(OF_SPREAD):
        back[number] = (d + 4) % 8
    return back[came_by]
