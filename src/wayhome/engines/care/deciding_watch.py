"""Rules for the watch: somebody keeps an eye on a person or place, and silence for longer than was set is a report."""

from __future__ import annotations

import math

from wayhome.engines.care import ladder as ladders
from wayhome.engines.care import letters as f
from wayhome.engines.care import stated as i
from wayhome.engines.care.case import Case, Cases, Watch
from wayhome.engines.care.deciding_common import CareAct, CareDecision, CareRefused, decides, either, unkept, words
from wayhome.engines.care.drafting import Draft
from wayhome.values.ids import Id, PersonId
from wayhome.values.when import Moment

LEAST_HOURS, MOST_HOURS = 0.25, 168.0
LONGEST_DAYS = 28
NO_SUCH_WATCH = "there is no such watch that is yours: `wayhome care` lists those there are"


@decides(i.SetWatch)
def set_watch(intent: i.SetWatch, known: Cases, act: CareAct) -> CareDecision:
    """By consent, or for a stated danger to life. Without either it waits for the member's word."""
    case = either(known, act, intent.case)
    own = case.member == act.by
    if own and case.opened is None:
        raise CareRefused("nothing open", "nobody looks after you yet: a check-in opens a case whenever you like")
    if intent.watcher == case.member:
        raise CareRefused("themselves", "nobody watches over themselves: name somebody else")
    every = intent.every_hours
    if not (math.isfinite(every) and LEAST_HOURS <= every <= MOST_HOURS):
        raise CareRefused("how often", f"every {every!r} hours: give from a quarter of an hour to a week (168)")
    until = _until(intent.until, act)
    danger = words(intent.danger, "the danger", most=500, empty=True)
    draft = Draft(case, act)
    watch = act.id("watch")
    said = f.WatchSet(
        watch=watch,
        watcher=intent.watcher,
        over=words(intent.over, "whom or what to watch", most=500),
        every_hours=every,
        consent=own,
        danger=danger,
        until=until,
    )
    active = own or bool(danger)
    draft.say(said, to=_told(draft, intent.watcher) if active else ())
    if active:
        _listen(draft, watch, intent.watcher, every, until)
    else:
        draft.tells.append("it begins when the member agrees to it")
    return draft.done(made=watch)


def _until(until: Moment | None, act: CareAct) -> Moment:
    latest = act.now.plus(days=LONGEST_DAYS)
    if until is None:
        return latest
    if not act.now.ms < until.ms <= latest.ms:
        raise CareRefused("until when", f"a watch ends after now and within {LONGEST_DAYS} days: it can be set again")
    return until


def _told(draft: Draft, watcher: PersonId) -> tuple[PersonId, ...]:
    return tuple(dict.fromkeys((watcher, *draft.concerned())))


def _listen(draft: Draft, watch: Id, watcher: PersonId, every: float, until: Moment | None) -> None:
    steps = ladders.watch_steps(draft.act.now, every, draft.sought(), until)
    draft.set_ladder(watch, "watch", steps, to=_told(draft, watcher))


def _watch(known: Cases, named: Id) -> tuple[Case, Watch]:
    for case in known.cases.values():
        watch = case.watches.get(named)
        if watch is not None:
            return case, watch
    raise CareRefused("no such watch", NO_SUCH_WATCH)


@decides(i.AgreeWatch)
def agree_watch(intent: i.AgreeWatch, known: Cases, act: CareAct) -> CareDecision:
    case, watch = _watch(known, intent.watch)
    if act.by != case.member:
        raise CareRefused("no such watch", NO_SUCH_WATCH)
    if watch.ended is not None:
        raise CareRefused("over", "that watch is over")
    draft = Draft(case, act)
    if not intent.agreed:
        return _disagreed(draft, watch)
    if watch.agreed:
        raise CareRefused("agreed already", "you have agreed to it already")
    fact = f.WatchSet(
        watch=watch.id,
        watcher=watch.watcher,
        over=watch.over,
        every_hours=watch.every_hours,
        consent=True,
        danger=watch.danger,
        until=watch.until,
    )
    draft.say(fact, to=_told(draft, watch.watcher))
    if not watch.danger:
        _listen(draft, watch.id, watch.watcher, watch.every_hours, watch.until)
    return draft.done(made=watch.id)


def _disagreed(draft: Draft, watch: Watch) -> CareDecision:
    if watch.danger:
        raise CareRefused(
            "danger to life",
            "this watch is for a danger to life that was stated, and goes on without your agreement until whoever "
            "looks after you ends it. You see all that is reported",
        )
    draft.say(f.WatchEnded(watch=watch.id), to=_told(draft, watch.watcher) if watch.agreed else ())
    draft.call_off(watch.id)
    return draft.done(made=watch.id)


@decides(i.ReportWatch)
def report_watch(intent: i.ReportWatch, known: Cases, act: CareAct) -> CareDecision:
    """What the watcher saw, or that nothing changed; a change is told at once to whoever looks after the member."""
    case, watch = _watch(known, intent.watch)
    if act.by != watch.watcher or not (watch.agreed or watch.danger):
        raise CareRefused("no such watch", NO_SUCH_WATCH)
    if watch.ended is not None or (watch.until is not None and watch.until.ms < act.now.ms):
        raise CareRefused("over", "that watch is over: thank you for it")
    unkept(case, act, intent.words, "what you saw")
    draft = Draft(case, act)
    ladder = case.ladders.get(watch.id)
    told = tuple(person for person in (ladder.readers if ladder else ()) if person != act.by) or draft.concerned()
    seen = words(intent.words, "what you saw", most=1_000, empty=True)
    draft.say(f.WatchReported(watch=watch.id, change=intent.change, words=seen), to=told)
    people = tuple(dict.fromkeys(step.to for step in ladder.steps)) if ladder else draft.supporters
    steps = _steps_anew(act.now, watch, case.member, people)
    draft.set_ladder(watch.id, "watch", steps, to=told)
    if intent.change:
        now = [(act.now.plus(hours=hours), person, "first") for hours, person in zip((0, 2), people, strict=False)]
        draft.set_ladder(act.id("change"), "watch", now, to=told)
    return draft.done(made=watch.id)


def _steps_anew(heard: Moment, watch: Watch, member: PersonId, people: tuple[PersonId, ...]) -> list[ladders.Planned]:
    sought = ladders.Sought(member=member, supporters=people)
    return ladders.watch_steps(heard, watch.every_hours, sought, watch.until)


@decides(i.EndWatch)
def end_watch(intent: i.EndWatch, known: Cases, act: CareAct) -> CareDecision:
    case, watch = _watch(known, intent.watch)
    if act.by == case.member:
        return agree_watch(i.AgreeWatch(watch=intent.watch, agreed=False), known, act)
    if act.by not in case.supporters:
        raise CareRefused("no such watch", NO_SUCH_WATCH)
    if watch.ended is not None:
        raise CareRefused("over", "that watch is over")
    draft = Draft(case, act)
    draft.say(f.WatchEnded(watch=watch.id), to=_told(draft, watch.watcher))
    draft.call_off(watch.id)
    return draft.done(made=watch.id)
