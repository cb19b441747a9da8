"""Incidents made up for tests: seeded, of known distances."""

from __future__ import annotations

import math

import numpy as np

from wayhome.engines.search.scoring.incidents import Incident
from wayhome.values.chance import generator
from wayhome.values.places import EARTH_RADIUS_M, Place


def incident(
    name: str,
    east_m: float,
    north_m: float,
    *,
    at: tuple[float, float] = (40.0, -3.0),
    category: str = "Hiker",
    hours: float | None = None,
) -> Incident:
    """A find so far east and north of its initial planning point."""
    lat, lon = at
    find = Place(
        lat + math.degrees(north_m / EARTH_RADIUS_M),
        lon + math.degrees(east_m / EARTH_RADIUS_M / math.cos(math.radians(lat))),
    )
    return Incident(name=name, category=category, ipp=Place(lat, lon), find=find, ecoregion="dry", hours=hours)


def made(
    count: int, seed: int, *, middle_m: float = 1500.0, spread: float = 1.0, stayed: float = 0.07
) -> list[Incident]:
    """Hikers and dementia in turn, each at a place of their own, lognormal distances in any direction."""
    chance = generator(seed, "incidents")
    found = []
    for number in range(count):
        radius = 0.0 if chance.random() < stayed else middle_m * math.exp(spread * chance.normal())
        turn = chance.uniform(0, 2 * np.pi)
        at = (30.0 + 0.1 * number, -100.0)
        category = "Hiker" if number % 2 else "Dementia"
        found.append(incident(f"c{number}", radius * math.cos(turn), radius * math.sin(turn), at=at, category=category))
    return found
