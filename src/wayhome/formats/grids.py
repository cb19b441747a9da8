"""UTM and the USNG/MGRS letters over it, WGS84. Plain arithmetic, no library: safe in threads, a few microseconds.

Method: Krüger's series (`values/krueger.py`); letters by NGA.STND.0037 (the AA scheme of WGS84).
The grid reaches from 80° S to 84° N; the polar caps (UPS) are refused with a plain word.
Tests hold it against two libraries, pyproj and mgrs.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import msgspec

from wayhome.values.krueger import ECCENTRICITY, FROM_METRES, RECTIFYING_M, TO_METRES
from wayhome.values.places import BadPlace, Place
from wayhome.values.utm_zones import (
    FALSE_EASTING_M,
    FALSE_NORTHING_M,
    NORTHERNMOST,
    NORWAY,
    SCALE,
    SOUTHERNMOST,
    SVALBARD,
    uneven_zone,
)

SQUARE_M: Final = 100_000
ROW_CYCLE_M: Final = 2_000_000
BANDS: Final = "CDEFGHJKLMNPQRSTUVWX"
ROWS: Final = "ABCDEFGHJKLMNPQRSTUV"
COLUMNS: Final = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")
EXAMPLE: Final = "write it like 31T CH 78000 03000"


class Utm(msgspec.Struct, frozen=True):
    """A point of the UTM grid: zone 1–60, band letter C–X, easting and northing in metres."""

    zone: int
    band: str
    easting_m: float
    northing_m: float

    @property
    def south(self) -> bool:
        return self.band < "N"


def band_of(lat: float) -> str:
    """The latitude band letter. Raises BadPlace where the grid does not reach."""
    if not SOUTHERNMOST <= lat <= NORTHERNMOST:
        raise BadPlace(
            f"latitude {lat:.4f} is in the polar cap, where there is no UTM or USNG grid: give it in degrees"
        )
    return BANDS[min(int((lat + 80) // 8), 19)]


def zone_of(lat: float, lon: float) -> int:
    """The UTM zone with the exceptions of Norway (32V) and Svalbard (31X, 33X, 35X, 37X)."""
    lon = (lon + 180) % 360 - 180
    return uneven_zone(lat, lon) or int((lon + 180) // 6) + 1


def band_limits(band: str) -> tuple[float, float]:
    """South and north edge of a band, degrees."""
    south = SOUTHERNMOST + 8 * BANDS.index(band)
    return south, NORTHERNMOST if band == "X" else south + 8


def zone_limits(zone: int, band: str) -> tuple[float, float] | None:
    """West and east edge of a zone in a band, degrees; None where that zone does not exist (32X, 34X, 36X)."""
    if band == "X" and 31 <= zone <= 37:
        return SVALBARD.get(zone)
    if band == "V" and zone in NORWAY:
        return NORWAY[zone]
    west = -180.0 + 6 * (zone - 1)
    return west, west + 6


def _conformal(tau: float) -> float:
    sigma = math.sinh(ECCENTRICITY * math.atanh(ECCENTRICITY * tau / math.hypot(1, tau)))
    return tau * math.hypot(1, sigma) - sigma * math.hypot(1, tau)


def project(place: Place, zone: int) -> tuple[float, float]:
    """Easting and northing of a place in a zone, metres; the northing is negative south of the equator."""
    away = (place.lon - (6 * zone - 183) + 180) % 360 - 180
    tau = _conformal(math.tan(math.radians(place.lat)))
    lam = math.radians(away)
    xi = math.atan2(tau, math.cos(lam))
    eta = math.asinh(math.sin(lam) / math.hypot(tau, math.cos(lam)))
    x, y = eta, xi
    for j, a in enumerate(TO_METRES, start=1):
        y += a * math.sin(2 * j * xi) * math.cosh(2 * j * eta)
        x += a * math.cos(2 * j * xi) * math.sinh(2 * j * eta)
    return SCALE * RECTIFYING_M * x + FALSE_EASTING_M, SCALE * RECTIFYING_M * y


def unproject(zone: int, easting_m: float, northing_m: float) -> Place:
    """The place of an easting and a (south of the equator: negative) northing. Raises BadPlace beyond the poles."""
    y = northing_m / (SCALE * RECTIFYING_M)
    x = (easting_m - FALSE_EASTING_M) / (SCALE * RECTIFYING_M)
    xi, eta = y, x
    for j, b in enumerate(FROM_METRES, start=1):
        xi -= b * math.sin(2 * j * y) * math.cosh(2 * j * x)
        eta -= b * math.cos(2 * j * y) * math.sinh(2 * j * x)
    if abs(xi) >= math.pi / 2:
        raise BadPlace(f"northing {northing_m:.0f} m lies beyond the pole")
    tau = _geodetic(math.sin(xi) / math.hypot(math.sinh(eta), math.cos(xi)))
    lon = 6 * zone - 183 + math.degrees(math.atan2(math.sinh(eta), math.cos(xi)))
    return Place(math.degrees(math.atan(tau)), (lon + 180) % 360 - 180)


def _geodetic(conformal: float) -> float:
    """Newton's method for tan(latitude) from its conformal counterpart; three rounds reach double precision."""
    tau = conformal / (1 - ECCENTRICITY**2)
    for _ in range(4):
        here = _conformal(tau)
        tau += (
            (conformal - here)
            / math.hypot(1, here)
            * (1 + (1 - ECCENTRICITY**2) * tau * tau)
            / ((1 - ECCENTRICITY**2) * math.hypot(1, tau))
        )
    return tau


