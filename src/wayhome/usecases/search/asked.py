"""What a search question rests on, settled: which point and time, how many hours, who walks, whose statistics.

What is left open is taken from the mission as the viewer sees it; whatever is then still open is said, not guessed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from wayhome.mission.subject import BadSubject, category_leads, read_questionnaire
from wayhome.mission.views.shapes import MissionView
from wayhome.usecases.advice import AdviceError
from wayhome.usecases.ports import TerrainStore
from wayhome.usecases.travelling import terrain_with
from wayhome.values.places import Place
from wayhome.values.when import Moment

if TYPE_CHECKING:
    from wayhome.engines.search import Distances
    from wayhome.terrain.grid import Terrain

EVADER = "Evader"


class SearchQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of the search engine; whatever is left open is taken from the mission.

    `start` is IPP or LKP; `hours` None counts from the time of that point to now. `walker` is a name of
    `terrain.speed.PROFILES`, `ecoregion` temperate, dry or urban, `country` mountainous or flat. `likely`: also how
    likely he is where, by so many `tracks`; without it, only how far he can have come. `by_hour`: at each of
    the next hours as well.
    """

    terrain: str = ""
    start: str = "IPP"
    hours: float | None = None
    walker: str = ""
    category: str = ""
    ecoregion: str = ""
    country: str = ""
    evader: bool | None = None
    likely: bool = True
    by_hour: bool = False
    tracks: int = 30_000


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """The question with nothing open; the digest of an advice is made of it. `rings` says why, where there are none."""

    start: str
    point: Place
    at: Moment | None
    hours: float
    walker: str
    category: str
    ecoregion: str
    country: str
    evader: bool
    rings: str
    ground: str


@contextmanager
def told() -> Iterator[None]:
    """The engine's complaints and the ground's as ours."""
    from wayhome.engines.search import SearchError  # numpy loads slowly, and most commands need no ground
    from wayhome.terrain.errors import TerrainError

    try:
        yield
    except (SearchError, TerrainError) as error:
        raise AdviceError(str(error)) from error


def settle(held: MissionView, terrains: TerrainStore, q: SearchQuestion, now: Moment) -> tuple[Settled, Terrain]:
    """The question with nothing open, and the ground. Raises AdviceError, NoTerrain."""
    point, at = _point(held, q.start)
    hours = q.hours
    if hours is None:
        if at is None:
            raise AdviceError(f"the {q.start} has no time: say how many hours ago he was there")
        hours = at.hours_until(now)
        if hours <= 0:
            raise AdviceError(
                f"the {q.start} is of this minute: say for how many hours from then on, or ask again later"
            )
    terrain = _ground(terrains, q.terrain, point)
    evading = held.subject.get("evading") == "yes" or held.subject_category == EVADER
    evader = evading if q.evader is None else q.evader
    category, rings = _category(held, q, evader=evader)
    settled = Settled(
        start=q.start,
        point=point,
        at=at,
        hours=hours,
        walker=q.walker or _walker(category or held.subject_category, evader=evader),
        category=category,
        ecoregion=q.ecoregion.strip().casefold(),
        country=q.country.strip().casefold(),
        evader=evader,
        rings=rings,
        ground=_digest(terrain),
    )
    return settled, terrain


def _point(held: MissionView, start: str) -> tuple[Place, Moment | None]:
    points = {"IPP": (held.initial_point, held.initial_at), "LKP": (held.last_point, held.last_at)}
    if start not in points:
        raise AdviceError(f"{start!r}: count from the IPP (initial planning point) or the LKP (last known position)")
    point, at = points[start]
    if point is None:
        word = start.lower()
        raise AdviceError(f"the mission has no {start} yet: `wayhome mission {word} MISSION PLACE --seen TIME` sets it")
    return point, at


def _ground(terrains: TerrainStore, name: str, point: Place) -> Terrain:
    if name:
        return terrains.load(name)
    terrain = terrain_with(terrains, point)
    if terrain is None:
        held = ", ".join(terrains.names()) or "none yet"
        raise AdviceError(
            f"no terrain here holds {point.lat:.4f}, {point.lon:.4f} (there is {held}): "
            "`wayhome terrain import` brings one in"
        )
    return terrain


def _category(held: MissionView, q: SearchQuestion, *, evader: bool) -> tuple[str, str]:
    """The category as the statistics name it, or none and why."""
    if q.category:
        return q.category, ""
    decided = held.subject_category
    if evader or decided == EVADER:
        return "", "no distance rings: an evader is not a lost person, no statistics of finds speak of him"
    if not decided:
        return "", "no distance rings: nobody has decided on a category of lost person"
    try:
        leads = category_leads(read_questionnaire({k: said for k, said in held.subject.items() if said}))
    except BadSubject:
        leads = ()
    return next((lead.table for lead in leads if lead.category == decided and lead.table), decided), ""


def _walker(category: str, *, evader: bool) -> str:
    """Who walks, where nobody said: an evader, a child, else a hiker."""
    if evader:
        return "evader"
    return "child" if category in ("Child (1-3)", "Child (4-6)", "Child (7-9)", "Child (10-12)") else "hiker"


def distances(settled: Settled) -> tuple[Distances | None, str]:
    """The row of the statistics, or none and why. Raises SearchError for conditions that no row knows."""
    from wayhome.engines.search.distances import TABLE, distances_for
    from wayhome.engines.search.errors import SearchError

    known = {"ecoregion": {r.ecoregion for r in TABLE} - {""}, "country": {r.terrain for r in TABLE} - {""}}
    for what, said in (("ecoregion", settled.ecoregion), ("country", settled.country)):
        if said and said not in known[what]:
            raise SearchError(f"{said!r} is no {what} of the statistics: one of {', '.join(sorted(known[what]))}")
    if not settled.category:
        return None, settled.rings
    return distances_for(settled.category, ecoregion=settled.ecoregion, terrain=settled.country), ""


def _digest(terrain: Terrain) -> str:
    """What tells one ground from another."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(repr((terrain.cell_m, terrain.epsg, terrain.west_m, terrain.north_m)).encode())
    for layer in (
        terrain.elevation_m,
        terrain.land_cover,
        terrain.trails,
        terrain.water,
        terrain.crossings,
        terrain.border,
    ):
        digest.update(layer.tobytes())
    return digest.hexdigest()
