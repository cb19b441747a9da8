"""`wayhome care`: who needs looking after, and how. Most commands stand in the parts."""

from __future__ import annotations

from cyclopts import App

from wayhome.access.seen import Seen
from wayhome.cli import care_desk, care_mine, care_support, find, typed
from wayhome.cli.context import here, session
from wayhome.cli.show import done, put, table
from wayhome.mission.intents.people import LookInOn
from wayhome.mission.views.shapes import FollowUpView
from wayhome.usecases.left_behind import LeftBehindView
from wayhome.values.ids import handle

HELP = """Who needs looking after.

Follow-ups open by themselves after what people went through. What is said in care is sealed to those it is for: neither
command nor whoever runs the server can open it, and your password is asked for where its keys are not in memory.
"""

app = App(name="care", help=HELP)
for _part in (care_mine, care_support, care_desk):
    app.command(_part.app, name="*")


@app.default
@app.command(name="list")
def listing(*, mine: bool = False) -> None:
    """Lists follow-ups: one's own, and those that a carer keeps. Command sees none of them.

    Example: wayhome care list --mine

    Parameters
    ----------
    mine: only one's own
    """
    me = session()
    seen: Seen[tuple[FollowUpView, ...]] = me.read("follow_ups")
    table(
        seen,
        [
            ("FOLLOW-UP", lambda f: handle(f.follow_up)),
            ("MEMBER", lambda f: "you" if f.member == me.viewer else f.member_name),
            ("OPENED", lambda f: f.at),
            ("AFTER", lambda f: f.reasons),
            ("CONTACT ON", lambda f: f.contacts),
        ],
        empty="no follow-ups that are yours to see",
        keep=lambda f: not mine or f.member == me.viewer,
    )
    if not here().as_json and not mine:
        put("`wayhome care begin MEMBER` takes one up; `wayhome care mine` shows your own")


@app.command(name="left-behind")
def left_behind() -> None:
    """Lists, for carers, who is without somebody they depend on, since when, and whether somebody looked in.

    It is made of what everybody may know: who is said to be away, and the bonds that were stated.

    Example: wayhome care left-behind
    """
    seen: Seen[tuple[LeftBehindView, ...]] = session().read("left_behind")
    table(
        seen,
        [
            ("MEMBER", lambda one: one.member_name),
            ("WITHOUT", lambda one: one.without_name),
            ("WHO", lambda one: [SAID[bond] for bond in one.bonds]),
            ("IS", lambda one: one.status),
            ("SINCE", lambda one: one.since),
            ("UNTIL", lambda one: one.until),
            ("LOOKED IN", lambda one: one.looked_in),
            ("BY", lambda one: one.by_name),
        ],
        empty="nobody is left behind whom you keep",
    )


SAID = {"teaches": "teaches them", "steadies": "steadies them", "kin": "is kin", "promise": "gave them a promise"}
"""What somebody who is away is to whoever is left behind."""


@app.command(name="look-in")
def look_in(member: str, without: str, *said: typed.FreeWord) -> None:
    """Notes that somebody was looked in on while another is away. Carers and the member read it, command never.

    Example: wayhome care look-in Sakura Sai "she would like company on Thursdays"

    Parameters
    ----------
    without: who is away
    said: how it went, in whatever words, or none
    """
    me = session()
    who, gone = find.member(me, member), find.member(me, without)
    done(me.do(LookInOn(member=who, without=gone, words=typed.words(said))), f"Looked in on {member}")


@app.command(name="looked-in")
def looked_in() -> None:
    """Lists who was looked in on while somebody was away: one's own, and for carers all of them.

    Example: wayhome care looked-in
    """
    table(
        session().read("looked_in"),
        [
            ("MEMBER", lambda one: one.member_name),
            ("WITHOUT", lambda one: one.without_name),
            ("WHEN", lambda one: one.at),
            ("BY", lambda one: one.by_name),
            ("WORDS", lambda one: one.words),
        ],
        empty="nobody was looked in on, that you can see",
    )
