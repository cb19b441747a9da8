"""Places on the ground: WGS84 degrees, and how far apart they lie."""

from __future__ import annotations

import math

import msgspec

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius (IUGG)."""


class BadPlace(ValueError):
    """A place that cannot be read or is not on Earth; the message says what is wrong and shows a form that works."""


class Place(msgspec.Struct, frozen=True):
    """A point on the ground, WGS84 degrees. Raises BadPlace outside the globe."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise BadPlace(f"{self.lat}, {self.lon} is not on Earth: latitude is -90..90, longitude -180..180")


def distance_m(a: Place, b: Place) -> float:
    """Great-circle distance in metres (haversine on the mean sphere)."""
    dlat, dlon = math.radians(b.lat - a.lat), math.radians(b.lon - a.lon)
    h = (
        math.sin(dlat / 2) ** 2
        + math.cos(math.radians(a.lat)) * math.cos(math.radians(b.lat)) * math.sin(dlon / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(h)))
