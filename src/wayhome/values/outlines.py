"""Lines and outlines on the ground: how long, how large, and whether an outline crosses itself. Pure arithmetic.

Corners are joined by straight lines on a map; over the tens of kilometres of a search that is the ground to a few
metres. All of it holds across the antimeridian.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from wayhome.values.places import EARTH_RADIUS_M, Place, distance_m

Side = tuple[float, float, float, float]
"""From x, y to x, y."""


def length_m(points: Sequence[Place]) -> float:
    """How long the way from point to point is, in metres."""
    return sum(distance_m(one, after) for one, after in pairwise(points))


def across_m(points: Sequence[Place]) -> float:
    """From corner to corner of the box that holds all points, in metres: no two of them lie farther apart."""
    if not points:
        return 0.0
    east = _eastings(points)
    south, north = min(p.lat for p in points), max(p.lat for p in points)
    nearest = 0.0 if south <= 0 <= north else min(abs(south), abs(north))
    wide = math.radians(max(east) - min(east)) * math.cos(math.radians(nearest))
    return EARTH_RADIUS_M * math.hypot(wide, math.radians(north - south))


def area_m2(outline: Sequence[Place]) -> float:
    """The ground inside a closed outline, in square metres (Chamberlain and Duquette 2007, on the mean sphere).

    For one that crosses itself it means nothing.
    """
    east = _eastings(outline)
    if len(outline) < 3:
        return 0.0
    base = math.sin(math.radians(outline[0].lat))
    total = 0.0
    for i, corner in enumerate(outline):
        wide = math.radians(east[(i + 1) % len(east)] - east[i - 1])
        total += wide * (math.sin(math.radians(corner.lat)) - base)
    return abs(total) * EARTH_RADIUS_M**2 / 2


def crosses_itself(outline: Sequence[Place]) -> bool:
    """Whether two sides of a closed outline that are not neighbours meet."""
    sides = _sides(outline)
    order = sorted(range(len(sides)), key=lambda i: min(sides[i][0], sides[i][2]))
    open_sides: list[int] = []
    for i in order:
        x0, y0, x1, y1 = sides[i]
        west, south, north = min(x0, x1), min(y0, y1), max(y0, y1)
        open_sides = [j for j in open_sides if max(sides[j][0], sides[j][2]) >= west]
        for j in open_sides:
            apart = max(sides[j][1], sides[j][3]) < south or min(sides[j][1], sides[j][3]) > north
            if not apart and not _neighbours(i, j, len(sides)) and _meet(sides[i], sides[j]):
                return True
        open_sides.append(i)
    return False


def _eastings(points: Sequence[Place]) -> list[float]:
    """Longitudes that run on across the antimeridian instead of jumping."""
    east: list[float] = []
    for point in points:
        before = east[-1] if east else point.lon
        east.append(before + (point.lon - before + 180) % 360 - 180)
    return east


def _sides(outline: Sequence[Place]) -> list[Side]:
    """Every side of some length, the last one back to the first corner."""
    corners = list(zip(_eastings(outline), (p.lat for p in outline), strict=True))
    pairs = zip(corners, [*corners[1:], *corners[:1]], strict=True)
    return [(*one, *after) for one, after in pairs if one != after]


def _neighbours(i: int, j: int, count: int) -> bool:
    return abs(i - j) in (0, 1, count - 1)


def _meet(one: Side, other: Side) -> bool:
    a, b, c, d = one[:2], one[2:], other[:2], other[2:]
    turns = (_turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b))
    if turns[0] * turns[1] < 0 and turns[2] * turns[3] < 0:
        return True
    touches = ((turns[0], a, b, c), (turns[1], a, b, d), (turns[2], c, d, a), (turns[3], c, d, b))
    return any(turn == 0 and _within(p, q, r) for turn, p, q, r in touches)


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    """Above zero where c lies to the left of the way from a to b, below where to the right."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _within(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    """Whether c, which lies in line with a and b, lies between them."""
    return min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])
