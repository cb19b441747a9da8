"""What people state about the organisation and its members."""

from __future__ import annotations

from datetime import date

import msgspec

from wayhome.mission.facts.people import Scales
from wayhome.mission.intents.base import Intent
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Moment


class RosterEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One member as a roster gives them. `ref` is the roster's own number and what a second import goes by."""

    ref: str
    name: str
    rank: str = ""
    callsign: str = ""
    phone: str = ""
    email: str = ""
    languages: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    skills: dict[str, int] = {}
    qualifications: tuple[tuple[str, date | None, date | None], ...] = ()
    home: str = ""
    next_of_kin: str = ""
    medical: str = ""
    synthetic: bool = False


class FoundOrganisation(Intent, frozen=True, kw_only=True):
    name: str
    zone: str
    profile: str
    scales: Scales
    founder: str


class SetScales(Intent, frozen=True, kw_only=True):
    scales: Scales


class EnrolMember(Intent, frozen=True, kw_only=True):
    name: str
    ref: str = ""
    rank: str = ""
    duties: tuple[str, ...] = ()
    skills: dict[str, int] = {}
    callsign: str = ""
    phone: str = ""
    email: str = ""
    languages: tuple[str, ...] = ()
    synthetic: bool = False


class RenameMember(Intent, frozen=True, kw_only=True):
    member: PersonId
    name: str
    callsign: str = ""
    phone: str = ""
    email: str = ""
    languages: tuple[str, ...] = ()


class ImportRoster(Intent, frozen=True, kw_only=True):
    """A whole roster at once, all or nothing; what is already so is not said again."""

    rows: tuple[RosterEntry, ...]


class GiveHome(Intent, frozen=True, kw_only=True):
    member: PersonId
    words: str
    place: Place | None = None


class GiveNextOfKin(Intent, frozen=True, kw_only=True):
    member: PersonId
    words: str


class GiveMedicalNote(Intent, frozen=True, kw_only=True):
    member: PersonId
    words: str


class ShareWeighingDay(Intent, frozen=True, kw_only=True):
    member: PersonId
    month: int
    day: int
    say: str = ""


class SayNotMyself(Intent, frozen=True, kw_only=True):
    member: PersonId
    on: date


class SetPassword(Intent, frozen=True, kw_only=True):
    member: PersonId
    hash: str


class InviteMember(Intent, frozen=True, kw_only=True):
    """Lets a member set a password by a token that is used once. An earlier invitation of theirs ends."""

    member: PersonId
    digest: str
    until: Moment


class TakeInvitation(Intent, frozen=True, kw_only=True):
    """Stated by the member who holds the token."""

    member: PersonId
    digest: str
    hash: str


class WithdrawInvitation(Intent, frozen=True, kw_only=True):
    member: PersonId


class SetChannels(Intent, frozen=True, kw_only=True):
    member: PersonId
    urls: tuple[str, ...]


class NewFeed(Intent, frozen=True, kw_only=True):
    """Gives one's calendar a new secret address, of which only the digest is stated; an empty one ends it."""

    member: PersonId
    digest: str


class SetRecoveryCodes(Intent, frozen=True, kw_only=True):
    """Gives oneself ten recovery codes, of which only the digests are stated; all earlier ones end."""

    member: PersonId
    digests: tuple[str, ...]


class UseRecoveryCode(Intent, frozen=True, kw_only=True):
    """Stated by the member who holds the code: it sets their password, and opens nothing any more."""

    member: PersonId
    digest: str
    hash: str


class ErasePerson(Intent, frozen=True, kw_only=True):
    member: PersonId
    reason: str


class SetSkill(Intent, frozen=True, kw_only=True):
    """Level 1 to 5; 0 takes the skill away."""

    member: PersonId
    skill: str
    level: int


class AwardQualification(Intent, frozen=True, kw_only=True):
    member: PersonId
    name: str
    awarded: date | None = None
    expires: date | None = None
    evidence: str = ""


class GiveRank(Intent, frozen=True, kw_only=True):
    member: PersonId
    rank: str
    reason: str = ""


class SetDuties(Intent, frozen=True, kw_only=True):
    member: PersonId
    duties: tuple[str, ...]


class TakeRole(Intent, frozen=True, kw_only=True):
    member: PersonId
    role: str
    wish: str
    reason: str = ""


class EndRole(Intent, frozen=True, kw_only=True):
    """Ends a role for one member, or, without one, for everybody who holds it (the Academy closed)."""

    role: str
    wish: str
    reason: str
    member: PersonId | None = None


class SetDutyStatus(Intent, frozen=True, kw_only=True):
    """`words` stand beside it in availability, until it ends."""

    member: PersonId
    status: str
    until: Moment | None = None
    words: str = ""


class WriteLeaveLetter(Intent, frozen=True, kw_only=True):
    member: PersonId
    letter: str
    until: Moment | None = None


class PlanRoutine(Intent, frozen=True, kw_only=True):
    member: PersonId
    what: str
    every_days: int
    first: Moment
    companion: PersonId | None = None


class SayAvailability(Intent, frozen=True, kw_only=True):
    member: PersonId
    start: Moment
    end: Moment
    available: bool
    words: str = ""


class StateBond(Intent, frozen=True, kw_only=True):
    """`sent`: together, apart, or empty for what bonds of that kind count as. `private`: for the two alone to state."""

    one: PersonId
    other: PersonId
    what: str
    says: str = ""
    sent: str = ""
    private: bool = False


class EndBond(Intent, frozen=True, kw_only=True):
    """A couple that parted, a promise that was kept: it counts no longer."""

    one: PersonId
    other: PersonId
    what: str


class NoteHistory(Intent, frozen=True, kw_only=True):
    member: PersonId
    what: str
    on: date
    mission: str = ""
    led_by: str = ""
    outcome: str = ""


class StateNever(Intent, frozen=True, kw_only=True):
    member: PersonId
    deed: str


class MakePetition(Intent, frozen=True, kw_only=True):
    member: PersonId
    role: str
    why: str = ""


class AnswerPetition(Intent, frozen=True, kw_only=True):
    petition: Id
    granted: bool
    words: str = ""


class Remember(Intent, frozen=True, kw_only=True):
    name: str
    on: date
    line: str = ""
    mission_words: str = ""
    member: PersonId | None = None
    close: tuple[PersonId, ...] = ()


class VeilRemembrance(Intent, frozen=True, kw_only=True):
    remembrance: Id
    hidden: tuple[str, ...]


class SetSuccession(Intent, frozen=True, kw_only=True):
    order: tuple[PersonId, ...]


class TakeCommand(Intent, frozen=True, kw_only=True):
    reason: str


class TakeClock(Intent, frozen=True, kw_only=True):
    """This laptop rings for every timer from now on, because the one that set them is gone or away."""


class AddVehicle(Intent, frozen=True, kw_only=True):
    name: str
    what: str = ""
    seats: int = 0


class SetVehicleStatus(Intent, frozen=True, kw_only=True):
    vehicle: Id
    status: str


class OpenFollowUp(Intent, frozen=True, kw_only=True):
    """The clock's own intent: what somebody went through asks for care."""

    member: PersonId
    mission: MissionId
    open_to_carers: bool
    reasons: tuple[str, ...]
    contacts: tuple[date, ...]


class LookInOn(Intent, frozen=True, kw_only=True):
    """A carer looked in on somebody who is without one on whom they depend."""

    member: PersonId
    without: PersonId
    words: str = ""
