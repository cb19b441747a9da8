"""When members can come: duty status, leave by letter, spans, routines, days that weigh."""

from __future__ import annotations

import re
from datetime import date

from cyclopts import App

from wayhome.cli import find, times
from wayhome.cli.context import UsageError, session
from wayhome.cli.naming import Count
from wayhome.cli.show import done, table, words
from wayhome.cli.typed import words_or_file
from wayhome.mission.intents.people import (
    PlanRoutine,
    SayAvailability,
    SayNotMyself,
    SetDutyStatus,
    ShareWeighingDay,
    WriteLeaveLetter,
)

app = App(help="When members can come.")

LEAP_YEAR = 2000
"""A year that has every day there is."""


@app.command(name="status")
def status(member: str, status: str, *, until: str = "", words: str = "") -> None:
    """Sets a duty status: on duty, available, limited, resting, leave, away or lost.

    Example: wayhome member status Ana resting --until "tomorrow 12:00"

    Parameters
    ----------
    until: when it ends by itself (a day counts whole); without it, until further notice
    words: what stands beside it in availability until then
    """
    me = session()
    ends = times.until(until, me.now()) if until else None
    intent = SetDutyStatus(member=find.member(me, member), status=status, until=ends, words=words)
    done(me.do(intent), f"{member}: {status}")


@app.command(name="leave")
def leave(member: str, *, letter: str, until: str = "") -> None:
    """Takes leave by letter, for a time or until further notice. The letter is for the member and command.

    Example: wayhome member leave me --letter "I need the summer." --until 2026-08-31
    Example: wayhome member leave Ana --letter @letter.txt

    Parameters
    ----------
    letter: its words, or @ and a file that holds them
    until: the last day of it
    """
    me = session()
    ends = times.until(until, me.now()) if until else None
    intent = WriteLeaveLetter(member=find.member(me, member), letter=words_or_file((letter,)), until=ends)
    done(me.do(intent), f"{member}: on leave " + (f"until {words(ends)}" if ends else "until further notice"))


@app.command(name="letters")
def letters() -> None:
    """Lists leave letters: one's own, and for command all of them.

    Example: wayhome member letters
    """
    table(
        session().read("letters"),
        [
            ("MEMBER", lambda x: x.member_name),
            ("UNTIL", lambda x: x.until or "further notice"),
            ("LETTER", lambda x: x.letter),
        ],
        empty="no letters that you can see",
    )


@app.command(name="available")
def available(member: str, start: str, end: str, *, words: str = "") -> None:
    """Says that a member can come, from when to when.

    Example: wayhome member available me now "tomorrow 18:00"

    Parameters
    ----------
    start: now, a day, or a time
    end: a day (which counts whole) or a time
    """
    _say(member, start, end, can_come=True, said=words)


@app.command(name="unavailable")
def unavailable(member: str, start: str, end: str, *, words: str = "") -> None:
    """Says that a member cannot come, from when to when. No reason need be given.

    Example: wayhome member unavailable Ana 2026-03-07 2026-03-08 --words "at a wedding"

    Parameters
    ----------
    start: now, a day, or a time
    end: a day (which counts whole) or a time
    """
    _say(member, start, end, can_come=False, said=words)


def _say(member: str, start: str, end: str, *, can_come: bool, said: str) -> None:
    me = session()
    now = me.now()
    intent = SayAvailability(
        member=find.member(me, member),
        start=times.start(start, now),
        end=times.until(end, now),
        available=can_come,
        words=said,
    )
    can = "can come" if can_come else "cannot come"
    done(me.do(intent), f"{member} {can} from {words(intent.start)} to {words(intent.end)}")


@app.command(name="availability")
def availability(day: str = "", *, free: bool = False) -> None:
    """Shows who can be asked now, or on a day.

    Example: wayhome member availability
    Example: wayhome member availability 2026-03-07 --free

    Parameters
    ----------
    free: only those who can be asked
    """
    me = session()
    table(
        me.read("availability", day=times.day(day, me.now()) if day else None),
        [
            ("MEMBER", lambda a: a.member_name),
            ("CAN BE ASKED", lambda a: a.can_be_asked),
            ("STATUS", lambda a: a.status),
            ("UNTIL", lambda a: a.until),
            ("WORDS", lambda a: a.words),
        ],
        empty="nobody can be asked" if free else "nobody is on the roster",
        keep=lambda a: a.can_be_asked or not free,
    )


@app.command(name="routine")
def routine(member: str, what: str, *, every: Count, first: str, companion: str = "") -> None:
    """Plans what comes again: a visit, a meal, a training; the companion sees it too.

    Example: wayhome member routine Ana "visit to the hospital" --every 7 --first "tomorrow 15:00" --companion Marc

    Parameters
    ----------
    every: days from one time to the next
    first: when it is for the first time
    """
    me = session()
    intent = PlanRoutine(
        member=find.member(me, member),
        what=what,
        every_days=every,
        first=times.start(first, me.now()),
        companion=find.member(me, companion) if companion else None,
    )
    done(me.do(intent), f"{member}: {what} every {every} days from {words(intent.first)}")


@app.command(name="routines")
def routines() -> None:
    """Lists routines: one's own, and those one accompanies.

    Example: wayhome member routines
    """
    table(
        session().read("routines"),
        [
            ("MEMBER", lambda r: r.member_name),
            ("WHAT", lambda r: r.what),
            ("WITH", lambda r: r.companion_name),
            ("EVERY", lambda r: f"{r.every_days} d"),
            ("FIRST", lambda r: r.first),
        ],
        empty="no routines that you can see",
    )


@app.command(name="weighs")
def weighs(day: str, *, say: str = "") -> None:
    """Shares a date of one's own that weighs, so that whoever offers is warned. Never a bar.

    Example: wayhome member weighs 11-03 --say "the day of the avalanche"

    Parameters
    ----------
    day: month and day, 11-03
    say: what whoever offers may read; nothing need be said
    """
    me = session()
    found = re.fullmatch(r"\s*(\d{1,2})-(\d{1,2})\s*", day, re.ASCII)
    try:
        on = date(LEAP_YEAR, int(found[1]), int(found[2])) if found else None
    except ValueError:
        on = None
    if on is None:
        raise UsageError(f"{times.short(day)} is no month and day: type 11-03 for the third of November")
    intent = ShareWeighingDay(member=me.viewer, month=on.month, day=on.day, say=say)
    done(me.do(intent), f"Whoever offers near {day.strip()} will be warned")


@app.command(name="not-myself")
def not_myself(*, on: str = "today") -> None:
    """Says of oneself that a day is not one for answers: whoever offers is warned.

    Example: wayhome member not-myself
    """
    me = session()
    day = times.day(on, me.now())
    done(me.do(SayNotMyself(member=me.viewer, on=day)), f"Whoever offers on {day.isoformat()} will be warned")
