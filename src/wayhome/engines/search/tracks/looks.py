"""Evidence as numbers on the grid: what the compiled loop looks at, where, and when.

Two forms. A *miss* adds up a rate of finding along a track (a searched area, a sweep); a *match* takes the best
agreement of a track with what was found (a clue, a sighting, a bearing, a trail, a ping, a watcher). Both come with
boxes, each inside one half hour, outside which nothing is said: tracks that touch no box are not walked again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.tracks import evidence as kinds
from wayhome.engines.search.tracks.ground import TICKS_A_MINUTE
from wayhome.engines.search.tracks.walking import BLOCK_TICKS
from wayhome.terrain.grid import Terrain
from wayhome.terrain.utm import to_metres
from wayhome.values.places import Place

AREA, SWEEP, MATCH = 0, 1, 2
BESIDE_FOUND: Final = 2.0
"""A searcher who passes right by at the stated speed finds with 1 - exp(-2), 86 per cent: the lateral range curve is
1 - exp(-2 exp(-x^2 / 2 s^2)), its width set by the sweep width. Our own choice of a curve; the width decides."""
SWEEP_TICKS: Final = 150
"""A searcher's track is cut into quarters of a minute, and taken as straight within each."""
FAR: Final = 4.0
"""Beyond four times a spread nothing is felt (a ten-thousandth)."""
CENTRE_R, CENTRE_C, NEAR, LONG, SOFT, TOWARD, SHARP, COURSE, KEEN, AT_TICK, DECAY, PACE = range(12)
"""What a match is asked: the centre, distances in cells with soft edges, direction seen from the centre (radians
clockwise from north) and how sharply, course gone and how sharply, and how the worth falls off before a tick. Of a
sweep: PACE, the most cells that a searcher makes in SWEEP_TICKS along a row or a column."""


Matched = kinds.Watcher | kinds.Clue | kinds.Sighting | kinds.Bearing | kinds.Trailing | kinds.Ping


@dataclass(frozen=True, eq=False)
class Look:
    """One piece of evidence for the loop.

    `boxes` is int64 (n, 7): first and last tick, rows and columns from and to, and which searcher's it is.

    `field` is float32 (rows, cols), the rate of finding per tick in each cell of the box whose corner is `corner`;
    `sensors` is float64 (n, 3) of tick, row, col, a searcher's rows apart by SWEEP_TICKS, `ends` where
    each searcher's rows end; `asked` the numbers of a match. What is not needed is empty.
    """

    kind: int
    boxes: NDArray[np.int64]
    field: NDArray[np.float32]
    corner: tuple[int, int]
    sensors: NDArray[np.float64]
    ends: NDArray[np.int64]
    asked: NDArray[np.float64]


def _look(kind: int, boxes: list[tuple[int, ...]], **parts: object) -> Look:
    empty: dict[str, object] = {
        "field": np.zeros((1, 1), np.float32),
        "corner": (0, 0),
        "sensors": np.zeros((0, 3)),
        "ends": np.zeros(0, np.int64),
        "asked": np.zeros(PACE + 1),
    }
    cut = np.array(boxes, np.int64).reshape(-1, 7)
    return Look(kind=kind, boxes=cut[np.argsort(cut[:, 0], kind="stable")], **{**empty, **parts})  # type: ignore[arg-type]  # by name


def look_of(terrain: Terrain, piece: kinds.Placed) -> Look:
    """The numbers of a piece of evidence that has a place."""
    if isinstance(piece, kinds.SearchedArea):
        return _area(terrain, piece)
    if isinstance(piece, kinds.Sweep):
        return _sweep(terrain, piece)
    return _match(terrain, piece)


def grid_point(terrain: Terrain, place: Place) -> tuple[float, float]:
    """Row and column of a place, in cells (a whole number is the middle of one), on the map or off it."""
    x, y = to_metres(terrain.epsg, place)
    return (terrain.north_m - y) / terrain.cell_m - 0.5, (x - terrain.west_m) / terrain.cell_m - 0.5


