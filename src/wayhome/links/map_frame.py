"""The sheet of a map: which ground it shows, at which round scale, and where map and margin lie on the paper."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.terrain.grid import Terrain
from wayhome.terrain.utm import from_lonlat, to_metres
from wayhome.usecases.search.map_plan import MapPlan
from wayhome.values.places import EARTH_RADIUS_M, Place

DPI: Final = 200
A4_IN: Final = (8.27, 11.69)
PAPERS_IN: Final = {"A4": A4_IN, "A3": (11.69, 16.54)}
MARGIN_IN: Final = 0.38
TITLE_IN: Final = 0.62
INCH_M: Final = 0.0254
ROUND: Final = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 7.5, 8.0)
SIDE_IN: Final = 3.0
FOOT_IN: Final = 3.1
RING_ROOM: Final = 1.5
"""Rings up to so many times as far as he can have come are given room on the sheet; farther ones are only told."""
CORNERS: Final = 180
OF_PLANS: Final = ("way", "given")
PLANNED_SHARE: Final = 0.5
"""The sheet of a plan shows what the plan uses and the likeliest half, larger than all where he may be."""

Box = tuple[float, float, float, float]
"""West, south, east, north in metres; or left, bottom, width, height in inches."""


@dataclass(frozen=True)
class Frame:
    """Where the map lies on the paper (inches) and which ground it shows (metres), 1 to `scale`."""

    paper_in: tuple[float, float]
    map_in: Box
    margin_in: Box
    ground_m: Box
    scale: int

    @property
    def wide(self) -> bool:
        return self.paper_in[0] > self.paper_in[1]

    @property
    def paper(self) -> str:
        """What the paper is called."""
        return next(name for name, sides in PAPERS_IN.items() if set(sides) == set(self.paper_in))

    @property
    def size_px(self) -> tuple[int, int]:
        """Columns and rows of pixels of the map."""
        return round(self.map_in[2] * DPI), round(self.map_in[3] * DPI)

    @property
    def metres_per_inch(self) -> float:
        return self.scale * INCH_M

    def holds(self, x_m: float, y_m: float, inside_in: float = 0.0) -> bool:
        """Whether a point is on the map, at least so far from its edge."""
        west, south, east, north = self.ground_m
        inside = inside_in * self.metres_per_inch
        return west + inside <= x_m <= east - inside and south + inside <= y_m <= north - inside


def circle_lonlat(centre: Place, radius_m: float, corners: int = CORNERS) -> NDArray[np.float64]:
    """(corners + 1, 2) longitudes and latitudes at a great-circle distance, against the clock, first and last alike.

    Longitudes run on beyond 180 where the circle crosses it.
    """
    angle = radius_m / EARTH_RADIUS_M
    lat, lon = math.radians(centre.lat), math.radians(centre.lon)
    bearing = -np.linspace(0.0, 2 * math.pi, corners + 1)
    there = np.arcsin(
        np.clip(math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * np.cos(bearing), -1, 1)
    )
    turned = np.arctan2(
        np.sin(bearing) * math.sin(angle) * math.cos(lat), math.cos(angle) - math.sin(lat) * np.sin(there)
    )
    ring = np.column_stack((np.degrees(lon + turned), np.degrees(there)))
    ring[-1] = ring[0]
    return ring


def circle_m(terrain: Terrain, centre: Place, radius_m: float) -> NDArray[np.float64]:
    """The same circle in the terrain's metres."""
    return from_lonlat(terrain.epsg, circle_lonlat(centre, radius_m))


def frame_for(plan: MapPlan) -> Frame:
    """The sheet for a plan: upright or lying, whichever shows the ground larger where the plan does not say."""
    box = wanted(plan)
    ways = (False, True) if plan.lying is None else (plan.lying,)
    frames = [_frame(plan, box, wide=wide) for wide in ways]
    return min(frames, key=lambda frame: (frame.scale, frame.wide))


