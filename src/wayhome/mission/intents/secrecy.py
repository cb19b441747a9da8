"""What people state about who may know."""

from __future__ import annotations

from wayhome.mission.intents.base import Intent
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.when import Moment


class Tell(Intent, frozen=True, kw_only=True):
    """A teller records that they told somebody a part: of a mission they are read in to, or of what they were told.

    Just one of `mission` and `of` (a telling) is given. `level`: that, where and when, what for, all.
    """

    listener: PersonId
    level: str
    mission: MissionId | None = None
    of: Id | None = None
    about: PersonId | None = None
    happened: Moment | None = None
    promise: str = ""
    shown: bool = False
    override: str = ""


class GivePromise(Intent, frozen=True, kw_only=True):
    telling: Id
    words: str


class ShowTelling(Intent, frozen=True, kw_only=True):
    telling: Id


class SetCeiling(Intent, frozen=True, kw_only=True):
    mission: MissionId
    most: int | None = None
    leak_per_year: float = 0.01
    tellings_shown: bool = False


class SetCover(Intent, frozen=True, kw_only=True):
    """What everybody not read in believes, of a member or of a vehicle (just one of both)."""

    mission: MissionId
    member: PersonId | None = None
    vehicle: Id | None = None
    status: str = "leave"
    words: str = ""
    start: Moment | None = None
    end: Moment | None = None


class EndCover(Intent, frozen=True, kw_only=True):
    mission: MissionId
    cover: Id


class MaskIdentity(Intent, frozen=True, kw_only=True):
    """`names` are all the words by which the masked one may be written; the subject's name is always among them."""

    mission: MissionId
    label: str
    names: tuple[str, ...] = ()


class TellIdentity(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId
    reason: str = ""


class PlanContact(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId
    every_min: int
    signals: str
    way_out: str


class NameQuarry(Intent, frozen=True, kw_only=True):
    """This mission hunts a member, or holds an accusation against them. `what`: hunted, accused."""

    mission: MissionId
    member: PersonId
    what: str
    words: str


class BreakGlass(Intent, frozen=True, kw_only=True):
    """A guardian opens, in an emergency, whatever compartment a member is away on."""

    member: PersonId
    reason: str
    hours: float = 4.0


class EndEmergency(Intent, frozen=True, kw_only=True):
    """The clock's own intent, and the guardian's or owner's: the compartment closes again."""

    mission: MissionId
    glass: Id


class NoteLook(Intent, frozen=True, kw_only=True):
    """The clock's own intent: somebody read something secret."""

    mission: MissionId
    member: PersonId
    what: str
    hour: Moment
