"""What may be stated about the organisation and its members."""

from __future__ import annotations

from datetime import date

from wayhome.mission.facts import people as f
from wayhome.mission.facts.base import Fact
from wayhome.mission.facts.missions import ClashNoticed
from wayhome.mission.intents import people as i
from wayhome.mission.moves import CANNOT_GO, DUTY_STATUSES, said_of
from wayhome.mission.rules.common import (
    COMMAND,
    ROSTER,
    SELF_OR_ROSTER,
    Act,
    Decision,
    Refused,
    Say,
    decides,
    in_mission,
    in_organisation,
    in_person,
    member_of,
    must,
    relations,
    text,
)
from wayhome.mission.state import Member, Person, World
from wayhome.values.ids import ORGANISATION, Id, PersonId, derive, person_stream
from wayhome.values.when import BadTime, Moment, zone

WISHES = ("own", "command", "circumstance")
DUTIES = ("commander", "clerk", "operator", "medic", "trainer", "carer", "guardian")


@decides(i.FoundOrganisation)
def found(intent: i.FoundOrganisation, world: World, act: Act) -> Decision:
    if world.organisation.name:
        raise Refused("already founded", f"this folder already holds {world.organisation.name}")
    try:
        zone(intent.zone)
    except BadTime as error:
        raise Refused("no such zone", str(error)) from error
    name = text(intent.name, "the organisation's name", limit=200)
    founder = PersonId(act.id("member"))
    facts: list[Fact] = [
        f.OrganisationFounded(name=name, zone=intent.zone, profile=intent.profile, founder_replica=act.replica),
        f.ScalesSet(scales=intent.scales),
        f.MemberEnrolled(member=founder, ref="1", duties=("commander", "clerk", "operator")),
        f.CommandTaken(by=founder, before=None, reason="founded the organisation"),
    ]
    named = f.MemberNamed(member=founder, name=text(intent.founder, "the founder's name", limit=200))
    return Decision(in_organisation(*facts) + in_person(founder, named), made=founder)


@decides(i.SetScales)
def set_scales(intent: i.SetScales, world: World, act: Act) -> Decision:
    must(world, act, COMMAND, "changing ranks and words")
    return Decision(in_organisation(f.ScalesSet(scales=intent.scales)))


@decides(i.EnrolMember)
def enrol(intent: i.EnrolMember, world: World, act: Act) -> Decision:
    must(world, act, ROSTER, "enrolling members")
    member = PersonId(act.id("member"))
    entry = i.RosterEntry(
        ref=intent.ref.strip() or f"w{str(member)[:8]}",
        name=intent.name,
        rank=intent.rank,
        duties=intent.duties,
        skills=intent.skills,
        callsign=intent.callsign,
        phone=intent.phone,
        email=intent.email,
        languages=intent.languages,
        synthetic=intent.synthetic,
    )
    _may_give(world, act, entry.duties)
    if any(m.ref == entry.ref for m in world.organisation.members.values()):
        raise Refused("number taken", f"somebody with number {entry.ref} is on the roster already")
    return Decision(tuple(_enrolment(world, entry, member)), made=member)


def _enrolment(world: World, entry: i.RosterEntry, member: PersonId) -> list[Say]:
    """All the facts that an entry for a new member comes to."""
    enrolled = f.MemberEnrolled(
        member=member,
        ref=text(entry.ref, "the roster number", limit=100),
        rank=_rank(world, entry.rank),
        duties=_duties(entry.duties),
        skills={fact.skill: fact.level for fact in (_skill(member, *held) for held in sorted(entry.skills.items()))},
        qualifications=entry.qualifications,
        synthetic=entry.synthetic,
    )
    return [*in_organisation(enrolled), *in_person(member, _named(entry, member))]


def _named(entry: i.RosterEntry, member: PersonId) -> f.MemberNamed:
    return f.MemberNamed(
        member=member,
        name=text(entry.name, "the member's name", limit=200),
        callsign=entry.callsign,
        phone=entry.phone,
        email=entry.email,
        languages=entry.languages,
        home=entry.home,
        next_of_kin=entry.next_of_kin,
        medical=entry.medical,
    )


