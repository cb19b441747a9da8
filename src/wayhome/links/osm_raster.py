"""Map features burnt into the cells of a terrain: barriers without gaps, open at bridges and fords."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.features import rasterize

from wayhome.links.osm_features import Geometry, MapLayers
from wayhome.links.terrain_raster import Target
from wayhome.terrain.classes import Crossing, LandCover, Named, Trail, Water
from wayhome.terrain.utm import from_lonlat
from wayhome.values.places import Place

MOST_NAMES: Final = 5_000
Codes = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Burnt:
    """The layers of a terrain that come from a map, and what is to be said about them."""

    land_cover: Codes
    trails: Codes
    water: Codes
    crossings: Codes
    border: NDArray[np.bool_]
    names: tuple[Named, ...]
    cautions: tuple[str, ...]


def burn(layers: MapLayers, target: Target) -> Burnt:
    """Every cell that a line touches takes it, so that no barrier has a gap and no trail a hole.

    Where features share a cell the greater number of its class wins (road over path, lake over stream). Bridges and
    fords open only cells that hold a barrier or a stream.
    """
    trails, water = _by_class(layers.trails, target), _by_class(layers.water, target)
    land_cover = np.zeros((target.rows, target.cols), np.uint8)
    for cover in (c for c in LandCover if layers.cover[c]):
        burnt = _burn(layers.cover[cover], target, all_touched=False)
        land_cover[burnt > 0] = cover
    wet = water > Water.NONE
    crossings = np.where(wet & (_burn(layers.fords, target) > 0), Crossing.FORD, Crossing.NONE).astype(np.uint8)
    crossings[wet & (_burn(layers.bridges, target) > 0)] = Crossing.BRIDGE
    border = _burn(layers.border, target) > 0
    return Burnt(land_cover, trails, water, crossings, border, _names(layers, target), _cautions(layers))


def _by_class(groups: dict[Any, list[Geometry]], target: Target) -> Codes:
    out = np.zeros((target.rows, target.cols), np.uint8)
    for kind in sorted(groups):
        out[_burn(groups[kind], target) > 0] = kind
    return out


def _burn(shapes: Sequence[Geometry], target: Target, *, all_touched: bool = True) -> Codes:
    """1 in every cell that a shape touches (or, for areas, whose centre lies inside)."""
    metric = [shape for shape in _metric(shapes, target) if not shape.is_empty]
    if not metric:
        return np.zeros((target.rows, target.cols), np.uint8)
    burnt: Codes = rasterize(
        metric,
        out_shape=(target.rows, target.cols),
        transform=target.transform,
        all_touched=all_touched,
        dtype="uint8",
    )
    return burnt


def _metric(shapes: Sequence[Geometry], target: Target) -> list[Geometry]:
    """Shapes in degrees cut to the target's surroundings and put into its metres."""
    west, south, east, north = target.bounds
    rim = 0.02
    near = [shapely.clip_by_rect(shape, west - rim, south - rim, east + rim, north + rim) for shape in shapes]
    moved: list[Geometry] = shapely.transform(
        np.array(near, dtype=object), lambda xy: from_lonlat(target.epsg, xy)
    ).tolist()
    return moved


def _names(layers: MapLayers, target: Target) -> tuple[Named, ...]:
    """Named places on the grid, each once, in order of label; at most MOST_NAMES."""
    found: dict[tuple[str, str], Named] = {}
    for label, kind, point in layers.names:
        x, y = from_lonlat(target.epsg, np.array([[point.x, point.y]]))[0]
        col, row = (x - target.west_m) / target.cell_m, (target.north_m - y) / target.cell_m
        if 0 <= row < target.rows and 0 <= col < target.cols:
            found.setdefault((label, kind), Named(label, Place(point.y, point.x), kind))
    return tuple(found[key] for key in sorted(found)[:MOST_NAMES])


def _cautions(layers: MapLayers) -> tuple[str, ...]:
    said = []
    if layers.tunnels:
        said.append(f"{layers.tunnels} tunnels of roads and paths were left out")
    unmarked = _unmarked_crossings(layers)
    if unmarked:
        said.append(f"{unmarked} places where a trail meets a river without bridge or ford are passed along the trail")
    if not any(layers.trails.values()):
        said.append("the map knows no trails here")
    if not any(layers.water.values()):
        said.append("the map knows no water here: no river stops anybody")
    return tuple(said)


def _unmarked_crossings(layers: MapLayers) -> int:
    """How often a trail that is no bridge meets a river's line where no ford is marked."""
    rivers = shapely.STRtree(layers.water[Water.RIVER])
    bridges = {id(bridge) for bridge in layers.bridges}
    fords = shapely.union_all(layers.fords) if layers.fords else None
    count = 0
    for kind in Trail:
        for trail in layers.trails[kind]:
            if id(trail) in bridges:
                continue
            for number in rivers.query(trail, predicate="crosses"):
                where = trail.intersection(layers.water[Water.RIVER][number])
                count += fords is None or fords.distance(where) > 1e-6
    return count
