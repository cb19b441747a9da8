"""Rules for being in touch: the day that was agreed, the contact, the check-in, and what else was seen or refused."""

from __future__ import annotations

from datetime import date, timedelta

from wayhome.engines.care import letters as f
from wayhome.engines.care import stated as i
from wayhome.engines.care.case import Cases
from wayhome.engines.care.deciding_common import (
    CareAct,
    CareDecision,
    CareRefused,
    decides,
    either,
    looked_after,
    no_record,
    unkept,
    words,
)
from wayhome.engines.care.deciding_flags import raise_flag
from wayhome.engines.care.deciding_member import opened_own
from wayhome.engines.care.drafting import Draft
from wayhome.engines.care.leaving import CountVisit
from wayhome.engines.care.screen import VALUES
from wayhome.values.when import Moment

MOST_MINUTES = 24 * 60
FARTHEST_DAYS = 732
WAYS = ("in person", "call", "message", "visit", "walk", "meal", "letter", "radio")
REFUSABLE = ("treatment", "counselling", "contact")
ASKS_FOR_SOMEBODY = ("orange", "red")
NOT_KEPT = (
    "the law here lets nothing you answered be kept: only that you were in touch. If you need something, say it to them"
)


@decides(i.AgreeContact)
def agree_contact(intent: i.AgreeContact, known: Cases, act: CareAct) -> CareDecision:
    draft = Draft(either(known, act, intent.case), act)
    opened_own(draft)
    _agree(draft, intent.day, intent.by_way_of)
    return draft.done()


def _agree(draft: Draft, day: date, by_way_of: str) -> None:
    if day < draft.today:
        raise CareRefused("past", f"{day.isoformat()} is past: agree on a day from today on")
    if (day - draft.today).days > FARTHEST_DAYS:
        raise CareRefused("too far", f"{day.isoformat()} is more than two years ahead: agree on a nearer day")
    due = draft.due_on(day, "agreed", day)
    draft.agree(due, words(by_way_of, "how you meet", most=100))
    for contact in draft.case.agreed.values():
        if contact.due.name == "agreed" and contact.due.id != due.id and contact.due.day > draft.today:
            draft.drop(contact.due)


@decides(i.NoteContact)
def note_contact(intent: i.NoteContact, known: Cases, act: CareAct) -> CareDecision:
    case = either(known, act, intent.case)
    if case.opened is None and case.member == act.by:
        raise CareRefused("nothing open", "nobody looks after you yet: a check-in opens a case whenever you like")
    if not 0 <= intent.minutes <= MOST_MINUTES:
        raise CareRefused("how long", f"{intent.minutes} minutes: give from 0 to a day")
    unkept(case, act, intent.words, "what was said")
    draft = Draft(case, act)
    draft.say(
        f.ContactMade(
            due=draft.settle(),
            by_way_of=words(intent.by_way_of, "how you met", most=100),
            words=words(intent.words, "what was said", empty=True),
            minutes=intent.minutes,
        )
    )
    if intent.minutes and act.by != case.member:
        key = act.id("visit counted")
        draft.leaves.append(CountVisit(member=act.by, key=key, minutes=intent.minutes, on=act.now.day))
    if intent.next_day is not None:
        _agree(draft, intent.next_day, intent.by_way_of)
    return draft.done()


@decides(i.CheckIn)
def check_in(intent: i.CheckIn, known: Cases, act: CareAct) -> CareDecision:
    """Four taps, each of which may be left out. *Not safe* is heard whatever else is wrong with what was sent."""
    case = either(known, act, intent.case)
    not_safe = intent.safe is False
    _known_answers(intent)
    silent = no_record(case, act)
    if not not_safe:
        unkept(case, act, intent.words, "what you wrote")
    draft = Draft(case, act)
    if case.member == act.by:
        opened_own(draft)
    due = draft.settle()
    if silent:
        draft.say(f.ContactMade(due=due, by_way_of="check-in"))
        if any((intent.sleep, intent.colour, intent.need, intent.words.strip())):
            draft.tells.append(NOT_KEPT)
    else:
        draft.say(_checked_in(intent, draft))
    if not_safe:
        raise_flag(draft)
    elif intent.safe and case.open_flags:
        draft.tells.append("good to hear. It stays open all the same until two people say that it is over")
    if not silent and not not_safe and _wants_somebody(intent):
        asked = f.Due(act.id("asked"), "asked for", draft.today, draft.today + timedelta(days=1))
        draft.agree(asked, "", at_once=True)
    return draft.done()


