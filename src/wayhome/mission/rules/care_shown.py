"""What care may state to the record: stated by the one whom it is about, with what both agreed to show."""

from __future__ import annotations

import re
from datetime import date

from wayhome.mission.facts import care as f
from wayhome.mission.intents import care as i
from wayhome.mission.rules.common import (
    Act,
    Decision,
    Refused,
    decides,
    in_mission,
    in_organisation,
    in_person,
    member_of,
    mission_of,
    text,
)
from wayhome.mission.state import World
from wayhome.values.ids import PersonId

LEAST_PEOPLE = 8
"""A published count is of nobody, or of at least so many: nobody can be picked out of it."""
MOST_MINUTES = 24 * 60


def _themselves(world: World, act: Act, member: PersonId, what: str) -> None:
    """Refuses whoever speaks for somebody else: what leaves care is the member's own to let go."""
    if member_of(world, member).erased:
        raise Refused("erased", "their personal fields were erased, for good")
    if act.by != member:
        raise Refused("not yours to do", f"{what} is for the member themselves")


def _not_ahead(on: date, act: Act, what: str) -> date:
    if on > act.now.day:
        raise Refused("not yet", f"{what} on {on.isoformat()} is still ahead: say it when it took place")
    return on


@decides(i.TickContact)
def tick_contact(intent: i.TickContact, world: World, act: Act) -> Decision:
    _themselves(world, act, intent.member, "letting command see that contact took place")
    on = _not_ahead(intent.on, act, "a contact")
    person = world.people.get(intent.member)
    if person is not None and on in person.contact_ticks:
        return Decision(())
    return Decision(in_person(intent.member, f.ContactTicked(member=intent.member, on=on)))


@decides(i.CountVisit)
def count_visit(intent: i.CountVisit, world: World, act: Act) -> Decision:
    _themselves(world, act, intent.member, "counting a visit as duty")
    if not 0 < intent.minutes <= MOST_MINUTES:
        raise Refused("how long", f"{intent.minutes} minutes: a visit lasts from 1 minute to a day")
    on = _not_ahead(intent.on, act, "a visit")
    return Decision(in_person(intent.member, f.VisitCounted(member=intent.member, minutes=intent.minutes, on=on)))


@decides(i.RequestForCare)
def request(intent: i.RequestForCare, world: World, act: Act) -> Decision:
    _themselves(world, act, intent.member, "passing a request on")
    member_of(world, intent.owner)
    fact = f.CareRequested(
        request=act.id("care request"),
        member=intent.member,
        owner=intent.owner,
        words=text(intent.words, "the request", limit=2_000),
    )
    return Decision(in_organisation(fact), made=fact.request)


@decides(i.AnswerCareRequest)
def answer_request(intent: i.AnswerCareRequest, world: World, act: Act) -> Decision:
    held = world.organisation.care_requests.get(intent.request)
    if held is None or act.by not in (held.owner, held.member):
        raise Refused("no such request", "there is no such request before you: `wayhome care requests` shows yours")
    if act.by != held.owner:
        raise Refused("not yours to do", "answering a request is for the one it was put to")
    if held.granted is not None:
        raise Refused("answered already", "that request was answered already")
    words = text(intent.words, "the words", limit=2_000, empty=True)
    fact = f.CareRequestAnswered(request=held.id, granted=intent.granted, words=words)
    return Decision(in_organisation(fact))


@decides(i.GiveWords)
def give_words(intent: i.GiveWords, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    if act.by not in mission.out and act.by not in mission.exposures:
        raise Refused("you were not there", "words are given to a report by whoever was on the mission")
    words = text(intent.words, "the words")
    fact = f.WordsGiven(given=act.id("words given"), member=act.by, words=words)
    return Decision(in_mission(mission, fact), made=fact.given)


@decides(i.NoteCareErased)
def note_erased(intent: i.NoteCareErased, world: World, act: Act) -> Decision:
    """Whether or not there was anything: that somebody erased says nothing of what was there."""
    member_of(world, intent.member)
    if act.by != intent.member:
        raise Refused("not yours to do", "erasing what was written of somebody is for the member themselves")
    return Decision(in_organisation(f.CareErased(member=intent.member, on=_not_ahead(intent.on, act, "erasing"))))


@decides(i.PublishCareCounts)
def publish_counts(intent: i.PublishCareCounts, world: World, act: Act) -> Decision:
    me = world.organisation.members.get(act.by)
    if me is None or "carer" not in me.duties:
        raise Refused("not yours to do", "publishing counts of care is for carer")
    if act.now.day <= last_day_of(intent.quarter):
        raise Refused("not yet", f"{intent.quarter} is not over: counts are published for quarters that are closed")
    if intent.quarter in world.organisation.care_counts:
        raise Refused("published already", f"the counts of {intent.quarter} are published: what was once is for good")
    for name, count in intent.counts:
        text(name, "the name of a count", limit=200)
        if count != 0 and count < LEAST_PEOPLE:
            raise Refused("too few", f"{name}: fewer than {LEAST_PEOPLE}, so that somebody could be picked out")
    return Decision(in_organisation(f.CareCountsPublished(quarter=intent.quarter, counts=intent.counts)))


def last_day_of(quarter: str) -> date:
    """The last day of a quarter such as 2026-Q1. Refuses anything else."""
    parts = re.fullmatch(r"(\d{4})-Q([1-4])", quarter)
    if parts is None or not int(parts[1]):
        raise Refused("no such quarter", f"{quarter!r} is no quarter: write it like 2026-Q1")
    month, day = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}[int(parts[2])]
    return date(int(parts[1]), month, day)
