"""What people type besides names: places, pairs, words or a file of words."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from wayhome.cli.context import UsageError, here
from wayhome.formats.coordinates import parse_place
from wayhome.links.files import FileError, read_file
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId
from wayhome.values.places import Place

FreeWord = Annotated[str, Parameter(allow_leading_hyphen=True)]
"""A word of free text: `-5` is one too. What stands after a bare `--` is taken as it is."""

MOST_BYTES = 8 * 1024 * 1024


def words(typed: Sequence[str]) -> str:
    """Free words as one text."""
    return " ".join(typed)


def place(me: Session, mission: MissionId, typed: str) -> Place:
    """A place in any usual spelling; near the mission's own point also a shortened grid. Raises BadPlace."""
    held = me.read("mission", mission=mission).value
    return parse_place(typed, near=held.last_point or held.initial_point or held.place)


def place_or_none(me: Session, mission: MissionId, typed: str) -> Place | None:
    """The place, or None where none was typed. Raises BadPlace."""
    return place(me, mission, typed) if typed.strip() else None


def pairs(typed: Sequence[str], example: str) -> dict[str, str]:
    """KEY=VALUE words as a table. Raises UsageError for one without `=`, without a key, or said twice."""
    found: dict[str, str] = {}
    for word in typed:
        key, equals, value = word.partition("=")
        key = key.strip()
        if not equals or not key:
            raise UsageError(f"{word[:80]!r} is no KEY=VALUE: type it like {example}")
        if key in found:
            raise UsageError(f"{key} is said twice: say it once")
        found[key] = value.strip()
    return found


def words_or_file(typed: Sequence[str]) -> str:
    """The words; or, where there is but one and it begins with @, the text of that file (`@-` is standard input).

    Raises FileError for a file that cannot be read or is not UTF-8.
    """
    if len(typed) != 1 or not typed[0].startswith("@"):
        return words(typed)
    name = typed[0][1:]
    body = standard_input() if name == "-" else read_file(Path(name), most_bytes=MOST_BYTES)
    return decoded(body, name)


def decoded(body: bytes, name: str) -> str:
    """The text of a file, with or without a byte-order mark. Raises FileError where it is not UTF-8."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(f"{name} is not UTF-8 text (byte {error.start + 1:,}): save it as UTF-8") from error


def standard_input() -> bytes:
    """Everything that comes in on standard input. Raises FileError when that is too much."""
    given = here().read_input
    body = given() if given is not None else sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise FileError(f"standard input has more than {MOST_BYTES:,} bytes: send less at once")
    return body


def lines_of(name: str) -> Iterator[bytes]:
    """The lines of a file, or of standard input (`-`) as they come. Raises FileError."""
    if name != "-":
        yield from read_file(Path(name)).splitlines()
        return
    given = here().read_input
    yield from given().splitlines() if given is not None else sys.stdin.buffer
