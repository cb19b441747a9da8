"""What a mission's compartment keeps about itself: who told whom, what the others believe, who opened it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

import msgspec

from wayhome.mission.facts.secrecy import Part
from wayhome.values.ids import Id, Mark, MissionId, PersonId
from wayhome.values.when import Moment

LEVELS = ("that", "where and when", "what for", "all")
"""How much of a secret somebody was told, least first: that there is a mission; also where and when; also what for;
everything."""


class Telling(msgspec.Struct):
    id: Id
    teller: PersonId
    listener: PersonId
    level: str
    happened: Moment
    recorded: Moment
    part: Part
    about: PersonId | None = None
    promise: str = ""
    of: Id | None = None
    shown: bool = False
    override: str = ""
    teller_read_in: bool = False


class Ceiling(msgspec.Struct):
    most: int | None = None
    leak_per_year: float = 0.01
    tellings_shown: bool = False


class Cover(msgspec.Struct):
    """What is believed. `ended` is when it was ended before its time."""

    id: Id
    about: Id
    status: str
    words: str
    start: Moment
    end: Moment | None
    vehicle: bool = False
    ended: Moment | None = None
    by: PersonId = PersonId("")

    def holds_at(self, now: Moment) -> bool:
        over = self.end is not None and self.end.ms <= now.ms
        return self.ended is None and self.start.ms <= now.ms and not over

    def meets(self, start: Moment, end: Moment | None) -> bool:
        """Whether any part of a span is covered by it."""
        ends_after = self.end is None or self.end.ms > start.ms
        return self.ended is None and ends_after and (end is None or self.start.ms < end.ms)


class Mask(msgspec.Struct):
    label: str
    names: tuple[str, ...]
    known_by: set[PersonId] = set()


class ContactPlan(msgspec.Struct):
    member: PersonId
    every_min: int
    signals: str
    way_out: str


class Emergency(msgspec.Struct):
    """A compartment opened in an emergency. `ended` is when it closed again."""

    id: Id
    by: PersonId
    reason: str
    since: Moment
    until: Moment
    alerted: tuple[PersonId, ...]
    was_read_in: bool = False
    ended: bool = False


class Secrecy(msgspec.Struct):
    """Part of a mission's state."""

    tellings: dict[Id, Telling] = {}
    ceiling: Ceiling = msgspec.field(default_factory=Ceiling)
    covers: dict[Id, Cover] = {}
    mask: Mask | None = None
    contact_plans: dict[PersonId, ContactPlan] = {}
    emergencies: dict[Id, Emergency] = {}

    def cover_of(self, about: Id, now: Moment) -> Cover | None:
        """What is believed of a member or a vehicle now, if a cover of this mission holds."""
        return next((c for c in self.covers.values() if c.about == about and c.holds_at(now)), None)


def telling_mark(telling: Id) -> Mark:
    """Held by the teller and the listener of one telling, and by nobody else."""
    return Mark(f"t:{telling}")


def teller_mark(telling: Id) -> Mark:
    """Held by the teller alone: which mission it was."""
    return Mark(f"t:{telling}:teller")


def identity_mark(mission: MissionId) -> Mark:
    """Held by those who know who a masked one is."""
    return Mark(f"i:{mission}")


SHORTEST_PART = 3
"""A part of a name with fewer letters is no name by itself."""


def names_in(subject: Mapping[str, str]) -> tuple[str, ...]:
    """By which words a subject may be written: the name, each part of it, and whatever else they are called."""
    name = subject.get("name", "").strip()
    parts = [part for part in re.split(r"[\s,.\-]+", name) if len(part) >= SHORTEST_PART]
    others = [other.strip() for other in re.split(r"[,;/]", subject.get("also_called", ""))]
    return tuple(dict.fromkeys(word for word in (name, *parts, *others) if word))


def masked_names(mask: Mask, subject: Mapping[str, str]) -> tuple[str, ...]:
    """Every word that a mask covers: those given with it, and those of the subject as it is described now.

    What is part of the label is no name: somebody may describe the subject by the label itself.
    """
    now = (name for name in names_in(subject) if not within(name, mask.label))
    return tuple(dict.fromkeys((*mask.names, *now)))


def within(name: str, label: str) -> bool:
    """Whether a name stands in a label, as one of its words or as some of them."""
    return f" {name.casefold()} " in f" {label.casefold()} "


class Masked(Protocol):
    """What of a mission says who knows an identity."""

    @property
    def owner(self) -> PersonId: ...
    @property
    def commander(self) -> PersonId: ...
    @property
    def secrecy(self) -> Secrecy: ...


def knows_identity(mission: Masked, member: PersonId) -> bool:
    """Whether somebody knows who is masked; where nobody is, everybody knows."""
    mask = mission.secrecy.mask
    return mask is None or member in mask.known_by or member in (mission.owner, mission.commander)