def _rank(world: World, rank: str) -> str:
    known = world.organisation.scales.member_ranks
    if rank and known and rank not in known:
        raise Refused("no such rank", f"{rank!r} is no rank here: one of {', '.join(known)}")
    return rank


def _duties(duties: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [duty for duty in duties if duty not in DUTIES]
    if unknown:
        raise Refused("no such duty", f"{unknown[0]!r} is no duty: one of {', '.join(DUTIES)}")
    return duties


OPENS_MARKS = frozenset({"commander", "clerk", "medic", "carer", "guardian"})
"""Duties that let somebody see what is not for everybody: only command gives them."""


def _may_give(world: World, act: Act, duties: tuple[str, ...]) -> None:
    given = sorted(OPENS_MARKS & set(duties))
    if given and "commander" not in relations(world, act):
        raise Refused("not yours to give", f"the duty {given[0]} is for command to give: leave it out")


def _skill(member: PersonId, skill: str, level: int) -> f.SkillSet:
    if not 0 <= level <= 5:
        raise Refused("no such level", f"level {level} of {skill}: levels are 1 to 5, and 0 takes the skill away")
    return f.SkillSet(member=member, skill=text(skill, "the skill", limit=100), level=level)


@decides(i.ImportRoster)
def import_roster(intent: i.ImportRoster, world: World, act: Act) -> Decision:
    must(world, act, ROSTER, "importing a roster")
    if len({entry.ref for entry in intent.rows}) < len(intent.rows):
        raise Refused("number twice", "the roster has two rows with the same number: every member needs their own")
    for entry in intent.rows:
        _may_give(world, act, entry.duties)
    by_ref = {member.ref: member for member in world.organisation.members.values()}
    says: list[Say] = []
    for entry in intent.rows:
        held = by_ref.get(entry.ref)
        if held is None:
            says += _enrolment(world, entry, PersonId(derive(ORGANISATION, "roster", entry.ref)))
        else:
            says += _changes(world, entry, held.id)
    added = sum(1 for entry in intent.rows if entry.ref not in by_ref)
    return Decision(tuple(says), tells=(f"{added} new, {len(intent.rows) - added} already on the roster",))


def _changes(world: World, entry: i.RosterEntry, member: PersonId) -> list[Say]:
    """Only what the roster says otherwise than we hold."""
    held, person = world.organisation.members[member], world.people.get(member)
    facts: list[Fact] = []
    if entry.rank and entry.rank != held.rank:
        facts.append(f.RankGiven(member=member, rank=_rank(world, entry.rank), reason="roster"))
    for skill, level in sorted(entry.skills.items()):
        if held.skills.get(skill, 0) != level:
            facts.append(_skill(member, skill, level))
    have = {(q.name, q.awarded, q.expires) for q in held.qualifications}
    for name, awarded, expires in entry.qualifications:
        if (name, awarded, expires) not in have:
            facts.append(f.QualificationAwarded(member=member, name=name, awarded=awarded, expires=expires))
    says = list(in_organisation(*facts))
    named = _named(entry, member)
    if not held.erased and (person is None or _says_otherwise(named, person)):
        says += in_person(member, named)
    return says


def _says_otherwise(named: f.MemberNamed, person: Person) -> bool:
    always = ("name", "callsign", "phone", "email", "languages")
    if any(getattr(named, field) != getattr(person, field) for field in always):
        return True
    given = [field for field in ("home", "next_of_kin", "medical") if getattr(named, field)]
    return any(getattr(named, field) != getattr(person, field) for field in given)


@decides(i.RenameMember)
def rename(intent: i.RenameMember, world: World, act: Act) -> Decision:
    must(world, act, SELF_OR_ROSTER, "changing how a member is called", member=intent.member)
    not_erased(world, intent.member)
    entry = i.RosterEntry(ref="", name=intent.name, callsign=intent.callsign, phone=intent.phone,
                          email=intent.email, languages=intent.languages)  # fmt: skip
    return Decision(in_person(intent.member, _named(entry, intent.member)))


def not_erased(world: World, member: PersonId) -> None:
    if member_of(world, member).erased:
        raise Refused("erased", "their personal fields were erased, for good: enrol them anew to keep any again")


def _own(intent_member: PersonId, world: World, act: Act, what: str, fact: Fact) -> Decision:
    """A personal field: the member's own to give, or the roster keeper's to type."""
    not_erased(world, intent_member)
    must(world, act, SELF_OR_ROSTER, what, member=intent_member)
    return Decision(in_person(intent_member, fact))


@decides(i.GiveHome)
def give_home(intent: i.GiveHome, world: World, act: Act) -> Decision:
    fact = f.HomeGiven(member=intent.member, words=text(intent.words, "the home"), place=intent.place)
    return _own(intent.member, world, act, "giving a home", fact)


@decides(i.GiveNextOfKin)
def give_next_of_kin(intent: i.GiveNextOfKin, world: World, act: Act) -> Decision:
    fact = f.NextOfKinGiven(member=intent.member, words=text(intent.words, "next of kin"))
    return _own(intent.member, world, act, "giving next of kin", fact)


@decides(i.GiveMedicalNote)
def give_medical_note(intent: i.GiveMedicalNote, world: World, act: Act) -> Decision:
    fact = f.MedicalNoteGiven(member=intent.member, words=text(intent.words, "the medical note"))
    return _own(intent.member, world, act, "giving a medical note", fact)


@decides(i.ShareWeighingDay)
def share_weighing_day(intent: i.ShareWeighingDay, world: World, act: Act) -> Decision:
    try:
        date(2024, intent.month, intent.day)  # a leap year: 29 February is a day
    except (ValueError, OverflowError) as error:
        raise Refused("no such day", f"there is no day {intent.day} of month {intent.month}") from error
    must(world, act, frozenset({"self"}), "sharing a date of one's own", member=intent.member)
    not_erased(world, intent.member)
    fact = f.WeighingDayShared(member=intent.member, month=intent.month, day=intent.day, say=intent.say.strip())
    return Decision(in_person(intent.member, fact))


@decides(i.SayNotMyself)
def say_not_myself(intent: i.SayNotMyself, world: World, act: Act) -> Decision:
    must(world, act, frozenset({"self"}), "saying so of oneself", member=intent.member)
    not_erased(world, intent.member)
    return Decision(in_person(intent.member, f.NotThemselvesSaid(member=intent.member, on=intent.on)))


def may_set_password(world: World, act: Act, member: PersonId) -> None:
    """A first password is the roster keeper's to give; who has one is let in anew by themselves or command alone."""
    not_erased(world, member)
    held = world.people.get(member)
    first = held is None or not held.password
    allowed = SELF_OR_ROSTER if first else frozenset({"self", "commander"})
    must(world, act, allowed, "setting somebody's password", member=member)


@decides(i.SetPassword)
def set_password(intent: i.SetPassword, world: World, act: Act) -> Decision:
    may_set_password(world, act, intent.member)
    return Decision(in_person(intent.member, f.PasswordSet(member=intent.member, hash=intent.hash)))


@decides(i.ErasePerson)
def erase(intent: i.ErasePerson, world: World, act: Act) -> Decision:
    must(world, act, SELF_OR_ROSTER, "erasing somebody's personal fields", member=intent.member)
    not_erased(world, intent.member)
    fact = f.PersonErased(member=intent.member, reason=text(intent.reason, "the reason"))
    return Decision(
        in_organisation(fact),
        tells=("Their personal fields are erased. Free text in logs and reports that names them stays.",),
        destroyed=(person_stream(intent.member),),
    )


@decides(i.SetSkill)
def set_skill(intent: i.SetSkill, world: World, act: Act) -> Decision:
    must(world, act, ROSTER | {"trainer"}, "setting skills")
    member_of(world, intent.member)
    return Decision(in_organisation(_skill(intent.member, intent.skill, intent.level)))


@decides(i.AwardQualification)
def award(intent: i.AwardQualification, world: World, act: Act) -> Decision:
    must(world, act, ROSTER | {"trainer"}, "awarding qualifications")
    member_of(world, intent.member)
    if intent.awarded and intent.expires and intent.expires < intent.awarded:
        raise Refused("expired before awarded", f"{intent.name} would expire before it was awarded")
    fact = f.QualificationAwarded(member=intent.member, name=text(intent.name, "the qualification", limit=200),
                                  awarded=intent.awarded, expires=intent.expires, evidence=intent.evidence)  # fmt: skip
    return Decision(in_organisation(fact))


@decides(i.GiveRank)
def give_rank(intent: i.GiveRank, world: World, act: Act) -> Decision:
    must(world, act, ROSTER, "giving ranks")
    member_of(world, intent.member)
    fact = f.RankGiven(member=intent.member, rank=_rank(world, intent.rank), reason=intent.reason)
    return Decision(in_organisation(fact))


@decides(i.SetDuties)
def set_duties(intent: i.SetDuties, world: World, act: Act) -> Decision:
    must(world, act, COMMAND, "giving duties")
    member_of(world, intent.member)
    return Decision(in_organisation(f.DutiesSet(member=intent.member, duties=_duties(intent.duties))))


def status_says(world: World, act: Act, member: PersonId, fact: f.DutyStatusSet, words: str = "") -> tuple[Say, ...]:
    """A duty status with its words, and who commands next where the commander can no longer."""
    span = _span(world.organisation.members[member], fact, words, act.now)
    return in_organisation(fact, *span) + passing_on(world, act, member, fact.status)


def said_already(held: Member, fact: f.DutyStatusSet) -> bool:
    """Whether a duty status is what the record says of a member as it is."""
    return (held.status, held.status_until) == (fact.status, fact.until)


def _span(held: Member, fact: f.DutyStatusSet, words: str, now: Moment) -> tuple[f.AvailabilitySaid, ...]:
    """Words stand until their status ends; who is back before then can come again for the rest of that time."""
    can_come = fact.status not in CANNOT_GO
    until = fact.until if words else held.status_until
    if words and until is None:
        raise Refused("until when", "words stand beside a span of time: say until when, or leave them out")
    stood = any(not span.available and span.end == until and span.start.ms <= now.ms < span.end.ms
                for span in held.spans)  # fmt: skip
    if until is None or not (words or (can_come and held.status in CANNOT_GO and stood)):
        return ()
    return (f.AvailabilitySaid(member=held.id, start=now, end=until, available=can_come, words=words),)


def passing_on(world: World, act: Act, member: PersonId, status: str) -> tuple[Say, ...]:
    """Command passes to the next who is there when whoever commands no longer can."""
    if status not in CANNOT_GO or member != world.organisation.commander:
        return ()
    successor = next_in_command(world, act.now, without=member)
    if successor is None:
        return ()
    reason = f"{world.name(member)} is {said_of(status)}: next in the standing succession"
    return in_organisation(f.CommandTaken(by=successor, before=member, reason=reason))


def next_in_command(world: World, now: Moment, *, without: PersonId) -> PersonId | None:
    """The first in the standing succession who is there."""
    members = world.organisation.members
    for candidate in world.organisation.succession:
        if candidate != without and candidate in members and members[candidate].status_at(now) not in CANNOT_GO:
            return candidate
    return None


def clashes(world: World, act: Act, member: PersonId, what: str) -> tuple[Say, ...]:
    """Word of a clash for those read in to every secret mission that a member is on and the actor may not know of."""
    says: tuple[Say, ...] = ()
    for mission in sorted(world.missions.values(), key=lambda m: m.id):
        involved = member in mission.still_out or (member in mission.accepted and mission.state == "raised")
        involved = involved or mission.secrecy.cover_of(Id(member), act.now) is not None
        if mission.secret and involved and act.by not in mission.read_in:
            says += in_mission(mission, ClashNoticed(member=member, what=what))
    return says


@decides(i.SetDutyStatus)
def set_duty_status(intent: i.SetDutyStatus, world: World, act: Act) -> Decision:
    must(world, act, SELF_OR_ROSTER | {"operator"}, "setting a duty status", member=intent.member)
    member = member_of(world, intent.member)
    if intent.status not in DUTY_STATUSES:
        raise Refused("no such status", f"{intent.status!r} is no duty status: one of {', '.join(DUTY_STATUSES)}")
    if member.status == "lost":
        raise Refused("lost", f"{world.name(intent.member)} is on the memorial")
    if intent.until and intent.until.ms <= act.now.ms:
        raise Refused("in the past", "the status would end before it begins: give a later time")
    fact = f.DutyStatusSet(member=intent.member, status=intent.status, until=intent.until)
    clash = clashes(world, act, intent.member, f"{world.name(act.by)} set the duty status to {intent.status}")
    words = text(intent.words, "the words", limit=200, empty=True)
    return Decision(status_says(world, act, intent.member, fact, words) + clash)


@decides(i.WriteLeaveLetter)
def write_leave_letter(intent: i.WriteLeaveLetter, world: World, act: Act) -> Decision:
    must(world, act, SELF_OR_ROSTER, "a leave letter", member=intent.member)
    member_of(world, intent.member)
    if intent.until and intent.until.ms <= act.now.ms:
        raise Refused("in the past", "the leave would end before it begins: give a later day")
    status = f.DutyStatusSet(member=intent.member, status="leave", until=intent.until)
    letter = text(intent.letter, "the letter")
    fact = f.LeaveLetterWritten(member=intent.member, letter=letter, until=intent.until)
    clash = clashes(world, act, intent.member, f"{world.name(act.by)} wrote a leave letter")
    return Decision(in_organisation(fact) + status_says(world, act, intent.member, status) + clash)


@decides(i.PlanRoutine)
def plan_routine(intent: i.PlanRoutine, world: World, act: Act) -> Decision:
    must(world, act, SELF_OR_ROSTER | {"anyone"}, "planning a routine", member=intent.member)
    member_of(world, intent.member)
    if not 1 <= intent.every_days <= 366:
        raise Refused("how often", "a routine comes again every 1 to 366 days")
    routine = act.id("routine")
    fact = f.RoutinePlanned(routine=routine, member=intent.member, what=text(intent.what, "what comes again"),
                            companion=intent.companion, every_days=intent.every_days, first=intent.first)  # fmt: skip
    return Decision(in_organisation(fact), made=routine)


@decides(i.SayAvailability)
def say_availability(intent: i.SayAvailability, world: World, act: Act) -> Decision:
    must(world, act, SELF_OR_ROSTER, "saying when somebody can come", member=intent.member)
    member_of(world, intent.member)
    if intent.end.ms <= intent.start.ms:
        raise Refused("ends before it begins", "the span ends before it begins")
    fact = f.AvailabilitySaid(member=intent.member, start=intent.start, end=intent.end,
                              available=intent.available, words=intent.words)  # fmt: skip
    return Decision(in_organisation(fact))


@decides(i.OpenFollowUp)
def open_follow_up(intent: i.OpenFollowUp, world: World, act: Act) -> Decision:
    must(world, act, frozenset({"clock"}), "opening a follow-up by itself")
    not_erased(world, intent.member)
    follow_up = derive(intent.mission, "follow-up", intent.member)
    person = world.people.get(intent.member)
    if person is not None and follow_up in person.follow_ups:
        raise Refused("open already", "that follow-up is open")
    fact = f.FollowUpOpened(
        follow_up=follow_up,
        member=intent.member,
        mission=intent.mission,
        open_to_carers=intent.open_to_carers,
        reasons=intent.reasons,
        contacts=intent.contacts,
    )
    return Decision(in_person(intent.member, fact), made=follow_up)
