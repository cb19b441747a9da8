"""What of a case is shown, to whom. Names are left out: whoever shows it fills in `*_name` and `readers`."""

from __future__ import annotations

from datetime import date

import msgspec

from wayhome.engines.care import shapes as v
from wayhome.engines.care.case import Case, Cases, Flag, Ladder, Limit, Watch
from wayhome.engines.care.contacts import Contact, contacts_of
from wayhome.engines.care.days import local_day
from wayhome.engines.care.deciding_return import stage_of
from wayhome.engines.care.folding import readers_of
from wayhome.engines.care.jurisdiction import jurisdiction_of
from wayhome.values.ids import Id, PersonId
from wayhome.values.when import Moment

MISSED_AFTER_DAYS = 3
"""So many days after its last day a contact is missed, and no longer only late: the ladder was rung to its end."""


def case_view(case: Case, viewer: PersonId, now: Moment) -> v.CaseView:
    """A case for its member or whoever supports them now; for nobody else, which whoever shows it sees to.

    `readers` are ids, and so is the first of each pair of `read_by`, `flags.sought` and `flags.closed_by`.
    """
    law = jurisdiction_of(case.profile)
    day = _day(case, now)
    shown = [one for one in contacts_of(case) if not (one.agreed and one.due.quiet)]
    return v.CaseView(
        case=case.id,
        member=case.member,
        mine=viewer == case.member,
        state=state_of(case),
        origin=case.origin,
        reasons=case.reasons,
        opened=case.opened or now,
        pace=case.pace,
        supporter=case.supporter,
        co_supporter=case.co_supporter,
        someone_else=case.someone_else,
        contacts=tuple(_contact(one, day) for one in shown if viewer == case.member or not one.due.quiet),
        check_ins=_check_ins(case),
        refusals=tuple(case.refusals),
        signs=tuple(
            v.SignsView(at=one.at, words=one.words, head=one.head, by=one.by, medic=one.medic) for one in case.signs
        ),
        flags=_flags(case),
        watches=tuple(_watch(one, now) for one in case.watches.values()),
        promises=_promises(case),
        limits=tuple(_limit(one, day) for one in case.limits.values()),
        stage=_stage(case),
        ticks=case.ticks,
        no_record=law.no_record,
        law=law.law,
        readers=tuple(person for person in readers_of(case)),
        read_by=tuple((str(person), at) for person, at in case.read_by),
        lent_by=tuple((str(one.by), one.at, one.reason) for one in case.lent),
    )


def state_of(case: Case) -> str:
    """offered, accepted, later, no, closed; a flag that stands keeps it open."""
    if not case.is_open:
        return "closed"
    return {"accept": "accepted", "later": "later", "no": "no"}.get(case.answer, "offered")


def _day(case: Case, now: Moment) -> date:
    return local_day(now, case.zone or now.zone)


def _contact(one: Contact, today: date) -> v.ContactView:
    due = one.due
    return v.ContactView(
        id=due.id,
        name=due.name,
        day=due.day,
        until=due.until,
        state=_contact_state(one, today),
        at=one.made.at if one.made else None,
        by_way_of=one.made.by_way_of if one.made else "",
        words=one.made.words if one.made else "",
    )


def _contact_state(one: Contact, today: date) -> str:
    if one.made is not None:
        return "made"
    if today < one.due.day:
        return "ahead"
    if today == one.due.day:
        return "today"
    if today <= one.due.until:
        return "due"
    if one.due.quiet:
        return "missed"
    return "late" if (today - one.due.until).days <= MISSED_AFTER_DAYS else "missed"


def _check_ins(case: Case) -> tuple[v.CheckInView, ...]:
    return tuple(
        v.CheckInView(
            at=one.at, safe=one.safe, sleep=one.sleep, colour=one.colour, need=one.need, words=one.words, by=one.by
        )
        for one in case.check_ins
    )


def _flags(case: Case) -> tuple[v.FlagView, ...]:
    """Those that stand first, then the latest."""
    said = [flag for flag in case.flags.values() if flag.at is not None]
    said.sort(key=lambda flag: (flag.closed, -flag.at.ms if flag.at else 0, flag.id))
    return tuple(_flag(flag, flag.at, case.ladders.get(flag.id)) for flag in said if flag.at is not None)


