"""What of care stands in the record: keys, and the little that a member agreed to show; nothing said in care.

Letters of care lie in sealed drawers (decision 16) and never become facts.
"""

from __future__ import annotations

from datetime import date

from wayhome.mission.facts.base import Fact
from wayhome.values.ids import Id, PersonId
from wayhome.values.when import Moment


class CareKeyMade(Fact, frozen=True, kw_only=True):
    """*Personal.* A member's key for care: the public half, and the private half under their password.

    Everybody who sets a password has one, whether or not they are ever looked after. `recovery`: the private half under
    each recovery code. Never projected.
    """

    member: PersonId
    public: bytes
    wrapped: bytes
    salt: bytes
    recovery: tuple[bytes, ...] = ()


class DeskKeyMade(Fact, frozen=True, kw_only=True):
    """The key of the desk of care came into being, with its private half for the carer who made it."""

    public: bytes
    carer: PersonId
    box: bytes


class CarerAdmitted(Fact, frozen=True, kw_only=True):
    """An admitted carer let another in: the private half of a desk's key, sealed to them. `desk`: its public half."""

    carer: PersonId
    box: bytes
    desk: bytes = b""


class DutySignedOn(Fact, frozen=True, kw_only=True):
    """*Personal.* Somebody came on duty and said how they slept; None is not said, and never means rested."""

    member: PersonId
    slept_24h: float | None = None
    slept_48h: float | None = None
    woke: Moment | None = None
    worked_h: float | None = None
    """Hours of other work and travel in the last 24, a paid job included."""
    channel: str = ""
    by: PersonId | None = None
    """Who typed it for them, and how it reached them."""


class DutySignedOff(Fact, frozen=True, kw_only=True):
    """*Personal.*"""

    member: PersonId
    driving: bool = False
    channel: str = ""
    by: PersonId | None = None


class DutyLimitAgreed(Fact, frozen=True, kw_only=True):
    """What a member agreed that tasking holds to, until a day: with a named partner only, in these words, or both.

    What it rests on is nowhere in the record. Past its day it asks, and is not lifted by itself.
    """

    limit: Id
    member: PersonId
    words: str
    until: date
    partner: PersonId | None = None


class DutyLimitEnded(Fact, frozen=True, kw_only=True):
    limit: Id
    member: PersonId


class ContactTicked(Fact, frozen=True, kw_only=True):
    """That somebody was in touch with a member who lets command see so much: a day, no more."""

    member: PersonId
    on: date


class CareRequested(Fact, frozen=True, kw_only=True):
    """A request before its owner, in words that the member agreed to; it says nothing of care."""

    request: Id
    member: PersonId
    owner: PersonId
    words: str


class CareRequestAnswered(Fact, frozen=True, kw_only=True):
    request: Id
    granted: bool
    words: str = ""


class VisitCounted(Fact, frozen=True, kw_only=True):
    """Minutes of duty that somebody spent on a visit. Whom they visited is nowhere in the record."""

    member: PersonId
    minutes: int
    on: date


class WordsGiven(Fact, frozen=True, kw_only=True):
    """In the mission's stream: a survivor gave words of theirs to the report, as they stand here."""

    given: Id
    member: PersonId
    words: str


class CareErased(Fact, frozen=True, kw_only=True):
    """A member destroyed what was written of them in care. Nothing else is said, by anybody."""

    member: PersonId
    on: date


class CareCountsPublished(Fact, frozen=True, kw_only=True):
    """How many, for a closed quarter, where nobody can be picked out: each as name and count."""

    quarter: str
    counts: tuple[tuple[str, int], ...]
