"""The shapes in which faces see things. Each is one projected row; a `*_name` is filled in as it is read."""

from __future__ import annotations

from datetime import date

import msgspec

from wayhome.mission.facts.missions import Need
from wayhome.mission.facts.people import MissionRank
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Deadline, Moment


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A row for faces. Every field is written: which defaults were left out would tell where they came from."""


class OrganisationView(View, frozen=True, kw_only=True):
    name: str
    zone: str
    profile: str
    commander: PersonId | None
    commander_name: str = ""
    succession: tuple[PersonId, ...] = ()
    mission_ranks: tuple[MissionRank, ...] = ()
    member_ranks: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    healer_skill: str = ""


class QualificationView(View, frozen=True, kw_only=True):
    name: str
    awarded: date | None = None
    expires: date | None = None


class SpanView(View, frozen=True, kw_only=True):
    start: Moment
    end: Moment
    available: bool
    words: str = ""


class MemberView(View, frozen=True, kw_only=True):
    member: PersonId
    member_name: str = ""
    ref: str
    rank: str = ""
    duties: tuple[str, ...] = ()
    skills: dict[str, int] = {}
    qualifications: tuple[QualificationView, ...] = ()
    status: str = "available"
    status_until: Moment | None = None
    roles: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    spans: tuple[SpanView, ...] = ()
    synthetic: bool = False
    erased: bool = False


class NameView(View, frozen=True, kw_only=True):
    member: PersonId
    name: str
    callsign: str = ""
    languages: tuple[str, ...] = ()


class PersonalView(View, frozen=True, kw_only=True):
    """One personal field: contact, home, next of kin, medical note."""

    member: PersonId
    member_name: str = ""
    what: str
    words: str


class InvitationView(View, frozen=True, kw_only=True):
    """Who may set a password, until when. `state`: open, expired, used, withdrawn, or ended by another password."""

    member: PersonId
    member_name: str = ""
    by: PersonId
    by_name: str = ""
    at: Moment
    until: Moment
    state: str


class HistoryView(View, frozen=True, kw_only=True):
    member: PersonId
    member_name: str = ""
    what: str
    on: date
    mission: str = ""
    led_by: str = ""
    leader: PersonId | None = None
    leader_name: str = ""
    outcome: str = ""
    wish: str = ""
    deeds: tuple[str, ...] = ()


class LetterView(View, frozen=True, kw_only=True):
    member: PersonId
    member_name: str = ""
    letter: str
    until: Moment | None = None


class RoutineView(View, frozen=True, kw_only=True):
    routine: Id
    member: PersonId
    member_name: str = ""
    what: str
    companion: PersonId | None = None
    companion_name: str = ""
    every_days: int
    first: Moment


class FollowUpView(View, frozen=True, kw_only=True):
    follow_up: Id
    member: PersonId
    member_name: str = ""
    reasons: tuple[str, ...]
    contacts: tuple[date, ...]
    at: Moment


class BondView(View, frozen=True, kw_only=True):
    one: PersonId
    one_name: str = ""
    other: PersonId
    other_name: str = ""
    what: str
    says: str = ""


class PetitionView(View, frozen=True, kw_only=True):
    petition: Id
    member: PersonId
    member_name: str = ""
    role: str
    why: str = ""
    at: Moment
    granted: bool | None = None
    words: str = ""


class RemembranceView(View, frozen=True, kw_only=True):
    """What the memorial shows; a hidden part is simply not there."""

    remembrance: Id
    name: str
    on: date | None = None
    mission: str = ""
    line: str = ""


class VehicleView(View, frozen=True, kw_only=True):
    vehicle: Id
    name: str
    what: str = ""
    seats: int = 0
    status: str = "available"


class MissionView(View, frozen=True, kw_only=True):
    mission: MissionId
    name: str
    rank: str = ""
    secret: bool = False
    state: str
    reopens_when: str = ""
    owner: PersonId
    owner_name: str = ""
    commander: PersonId
    commander_name: str = ""
    opened: Moment
    place: Place | None = None
    needs: tuple[Need, ...] = ()
    least_people: int = 1
    most_people: int | None = None
    starts: Moment | None = None
    hours: float | None = None
    home_by: Deadline | None = None
    urgency: str = ""
    subject: dict[str, str] = {}
    subject_category: str = ""
    initial_point: Place | None = None
    initial_at: Moment | None = None
    last_point: Place | None = None
    last_at: Moment | None = None
    briefing: int = 0
    out: int = 0
    accounted: int = 0


class OfferView(View, frozen=True, kw_only=True):
    offer: Id
    mission: MissionId
    mission_words: str
    member: PersonId
    member_name: str = ""
    post: str = ""
    answer: str
    answer_by: Deadline | None = None
    limits: str = ""
    order: bool = False
    why: str = ""
    warnings: tuple[str, ...] = ()
    made: Moment
    by: PersonId
    by_name: str = ""
    knew: int = 0
    channel: str = ""
    typed_by: PersonId | None = None
    typed_by_name: str = ""
    deferred: bool = False


class ExceptionView(View, frozen=True, kw_only=True):
    rule: str
    about: str
    reason: str
    member: PersonId | None = None
    member_name: str = ""
    by: PersonId
    by_name: str = ""
    at: Moment


class StakeView(View, frozen=True, kw_only=True):
    member: PersonId
    member_name: str = ""
    stake: str = ""
    speaks_for: str = ""
    speaks_against: str = ""
    held_back: str = ""


class BriefingView(View, frozen=True, kw_only=True):
    version: int
    words: str
    cautions: tuple[str, ...] = ()
    chosen_because: dict[str, str] = {}
    by: PersonId
    by_name: str = ""
    at: Moment


class AcknowledgementView(View, frozen=True, kw_only=True):
    member: PersonId
    member_name: str = ""
    version: int
    at: Moment
    channel: str = ""
    typed_by: PersonId | None = None
    typed_by_name: str = ""


class ReadInView(View, frozen=True, kw_only=True):
    member: PersonId
    member_name: str = ""
    basis: str
    by: PersonId
    by_name: str = ""
    since: Moment
    ended: Moment | None = None


class NoteView(View, frozen=True, kw_only=True):
    """A short note beside the mission: a doubt, a walk-in, a clash, a handover, a regrading, backup.

    `about` is the id of what it speaks of, where that has one: the backup that was asked for.
    """

    what: str
    words: str
    member: PersonId | None = None
    member_name: str = ""
    by: PersonId
    by_name: str = ""
    at: Moment
    about: Id | None = None
    place: Place | None = None


class ReportView(View, frozen=True, kw_only=True):
    report: Id
    source: str
    grade: str
    words: str
    at: Moment
    sure_percent: int | None = None
    by: PersonId
    by_name: str = ""


class TestimonyView(View, frozen=True, kw_only=True):
    testimony: Id
    holder: PersonId
    holder_name: str = ""
    about: str
    withheld: bool
    words: str = ""


class AssumptionView(View, frozen=True, kw_only=True):
    assumption: Id
    words: str
    failed: str = ""
    warned: bool = False


class PaperView(View, frozen=True, kw_only=True):
    report: Id
    stage: str
    words: str
    came_as: str
    at: Moment
    by: PersonId
    by_name: str = ""


class AdviceView(View, frozen=True, kw_only=True):
    advice: Id
    engine: str
    engine_version: str
    seed: int
    work: str
    inputs_digest: str
    summary: str
    result: str
    at: Moment


class ExposureView(View, frozen=True, kw_only=True):
    member: PersonId
    member_name: str = ""
    kinds: tuple[str, ...]


class ConflictView(View, frozen=True, kw_only=True):
    conflict: Id
    what: str
    words: str
    settled: str = ""


class TeamView(View, frozen=True, kw_only=True):
    team: Id
    name: str
    members: tuple[PersonId, ...]
    leader: PersonId | None = None
    leader_name: str = ""
    status: str = ""
    heard: Moment | None = None
    overdue_min: int | None = None
    place: Place | None = None


class OutView(View, frozen=True, kw_only=True):
    """Somebody on the mission: departed, home or handed over, and by when they are due."""

    member: PersonId
    member_name: str = ""
    post: str = ""
    departed: Moment
    home_by: Deadline | None = None
    home: Moment | None = None
    handed_to: str = ""


class SignedInView(View, frozen=True, kw_only=True):
    member: PersonId
    member_name: str = ""
    since: Moment


class LineView(View, frozen=True, kw_only=True):
    """One entry of the log; `was` keeps what it said before each amendment, oldest first.

    `at` is when it was said, `typed_at` when it was typed; `sort` is its place in the log, to go on reading from.
    """

    line: Id
    sort: str = ""
    at: Moment
    typed_at: Moment
    at_given: bool = False
    sender: str = ""
    receiver: str = ""
    team: str = ""
    message: str = ""
    words: str
    place: Place | None = None
    place_words: str = ""
    status: str = ""
    relayed: bool = False
    radio_place: Place | None = None
    flags: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    by: PersonId
    by_name: str = ""


class ClueView(View, frozen=True, kw_only=True):
    clue: Id
    label: str
    words: str
    place: Place | None = None
    instruction: str = ""
    at: Moment
    by: PersonId
    by_name: str = ""
    withdrawn: str = ""


class CasualtyView(View, frozen=True, kw_only=True):
    casualty: Id
    who: str
    member: PersonId | None = None
    triage: str = ""
    condition: str = ""
    place: Place | None = None
    heals: bool = False
    treated_by: tuple[PersonId, ...] = ()
    treatment: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    done: bool = False
    turn: int = 0
    """The order of treatment; filled in as it is read."""


class PlaceView(View, frozen=True, kw_only=True):
    who: str
    place: Place
    at: Moment
    member: PersonId | None = None


class AlarmView(View, frozen=True, kw_only=True):
    alarm: Id
    mission: MissionId
    mission_words: str
    what: str
    words: str
    at: Moment
    member: PersonId | None = None
    member_name: str = ""
    answered: str = ""


class FoundView(View, frozen=True, kw_only=True):
    who: str
    state: str
    place: Place | None = None
    at: Moment
