"""The desk of care: who has no owner, who is not safe, worries told in confidence; and what leaves care."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from wayhome.cli import care_asking as asking
from wayhome.cli import find, typed
from wayhome.cli.context import UsageError, session
from wayhome.cli.show import done, table
from wayhome.cli.times import short
from wayhome.engines.care import stated as s
from wayhome.engines.care.shapes import CountsView, DeskCaseView
from wayhome.mission.intents.care import AnswerCareRequest, PublishCareCounts
from wayhome.mission.views.shapes import PublishedCountsView
from wayhome.values.ids import Id, handle

app = App(help="The desk of care.")


@app.command(name="desk")
def desk() -> None:
    """Lists, for admitted carers, every case: who owns it, who is not safe, whom nobody has. Never what was said.

    Example: wayhome care desk
    """
    table(
        asking.read("care_desk"),
        [
            ("CASE", lambda c: handle(c.case)),
            ("MEMBER", lambda c: c.member_name),
            ("OWNER", lambda c: c.owner_name or ("-" if c.closed else "NOBODY")),
            ("SINCE", lambda c: c.unowned_since or c.opened),
            ("NOT SAFE", _not_safe),
            ("SOUGHT", lambda c: [f"{whom}: {what}" for what, whom, _ in c.sought]),
            ("CLOSED", lambda c: c.closed),
        ],
        empty="no case is open",
    )


def _not_safe(case: DeskCaseView) -> str:
    return ", ".join(
        f"{flag.owner_name} has it" if flag.owner else f"NOBODY HAS IT [{handle(flag.flag)}]"
        for flag in case.flags
        if not flag.closed
    )


@app.command(name="waiting")
def waiting() -> None:
    """Lists what waits for you in care: what nobody has and what is late first.

    Example: wayhome care waiting
    """
    table(
        asking.read("care_waiting"),
        [
            ("", lambda w: "!" if w.red else " "),
            ("WHAT", lambda w: w.what),
            ("MEMBER", lambda w: w.member_name or "you"),
            ("WORDS", lambda w: w.words),
            ("DUE", lambda w: w.due),
        ],
        empty="nothing waits for you in care",
    )


@app.command(name="own")
def own(member: str = "") -> None:
    """Says that you have it: somebody is not safe, and you are with them or on the way.

    Example: wayhome care own Iruka
    """
    flag, name = _flag(member)
    asking.state(s.OwnFlag(flag=flag), f"You have it: go to {name}, or stay on the phone")


@app.command(name="over")
def over(member: str = "") -> None:
    """Says that it is over. Two people say so, and one of them is not the member.

    Example: wayhome care over Iruka
    """
    flag, _ = _flag(member)
    asking.state(s.CloseFlag(flag=flag), "Said: it is over when two people have said so")


def _flag(whose: str) -> tuple[Id, str]:
    """The open flag of a member and their name, of those one can see; `me` is one's own."""
    waits = [one for one in asking.read("care_waiting").value if one.what == "not safe"]
    flags = {one.about: one.member_name for one in waits}
    for case in asking.mine_and_theirs():
        named = "me" if case.mine else case.member_name
        flags |= {flag.flag: named for flag in case.flags if not flag.closed}
    return asking.one_of(
        whose, list(flags.items()), lambda one: (one[1], handle(one[0]), one[0]), "flag", "wayhome care waiting"
    )


@app.command(name="heard")
def heard(member: str = "") -> None:
    """Says that you were told that contact was missed, and see to it.

    Example: wayhome care heard Iruka
    """
    waits = [one for one in asking.read("care_waiting").value if one.what == "missed"]
    found = asking.one_of(
        member,
        waits,
        lambda one: (one.member_name, handle(one.about), one.about),
        "missed contact",
        "wayhome care waiting",
    )
    asking.state(s.AnswerLadder(about=found.about), f"You see to {found.member_name}")


