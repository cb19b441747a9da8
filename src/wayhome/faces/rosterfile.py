"""From roster files as read to the entries of one import, with everything that stands against it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from wayhome.formats.roster import RosterFile, RosterMember, RosterProblem, RosterQualification
from wayhome.mission.intents.people import RosterEntry
from wayhome.mission.views.shapes import MemberView

Dated = tuple[str, date | None, date | None]


class Row(msgspec.Struct, frozen=True):
    """A problem and the file it is in."""

    file: str
    problem: RosterProblem


def entries_of(
    files: Mapping[str, RosterFile], held: Mapping[str, MemberView], *, rename: bool
) -> tuple[tuple[RosterEntry, ...], list[Row]]:
    """The entries to import, by number, and every problem, in the order of the files.

    `held` are the members on the roster, by number; `rename` lets a file change what they are called.
    """
    found = [Row(name, problem) for name, file in files.items() for problem in file.problems]
    members: dict[str, RosterMember] = {}
    for member in (m for file in files.values() for m in file.members if m.ref):
        members.setdefault(member.ref, member)
    for name, file in files.items():
        found += [Row(name, problem) for m in file.members for problem in _against(m, held, rename=rename)]
    theirs: dict[str, list[Dated]] = {ref: [] for ref in members}
    for name, file in files.items():
        for qualification in file.qualifications:
            ref = _whose(qualification, members)
            if ref is None:
                found.append(Row(name, _nobody(qualification)))
            else:
                theirs[ref].append((qualification.qualification, qualification.awarded, qualification.expires))
    if not members and not any(row.problem.grave for row in found):
        text = RosterProblem(1, "", "", "no members are in it", "give the file of members as well")
        found.append(Row(next(iter(files)), text))
    order = list(files)
    found.sort(key=lambda row: (order.index(row.file), row.problem.line))
    return tuple(_entry(member, theirs[ref]) for ref, member in members.items()), found


def _against(member: RosterMember, held: Mapping[str, MemberView], *, rename: bool) -> list[RosterProblem]:
    """What speaks against taking over one member."""
    if not member.ref:
        return [
            RosterProblem(member.line, "ref", member.name, "no reference", "give every member a number of their own")
        ]
    there = held.get(member.ref)
    if there is None:
        return []
    if there.erased:
        reason = f"number {member.ref} was erased here"
        return [RosterProblem(member.line, "ref", member.ref, reason, "leave the row out, or give another number")]
    if not rename and _key(there.member_name) != _key(member.name):
        reason = f"number {member.ref} is {there.member_name} here"
        remedy = "give another number, or let the import rename (--rename) if it is the same person"
        return [RosterProblem(member.line, "name", member.name, reason, remedy)]
    return []


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _whose(qualification: RosterQualification, members: Mapping[str, RosterMember]) -> str | None:
    """The number of the member a qualification belongs to: by number or, where the file has none, by name."""
    if qualification.ref:
        return qualification.ref if qualification.ref in members else None
    named = [ref for ref, member in members.items() if _key(member.name) == _key(qualification.name)]
    return named[0] if len(named) == 1 else None


def _nobody(qualification: RosterQualification) -> RosterProblem:
    column, value = ("ref", qualification.ref) if qualification.ref else ("name", qualification.name)
    reason = "nobody by that number or name is in the file of members"
    return RosterProblem(qualification.line, column, value, reason, "add the member there, or mend the number")


def _entry(member: RosterMember, qualifications: list[Dated]) -> RosterEntry:
    return RosterEntry(
        ref=member.ref,
        name=member.name,
        rank=member.rank,
        callsign=member.callsign,
        phone=member.phone,
        email=member.email,
        languages=member.languages,
        duties=member.duties,
        skills=member.skills,
        qualifications=tuple(dict.fromkeys(qualifications)),
        home=member.home,
        next_of_kin=member.next_of_kin,
        medical=member.medical,
    )
