"""What was seen, found, searched and heard, each with the time it speaks of. Minutes count from minute 0 of the tracks.

Every piece can be false: a clue may be a plant or another's, a dog may be wrong, a phone may be in another's pocket.
Such a chance is asked for, as it stands before this piece is set beside the tracks; what is left of it afterwards comes
out of the weighing. Each class raises SearchError for what cannot be.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from wayhome.engines.search.errors import SearchError
from wayhome.values.places import Place

TIRED: Final = 0.465
"""What tired searchers miss of what they would have found: 42 to 51 per cent, where they said they were tired."""
FEWEST_WIND_M_S: Final = 0.5


def _chance(what: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise SearchError(f"{what} of {value:g} is refused: a chance is 0 to 1")


def _span(what: str, first: float, last: float) -> None:
    if not (math.isfinite(first) and math.isfinite(last) and 0 <= first <= last):
        raise SearchError(f"{what} from minute {first:g} to {last:g} is refused: from minute 0, and not backwards")


def _metres(what: str, value: float, most: float = 100_000) -> None:
    if not 0 < value <= most:
        raise SearchError(f"{what} of {value:g} m is refused: above 0, up to {most:,.0f}")


def _degrees(what: str, value: float) -> None:
    if not (math.isfinite(value) and -360 <= value <= 360):
        raise SearchError(f"{what} of {value:g} is refused: degrees clockwise from north")


@dataclass(frozen=True, kw_only=True)
class SearchedArea:
    """An area searched from one minute to another without a find. `pod`: the chance to find him who was in it all that
    time, evenly spread over area and time: who was there for a part of it was looked for so much less.

    `area` is the outline, three corners or more, not crossing itself.
    """

    name: str
    area: tuple[Place, ...]
    from_min: float
    to_min: float
    pod: float

    def __post_init__(self) -> None:
        _span(f"{self.name}: a search", self.from_min, self.to_min)
        _chance(f"{self.name}: a POD", self.pod)
        if self.to_min <= self.from_min:
            raise SearchError(f"{self.name}: a search takes time: give the minutes of its beginning and end")
        check_outline(self.name, self.area)


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """Searchers' own tracks without a find: a path of (minute, place) for each, as recorded.

    `sweep_width_m` is the effective sweep width of one searcher walking `at_km_h`; who walks faster sees less. From
    `tired_from_min` on, if given, they miss TIRED of what they would have found.
    """

    name: str
    paths: tuple[tuple[tuple[float, Place], ...], ...]
    sweep_width_m: float
    at_km_h: float = 2.0
    tired_from_min: float | None = None

    def __post_init__(self) -> None:
        _metres(f"{self.name}: a sweep width", self.sweep_width_m, 5_000)
        if not 0.1 <= self.at_km_h <= 300:
            raise SearchError(f"{self.name}: a searcher's speed of {self.at_km_h:g} km/h is refused: 0.1 to 300")
        if not self.paths or any(len(path) < 2 for path in self.paths):
            raise SearchError(f"{self.name}: each searcher's track needs two points or more")
        for path in self.paths:
            _span(f"{self.name}: a track", path[0][0], path[-1][0])
            if any(b[0] <= a[0] for a, b in pairwise(path)):
                raise SearchError(f"{self.name}: the minutes of a track must rise from point to point")

    @property
    def from_min(self) -> float:
        return min(path[0][0] for path in self.paths)

    @property
    def to_min(self) -> float:
        return max(path[-1][0] for path in self.paths)


@dataclass(frozen=True, kw_only=True)
class Watcher:
    """Somebody at a choke point who saw nobody from one minute to another; `pod`: the chance to see who comes by."""

    name: str
    place: Place
    radius_m: float
    from_min: float
    to_min: float
    pod: float

    def __post_init__(self) -> None:
        _span(f"{self.name}: a watch", self.from_min, self.to_min)
        _metres(f"{self.name}: a radius", self.radius_m, 5_000)
        _chance(f"{self.name}: a POD", self.pod)


@dataclass(frozen=True, kw_only=True)
class Clue:
    """Something found that he left as he passed, some time between two minutes. `chance_other`: that it was planted, or
    is another's. `within_m`: how far from his track it may lie (a normal spread)."""

    name: str
    place: Place
    left_from_min: float
    left_until_min: float
    found_min: float
    chance_other: float
    within_m: float = 50.0

    def __post_init__(self) -> None:
        _span(f"{self.name}: a clue left", self.left_from_min, self.left_until_min)
        _chance(f"{self.name}: the chance of being another's", self.chance_other)
        _metres(f"{self.name}: a distance from the track", self.within_m)
        if self.found_min < self.left_from_min:
            raise SearchError(f"{self.name}: found at minute {self.found_min:g}, before it can have been left")

    @property
    def from_min(self) -> float:
        return self.left_from_min

    @property
    def to_min(self) -> float:
        return min(self.left_until_min, self.found_min)


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """Somebody saw him at a place, give or take some metres and minutes. `chance_other`: that it was another."""

    name: str
    place: Place
    at_min: float
    chance_other: float
    within_m: float = 100.0
    give_min: float = 5.0

    def __post_init__(self) -> None:
        _span(f"{self.name}: a sighting", self.at_min, self.at_min)
        _chance(f"{self.name}: the chance of being another", self.chance_other)
        _metres(f"{self.name}: a distance", self.within_m)
        if not 0 <= self.give_min <= 1_440:
            raise SearchError(f"{self.name}: give or take {self.give_min:g} minutes is refused: 0 to 1,440")

    @property
    def from_min(self) -> float:
        return max(0.0, self.at_min - self.give_min)

    @property
    def to_min(self) -> float:
        return self.at_min + self.give_min


