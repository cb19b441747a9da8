"""What missions on one time line are asked about: people with skills, missions with places per skill, one clock.

*Slot* mode: a person serves one skill of one mission at a time, from the mission's start to its end. Skills are held
or not, there are no levels. Time is in whole units of the caller's choice. What is sought is the plan in which the
last mission ends soonest (the multi-skill project scheduling problem, MSPSP, of Bellenguez & Néron 2004; Young,
Feydy & Schutt 2017).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class SlotPerson:
    """Somebody who can go, and the skills they hold."""

    name: str
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SlotMission:
    """Work without a break. `places`: how many people it takes per skill; `after`: what must have ended before."""

    name: str
    duration: int
    places: Mapping[str, int] = field(default_factory=dict)
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class SlotsProblem:
    """Everything a plan on one time line depends on."""

    people: tuple[SlotPerson, ...]
    missions: tuple[SlotMission, ...]


@dataclass(frozen=True)
class Served:
    """A mission with its time and its people: `start` and `end` in units, `serving` is person to skill."""

    mission: str
    start: int
    end: int
    serving: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SlotsPlan:
    """Who does what when, and the proof of how much sooner any plan could end.

    `missions` in the order of the question. `bound`: no plan ends before that. `rounds`: the
    rounds of search that it took.
    """

    missions: tuple[Served, ...]
    bound: int
    rounds: int = 0

    @cached_property
    def makespan(self) -> int:
        """When the last mission ends."""
        return max((one.end for one in self.missions), default=0)

    @property
    def gap(self) -> float:
        """How much of the makespan is unproven, as a share; 0 means that no plan ends sooner."""
        return (self.makespan - self.bound) / self.makespan if self.makespan > 0 else 0.0

    @property
    def proven(self) -> bool:
        return self.makespan <= self.bound
