"""Rules for the way back to duty: by steps that the member agrees to, and limits in the words that tasking gets."""

from __future__ import annotations

from wayhome.engines.care import ladder as ladders
from wayhome.engines.care import letters as f
from wayhome.engines.care import stated as i
from wayhome.engines.care.case import Case, Cases, Limit, Stage
from wayhome.engines.care.deciding_common import (
    CareAct,
    CareDecision,
    CareRefused,
    decides,
    either,
    looked_after,
    refusing,
    today,
    words,
)
from wayhome.engines.care.drafting import Draft
from wayhome.engines.care.leaving import EndLimit, HoldToLimit
from wayhome.engines.care.returning import Limit as Asked
from wayhome.engines.care.returning import Standing, Step, Wanted, check_limit, may_lift, step
from wayhome.values.ids import Id, PersonId, derive

NO_SUCH_LIMIT = "there is no such limit that you have a say in: `wayhome care mine` shows yours"


def stage_of(case: Case) -> Stage | None:
    """The last step that the member agreed to."""
    return next((stage for stage in reversed(case.stages) if stage.agreed), None)


@decides(i.SetStage)
def set_stage(intent: i.SetStage, known: Cases, act: CareAct) -> CareDecision:
    """The member takes a step, on or back; a supporter proposes one, and it waits for the member's own yes."""
    case = either(known, act, intent.case)
    if case.opened is None:
        raise CareRefused("nothing open", "nobody looks after you yet: a check-in opens a case whenever you like")
    own = act.by == case.member
    draft = Draft(case, act)
    taken = _step(intent, case, act)
    draft.say(
        f.ReturnStageSet(
            stage=taken.stage,
            partner=taken.partner,
            until=intent.until,
            review=taken.review,
            agreed_by_member=own,
        )
    )
    if own:
        about = derive(case.id, "stage")
        people = [act.by, *case.supporters[:1]]
        draft.set_ladder(about, "stage", ladders.day_steps(taken.review, draft.zone, people, act.by))
        draft.tells.append(f"so it is. You look at it again by {taken.review.isoformat()}; nothing changes by itself")
        draft.tells += taken.asks
    else:
        draft.tells.append("proposed: it begins when the member says yes")
    return draft.done()


def _step(intent: i.SetStage, case: Case, act: CareAct) -> Step:
    now = stage_of(case)
    clinician = next((one.clinician for one in case.limits.values() if one.state == "agreed" and one.clinician), None)
    zone = case.zone or act.zone
    standing = Standing(
        member=case.member,
        stage=now.stage if now else None,
        since=now.at.at(zone).day if now else None,
        review=now.review if now else None,
        clinician=clinician,
    )
    wanted = Wanted(stage=intent.stage, by=act.by, agreed=True, partner=intent.partner, review=intent.until)
    with refusing("no such step"):
        return step(standing, wanted, today(case, act))


@decides(i.ProposeLimit)
def propose_limit(intent: i.ProposeLimit, known: Cases, act: CareAct) -> CareDecision:
    """In the words that tasking would get, and nothing else. It holds when the member agrees."""
    case = looked_after(known, act, intent.case)
    if intent.clinician == case.member:
        raise CareRefused("themselves", "nobody is their own clinician: name somebody else, or nobody")
    asked = Asked(
        words=words(intent.words, "the limit", most=500, empty=True),
        until=intent.until,
        partner=intent.partner,
        clinician=intent.clinician,
    )
    with refusing("no such limit"):
        asked = check_limit(asked, case.member, today(case, act))
    draft = Draft(case, act)
    limit = act.id("limit")
    fact = f.LimitProposed(
        limit=limit, words=asked.words, until=asked.until, partner=asked.partner, clinician=asked.clinician
    )
    also = (intent.clinician,) if intent.clinician is not None else ()
    draft.say(fact, to=tuple(dict.fromkeys((*draft.concerned(), *also))))
    draft.tells.append("proposed. Tasking learns of it, in these words, when the member agrees")
    return draft.done(made=limit)


@decides(i.AgreeLimit)
def agree_limit(intent: i.AgreeLimit, known: Cases, act: CareAct) -> CareDecision:
    case, limit = _limit(known, act, intent.limit)
    if limit.state in ("ended", "refused"):
        raise CareRefused("over", "that limit is over: another can be proposed")
    draft = Draft(case, act)
    if intent.agreed:
        return _agreed(draft, limit)
    if limit.state == "proposed":
        if act.by != case.member:
            raise CareRefused("not yours to do", "that is for the member to say")
        draft.say(f.LimitAnswered(limit=limit.id, agreed=False), to=_told(draft, limit))
        return draft.done(made=limit.id)
    return _ended(draft, limit)


def _limit(known: Cases, act: CareAct, named: Id) -> tuple[Case, Limit]:
    for case in known.cases.values():
        limit = case.limits.get(named)
        if limit is not None and act.by in (case.member, limit.clinician):
            return case, limit
    raise CareRefused("no such limit", NO_SUCH_LIMIT)


def _told(draft: Draft, limit: Limit) -> tuple[PersonId, ...]:
    concerned = (*draft.concerned(), *limit.readers)
    return tuple(dict.fromkeys(person for person in concerned if person != draft.act.by))


def _agreed(draft: Draft, limit: Limit) -> CareDecision:
    act, case = draft.act, draft.case
    if act.by != case.member:
        raise CareRefused("not yours to do", "that is for the member to say")
    if limit.state == "agreed":
        raise CareRefused(
            "agreed already", "you have agreed to it already. Past its day it asks, and another is proposed"
        )
    if limit.until <= draft.today:
        raise CareRefused("past", f"it was meant until {limit.until.isoformat()}, which is past: ask for another")
    draft.say(f.LimitAnswered(limit=limit.id, agreed=True), to=_told(draft, limit))
    people = [case.member, *case.supporters[:1], *([limit.clinician] if limit.clinician else [])]
    asks = ladders.day_steps(limit.until, draft.zone, people, case.member)
    draft.set_ladder(limit.id, "limit", [(at.plus(days=1), person, channel) for at, person, channel in asks])
    leaf = HoldToLimit(
        member=case.member,
        key=act.id("limit held"),
        limit=limit.id,
        words=limit.words,
        until=limit.until,
        partner=limit.partner,
    )
    draft.leaves.append(leaf)
    draft.tells.append("agreed: tasking holds to it, in these words. Past its day it asks, and is not lifted by itself")
    return draft.done(made=limit.id)


def _ended(draft: Draft, limit: Limit) -> CareDecision:
    """The member ends what was theirs; what came from a clinician that clinician ends."""
    act, case = draft.act, draft.case
    asked = Asked(words=limit.words, until=limit.until, partner=limit.partner, clinician=limit.clinician)
    if not may_lift(asked, act.by, case.member, clinician_agrees=False):
        raise CareRefused("the clinician's", "a clinician set it together with you: they end it, when you ask them")
    draft.say(f.LimitAnswered(limit=limit.id, agreed=False), to=_told(draft, limit))
    draft.call_off(limit.id)
    draft.leaves.append(EndLimit(member=case.member, key=act.id("limit ended"), limit=limit.id, by=act.by))
    return draft.done(made=limit.id)