def _frame(plan: MapPlan, box: Box, *, wide: bool) -> Frame:
    terrain, upright = plan.terrain, PAPERS_IN[plan.paper]
    paper = upright[::-1] if wide else upright
    across, up = paper[0] - 2 * MARGIN_IN, paper[1] - 2 * MARGIN_IN - TITLE_IN
    if wide:
        map_in = (MARGIN_IN, MARGIN_IN, across - SIDE_IN, up)
        margin_in = (MARGIN_IN + map_in[2] + 0.15, MARGIN_IN, SIDE_IN - 0.15, up)
    else:
        map_in = (MARGIN_IN, MARGIN_IN + FOOT_IN, across, up - FOOT_IN)
        margin_in = (MARGIN_IN, MARGIN_IN, across, FOOT_IN - 0.3)
    width_m, height_m = box[2] - box[0], box[3] - box[1]
    scale = plan.scale or round_up(max(width_m / map_in[2], height_m / map_in[3]) / INCH_M)
    half = (map_in[2] * scale * INCH_M / 2, map_in[3] * scale * INCH_M / 2)
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    if plan.scale is None:
        x, y = _kept(x, half[0], terrain.west_m, terrain.east_m), _kept(y, half[1], terrain.south_m, terrain.north_m)
    return Frame(paper, map_in, margin_in, (x - half[0], y - half[1], x + half[0], y + half[1]), scale)


def round_up(scale: float) -> int:
    power: int = 10 ** math.floor(math.log10(max(scale, 100.0)))
    above: list[float] = [r * power for r in ROUND if r * power >= scale * 0.999]
    return round(above[0] if above else 10 * power)


def _kept(middle: float, half: float, low: float, high: float) -> float:
    """The middle moved so that the sheet stays on the terrain, or the terrain's middle where the sheet is larger."""
    if high - low <= 2 * half:
        return (low + high) / 2
    return min(max(middle, low + half), high - half)


def wanted(plan: MapPlan) -> Box:
    """The ground to show, cut to the terrain."""
    terrain = plan.terrain
    whole = (terrain.west_m, terrain.south_m, terrain.east_m, terrain.north_m)
    if plan.around is not None:
        x, y = to_metres(terrain.epsg, plan.around[0])
        radius = plan.around[1]
        if plan.scale is not None:
            return (x - radius, y - radius, x + radius, y + radius)
        return _cut((x - radius, y - radius, x + radius, y + radius), whole)
    if plan.whereabouts is None:
        return whole
    boxes = [_reached(plan), *_marked(plan)]
    far = max(boxes[0][2] - boxes[0][0], boxes[0][3] - boxes[0][1]) / 2
    if plan.rings_at is not None and plan.chances is None:
        x, y = to_metres(terrain.epsg, plan.rings_at)
        near = [ring.radius_m for ring in plan.whereabouts.rings if ring.radius_m <= RING_ROOM * far]
        boxes += [(x - r, y - r, x + r, y + r) for r in near]
    lows = [min(box[i] for box in boxes) for i in (0, 1)]
    highs = [max(box[i] for box in boxes) for i in (2, 3)]
    room = 0.05 * max(highs[0] - lows[0], highs[1] - lows[1]) + 2 * terrain.cell_m
    return _cut((lows[0] - room, lows[1] - room, highs[0] + room, highs[1] + room), whole)


def _reached(plan: MapPlan) -> Box:
    assert plan.whereabouts is not None
    terrain, reached = plan.terrain, plan.whereabouts.reach.reached
    if plan.chances is not None and plan.chances.grid.any():
        planned = any(one.kind in OF_PLANS for one in plan.drawn) or any(m.kind == "manned" for m in plan.markers)
        reached = plan.chances.grid >= likely_level(plan.chances.grid, PLANNED_SHARE if planned else 0.95)
    rows, cols = np.flatnonzero(reached.any(axis=1)), np.flatnonzero(reached.any(axis=0))
    west, north = terrain.metres_of(int(rows[0]), int(cols[0]))
    east, south = terrain.metres_of(int(rows[-1]), int(cols[-1]))
    return west, south, east, north


def likely_level(grid: NDArray[np.float64], share: float = 0.95) -> float:
    """The chance per cell above which cells hold a share of what is on the map."""
    flat = np.sort(grid.ravel())[::-1]
    sums = np.cumsum(flat)
    return float(max(flat[int(np.searchsorted(sums, share * sums[-1]))], np.finfo(np.float64).tiny))


def _marked(plan: MapPlan) -> list[Box]:
    """Everything that stands at a place; of a plan its ways as well."""
    places = [*(m.place for m in plan.markers), *(p for one in plan.drawn if one.kind in OF_PLANS for p in one.points)]
    inside = [to_metres(plan.terrain.epsg, place) for place in places if plan.terrain.holds(place)]
    return [(x, y, x, y) for x, y in inside]


def _cut(box: Box, whole: Box) -> Box:
    cut = (max(box[0], whole[0]), max(box[1], whole[1]), min(box[2], whole[2]), min(box[3], whole[3]))
    return cut if cut[0] < cut[2] and cut[1] < cut[3] else whole
