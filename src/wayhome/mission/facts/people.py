"""Facts about the organisation and its people.

Those marked *personal* live in the person's own stream and are erased with its key; the rest lie in the
organisation's stream.
"""

from __future__ import annotations

from datetime import date

import msgspec

from wayhome.mission.facts.base import Fact
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Moment


class MissionRank(msgspec.Struct, frozen=True):
    """One rank a mission can have; `least` is the member rank it asks for, `grave` asks for history as well."""

    name: str
    least: str = ""
    grave: bool = False


class Scales(msgspec.Struct, frozen=True):
    """The organisation's own ranks and words, gravest mission rank first, lowest member rank first."""

    mission_ranks: tuple[MissionRank, ...] = ()
    member_ranks: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    healer_skill: str = "medic"


class OrganisationFounded(Fact, frozen=True, kw_only=True):
    name: str
    zone: str
    profile: str
    founder_replica: str


class ScalesSet(Fact, frozen=True, kw_only=True):
    scales: Scales


class MemberEnrolled(Fact, frozen=True, kw_only=True):
    member: PersonId
    ref: str
    rank: str = ""
    duties: tuple[str, ...] = ()
    skills: dict[str, int] = {}
    qualifications: tuple[tuple[str, date | None, date | None], ...] = ()
    """Each as name, awarded, expires (None: never)."""
    synthetic: bool = False


class MemberNamed(Fact, frozen=True, kw_only=True):
    """*Personal.* How a member is called and reached; a row of the name is for everybody.

    Home, next of kin and medical note may come with it, as a roster gives them; empty says nothing of them.
    """

    member: PersonId
    name: str
    callsign: str = ""
    phone: str = ""
    email: str = ""
    languages: tuple[str, ...] = ()
    home: str = ""
    next_of_kin: str = ""
    medical: str = ""


class HomeGiven(Fact, frozen=True, kw_only=True):
    """*Personal.* Where somebody lives; for themselves and those who keep the roster."""

    member: PersonId
    place: Place | None = None
    words: str = ""


class NextOfKinGiven(Fact, frozen=True, kw_only=True):
    """*Personal.* Whom to call; for the member and the keepers of next of kin."""

    member: PersonId
    words: str


class MedicalNoteGiven(Fact, frozen=True, kw_only=True):
    """*Personal.* What a medic must know; for the member and medics."""

    member: PersonId
    words: str


class WeighingDayShared(Fact, frozen=True, kw_only=True):
    """*Personal.* A date that weighs on somebody, shared so that whoever offers is warned. Never a bar."""

    member: PersonId
    month: int
    day: int
    say: str = ""


class NotThemselvesSaid(Fact, frozen=True, kw_only=True):
    """*Personal.* A member said of themselves that today is not a day for answers."""

    member: PersonId
    on: date


class PasswordSet(Fact, frozen=True, kw_only=True):
    """*Personal.* An argon2id hash; never projected."""

    member: PersonId
    hash: str


class MemberInvited(Fact, frozen=True, kw_only=True):
    """*Personal.* A member may set a password once, by a token of which only the digest is kept; never projected."""

    member: PersonId
    digest: str
    until: Moment


class InvitationTaken(Fact, frozen=True, kw_only=True):
    """*Personal.* The invitation was used: it opens nothing any more."""

    member: PersonId
    digest: str


class InvitationWithdrawn(Fact, frozen=True, kw_only=True):
    """*Personal.* Whatever invitation stood, opens nothing any more."""

    member: PersonId


class ChannelsSet(Fact, frozen=True, kw_only=True):
    """*Personal.* Where a member wants to be told that something waits, as Apprise's addresses; theirs alone to see."""

    member: PersonId
    urls: tuple[str, ...]


class FeedRenewed(Fact, frozen=True, kw_only=True):
    """*Personal.* The digest of a calendar's secret address, in place of any earlier one; empty ends it."""

    member: PersonId
    digest: str


class RecoveryCodesSet(Fact, frozen=True, kw_only=True):
    """*Personal.* Codes by each of which a member may once set a new password, as digests; earlier ones end."""

    member: PersonId
    digests: tuple[str, ...]


class RecoveryCodeUsed(Fact, frozen=True, kw_only=True):
    """*Personal.* One of a member's recovery codes was used: it opens nothing any more."""

    member: PersonId
    digest: str


class PersonErased(Fact, frozen=True, kw_only=True):
    """The personal fields of a member were erased by destroying their key; who asked, and why, stays."""

    member: PersonId
    reason: str


class SkillSet(Fact, frozen=True, kw_only=True):
    member: PersonId
    skill: str
    level: int


class QualificationAwarded(Fact, frozen=True, kw_only=True):
    member: PersonId
    name: str
    awarded: date | None = None
    expires: date | None = None
    evidence: str = ""


class RankGiven(Fact, frozen=True, kw_only=True):
    member: PersonId
    rank: str
    reason: str = ""


