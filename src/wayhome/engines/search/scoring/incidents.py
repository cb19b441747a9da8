"""Incidents as they are scored: where the search began, where he was found, which of them share a place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.values.places import EARTH_RADIUS_M, Place, distance_m

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]

SAME_PLACE_M: Final = 1000.0
"""Incidents whose initial planning points lie within this stay together: what is learned leaves all of them out."""
FEWEST: Final = 8
"""Fewer incidents, or fewer places, than this teach nothing."""
MOST: Final = 2_000
"""Each incident is scored against a model of its own, so the work grows with the square."""


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """One incident that ended with a find. `hours`: from when he was last seen to the find, None when not known.

    Raises SearchError for hours that are none or more than 10,000.
    """

    name: str
    category: str
    ipp: Place
    find: Place
    ecoregion: str = ""
    terrain: str = ""
    hours: float | None = None

    def __post_init__(self) -> None:
        if self.hours is not None and not 0 < self.hours <= 10_000:
            raise SearchError(f"{self.name}: {self.hours:g} hours are refused: above 0, up to 10,000")

    @property
    def distance_m(self) -> float:
        return distance_m(self.ipp, self.find)

    @property
    def offset_m(self) -> tuple[float, float]:
        """How far east and north of the initial planning point the find lies, on a plane that touches there."""
        lon = (self.find.lon - self.ipp.lon + 180) % 360 - 180
        east = EARTH_RADIUS_M * math.radians(lon) * math.cos(math.radians(self.ipp.lat))
        return east, EARTH_RADIUS_M * math.radians(self.find.lat - self.ipp.lat)


@dataclass(frozen=True, eq=False)
class Finds:
    """Incidents with what is reckoned from them once: distances (N,) in metres, and the number of their place (N,)."""

    incidents: tuple[Incident, ...]
    distance_m: Numbers
    place: Whole

    @classmethod
    def of(cls, incidents: Sequence[Incident]) -> Finds:
        """Raises SearchError for too few incidents or places to leave one out, and for too many."""
        if not FEWEST <= len(incidents) <= MOST:
            raise SearchError(f"{len(incidents)} incidents are refused: {FEWEST} to {MOST:,} can be scored at once")
        place = places_of([incident.ipp for incident in incidents])
        if (count := int(place.max()) + 1) < FEWEST:
            raise SearchError(
                f"{len(incidents)} incidents lie at {count} places only: at least {FEWEST} places, more than "
                f"{SAME_PLACE_M / 1000:g} km apart, are needed to leave one out and learn from the others"
            )
        return cls(tuple(incidents), np.array([one.distance_m for one in incidents]), place)

    def only(self, keep: NDArray[np.bool_]) -> Finds:
        """Those to `keep` (N,)."""
        kept = tuple(one for one, stays in zip(self.incidents, keep, strict=True) if stays)
        return Finds(kept, self.distance_m[keep], self.place[keep])

    def without(self, place: int) -> Finds:
        """Those of every other place."""
        return self.only(self.place != place)

    def __len__(self) -> int:
        return len(self.incidents)


def places_of(points: Sequence[Place]) -> Whole:
    """The number of each point's place (N,): points within `SAME_PLACE_M` of each other, or over others, share one."""
    lat = np.radians([point.lat for point in points])
    lon = np.radians([point.lon for point in points])
    place = np.full(len(points), -1, np.int64)
    count = 0
    for first in range(len(points)):
        if place[first] >= 0:
            continue
        waiting = [first]
        place[first] = count
        while waiting:
            one = waiting.pop()
            haversine = np.sin((lat - lat[one]) / 2) ** 2
            haversine += np.cos(lat) * math.cos(lat[one]) * np.sin((lon - lon[one]) / 2) ** 2
            apart_m = 2 * EARTH_RADIUS_M * np.arcsin(np.minimum(1.0, np.sqrt(haversine)))
            near = np.nonzero((apart_m <= SAME_PLACE_M) & (place < 0))[0]
            place[near] = count
            waiting.extend(int(index) for index in near)
        count += 1
    return place
