"""How long everyone whose place is known would take to a place, over a terrain that holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wayhome.usecases.ports import NoTerrain, TerrainStore
from wayhome.usecases.reading import Reading
from wayhome.values.ids import MissionId, PersonId
from wayhome.values.places import Place

if TYPE_CHECKING:
    from wayhome.terrain.grid import Terrain


def places_of(reading: Reading, base: Place | None, asked_for: MissionId) -> dict[PersonId, Place]:
    """Where everybody is, as far as the viewer may know: their last reported place, else the base.

    No place from another secret mission counts: the advice is written down where its people may not be known of.
    """
    known: dict[PersonId, Place] = {}
    if base is not None:
        known = {member.member: base for member in reading.roster().value}
    for mission in reading.missions().value:
        if mission.secret and mission.mission != asked_for:
            continue
        for place in reading.places(mission.mission).value:
            if place.member is not None:
                known[place.member] = place.place
    return known


def hours_to(
    reading: Reading, terrains: TerrainStore, goal: Place, base: Place | None, asked_for: MissionId
) -> dict[PersonId, float]:
    """Hours on foot to `goal` for everybody whose place is known and who can get there. Empty without a terrain."""
    places = places_of(reading, base, asked_for)
    terrain = terrain_with(terrains, goal) if places else None
    return {} if terrain is None else _over(terrain, places, goal)


def terrain_with(terrains: TerrainStore, goal: Place) -> Terrain | None:
    """The first terrain, by name, on which a place lies."""
    from wayhome.terrain.errors import OffMap  # numpy loads slowly, and most commands need no ground

    for name in terrains.names():
        try:
            terrain = terrains.load(name)
            terrain.cell_of(goal)
        except (NoTerrain, OffMap):
            continue
        return terrain
    return None


def _over(terrain: Terrain, places: dict[PersonId, Place], goal: Place) -> dict[PersonId, float]:
    from wayhome.terrain.errors import TerrainError
    from wayhome.terrain.speed import profile
    from wayhome.terrain.travel import Start, travel

    try:
        to_goal = travel(terrain, [Start(goal)], profile("rescuer"), toward=True)
    except TerrainError:
        return {}
    hours = {}
    for person, place in places.items():
        try:
            there = to_goal.hours_at(place)
        except TerrainError:
            continue
        if there is not None:
            hours[person] = there
    return hours
