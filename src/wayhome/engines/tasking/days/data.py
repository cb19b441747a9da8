"""What days ahead are asked about: members, missions, and what a plan over days is measured by.

Time is in units of the caller's choice (minutes, quarters of an hour); a day has `day_length` of them. Days count
from 1. The cost is that of the ROADEF challenge of 2007: the latest end of each of the first three priorities and of
everything, each times its weight.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

PRIORITIES: Final = (1, 2, 3, 4)
WEIGHTS: Final = (28, 14, 4, 1)
"""Cost of one unit of time: of the latest end of priority 1, 2 and 3, and of the latest end of all (ROADEF 2007)."""


@dataclass(frozen=True)
class Need:
    """At least `people` of the team hold `level` or more in `skill`; one person may count for several needs."""

    skill: str
    level: int
    people: int


@dataclass(frozen=True)
class Member:
    """Somebody who can be sent. `levels`: by skill, absent means 0. `off`: days on which they are not there."""

    name: str
    levels: Mapping[str, int] = field(default_factory=dict)
    off: frozenset[int] = frozenset()


@dataclass(frozen=True)
class DayMission:
    """Work for one team on one day, without a break.

    `priority` 1 (gravest) to 4; `after`: missions that must have ended before this one starts; `decline_cost`: what
    it takes of the budget to give the mission away, None where it may not be given away.
    """

    name: str
    priority: int
    duration: int
    needs: tuple[Need, ...] = ()
    after: tuple[str, ...] = ()
    decline_cost: int | None = None


@dataclass(frozen=True)
class DaysProblem:
    """Everything a plan over days depends on. A mission that is declined forces all that come after it out as well."""

    members: tuple[Member, ...]
    missions: tuple[DayMission, ...]
    budget: int = 0
    day_length: int = 120
    weights: tuple[int, int, int, int] = WEIGHTS


@dataclass(frozen=True)
class Timed:
    """A mission on its team's day: `start` and `end` in units since the day began."""

    mission: str
    start: int
    end: int


@dataclass(frozen=True)
class DayTeam:
    """Who goes together for one whole day, and on what, in order."""

    day: int
    members: tuple[str, ...]
    tasks: tuple[Timed, ...]


@dataclass(frozen=True)
class DaysPlan:
    """Teams by day, what was given away, what it costs, and the proof of how much better any plan could be.

    `ends`: latest end of priority 1, 2, 3 and of everything, in units since the first day began. `bound`: no plan
    costs less. `steps`: the work done, in rounds of search.
    """

    teams: tuple[DayTeam, ...]
    declined: tuple[str, ...]
    ends: tuple[int, int, int, int]
    cost: int
    bound: int
    steps: int = 0

    @property
    def gap(self) -> float:
        """How much of the cost is unproven, as a share; 0 means that no plan is better."""
        return (self.cost - self.bound) / self.cost if self.cost > 0 else 0.0

    @property
    def proven(self) -> bool:
        return self.cost <= self.bound
