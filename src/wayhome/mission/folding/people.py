"""How facts about the organisation and its people add up."""

from __future__ import annotations

from wayhome.mission.facts import people as f
from wayhome.mission.folding.registry import on_organisation, on_person
from wayhome.mission.moves import ELSEWHERE
from wayhome.mission.state import (
    Absence,
    Bond,
    Invitation,
    Member,
    Organisation,
    PastEvent,
    Person,
    Petition,
    Qualification,
    Recovery,
    Remembrance,
    Role,
    Routine,
    Said,
    Vehicle,
)
from wayhome.values.ids import PersonId


def _member(organisation: Organisation, member: PersonId) -> Member:
    """The member, made on the spot when a fact about them arrives before their enrolment (a merge may do that)."""
    return organisation.members.setdefault(member, Member(id=member, ref=""))


@on_organisation(f.OrganisationFounded)
def founded(organisation: Organisation, fact: f.OrganisationFounded, said: Said) -> None:
    organisation.name, organisation.zone, organisation.profile = fact.name, fact.zone, fact.profile
    organisation.founder_replica = fact.founder_replica


@on_organisation(f.ScalesSet)
def scales_set(organisation: Organisation, fact: f.ScalesSet, said: Said) -> None:
    organisation.scales = fact.scales


@on_organisation(f.MemberEnrolled)
def enrolled(organisation: Organisation, fact: f.MemberEnrolled, said: Said) -> None:
    member = _member(organisation, fact.member)
    member.ref, member.rank, member.synthetic = fact.ref, fact.rank or member.rank, fact.synthetic
    member.duties |= set(fact.duties)
    member.skills.update(fact.skills)
    member.qualifications += [Qualification(name, awarded, expires) for name, awarded, expires in fact.qualifications]


@on_organisation(f.SkillSet)
def skill_set(organisation: Organisation, fact: f.SkillSet, said: Said) -> None:
    skills = _member(organisation, fact.member).skills
    if fact.level:
        skills[fact.skill] = fact.level
    else:
        skills.pop(fact.skill, None)


@on_organisation(f.QualificationAwarded)
def qualified(organisation: Organisation, fact: f.QualificationAwarded, said: Said) -> None:
    held = _member(organisation, fact.member).qualifications
    held[:] = [q for q in held if q.name != fact.name]
    held.append(Qualification(fact.name, fact.awarded, fact.expires, fact.evidence))


@on_organisation(f.RankGiven)
def rank_given(organisation: Organisation, fact: f.RankGiven, said: Said) -> None:
    _member(organisation, fact.member).rank = fact.rank


@on_organisation(f.DutiesSet)
def duties_set(organisation: Organisation, fact: f.DutiesSet, said: Said) -> None:
    _member(organisation, fact.member).duties = set(fact.duties)


@on_organisation(f.RoleTaken)
def role_taken(organisation: Organisation, fact: f.RoleTaken, said: Said) -> None:
    _member(organisation, fact.member).roles.append(Role(fact.role, said.at, fact.wish, reason=fact.reason))


@on_organisation(f.RoleLost)
def role_lost(organisation: Organisation, fact: f.RoleLost, said: Said) -> None:
    for role in _member(organisation, fact.member).roles:
        if role.role == fact.role and role.until is None:
            role.until, role.lost_by, role.reason = said.at, fact.wish, fact.reason


@on_organisation(f.DutyStatusSet)
def status_set(organisation: Organisation, fact: f.DutyStatusSet, said: Said) -> None:
    member = _member(organisation, fact.member)
    if member.status != "lost":
        was_elsewhere = member.status_at(said.at) in ELSEWHERE
        if fact.status not in ELSEWHERE or not was_elsewhere or member.absent_since is None:
            member.absent_since = said.at if fact.status in ELSEWHERE else None
        member.status, member.status_until = fact.status, fact.until


@on_organisation(f.LeaveLetterWritten)
def leave_written(organisation: Organisation, fact: f.LeaveLetterWritten, said: Said) -> None:
    _member(organisation, fact.member).leave_letter = fact.letter