@app.command(name="open-together")
def open_together(member: str, reason: str = "") -> None:
    """Lends your share of a case's key, as a named professional at a ladder's last step: two of you open it.

    The member reads who did, when and why.

    Example: wayhome care open-together Iruka "vital interests"

    Parameters
    ----------
    reason: one that the law of the place knows: a wrong one names those there are
    """
    waits = {one.case: one.member_name for one in asking.read("care_waiting").value if one.case}
    known = {one.case: one.member_name for one in asking.at_the_desk()} | waits
    case, name = asking.one_of(
        member, list(known.items()), lambda one: (one[1], handle(one[0]), one[0]), "case", "wayhome care waiting"
    )
    asking.state(s.OpenTogether(case=case, reason=reason), f"Lent, for {name}")


@app.command(name="admit")
def admit(carer: str) -> None:
    """Lets a carer in to the desk of care (by an admitted carer). The first to come in admits themselves.

    Example: wayhome care admit Sakura
    """
    asking.state(s.AdmitCarer(carer=asking.member(carer)), f"{carer} is in")


@app.command(name="worry")
def worry(about: str, *said: typed.FreeWord) -> None:
    """Tells the desk of care, in confidence, that you are worried about somebody. Command never sees it.

    Example: wayhome care worry Iruka "He has not eaten with us for a week."
    """
    intent = s.TellWorry(about=asking.member(about), words=typed.words(said))
    asking.state(intent, "Told in confidence: it is with the desk of care, and nowhere else")


@app.command(name="worries")
def worries() -> None:
    """Lists, for admitted carers, worries that were told in confidence.

    Example: wayhome care worries
    """
    table(
        asking.read("worries"),
        [
            ("WORRY", lambda w: handle(w.worry)),
            ("ABOUT", lambda w: w.about_name),
            ("WORDS", lambda w: w.words),
            ("BY", lambda w: w.by_name),
            ("WHEN", lambda w: w.at),
            ("HAS IT", lambda w: w.taken_by_name or "NOBODY"),
        ],
        empty="no worry was told",
    )


@app.command(name="take-worry")
def take_worry(about: str = "") -> None:
    """Takes a worry on: you speak with whoever told it, or with whom it is about.

    Example: wayhome care take-worry Iruka
    """
    open_ones = [one for one in asking.read("worries").value if one.taken_by is None]
    held = asking.one_of(
        about, open_ones, lambda w: (w.about_name, handle(w.worry), w.worry), "worry", "wayhome care worries"
    )
    asking.state(s.TakeWorry(worry=held.worry), "You have it")


@app.command(name="to-medic")
def to_medic() -> None:
    """Lists possible head injuries that were passed on to you as a medic.

    Example: wayhome care to-medic
    """
    table(
        asking.read("to_medic"),
        [
            ("ABOUT", lambda m: handle(m.about)),
            ("MEMBER", lambda m: m.member_name),
            ("WORDS", lambda m: m.words),
            ("WHEN", lambda m: m.at),
            ("SEEN TO", lambda m: m.done),
        ],
        empty="nothing was passed on to you",
    )


@app.command(name="handled")
def handled(member: str = "") -> None:
    """Says, as the medic, that you have seen to a possible head injury.

    Example: wayhome care handled Iruka
    """
    open_ones = [one for one in asking.read("to_medic").value if not one.done]
    held = asking.one_of(
        member, open_ones, lambda m: (m.member_name, handle(m.about), m.about), "head injury", "wayhome care to-medic"
    )
    asking.state(s.HandleHeadInjury(about=held.about), "Seen to")


@app.command(name="counts")
def counts(quarter: str = "", *, publish: Annotated[bool, Parameter(negative="")] = False) -> None:
    """Shows what was published; with a closed quarter, for admitted carers, what may be: nobody can be picked out.

    Example: wayhome care counts 2026-Q1 --publish

    Parameters
    ----------
    publish: publish it, once and for good: everybody reads it
    """
    if not quarter:
        table(
            session().read("published_counts"),
            [("QUARTER", lambda c: c.quarter), ("COUNTS", _counted)],
            empty="no counts of care were published",
        )
        return
    seen = asking.read("care_counts", quarter=quarter)
    if publish:
        (held,) = seen.value
        done(session().do(PublishCareCounts(quarter=held.quarter, counts=held.counts)), f"Published for {quarter}")
        return
    table(
        seen,
        [("QUARTER", lambda c: c.quarter), ("COUNTS", _counted), ("LEFT OUT", lambda c: c.hidden)],
        empty="nothing to count",
    )