@dataclass(frozen=True, kw_only=True)
class Bearing:
    """An air-scent dog's direction at a moment: degrees clockwise from north, give or take `sd_deg`, with the wind.

    Scent comes down the wind: where the bearing points away from the wind's own, it is worth less (see `spread_deg`). A
    bearing without wind is refused. `chance_false`: that the dog has another scent, or none.
    """

    name: str
    place: Place
    at_min: float
    bearing_deg: float
    wind_from_deg: float | None
    wind_m_s: float | None
    chance_false: float
    sd_deg: float = 20.0
    reach_m: float = 500.0

    def __post_init__(self) -> None:
        if self.wind_from_deg is None or self.wind_m_s is None:
            raise SearchError(f"{self.name}: a bearing without wind says nothing: give where it blew from, and its m/s")
        _span(f"{self.name}: a bearing", self.at_min, self.at_min)
        _degrees(f"{self.name}: a bearing", self.bearing_deg)
        _degrees(f"{self.name}: a wind", self.wind_from_deg)
        if not 0 <= self.wind_m_s <= 60:
            raise SearchError(f"{self.name}: a wind of {self.wind_m_s:g} m/s is refused: 0 to 60")
        _chance(f"{self.name}: the chance of being false", self.chance_false)
        _metres(f"{self.name}: a reach", self.reach_m, 20_000)
        if not 1 <= self.sd_deg <= 180:
            raise SearchError(f"{self.name}: a bearing known to {self.sd_deg:g} degrees is refused: 1 to 180")

    @property
    def from_min(self) -> float:
        return self.at_min

    @property
    def to_min(self) -> float:
        return self.at_min

    @property
    def spread_deg(self) -> float:
        """The bearing's own spread and half of how far it lies off the wind, together; in still air twice its own."""
        if self.wind_from_deg is None or self.wind_m_s is None or self.wind_m_s < FEWEST_WIND_M_S:
            return min(180.0, 2 * self.sd_deg)
        off = abs((self.bearing_deg - self.wind_from_deg + 180) % 360 - 180)
        return min(180.0, math.hypot(self.sd_deg, max(0.0, off - 30) / 2))


