"""Rows for the little that leaves care: each for whoever it was agreed to be shown to."""

from __future__ import annotations

from collections.abc import Iterator

from wayhome.mission.facts import care as f
from wayhome.mission.facts import people as p
from wayhome.mission.state import Said, World
from wayhome.mission.views import shapes as v
from wayhome.mission.views.missions import of
from wayhome.mission.views.people import duty_mark, self_mark
from wayhome.mission.views.registry import Change, Shown, by_time, row, shows
from wayhome.values.ids import OPEN, Mark, PersonId


def _for_member_and_command(member: PersonId) -> tuple[Mark, Mark]:
    return self_mark(member), duty_mark("commander")


@shows(f.ContactTicked)
def tick(fact: f.ContactTicked, world: World, said: Said) -> Iterator[Change]:
    view = v.ContactTickView(member=fact.member, on=fact.on)
    key = f"{fact.member}.{fact.on.isoformat()}"
    for mark in _for_member_and_command(fact.member):
        yield Shown("contact_tick", mark, key, mark, f"{fact.on.isoformat()}.{fact.member}", view)


@shows(f.VisitCounted)
def visit(fact: f.VisitCounted, world: World, said: Said) -> Iterator[Change]:
    view = v.VisitView(member=fact.member, minutes=fact.minutes, on=fact.on)
    for mark in _for_member_and_command(fact.member):
        yield Shown("visit", mark, said.id, mark, f"{fact.on.isoformat()}.{said.id}", view)


@shows(f.CareRequested, f.CareRequestAnswered)
def request(fact: f.CareRequested | f.CareRequestAnswered, world: World, said: Said) -> Iterator[Change]:
    held = world.organisation.care_requests.get(fact.request)
    if held is None:
        return
    view = v.CareRequestView(
        request=held.id,
        member=held.member,
        owner=held.owner,
        words=held.words,
        at=held.at,
        granted=held.granted,
        answer=held.answer,
    )
    for mark in dict.fromkeys((self_mark(held.member), self_mark(held.owner))):
        yield Shown("care_request", mark, held.id, mark, f"{held.at.ms:015d}.{held.id}", view)


@shows(f.CareErased)
def erased(fact: f.CareErased, world: World, said: Said) -> Iterator[Change]:
    """For the member alone: to others even that would say something."""
    mark = self_mark(fact.member)
    yield Shown("care_erased", mark, said.id, mark, by_time(said), v.CareErasedView(member=fact.member, on=fact.on))


@shows(f.CareCountsPublished)
def counts(fact: f.CareCountsPublished, world: World, said: Said) -> Iterator[Change]:
    held = world.organisation.care_counts.get(fact.quarter, fact.counts)
    view = v.PublishedCountsView(quarter=fact.quarter, counts=held, at=said.at)
    yield Shown("care_counts", "", fact.quarter, OPEN, fact.quarter, view)


@shows(f.WordsGiven)
def words(fact: f.WordsGiven, world: World, said: Said) -> Iterator[Change]:
    mission = of(world, said)
    view = v.GivenWordsView(given=fact.given, mission=mission.id, member=fact.member, words=fact.words, at=said.at)
    yield row(mission, "given_words", fact.given, view, sort=by_time(said))


@shows(p.PersonErased)
def person_erased(fact: p.PersonErased, world: World, said: Said) -> Iterator[Change]:
    """What lay in their own stream goes with it."""
    person = world.people.get(fact.member)
    if person is None:
        return
    for mark in _for_member_and_command(fact.member):
        for on in person.contact_ticks:
            yield Shown("contact_tick", mark, f"{fact.member}.{on.isoformat()}", mark, "", None)
        for visited in sorted(person.visits):
            yield Shown("visit", mark, visited, mark, "", None)