@on_organisation(f.RoutinePlanned)
def routine_planned(organisation: Organisation, fact: f.RoutinePlanned, said: Said) -> None:
    organisation.routines[fact.routine] = Routine(
        fact.routine, fact.member, fact.what, fact.companion, fact.every_days, fact.first
    )


@on_organisation(f.AvailabilitySaid)
def availability_said(organisation: Organisation, fact: f.AvailabilitySaid, said: Said) -> None:
    span = Absence(fact.start, fact.end, fact.available, fact.words)
    _member(organisation, fact.member).spans.append(span)


@on_organisation(f.BondStated)
def bond_stated(organisation: Organisation, fact: f.BondStated, said: Said) -> None:
    _drop_bond(organisation, fact)
    organisation.bonds.append(Bond(fact.one, fact.other, fact.what, fact.says, fact.sent, fact.private))


@on_organisation(f.BondEnded)
def bond_ended(organisation: Organisation, fact: f.BondEnded, said: Said) -> None:
    _drop_bond(organisation, fact)


def _drop_bond(organisation: Organisation, fact: f.BondStated | f.BondEnded) -> None:
    """A bond that is stated anew says what holds from now on."""
    key = (fact.one, fact.other, fact.what)
    organisation.bonds = [bond for bond in organisation.bonds if (bond.one, bond.other, bond.what) != key]


@on_organisation(f.HistoryNoted)
def history_noted(organisation: Organisation, fact: f.HistoryNoted, said: Said) -> None:
    past = _member(organisation, fact.member).past
    past.append(PastEvent(fact.what, fact.on, fact.mission, fact.led_by, fact.outcome))
    past.sort(key=lambda event: event.on)


@on_organisation(f.NeverBefore)
def never_before(organisation: Organisation, fact: f.NeverBefore, said: Said) -> None:
    _member(organisation, fact.member).never.add(fact.deed)


@on_organisation(f.PetitionMade)
def petitioned(organisation: Organisation, fact: f.PetitionMade, said: Said) -> None:
    organisation.petitions[fact.petition] = Petition(fact.petition, fact.member, fact.role, fact.why, said.at)


@on_organisation(f.PetitionAnswered)
def petition_answered(organisation: Organisation, fact: f.PetitionAnswered, said: Said) -> None:
    petition = organisation.petitions.get(fact.petition)
    if petition:
        petition.granted, petition.words = fact.granted, fact.words


@on_organisation(f.RemembranceWritten)
def remembrance_written(organisation: Organisation, fact: f.RemembranceWritten, said: Said) -> None:
    organisation.memorial[fact.remembrance] = Remembrance(
        fact.remembrance, fact.name, fact.on, fact.line, fact.mission_words, fact.member, fact.close
    )
    if fact.member is not None:
        member = _member(organisation, fact.member)
        member.status, member.status_until, member.absent_since = "lost", None, None


@on_organisation(f.RemembranceVeiled)
def remembrance_veiled(organisation: Organisation, fact: f.RemembranceVeiled, said: Said) -> None:
    remembrance = organisation.memorial.get(fact.remembrance)
    if remembrance:
        remembrance.hidden = fact.hidden


@on_organisation(f.SuccessionSet)
def succession_set(organisation: Organisation, fact: f.SuccessionSet, said: Said) -> None:
    organisation.succession = fact.order


@on_organisation(f.CommandTaken)
def command_taken(organisation: Organisation, fact: f.CommandTaken, said: Said) -> None:
    organisation.commander = fact.by


@on_organisation(f.ClockTaken)
def clock_taken(organisation: Organisation, fact: f.ClockTaken, said: Said) -> None:
    organisation.clock_keeper, organisation.clock_kept_since = fact.replica, said.at


@on_organisation(f.VehicleAdded)
def vehicle_added(organisation: Organisation, fact: f.VehicleAdded, said: Said) -> None:
    organisation.vehicles[fact.vehicle] = Vehicle(fact.vehicle, fact.name, fact.what, fact.seats)