@dataclass(frozen=True, kw_only=True)
class Trailing:
    """A trailing dog took his scent at a place: he passed there, no longer ago than scent lasts, and went on toward
    `toward_deg` if that was seen. `half_life_h`: after so many hours half of the scent is gone; wind halves it again
    for each 10 m/s. `chance_false`: that it was another's scent."""

    name: str
    place: Place
    at_min: float
    chance_false: float
    wind_m_s: float
    toward_deg: float | None = None
    sd_deg: float = 40.0
    half_life_h: float = 12.0
    within_m: float = 40.0

    def __post_init__(self) -> None:
        _span(f"{self.name}: a trail", self.at_min, self.at_min)
        _chance(f"{self.name}: the chance of being false", self.chance_false)
        _metres(f"{self.name}: a distance from the track", self.within_m, 2_000)
        if self.toward_deg is not None:
            _degrees(f"{self.name}: a direction", self.toward_deg)
        if not (0 <= self.wind_m_s <= 60 and 0.1 <= self.half_life_h <= 240 and 1 <= self.sd_deg <= 180):
            raise SearchError(f"{self.name}: wind is 0 to 60 m/s, a half-life 0.1 to 240 h, a spread 1 to 180 degrees")

    @property
    def half_life_min(self) -> float:
        return self.half_life_h * 60 / 2 ** (self.wind_m_s / 10)

    @property
    def from_min(self) -> float:
        return max(0.0, self.at_min - 5 * self.half_life_min)

    @property
    def to_min(self) -> float:
        return self.at_min


@dataclass(frozen=True, kw_only=True)
class Ping:
    """A phone heard by a mast: between two distances from it, within a beam if one is known. For a position with an
    accuracy, give the position, and 0 to the accuracy. `chance_other`: that he does not carry it."""

    name: str
    mast: Place
    at_min: float
    from_m: float
    to_m: float
    chance_other: float
    azimuth_deg: float | None = None
    beam_deg: float = 120.0

    def __post_init__(self) -> None:
        _span(f"{self.name}: a ping", self.at_min, self.at_min)
        _chance(f"{self.name}: the chance of being in another's hands", self.chance_other)
        if not 0 <= self.from_m < self.to_m <= 100_000:
            raise SearchError(f"{self.name}: {self.from_m:g} to {self.to_m:g} m is refused: rising, up to 100 km")
        if self.azimuth_deg is not None:
            _degrees(f"{self.name}: an azimuth", self.azimuth_deg)
        if not 1 <= self.beam_deg <= 360:
            raise SearchError(f"{self.name}: a beam of {self.beam_deg:g} degrees is refused: 1 to 360")

    @property
    def from_min(self) -> float:
        return self.at_min

    @property
    def to_min(self) -> float:
        return self.at_min


@dataclass(frozen=True, kw_only=True)
class Testimony:
    """What has no place: how likely this would be said or seen under each hypothesis (by the name of its strand), and
    if he is somewhere else altogether. Only the ratios count."""

    name: str
    likelihoods: tuple[tuple[str, float], ...]
    elsewhere: float
    at_min: float = 0.0

    def __post_init__(self) -> None:
        for strand, value in (*self.likelihoods, ("elsewhere", self.elsewhere)):
            _chance(f"{self.name}: the chance of it under {strand!r}", value)
        if not self.likelihoods:
            raise SearchError(f"{self.name}: say how likely it is under each hypothesis")

    @property
    def from_min(self) -> float:
        return self.at_min

    @property
    def to_min(self) -> float:
        return self.at_min


Placed = SearchedArea | Sweep | Watcher | Clue | Sighting | Bearing | Trailing | Ping
Evidence = Placed | Testimony


def check_outline(name: str, area: tuple[Place, ...]) -> None:
    """Raises SearchError for an outline of under three corners, or one that crosses itself."""
    corners = [(p.lon, p.lat) for p in area]
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if len(set(corners)) < 3:
        raise SearchError(f"{name}: an area needs three different corners or more")
    count = len(corners)
    edges = [(corners[i], corners[(i + 1) % count]) for i in range(count)]
    for i in range(count):
        for j in range(i + 2, count):
            if (i or j != count - 1) and _cross(*edges[i], *edges[j]):
                raise SearchError(f"{name}: its outline crosses itself between corners {i + 1} and {j + 1}: redraw it")


Point = tuple[float, float]


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0
