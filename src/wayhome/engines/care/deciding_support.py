"""Rules for whoever looks after somebody: taking a case, giving it back, closeness, promises; worries; the desk.

Nothing here lets a supporter say whether somebody is fit: there is no such statement.
"""

from __future__ import annotations

from wayhome.engines.care import letters as f
from wayhome.engines.care import stated as i
from wayhome.engines.care.case import Case, Cases
from wayhome.engines.care.deciding_common import (
    CareAct,
    CareDecision,
    CareRefused,
    Opening,
    at_the_desk,
    decides,
    either,
    looked_after,
    own_case,
    refusing,
    unkept,
    words,
)
from wayhome.engines.care.deciding_member import open_case
from wayhome.engines.care.drafting import Draft
from wayhome.engines.care.leaving import LetCarerIn, RequestForCare
from wayhome.engines.care.openings import Taken, for_load
from wayhome.engines.care.supporters import ASKS_CONSENT, MOST_OPEN_CASES
from wayhome.values.ids import Id, derive
from wayhome.values.when import Moment

SOMEBODY_ELSE = "the member asked for somebody else"


@decides(i.TakeCase)
def take_case(intent: i.TakeCase, known: Cases, act: CareAct) -> CareDecision:
    at_the_desk(act, "taking a case")
    case = known.cases.get(intent.case)
    if case is None or case.opened is None:
        raise CareRefused("no such case", "there is no such case: `wayhome care desk` shows those there are")
    _may_take(case, known, act, co=intent.co)
    draft = Draft(case, act)
    now = (*case.supporters, act.by) if intent.co else (act.by, *case.supporters)
    draft.supporters = tuple(dict.fromkeys(now))
    draft.say(f.SupporterTaken(supporter=act.by, co=intent.co, consent=act.by in case.wishes))
    draft.call_off(derive(case.id, "owner"))
    draft.set_contacts()
    decision = draft.done(made=case.id)
    return _with_ones_own(decision, known, act, case.id)


def _may_take(case: Case, known: Cases, act: CareAct, *, co: bool) -> None:
    """Refuses whoever may not look after this member; every rule holds whatever was proposed."""
    if act.by == case.member:
        raise CareRefused("yourself", "nobody looks after themselves: somebody else will")
    if not case.is_open:
        raise CareRefused("closed", "that case is closed: the member opens it again whenever they like")
    if act.by in case.taken:
        raise CareRefused("yours already", "you look after them already")
    if act.by in case.vetoes | case.let_go:
        raise CareRefused("excluded", SOMEBODY_ELSE)
    if act.by in case.close:
        raise CareRefused("excluded", "you are close to each other: somebody else looks after them, and you stay close")
    mine = known.of(act.by)
    if mine is not None and mine.is_open and case.member in mine.supporters:
        raise CareRefused("excluded", "they look after you: the two of you would look after each other")
    if len(known.supported_by(act.by)) >= MOST_OPEN_CASES:
        raise CareRefused("excluded", "you look after as many as one person should: somebody else takes this one")
    if act.barred:
        raise CareRefused("excluded", f"you cannot look after them: {'; '.join(act.barred)}")
    if act.asks_consent and act.by not in case.wishes:
        raise CareRefused(
            "asks consent", f"whoever takes this {ASKS_CONSENT}: they say so (`wayhome care someone-else`)"
        )
    if not co and case.supporter is not None:
        raise CareRefused("taken", "somebody looks after them already: take it as the second one, or leave it to them")
    if co and case.supporter is None:
        raise CareRefused("no first", "nobody looks after them yet: take it as the first one")


def _with_ones_own(decision: CareDecision, known: Cases, act: CareAct, taken: Id) -> CareDecision:
    """The third case in thirty days opens a follow-up for whoever took it: they carry something too."""
    carried = [
        Taken(case.id, case.carried[act.by].at(act.zone).day)
        for case in known.cases.values()
        if act.by in case.carried and case.id != taken
    ]
    mine = own_case(known, act)
    draft = Draft(mine, act)
    last = mine.opened.at(act.zone).day if mine.opened is not None and mine.origin == "load" else None
    with refusing("no such zone"):
        load = for_load([*carried, Taken(taken, draft.today)], act.now, act.zone, last_opened=last)
    if load is None or mine.is_open:
        return decision
    draft.letters = list(decision.letters)
    if mine.opened is not None:
        draft.say(f.CaseReopened())
    open_case(draft, Opening(origin=load.origin, reasons=load.reasons, contacts=load.contacts))
    opened = draft.done()
    told = "three cases in thirty days are much: a follow-up is open for you as well, and somebody will ask how you are"
    return CareDecision(
        letters=opened.letters,
        leaves=decision.leaves,
        made=decision.made,
        tells=(*decision.tells, told),
        new_case_keys=(*decision.new_case_keys, *opened.new_case_keys),
    )