def _flag(flag: Flag, at: Moment, ladder: Ladder | None) -> v.FlagView:
    return v.FlagView(
        flag=flag.id,
        case=flag.case,
        member=flag.member,
        at=at,
        owner=flag.owner,
        sought=_told(ladder) if ladder else (),
        closed_by=tuple(str(person) for person in sorted(flag.close_said, key=lambda one: (flag.close_said[one], one))),
        closed=flag.closed,
    )


def _told(ladder: Ladder) -> tuple[tuple[str, Moment], ...]:
    """Who was told, and when; never whoever could not be reached."""
    rungs = sorted(ladder.rung.values(), key=lambda one: (one.at.ms, one.number))
    return tuple((str(one.to), one.at) for one in rungs if one.told)


def _watch(watch: Watch, now: Moment) -> v.WatchView:
    heard = watch.reported or watch.since
    silent = heard.plus(hours=watch.every_hours)
    running = watch.ended is None and (watch.agreed or bool(watch.danger))
    over = watch.until is not None and watch.until.ms <= now.ms
    return v.WatchView(
        watch=watch.id,
        watcher=watch.watcher,
        over=watch.over,
        every_hours=watch.every_hours,
        agreed=watch.agreed,
        danger=watch.danger,
        last=watch.reported,
        last_words=watch.reported_words,
        silent_since=silent if running and not over and silent.ms < now.ms else None,
        ended=watch.ended is not None or over,
    )


def _promises(case: Case) -> tuple[v.PromiseView, ...]:
    return tuple(
        v.PromiseView(promise=one.id, words=one.words, owner=one.owner, passed_on=one.request is not None)
        for one in case.promises.values()
    )


def _limit(limit: Limit, today: date) -> v.LimitView:
    """Past its day it asks, and stands until somebody decides."""
    asks = limit.state == "agreed" and today > limit.until
    return v.LimitView(
        limit=limit.id,
        words=limit.words,
        until=limit.until,
        state="asks" if asks else limit.state,
        partner=limit.partner,
        clinician=limit.clinician,
    )


def _stage(case: Case) -> v.StageView | None:
    """The last step that the member agreed to, and what was proposed since."""
    now = stage_of(case)
    last = case.stages[-1] if case.stages else None
    shown = now or last
    if shown is None:
        return None
    return v.StageView(
        stage=shown.stage if shown.agreed else "",
        since=shown.at,
        partner=shown.partner if shown.agreed else None,
        review=shown.review if shown.agreed else None,
        proposed=last.stage if last is not None and not last.agreed else "",
        proposed_partner=last.partner if last is not None and not last.agreed else None,
    )


# the desk of care


def desk_views(known: Cases) -> tuple[v.DeskCaseView, ...]:
    """Every case that was opened, for the desk of care: flags first, then unowned ones, longest first, closed last."""
    views = [_desk_view(case, case.opened) for case in known.cases.values() if case.opened is not None]
    return tuple(sorted(views, key=_reddest))


def _reddest(view: v.DeskCaseView) -> tuple[object, ...]:
    unowned = view.unowned_since.ms if view.unowned_since else 0
    flagged = any(not flag.closed for flag in view.flags)
    red = any(not flag.closed and flag.owner is None for flag in view.flags)
    return view.closed, not red, not flagged, view.unowned_since is None, unowned, not view.sought, view.case


def _desk_view(case: Case, opened: Moment) -> v.DeskCaseView:
    return v.DeskCaseView(
        case=case.id,
        member=case.member,
        opened=opened,
        owner=case.supporter,
        unowned_since=case.unowned_since if case.is_open and case.supporter is None else None,
        closed=not case.is_open,
        flags=_flags(case),
        sought=_sought(case),
    )


def _sought(case: Case) -> tuple[tuple[str, str, Moment], ...]:
    """Ladders that were rung and not answered: what about, whom, when. Flags are shown by themselves."""
    found = [
        (ladder.what, to, at)
        for ladder in case.ladders.values()
        if ladder.off is None and not ladder.answered and ladder.what != "not safe"
        for to, at in _told(ladder)
    ]
    return tuple(sorted(found, key=lambda one: (one[2].ms, one[0], one[1])))


