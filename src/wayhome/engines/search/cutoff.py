"""Where ours can be when, and where he can be cut off: the places that one of ours reaches before he can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wayhome.engines.search.errors import SearchError
from wayhome.terrain.speed import PROFILES, Profile
from wayhome.terrain.travel import Start, Travel, travel
from wayhome.values.places import Place, distance_m

APART_M = 500.0
"""Two places to post somebody lie at least so far apart. Our own choice."""


@dataclass(frozen=True)
class Arrival:
    """When one of ours can be at a place, hours from now; None when they cannot come."""

    name: str
    hours: float | None


@dataclass(frozen=True)
class CutOff:
    """A place where one of ours stands before he can come by: who, when, when he, and how long they wait for him."""

    place: Place
    name: str
    ours_h: float
    his_h: float

    @property
    def ahead_h(self) -> float:
        return self.his_h - self.ours_h


def arrivals(travel_to_goal: Travel, ours: Sequence[Start]) -> tuple[Arrival, ...]:
    """When each of ours is at the goal of `travel_to_goal` (made with `toward`), soonest first."""
    if not travel_to_goal.toward:
        raise SearchError("times from a start were given: make them toward the goal")
    found = []
    for one in ours:
        hours = travel_to_goal.hours_at(one.place)
        found.append(Arrival(one.name, None if hours is None else one.at_h + hours))
    return tuple(sorted(found, key=lambda a: (a.hours is None, a.hours or 0.0, a.name)))


def cut_off(
    his: Travel, ours: Sequence[Start], *, walker: Profile = PROFILES["rescuer"], ahead_h: float = 0.25, most: int = 5
) -> tuple[CutOff, ...]:
    """Up to `most` places, on trails and crossings first come by him, that one of ours reaches `ahead_h` before him.

    Earliest for him first, since what he has not passed yet is where he can still be met. It bounds where he *can*
    be, it does not say which way he goes. Raises SearchError when none of ours is named.
    """
    if not ours:
        raise SearchError("name at least one of ours, and where they are")
    terrain = his.terrain
    theirs = travel(terrain, ours, walker)
    owner = theirs.first_there()
    on_way = (terrain.trails > 0) | (terrain.crossings > 0) | terrain.border
    good = on_way & his.reached & theirs.reached & (theirs.hours + ahead_h <= his.hours)
    rows, cols = np.nonzero(good)
    order = np.argsort(his.hours[rows, cols], kind="stable")
    chosen: list[CutOff] = []
    for index in order:
        row, col = int(rows[index]), int(cols[index])
        place = terrain.place_of(row, col)
        if all(distance_m(place, other.place) >= APART_M for other in chosen):
            name = ours[int(owner[row, col])].name
            chosen.append(CutOff(place, name, float(theirs.hours[row, col]), float(his.hours[row, col])))
        if len(chosen) == most:
            break
    return tuple(chosen)
