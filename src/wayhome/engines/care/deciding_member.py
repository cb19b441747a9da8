"""Rules for what the member says of their own case: it begins, goes on, stops and is gone as they wish."""

from __future__ import annotations

from datetime import timedelta

from wayhome.engines.care import letters as f
from wayhome.engines.care import stated as i
from wayhome.engines.care.case import Case, Cases, case_of
from wayhome.engines.care.contacts import steering_of
from wayhome.engines.care.dates import ANSWERS, PACES, Steering
from wayhome.engines.care.deciding_common import (
    CareAct,
    CareDecision,
    CareRefused,
    Opening,
    at_the_desk,
    decides,
    looked_after,
    own_case,
    own_opened,
    words,
)
from wayhome.engines.care.drafting import NOBODY_YET, Draft
from wayhome.engines.care.leaving import GiveWords, NoteCareErased
from wayhome.values.ids import Id, MissionId


def open_case(draft: Draft, opening: Opening, follow_up: Id | None = None) -> None:
    """Opens a case, or adds a follow-up to it: contacts are planned, and carers are told that somebody is needed."""
    start = opening.contacts[0].day - timedelta(days=1) if opening.contacts else draft.today
    steering = Steering(pace=draft.case.pace)
    contacts = draft.planned(follow_up or "", start, steering)
    act = draft.act
    draft.say(
        f.CaseOpened(
            origin=opening.origin,
            reasons=opening.reasons,
            contacts=contacts,
            zone=draft.zone,
            profile=act.profile,
            follow_up=follow_up,
            start=start,
        )
    )
    draft.seek_owner()
    for due in contacts:
        if not due.quiet:
            draft.set_contact(due)


def opened_own(draft: Draft, origin: str = "asked") -> None:
    """Opens one's own case where nothing is open, reopens a closed one, and says so."""
    case = draft.case
    if case.opened is None:
        open_case(draft, Opening(origin=origin))
    elif not case.is_open:
        reopen(draft)
        draft.tells.append("your case was closed: it is open again")
    elif draft.act.desk and not case.ladders and case.answer != "no":
        announce(draft)


def announce(draft: Draft) -> None:
    """A case that was opened before anybody was at the desk of care is told to the desk now, and sought for."""
    case = draft.case
    for follow_up, opening in sorted(case.openings.items()):
        draft.say(
            f.CaseOpened(
                origin=case.origin,
                reasons=case.reasons,
                contacts=opening.contacts,
                zone=case.zone,
                profile=case.profile,
                follow_up=Id(follow_up) if follow_up else None,
                start=opening.start,
            )
        )
    draft.seek_owner()
    draft.set_contacts()


def reopen(draft: Draft) -> None:
    """Opens a closed case again; contacts are counted from today."""
    draft.say(f.CaseReopened())
    open_case(draft, Opening(origin=draft.case.origin))


@decides(i.AskForCare)
def ask_for_care(intent: i.AskForCare, known: Cases, act: CareAct) -> CareDecision:
    draft = Draft(own_case(known, act), act)
    was_open = draft.case.is_open
    opened_own(draft)
    if draft.case.answer in ("no", "later"):
        draft.say(f.OfferAnswered(answer="accept"))
    if draft.case.answer in ("no", "later") and was_open:
        draft.plan_anew(Steering(answer="accept", pace=draft.case.pace), one_soon=False)
    asked = f.Due(act.id("asked"), "asked for", draft.today, draft.today + timedelta(days=1))
    draft.agree(asked, "", at_once=True)
    draft.tells.append(_who_comes(draft))
    return draft.done(made=draft.case.id)


def _who_comes(draft: Draft) -> str:
    if draft.supporters:
        return "whoever looks after you is told that you asked"
    return "carers are told that you asked" if draft.act.candidates.carers else NOBODY_YET


