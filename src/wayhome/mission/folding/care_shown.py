"""How the little that leaves care adds up. Nothing said in care is among it."""

from __future__ import annotations

from wayhome.mission.facts import care as f
from wayhome.mission.folding.registry import on_mission, on_organisation, on_person
from wayhome.mission.state import CareAsked, Mission, Organisation, Person, Said


@on_person(f.ContactTicked)
def contact_ticked(person: Person, fact: f.ContactTicked, said: Said) -> None:
    if fact.on not in person.contact_ticks:
        person.contact_ticks.append(fact.on)


@on_person(f.VisitCounted)
def visit_counted(person: Person, fact: f.VisitCounted, said: Said) -> None:
    person.visits.add(said.id)


@on_organisation(f.CareRequested)
def care_requested(organisation: Organisation, fact: f.CareRequested, said: Said) -> None:
    organisation.care_requests[fact.request] = CareAsked(
        id=fact.request, member=fact.member, owner=fact.owner, words=fact.words, at=said.at
    )


@on_organisation(f.CareRequestAnswered)
def care_request_answered(organisation: Organisation, fact: f.CareRequestAnswered, said: Said) -> None:
    held = organisation.care_requests.get(fact.request)
    if held is not None and held.granted is None:
        held.granted, held.answer = fact.granted, fact.words


@on_organisation(f.CareErased)
def care_erased(organisation: Organisation, fact: f.CareErased, said: Said) -> None:
    organisation.care_erased.setdefault(fact.member, []).append(fact.on)


@on_organisation(f.CareCountsPublished)
def counts_published(organisation: Organisation, fact: f.CareCountsPublished, said: Said) -> None:
    organisation.care_counts.setdefault(fact.quarter, fact.counts)


@on_mission(f.WordsGiven)
def words_given(mission: Mission, fact: f.WordsGiven, said: Said) -> None:
    mission.words_given.add(fact.given)