def _known_answers(intent: i.CheckIn) -> None:
    """Refuses an answer that no question has; never where somebody is not safe."""
    for question in ("sleep", "colour", "need"):
        given = getattr(intent, question)
        if given is not None and given not in VALUES[question] and intent.safe is not False:
            options = ", ".join(VALUES[question])
            raise CareRefused("no such answer", f"{question} {given!r} is no answer: use one of {options}, or none")


def _checked_in(intent: i.CheckIn, draft: Draft) -> f.CheckedIn:
    """A phone whose clock is ahead did not tap in the future: it counts as now."""
    typed = intent.typed_at
    typed_at = Moment(min(typed.ms, draft.act.now.ms), draft.zone) if typed else None
    kept = {
        question: given
        for question in ("sleep", "colour", "need")
        if (given := getattr(intent, question)) in VALUES[question]
    }
    return f.CheckedIn(
        safe=intent.safe,
        sleep=kept.get("sleep"),
        colour=kept.get("colour"),
        need=kept.get("need"),
        words=_what_fits(intent),
        typed_at=typed_at,
    )


def _what_fits(intent: i.CheckIn) -> str:
    """The words; where somebody is not safe they are cut rather than refused."""
    if intent.safe is False:
        return "".join(one for one in intent.words.strip()[:2_000] if ord(one) >= 32 or one == "\n")
    return words(intent.words, "what you wrote", most=2_000, empty=True)


def _wants_somebody(intent: i.CheckIn) -> bool:
    return intent.need not in (None, "nothing") or intent.colour in ASKS_FOR_SOMEBODY


@decides(i.RecordRefusal)
def record_refusal(intent: i.RecordRefusal, known: Cases, act: CareAct) -> CareDecision:
    """Recorded as a refusal and as nothing else; it sets nothing going, and closes nothing."""
    case = either(known, act, intent.case)
    if intent.what not in REFUSABLE:
        raise CareRefused(
            "no such refusal", f"{intent.what!r} cannot be refused here: use one of {', '.join(REFUSABLE)}"
        )
    unkept(case, act, intent.what, "that something was refused")
    draft = Draft(case, act)
    if case.member == act.by:
        opened_own(draft)
    draft.say(f.RefusalRecorded(what=intent.what))
    return draft.done()


@decides(i.NoteSigns)
def note_signs(intent: i.NoteSigns, known: Cases, act: CareAct) -> CareDecision:
    """What was seen, apart from what the member says. Of a possible head injury a medic is told, and only of that."""
    case = looked_after(known, act, intent.case)
    medic = intent.medic
    if intent.head and medic is None:
        raise CareRefused("which medic", "a possible head injury goes to a medic: say to whom")
    if medic is not None and (medic not in act.candidates.medics or medic == case.member):
        raise CareRefused("no such medic", "that is no medic who could see them: name somebody with that duty")
    draft = Draft(case, act)
    if intent.head and medic is not None:
        passed = f.HeadInjuryPassedOn(words="possible head injury: should be looked at soon")
        draft.say(passed, to=(medic,))
        draft.tells.append("the medic is told of a possible head injury, and of nothing else")
    if no_record(case, act):
        if not intent.head:
            unkept(case, act, intent.words, "what was seen")
        draft.tells.append("what was seen is not kept: the law here does not allow it")
        return draft.done()
    draft.say(f.SignsSeen(words=words(intent.words, "what was seen"), head=intent.head, medic=medic))
    return draft.done()


@decides(i.HandleHeadInjury)
def handle_head_injury(intent: i.HandleHeadInjury, known: Cases, act: CareAct) -> CareDecision:
    passed = known.to_medic.get(intent.about)
    if passed is None or passed.medic != act.by:
        raise CareRefused("no such case", "nothing of that kind was passed on to you: `wayhome care medic` lists it")
    if passed.done:
        raise CareRefused("done already", "you have seen to it already")
    letter = f.Letter(
        id=act.id("care letter", "0"),
        case=passed.case,
        member=passed.member,
        by=act.by,
        at=act.now if passed.at.ms < act.now.ms else Moment(passed.at.ms + 1, act.now.zone),
        fact=f.MedicalHandled(about=passed.id),
        to=(passed.by,),
    )
    return CareDecision(letters=(letter,), made=passed.id)
