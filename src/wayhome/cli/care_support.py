"""Looking after somebody: taking a case on, contacts, signs, watches, promises, the way back."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from wayhome.access.seen import Seen
from wayhome.cli import care_asking as asking
from wayhome.cli import care_shown as shown
from wayhome.cli import times, typed
from wayhome.cli.context import UsageError, here, session
from wayhome.cli.show import put, put_json, table
from wayhome.engines.care import stated as s
from wayhome.engines.care.shapes import CaseView, SupportersView
from wayhome.values.ids import Id, handle

app = App(help="Looking after somebody.")
Flag = Annotated[bool, Parameter(negative="")]


@app.command(name="cases")
def cases() -> None:
    """Lists whom you look after: the next contact, and whether anybody is not safe.

    Example: wayhome care cases
    """
    table(
        asking.read("care_cases"),
        [
            ("CASE", lambda c: handle(c.case)),
            ("MEMBER", lambda c: c.member_name),
            ("STATE", lambda c: c.state),
            ("NOT SAFE", lambda c: any(not flag.closed for flag in c.flags)),
            ("NEXT CONTACT", _next_contact),
            ("PACE", lambda c: c.pace),
        ],
        empty="you look after nobody at present",
    )


def _next_contact(case: CaseView) -> str:
    ahead = [one for one in case.contacts if one.state not in ("made", "missed")]
    return f"{ahead[0].day.isoformat()} ({ahead[0].state})" if ahead else ""


@app.command(name="show")
def show_case(member: str) -> None:
    """Shows a case whole. The member reads in their own who opened it, and when.

    Example: wayhome care show Iruka
    """
    case = asking.case_of(member)
    seen: Seen[CaseView | None] = asking.read("care_case", case=case) if case else asking.read("my_care")
    if here().as_json:
        put_json(seen.value)
        return
    for line in shown.case_lines(seen.value) if seen.value is not None else ():
        put(line)


@app.command(name="begin")
def begin(member: str, follow_up: str = "") -> None:
    """Takes up a follow-up that opened by itself (for admitted carers): the member is offered contact.

    Example: wayhome care begin Iruka

    Parameters
    ----------
    follow_up: which, where the member has several: the letters that `wayhome care list` shows
    """
    who = asking.member(member)
    theirs = [one for one in session().read("follow_ups").value if one.member == who]
    if follow_up:
        theirs = [one for one in theirs if follow_up.upper() == handle(one.follow_up)]
        if not theirs:
            raise UsageError(f"{member} has no follow-up {times.short(follow_up)}: `wayhome care list` shows them")
    intent = s.BeginCase(member=who, follow_up=theirs[-1].follow_up if theirs else None)
    asking.state(intent, f"Begun for {member}: the offer is theirs to answer")


@app.command(name="supporters")
def supporters(member: str) -> None:
    """Proposes who could look after somebody, with reasons; and says why others may not.

    Example: wayhome care supporters Iruka
    """
    seen: Seen[SupportersView] = asking.read("supporters", case=asking.case_of(member))
    if here().as_json:
        put_json(seen.value)
        return
    for number, one in enumerate(seen.value.fitting, start=1):
        put(f"{number}. {one.name}: {'; '.join(one.reasons)}")
    if seen.value.nobody:
        put(seen.value.nobody)
    for one in seen.value.excluded:
        put(f"not {one.name}: {'; '.join(one.reasons)}")


@app.command(name="take")
def take(member: str, *, second: Flag = False) -> None:
    """Takes a case on: from now on you look after them. --second makes you the one beside the supporter.

    Example: wayhome care take Iruka
    """
    asking.state(s.TakeCase(case=asking.case_to_own(member), co=second), f"You look after {member}")


@app.command(name="leave")
def leave(member: str) -> None:
    """Gives a case back. It is red at the desk of care until somebody else has it.

    Example: wayhome care leave Iruka
    """
    asking.state(s.LeaveCase(case=asking.case_to_own(member)), f"Given back: somebody else is sought for {member}")


@app.command(name="close-to")
def close_to(member: str, *said: typed.FreeWord) -> None:
    """Declares that you are close, or have become so: then another is offered, and nobody is blamed.

    Example: wayhome care close-to Iruka "we are together now"
    """
    intent = s.DeclareCloseness(case=asking.case_to_own(member), words=typed.words(said))
    asking.state(intent, "Declared: somebody else is offered")


@app.command(name="agree")
def agree(member: str, day: str, *, by: str = "in person") -> None:
    """Notes when the two of you are in touch next. `me` is for your own.

    Example: wayhome care agree Iruka 2026-05-27 --by "a meal out"
    """
    intent = s.AgreeContact(day=times.day(day, session().now()), by_way_of=by, case=asking.case_of(member))
    asking.state(intent, f"Agreed: {intent.day.isoformat()}, {by}")


@app.command(name="contact")
def contact(member: str, *said: typed.FreeWord, by: str = "in person", minutes: int = 0, next: str = "") -> None:
    """Notes that you were in touch. What was said is never asked for; minutes count as your duty.

    Example: wayhome care contact Iruka --by "a walk" --minutes 90 --next 2026-06-03
    """
    intent = s.NoteContact(
        by_way_of=by,
        words=typed.words(said),
        minutes=minutes,
        next_day=times.day(next, session().now()) if next else None,
        case=asking.case_of(member),
    )
    asking.state(intent, f"In touch with {member}")


@app.command(name="signs")
def signs(member: str, *said: typed.FreeWord, head: Flag = False, medic: str = "") -> None:
    """Notes what you saw, apart from what they say. --head passes a possible head injury on to a medic.

    Example: wayhome care signs Iruka "pale, dried blood near the hairline" --head --medic Sakura
    """
    intent = s.NoteSigns(
        words=typed.words(said),
        head=head,
        medic=asking.member(medic) if medic else None,
        case=asking.case_to_own(member),
    )
    asking.state(intent, "Noted, apart from what they say")


@app.command(name="refused")
def refused(member: str, what: str) -> None:
    """Records that treatment, counselling or contact was refused; that, and no more.

    Example: wayhome care refused Iruka treatment
    """
    asking.state(s.RecordRefusal(what=what, case=asking.case_of(member)), f"Recorded: refused {what}")


@app.command(name="promise")
def promise(member: str, before: str, *said: typed.FreeWord) -> None:
    """Notes what you said you could do, and before whom it would go. The member passes it on, or not.

    Example: wayhome care promise Iruka Tsunade "I could ask her to send us out together."
    """
    intent = s.MakePromise(words=typed.words(said), owner=asking.member(before), case=asking.case_to_own(member))
    asking.state(intent, "Noted: it goes out only when they pass it on")


@app.command(name="stage")
def stage(member: str, to: str, *, partner: str = "", until: str = "") -> None:
    """Notes a stage of the way back, as agreed: observe, base, 'short with partner', full, 'other role', 'stays off'.

    Example: wayhome care stage Iruka "short with partner" --partner Kakashi

    Parameters
    ----------
    member: whom; `me` for your own: a step back needs nobody's word but yours
    partner: who goes along and steps in where needed
    until: to which day
    """
    intent = s.SetStage(
        stage=to,
        partner=asking.member(partner) if partner else None,
        until=times.day(until, session().now()) if until else None,
        case=asking.case_of(member),
    )
    asking.state(intent, f"Way back: {to}")


@app.command(name="limit")
def limit(member: str, until: str, *said: typed.FreeWord, partner: str = "", clinician: str = "") -> None:
    """Proposes a duty limit in the words that tasking would get. It holds once the member agrees.

    Example: wayhome care limit Iruka 2026-06-01 "only short tasks" --partner Kakashi
    """
    intent = s.ProposeLimit(
        words=typed.words(said),
        until=times.day(until, session().now()),
        partner=asking.member(partner) if partner else None,
        clinician=asking.member(clinician) if clinician else None,
        case=asking.case_to_own(member),
    )
    asking.state(intent, "Proposed: it holds once they agree")


watch = App(name="watch", help="Somebody keeps an eye on a person or place, with consent or for danger to life.")
app.command(watch)


@watch.command(name="set")
def set_watch(member: str, watcher: str, over: str, *, every: float = 12, danger: str = "", until: str = "") -> None:
    """Sets a watch. Without the member's consent it needs a stated danger to life (--danger).

    Example: wayhome care watch set Iruka Pakkun "his flat" --every 12

    Parameters
    ----------
    over: what is watched, in words
    every: hours; silence longer than that is a report by itself
    danger: the danger to life, where there is no consent
    until: when the watch ends
    """
    intent = s.SetWatch(
        watcher=asking.member(watcher),
        over=over,
        every_hours=every,
        danger=danger,
        until=times.until(until, session().now()) if until else None,
        case=asking.case_of(member),
    )
    asking.state(intent, f"Watch set: {watcher} over {over}")


@watch.command(name="report")
def report_watch(watch: str = "", *said: typed.FreeWord, change: Flag = False) -> None:
    """Reports from a watch: that nothing changed, or with --change what did.

    Example: wayhome care watch report K7QF2M "he went out for bread" --change
    """
    held = _watch(watch)
    asking.state(s.ReportWatch(watch=held, change=change, words=typed.words(said)), "Reported")


@watch.command(name="end")
def end_watch(watch: str = "") -> None:
    """Ends a watch.

    Example: wayhome care watch end
    """
    asking.state(s.EndWatch(watch=_watch(watch)), "Watch ended")


def _watch(which: str) -> Id:
    """A watch that one keeps, or that is kept for somebody one looks after."""
    kept = [(one.about, one.words, one.member_name) for one in asking.read("care_waiting").value if one.what == "watch"]
    seen = [(one.watch, one.over, case.member_name) for case in asking.mine_and_theirs() for one in case.watches
            if not one.ended]  # fmt: skip
    watches = list({watch: (watch, over, member) for watch, over, member in (*kept, *seen)}.values())
    found = asking.one_of(
        which, watches, lambda one: (one[2], handle(one[0]), one[1], one[0]), "watch", "wayhome care waiting"
    )
    return Id(found[0])
