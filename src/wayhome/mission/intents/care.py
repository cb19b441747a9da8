"""What care states to the record, on behalf of whoever agreed to it. What people state in care is in `engines.care`."""

from __future__ import annotations

from datetime import date

from wayhome.mission.intents.base import Intent
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.when import Moment


class MakeCareKey(Intent, frozen=True, kw_only=True):
    """Stated at the door, with every password."""

    member: PersonId
    public: bytes
    wrapped: bytes
    salt: bytes
    recovery: tuple[bytes, ...] = ()


class MakeDeskKey(Intent, frozen=True, kw_only=True):
    """The first carer to come in makes the key of the desk of care."""

    public: bytes
    box: bytes


class LetCarerIn(Intent, frozen=True, kw_only=True):
    """Stated by an admitted carer: the desk's key, sealed to another carer."""

    carer: PersonId
    box: bytes


class SignOnDuty(Intent, frozen=True, kw_only=True):
    """I am on duty, and slept so: hours in the last 24 and 48, awake since when, hours of other work and travel."""

    member: PersonId
    slept_24h: float | None = None
    slept_48h: float | None = None
    woke: Moment | None = None
    worked_h: float | None = None
    channel: str = ""


class SignOffDuty(Intent, frozen=True, kw_only=True):
    """I go off duty; `driving`: I mean to drive home myself."""

    member: PersonId
    driving: bool = False
    channel: str = ""


class HoldToLimit(Intent, frozen=True, kw_only=True):
    """The member agrees that tasking holds to a limit until a day."""

    member: PersonId
    words: str
    until: date
    partner: PersonId | None = None
    limit: Id


class EndLimit(Intent, frozen=True, kw_only=True):
    """The member ends a limit."""

    limit: Id
    member: PersonId


class TickContact(Intent, frozen=True, kw_only=True):
    """Stated with a contact, where the member lets command see that one took place."""

    member: PersonId
    on: date


class RequestForCare(Intent, frozen=True, kw_only=True):
    """A request before its owner, in words that the member agreed to."""

    member: PersonId
    owner: PersonId
    words: str


class AnswerCareRequest(Intent, frozen=True, kw_only=True):
    request: Id
    granted: bool
    words: str = ""


class CountVisit(Intent, frozen=True, kw_only=True):
    """A supporter's minutes of duty on a visit."""

    member: PersonId
    minutes: int
    on: date


class GiveWords(Intent, frozen=True, kw_only=True):
    """A survivor gives words of theirs to the report."""

    mission: MissionId
    words: str


class NoteCareErased(Intent, frozen=True, kw_only=True):
    member: PersonId
    on: date


class PublishCareCounts(Intent, frozen=True, kw_only=True):
    """Stated by an admitted carer: counts of a closed quarter in which nobody can be picked out."""

    quarter: str
    counts: tuple[tuple[str, int], ...]