def worry_views(known: Cases) -> tuple[v.WorryView, ...]:
    """Worries told to the desk, untaken ones first, then the latest."""
    worries = sorted(known.worries.values(), key=lambda one: (one.taken_by is not None, -one.at.ms, one.id))
    return tuple(
        v.WorryView(worry=one.id, about=one.about, words=one.words, at=one.at, taken_by=one.taken_by, by=one.by)
        for one in worries
    )


def medic_views(known: Cases, viewer: PersonId) -> tuple[v.ToMedicView, ...]:
    """What was passed on to this medic, open ones first."""
    mine = [one for one in known.to_medic.values() if one.medic == viewer]
    mine.sort(key=lambda one: (one.done, one.at.ms, one.id))
    return tuple(
        v.ToMedicView(about=one.id, member=one.member, words=one.words, at=one.at, done=one.done) for one in mine
    )


def held_views(known: Cases, member: PersonId) -> tuple[v.HeldWordsView, ...]:
    """A survivor's own words."""
    case = known.of(member)
    held = case.held.values() if case else ()
    return tuple(
        v.HeldWordsView(held=one.id, mission=Id(one.mission), words=one.words, released=one.released) for one in held
    )


# what waits


def waiting_views(known: Cases, viewer: PersonId, now: Moment, *, carer: bool) -> tuple[v.CareWaitingView, ...]:
    """What waits in care for `viewer`, reddest first. `carer`: they are at the desk of care."""
    found: list[v.CareWaitingView] = []
    for case in known.cases.values():
        supports = viewer in case.taken
        if supports or carer or any(viewer in _sought_people(ladder) for ladder in case.ladders.values()):
            found += _flags_waiting(case, viewer)
        if supports and case.is_open:
            found += _contacts_waiting(case, now)
        if viewer == case.member:
            found += _own_waiting(case, now)
        elif carer and case.is_open and case.supporter is None and case.unowned_since is not None:
            found.append(_waiting("unowned", "nobody looks after them yet", case, case.unowned_since, red=True))
        found += _watches_waiting(case, viewer, now)
        found += _limits_waiting(case, viewer, now)
        found += _rung_waiting(case, viewer)
    if carer:
        untaken = [one for one in known.worries.values() if one.taken_by is None and one.about != viewer]
        found += [
            v.CareWaitingView(what="worry", words="a worry was told", about=one.id, due=one.at) for one in untaken
        ]
    found += [
        v.CareWaitingView(
            what="head injury", words="somebody may have a head injury", about=one.id, due=one.at, red=True
        )
        for one in known.to_medic.values()
        if one.medic == viewer and not one.done
    ]
    return tuple(sorted((_whose(one, known, viewer) for one in found), key=_most_pressing))


def _whose(one: v.CareWaitingView, known: Cases, viewer: PersonId) -> v.CareWaitingView:
    """With whom it is about, for whoever is to look after them; one's own needs no name."""
    case, passed = known.cases.get(one.case or Id("")), known.to_medic.get(one.about)
    member = case.member if case else passed.member if passed else None
    return msgspec.structs.replace(one, member=member) if member not in (None, viewer) else one


def _most_pressing(one: v.CareWaitingView) -> tuple[object, ...]:
    return one.what != "not safe", not one.red, one.due.ms if one.due else 0, one.what, one.about


def _waiting(what: str, words: str, case: Case, due: Moment | None, *, red: bool = False) -> v.CareWaitingView:
    return v.CareWaitingView(what=what, words=words, about=case.id, case=case.id, due=due, red=red)


def _sought_people(ladder: Ladder) -> frozenset[PersonId]:
    return frozenset(step.to for step in ladder.steps) - {ladder.member}


def _flags_waiting(case: Case, viewer: PersonId) -> list[v.CareWaitingView]:
    if viewer == case.member:
        return []
    return [
        v.CareWaitingView(
            what="not safe",
            words="somebody is not safe, and nobody has it yet" if flag.owner is None else "somebody has it",
            about=flag.id,
            case=case.id,
            due=flag.at,
            red=flag.owner is None,
        )
        for flag in case.open_flags
    ]


