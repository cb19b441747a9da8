"""Who searches: where each team starts, when, how it walks and sees, where it may not go, how it tires."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.plans.sighting import Sighting
from wayhome.terrain.classes import LandCover
from wayhome.terrain.grid import Terrain
from wayhome.terrain.speed import LAND_COVER, PROFILES, Profile, tobler_km_h
from wayhome.values.places import Place

MOST_TEAMS: Final = 200
MOST_MINUTES: Final = 72 * 60.0
PACE: Final = (0.1, 1.0)
SEARCHING_PACE: Final = 0.5
"""Whoever looks to both sides walks half as fast as whoever only walks. Our own assumption."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Team:
    """One team. Minutes count from the moment that the plan counts from.

    `sweep_width_m` is the team's own, as one line of searchers, at its searching pace: `searching_pace` times the
    walking speed of `profile`. It searches between `earliest_min` and `latest_min`, and by then it is back at
    `ends_at` (its start, unless said) if it `returns`. `tiring` is (hours since its earliest, share of detection
    left from then on), rising in hours. `forbidden` is a (rows, cols) mask of cells where it may not go: no access,
    or a danger that this team is not equipped for. Raises SearchError.
    """

    name: str
    start: Place
    sweep_width_m: float
    latest_min: float
    earliest_min: float = 0.0
    profile: Profile = PROFILES["rescuer"]
    searching_pace: float = SEARCHING_PACE
    returns: bool = True
    ends_at: Place | None = None
    tiring: tuple[tuple[float, float], ...] = ()
    forbidden: NDArray[np.bool_] | None = None
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise SearchError("every team needs a name")
        if not (math.isfinite(self.earliest_min) and self.earliest_min >= 0):
            raise SearchError(f"{self.name} cannot set out at minute {self.earliest_min:g}: 0 or later")
        if not self.earliest_min < self.latest_min <= MOST_MINUTES:
            raise SearchError(
                f"{self.name} sets out at minute {self.earliest_min:g} and has to end by {self.latest_min:g}: "
                f"its end lies after its start, up to {MOST_MINUTES / 60:g} h from now"
            )
        if not PACE[0] <= self.searching_pace <= PACE[1]:
            raise SearchError(f"{self.name} searches at {self.searching_pace:g} times its walking pace: 0.1 to 1")
        self._check_tiring()
        _ = self.sighting

    def _check_tiring(self) -> None:
        hours = [hour for hour, _ in self.tiring]
        if hours != sorted(set(hours)) or not all(h >= 0 and 0 <= share <= 1 for h, share in self.tiring):
            raise SearchError(f"{self.name}: tiring is told as rising hours, each with the share left, 0 to 1")

    @property
    def sighting(self) -> Sighting:
        """What it sees, at the pace it searches flat open ground off the trails."""
        walking = tobler_km_h(0.0) * LAND_COVER[LandCover.OPEN].times * self.profile.off_trail
        return Sighting(self.sweep_width_m, walking * self.searching_pace * 1000 / 60)

    def share_left(self, minute: float) -> float:
        """What tiring leaves of its detection at a minute of the plan."""
        left = 1.0
        for hour, share in self.tiring:
            if minute >= self.earliest_min + hour * 60:
                left = share
        return left


def check_teams(teams: Sequence[Team], terrain: Terrain) -> None:
    """Raises SearchError for no team, too many, two of one name, or a mask of another ground."""
    if not teams:
        raise SearchError("there is no team to plan for: name at least one, with its start, hours and sweep width")
    if len(teams) > MOST_TEAMS:
        raise SearchError(f"{len(teams)} teams are too many for one plan: up to {MOST_TEAMS}")
    names = [team.name for team in teams]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SearchError(f"two teams are called {', '.join(twice)}: give each a name of its own")
    for team in teams:
        if team.forbidden is not None and team.forbidden.shape != (terrain.rows, terrain.cols):
            raise SearchError(f"{team.name}: the cells forbidden to it are not those of this terrain")
