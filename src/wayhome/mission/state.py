"""What the facts add up to: the organisation, each person, each mission. Folded from one stream each.

These are plain mutable structs that only `folding` changes; a snapshot is their MessagePack.
"""

from __future__ import annotations

from datetime import date

import msgspec

from wayhome.mission.facts.missions import Need
from wayhome.mission.facts.people import Scales
from wayhome.mission.need_to_know import Secrecy
from wayhome.values.ids import (
    Id,
    Mark,
    MissionId,
    PersonId,
    StreamId,
    mission_mark,
    mission_stream,
)
from wayhome.values.places import Place
from wayhome.values.when import Deadline, Moment


class Said(msgspec.Struct, frozen=True):
    """Who stated a fact, when and where it stands: the part of its header that folding may use."""

    id: str
    author: PersonId
    at: Moment
    seq: int
    stream: StreamId
    replica: str


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
    one: PersonId
    other: PersonId
    what: str
    says: str = ""


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


class Offer(msgspec.Struct):
    id: Id
    member: PersonId
    post: str
    made: Moment
    by: PersonId
    order: bool
    answer: str = "offered"
    answer_by: Deadline | None = None
    limits: str = ""
    knew: int = 0
    why: str = ""
    warnings: tuple[str, ...] = ()
    channel: str = ""
    typed_by: PersonId | None = None


class Team(msgspec.Struct):
    id: Id
    name: str
    members: tuple[PersonId, ...]
    leader: PersonId | None = None
    overdue_min: int | None = None
    status: str = ""
    heard: Moment | None = None


class Typed(msgspec.Struct):
    """A line typed in the last minute; `steps` are what it changed of its team (`folding.recent`)."""

    line: Id
    by: PersonId
    at: Moment
    team: Id | None = None
    steps: dict[str, tuple[str | None, str]] = {}
    undone: bool = False


class Out(msgspec.Struct):
    """Somebody on the mission, and whether they are accounted for."""

    member: PersonId
    departed: Moment
    post: str = ""
    home_by: Deadline | None = None
    home: Moment | None = None
    handed_to: str = ""

    @property
    def accounted(self) -> bool:
        return self.home is not None or bool(self.handed_to)


class Casualty(msgspec.Struct):
    id: Id
    who: str
    member: PersonId | None = None
    triage: str = ""
    condition: str = ""
    place: Place | None = None
    heals: bool = False
    treated_by: list[PersonId] = []
    treatment: list[str] = []
    done: bool = False


class Rested(msgspec.Struct):
    """When somebody in the field last ate, and what they slept there: until when, how many hours."""

    ate: Moment | None = None
    slept: list[tuple[Moment, float]] = []


class SilenceWatch(msgspec.Struct):
    member: PersonId
    every_min: int
    heard: Moment


class Drawing(msgspec.Struct):
    """Something drawn on the map; where it lies is in its row alone."""

    id: Id
    number: int
    label: str
    what: str
    name: str
    by: PersonId
    at: Moment
    erased: bool = False


class Photo(msgspec.Struct):
    """That there is a photo: its bytes are in its fact alone."""

    id: Id
    by: PersonId
    withdrawn: bool = False


class Alarm(msgspec.Struct):
    id: Id
    what: str
    words: str
    at: Moment
    member: PersonId | None = None
    team: Id | None = None
    answered: str = ""


class Assumption(msgspec.Struct):
    id: Id
    words: str
    failed: str = ""
    warned: bool = False


class Stake(msgspec.Struct):
    member: PersonId
    stake: str
    speaks_for: str
    speaks_against: str


class Testimony(msgspec.Struct):
    id: Id
    holder: PersonId
    about: str
    words: str = ""


class Paper(msgspec.Struct):
    id: Id
    stage: str
    words: str
    came_as: str
    at: Moment
    by: PersonId


class Conflict(msgspec.Struct):
    """Two things that both happened and cannot both stand; a person settles it."""

    id: Id
    what: str
    words: str
    settled: str = ""


