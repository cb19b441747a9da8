"""Between WGS84 degrees and UTM metres. Any zone, both hemispheres; the polar caps are refused.

Krüger's series (`values/krueger.py`) for one place and, in numpy, for many. Tests hold it against PROJ, which this is,
to a tenth of a micrometre; PROJ itself would load a database and fifteen megabytes for it.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wayhome.terrain.errors import TerrainError
from wayhome.values.krueger import (
    ECCENTRICITY,
    FROM_CONFORMAL,
    FROM_METRES,
    MERIDIAN_SERIES,
    SEMI_MAJOR_M,
    THIRD_FLATTENING,
    TO_METRES,
)
from wayhome.values.places import Place
from wayhome.values.utm_zones import (
    FALSE_EASTING_M,
    FALSE_NORTHING_M,
    NORTHERNMOST,
    SCALE,
    SOUTHERNMOST,
    uneven_zone,
)

FARTHEST: Final = 2.623395162778
"""Beyond so many Earth's radii east or west of a zone's middle the series says nothing: PROJ stops there too."""

HALF_ROUND: Final = 180.0

Floats = NDArray[np.float64]

_FAR_ASIDE: Final = math.tanh(3.0)
_RADIUS_M: Final = SCALE * SEMI_MAJOR_M / (1 + THIRD_FLATTENING) * MERIDIAN_SERIES


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
    zone = uneven_zone(place.lat, place.lon) or min(60, math.floor((place.lon + 180) / 6) + 1)
    return (32600 if place.lat >= 0 else 32700) + zone


def zone_name(epsg: int) -> str:
    """`31 north` for EPSG:32631."""
    check_utm(epsg)
    return f"{epsg % 100} {'north' if epsg < 32700 else 'south'}"


def to_metres(epsg: int, place: Place) -> tuple[float, float]:
    """Easting and northing of a place. Raises TerrainError where the zone cannot say (the far side of the globe)."""
    middle, false_northing = _zone(epsg)
    lat, away = math.radians(place.lat), math.radians(_within_half(place.lon - middle))
    conformal = math.atan(
        _conformal(math.tan(lat), math.sinh(ECCENTRICITY * math.atanh(ECCENTRICITY * math.sin(lat))), math.hypot)
    )
    aside = math.cos(conformal) * math.sin(away)
    if abs(aside) < _FAR_ASIDE:
        turned = complex(math.atan2(math.sin(conformal), math.cos(conformal) * math.cos(away)), math.atanh(aside))
        flat = turned + _sines(TO_METRES, cmath.cos(2 * turned), cmath.sin(2 * turned))
        if abs(flat.imag) <= FARTHEST:
            return flat.imag * _RADIUS_M + FALSE_EASTING_M, flat.real * _RADIUS_M + false_northing
    raise TerrainError(f"{place.lat:.5f}, {place.lon:.5f} cannot be put into UTM zone {zone_name(epsg)}")


def to_place(epsg: int, x_m: float, y_m: float) -> Place:
    """The place at an easting and northing; at infinity where the zone cannot say."""
    middle, false_northing = _zone(epsg)
    flat = complex(y_m - false_northing, x_m - FALSE_EASTING_M) / _RADIUS_M
    if not abs(flat.imag) <= FARTHEST or not math.isfinite(flat.real):
        return Place(math.inf, math.inf)
    turned = flat - _sines(FROM_METRES, cmath.cos(2 * flat), cmath.sin(2 * flat))
    aside, across = math.sinh(turned.imag), math.cos(turned.real)
    conformal = math.atan2(math.sin(turned.real), math.hypot(aside, across))
    lat = conformal + _sines(FROM_CONFORMAL, math.cos(2 * conformal), math.sin(2 * conformal))
    return Place(math.degrees(lat), _within_half(math.degrees(math.atan2(aside, across)) + middle))


def to_lonlat(epsg: int, xy_m: Floats) -> Floats:
    """(n, 2) eastings and northings to (n, 2) longitudes and latitudes, degrees; inf where the zone cannot say."""
    middle, false_northing = _zone(epsg)
    known = np.isfinite(xy_m).all(axis=1) & (np.abs(xy_m[:, 0] - FALSE_EASTING_M) <= FARTHEST * _RADIUS_M)
    xy_m = np.where(known[:, None], xy_m, 0.0)
    flat = ((xy_m[:, 1] - false_northing) + 1j * (xy_m[:, 0] - FALSE_EASTING_M)) / _RADIUS_M
    turned = flat - _sines(FROM_METRES, np.cos(2 * flat), np.sin(2 * flat))
    aside, across = np.sinh(turned.imag), np.cos(turned.real)
    conformal = np.arctan2(np.sin(turned.real), np.hypot(aside, across))
    lat = conformal + _sines(FROM_CONFORMAL, np.cos(2 * conformal), np.sin(2 * conformal))
    lon = np.degrees(np.arctan2(aside, across)) + middle
    lon = np.where(np.abs(lon) <= HALF_ROUND, lon, (lon + HALF_ROUND) % 360 - HALF_ROUND)
    return np.where(known[:, None], np.column_stack((lon, np.degrees(lat))), np.inf)


def from_lonlat(epsg: int, lonlat: Floats) -> Floats:
    """(n, 2) longitudes and latitudes to (n, 2) eastings and northings, metres; inf where the zone cannot say."""
    middle, false_northing = _zone(epsg)
    known = np.isfinite(lonlat).all(axis=1) & (np.abs(lonlat[:, 1]) <= 90)
    lonlat = np.where(known[:, None], lonlat, 0.0)
    lat, away = np.radians(lonlat[:, 1]), lonlat[:, 0] - middle
    away = np.radians(np.where(np.abs(away) <= HALF_ROUND, away, (away + HALF_ROUND) % 360 - HALF_ROUND))
    conformal = np.arctan(
        _conformal(np.tan(lat), np.sinh(ECCENTRICITY * np.arctanh(ECCENTRICITY * np.sin(lat))), np.hypot)
    )
    aside = (np.cos(conformal) * np.sin(away)).clip(-_FAR_ASIDE, _FAR_ASIDE)
    turned = np.arctan2(np.sin(conformal), np.cos(conformal) * np.cos(away)) + 1j * np.arctanh(aside)
    flat = turned + _sines(TO_METRES, np.cos(2 * turned), np.sin(2 * turned))
    known &= np.abs(flat.imag) <= FARTHEST
    metres = np.column_stack((flat.imag * _RADIUS_M + FALSE_EASTING_M, flat.real * _RADIUS_M + false_northing))
    return np.where(known[:, None], metres, np.inf)


def _zone(epsg: int) -> tuple[float, float]:
    """The longitude in a zone's middle, and what is added to its northings."""
    check_utm(epsg)
    return 6.0 * (epsg % 100) - 183, 0.0 if epsg < 32700 else FALSE_NORTHING_M


def _within_half(degrees: float) -> float:
    """The same direction from -180 to 180; one that is within already stays to the last bit."""
    return degrees if abs(degrees) <= HALF_ROUND else (degrees + HALF_ROUND) % 360 - HALF_ROUND


def _conformal(tangent: Any, flattened: Any, hypot: Callable[[Any, Any], Any]) -> Any:
    """The tangent of the conformal latitude, of one place or of many."""
    return tangent * hypot(1.0, flattened) - flattened * hypot(1.0, tangent)


def _sines(shares: tuple[float, ...], cosine: Any, sine: Any) -> Any:
    """So much of the sines of twice, four times, six times an angle, and so on, added up (Clenshaw's way).

    Of twice the angle, or of many, the cosine and the sine are given.
    """
    last: Any = 0.0
    before: Any = 0.0
    for share in reversed(shares):
        last, before = share + 2 * cosine * last - before, last
    return last * sine