def cut(
    first: int, last: int, rows: tuple[float, float], cols: tuple[float, float], whose: int = 0
) -> list[tuple[int, ...]]:
    """A box of time and place in pieces that lie inside one half hour each."""
    where = (math.floor(rows[0]), math.ceil(rows[1]), math.floor(cols[0]), math.ceil(cols[1]), whose)
    out: list[tuple[int, ...]] = []
    at = first
    while True:
        end = min(last, (at // BLOCK_TICKS + 1) * BLOCK_TICKS)
        out.append((at, end, *where))
        if end >= last:
            return out
        at = end


def _ticks(minutes: float) -> int:
    return round(minutes * TICKS_A_MINUTE)


def area_mask(terrain: Terrain, area: tuple[Place, ...]) -> tuple[NDArray[np.bool_], int, int]:
    """Which cells' middles lie in an outline, in the box from (row, col) on that holds it. Even-odd rule."""
    corners = np.array([grid_point(terrain, place) for place in area])
    low = np.clip(np.floor(corners.min(axis=0)), 0, (terrain.rows - 1, terrain.cols - 1)).astype(int)
    high = np.clip(np.ceil(corners.max(axis=0)), 0, (terrain.rows - 1, terrain.cols - 1)).astype(int)
    rows, cols = np.arange(low[0], high[0] + 1), np.arange(low[1], high[1] + 1)
    inside = np.zeros((rows.size, cols.size), np.bool_)
    for (r1, c1), (r2, c2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        spans = (r1 > rows) != (r2 > rows)
        with np.errstate(divide="ignore", invalid="ignore"):
            cross = (c2 - c1) * (rows - r1) / (r2 - r1) + c1
        inside ^= spans[:, None] & (cols[None, :] < cross[:, None])
    return inside, int(low[0]), int(low[1])


def _area(terrain: Terrain, piece: kinds.SearchedArea) -> Look:
    inside, row, col = area_mask(terrain, piece.area)
    first, last = _ticks(piece.from_min), _ticks(piece.to_min)
    effort = -math.log1p(-piece.pod) if piece.pod < 1 else 1e9
    boxes = cut(first, last, (row, row + inside.shape[0] - 1), (col, col + inside.shape[1] - 1))
    rate = (inside * (effort / (last - first))).astype(np.float32)
    return _look(AREA, boxes, field=rate, corner=(row, col))


@lru_cache(maxsize=4)
def width_of_curve(beside: float = BESIDE_FOUND) -> float:
    """The sweep width of the lateral range curve, in its spread s."""
    x = np.linspace(-8, 8, 16_001)
    return float(np.trapezoid(1 - np.exp(-beside * np.exp(-0.5 * x * x)), x))


def _sweep(terrain: Terrain, piece: kinds.Sweep) -> Look:
    """A searcher's rate falls off as a normal curve of the distance; a pass at the stated speed gives the curve."""
    spread = piece.sweep_width_m / width_of_curve() / terrain.cell_m
    speed = piece.at_km_h * 1000 / 60 / TICKS_A_MINUTE / terrain.cell_m
    rate = BESIDE_FOUND * speed / (spread * math.sqrt(2 * math.pi))
    tired = math.inf if piece.tired_from_min is None else piece.tired_from_min * TICKS_A_MINUTE
    rows, ends, boxes = [], [], []
    for number, path in enumerate(piece.paths):
        ticks = np.array([minute * TICKS_A_MINUTE for minute, _ in path])
        points = np.array([grid_point(terrain, place) for _, place in path])
        first, last = round(ticks[0]), round(ticks[-1])
        quarters = np.arange(first // SWEEP_TICKS + 1, -(-last // SWEEP_TICKS)) * float(SWEEP_TICKS)
        at = np.concatenate([[float(first)], quarters, [float(last)] if last > first else []])
        walked = np.stack([at, np.interp(at, ticks, points[:, 0]), np.interp(at, ticks, points[:, 1])], axis=1)
        rows.append(walked)
        ends.append(sum(len(r) for r in rows))
        boxes += _boxes_along(walked, FAR * spread, number)
    asked = np.zeros(PACE + 1)
    asked[SOFT], asked[SHARP], asked[AT_TICK], asked[DECAY] = spread, rate, tired, 1 - kinds.TIRED
    asked[PACE] = max(float(abs(np.diff(walked[:, 1:], axis=0)).max(initial=0.0)) for walked in rows)
    return _look(SWEEP, boxes, sensors=np.concatenate(rows), ends=np.array(ends, np.int64), asked=asked)


def _boxes_along(walked: NDArray[np.float64], margin: float, whose: int, pieces: int = 40) -> list[tuple[int, ...]]:
    """Boxes around ten minutes of a searcher's way each."""
    boxes = []
    for k in range(0, max(1, len(walked) - 1), pieces):
        part = walked[k : k + pieces + 1]
        low, high = part[:, 1:].min(axis=0) - margin, part[:, 1:].max(axis=0) + margin
        boxes += cut(int(part[0, 0]), int(part[-1, 0]), (low[0], high[0]), (low[1], high[1]), whose)
    return boxes


def _keen(spread_deg: float) -> float:
    """The sharpness of a von Mises curve of this spread."""
    return 1 / math.radians(spread_deg) ** 2


def _match(terrain: Terrain, piece: Matched) -> Look:
    asked = np.zeros(PACE + 1)
    place = piece.mast if isinstance(piece, kinds.Ping) else piece.place
    asked[CENTRE_R], asked[CENTRE_C] = grid_point(terrain, place)
    near, far, soft = 0.0, 0.0, 0.0
    if isinstance(piece, kinds.Clue | kinds.Sighting | kinds.Trailing):
        soft = piece.within_m
    elif isinstance(piece, kinds.Watcher):
        far, soft = piece.radius_m, 0.0
    elif isinstance(piece, kinds.Bearing):
        far, soft = piece.reach_m, piece.reach_m / 4
        asked[TOWARD], asked[SHARP] = math.radians(piece.bearing_deg), _keen(piece.spread_deg)
    elif isinstance(piece, kinds.Ping):
        near, far, soft = piece.from_m, piece.to_m, 0.1 * piece.to_m
        if piece.azimuth_deg is not None:
            asked[TOWARD], asked[SHARP] = math.radians(piece.azimuth_deg), _keen(piece.beam_deg / 2)
    if isinstance(piece, kinds.Trailing):
        asked[AT_TICK] = _ticks(piece.at_min)
        asked[DECAY] = math.log(2) / (piece.half_life_min * TICKS_A_MINUTE)
        if piece.toward_deg is not None:
            asked[COURSE], asked[KEEN] = math.radians(piece.toward_deg), _keen(piece.sd_deg)
    asked[NEAR], asked[LONG], asked[SOFT] = (x / terrain.cell_m for x in (near, far, soft))
    reach = asked[LONG] + FAR * asked[SOFT]
    r, c = asked[CENTRE_R], asked[CENTRE_C]
    boxes = cut(_ticks(piece.from_min), _ticks(piece.to_min), (r - reach, r + reach), (c - reach, c + reach))
    return _look(MATCH, boxes, asked=asked)
