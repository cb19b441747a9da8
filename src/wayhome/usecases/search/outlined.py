"""How far he can have come, as lines that a map on a screen can draw: kept with the advice, and read again from it.

Kept lines are coarser than those of a printed map; the printed map is made anew from the same question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from wayhome.usecases.search.likelihood import Likely
from wayhome.values.ids import Id
from wayhome.values.places import Place
from wayhome.values.when import Moment

if TYPE_CHECKING:
    from wayhome.engines.search import Whereabouts
    from wayhome.terrain.isochrones import Polygon

MOST_CORNERS = 400
"""Of one band: some 8 kB in the record."""
COARSEST_DEG = 0.05
DECIMALS = 5
"""Of a degree: a metre, far finer than any travel time."""

Corner = tuple[float, float]
"""Longitude and latitude, as GeoJSON has them."""
Rings = tuple[tuple[Corner, ...], ...]
"""An outline, then its holes."""


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """The ground he can have come to within `hours`."""

    hours: float
    area_km2: float
    polygons: tuple[Rings, ...]


class LikelyArea(msgspec.Struct, frozen=True, kw_only=True):
    """The smallest ground that holds such a share of what is on the map."""

    share: float
    polygons: tuple[Rings, ...]


class Outlines(msgspec.Struct, frozen=True, kw_only=True):
    """What of a search map is kept to be drawn again, with every word that must stand beside it."""

    point: Place
    start: str
    since: Moment | None
    hours: float
    walker: str
    category: str
    bands: tuple[Band, ...]
    rings_m: dict[str, float]
    rings_at: Place | None
    facts: tuple[str, ...]
    cautions: tuple[str, ...]
    provenance: tuple[str, ...]
    areas: tuple[LikelyArea, ...] = ()
    likely: Likely | None = None


class WhereView(msgspec.Struct, frozen=True, kw_only=True):
    """Where he can be, as last advised: when that was made, and its outlines."""

    advice: Id
    made: Moment
    outlines: Outlines


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What is read of an advice; older ones have no outlines."""

    outlines: Outlines | None = None


def bands(found: Whereabouts) -> tuple[Band, ...]:
    """The isochrones, the widest first, so that each lies upon the one before."""
    return tuple(
        Band(hours=one.hours, area_km2=round(one.area_km2, 2), polygons=coarse(one.polygons))
        for one in sorted(found.isochrones, key=lambda one: -one.hours)
    )


def coarse(polygons: tuple[Polygon, ...]) -> tuple[Rings, ...]:
    """The polygons with no more than `MOST_CORNERS` corners in all, as true to the ground as that allows."""
    from shapely.geometry import MultiPolygon
    from shapely.geometry import Polygon as Area

    whole = MultiPolygon([Area(outline, holes) for outline, *holes in polygons if len(outline) >= 4]).buffer(0)
    tolerance = 10.0**-DECIMALS
    kept = _rings(whole)
    while _corners(kept) > MOST_CORNERS and tolerance < COARSEST_DEG:
        tolerance *= 2
        rounder = whole.simplify(tolerance)
        kept = tuple(_large(rings, tolerance) for rings in _rings(rounder) if _size(rings[0]) > tolerance)
    return kept


def _rings(area: object) -> tuple[Rings, ...]:
    from shapely.geometry.polygon import orient

    parts = [part for part in getattr(area, "geoms", [area]) if not part.is_empty and part.geom_type == "Polygon"]
    turned = [orient(part) for part in parts]
    return tuple(
        tuple(
            tuple((round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring.coords)
            for ring in (part.exterior, *part.interiors)
        )
        for part in turned
    )


def _large(rings: Rings, least_deg: float) -> Rings:
    """The outline with only those holes that are larger than what was rounded off."""
    return (rings[0], *(hole for hole in rings[1:] if _size(hole) > 2 * least_deg))


def _size(ring: tuple[Corner, ...]) -> float:
    """How wide or high a ring is, in degrees."""
    across, up = [lon for lon, _ in ring], [lat for _, lat in ring]
    return max(max(across) - min(across), max(up) - min(up))


def _corners(polygons: tuple[Rings, ...]) -> int:
    return sum(len(ring) for rings in polygons for ring in rings)
