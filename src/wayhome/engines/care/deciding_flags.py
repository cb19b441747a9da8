"""Rules for when somebody is not safe, and for whoever was told by a ladder."""

from __future__ import annotations

import msgspec

from wayhome.engines.care import ladder as ladders
from wayhome.engines.care import letters as f
from wayhome.engines.care import stated as i
from wayhome.engines.care.case import Case, Cases, Flag
from wayhome.engines.care.deciding_common import CareAct, CareDecision, CareRefused, decides
from wayhome.engines.care.drafting import Draft
from wayhome.engines.care.jurisdiction import jurisdiction_of
from wayhome.engines.care.screen import not_safe
from wayhome.values.ids import Id

NO_SUCH_FLAG = "nobody you look after is said to be in danger under that name: `wayhome care desk` shows who is"
NO_SUCH_LADDER = "you were told of nothing under that name: `wayhome care` shows what you were told of"


def raise_flag(draft: Draft) -> None:
    """The member is not safe: everybody who can be sought is, until a human being says that they have it.

    Where it was said before and nobody has it yet, that goes on. Where somebody has it they are told first, anew.
    """
    act, case = draft.act, draft.case
    draft.tells += not_safe(jurisdiction_of(act.profile, act.numbers), sent=True)
    if any(not (flag.owners or flag.close_said) for flag in case.open_flags):
        return
    flag = act.id("flag")
    draft.say(f.NotSafeSaid(flag=flag))
    owners = tuple(flag.owner for flag in case.open_flags if flag.owner is not None)
    sought = draft.sought()
    first = tuple(dict.fromkeys((*owners, *sought.supporters)))
    steps = ladders.not_safe_steps(msgspec.structs.replace(sought, supporters=first), act.now)
    draft.set_ladder(flag, "not safe", steps)
    if not (steps and act.desk):
        draft.tells.append("Wayhome knows nobody whom it could tell: call, or go to somebody, now")


def _flag(known: Cases, act: CareAct, named: Id) -> tuple[Case, Flag]:
    """A flag that whoever acts may have to do with: the member, who looks after them, the desk of care."""
    for case in known.cases.values():
        flag = case.flags.get(named)
        if flag is None or flag.at is None:
            continue
        candidates = act.candidates
        if act.by in (case.member, *case.supporters, *candidates.carers, *candidates.professionals):
            return case, flag
    raise CareRefused("no such flag", NO_SUCH_FLAG)


@decides(i.OwnFlag)
def own_flag(intent: i.OwnFlag, known: Cases, act: CareAct) -> CareDecision:
    case, flag = _flag(known, act, intent.flag)
    if act.by == case.member:
        raise CareRefused("your own", "somebody else has to have it: that is what it is for. Call, if nobody comes")
    if flag.closed:
        raise CareRefused("over", "that is over: two people have said so")
    if act.by in flag.owners:
        raise CareRefused("yours already", "you have it already, and everybody who looks sees so")
    draft = Draft(case, act)
    draft.say(f.FlagOwned(flag=flag.id))
    draft.tells.append("you have it. It stays open until you and somebody else have said that it is over")
    return draft.done(made=flag.id)


@decides(i.CloseFlag)
def close_flag(intent: i.CloseFlag, known: Cases, act: CareAct) -> CareDecision:
    """One word closes nothing, and neither does the member's own."""
    case, flag = _flag(known, act, intent.flag)
    if flag.closed:
        raise CareRefused("over", "that is over: two people have said so")
    if act.by in flag.close_said:
        raise CareRefused("said already", "you have said so already: a second person has to, and one is not the member")
    draft = Draft(case, act)
    draft.say(f.FlagCloseSaid(flag=flag.id))
    said = {*flag.close_said, act.by}
    over = len(said) >= 2 and bool(said - {case.member})
    draft.tells.append(
        "it is over: two people have said so" if over else "heard. It stays open until a second one says so"
    )
    return draft.done(made=flag.id)


@decides(i.AnswerLadder)
def answer_ladder(intent: i.AnswerLadder, known: Cases, act: CareAct) -> CareDecision:
    """Whoever was told sees to it: they are asked again in a day, and the others are told after that, once.

    Saying so a second time puts nothing off: else one who means well could put it off for ever.
    """
    ladder = known.ladder(intent.about)
    if ladder is None or act.by not in {step.to for step in ladder.steps} - {ladder.member}:
        raise CareRefused("no such call", NO_SUCH_LADDER)
    if ladder.what == "not safe":
        raise CareRefused("say that you have it", "somebody is not safe: say that you have it (`wayhome care own`)")
    if ladder.off is not None:
        raise CareRefused("over", "that is over: they were in touch, or it is not meant any more")
    draft = Draft(known.cases[ladder.case], act)
    number = max((one.number for one in ladder.rung.values() if one.to == act.by), default=0)
    draft.say(f.LadderAnswered(about=ladder.about, number=number))
    if act.by in ladder.answered:
        draft.tells.append("noted again. Whoever comes next is told all the same, unless you are in touch before")
    elif ladder.what in ("contact", "owner", "watch"):
        draft.set_ladder(ladder.about, ladder.what, ladders.answered_steps(ladder, act.by, act.now), to=ladder.readers)
    else:
        draft.call_off(ladder.about)
    return draft.done(made=ladder.about)
