"""Where can he be? In plain form: how far he can have walked, beside how far people like him were found.

Two different things, kept apart. The *reach* is a bound: nobody who walks as the profile says is outside it. The
*rings* are statistics of where others were found. Neither is a probability map, and the answer says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from wayhome.engines.search.distances import CAUTION, SOURCE, Distances
from wayhome.engines.search.errors import SearchError
from wayhome.terrain.border import AtBorder, time_to_border
from wayhome.terrain.grid import Terrain
from wayhome.terrain.isochrones import Isochrone, isochrones
from wayhome.terrain.speed import Profile
from wayhome.terrain.travel import Start, Travel, travel
from wayhome.values.places import Place

MOST_HOURS = 240.0
NOT_VALIDATED = "not validated on finds"


@dataclass(frozen=True)
class Ring:
    """So many per cent of the category were found within `radius_m` of the initial point, as the crow flies."""

    percent: int
    radius_m: float


@dataclass(frozen=True, eq=False, kw_only=True)
class Whereabouts:
    """How far he can have come in `hours`, the rings of his category, the border, and what all of it rests on."""

    terrain: Terrain
    point: Place
    hours: float
    walker: Profile
    reach: Travel
    isochrones: tuple[Isochrone, ...]
    rings: tuple[Ring, ...]
    category: str
    border: AtBorder | None
    provenance: tuple[str, ...]
    cannot_say: tuple[str, ...]


def where_can_he_be(
    terrain: Terrain,
    point: Place,
    hours: float,
    walker: Profile,
    distances: Distances | None = None,
    *,
    evader: bool = False,
) -> Whereabouts:
    """The travel-time bound after `hours` and the published rings. Raises SearchError, and TerrainError off the map."""
    if not 0 < hours <= MOST_HOURS:
        raise SearchError(f"{hours:g} hours since he was last seen are refused: above 0, up to {MOST_HOURS:g}")
    reach = travel(terrain, [Start(point, name="initial point")], walker, limit_h=hours)
    rings = () if distances is None else tuple(Ring(p, km * 1000) for p, km in distances.rings_km())
    return Whereabouts(
        terrain=terrain,
        point=point,
        hours=hours,
        walker=walker,
        reach=reach,
        isochrones=tuple(isochrones(reach, _lines(hours))),
        rings=rings,
        category=_category_words(distances),
        border=time_to_border(reach) if terrain.border.any() else None,
        provenance=_provenance(terrain, walker, distances),
        cannot_say=_cannot_say(terrain, reach, distances, evader=evader),
    )


def _lines(hours: float) -> list[float]:
    """Four lines or so, at round hours, the last at the bound itself."""
    step = next(s for s in (0.25, 0.5, 1.0, 2.0, 3.0, 6.0, 12.0, 24.0, 60.0) if hours / s <= 5)
    return [*(n * step for n in range(1, int(hours / step) + 1) if n * step < hours), hours]


def _category_words(distances: Distances | None) -> str:
    if distances is None:
        return ""
    conditions = ", ".join(part for part in (distances.ecoregion, distances.terrain) if part)
    return f"{distances.category} ({conditions})" if conditions else distances.category


def _provenance(terrain: Terrain, walker: Profile, distances: Distances | None) -> tuple[str, ...]:
    ground = tuple(f"{source.layer}: {source.name}" for source in terrain.provenance)
    rings = (f"rings: {SOURCE}",) if distances is not None else ()
    return (*ground, *(f"speed: {basis}" for basis in walker.basis), *rings)


def _cannot_say(terrain: Terrain, reach: Travel, distances: Distances | None, *, evader: bool) -> tuple[str, ...]:
    said = [f"travel times: {NOT_VALIDATED}; a bound on how far he can have come, not where he is"]
    if distances is not None:
        said += [CAUTION, "rings are find locations of lost people, not of this one"]
    if evader:
        said.append("an evader is not a lost person: the rings do not speak of him")
    if reach.leaves_map:
        said.append("he can have left the map: what lies beyond its edge is not counted")
    return (*said, *reach.cautions, *terrain.warnings)
