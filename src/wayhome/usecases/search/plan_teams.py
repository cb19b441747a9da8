"""Who goes on a plan, from where, and how each team walks, sees and is led: what was said of it beside the record."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from wayhome.mission.views import shapes as v
from wayhome.terrain.errors import TerrainError
from wayhome.usecases.advice import AdviceError
from wayhome.usecases.reading import Reading
from wayhome.usecases.search.mapping import Ours, teams_of
from wayhome.usecases.search.plan_asked import OWN_DOG, PlanQuestion, TeamFacts
from wayhome.values.ids import MissionId
from wayhome.values.places import Place

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wayhome.engines.search.plans.dogs import Dog, Leash
    from wayhome.engines.search.plans.segments import Segment
    from wayhome.engines.search.plans.teams import Team
    from wayhome.terrain.grid import Terrain

NOBODY: Final = "no team has a known place: say who of ours is where (NAME@PLACE)"
IDLE_DOGS: Final = ("resting", "out")
TIRED_H: Final = 0.1
"""A dog that is tired already works at what is left of it from the start on."""
SLACK_H: Final = 2.0


class Going(msgspec.Struct, frozen=True):
    """Who goes, from where, what is so of each, and from when each place is that the record gave."""

    ours: tuple[Ours, ...]
    facts: dict[str, TeamFacts]
    said: tuple[str, ...]


def going(reading: Reading, mission: MissionId, q: PlanQuestion, ours: tuple[Ours, ...]) -> Going:
    """Who goes: those who were named, else every team with a known place. Raises AdviceError."""
    _once([one.name for one in ours], [one.name for one in q.teams])
    facts = {one.name: one for one in q.teams}
    placed = {one.name for one in ours}
    known = {one.name: one for one in teams_of(reading, mission)} if set(facts) - placed or not ours else {}
    unknown = [name for name in facts if name not in placed and name not in known]
    if unknown:
        raise AdviceError(f"{unknown[0]} has no known place here: say where it is, like {unknown[0]}@42.5063,1.5218")
    wanted = [known[name] for name in facts if name not in placed] if ours or facts else list(known.values())
    who = (*ours, *wanted)
    if not who:
        raise AdviceError(NOBODY)
    return Going(who, facts, _from_where(reading, mission, wanted))


def _once(*names: Sequence[str]) -> None:
    for said in names:
        twice = sorted({name for name in said if said.count(name) > 1})
        if twice:
            raise AdviceError(f"{', '.join(twice)} is named twice: give each team a name of its own")


def _from_where(reading: Reading, mission: MissionId, known: Sequence[Ours]) -> tuple[str, ...]:
    at = {place.who: place.at for place in reading.places(mission).value}
    said = [f"{one.name} ({at[one.name].local:%H:%M})" if one.name in at else one.name for one in known]
    return (f"Planned from where they last said they were: {', '.join(said)}.",) if said else ()


class Areas:
    """The drawn segments of a mission, found by name or number."""

    def __init__(self, drawings: Sequence[v.DrawingView], terrain: Terrain) -> None:
        self._drawn = [one for one in drawings if one.what == "segment"]
        self._terrain = terrain
        self._cells: dict[str, NDArray[np.bool_]] = {}

    def find(self, said: str, what: str) -> v.DrawingView:
        """The one that was meant. Raises AdviceError, naming those there are."""
        word = said.strip().casefold()
        found = [one for one in self._drawn if word in (one.name.casefold(), one.label.casefold())]
        if len(found) == 1:
            return found[0]
        if found:
            raise AdviceError(f"{what}: {len(found)} segments are called {said!r}: say the number of the one you mean")
        held = ", ".join(f"{one.label} {one.name}".strip() for one in self._drawn) or "none yet"
        raise AdviceError(f"{what}: no segment is drawn by the name {said!r}; there is {held} (`wayhome draw segment`)")

    def segment(self, one: v.DrawingView) -> Segment:
        from wayhome.engines.search.plans.segments import Segment

        return Segment(one.name or one.label, one.points)

    def all_but(self, barred: Sequence[str]) -> list[v.DrawingView]:
        """Every drawn segment that is not barred."""
        out = {self.find(said, "barred").drawing for said in barred}
        return [one for one in self._drawn if one.drawing not in out]

    def cells(self, names: Sequence[tuple[str, str]]) -> NDArray[np.bool_] | None:
        """The cells of the areas of these (name, what for); None where there are none. Raises SearchError."""
        import numpy as np

        from wayhome.engines.search.plans.segments import cells_of

        masks = []
        for said, what in names:
            one = self.find(said, what)
            if one.drawing not in self._cells:
                self._cells[one.drawing] = cells_of(self.segment(one), self._terrain)
            masks.append(self._cells[one.drawing])
        return np.logical_or.reduce(masks) if masks else None


class Known(msgspec.Struct, frozen=True):
    """What the record holds of teams, areas and dogs, as the viewer sees it."""

    terrain: Terrain
    areas: Areas
    dogs: tuple[v.DogView, ...]
    teams: dict[str, v.TeamView]


def known_of(reading: Reading, mission: MissionId, terrain: Terrain) -> Known:
    """What stands in the record of this mission for a plan."""
    return Known(
        terrain,
        Areas(reading.drawings(mission).value, terrain),
        reading.dogs(mission).value,
        {team.name: team for team in reading.teams(mission).value},
    )


class Mustered(msgspec.Struct, frozen=True):
    """Teams as the planner takes them, and what is told of them."""

    teams: tuple[Team, ...]
    said: tuple[str, ...]


def mustered(who: Going, known: Known, q: PlanQuestion) -> Mustered:
    """The teams. Raises AdviceError and SearchError, naming the team and what is wrong."""
    teams = tuple(_team(one, who.facts.get(one.name, TeamFacts(name=one.name)), known, q) for one in who.ours)
    barred = (f"Nobody may enter {', '.join(q.barred)}.",) if q.barred else ()
    notes = tuple(f"{team.name}: {note}." for team in teams for note in team.notes)
    return Mustered(teams, (*who.said, *barred, *notes))


def _team(one: Ours, said: TeamFacts, known: Known, q: PlanQuestion) -> Team:
    from wayhome.engines.search.plans.dogs import with_dog
    from wayhome.engines.search.plans.teams import SEARCHING_PACE, Team
    from wayhome.terrain.speed import profile

    try:
        walker = profile(said.walker.strip().casefold() or "rescuer")
    except ValueError as error:
        raise AdviceError(f"{one.name}: {error}") from error
    earliest, latest = _shift(one.name, said, q)
    forbidden = known.areas.cells(_barred_to(one.name, said, known.areas, q))
    for place in (one.place, *([said.ends_at] if said.ends_at is not None else [])):
        _must_be_ground(one.name, place, known.terrain, forbidden)
    team = Team(
        name=one.name,
        start=one.place,
        sweep_width_m=q.width_m if said.width_m is None else said.width_m,
        earliest_min=earliest,
        latest_min=latest,
        profile=walker,
        searching_pace=SEARCHING_PACE if said.pace is None else said.pace,
        returns=not said.stays,
        ends_at=said.ends_at,
        forbidden=forbidden,
        notes=_walks(said),
    )
    found = _dog(one.name, said, known.dogs, known.teams.get(one.name))
    return team if found is None else with_dog(team, *found)


def _must_be_ground(name: str, place: Place, terrain: Terrain, forbidden: NDArray[np.bool_] | None) -> None:
    """Refuses a place where nobody can set out or end on foot. Raises AdviceError."""
    import numpy as np

    from wayhome.terrain.classes import LandCover, Water

    where = f"{name}: {place.lat:.5f}, {place.lon:.5f}"
    try:
        row, col = terrain.cell_of(place)
    except TerrainError as error:
        raise AdviceError(f"{name}: {error}") from error
    if np.isnan(terrain.elevation_m[row, col]):
        raise AdviceError(f"{where} lies in a void of the elevation: say a place beside it")
    lake = terrain.water[row, col] == Water.LAKE or terrain.land_cover[row, col] == LandCover.WATER
    if lake and not (terrain.trails[row, col] or terrain.crossings[row, col]):
        raise AdviceError(f"{where} lies in a lake: say a place on its shore")
    if forbidden is not None and forbidden[row, col]:
        raise AdviceError(f"{where} lies where it may not be: move it, or say may=AREA if it may enter")


def _shift(name: str, said: TeamFacts, q: PlanQuestion) -> tuple[float, float]:
    """From which minute until which it works. Raises AdviceError."""
    if not (math.isfinite(said.from_h) and 0 <= said.from_h * 60 < q.minutes):
        raise AdviceError(
            f"{name}: from={said.from_h:g} is refused: it sets out between now (0) and the plan's end, "
            f"{q.minutes / 60:g} hours from now"
        )
    hours = math.inf if said.hours is None else said.hours
    if not hours > 0:
        raise AdviceError(f"{name}: hours={said.hours:g} is refused: say for how many hours it can work, like hours=4")
    return said.from_h * 60, min(q.minutes, (said.from_h + hours) * 60)


def _barred_to(name: str, said: TeamFacts, areas: Areas, q: PlanQuestion) -> list[tuple[str, str]]:
    """What this team may not enter, each with what to blame where there is no such area."""
    free = {areas.find(one, f"{name}: may={one}").drawing for one in said.may_enter}
    closed = [(one, "barred") for one in q.barred if areas.find(one, "barred").drawing not in free]
    return [*closed, *((one, f"{name}: not={one}") for one in said.avoids)]


def _walks(said: TeamFacts) -> tuple[str, ...]:
    """What stands beside a team that differs from the others."""
    notes = []
    if said.walker:
        notes.append(f"walks as: {said.walker}")
    if said.may_enter:
        notes.append(f"may enter {', '.join(said.may_enter)}")
    if said.avoids:
        notes.append(f"may not enter {', '.join(said.avoids)}")
    if said.stays:
        notes.append("need not be back at the end")
    return tuple(notes)


def _dog(name: str, said: TeamFacts, dogs: Sequence[v.DogView], with_it: v.TeamView | None) -> tuple[Dog, Leash] | None:
    """The team's dog and who leads it, as the record has it: whose orders it takes has to be in the team, where the
    record knows the team. Raises AdviceError, SearchError."""
    from wayhome.engines.search.plans.dogs import AIR_SCENT_M, Dog, Leash

    if not said.dog:
        return None
    kind: Literal["air-scent", "trailing"] = "trailing" if said.trails else "air-scent"
    width = AIR_SCENT_M if said.dog_width_m is None else said.dog_width_m
    if said.dog == OWN_DOG:
        return Dog(name=f"{name}'s dog", kind=kind, handler=name, sweep_width_m=width), Leash(leader=name)
    held = next((one for one in dogs if one.name.casefold() == said.dog.strip().casefold()), None)
    if held is None:
        known = ", ".join(one.name for one in dogs) or "none yet"
        raise AdviceError(
            f"{name}: dog={said.dog}: this mission has no dog of that name; there is {known} "
            "(`wayhome search dog lend`)"
        )
    if held.state in IDLE_DOGS:
        raise AdviceError(f"{name}: dog={held.name} is {held.state}: leave it out, or say that it works again")
    tires = TIRED_H if held.state == "tired" else SLACK_H
    passed = held.handler != held.owner
    led = with_it is None or held.handler in with_it.members
    whose = held.owner_name if passed and led else held.handler_name
    dog = Dog(name=held.name, kind=kind, handler=whose or "its handler", sweep_width_m=width, slack_h=tires)
    leader = held.handler_name if led else name
    return dog, Leash(leader=leader or dog.handler, command_passed=passed and led, scent_article=bool(held.article))
