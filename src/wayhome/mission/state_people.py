"""What the facts of the organisation and of each person add up to; `state` has the rest, and gives these as well."""

from __future__ import annotations

from datetime import date

import msgspec

from wayhome.mission.facts.people import Scales
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.when import Moment


class Qualification(msgspec.Struct):
    name: str
    awarded: date | None = None
    expires: date | None = None
    evidence: str = ""


class Role(msgspec.Struct):
    role: str
    since: Moment
    wish: str
    until: Moment | None = None
    lost_by: str = ""
    reason: str = ""


class PastEvent(msgspec.Struct):
    what: str
    on: date
    mission: str = ""
    led_by: str = ""
    outcome: str = ""


class Absence(msgspec.Struct):
    """A span in which somebody said they can or cannot come."""

    start: Moment
    end: Moment
    available: bool
    words: str = ""


class Member(msgspec.Struct):
    id: PersonId
    ref: str
    rank: str = ""
    duties: set[str] = set()
    synthetic: bool = False
    skills: dict[str, int] = {}
    qualifications: list[Qualification] = []
    status: str = "available"
    status_until: Moment | None = None
    absent_since: Moment | None = None
    """Since when they have been said to be elsewhere, whatever the words for it became meanwhile."""
    leave_letter: str = ""
    roles: list[Role] = []
    past: list[PastEvent] = []
    never: set[str] = set()
    spans: list[Absence] = []
    erased: bool = False

    def status_at(self, now: Moment) -> str:
        """The duty status now: one that was set for a time ends by itself."""
        over = self.status_until is not None and self.status_until.ms <= now.ms
        return "available" if over and self.status != "lost" else self.status


class Bond(msgspec.Struct):
    """`sent`: together, apart, or empty: as bonds of that kind count. `private`: for the two and those who send."""

    one: PersonId
    other: PersonId
    what: str
    says: str = ""
    sent: str = ""
    private: bool = False


class Remembrance(msgspec.Struct):
    id: Id
    name: str
    on: date
    line: str = ""
    mission_words: str = ""
    member: PersonId | None = None
    close: tuple[PersonId, ...] = ()
    hidden: tuple[str, ...] = ()


class Petition(msgspec.Struct):
    id: Id
    member: PersonId
    role: str
    why: str
    at: Moment
    granted: bool | None = None
    words: str = ""


class Vehicle(msgspec.Struct):
    id: Id
    name: str
    what: str = ""
    seats: int = 0
    status: str = "available"


class Routine(msgspec.Struct):
    id: Id
    member: PersonId
    what: str
    companion: PersonId | None
    every_days: int
    first: Moment


class DutyLimit(msgspec.Struct):
    """What a member agreed that tasking holds to. Past `until` it asks; only they end it."""

    id: Id
    member: PersonId
    words: str
    until: date
    partner: PersonId | None
    agreed: Moment


class CareAsked(msgspec.Struct):
    """A request that came of care, in words that the member agreed to. `granted`: None while it is open."""

    id: Id
    member: PersonId
    owner: PersonId
    words: str
    at: Moment
    granted: bool | None = None
    answer: str = ""


class DeskKey(msgspec.Struct):
    """A key of the desk of care: its public half, and its private half for each carer who was let in.

    A box begins with the public key of the carer it was sealed to: with another one, it does not open for them.
    """

    public: bytes
    boxes: dict[PersonId, bytes] = {}


class Organisation(msgspec.Struct):
    """Folded from the organisation's stream."""

    name: str = ""
    zone: str = "UTC"
    profile: str = ""
    founder_replica: str = ""
    scales: Scales = msgspec.field(default_factory=Scales)
    members: dict[PersonId, Member] = {}
    bonds: list[Bond] = []
    memorial: dict[Id, Remembrance] = {}
    petitions: dict[Id, Petition] = {}
    vehicles: dict[Id, Vehicle] = {}
    routines: dict[Id, Routine] = {}
    succession: tuple[PersonId, ...] = ()
    commander: PersonId | None = None
    clock_keeper: str = ""
    clock_kept_since: Moment | None = None
    """The replica that rings for all timers; empty: each for its own."""
    desk_keys: list[DeskKey] = []
    """In the order in which they were made; laptops that never met may each have made one."""
    limits: dict[Id, DutyLimit] = {}
    care_requests: dict[Id, CareAsked] = {}
    care_erased: dict[PersonId, list[date]] = {}
    care_counts: dict[str, tuple[tuple[str, int], ...]] = {}
    """What was published of care, by quarter."""


class Invitation(msgspec.Struct):
    """`state`: open, used, withdrawn, or ended because a password was set otherwise."""

    digest: str
    until: Moment
    by: PersonId
    at: Moment
    state: str = "open"


class Recovery(msgspec.Struct):
    """Codes by which a member may set a new password, as digests: those not used yet, and when others were."""

    made: Moment
    left: tuple[str, ...]
    used: tuple[Moment, ...] = ()


class CareKey(msgspec.Struct):
    """A member's pair of keys for care, the private half under their password and under each recovery code.

    `before`: how it lay under the password before, where a crash left the one new and the other old.
    """

    public: bytes
    wrapped: bytes
    salt: bytes
    recovery: tuple[bytes, ...] = ()
    before: tuple[bytes, bytes] | None = None
    ever: tuple[bytes, ...] = ()
    """Every public key that they ever had."""


class Duty(msgspec.Struct):
    """A time on duty, and what was said of sleep at `said`: at sign-on, or when it was said anew."""

    since: Moment
    said: Moment
    slept_24h: float | None = None
    slept_48h: float | None = None
    woke: Moment | None = None
    worked_h: float | None = None
    off: Moment | None = None
    rest_h: float | None = None
    work_h: float | None = None
    """Hours of rest before this duty, and hours of the duty before it."""


class Person(msgspec.Struct):
    """Folded from one person's own stream; empty once its key is destroyed."""

    id: PersonId
    name: str = ""
    callsign: str = ""
    phone: str = ""
    email: str = ""
    languages: tuple[str, ...] = ()
    home: str = ""
    next_of_kin: str = ""
    medical: str = ""
    password: str = ""
    invitation: Invitation | None = None
    recovery: Recovery | None = None
    care_key: CareKey | None = None
    channels: tuple[str, ...] = ()
    feed: str = ""
    weighing: dict[str, str] = {}
    not_themselves: list[date] = []
    looked_in: dict[PersonId, Moment] = {}
    """When somebody last looked in on them because another was away, by who was away."""
    follow_ups: dict[Id, MissionId] = {}
    open_to_carers: set[Id] = set()
    """Those of the follow-ups that carers see; the others come of what is secret."""
    duty: Duty | None = None
    contact_ticks: list[date] = []
    visits: set[str] = set()
    """Facts of visits that they made, as duty."""
