"""What is typed at the radio: each line one entry, one by one or, after a lost link, all that waited on the device."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, post

from wayhome.desk.signed import me_of
from wayhome.faces.typist import Typist
from wayhome.formats.coordinates import parse_place
from wayhome.formats.logline import TypedLine
from wayhome.mission.intents.field import LogLine
from wayhome.mission.rules import Refused
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId
from wayhome.values.places import BadPlace, Place
from wayhome.values.when import Moment

MOST_LETTERS = 4_000
"""Of one line: a page of text. What is longer is pasted into a report."""

MOST_LINES = 200
"""Of one request: what waits longer is sent in several."""

Text = Annotated[str, msgspec.Meta(max_length=MOST_LETTERS)]
Key = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{16,64}$")]


class TypedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry as the radio operator made it. `key` is drawn on the device: the same again is the same entry.

    Either `words` alone, read like a typed line, or with the fields of the entry dialog beside it; a field that is
    given goes before what is read. `at_ms` is when it was typed (milliseconds since 1970), for what waited for a link.
    """

    key: Key
    words: Text
    team: Annotated[str, msgspec.Meta(max_length=80)] = ""
    sender: Annotated[str, msgspec.Meta(max_length=80)] = ""
    receiver: Annotated[str, msgspec.Meta(max_length=80)] = ""
    status: Annotated[str, msgspec.Meta(max_length=80)] = ""
    radio_place: Annotated[str, msgspec.Meta(max_length=120)] = ""
    relayed: bool = False
    at_ms: int | None = None


class Entries(msgspec.Struct, frozen=True, kw_only=True):
    mission: MissionId
    entries: Annotated[tuple[TypedEntry, ...], msgspec.Meta(min_length=1, max_length=MOST_LINES)]


class Entered(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one entry: its line, or why it was refused. `already`: it was there, sent again."""

    key: str
    line: str = ""
    already: bool = False
    refused: str = ""
    flags: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()


class Understood(msgspec.Struct, frozen=True, kw_only=True):
    """What a line would be read as, before it is sent."""

    team: str = ""
    sender: str = ""
    receiver: str = ""
    message: str = ""
    status: str = ""
    place: Place | None = None
    at: Moment | None = None
    clue: str = ""
    casualty: str = ""
    flags: tuple[str, ...] = ()


class Line(msgspec.Struct, frozen=True, kw_only=True):
    mission: MissionId
    words: Text


@post("/api/log", sync_to_thread=True, status_code=200, tags=["log"], summary="Writes typed lines into the log")
def log_entries(request: Request[Any, Any, Any], data: Entries) -> tuple[Entered, ...]:
    """Writes each entry in its order. One that is refused does not stop the others; all that were not are durable."""
    me = me_of(request)
    typist = Typist(me, data.mission)
    return tuple(_enter(me, typist, entry) for entry in data.entries)


def _enter(me: Session, typist: Typist, typed: TypedEntry) -> Entered:
    try:
        intent = _intent(me, typist, typed)
        done = me.do(intent, key=typed.key)
    except (Refused, BadPlace) as error:
        return Entered(key=typed.key, refused=str(error))
    return Entered(key=typed.key, line=done.made, already=done.already, flags=intent.flags, tells=done.tells)


def _intent(me: Session, typist: Typist, typed: TypedEntry) -> LogLine:
    entry, _ = typist.entry(typed.words, relayed=typed.relayed)
    given: dict[str, Any] = {
        name: getattr(typed, name) for name in ("team", "sender", "receiver", "status") if getattr(typed, name)
    }
    if typed.radio_place.strip():
        given["radio_place"] = parse_place(typed.radio_place, near=typist.near)
    if typed.at_ms is not None and entry.at is None:
        given["at"] = Moment(typed.at_ms, me.now().zone)
    return msgspec.structs.replace(entry, **given)


@post("/api/understand", sync_to_thread=True, status_code=200, tags=["log"], summary="How a line would be read")
def understand(request: Request[Any, Any, Any], data: Line) -> Understood:
    """Reads a line without writing anything, so that whoever types sees what was understood."""
    typist = Typist(me_of(request), data.mission)
    entry, line = typist.entry(data.words)
    return _understood(entry, line)


def _understood(entry: LogLine, line: TypedLine) -> Understood:
    return Understood(
        team=entry.team,
        sender=entry.sender,
        receiver=entry.receiver,
        message=entry.message,
        status=entry.status,
        place=entry.place,
        at=line.claimed,
        clue=entry.clue,
        casualty=entry.casualty,
        flags=entry.flags,
    )