class Mission(msgspec.Struct):
    """Folded from one mission's stream."""

    id: MissionId
    name: str = ""
    rank: str = ""
    secret: bool = False
    owner: PersonId = PersonId("")
    commander: PersonId = PersonId("")
    purpose: str = ""
    state: str = "raised"
    reopens_when: str = ""
    opened: Moment = Moment(0)
    place: Place | None = None
    needs: tuple[Need, ...] = ()
    least_people: int = 1
    most_people: int | None = None
    starts: Moment | None = None
    hours: float | None = None
    home_by: Deadline | None = None
    subject: dict[str, str] = {}
    subject_category: str = ""
    initial_point: Place | None = None
    initial_at: Moment | None = None
    last_point: Place | None = None
    last_at: Moment | None = None
    urgency: str = ""
    backups: set[Id] = set()
    read_in: set[PersonId] = set()
    known_to: set[PersonId] = set()
    secrecy: Secrecy = msgspec.field(default_factory=Secrecy)
    offers: dict[Id, Offer] = {}
    stakes: dict[PersonId, Stake] = {}
    held_back: dict[PersonId, str] = {}
    excepted: set[str] = set()
    briefing: int = 0
    briefing_words: str = ""
    briefing_cautions: tuple[str, ...] = ()
    chosen_because: dict[str, str] = {}
    acknowledged: dict[PersonId, int] = {}
    walk_ins: dict[PersonId, str] = {}
    teams: dict[Id, Team] = {}
    out: dict[PersonId, Out] = {}
    signed_in: dict[PersonId, Moment] = {}
    vehicles: set[Id] = set()
    clue_numbers: dict[str, int] = {}
    clues: dict[Id, str] = {}
    """Each clue's label."""
    casualties: dict[Id, Casualty] = {}
    drawing_numbers: dict[str, int] = {}
    drawings: dict[Id, Drawing] = {}
    photos: dict[Id, Photo] = {}
    watches: dict[PersonId, SilenceWatch] = {}
    last_places: dict[str, Place] = {}
    alarms: dict[Id, Alarm] = {}
    assumptions: dict[Id, Assumption] = {}
    testimony: dict[Id, Testimony] = {}
    papers: list[Paper] = []
    exposures: dict[PersonId, set[str]] = {}
    outcomes: dict[PersonId, str] = {}
    went: dict[PersonId, PastEvent] = {}
    """How it went for each, as their history."""
    deeds: dict[PersonId, set[str]] = {}
    other_deaths: int = 0
    found: int = 0
    at_the_desk: set[PersonId] = set()
    """Whoever wrote in the log: a dispatcher goes through it too."""
    conflicts: dict[Id, Conflict] = {}
    words_given: set[Id] = set()
    rested: dict[PersonId, Rested] = {}
    lines: int = 0
    recent: dict[Id, Typed] = {}
    """Lines of the last minute, in their order: those that can still be undone."""

    @property
    def mark(self) -> Mark:
        return mission_mark(self.id, secret=self.secret)

    @property
    def stream(self) -> StreamId:
        return mission_stream(self.id)

    @property
    def accepted(self) -> dict[PersonId, Offer]:
        """The offer on which each member goes."""
        return {o.member: o for o in self.offers.values() if o.answer in ACCEPTED}

    @property
    def still_out(self) -> list[PersonId]:
        """Everybody who departed and is neither home nor handed over."""
        return [member for member, out in self.out.items() if not out.accounted]


ACCEPTED = frozenset({"accepted", "accepted with limits", "ordered"})


class World(msgspec.Struct):
    """Everything folded: what rules decide upon. Rules see it all, so what they *say* goes through `access`."""

    organisation: Organisation = msgspec.field(default_factory=Organisation)
    people: dict[PersonId, Person] = {}
    missions: dict[MissionId, Mission] = {}

    def name(self, member: PersonId) -> str:
        """How a member is called; a short handle where the name was erased or never given."""
        person = self.people.get(member)
        return person.name if person and person.name else f"member {str(member)[:6]}"
