"""A plain, slow shortest path with a heap, written from the words of the model and not from the compiled loop."""

from __future__ import annotations

import heapq
import itertools
import math

from wayhome.terrain.classes import Crossing, LandCover, Trail, Water
from wayhome.terrain.grid import Terrain
from wayhome.terrain.speed import LAND_COVER, Profile

Cell = tuple[int, int]
MOVES = [
    (r, c) for r, c in itertools.product(range(-2, 3), repeat=2) if max(abs(r), abs(c)) > 0 and math.gcd(r, c) == 1
]


class Plain:
    """The model over one terrain for one walker; `begun` are the cells that somebody starts in."""

    def __init__(self, terrain: Terrain, walker: Profile, begun: set[Cell]) -> None:
        self.terrain, self.walker, self.begun = terrain, walker, begun

    def trail(self, cell: Cell) -> bool:
        return bool(self.terrain.trails[cell] != Trail.NONE or self.terrain.crossings[cell] != Crossing.NONE)

    def wet(self, cell: Cell) -> bool:
        t = self.terrain
        water = t.water[cell] >= Water.RIVER or t.land_cover[cell] == LandCover.WATER
        return bool(water and t.crossings[cell] == Crossing.NONE)

    def walkable(self, cell: Cell) -> bool:
        """On the map, not a void, and dry or with a trail."""
        r, c = cell
        if not (0 <= r < self.terrain.rows and 0 <= c < self.terrain.cols):
            return False
        return not math.isnan(self.terrain.elevation_m[cell]) and (not self.wet(cell) or self.trail(cell))

    def left(self, cell: Cell) -> float:
        """What is left of Tobler's speed in a cell."""
        t, w = self.terrain, self.walker
        if t.crossings[cell] == Crossing.BRIDGE:
            return w.on_trail
        if t.crossings[cell] == Crossing.FORD:
            return 0.3 * w.off_trail
        if t.trails[cell] != Trail.NONE:
            return w.on_trail
        if self.wet(cell):
            return LAND_COVER[LandCover.OPEN].times * w.off_trail
        cover = LandCover(int(t.land_cover[cell]))
        stream = 0.5 if t.water[cell] == Water.STREAM else 1.0
        return LAND_COVER[cover].times * w.off_trail * stream

    def hours(self, a: Cell, b: Cell, *, backwards: bool = False) -> float | None:
        """Hours of one step from a to b (walked from b to a when backwards), None when it cannot be made."""
        if not self.walkable(b):
            return None
        move = (b[0] - a[0], b[1] - a[1])
        if abs(move[0]) + abs(move[1]) == 3:
            return self._knight(a, b, move, backwards)
        if self._leaves_trail_on_water(a, b):
            return None
        if abs(move[0]) + abs(move[1]) == 2:
            corners = ((a[0] + move[0], a[1]), (a[0], a[1] + move[1]))
            if all(not self.walkable(c) or self.wet(c) for c in corners):
                return None
            if not (self.trail(a) and self.trail(b)) and self._is_cliff(a, b):
                return None
        length_m = self.terrain.cell_m * math.hypot(*move)
        slope = self._slope(self._z(a), self._z(b), length_m, backwards)
        if abs(slope) > self.walker.max_slope:
            if not (self.trail(a) and self.trail(b)):
                return None
            slope = math.copysign(self.walker.max_slope, slope)
        return self._walk(slope, length_m / 2, a) + self._walk(slope, length_m / 2, b)

    def _leaves_trail_on_water(self, a: Cell, b: Cell) -> bool:
        """Between a trail that shares its cell with water and a cell without trail nobody passes."""
        if self.wet(b) and not self.trail(a) and self.walkable(a):
            return True
        return self.wet(a) and self.trail(a) and not self.trail(b) and a not in self.begun

    def _is_cliff(self, a: Cell, b: Cell) -> bool:
        """Whether the plane through the four cells of a diagonal step is too steep (mean gradient each way)."""
        t = self.terrain
        corners = [(r, c) for r in (a[0], b[0]) for c in (a[1], b[1])]
        if any(not (0 <= r < t.rows and 0 <= c < t.cols) or math.isnan(t.elevation_m[r, c]) for r, c in corners):
            return False
        za, z_right, z_down, zb = (self._z(cell) for cell in corners)
        across = ((z_right - za) + (zb - z_down)) / 2 / t.cell_m
        down = ((z_down - za) + (zb - z_right)) / 2 / t.cell_m
        return math.hypot(across, down) > self.walker.max_slope

    def _knight(self, a: Cell, b: Cell, move: Cell, backwards: bool) -> float | None:
        along = (move[0] // 2, 0) if abs(move[0]) == 2 else (0, move[1] // 2)
        c = (a[0] + along[0], a[1] + along[1])
        e = (b[0] - along[0], b[1] - along[1])
        if not (self.walkable(c) and self.walkable(e)):
            return None
        cells = (a, c, e, b)
        wet = [self.wet(x) and (self.walkable(x) or x != a) for x in cells]
        if any(wet) and not all(self.trail(x) or not self.walkable(x) for x in cells):
            return None
        if self.wet(a) and not self.walkable(a) and not all(self.trail(x) for x in (c, e, b)):
            return None
        half = self.terrain.cell_m * math.sqrt(5) / 2
        mid = (self._z(c) + self._z(e)) / 2
        one, two = self._slope(self._z(a), mid, half, backwards), self._slope(mid, self._z(b), half, backwards)
        across = abs(self._z(c) - self._z(e)) / self.terrain.cell_m
        if max(abs(one), abs(two), across) > self.walker.max_slope:
            return None
        q = half / 2
        return self._walk(one, q, a) + self._walk(one, q, c) + self._walk(two, q, e) + self._walk(two, q, b)

    def _z(self, cell: Cell) -> float:
        return float(self.terrain.elevation_m[cell])

    def _slope(self, frm: float, to: float, length_m: float, backwards: bool) -> float:
        return (frm - to if backwards else to - frm) / length_m

    def _walk(self, slope: float, length_m: float, cell: Cell) -> float:
        return length_m / 1000 / (6 * math.exp(-3.5 * abs(slope + 0.05)) * self.left(cell))


def plain_hours(
    terrain: Terrain, starts: dict[Cell, float], walker: Profile, *, limit_h: float = math.inf, backwards: bool = False
) -> dict[Cell, float]:
    """Hours for every cell that is reached within the limit."""
    model = Plain(terrain, walker, set(starts))
    best: dict[Cell, float] = {}
    heap = [(hours, cell) for cell, hours in starts.items() if hours <= limit_h]
    heapq.heapify(heap)
    while heap:
        hours, a = heapq.heappop(heap)
        if a in best:
            continue
        best[a] = hours
        for r, c in MOVES:
            b = (a[0] + r, a[1] + c)
            step = model.hours(a, b, backwards=backwards)
            if step is not None and b not in best and hours + step <= limit_h:
                heapq.heappush(heap, (hours + step, b))
    return best
