"""Maps for other programs: GeoTIFF of hours or ground, GeoJSON (RFC 7946) of outlines and markers. Bytes, no files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
import numpy as np
from affine import Affine
from numpy.typing import NDArray

from wayhome.engines.search.whereabouts import NOT_VALIDATED, Whereabouts
from wayhome.links.map_frame import circle_lonlat
from wayhome.terrain.grid import Terrain
from wayhome.usecases.search.map_plan import Chances, Drawn, Hour, MapPlan
from wayhome.values.places import Place

NODATA: Final = -9999.0
DECIMALS: Final = 6
"""Of a degree: a tenth of a metre."""
Bands = list[tuple[str, str, NDArray[np.float32]]]
Ring = NDArray[np.float64]


# ---- GeoTIFF ----


def geotiff(plan: MapPlan) -> bytes:
    """The whole terrain as float32 bands with their units, in its own UTM zone; deflated; `NODATA` where not known.

    With a search: hours on foot from the initial point (no data where he cannot have come), and reach (1 within the
    hours, 0 beyond, no data in voids). Without one: the layers of the ground. With chances, these come first: the
    chance that he is in each cell, and the share of the smallest ground that holds the cell (up to 0.5: the likeliest
    half); then, by the hour, the chance at each hour.
    """
    import rasterio
    from rasterio.io import MemoryFile

    terrain = plan.terrain
    bands = _search_bands(terrain, plan.whereabouts) if plan.whereabouts is not None else _ground_bands(terrain)
    bands = [*_chance_bands(plan.chances), *_hour_bands(plan.hourly), *bands]
    shape: dict[str, Any] = {"count": len(bands), "height": terrain.rows, "width": terrain.cols, "dtype": "float32"}
    where = {
        "crs": rasterio.CRS.from_epsg(terrain.epsg),
        "transform": Affine(terrain.cell_m, 0.0, terrain.west_m, 0.0, -terrain.cell_m, terrain.north_m),
        "nodata": NODATA,
    }
    with MemoryFile() as memory:
        with memory.open(driver="GTiff", compress="deflate", predictor=3, **shape, **where) as file:
            for number, (name, unit, values) in enumerate(bands, start=1):
                file.write(values, number)
                file.set_band_description(number, name)
                file.set_band_unit(number, unit)
            file.update_tags(
                TITLE=plan.title,
                DESCRIPTION=plan.subtitle or plan.title,
                PROVENANCE="\n".join(plan.provenance),
                CAUTIONS="\n".join(_cautions(plan)),
            )
        return bytes(memory.read())


def _chance_bands(chances: Chances | None) -> Bands:
    if chances is None:
        return []
    flat = chances.grid.ravel()
    order = np.argsort(-flat, kind="stable")
    sums = np.cumsum(flat[order])
    shares = np.full(flat.size, NODATA, np.float32)
    if sums[-1] > 0:
        held = order[: int(np.count_nonzero(flat))]
        shares[held] = (sums[: held.size] / sums[-1]).astype(np.float32)
    name = f"chance that he is in the cell (spread over {chances.smoothed_m:g} m)"
    return [
        (name, "1", chances.grid.astype(np.float32)),
        ("share of the smallest ground that holds the cell", "1", shares.reshape(chances.grid.shape)),
    ]


def _hour_bands(hourly: Sequence[Hour]) -> Bands:
    return [(f"chance that he is in the cell at {one.at}", "1", one.chances.grid.astype(np.float32)) for one in hourly]


def _search_bands(terrain: Terrain, found: Whereabouts) -> Bands:
    hours = np.where(found.reach.reached, found.reach.hours, NODATA).astype(np.float32)
    reach = found.reach.reached.astype(np.float32)
    reach[np.isnan(terrain.elevation_m) & ~found.reach.reached] = NODATA
    return [("hours on foot from the initial point", "h", hours), (f"within {found.hours:g} h", "1", reach)]


def _ground_bands(terrain: Terrain) -> Bands:
    layers = (("land cover", terrain.land_cover), ("trails", terrain.trails), ("water", terrain.water))
    codes = [(f"{name} (class)", "1", values.astype(np.float32)) for name, values in layers]
    return [("elevation", "m", np.nan_to_num(terrain.elevation_m, nan=NODATA)), *codes]


# ---- GeoJSON ----


def geojson(plan: MapPlan) -> bytes:
    """A FeatureCollection: isochrones and rings as MultiPolygons, markers and names as Points, WGS84 lon/lat.

    Outlines run by the right-hand rule and are cut at the antimeridian. What the map rests on and cannot say stands in
    the foreign member `wayhome`.
    """
    features: list[dict[str, Any]] = []
    if plan.whereabouts is not None:
        features += _outlines(plan, plan.whereabouts)
    if plan.chances is not None:
        features += _areas(plan.chances)
    for hour in plan.hourly:
        features += _areas(hour.chances, at=hour.at)
    features += [
        _point(marker.place, kind=marker.kind, name=marker.label, remark=marker.remark) for marker in plan.markers
    ]
    features += [_by_hand(drawn) for drawn in plan.drawn]
    if plan.whereabouts is None:
        features += [_point(named.place, kind=named.kind, name=named.label, remark="") for named in plan.terrain.names]
    collection = {
        "type": "FeatureCollection",
        "wayhome": {
            "title": plan.title,
            "subtitle": plan.subtitle,
            "facts": plan.facts,
            "cannot_say": _cautions(plan),
            "provenance": plan.provenance,
        },
        "features": features,
    }
    return msgspec.json.format(msgspec.json.encode(collection), indent=1) + b"\n"


def _cautions(plan: MapPlan) -> list[str]:
    said = list(dict.fromkeys(plan.cautions))
    if plan.whereabouts is not None and not any(NOT_VALIDATED in one for one in said):
        said.insert(0, NOT_VALIDATED)
    return said


def _outlines(plan: MapPlan, found: Whereabouts) -> list[dict[str, Any]]:
    features = []
    for isochrone in found.isochrones:
        words = {"kind": "isochrone", "hours": isochrone.hours, "area_km2": round(isochrone.area_km2, 3)}
        features.append(_area([list(polygon) for polygon in isochrone.polygons], words))
    for ring in found.rings:
        words = {
            "kind": "distance ring",
            "percent": ring.percent,
            "radius_m": round(ring.radius_m, 1),
            "category": found.category,
        }
        features.append(_area([[circle_lonlat(plan.rings_at or found.point, ring.radius_m)]], words))
    return features


def _areas(chances: Chances, **more: str) -> list[dict[str, Any]]:
    """The largest first, so that each lies upon the one before."""
    return [
        _area([list(polygon) for polygon in polygons], {"kind": "likeliest ground", "share": share, **more})
        for share, polygons in reversed(chances.areas)
    ]


def _point(place: Place, **properties: str) -> dict[str, Any]:
    at = [round(place.lon, DECIMALS), round(place.lat, DECIMALS)]
    said = {key: value for key, value in properties.items() if value}
    return {"type": "Feature", "properties": said, "geometry": {"type": "Point", "coordinates": at}}


def _by_hand(drawn: Drawn) -> dict[str, Any]:
    corners = np.array([(place.lon, place.lat) for place in drawn.points], np.float64)
    more = {"team": drawn.who, "mark": drawn.mark, "colour": drawn.colour, "remark": drawn.remark}
    words = {"kind": drawn.kind, "name": drawn.label, **{key: said for key, said in more.items() if said}}
    if drawn.kind in ("segment", "given", "barred"):
        return _area([[np.concatenate((corners, corners[:1]))]], words)
    line = np.round(corners, DECIMALS).tolist()
    return {"type": "Feature", "properties": words, "geometry": {"type": "LineString", "coordinates": line}}


def _area(polygons: list[list[Ring]], properties: dict[str, Any]) -> dict[str, Any]:
    rounded = [[_closed(ring) for ring in polygon] for polygon in polygons]
    whole = [
        [ring for ring in polygon if ring is not None] for polygon in rounded if polygon and polygon[0] is not None
    ]
    pieces = [piece for polygon in whole for piece in _cut([_unrolled(ring) for ring in polygon])]
    coordinates = [[ring.tolist() for ring in piece] for piece in pieces]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
    }


def _closed(ring: Ring) -> Ring | None:
    """The ring to six decimals, without corners said twice; None where nothing is left of it."""
    corners = np.round(ring, DECIMALS)
    kept = corners[np.concatenate(([True], np.any(np.diff(corners, axis=0) != 0, axis=1)))]
    if len(kept) and np.any(kept[0] != kept[-1]):
        kept = np.concatenate((kept, kept[:1]))
    return kept if len(kept) >= 4 else None


def _unrolled(ring: Ring) -> Ring:
    """Longitudes that run on across the antimeridian instead of jumping."""
    lon = np.round(np.rad2deg(np.unwrap(np.deg2rad(ring[:, 0]))), DECIMALS)
    return np.column_stack((lon, ring[:, 1]))


def _cut(polygon: list[Ring]) -> list[list[Ring]]:
    """The polygon, or its parts on either side of the antimeridian."""
    outline = polygon[0]
    if outline[:, 0].min() >= -180 and outline[:, 0].max() <= 180:
        return [polygon]
    from shapely.geometry import Polygon, box
    from shapely.geometry.polygon import orient

    whole = Polygon(outline, polygon[1:]).buffer(0)
    parts = []
    for turn in (-360.0, 0.0, 360.0):
        cut = whole.intersection(box(turn - 180, -90, turn + 180, 90))
        for part in getattr(cut, "geoms", [cut]):
            if part.geom_type == "Polygon" and not part.is_empty:
                right = orient(part)
                rings = [right.exterior, *right.interiors]
                parts.append([np.round(np.array(r.coords) - (turn, 0.0), DECIMALS) for r in rings])
    return parts
