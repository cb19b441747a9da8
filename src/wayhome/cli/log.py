"""`wayhome log`: what was said, line by line. Nothing typed is lost; amendments stand beside what they amend."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec
from cyclopts import App, Parameter

from wayhome.cli import find, things, typed
from wayhome.cli.context import UsageError, here, session
from wayhome.cli.loglines import HEADINGS, cells, understood
from wayhome.cli.show import done, put, put_json, put_table, words
from wayhome.faces.typist import DESK, Typist, flags_of, message_of, place_words_of
from wayhome.formats.logline import TypedLine
from wayhome.mission.intents.field import AmendLine, UndoLine
from wayhome.mission.rules import Refused
from wayhome.mission.views.shapes import LineView
from wayhome.usecases.acting import Done
from wayhome.usecases.ports import NotDurable
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId, handle

LOOKED_BACK = 200
"""Among so many of the newest lines one's own last is looked for: more than a minute's."""

app = App(name="log", help="The log: one line typed is one entry.")


class Entered(msgspec.Struct, frozen=True, kw_only=True):
    """A line that was written: its id, what was understood of it, and what whoever typed it should know."""

    line: str
    number: int = 1
    words: str
    understood: dict[str, str]
    tells: tuple[str, ...]


@app.command(name="add")
def add(mission: str, *line: typed.FreeWord, radio: str = "", relayed: bool = False) -> None:
    """Writes one line into the log, as typed. From, to, team, place, status, clue and casualty are found in it.

    Put a bare -- before a line that holds words like --radio.

    Example: wayhome log add "Lost hiker" 3 to base: at 31TCH7800003000, starting sweep @0815
    Example: wayhome log add "Lost hiker" -- T4 casualty conscious, broken leg triage yellow

    Parameters
    ----------
    radio: where the radio itself says it is
    relayed: the line was passed on by somebody between
    """
    me = session()
    mission_id = find.mission(me, mission)
    radio_place = typed.place_or_none(me, mission_id, radio)
    text = typed.words(line)
    entry, read = _typist(me, mission_id).entry(text, radio=radio_place, relayed=relayed)
    result = me.do(entry)
    if here().as_json:
        put_json(_entered(result, read, 1))
    else:
        _say(result, read, "Logged")


def _typist(me: Session, mission: MissionId) -> Typist:
    typist = Typist(me, mission)
    if typist.notice:
        here().err.write(f"wayhome: {typist.notice}\n")
    return typist


def _entered(result: Done, read: TypedLine, number: int) -> Entered:
    return Entered(
        line=result.made,
        number=number,
        words=read.text,
        understood=understood(read),
        tells=result.tells,
    )


def _say(result: Done, read: TypedLine, sentence: str) -> None:
    """What was written and what was understood; flags are what was not."""
    done(result, sentence)
    said = ", ".join(f"{name} {value}" for name, value in understood(read).items())
    put(f"  {said}" if said else "  words alone: nothing else was found in it")


@app.command(name="list")
def listing(
    mission: str, *, find_words: Annotated[str, Parameter(name="--find")] = "", last: int | None = None
) -> None:
    """Lists the log, oldest first. An amended line shows what it was; what was not understood stands behind `?`.

    Example: wayhome log list "Lost hiker" --last 20
    Example: wayhome log list "Lost hiker" --find boot

    Parameters
    ----------
    find_words: only lines with these words
    last: so many of the newest lines
    """
    if last is not None and last < 1:
        raise UsageError(f"--last {last}: ask for at least one line")
    me = session()
    seen = me.read("log", mission=find.mission(me, mission), find=find_words, limit=last)
    if here().as_json:
        put_json(seen.value)
    elif not seen.value:
        put("no lines")
    else:
        today = me.now().day
        put_table(HEADINGS, [[words(cell) for cell in cells(line, today)] for line in seen.value])


@app.command(name="amend")
def amend(mission: str, line: str, *text: typed.FreeWord, reason: str = "") -> None:
    """Amends a line, named by the letters in its last column. What it said before stays.

    Example: wayhome log amend "Lost hiker" K7QF2M 3 to base: at 31TCH7900003000, starting sweep
    """
    me = session()
    mission_id = find.mission(me, mission)
    held = things.line(me, mission_id, line)
    read = _typist(me, mission_id).read(typed.words(text))
    flags = flags_of(read)
    intent = AmendLine(
        mission=mission_id,
        line=held.line,
        words=read.text,
        message=message_of(read),
        place=read.place,
        place_words=place_words_of(read),
        status=read.status or "",
        reason=reason,
        flags=flags,
    )
    result = msgspec.structs.replace(me.do(intent), tells=flags)
    if here().as_json:
        put_json(result)
    else:
        _say(result, read, f"Amended; it was: {held.words}")


@app.command(name="undo")
def undo(mission: str, line: str = "") -> None:
    """Undoes a line within a minute of typing it: yours alone, and your last one where none is named.

    It stays in the log, struck through. What it changed of its team is as before; its clue and casualty are taken back.

    Example: wayhome log undo "Lost hiker"
    Example: wayhome log undo "Lost hiker" K7QF2M
    """
    me = session()
    mission_id = find.mission(me, mission)
    held = things.line(me, mission_id, line) if line else _my_last(me, mission_id)
    done(me.do(UndoLine(mission=mission_id, line=held.line)), f"Undone: {held.words}")


def _my_last(me: Session, mission: MissionId) -> LineView:
    """The last line that whoever is signed in typed and has not undone."""
    lines: tuple[LineView, ...] = me.read("log", mission=mission, limit=LOOKED_BACK).value
    mine = [line for line in lines if line.by == me.viewer and not line.struck and line.sender != DESK]
    if not mine:
        raise UsageError("none of the last lines is yours to undo: name one by the letters in its last column")
    return mine[-1]


@app.command(name="read")
def read(mission: str, file: typed.FreeWord, *, begin: Annotated[int, Parameter(name="--from")] = 1) -> None:
    """Reads many lines from a file, or from standard input (-): each is one entry, acknowledged as it is durable.

    Where one cannot be written, everything before it is kept, and it says where to go on.

    Example: wayhome log read "Lost hiker" morning.txt
    Example: wayhome log read "Lost hiker" morning.txt --from 18

    Parameters
    ----------
    begin: the number of the line to begin with
    """
    if begin < 1:
        raise UsageError(f"--from {begin}: the first line is 1")
    me = session()
    mission_id = find.mission(me, mission)
    entered = []
    for one in _enter_all(me, mission_id, file, begin):
        entered.append(one)
        if not here().as_json:
            put(f"{one.number} [{handle(one.line)}] {one.words}")
            for tell in one.tells:
                put(f"  ! {tell}")
    if here().as_json:
        put_json(entered)
    else:
        put(f"{len(entered)} lines logged" if entered else "no lines: nothing was logged")


def _enter_all(me: Session, mission_id: MissionId, file: str, begin: int) -> Iterator[Entered]:
    """Each line as it is acknowledged; blank ones are passed over. Raises where one cannot be written."""
    typist = _typist(me, mission_id)
    last = ""
    for number, raw in enumerate(typed.lines_of(file), start=1):
        if number < begin or not raw.strip():
            continue
        try:
            text = raw.rstrip(b"\r\n").decode("utf-8-sig" if number == 1 else "utf-8")
            entry, line = typist.entry(text)
            result = me.do(entry)
        except UnicodeDecodeError as error:
            raise UsageError(_stopped(number, "is not UTF-8 text", last, file)) from error
        except Refused as error:
            raise Refused(error.code, _stopped(number, str(error), last, file)) from error
        except NotDurable as error:
            raise NotDurable(_stopped(number, f"was not written: {error}", last, file)) from error
        last = f"{number} {text[:60]!r}"
        yield _entered(result, line, number)


def _stopped(number: int, why: str, last: str, file: str) -> str:
    """Where a reading stopped, what was acknowledged, and how to go on."""
    kept = f"The last line acknowledged is {last}" if last else "No line before it was logged in this reading"
    return f"line {number}: {why}. {kept}. Put it right, then go on: `wayhome log read MISSION {file} --from {number}`"