def _contacts_waiting(case: Case, now: Moment) -> list[v.CareWaitingView]:
    today = _day(case, now)
    found = []
    for one in contacts_of(case):
        state = _contact_state(one, today)
        if one.due.quiet or state in ("made", "ahead") or case.answer == "no":
            continue
        words = f"{one.due.name}: {one.due.day.isoformat()}"
        found.append(
            v.CareWaitingView(
                what="contact", words=words, about=one.due.id, case=case.id, red=state in ("late", "missed")
            )
        )
    return found


def _own_waiting(case: Case, now: Moment) -> list[v.CareWaitingView]:
    """What the member may answer, quietly: the offer, what was proposed. None of it is ever red."""
    found = []
    today = _day(case, now)
    if case.is_open and case.answer == "" and case.origin != "asked":
        found.append(_waiting("offer", "somebody would like to be in touch, if you like", case, case.offered))
    for one in contacts_of(case):
        if one.due.quiet and not one.agreed and one.due.day <= today <= one.due.until and one.made is None:
            words = "would you like to be in touch? One tap, either way"
            found.append(v.CareWaitingView(what="offer", words=words, about=one.due.id, case=case.id))
    found += [
        v.CareWaitingView(what="promise", words=f"may this be passed on: {one.words}", about=one.id, case=case.id)
        for one in case.promises.values()
        if one.request is None
    ]
    found += [
        v.CareWaitingView(what="watch", words=f"do you agree to a watch: {one.over}", about=one.id, case=case.id)
        for one in case.watches.values()
        if not one.agreed and one.ended is None
    ]
    if case.stages and not case.stages[-1].agreed:
        found.append(_waiting("stage", f"a step is proposed: {case.stages[-1].stage}", case, case.stages[-1].at))
    return found


def _limits_waiting(case: Case, viewer: PersonId, now: Moment) -> list[v.CareWaitingView]:
    """A limit that is proposed waits for the member; one past its day for whoever has a say in it."""
    found = []
    for limit in case.limits.values():
        asks = limit.state == "agreed" and _day(case, now) > limit.until
        words = f"{limit.words or 'with a partner only'}, until {limit.until.isoformat()}"
        if limit.state == "proposed" and viewer == case.member:
            found.append(v.CareWaitingView(what="limit", words=f"do you agree: {words}", about=limit.id, case=case.id))
        elif asks and viewer in (case.member, *case.supporters[:1], limit.clinician):
            past = f"past its day, and stands until you say: {words}"
            found.append(v.CareWaitingView(what="limit", words=past, about=limit.id, case=case.id))
    return found


def _watches_waiting(case: Case, viewer: PersonId, now: Moment) -> list[v.CareWaitingView]:
    """Silence, for whoever looks after the member; and the watch itself, for the watcher."""
    found = []
    for watch in case.watches.values():
        view = _watch(watch, now)
        if view.ended or not (watch.agreed or watch.danger):
            continue
        if viewer == watch.watcher:
            due = (watch.reported or watch.since).plus(hours=watch.every_hours)
            late = view.silent_since is not None
            found.append(
                v.CareWaitingView(what="watch", words=watch.over, about=watch.id, case=case.id, due=due, red=late)
            )
        elif viewer in case.taken and view.silent_since is not None:
            words = "nothing was heard from a watch for longer than was set"
            found.append(
                v.CareWaitingView(
                    what="watch", words=words, about=watch.id, case=case.id, due=view.silent_since, red=True
                )
            )
    return found


def _rung_waiting(case: Case, viewer: PersonId) -> list[v.CareWaitingView]:
    """Contacts that were missed, for whoever was told and does not look after the member by themselves."""
    if viewer == case.member or viewer == case.supporter:
        return []
    found = []
    for ladder in case.ladders.values():
        told = [one for one in ladder.rung.values() if one.to == viewer]
        if not told or ladder.off is not None or ladder.what not in ("contact", "watch") or viewer in ladder.answered:
            continue
        words = "somebody who is looked after could not be reached"
        at = min(told, key=lambda one: one.at.ms).at
        found.append(v.CareWaitingView(what="missed", words=words, about=ladder.about, case=case.id, due=at, red=True))
    return found
