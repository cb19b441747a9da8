"""Between WGS84 degrees and UTM metres, by PROJ. Any zone, both hemispheres; the polar caps are refused."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from wayhome.terrain.errors import TerrainError
from wayhome.values.places import Place

if TYPE_CHECKING:
    from pyproj import Transformer

SOUTHERNMOST: Final = -80.0
NORTHERNMOST: Final = 84.0


def check_utm(epsg: int) -> None:
    """Raises TerrainError unless `epsg` is a UTM zone on WGS84."""
    if not (32601 <= epsg <= 32660 or 32701 <= epsg <= 32760):
        raise TerrainError(f"EPSG:{epsg} is no UTM zone on WGS84: 32601..32660 in the north, 32701..32760 in the south")


def utm_epsg(place: Place) -> int:
    """The EPSG number of the UTM zone that holds `place`, with the exceptions of Norway and Svalbard.

    Raises TerrainError beyond 80° S and 84° N, where UTM ends.
    """
    if not SOUTHERNMOST <= place.lat <= NORTHERNMOST:
        raise TerrainError(f"latitude {place.lat:.3f} lies beyond the UTM grid (80° S to 84° N)")
    zone = min(60, math.floor((place.lon + 180) / 6) + 1)
    if 56 <= place.lat < 64 and 3 <= place.lon < 12:
        zone = 32
    if place.lat >= 72 and 0 <= place.lon < 42:
        zone = 31 if place.lon < 9 else 33 if place.lon < 21 else 35 if place.lon < 33 else 37
    return (32600 if place.lat >= 0 else 32700) + zone


def zone_name(epsg: int) -> str:
    """`31 north` for EPSG:32631."""
    check_utm(epsg)
    return f"{epsg % 100} {'north' if epsg < 32700 else 'south'}"


@lru_cache(maxsize=32)
def _transformer(epsg: int, *, inverse: bool) -> Transformer:
    from pyproj import Transformer  # loads a database: only where coordinates are wanted

    check_utm(epsg)
    ends = (epsg, 4326) if inverse else (4326, epsg)
    return Transformer.from_crs(*ends, always_xy=True)


def to_metres(epsg: int, place: Place) -> tuple[float, float]:
    """Easting and northing of a place. Raises TerrainError where the zone cannot say (the far side of the globe)."""
    x, y = _transformer(epsg, inverse=False).transform(place.lon, place.lat)
    if not (math.isfinite(x) and math.isfinite(y)):
        raise TerrainError(f"{place.lat:.5f}, {place.lon:.5f} cannot be put into UTM zone {zone_name(epsg)}")
    return float(x), float(y)


def to_place(epsg: int, x_m: float, y_m: float) -> Place:
    """The place at an easting and northing."""
    lon, lat = _transformer(epsg, inverse=True).transform(x_m, y_m)
    return Place(float(lat), float(lon))


def to_lonlat(epsg: int, xy_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, 2) eastings and northings to (n, 2) longitudes and latitudes, degrees."""
    lon, lat = _transformer(epsg, inverse=True).transform(xy_m[:, 0], xy_m[:, 1])
    return np.column_stack((lon, lat))


def from_lonlat(epsg: int, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, 2) longitudes and latitudes to (n, 2) eastings and northings, metres; inf where the zone cannot say."""
    x, y = _transformer(epsg, inverse=False).transform(lonlat[:, 0], lonlat[:, 1])
    return np.column_stack((x, y))
