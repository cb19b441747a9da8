"""`wayhome alarm`: what is wrong, and who took it up."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import find, things, typed
from wayhome.cli.context import session
from wayhome.cli.show import done, table
from wayhome.mission.intents.field import AnswerAlarm
from wayhome.values.ids import handle

app = App(name="alarm", help="Alarms: overdue, silent, down, not home.")


@app.command(name="list")
def listing(mission: str = "", *, unanswered: bool = False) -> None:
    """Lists alarms, open ones first: of one mission, or of all that you can see.

    Example: wayhome alarm list "Lost hiker" --unanswered
    """
    me = session()
    table(
        me.read("alarms", mission=find.mission(me, mission) if mission else None),
        [
            ("ALARM", lambda a: handle(a.alarm)),
            ("MISSION", lambda a: a.mission_words),
            ("SINCE", lambda a: a.at),
            ("WHAT", lambda a: a.what),
            ("WORDS", lambda a: a.words),
            ("ANSWERED", lambda a: a.answered or "OPEN"),
        ],
        empty="no alarms",
        keep=(lambda a: not a.answered) if unanswered else None,
    )


@app.command(name="answer")
def answer(alarm: str, *what: typed.FreeWord) -> None:
    """Answers an alarm: what was done about it.

    Example: wayhome alarm answer K7QF2M "heard on the other channel, all well"
    """
    me = session()
    held = things.alarm(me, alarm)
    intent = AnswerAlarm(mission=held.mission, alarm=held.alarm, words=typed.words(what))
    done(me.do(intent), f"Answered: {held.words}")
