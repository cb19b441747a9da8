"""Degrees and UTM metres, held against PROJ."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Transformer

from wayhome.terrain.errors import TerrainError
from wayhome.terrain.utm import from_lonlat, to_lonlat, to_metres, to_place
from wayhome.values.places import Place

CLOSE_M = 1e-7
ZONES = (32601, 32631, 32654, 32660, 32719, 32731, 32760)
METRES_PER_DEGREE = 111_320.0


def around(epsg: int, degrees: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Places all over a zone and so many degrees to both sides of its middle; those across the date line too."""
    chance = np.random.default_rng(epsg)
    lon = 6 * (epsg % 100) - 183 + chance.uniform(-degrees, degrees, 4_000)
    return np.column_stack(((lon + 180) % 360 - 180, chance.uniform(-89.9, 89.9, 4_000)))


@pytest.mark.parametrize("epsg", ZONES)
def test_proj_says_the_same(epsg: int) -> None:
    """To a tenth of a micrometre there and back, in a zone and as far beside it as any terrain reaches."""
    there = Transformer.from_crs(4326, epsg, always_xy=True)
    back = Transformer.from_crs(epsg, 4326, always_xy=True)
    lonlat = around(epsg, 30.0)
    metres = np.column_stack(there.transform(lonlat[:, 0], lonlat[:, 1]))
    assert np.abs(from_lonlat(epsg, lonlat) - metres).max() < CLOSE_M
    off = np.abs(to_lonlat(epsg, metres) - np.column_stack(back.transform(metres[:, 0], metres[:, 1])))
    off[:, 0] = np.minimum(off[:, 0], 360 - off[:, 0]) * np.cos(np.radians(lonlat[:, 1]))
    assert off.max() * METRES_PER_DEGREE < CLOSE_M


@pytest.mark.parametrize("epsg", ZONES)
def test_one_place_is_as_many(epsg: int) -> None:
    """A single place comes to where it comes among many, and back to itself."""
    lonlat = around(epsg, 12.0)[:200]
    for (lon, lat), (x, y) in zip(lonlat.tolist(), from_lonlat(epsg, lonlat).tolist(), strict=True):
        assert to_metres(epsg, Place(lat, lon)) == pytest.approx((x, y), abs=CLOSE_M)
        found = to_place(epsg, x, y)
        assert abs(found.lat - lat) * METRES_PER_DEGREE < CLOSE_M
        assert abs((found.lon - lon + 180) % 360 - 180) < 1e-9


def test_what_a_zone_cannot_say_is_infinite() -> None:
    """A quarter of the globe beside a zone, nothing, and a latitude beyond the poles; the rest stays what it is."""
    asked = np.array([(93.0, 0.0), (np.nan, 1.0), (3.0, 91.0), (np.inf, 0.0), (3.0, 0.0)])
    assert np.isposinf(from_lonlat(32631, asked)[:4]).all()
    assert from_lonlat(32631, asked)[4].tolist() == pytest.approx([500_000.0, 0.0], abs=CLOSE_M)
    far = np.array([(3e7, 0.0), (np.nan, 0.0), (500_000.0, np.inf), (500_000.0, 0.0)])
    assert np.isposinf(to_lonlat(32631, far)[:3]).all()
    assert to_lonlat(32631, far)[3].tolist() == pytest.approx([3.0, 0.0], abs=1e-12)
    with pytest.raises(TerrainError, match="31 north"):
        to_metres(32631, Place(0.0, 93.0))


@pytest.mark.parametrize(("lat", "northing"), [(90.0, 9_997_964.943_021), (-90.0, -9_997_964.943_021)])
def test_the_poles_have_a_place(lat: float, northing: float) -> None:
    """Both poles lie in the middle of every zone."""
    assert to_metres(32631, Place(lat, 40.0)) == pytest.approx((500_000.0, northing), abs=1e-6)
    assert from_lonlat(32631, np.array([(40.0, lat)]))[0].tolist() == pytest.approx([500_000.0, northing], abs=1e-6)