@decides(i.LeaveCase)
def leave_case(intent: i.LeaveCase, known: Cases, act: CareAct) -> CareDecision:
    case = looked_after(known, act, intent.case)
    draft = Draft(case, act)
    draft.supporters = tuple(one for one in case.supporters if one != act.by)
    draft.say(f.SupporterLeft(supporter=act.by))
    if case.is_open:
        draft.seek_owner()
        draft.set_contacts()
    draft.tells.append(
        "given back. It stands red until somebody has it, and you read nothing that is written from now on"
        if not draft.supporters
        else "given back: whoever else looks after them has it"
    )
    return draft.done(made=case.id)


@decides(i.DeclareCloseness)
def declare_closeness(intent: i.DeclareCloseness, known: Cases, act: CareAct) -> CareDecision:
    """Said by either of the two. Nothing ends by it: another is offered, and the member says what they want."""
    case = either(known, act, intent.case)
    close = case.supporter if act.by == case.member else act.by
    if close is None:
        raise CareRefused("nobody", "nobody looks after you, so there is nobody to be too close to")
    unkept(case, act, intent.words, "what you say of it")
    draft = Draft(case, act)
    said = words(intent.words, "what you say of it", most=1_000, empty=True)
    draft.say(f.ClosenessDeclared(words=said, person=close))
    draft.tells.append("noted: another supporter is offered. Nothing changes until the member says what they want")
    return draft.done()


@decides(i.MakePromise)
def make_promise(intent: i.MakePromise, known: Cases, act: CareAct) -> CareDecision:
    case = looked_after(known, act, intent.case)
    if intent.owner == case.member:
        raise CareRefused("themselves", "a promise goes to whoever can grant it, and that is not the member: name them")
    draft = Draft(case, act)
    promise = act.id("promise")
    said = words(intent.words, "the promise", most=500)
    draft.say(f.PromiseMade(promise=promise, words=said, owner=intent.owner))
    draft.tells.append("it goes to nobody until the member lets it")
    return draft.done(made=promise)


@decides(i.PassPromiseOn)
def pass_promise_on(intent: i.PassPromiseOn, known: Cases, act: CareAct) -> CareDecision:
    case = own_case(known, act)
    promise = case.promises.get(intent.promise)
    if promise is None or promise.owner is None:
        raise CareRefused("no such promise", "nobody promised you that: `wayhome care mine` shows what was promised")
    if promise.request is not None:
        raise CareRefused("passed on already", "that was passed on already: it lies before whoever can grant it")
    said = words(intent.words, "the request", most=500, empty=True) or promise.words
    draft = Draft(case, act)
    leaf = RequestForCare(member=act.by, key=act.id("request"), owner=promise.owner, words=said)
    draft.say(f.PromisePassedOn(promise=promise.id, request=leaf.request))
    draft.leaves.append(leaf)
    return draft.done(made=leaf.request)


# in confidence, to the desk


@decides(i.TellWorry)
def tell_worry(intent: i.TellWorry, known: Cases, act: CareAct) -> CareDecision:
    """Anybody may. It opens nothing and judges nobody; a carer looks."""
    if intent.about == act.by:
        raise CareRefused("yourself", "that is you: say it for yourself (`wayhome care check-in`), and somebody comes")
    said = words(intent.words, "your worry", most=2_000)
    worry = act.id("care letter", "0")
    fact = f.WorryTold(about=intent.about, words=said)
    letter = f.Letter(id=worry, case=worry, member=intent.about, by=act.by, at=act.now, fact=fact)
    told = "told in confidence to those who look after people; your command sees nothing of it, and neither do they"
    return CareDecision(letters=(letter,), made=worry, tells=(told,))


@decides(i.TakeWorry)
def take_worry(intent: i.TakeWorry, known: Cases, act: CareAct) -> CareDecision:
    at_the_desk(act, "taking a worry")
    worry = known.worries.get(intent.worry)
    if worry is None or worry.about == act.by:
        raise CareRefused("no such worry", "there is no such worry: `wayhome care worries` shows those there are")
    if worry.taken_by is not None:
        raise CareRefused("taken already", "somebody has it already")
    fact = f.WorryTaken(worry=worry.id)
    at = act.now if worry.at.ms < act.now.ms else Moment(worry.at.ms + 1, act.now.zone)
    letter = f.Letter(id=act.id("care letter", "0"), case=worry.id, member=worry.about, by=act.by, at=at, fact=fact)
    return CareDecision(letters=(letter,), made=worry.id)


@decides(i.AdmitCarer)
def admit_carer(intent: i.AdmitCarer, known: Cases, act: CareAct) -> CareDecision:
    """Let in by one who is in. Who is there, and who may be, is looked at where the keys are."""
    at_the_desk(act, "letting a carer in")
    if intent.carer in act.candidates.carers:
        raise CareRefused("in already", "they are at the desk of care already")
    return CareDecision(leaves=(LetCarerIn(member=act.by, key=act.id("carer let in"), carer=intent.carer),))
