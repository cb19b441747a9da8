"""Whether a line's answer is what its exercise says. Every check gives None, or the first thing that did not hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from wayhome.cli.exercises.shape import Line, Words

MOST_SHOWN = 240


class Answer(msgspec.Struct, frozen=True):
    """What a command line gave: its exit status (0 done, 1 refused, 2 not understood), what it wrote, and where to."""

    status: int
    out: str
    err: str
    file: str = ""

    @property
    def text(self) -> str:
        return plain(f"{self.out}\n{self.err}\n{self.file}")


def plain(text: str) -> str:
    """The text with every run of blanks and line ends as one blank, so that no fold of a table matters."""
    return " ".join(text.split())


def shown(text: str) -> str:
    """The beginning of a text, fit for one line of evidence."""
    short = plain(text)
    return short if len(short) <= MOST_SHOWN else f"{short[:MOST_SHOWN]}..."


def listed(words: Words) -> list[str]:
    return [words] if isinstance(words, str) else words


def fault(line: Line, answer: Answer) -> str | None:
    """The first thing about an answer that is not as the line says."""
    if line.refused:
        return _not_refused(line.refused, answer)
    if answer.status:
        return f"was refused: {shown(answer.err)}"
    for words in listed(line.says):
        if plain(words) not in answer.text:
            return f"did not say {words!r}; it said: {shown(answer.text)}"
    for words in listed(line.hides):
        if plain(words).casefold() in answer.text.casefold():
            return f"said {words!r}, which it must not: {shown(answer.text)}"
    return None


def _not_refused(words: str, answer: Answer) -> str | None:
    if not answer.status:
        return f"was not refused ({words!r} was expected); it said: {shown(answer.out)}"
    if plain(words) not in plain(answer.err):
        return f"was refused in other words than {words!r}: {shown(answer.err)}"
    return None


def rows_of(answer: Answer, inside: str) -> list[Any]:
    """The rows of an answer in JSON: the list that `inside` leads to; a single thing is a list of one.

    Raises ValueError when the answer is no JSON or has nothing there.
    """
    try:
        found = msgspec.json.decode(answer.out)
    except msgspec.DecodeError as error:
        raise ValueError(f"gave no JSON: {shown(answer.out)}") from error
    for key in inside.split(".") if inside else ():
        if isinstance(found, list) and key.isdecimal():
            found = found[int(key)] if int(key) < len(found) else None
        elif isinstance(found, dict):
            found = found.get(key)
        else:
            raise ValueError(f"has nothing at {inside!r}")
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def fitting(rows: list[Any], where: dict[str, Any]) -> list[Any]:
    """The rows that have all these values."""
    return [row for row in rows if all(same(field(row, key), value) for key, value in where.items())]


def field(row: Any, path: str) -> Any:
    """The value at a dotted path of a row; None where there is none."""
    for key in path.split("."):
        row = row.get(key) if isinstance(row, dict) else None
    return row


def same(held: Any, wanted: Any) -> bool:
    """Equal; an absent value equals an empty, false or zero one, as rows leave these out."""
    if held is None and not wanted:
        return True
    return bool(held == wanted)


def row_fault(line: Line, rows: list[Any]) -> str | None:
    """The first thing about the rows that is not as the line says."""
    found = fitting(rows, line.where)
    if line.count is not None and len(found) != line.count:
        return f"has {len(found)} rows {_with(line.where)}, not {line.count}: {_brief(found or rows)}"
    if line.count is None and not found:
        return f"has no row {_with(line.where)}: {_brief(rows)}"
    for row in found:
        for wrong in _wrong(line, row):
            return wrong
    return None


def _wrong(line: Line, row: Any) -> Iterator[str]:
    for key, value in line.expect.items():
        if not same(field(row, key), value):
            yield f"has {key} {field(row, key)!r}, not {value!r}"
    for key, words in line.holds.items():
        held = plain(_as_text(field(row, key)))
        for word in listed(words):
            if plain(word) not in held:
                yield f"has no {word!r} in {key}: {shown(held) or 'nothing there'}"
    for key in line.lacks:
        if field(row, key):
            yield f"has {key} {field(row, key)!r}, where nothing should be"


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _with(where: dict[str, Any]) -> str:
    return "with " + ", ".join(f"{key} {value!r}" for key, value in where.items()) if where else "at all"


def _brief(rows: list[Any]) -> str:
    return shown(msgspec.json.encode(rows).decode())