def to_utm(place: Place) -> Utm:
    """The UTM coordinates of a place. Raises BadPlace in the polar caps."""
    band = band_of(place.lat)
    zone = zone_of(place.lat, place.lon)
    easting, northing = project(place, zone)
    # The band, not the sign of the computed northing, says which hemisphere: rounding at the equator must not move it.
    return Utm(zone, band, easting, min(northing, 0.0) + FALSE_NORTHING_M if band < "N" else max(northing, 0.0))


def from_utm(utm: Utm) -> Place:
    """The place of UTM coordinates whose band says the hemisphere. Raises BadPlace when they lie elsewhere."""
    place = unproject(utm.zone, utm.easting_m, utm.northing_m - (FALSE_NORTHING_M if utm.south else 0.0))
    check_inside(place, utm.zone, utm.band, slack_m=1_000)
    return place


def check_inside(place: Place, zone: int, band: str, *, slack_m: float) -> None:
    """Raises BadPlace when a place lies outside a zone and band by more than `slack_m` (zones: 40 km overlap more)."""
    edges = zone_limits(zone, band)
    if edges is None:
        raise BadPlace(f"there is no grid zone {zone}{band}: {EXAMPLE}")
    south, north = band_limits(band)
    slack = slack_m / 111_000
    if not south - slack <= place.lat <= north + slack:
        raise BadPlace(f"it lies at latitude {place.lat:.2f}, outside band {band} ({south:g}° to {north:g}°)")
    beside = (slack_m + 40_000) / (111_000 * max(math.cos(math.radians(place.lat)), 0.1))
    middle = (edges[0] + edges[1]) / 2
    if abs((place.lon - middle + 180) % 360 - 180) > (edges[1] - edges[0]) / 2 + beside:
        raise BadPlace(f"it lies at longitude {place.lon:.2f}, outside zone {zone}{band}: {EXAMPLE}")


def square_letters(zone: int, easting_m: float, northing_m: float) -> str:
    """The two letters of the 100 km square; the northing may count from the equator or, south of it, as on the map."""
    column = COLUMNS[(zone - 1) % 3][int(easting_m // SQUARE_M) - 1]
    shift = 5 if zone % 2 == 0 else 0
    return column + ROWS[(int(northing_m // SQUARE_M) + shift) % 20]


def to_grid(place: Place) -> tuple[str, str, int, int]:
    """Zone with band, square letters, and easting and northing within the square in whole metres (cut, not rounded)."""
    utm = to_utm(place)
    letters = square_letters(utm.zone, utm.easting_m, utm.northing_m)
    return f"{utm.zone}{utm.band}", letters, int(utm.easting_m) % SQUARE_M, int(utm.northing_m) % SQUARE_M


@lru_cache(maxsize=256)
def square_corner(zone: int, band: str, letters: str) -> tuple[float, float]:
    """South-west corner of a 100 km square: easting and signed northing, metres. Raises BadPlace for an impossible one.

    Rows repeat every 2,000 km; the one whose middle lies nearest the middle of the band is meant.
    """
    columns = COLUMNS[(zone - 1) % 3]
    if letters[0] not in columns:
        raise BadPlace(f"zone {zone} has no square {letters}: its first letter is one of {columns}")
    if letters[1] not in ROWS:
        raise BadPlace(f"there is no square {letters}: its second letter is A to V without I and O")
    easting = float((columns.index(letters[0]) + 1) * SQUARE_M)
    shift = 5 if zone % 2 == 0 else 0
    row = (ROWS.index(letters[1]) - shift) % 20 * SQUARE_M
    south, north = band_limits(band)
    middle = project(Place((south + north) / 2, float((6 * zone - 183 + 180) % 360 - 180)), zone)[1]
    cycles = round((middle - row - SQUARE_M / 2) / ROW_CYCLE_M)
    return easting, float(row + cycles * ROW_CYCLE_M)


def from_grid(zone: int, band: str, letters: str, easting: str, northing: str) -> tuple[Place, float]:
    """Middle of the square that a USNG/MGRS reference names, and the side of that square in metres.

    `easting` and `northing` are its digits, one to five each. Raises BadPlace for an impossible zone or square.
    """
    if not 1 <= zone <= 60:
        raise BadPlace(f"there is no zone {zone}: zones run from 1 to 60")
    if zone_limits(zone, band) is None:
        raise BadPlace(f"there is no grid zone {zone}{band}: {EXAMPLE}")
    side = 10.0 ** (5 - len(easting))
    east, north = square_corner(zone, band, letters)
    place = unproject(zone, east + int(easting) * side + side / 2, north + int(northing) * side + side / 2)
    try:
        check_inside(place, zone, band, slack_m=side)
    except BadPlace as error:
        raise BadPlace(f"square {letters} is not in {zone}{band}: {error}") from error
    return place, side