@decides(i.BeginCase)
def begin_case(intent: i.BeginCase, known: Cases, act: CareAct) -> CareDecision:
    at_the_desk(act, "taking up a follow-up")
    if intent.member == act.by:
        raise CareRefused(
            "your own", "nobody takes up their own follow-up: ask for care for yourself, and somebody comes"
        )
    case = known.of(intent.member) or Case(case_of(intent.member), intent.member)
    if case.is_open and (intent.follow_up or "") in case.openings:
        raise CareRefused("begun already", "that is taken up already: `wayhome care desk` shows it")
    if case.is_open and intent.follow_up is None:
        raise CareRefused("begun already", "they are looked after already: `wayhome care desk` shows it")
    draft = Draft(case, act)
    if case.opened is not None and not case.is_open:
        draft.say(f.CaseReopened())
    open_case(draft, act.opening or Opening(origin="offered"), intent.follow_up)
    return draft.done(made=case.id)


@decides(i.AnswerCare)
def answer_care(intent: i.AnswerCare, known: Cases, act: CareAct) -> CareDecision:
    case = own_opened(known, act, intent.case)
    if intent.answer not in ANSWERS:
        raise CareRefused("no such answer", f"{intent.answer!r} is no answer: use one of {', '.join(ANSWERS)}")
    if intent.answer == "someone else":
        return someone_else(i.AskForSomeoneElse(case=intent.case), known, act)
    draft = Draft(case, act)
    until = intent.until if intent.answer == "later" else None
    if intent.answer == "later" and (until is None or until <= draft.today):
        raise CareRefused("later than when", "say from which day on contact is welcome: one after today")
    if not case.is_open and intent.answer == "accept":
        reopen(draft)
        draft.say(f.OfferAnswered(answer="accept"))
        draft.tells.append(_ANSWERED["accept"])
        return draft.done()
    draft.say(f.OfferAnswered(answer=intent.answer, until=until))
    no_since = (case.no_since or act.now).at(draft.zone).day
    draft.plan_anew(
        Steering(answer=intent.answer, answered=no_since, until=until, pace=case.pace),
        wipes=intent.answer in ("later", "no"),
    )
    draft.tells.append(_ANSWERED[intent.answer])
    return draft.done()


_ANSWERED = {
    "accept": "thank you: whoever looks after you will be in touch",
    "later": "nobody will be in touch before that day, unless you ask",
    "no": "nobody will be in touch. You are asked once more in three weeks and in three months, quietly, here; "
    "and you can change your mind on any day",
}


@decides(i.SetPace)
def set_pace(intent: i.SetPace, known: Cases, act: CareAct) -> CareDecision:
    case = own_opened(known, act, intent.case)
    if intent.pace not in PACES:
        raise CareRefused("no such pace", f"{intent.pace!r} is no pace: use one of {', '.join(PACES)}")
    draft = Draft(case, act)
    draft.say(f.PaceSet(pace=intent.pace))
    steering = steering_of(case, draft.zone)
    if case.is_open and case.answer != "no":
        draft.plan_anew(
            Steering(answer=steering.answer, answered=steering.answered, until=steering.until, pace=intent.pace)
        )
    return draft.done()


@decides(i.AskForSomeoneElse)
def someone_else(intent: i.AskForSomeoneElse, known: Cases, act: CareAct) -> CareDecision:
    case = own_opened(known, act, intent.case)
    if act.by in (intent.never, intent.wish):
        raise CareRefused("yourself", "name somebody besides yourself, or nobody at all")
    if intent.wish is not None and intent.wish == intent.never:
        raise CareRefused("both", "one person cannot be wished for and ruled out at once: name one of the two")
    draft = Draft(case, act)
    leaving = {intent.never} & set(case.supporters)
    if intent.never is None or intent.wish is not None:
        leaving |= set(case.supporters[:1]) - {intent.wish}
    draft.supporters = tuple(one for one in case.supporters if one not in leaving)
    for supporter in sorted(one for one in leaving if one):
        draft.say(f.SupporterLeft(supporter=supporter))
    if leaving or not case.supporters:
        draft.say(f.OfferAnswered(answer="someone else"))
    if intent.never is not None:
        draft.say(f.VetoSaid(against=intent.never))
    if intent.wish is not None:
        draft.say(f.WishSaid(person=intent.wish))
    if case.is_open and leaving:
        draft.seek_owner()
        draft.set_contacts()
    draft.tells.append("heard, and no reason is asked for: somebody else will be found")
    return draft.done()


