"""`wayhome field`: what those in the field ate and slept, and how long they can go on."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import find, times
from wayhome.cli.context import here, session
from wayhome.cli.show import done, put, table
from wayhome.mission.intents.field import NoteRest
from wayhome.usecases.fitness import EnduranceView

app = App(name="rest")


@app.command(name="rest")
def rest(mission: str, member: str, what: str, *, hours: float = 0.0, until: str = "") -> None:
    """Notes that somebody in the field ate, or slept.

    Example: wayhome field rest "Lost hiker" Kiba ate
    Example: wayhome field rest "Lost hiker" Kiba slept --hours 2 --until 04:30

    Parameters
    ----------
    what: ate or slept
    hours: how long they slept
    until: when they had eaten or woke, if not just now
    """
    me = session()
    intent = NoteRest(
        mission=find.mission(me, mission),
        member=find.member(me, member),
        what=what,
        hours=hours,
        until=times.moment(until, me.now()) if until else None,
    )
    done(me.do(intent), f"{member} {what}")


@app.command(name="endurance")
def endurance(mission: str) -> None:
    """Lists those in the field, whoever must be relieved first at the head: hours out, slept, eaten, by when, by whom.

    Example: wayhome field endurance "Lost hiker"
    """
    me = session()
    table(
        me.read("endurance", mission=find.mission(me, mission)),
        [
            ("MEMBER", lambda one: one.member_name),
            ("OUT", lambda one: f"{one.out_h:.1f} h"),
            ("FITNESS", lambda one: f"{one.verdict}: {'; '.join(one.reasons)}"),
            ("SLEPT OUT THERE", _slept),
            ("ATE", lambda one: one.ate or "not said"),
            ("RELIEVE BY", lambda one: one.relieve_by),
            ("WHY", lambda one: one.why),
            ("BY WHOM", lambda one: ", ".join(one.reliefs) or "nobody is to be had"),
            ("DETECTS", _detects),
        ],
        empty="nobody is in the field",
    )
    if not here().as_json:
        put("DETECTS is what is left of a search by them, of what somebody rested would find; not measured for yours.")


def _slept(one: EnduranceView) -> str:
    return "not said" if one.slept_h is None else f"{one.slept_h:g} h"


def _detects(one: EnduranceView) -> str:
    least, most = round(one.detection_least * 100), round(one.detection_most * 100)
    return f"{least} %" if least == most else f"{least} to {most} %"
