"""Small terrain and map files made on the spot."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import rasterio
from affine import Affine
from numpy.typing import NDArray


def hgt_bytes(heights: NDArray[Any]) -> bytes:
    return heights.astype(">i2").tobytes()


def plane(side: int = 1201) -> NDArray[np.int64]:
    """Heights that rise by 1 per sample to the south and by 2 to the east."""
    rows, cols = np.mgrid[0:side, 0:side]
    return np.asarray(rows % 3000 + 2 * (cols % 3000))


def zipped(name: str, body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return out.getvalue()


def geotiff(
    path: Path,
    values: NDArray[Any],
    *,
    transform: Affine | None = None,
    crs: str | None = "EPSG:32631",
    nodata: float | None = None,
    unit: str = "metre",
) -> Path:
    """A GeoTIFF that says its unit; by default 30 m cells with their corner at 380 km, 4,710 km in UTM 31."""
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        height=values.shape[0],
        width=values.shape[1],
        count=1,
        dtype=values.dtype,
        crs=crs,
        transform=transform or Affine(30, 0, 380_000, 0, -30, 4_710_000),
        nodata=nodata,
    ) as data:
        data.write(values, 1)
        if unit:
            data.set_band_unit(1, unit)
    return path


def feature(kind: str, coordinates: object, **tags: str) -> dict[str, object]:
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": tags}


def geojson(path: Path, features: Sequence[object]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def pbf(
    path: Path,
    nodes: Mapping[int, tuple[float, float, dict[str, str]]],
    ways: Sequence[tuple[int, list[int], dict[str, str]]],
    relations: Sequence[tuple[int, list[tuple[str, int, str]], dict[str, str]]] = (),
) -> Path:
    """An OSM extract of nodes (lon, lat, tags), ways (node ids) and relations."""
    header = osmium.io.Header()
    lons, lats = [n[0] for n in nodes.values()], [n[1] for n in nodes.values()]
    header.add_box(osmium.osm.Box(min(lons), min(lats), max(lons), max(lats)))
    with osmium.SimpleWriter(str(path), header=header) as writer:
        for number, (lon, lat, tags) in nodes.items():
            writer.add_node(osmium.osm.mutable.Node(id=number, location=(lon, lat), tags=tags))
        for number, refs, tags in ways:
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=refs, tags=tags))
        for number, members, tags in relations:
            writer.add_relation(osmium.osm.mutable.Relation(id=number, members=members, tags=tags))
    return path
