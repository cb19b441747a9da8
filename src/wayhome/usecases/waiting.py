"""What waits for one viewer: made of the rows that passed for them, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from wayhome.mission.views import shapes as v
from wayhome.usecases.care.shown import waits_for_an_owner
from wayhome.usecases.composed import WaitingView
from wayhome.usecases.left_behind import waits_for_care
from wayhome.usecases.rows import Rows
from wayhome.usecases.staffing.strength import waits_in_pursuit
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.when import Deadline, Moment

REMIND_H = 24
"""A routine is called to mind so many hours before it comes again."""


def waiting(rows: Rows, viewer: PersonId, now: Moment) -> Iterator[WaitingView]:
    """Offers, petitions, lost roles, routines; and of the missions that the viewer commands, alarms and conflicts."""
    yield from _offers(rows, viewer)
    yield from waits_in_pursuit(rows, viewer, now)
    yield from _of_missions(rows, viewer)
    organisation = rows.fetch("organisation", v.OrganisationView)
    if organisation and organisation[0].commander == viewer:
        yield from _petitions(rows)
        yield from _lost_roles(rows)
    yield from _routines(rows, viewer, now)
    yield from waits_for_care(rows, viewer, now)
    yield from waits_for_an_owner(rows, viewer)


def _offers(rows: Rows, viewer: PersonId) -> Iterator[WaitingView]:
    for offer in rows.fetch("offer", v.OfferView):
        due = offer.answer_by.moment() if offer.answer_by else None
        mine = offer.member == viewer
        if mine and offer.answer in ("offered", "seen", "thinking", "ordered"):
            what = "an order to acknowledge" if offer.answer == "ordered" else "an offer to answer"
            words = f"{offer.mission_words}: {offer.post}"
            yield WaitingView(what=what, words=words, about=offer.offer, due=due, mission=offer.mission)
        if not mine and offer.by == viewer and offer.answer == "lapsed":
            words = f"{offer.member_name} did not answer: ask the next candidate"
            yield WaitingView(what="unanswered", words=words, about=offer.offer, due=due, mission=offer.mission)


def _of_missions(rows: Rows, viewer: PersonId) -> Iterator[WaitingView]:
    """Alarms, clashes and conflicts of the missions that the viewer owns or commands: one query for each of them.

    Whoever is alerted of an emergency is told of its alarm as well, whatever they are in the mission. A mission is
    looked up only where one of them stands, since there are thousands of others.
    """
    alarms = rows.by_scope("alarm", v.AlarmView)
    clashes = rows.by_scope("clash", v.NoteView)
    conflicts = rows.by_scope("conflict", v.ConflictView)
    emergencies = rows.by_scope("emergency", v.EmergencyView)
    alerted = {one.glass for found in emergencies.values() for one in found if viewer in one.alerted}
    for mission in sorted({*alarms, *clashes, *conflicts}):
        held = rows.fetch("mission", v.MissionView, key=mission)
        leads = bool(held) and viewer in (held[0].owner, held[0].commander)
        for alarm in alarms.get(mission, ()):
            if not alarm.answered and (leads or alarm.alarm in alerted):
                yield _waits("alarm", alarm.words, alarm.alarm, mission, alarm.at)
        if not leads:
            continue
        for clash in clashes.get(mission, ()):
            yield _waits("clash", f"{clash.member_name}: {clash.words}", Id(mission), mission, clash.at)
        for conflict in conflicts.get(mission, ()):
            if not conflict.settled:
                yield _waits("conflict", conflict.words, conflict.conflict, mission)


def _waits(what: str, words: str, about: Id, mission: str, due: Moment | None = None) -> WaitingView:
    return WaitingView(what=what, words=words, about=about, due=due, mission=MissionId(mission))


def _petitions(rows: Rows) -> Iterator[WaitingView]:
    for petition in rows.fetch("petition", v.PetitionView):
        if petition.granted is None:
            words = f"{petition.member_name} asks for the role {petition.role}"
            yield WaitingView(what="a petition to answer", words=words, about=petition.petition)


def _lost_roles(rows: Rows) -> Iterator[WaitingView]:
    """Whose role ended through circumstance, and who has taken none since."""
    lost: dict[PersonId, v.HistoryView] = {}
    for event in rows.fetch("history", v.HistoryView):
        if event.wish == "circumstance" and event.what.startswith("lost the role"):
            lost[event.member] = event
        elif event.what.startswith("took the role"):
            lost.pop(event.member, None)
    for member, event in lost.items():
        words = f"{event.member_name} {event.what} through circumstance ({event.outcome}): ask what they wish now"
        yield WaitingView(what="a role lost", words=words, about=Id(member))


def _routines(rows: Rows, viewer: PersonId, now: Moment) -> Iterator[WaitingView]:
    for routine in rows.fetch("routine", v.RoutineView):
        due = next_time(routine, now)
        if now.hours_until(due) <= REMIND_H:
            other = routine.companion_name if routine.member == viewer else routine.member_name
            words = f"{routine.what} with {other}" if other else routine.what
            yield WaitingView(what="routine", words=words, about=routine.routine, due=due)


def next_time(routine: v.RoutineView, now: Moment) -> Moment:
    """When a routine comes again: at the same hour on the wall, so many days on."""
    local = routine.first.local.replace(tzinfo=None)
    passed_days = (now.at(routine.first.zone).local.date() - local.date()).days
    rounds = max(0, passed_days // routine.every_days)
    while True:
        day = (local + timedelta(days=rounds * routine.every_days)).isoformat(timespec="seconds")
        due = Deadline(day, routine.first.zone).moment()
        if due.ms >= now.ms:
            return due
        rounds += 1
