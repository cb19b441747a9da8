"""`wayhome duty`: on and off duty, with how one slept; what follows from it, and limits that were agreed."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import find, times
from wayhome.cli.context import here, session
from wayhome.cli.pages import facts, page
from wayhome.cli.show import done, put, table, words
from wayhome.mission.intents.care import EndLimit, SignOffDuty, SignOnDuty
from wayhome.mission.views.shapes import DutyLimitView
from wayhome.usecases.fitness import MyDuty
from wayhome.values.ids import Id, handle

HELP = """On and off duty, and how fit for it.

How you slept is your own word, and never leaves you: whoever sends people reads fit, caution, impaired or unknown, and
why. Nothing of care is read for it. What you do not say is unknown, and never held for rested.
"""

app = App(name="duty", help=HELP)


@app.command(name="on")
def on(
    member: str = "me",
    *,
    slept: float | None = None,
    slept_two_days: float | None = None,
    awake_since: str = "",
    worked: float | None = None,
    channel: str = "",
) -> None:
    """Comes on duty, and says how one slept. Everything may be left out. Said again, it takes the place of the last.

    Example: wayhome duty on --slept 6.5 --awake-since 05:30 --worked 8
    Example: wayhome duty on Kiba --slept 4 --channel radio

    Parameters
    ----------
    slept: hours of sleep in the last 24
    slept_two_days: hours of sleep in the last 48
    awake_since: when you woke, such as 05:30
    worked: hours of other work and travel in the last 24, a paid job included
    channel: how it reached you, where you type it for somebody else
    """
    me = session()
    intent = SignOnDuty(
        member=find.member(me, member),
        slept_24h=slept,
        slept_48h=slept_two_days,
        woke=times.moment(awake_since, me.now()) if awake_since else None,
        worked_h=worked,
        channel=channel,
    )
    done(me.do(intent), f"{_who(member)} on duty")


@app.command(name="off")
def off(member: str = "me", *, driving: bool = False, channel: str = "") -> None:
    """Goes off duty. Whoever means to drive home and is too tired for it is told so; it bars nothing.

    Example: wayhome duty off --driving

    Parameters
    ----------
    driving: you mean to drive home yourself
    channel: how it reached you, where you type it for somebody else
    """
    me = session()
    intent = SignOffDuty(member=find.member(me, member), driving=driving, channel=channel)
    done(me.do(intent), f"{_who(member)} off duty")


def _who(member: str) -> str:
    return "You are" if member.casefold() == "me" else f"{member} is"


@app.default
@app.command(name="show")
def show() -> None:
    """Shows one's own hours as one said them, and what follows from them. Nobody else sees the hours of sleep.

    Example: wayhome duty show
    """
    page(session().read("my_duty"), _show)


def _show(held: MyDuty) -> None:
    said, fit = held.said, held.fitness
    if said is None:
        put("you have not been on duty yet: `wayhome duty on` signs on")
        return
    facts(
        [
            ("ON DUTY SINCE", said.since),
            ("OFF SINCE", said.off),
            ("SAID", said.said),
            ("SLEPT IN 24 H", _hours(said.slept_24h)),
            ("SLEPT IN 48 H", _hours(said.slept_48h)),
            ("AWAKE SINCE", said.woke or "not said"),
            ("OTHER WORK", _hours(said.worked_h)),
        ]
    )
    if fit is not None:
        put(f"{fit.verdict}: {'; '.join(fit.reasons)}")
        put(f"  rests on {fit.rests_on}; {fit.sure}")
        if fit.asks_from is not None:
            put(f"  caution from {words(fit.asks_from)} on")
        for source in fit.sources:
            put(f"  by: {source}")


def _hours(value: float | None) -> str:
    return "not said" if value is None else f"{value:g} h"


@app.command(name="fitness")
def fitness() -> None:
    """Lists how fit everybody on duty is by their own word: oneself, and for whoever sends people, all.

    Example: wayhome duty fitness
    """
    table(
        session().read("fitness"),
        [
            ("MEMBER", lambda one: one.member_name),
            ("FITNESS", lambda one: one.verdict),
            ("WHY", lambda one: "; ".join(one.reasons)),
            ("ON DUTY SINCE", lambda one: one.since),
            ("CAUTION FROM", lambda one: one.asks_from),
            ("HOW SURE", lambda one: one.sure),
        ],
        empty="nobody is signed on for duty whom you can see",
    )


@app.command(name="limits")
def limits() -> None:
    """Lists limits that members agreed to: one's own, and for whoever sends people, all.

    What a limit rests on is nowhere in it. Past its day it holds until its member says otherwise.

    Example: wayhome duty limits
    """
    table(
        session().read("duty_limits"),
        [
            ("LIMIT", lambda one: handle(one.limit)),
            ("MEMBER", lambda one: one.member_name),
            ("ONLY WITH", lambda one: one.partner_name),
            ("WORDS", lambda one: one.words),
            ("UNTIL", lambda one: one.until),
            ("", lambda one: "asks: past its day" if one.asks else ""),
        ],
        empty="no limits that you can see",
    )
    if not here().as_json:
        put("`wayhome duty end-limit LIMIT` ends one of your own")


@app.command(name="end-limit")
def end_limit(limit: str) -> None:
    """Ends a limit of one's own. No reason is asked.

    Example: wayhome duty end-limit K7QF2M
    """
    me = session()
    mine = [one for one in me.read("duty_limits").value if one.member == me.viewer]
    listing = "wayhome duty limits"
    found: DutyLimitView = find.pick(limit, mine, lambda one: (handle(one.limit), one.limit), "limit", listing)
    done(me.do(EndLimit(limit=Id(found.limit), member=me.viewer)), "Ended")
