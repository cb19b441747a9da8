"""Krüger's figures, held against a geodesy library and against each other."""

from __future__ import annotations

import math

import pytest
from pyproj import Geod

from wayhome.values.krueger import ECCENTRICITY, FROM_CONFORMAL, FROM_METRES, RECTIFYING_M, TO_METRES

LATITUDES = [math.radians(tenths / 10) for tenths in range(-900, 901)]


def turned(shares: tuple[float, ...], angle: float) -> float:
    return sum(share * math.sin(2 * times * angle) for times, share in enumerate(shares, start=1))


def conformal(lat: float) -> float:
    """By its closed formula, which no series went into."""
    tangent = math.tan(lat)
    flattened = math.sinh(ECCENTRICITY * math.atanh(ECCENTRICITY * math.sin(lat)))
    return math.atan(tangent * math.hypot(1, flattened) - flattened * math.hypot(1, tangent))


def test_the_way_along_a_meridian_is_the_true_one() -> None:
    """From the equator to any latitude it is as far as a geodesy library measures it, to ten nanometres."""
    earth = Geod(ellps="WGS84")
    for lat in LATITUDES:
        angle = conformal(lat)
        ours = RECTIFYING_M * (angle + turned(TO_METRES, angle))
        assert abs(ours) == pytest.approx(earth.inv(0, 0, 0, math.degrees(lat))[2], abs=1e-8)


def test_what_goes_there_comes_back() -> None:
    """The series back from metres undoes the one to metres, to less than what a double can tell of the Earth."""
    for angle in LATITUDES:
        there = angle + turned(TO_METRES, angle)
        assert there - turned(FROM_METRES, there) == pytest.approx(angle, abs=2e-15)


def test_conformal_latitudes_become_those_on_the_map() -> None:
    """The series for latitudes undoes the closed formula."""
    for lat in LATITUDES:
        angle = conformal(lat)
        assert angle + turned(FROM_CONFORMAL, angle) == pytest.approx(lat, abs=2e-15)
