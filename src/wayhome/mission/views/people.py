"""Rows about the organisation and its members."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from wayhome.mission.facts import people as f
from wayhome.mission.rules.people import DUTIES
from wayhome.mission.state import Member, Said, World
from wayhome.mission.views import shapes as v
from wayhome.mission.views.registry import Change, Held, Shown, by_time, shows
from wayhome.values.ids import OPEN, Mark, PersonId


def self_mark(member: PersonId) -> Mark:
    """The mark that only one person holds: for what is theirs."""
    return Mark(f"self:{member}")


def duty_mark(duty: str) -> Mark:
    """The mark of everybody with a duty."""
    return Mark(f"duty:{duty}")


KEEPERS = {
    "contact": ("clerk", "operator", "commander"),
    "home": ("clerk",),
    "next of kin": ("clerk", "commander"),
    "medical": ("medic",),
}
"""Which duties see each personal field, beside the member."""


@shows(f.OrganisationFounded, f.ScalesSet, f.SuccessionSet, f.CommandTaken)
def organisation(fact: object, world: World, said: Said) -> Iterator[Change]:
    held = world.organisation
    yield Shown(
        "organisation", "", "", OPEN, "",
        v.OrganisationView(
            name=held.name,
            zone=held.zone,
            profile=held.profile,
            commander=held.commander,
            succession=held.succession,
            mission_ranks=held.scales.mission_ranks,
            member_ranks=held.scales.member_ranks,
            skills=held.scales.skills,
            healer_skill=held.scales.healer_skill,
        ),
    )  # fmt: skip


AboutMember = (
    f.MemberEnrolled | f.SkillSet | f.QualificationAwarded | f.RankGiven | f.DutiesSet | f.RoleTaken | f.RoleLost
    | f.DutyStatusSet | f.AvailabilitySaid | f.NeverBefore | f.PersonErased
)  # fmt: skip


@shows(*get_args(AboutMember))
def member(fact: AboutMember, world: World, said: Said) -> Iterator[Change]:
    held = world.organisation.members[fact.member]
    yield Shown("member", "", held.id, OPEN, held.ref.rjust(12, "0"), _member_view(held))


def _member_view(held: Member) -> v.MemberView:
    return v.MemberView(
        member=held.id,
        ref=held.ref,
        rank=held.rank,
        duties=tuple(sorted(held.duties)),
        skills=dict(sorted(held.skills.items())),
        qualifications=tuple(
            v.QualificationView(name=q.name, awarded=q.awarded, expires=q.expires) for q in held.qualifications
        ),
        status=held.status,
        status_until=held.status_until,
        roles=tuple(role.role for role in held.roles if role.until is None),
        never=tuple(sorted(held.never)),
        spans=tuple(v.SpanView(start=s.start, end=s.end, available=s.available, words=s.words) for s in held.spans),
        synthetic=held.synthetic,
        erased=held.erased,
    )


@shows(f.MemberEnrolled)
def enrolled(fact: f.MemberEnrolled, world: World, said: Said) -> Iterator[Change]:
    yield Held(fact.member, OPEN)
    yield Held(fact.member, self_mark(fact.member))
    for duty in sorted(world.organisation.members[fact.member].duties):
        yield Held(fact.member, duty_mark(duty))


@shows(f.DutiesSet)
def duties(fact: f.DutiesSet, world: World, said: Said) -> Iterator[Change]:
    for duty in DUTIES:
        commands = duty == "commander" and world.organisation.commander == fact.member
        yield Held(fact.member, duty_mark(duty), duty in fact.duties or commands)


@shows(f.CommandTaken)
def command(fact: f.CommandTaken, world: World, said: Said) -> Iterator[Change]:
    before = world.organisation.members.get(fact.before) if fact.before else None
    if before is not None and "commander" not in before.duties:
        yield Held(before.id, duty_mark("commander"), False)
    yield Held(fact.by, duty_mark("commander"))
    note = v.NoteView(what="command", words=fact.reason, member=fact.by, by=said.author, at=said.at)
    yield Shown("command", "", said.id, OPEN, by_time(said), note)


@shows(f.RemembranceWritten)
def lost(fact: f.RemembranceWritten, world: World, said: Said) -> Iterator[Change]:
    if fact.member is not None:
        held = world.organisation.members[fact.member]
        yield Shown("member", "", held.id, OPEN, held.ref.rjust(12, "0"), _member_view(held))


@shows(f.RemembranceWritten, f.RemembranceVeiled)
def remembrance(fact: f.RemembranceWritten | f.RemembranceVeiled, world: World, said: Said) -> Iterator[Change]:
    held = world.organisation.memorial.get(fact.remembrance)
    if held is None:
        return
    view = v.RemembranceView(
        remembrance=held.id,
        name=held.name,
        on=None if "date" in held.hidden else held.on,
        mission="" if "mission" in held.hidden else held.mission_words,
        line="" if "line" in held.hidden else held.line,
    )
    sort = "hidden" if "date" in held.hidden else held.on.isoformat()
    yield Shown("memorial", "", held.id, OPEN, f"{sort}.{held.name}", view)


@shows(f.MemberNamed)
def named(fact: f.MemberNamed, world: World, said: Said) -> Iterator[Change]:
    view = v.NameView(member=fact.member, name=fact.name, callsign=fact.callsign, languages=fact.languages)
    yield Shown("name", "", fact.member, OPEN, fact.name.casefold(), view)
    words = ", ".join(part for part in (fact.phone, fact.email) if part)
    yield from _personal("contact", fact.member, words)
    for what, given in (("home", fact.home), ("next of kin", fact.next_of_kin), ("medical", fact.medical)):
        if given:
            yield from _personal(what, fact.member, given)


def _personal(what: str, member: PersonId, words: str) -> Iterator[Change]:
    """The same row once for each mark that may see it; a reader who holds two sees it once."""
    view = v.PersonalView(member=member, what=what, words=words) if words else None
    for mark in (self_mark(member), *(duty_mark(duty) for duty in KEEPERS[what])):
        yield Shown("personal", mark, f"{member}.{what}", mark, what, view)


@shows(f.HomeGiven)
def home(fact: f.HomeGiven, world: World, said: Said) -> Iterator[Change]:
    yield from _personal("home", fact.member, fact.words)


@shows(f.NextOfKinGiven)
def next_of_kin(fact: f.NextOfKinGiven, world: World, said: Said) -> Iterator[Change]:
    yield from _personal("next of kin", fact.member, fact.words)


@shows(f.MedicalNoteGiven)
def medical(fact: f.MedicalNoteGiven, world: World, said: Said) -> Iterator[Change]:
    yield from _personal("medical", fact.member, fact.words)


@shows(f.ChannelsSet)
def channels(fact: f.ChannelsSet, world: World, said: Said) -> Iterator[Change]:
    view = v.ChannelsView(member=fact.member, urls=fact.urls) if fact.urls else None
    yield Shown("channels", "", fact.member, self_mark(fact.member), "", view)


@shows(f.RecoveryCodesSet, f.RecoveryCodeUsed)
def recovery(fact: f.RecoveryCodesSet | f.RecoveryCodeUsed, world: World, said: Said) -> Iterator[Change]:
    held = world.people[fact.member].recovery
    if held is not None:
        view = v.RecoveryView(member=fact.member, made=held.made, left=len(held.left), used=held.used)
        yield Shown("recovery", "", fact.member, self_mark(fact.member), "", view)


INVITERS = ("clerk", "commander")
"""Which duties see who was invited."""


@shows(f.MemberInvited, f.InvitationTaken, f.InvitationWithdrawn, f.PasswordSet)
def invitation(
    fact: f.MemberInvited | f.InvitationTaken | f.InvitationWithdrawn | f.PasswordSet, world: World, said: Said
) -> Iterator[Change]:
    held = world.people[fact.member].invitation
    if held is None:
        return
    view = v.InvitationView(member=fact.member, by=held.by, at=held.at, until=held.until, state=held.state)
    for mark in map(duty_mark, INVITERS):
        yield Shown("invitation", mark, fact.member, mark, f"{held.at.ms:015d}.{fact.member}", view)


@shows(f.PersonErased)
def erased(fact: f.PersonErased, world: World, said: Said) -> Iterator[Change]:
    yield Shown("name", "", fact.member, OPEN, "", None)
    for what in KEEPERS:
        yield from _personal(what, fact.member, "")
    yield Shown("channels", "", fact.member, self_mark(fact.member), "", None)
    yield Shown("recovery", "", fact.member, self_mark(fact.member), "", None)
    for mark in map(duty_mark, INVITERS):
        yield Shown("invitation", mark, fact.member, mark, "", None)
    person = world.people.get(fact.member)
    for follow_up in person.follow_ups if person else ():
        yield Shown("follow_up", self_mark(fact.member), follow_up, self_mark(fact.member), "", None)
    for follow_up in sorted(person.open_to_carers) if person else ():
        yield Shown("follow_up", duty_mark("carer"), follow_up, duty_mark("carer"), "", None)


@shows(f.LeaveLetterWritten)
def letter(fact: f.LeaveLetterWritten, world: World, said: Said) -> Iterator[Change]:
    view = v.LetterView(member=fact.member, letter=fact.letter, until=fact.until)
    for mark in (self_mark(fact.member), duty_mark("commander")):
        yield Shown("letter", mark, fact.member, mark, by_time(said), view)


@shows(f.RoutinePlanned)
def routine(fact: f.RoutinePlanned, world: World, said: Said) -> Iterator[Change]:
    view = v.RoutineView(
        routine=fact.routine,
        member=fact.member,
        what=fact.what,
        companion=fact.companion,
        every_days=fact.every_days,
        first=fact.first,
    )
    theirs = [self_mark(fact.member)] + ([self_mark(fact.companion)] if fact.companion else [])
    for mark in theirs:
        yield Shown("routine", mark, fact.routine, mark, f"{fact.first.ms:015d}", view)


@shows(f.HistoryNoted)
def history(fact: f.HistoryNoted, world: World, said: Said) -> Iterator[Change]:
    view = v.HistoryView(
        member=fact.member,
        what=fact.what,
        on=fact.on,
        mission=fact.mission,
        led_by=fact.led_by,
        outcome=fact.outcome,
    )
    yield Shown("history", fact.member, said.id, OPEN, f"{fact.on.isoformat()}.{by_time(said)}", view)


@shows(f.RoleTaken, f.RoleLost)
def role(fact: f.RoleTaken | f.RoleLost, world: World, said: Said) -> Iterator[Change]:
    what = "took the role" if isinstance(fact, f.RoleTaken) else "lost the role"
    view = v.HistoryView(
        member=fact.member, what=f"{what} {fact.role}", on=said.at.day, wish=fact.wish, outcome=fact.reason
    )
    yield Shown("history", fact.member, said.id, OPEN, f"{said.at.day.isoformat()}.{by_time(said)}", view)


@shows(f.PetitionMade, f.PetitionAnswered)
def petition(fact: f.PetitionMade | f.PetitionAnswered, world: World, said: Said) -> Iterator[Change]:
    held = world.organisation.petitions.get(fact.petition)
    if held is None:
        return
    view = v.PetitionView(
        petition=held.id,
        member=held.member,
        role=held.role,
        why=held.why,
        at=held.at,
        granted=held.granted,
        words=held.words,
    )
    for mark in (self_mark(held.member), duty_mark("commander")):
        yield Shown("petition", mark, held.id, mark, f"{held.at.ms:015d}", view)


@shows(f.VehicleAdded, f.VehicleStatusSet)
def vehicle(fact: f.VehicleAdded | f.VehicleStatusSet, world: World, said: Said) -> Iterator[Change]:
    held = world.organisation.vehicles.get(fact.vehicle)
    if held is not None:
        view = v.VehicleView(vehicle=held.id, name=held.name, what=held.what, seats=held.seats, status=held.status)
        yield Shown("vehicle", "", held.id, OPEN, held.name.casefold(), view)


@shows(f.FollowUpOpened)
def follow_up(fact: f.FollowUpOpened, world: World, said: Said) -> Iterator[Change]:
    """For the member, and for carers unless it comes of a secret mission; never for command.

    Not in the order of the person's stream: how many others lie in it would show in the order of those seen.
    """
    view = v.FollowUpView(
        follow_up=fact.follow_up, member=fact.member, reasons=fact.reasons, contacts=fact.contacts, at=said.at
    )
    marks = [self_mark(fact.member)] + ([duty_mark("carer")] if fact.open_to_carers else [])
    for mark in marks:
        yield Shown("follow_up", mark, fact.follow_up, mark, f"{said.at.ms:015d}.{fact.follow_up}", view)
