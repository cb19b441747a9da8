"""Shapes of the organisation and its people."""

from __future__ import annotations

from datetime import date

from wayhome.mission.facts.people import MissionRank
from wayhome.mission.views.shapes.base import View
from wayhome.values.ids import Id, PersonId
from wayhome.values.when import Moment


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


class ChannelsView(View, frozen=True, kw_only=True):
    """Where a member is told that something waits."""

    member: PersonId
    urls: tuple[str, ...]


class InvitationView(View, frozen=True, kw_only=True):
    """Who may set a password, until when. `state`: open, expired, used, withdrawn, or ended by another password."""

    member: PersonId
    member_name: str = ""
    by: PersonId
    by_name: str = ""
    at: Moment
    until: Moment
    state: str


class RecoveryView(View, frozen=True, kw_only=True):
    """One's own recovery codes: when they were made, how many are left, and when any was used, ever."""

    member: PersonId
    made: Moment
    left: int
    used: tuple[Moment, ...] = ()


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
    sent: str = ""
    private: bool = False
    """For the two of them and those who send people alone."""


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


class AbsenceView(View, frozen=True, kw_only=True):
    """Since when somebody has been said to be elsewhere; for care."""

    member: PersonId
    member_name: str = ""
    status: str
    since: Moment
    until: Moment | None = None


class LookedInView(View, frozen=True, kw_only=True):
    """That somebody in care looked in on a member while another was away; for care and for that member."""

    member: PersonId
    member_name: str = ""
    without: PersonId
    without_name: str = ""
    words: str = ""
    at: Moment
    by: PersonId
    by_name: str = ""