@on_organisation(f.VehicleStatusSet)
def vehicle_status(organisation: Organisation, fact: f.VehicleStatusSet, said: Said) -> None:
    vehicle = organisation.vehicles.get(fact.vehicle)
    if vehicle:
        vehicle.status = fact.status


@on_organisation(f.PersonErased)
def erased(organisation: Organisation, fact: f.PersonErased, said: Said) -> None:
    _member(organisation, fact.member).erased = True


@on_person(f.MemberNamed)
def named(person: Person, fact: f.MemberNamed, said: Said) -> None:
    person.name, person.callsign, person.phone = fact.name, fact.callsign, fact.phone
    person.email, person.languages = fact.email, fact.languages
    person.home = fact.home or person.home
    person.next_of_kin = fact.next_of_kin or person.next_of_kin
    person.medical = fact.medical or person.medical


@on_person(f.HomeGiven)
def home_given(person: Person, fact: f.HomeGiven, said: Said) -> None:
    person.home = fact.words


@on_person(f.NextOfKinGiven)
def next_of_kin_given(person: Person, fact: f.NextOfKinGiven, said: Said) -> None:
    person.next_of_kin = fact.words


@on_person(f.MedicalNoteGiven)
def medical_note_given(person: Person, fact: f.MedicalNoteGiven, said: Said) -> None:
    person.medical = fact.words


@on_person(f.WeighingDayShared)
def weighing_day(person: Person, fact: f.WeighingDayShared, said: Said) -> None:
    person.weighing[f"{fact.month:02d}-{fact.day:02d}"] = fact.say


@on_person(f.NotThemselvesSaid)
def not_themselves(person: Person, fact: f.NotThemselvesSaid, said: Said) -> None:
    person.not_themselves.append(fact.on)


@on_person(f.PasswordSet)
def password_set(person: Person, fact: f.PasswordSet, said: Said) -> None:
    person.password = fact.hash
    _end_invitation(person, "ended")


def _end_invitation(person: Person, state: str) -> None:
    if person.invitation is not None and person.invitation.state == "open":
        person.invitation.state = state


@on_person(f.MemberInvited)
def invited(person: Person, fact: f.MemberInvited, said: Said) -> None:
    person.invitation = Invitation(fact.digest, fact.until, said.author, said.at)


@on_person(f.InvitationTaken)
def invitation_taken(person: Person, fact: f.InvitationTaken, said: Said) -> None:
    if person.invitation is not None and person.invitation.digest == fact.digest:
        person.invitation.state = "used"


@on_person(f.InvitationWithdrawn)
def invitation_withdrawn(person: Person, fact: f.InvitationWithdrawn, said: Said) -> None:
    _end_invitation(person, "withdrawn")


@on_person(f.RecoveryCodesSet)
def recovery_codes_set(person: Person, fact: f.RecoveryCodesSet, said: Said) -> None:
    used = person.recovery.used if person.recovery is not None else ()
    person.recovery = Recovery(said.at, fact.digests, used)


@on_person(f.RecoveryCodeUsed)
def recovery_code_used(person: Person, fact: f.RecoveryCodeUsed, said: Said) -> None:
    held = person.recovery
    if held is None:
        return
    left = tuple(digest for digest in held.left if digest != fact.digest)
    person.recovery = Recovery(held.made, left, (*held.used, said.at))


@on_person(f.ChannelsSet)
def channels_set(person: Person, fact: f.ChannelsSet, said: Said) -> None:
    person.channels = fact.urls


@on_person(f.FeedRenewed)
def feed_renewed(person: Person, fact: f.FeedRenewed, said: Said) -> None:
    person.feed = fact.digest


@on_person(f.FollowUpOpened)
def follow_up_opened(person: Person, fact: f.FollowUpOpened, said: Said) -> None:
    person.follow_ups[fact.follow_up] = fact.mission
    if fact.open_to_carers:
        person.open_to_carers.add(fact.follow_up)


@on_person(f.LookedIn)
def looked_in(person: Person, fact: f.LookedIn, said: Said) -> None:
    person.looked_in[fact.without] = said.at