@decides(i.AllowTicks)
def allow_ticks(intent: i.AllowTicks, known: Cases, act: CareAct) -> CareDecision:
    draft = Draft(own_opened(known, act, intent.case), act)
    draft.say(f.AccessAllowed(ticks=intent.ticks))
    return draft.done()


@decides(i.CloseCase)
def close_case(intent: i.CloseCase, known: Cases, act: CareAct) -> CareDecision:
    """The member at any time; a supporter only where no contact is ahead, or a follow-up would end unseen."""
    own = intent.case is None or intent.case == case_of(act.by)
    case = own_opened(known, act, intent.case) if own else looked_after(known, act, intent.case)
    if case.closed is not None and not case.open_flags:
        raise CareRefused("closed already", "it is closed, and opens again whenever the member likes")
    _nothing_stands(case)
    draft = Draft(case, act)
    ahead = [one for one in case.ladders.values() if one.what in ("contact", "owner") and one.off is None]
    if not own and ahead:
        raise CareRefused(
            "not over yet", "contacts are still ahead: only the member ends it sooner. You can give it back"
        )
    draft.say(f.CaseClosed())
    draft.tells.append("closed. It opens again on any day, without a reason")
    return draft.done()


def _nothing_stands(case: Case) -> None:
    """Refuses while somebody is being sought because the member is not safe: that is not ended by one person."""
    if case.open_flags:
        raise CareRefused(
            "not safe",
            "it was said that the member is not safe, and that stands until two people say it is over, of whom one is "
            "not the member (`wayhome care over`): then this can be done",
        )


@decides(i.ReopenCase)
def reopen_case(intent: i.ReopenCase, known: Cases, act: CareAct) -> CareDecision:
    case = own_opened(known, act, intent.case)
    if case.is_open:
        raise CareRefused("open already", "it is open: say what you need, whenever you like")
    draft = Draft(case, act)
    reopen(draft)
    draft.tells.append(_who_comes(draft))
    return draft.done(made=case.id)


@decides(i.EraseCase)
def erase_case(intent: i.EraseCase, known: Cases, act: CareAct) -> CareDecision:
    """Destroys every letter of the case at hand. Whether or not there were any, the record says the same."""
    case = own_case(known, act, intent.case)
    _nothing_stands(case)
    leaf = NoteCareErased(member=act.by, key=act.id("care erased"), on=act.now.day)
    told = (
        "destroyed, for good. Copies on a device that is out of reach, in a backup that was carried away, or in "
        "somebody's memory are not"
    )
    return CareDecision(leaves=(leaf,), destroys=tuple(case.letters), tells=(told,))


@decides(i.HoldWords)
def hold_words(intent: i.HoldWords, known: Cases, act: CareAct) -> CareDecision:
    """They open nothing and tell nobody: they lie there for the survivor alone."""
    draft = Draft(own_case(known, act), act)
    held = act.id("held")
    draft.say(f.WordsHeld(held=held, words=words(intent.words, "what you hold"), mission=Id(intent.mission)))
    return draft.done(made=held)


@decides(i.ReleaseWords)
def release_words(intent: i.ReleaseWords, known: Cases, act: CareAct) -> CareDecision:
    case = own_case(known, act)
    held = case.held.get(intent.held)
    if held is None:
        raise CareRefused("no such words", "you hold no such words: `wayhome care words` shows those you do")
    if held.released:
        raise CareRefused("released already", "those words went into the report already: what is there stays")
    given = words(intent.words, "what you release", empty=True) or held.words
    if given not in held.words:
        raise CareRefused("other words", "these are not words you hold: release all of them, or a part as it stands")
    draft = Draft(case, act)
    draft.say(f.WordsReleased(held=held.id, words=given))
    key = act.id("words given")
    draft.leaves.append(GiveWords(member=act.by, key=key, mission=MissionId(held.mission), words=given))
    return draft.done(made=held.id)