def _counted(view: CountsView | PublishedCountsView) -> list[str]:
    return [f"{name}: {number}" for name, number in view.counts]


# what leaves care


@app.command(name="requests")
def requests() -> None:
    """Lists requests in agreed words: those put to you, and your own.

    Example: wayhome care requests
    """
    table(
        session().read("care_requests"),
        [
            ("REQUEST", lambda r: handle(r.request)),
            ("FROM", lambda r: r.member_name),
            ("TO", lambda r: r.owner_name),
            ("WORDS", lambda r: r.words),
            ("GRANTED", lambda r: "open" if r.granted is None else r.granted),
            ("ANSWER", lambda r: r.answer),
        ],
        empty="no requests",
    )


ANSWERS = {"granted": True, "refused": False}


@app.command(name="answer-request")
def answer_request(request: str, said: str, *words: typed.FreeWord) -> None:
    """Answers a request that was put to you: granted or refused.

    Example: wayhome care answer-request Iruka granted "from June on"
    """
    if said.strip().casefold() not in ANSWERS:
        raise UsageError(f"{short(said)}: say granted or refused")
    me = session()
    open_ones = [one for one in me.read("care_requests").value if one.owner == me.viewer and one.granted is None]
    held = find.pick(
        request, open_ones, lambda r: (r.member_name, handle(r.request), r.request), "request", "wayhome care requests"
    )
    intent = AnswerCareRequest(
        request=Id(held.request), granted=ANSWERS[said.strip().casefold()], words=typed.words(words)
    )
    done(me.do(intent), f"Answered: {said}")


@app.command(name="contacts")
def contacts() -> None:
    """Lists on which days somebody was in touch: of you, and for command of members who let it see so much.

    Example: wayhome care contacts
    """
    table(
        session().read("contact_ticks"),
        [("MEMBER", lambda t: t.member_name), ("IN TOUCH ON", lambda t: t.on)],
        empty="none that you can see",
    )


@app.command(name="visits")
def visits() -> None:
    """Lists minutes of duty spent on visits, never to whom: your own, and for command everybody's.

    Example: wayhome care visits
    """
    table(
        session().read("visits"),
        [("WHO", lambda one: one.member_name), ("ON", lambda one: one.on), ("MINUTES", lambda one: one.minutes)],
        empty="no visits",
    )


words = App(name="words", help="Your own words about a mission: yours alone until you release them.")
app.command(words)


@words.command(name="list")
def list_words() -> None:
    """Lists your own words that you hold back, and what you released of them.

    Example: wayhome care words list
    """
    table(
        asking.read("held_words"),
        [
            ("HELD", lambda h: handle(h.held)),
            ("MISSION", lambda h: h.mission_name),
            ("WORDS", lambda h: h.words),
            ("RELEASED", lambda h: h.released),
        ],
        empty="you hold no words back",
    )


@words.command(name="hold")
def hold_words(mission: str, *said: typed.FreeWord) -> None:
    """Keeps words of yours about a mission, for nobody else to read until you release them.

    Example: wayhome care words hold "Ahead of the jounin" "He was a child."
    """
    intent = s.HoldWords(mission=find.mission(session(), mission), words=typed.words(said))
    asking.state(intent, "Kept: yours alone until you release them")


@words.command(name="release")
def release_words(held: str = "", *said: typed.FreeWord) -> None:
    """Lets words go into the report, as they were or as you say them here.

    Example: wayhome care words release K7QF2M "We met somebody who barred the way."
    """
    open_ones = [one for one in asking.read("held_words").value if not one.released]
    found = asking.one_of(
        held, open_ones, lambda h: (handle(h.held), h.held, h.mission_name), "words", "wayhome care words list"
    )
    asking.state(s.ReleaseWords(held=found.held, words=typed.words(said)), "Given to the report")
