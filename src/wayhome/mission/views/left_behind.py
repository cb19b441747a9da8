"""Rows for care: who is elsewhere since when, by the open record alone, and who was looked in on meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from wayhome.mission.facts import people as f
from wayhome.mission.state import Said, World
from wayhome.mission.views import shapes as v
from wayhome.mission.views.people import duty_mark, self_mark
from wayhome.mission.views.registry import Change, Shown, shows

CARE = duty_mark("carer")


@shows(f.DutyStatusSet, f.RemembranceWritten)
def absence(fact: f.DutyStatusSet | f.RemembranceWritten, world: World, said: Said) -> Iterator[Change]:
    held = world.organisation.members.get(fact.member) if fact.member else None
    if held is None:
        return
    view = None
    if held.absent_since is not None:
        view = v.AbsenceView(member=held.id, status=held.status, since=held.absent_since, until=held.status_until)
    yield Shown("absence", "", held.id, CARE, held.id, view)


@shows(f.LookedIn)
def looked_in(fact: f.LookedIn, world: World, said: Said) -> Iterator[Change]:
    """For care and for the member themselves; never for command."""
    view = v.LookedInView(member=fact.member, without=fact.without, words=fact.words, at=said.at, by=said.author)
    key = f"{fact.member}.{fact.without}"
    for mark in (CARE, self_mark(fact.member)):
        yield Shown("looked_in", mark, key, mark, f"{said.at.ms:015d}.{key}", view)


@shows(f.PersonErased)
def erased(fact: f.PersonErased, world: World, said: Said) -> Iterator[Change]:
    person = world.people.get(fact.member)
    for without in sorted(person.looked_in) if person else ():
        for mark in (CARE, self_mark(fact.member)):
            yield Shown("looked_in", mark, f"{fact.member}.{without}", mark, "", None)