class DutiesSet(Fact, frozen=True, kw_only=True):
    member: PersonId
    duties: tuple[str, ...]


class RoleTaken(Fact, frozen=True, kw_only=True):
    """A standing role (teacher at the Academy, night dispatcher) and at whose wish it was taken."""

    member: PersonId
    role: str
    wish: str
    reason: str = ""


class RoleLost(Fact, frozen=True, kw_only=True):
    """A role ended. `wish`: own, command, or circumstance (the Academy closed)."""

    member: PersonId
    role: str
    wish: str
    reason: str = ""


class DutyStatusSet(Fact, frozen=True, kw_only=True):
    """What everybody sees of somebody: on duty, available, limited, resting, leave, away, lost."""

    member: PersonId
    status: str
    until: Moment | None = None


class LeaveLetterWritten(Fact, frozen=True, kw_only=True):
    """Leave by letter, until a day or until further notice. The letter is for the member and command."""

    member: PersonId
    letter: str
    until: Moment | None = None


class RoutinePlanned(Fact, frozen=True, kw_only=True):
    """A visit, a meal, a training that comes again: what, with whom, every how many days, from when."""

    routine: Id
    member: PersonId
    what: str
    companion: PersonId | None
    every_days: int
    first: Moment


class AvailabilitySaid(Fact, frozen=True, kw_only=True):
    member: PersonId
    start: Moment
    end: Moment
    available: bool
    words: str = ""


class BondStated(Fact, frozen=True, kw_only=True):
    """Who hangs on whom: teaches, kin, couple, teammate, steadies, promise. `says` is what is lost when `one` is away.

    `sent`: together or apart, where they said how they are sent; empty: as bonds of that kind count. `private`: for
    the two of them and those who send people.
    """

    one: PersonId
    other: PersonId
    what: str
    says: str = ""
    sent: str = ""
    private: bool = False


class BondEnded(Fact, frozen=True, kw_only=True):
    """It no longer holds. That it held stays on record."""

    one: PersonId
    other: PersonId
    what: str


class HistoryNoted(Fact, frozen=True, kw_only=True):
    """Something of a member's past that sending them must weigh: froze, petitioned, near killed."""

    member: PersonId
    what: str
    on: date
    mission: str = ""
    led_by: str = ""
    outcome: str = ""


class NeverBefore(Fact, frozen=True, kw_only=True):
    """Something a member has never done (killed, led, flown), stated; a later deed ends it."""

    member: PersonId
    deed: str


class PetitionMade(Fact, frozen=True, kw_only=True):
    petition: Id
    member: PersonId
    role: str
    why: str = ""


class PetitionAnswered(Fact, frozen=True, kw_only=True):
    petition: Id
    granted: bool
    words: str = ""


class RemembranceWritten(Fact, frozen=True, kw_only=True):
    """A name on the memorial. `close` are those on whom its anniversary weighs."""

    remembrance: Id
    name: str
    on: date
    line: str = ""
    mission_words: str = ""
    member: PersonId | None = None
    close: tuple[PersonId, ...] = ()


class RemembranceVeiled(Fact, frozen=True, kw_only=True):
    """What the family wishes hidden of a remembrance: some of date, mission, line."""

    remembrance: Id
    hidden: tuple[str, ...]


class SuccessionSet(Fact, frozen=True, kw_only=True):
    order: tuple[PersonId, ...]


class CommandTaken(Fact, frozen=True, kw_only=True):
    """Who commands the organisation from now on, from whom, and why."""

    by: PersonId
    before: PersonId | None
    reason: str


class ClockTaken(Fact, frozen=True, kw_only=True):
    """From now on this replica rings for every timer, whoever set it."""

    replica: str


class VehicleAdded(Fact, frozen=True, kw_only=True):
    vehicle: Id
    name: str
    what: str = ""
    seats: int = 0


class VehicleStatusSet(Fact, frozen=True, kw_only=True):
    vehicle: Id
    status: str


class FollowUpOpened(Fact, frozen=True, kw_only=True):
    """*Personal.* Somebody went through something: what, as kinds of event, and when contact is proposed.

    Nothing said in care is here. One that comes of a secret mission is for the member alone.
    """

    follow_up: Id
    member: PersonId
    mission: MissionId
    open_to_carers: bool
    reasons: tuple[str, ...]
    contacts: tuple[date, ...]


class LookedIn(Fact, frozen=True, kw_only=True):
    """*Personal.* Somebody in care looked in on a member who is without one on whom they depend. For care, never for
    command."""

    member: PersonId
    without: PersonId
    words: str = ""


class GlassBroken(Fact, frozen=True, kw_only=True):
    """A guardian asked, in an emergency, for whatever a member is away on. Written whether there is anything or not."""

    glass: Id
    member: PersonId
    reason: str
    until: Moment
