"""What the map is made of besides the reads: tiles of the ground, where he can be as GeoJSON, the map as a picture.

The ground is public, and its tiles show nothing of the record; whoever fetches them must be signed in all the same.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter

from wayhome.desk.signed import house_of, me_of
from wayhome.usecases.ports import TileSource
from wayhome.usecases.search.outlined import Outlines, WhereView
from wayhome.usecases.search.picturing import Picture, PictureQuestion
from wayhome.values.ids import MissionId
from wayhome.values.places import Place

Asked = Request[Any, Any, Any]
MOST_ZOOM = 30
LASTING = "private, max-age=31536000, immutable"
KINDS = {"png": "image/png", "pdf": "application/pdf"}

Zoom = Annotated[int, Parameter(ge=0, le=MOST_ZOOM)]
Scale = Annotated[int | None, Parameter(description="1 to so much; without it, one that shows everything near")]


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """One terrain that tiles are made of. `bounds` are west, south, east, north; `version` changes with the ground.

    `attribution` are the words that those who made the data want beside the map.
    """

    name: str
    version: str
    bounds: tuple[float, float, float, float]
    min_zoom: int
    max_zoom: int
    attribution: str


@get("/api/terrains", sync_to_thread=True, tags=["map"], summary="The ground there are tiles of")
def terrains(request: Asked) -> tuple[Ground, ...]:
    me_of(request)
    store = house_of(request).terrains
    return tuple(_ground(name, store.tiles(name)) for name in store.names())


def _ground(name: str, source: TileSource) -> Ground:
    return Ground(
        name=name,
        version=source.version,
        bounds=source.bounds,
        min_zoom=source.min_zoom,
        max_zoom=source.max_zoom,
        attribution=source.attribution,
    )


@get("/api/tiles/{terrain:str}/{z:int}/{x:int}/{y:str}", sync_to_thread=True, tags=["map"], summary="One tile, 512 px")
def tile(request: Asked, terrain: str, z: Zoom, x: int, y: str, v: str = "") -> Response[bytes]:
    """Web Mercator, as `/z/x/y.png`. With the ground's version as `v` it may be kept for good."""
    me_of(request)
    number = y.removesuffix(".png")
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        raise NotFoundException("a tile is called /z/x/y.png, each a whole number")
    source = house_of(request).terrains.tiles(terrain)
    kept = LASTING if v == source.version else "no-cache"
    return Response(source.get(z, x, int(number)), media_type="image/png", headers={"cache-control": kept})


@get("/api/missions/{mission:str}/where.geojson", sync_to_thread=True, tags=["map"], summary="Where he can be")
def where(request: Asked, mission: str) -> Response[bytes]:
    """The outlines of the last advice on where he can be, as GeoJSON. No engine is asked; empty without advice."""
    found: WhereView | None = me_of(request).read("where", mission=MissionId(mission)).value
    return Response(msgspec.json.encode(_geojson(found)), media_type="application/geo+json")


def _geojson(found: WhereView | None) -> dict[str, Any]:
    if found is None:
        return {"type": "FeatureCollection", "features": []}
    said = {
        "made": found.made,
        "facts": found.outlines.facts,
        "cannot_say": found.outlines.cautions,
        "provenance": found.outlines.provenance,
        "likely": found.outlines.likely,
    }
    return {"type": "FeatureCollection", "wayhome": said, "features": _features(found.outlines)}


def _features(outlines: Outlines) -> list[dict[str, Any]]:
    """The bands, widest first. Rings are said by their middle and radius: GeoJSON knows no circles."""
    bands = [
        _feature("MultiPolygon", band.polygons, kind="isochrone", hours=band.hours, area_km2=band.area_km2)
        for band in outlines.bands
    ]
    centre = outlines.rings_at or outlines.point
    rings = [
        _feature("Point", (centre.lon, centre.lat), kind="distance ring", share=share, radius_m=radius)
        for share, radius in outlines.rings_m.items()
    ]
    areas = [
        _feature("MultiPolygon", area.polygons, kind="likeliest ground", share=area.share) for area in outlines.areas
    ]
    return [*bands, *areas, *rings]


def _feature(shape: str, coordinates: object, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": shape, "coordinates": coordinates}}


def _sheet(form: str) -> HTTPRouteHandler:
    def draw(
        request: Asked,
        mission: str,
        paper: str = "A4",
        scale: Scale = None,
        lying: bool | None = None,
        lat: float | None = None,
        lon: float | None = None,
        terrain: str = "",
    ) -> Response[bytes]:
        """Everything that whoever asks may see, drawn anew. `lat` and `lon` together are the middle of the sheet."""
        middle = Place(lat, lon) if lat is not None and lon is not None else None
        asked = PictureQuestion(form=form, paper=paper, scale=scale, lying=lying, middle=middle, terrain=terrain)
        drawn: Picture = me_of(request).advise("picture", mission=MissionId(mission), asked=asked).value
        return Response(drawn.body, media_type=KINDS[form])

    summary = f"The map to scale as {form.upper()}"
    path = f"/api/missions/{{mission:str}}/map.{form}"
    return get(path, sync_to_thread=True, tags=["map"], summary=summary, operation_id=f"map_{form}")(draw)


HANDLERS = (terrains, tile, where, *(_sheet(form) for form in KINDS))
"""The map's own addresses."""
