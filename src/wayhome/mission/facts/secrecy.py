"""Facts about who may know of a mission: what members told each other, covers, masks, contact plans, emergencies."""

from __future__ import annotations

import msgspec

from wayhome.mission.facts.base import Fact
from wayhome.values.ids import Id, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Deadline, Moment


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """What of a mission somebody was told, as it was then; what is above their level is not here."""

    name: str = ""
    rank: str = ""
    purpose: str = ""
    place: Place | None = None
    starts: Moment | None = None
    home_by: Deadline | None = None


class Told(Fact, frozen=True, kw_only=True):
    """A member told another a part of the secret.

    `level`: that, where and when, what for, all. `happened` may be long before it was recorded. `about` is whom the
    mission takes. `of` is the telling by which the teller knows, where they are not read in. `shown`: whether the
    mission's command sees that it was told. `override`: why, where it crossed the ceiling.
    """

    telling: Id
    teller: PersonId
    listener: PersonId
    level: str
    happened: Moment
    part: Part
    about: PersonId | None = None
    promise: str = ""
    of: Id | None = None
    shown: bool = False
    override: str = ""


class PromiseGiven(Fact, frozen=True, kw_only=True):
    """What the listener promised, in their own words."""

    telling: Id
    words: str


class TellingShown(Fact, frozen=True, kw_only=True):
    """The teller lets the mission's command see that they told somebody."""

    telling: Id


class CeilingSet(Fact, frozen=True, kw_only=True):
    """How many may know; the assumed chance of a leak per knower and year; whether tellings are shown to command."""

    most: int | None
    leak_per_year: float
    tellings_shown: bool = False


class CoverSet(Fact, frozen=True, kw_only=True):
    """What everybody not read in believes of a member or a vehicle for a span.

    What they believe is said in the organisation's own stream, as an ordinary statement; this says that it is none.
    `about` is a member's id, or a vehicle's where `vehicle`.
    """

    cover: Id
    about: Id
    status: str
    words: str
    start: Moment
    end: Moment | None
    vehicle: bool = False


class CoverEnded(Fact, frozen=True, kw_only=True):
    cover: Id


class IdentityMasked(Fact, frozen=True, kw_only=True):
    """Whoever is not told the identity reads `label` wherever one of `names` stands in what is of this mission."""

    label: str
    names: tuple[str, ...]


class IdentityTold(Fact, frozen=True, kw_only=True):
    member: PersonId
    reason: str = ""


class ContactPlanned(Fact, frozen=True, kw_only=True):
    """How somebody under cover is heard of, what the signals mean, and their way out."""

    member: PersonId
    every_min: int
    signals: str
    way_out: str


class SuspicionNoticed(Fact, frozen=True, kw_only=True):
    """Somebody who may not know hunts or accuses a member who is under cover."""

    member: PersonId
    what: str


class QuarryNamed(Fact, frozen=True, kw_only=True):
    """The mission hunts a member, or holds an accusation against them. `what`: hunted, accused."""

    member: PersonId
    what: str
    words: str


class OpenedInEmergency(Fact, frozen=True, kw_only=True):
    """Somebody broke the glass: the compartment is open to them until a set time, and the owners are alerted."""

    glass: Id
    by: PersonId
    reason: str
    until: Moment
    alerted: tuple[PersonId, ...]


class EmergencyEnded(Fact, frozen=True, kw_only=True):
    glass: Id


class Looked(Fact, frozen=True, kw_only=True):
    """Somebody read something secret: what, once for each hour in which they did."""

    member: PersonId
    what: str
    hour: Moment
