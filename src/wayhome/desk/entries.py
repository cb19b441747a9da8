"""What is typed at the radio: each line one entry, one by one or, after a lost link, all that waited on the device."""

from __future__ import annotations

import re
from typing import Annotated, Any

import msgspec
from litestar import Request, post
from litestar.exceptions import HTTPException

from wayhome.desk.signed import me_of
from wayhome.faces.typist import Typist
from wayhome.formats.claimedtime import resolve
from wayhome.formats.coordinates import parse_place
from wayhome.formats.logline import TypedLine
from wayhome.mission.intents.field import LogLine
from wayhome.mission.rules import Refused
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId
from wayhome.values.places import BadPlace, Place
from wayhome.values.when import BadTime, Moment

MOST_LETTERS = 4_000
"""Of one line: a page of text. What is longer is pasted into a report."""

MOST_LETTERS_BESIDE = 120
"""Of a field beside the message: a name, a status, a place."""

MOST_LINES = 200
"""Of one request: what waits longer is sent in several."""

SKEW_MS = 2_000
"""A device's clock that differs from ours by less is taken as right: so long may the way of a request take."""

CLOCK = re.compile(r"([01]?\d|2[0-3])[:.h]?([0-5]\d)")
Key = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{16,64}$")]


class TypedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry as the radio operator made it. `key` is drawn on the device: the same again is the same entry.

    Either `words` alone, read like a typed line, or with the fields of the entry dialog beside it; a field that is
    given goes before what is read. `at_ms` is when it was typed by the device's clock (milliseconds since 1970), for
    what waited for a link; `clock` is a time of day that was typed, such as 0815. `clue`: it is one, whatever is read.
    A line holds at most 4,000 letters, a field beside it 120: an entry with more is refused, and says so.
    """

    key: Key
    words: str
    team: str = ""
    sender: str = ""
    receiver: str = ""
    status: str = ""
    radio_place: str = ""
    clock: str = ""
    relayed: bool = False
    clue: bool = False
    at_ms: int | None = None


class Entries(msgspec.Struct, frozen=True, kw_only=True):
    """At most 200 entries. `sent_ms` is what the device's clock says as they are sent: a clock that goes wrong is
    put right by it."""

    mission: MissionId
    entries: Annotated[tuple[TypedEntry, ...], msgspec.Meta(min_length=1)]
    sent_ms: int | None = None


class Entered(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one entry: its line, or why it was refused. `already`: it was there, sent again (then without
    its line, which was told the first time)."""

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
    words: str


@post("/api/log", sync_to_thread=True, status_code=200, tags=["log"], summary="Writes typed lines into the log")
def log_entries(request: Request[Any, Any, Any], data: Entries) -> tuple[Entered, ...]:
    """Writes each entry in its order. One that is refused does not stop the others; all that were not are durable."""
    if len(data.entries) > MOST_LINES:
        sent = f"{len(data.entries):,} lines were sent at once; at most {MOST_LINES} fit into one request"
        raise HTTPException(f"{sent}: send them in several", status_code=413)
    me = me_of(request)
    typist = Typist(me, data.mission)
    skew_ms = 0 if data.sent_ms is None else me.now().ms - data.sent_ms
    return tuple(_enter(me, typist, entry, skew_ms if abs(skew_ms) > SKEW_MS else 0) for entry in data.entries)


def _enter(me: Session, typist: Typist, typed: TypedEntry, skew_ms: int) -> Entered:
    try:
        _must_fit(typed)
        intent = _intent(me, typist, typed, skew_ms)
        done = me.do(intent, key=typed.key)
    except (Refused, BadTime) as error:
        return Entered(key=typed.key, refused=str(error))
    return Entered(key=typed.key, line=done.made, already=done.already, flags=intent.flags, tells=done.tells)


def _must_fit(typed: TypedEntry) -> None:
    if len(typed.words) > MOST_LETTERS:
        raise Refused("too long", too_long(typed.words))
    for name in ("team", "sender", "receiver", "status", "radio_place", "clock"):
        letters = len(getattr(typed, name))
        if letters > MOST_LETTERS_BESIDE:
            what = name.replace("_", " ")
            raise Refused("too long", f"the {what} has {letters:,} letters; at most {MOST_LETTERS_BESIDE} fit")


def too_long(words: str) -> str:
    has = f"the line has {len(words):,} letters; a line holds at most {MOST_LETTERS:,}"
    return f"{has}: shorten it, or write it as a report"


def _intent(me: Session, typist: Typist, typed: TypedEntry, skew_ms: int) -> LogLine:
    """What is not understood in a field is flagged and never stops the line: it was said, so it is logged."""
    entry, _ = typist.entry(typed.words, relayed=typed.relayed)
    given: dict[str, Any] = {
        name: getattr(typed, name) for name in ("team", "sender", "receiver", "status") if getattr(typed, name)
    }
    flags = entry.flags
    if typed.radio_place.strip():
        try:
            given["radio_place"] = parse_place(typed.radio_place, near=typist.near)
        except BadPlace as error:
            flags += (f"radio location {typed.radio_place.strip()!r}: {error}",)
    if entry.at is None:
        given["at"], doubt = _when(me, typed, skew_ms)
        flags += doubt
    if typed.clue and not entry.clue:
        given["clue"] = entry.message or typed.words
    return msgspec.structs.replace(entry, flags=flags, **given)


def _when(me: Session, typed: TypedEntry, skew_ms: int) -> tuple[Moment | None, tuple[str, ...]]:
    """When it was said, as far as it is known, and what of that was not understood. Raises BadTime far from today."""
    zone = me.now().zone
    at = None if typed.at_ms is None else Moment(typed.at_ms + skew_ms, zone)
    if not typed.clock.strip():
        return at, ()
    found = CLOCK.fullmatch(typed.clock.strip())
    if found is None:
        return at, (f"time {typed.clock.strip()!r}: no such time of day: write it like 0815",)
    return resolve((int(found[1]), int(found[2])), at or me.now()), ()


@post("/api/understand", sync_to_thread=True, status_code=200, tags=["log"], summary="How a line would be read")
def understand(request: Request[Any, Any, Any], data: Line) -> Understood:
    """Reads a line without writing anything, so that whoever types sees what was understood."""
    if len(data.words) > MOST_LETTERS:
        raise HTTPException(too_long(data.words), status_code=413)
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
