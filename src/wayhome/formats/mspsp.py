"""The files of the MSPSP library (Young, Feydy & Schutt 2017): one instance, as MiniZinc data (`.dzn`).

`nActs`, `dur`, `nSkills`, `sreq` (people per activity and skill), `nResources`, `mastery` (who holds which skill),
`pred` and `succ` (pairs, counted from 1) are read; whatever else the file derives from these is passed over. Skills
are named s1, s2, ...; people r1, r2, ...; activities by their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from wayhome.engines.tasking.slots.data import SlotMission, SlotPerson, SlotsProblem
from wayhome.formats.errors import FormatError

MOST: Final = 100_000
"""The largest figure that is believed, and the most activities, skills or people."""

_ITEM = re.compile(r"\s*([A-Za-z_]\w*)\s*=\s*([^;]*?)\s*(;|\Z)")
_LIST = re.compile(r"\[([^\[\]|]*)\]\Z")
_TABLE = re.compile(r"\[\|([^\[\]]*)\|\s*\]\Z")


class BadMspsp(FormatError):
    """An instance that cannot be read; the text says in which file, on which line, what is wrong and what to do."""


@dataclass(frozen=True)
class _Item:
    """The value of a name, with where it stands."""

    file: str
    line: int
    name: str
    value: str

    def wrong(self, what: str, within: int = 0) -> BadMspsp:
        line = self.line + self.value.count("\n", 0, within)
        return BadMspsp(f"{self.file}, line {line}: {self.name}: {what}")

    def whole(self) -> int:
        return _whole(self, self.value, 0)

    def row(self) -> list[int]:
        """A list of whole numbers."""
        found = _LIST.match(self.value)
        if not found:
            raise self.wrong("it must be a list like [0,9,8]")
        return [_whole(self, word, at) for word, at in _words(found[1], found.start(1))]

    def table(self, rows: int, columns: int, read: Callable[[_Item, str, int], int]) -> list[list[int]]:
        """Rows between bars. Raises BadMspsp for rows or columns missing or too many."""
        found = _TABLE.match(self.value)
        if not found:
            raise self.wrong("it must be rows between bars like [| 0,1 | 1,0 |]")
        at, given = found.start(1), []
        for row in found[1].split("|"):
            given.append([read(self, word, place) for word, place in _words(row, at)])
            if len(given[-1]) != columns:
                raise self.wrong(f"row {len(given)} has {len(given[-1])} values; it must have {columns}", at)
            at += len(row) + 1
        if len(given) != rows:
            raise self.wrong(f"it has {len(given)} rows; it must have {rows}")
        return given


def read_mspsp(text: str, file: str = "the instance") -> SlotsProblem:
    """The question that the text of a `.dzn` file asks; `file` is named in errors. Raises BadMspsp."""
    items = _items(text, file)
    acts, skills, people = (_get(items, file, name).whole() for name in ("nActs", "nSkills", "nResources"))
    duration = _get(items, file, "dur").row()
    if len(duration) != acts:
        raise _get(items, file, "dur").wrong(f"it has {len(duration)} durations; nActs is {acts}")
    need = _get(items, file, "sreq").table(acts, skills, _whole)
    mastery = _get(items, file, "mastery").table(people, skills, _truth)
    after = _after(_get(items, file, "pred"), _get(items, file, "succ"), acts)
    return SlotsProblem(
        people=tuple(
            SlotPerson(f"r{who}", frozenset(f"s{at}" for at, held in enumerate(row, 1) if held))
            for who, row in enumerate(mastery, 1)
        ),
        missions=tuple(
            SlotMission(
                name=str(act + 1),
                duration=duration[act],
                places={f"s{at}": count for at, count in enumerate(need[act], 1) if count},
                after=tuple(str(first) for first in sorted(after[act])),
            )
            for act in range(acts)
        ),
    )


def _items(text: str, file: str) -> dict[str, _Item]:
    plain = "\n".join(line.partition("%")[0] for line in text.splitlines())
    found: dict[str, _Item] = {}
    at = 0
    while plain[at:].strip():
        match = _ITEM.match(plain, at)
        line = plain.count("\n", 0, len(plain) - len(plain[at:].lstrip())) + 1
        if not match:
            raise BadMspsp(f"{file}, line {line}: {plain[at:].split()[0][:40]!r} cannot be read; write NAME = VALUE;")
        item = _Item(file, plain.count("\n", 0, match.start(2)) + 1, match[1], match[2])
        if not match[3]:
            raise item.wrong("it does not end; close it with a semicolon")
        if item.name in found:
            raise item.wrong(f"it is given twice, first on line {found[item.name].line}; drop one")
        found[item.name] = item
        at = match.end()
    return found


def _get(items: dict[str, _Item], file: str, name: str) -> _Item:
    if name not in items:
        raise BadMspsp(f"{file}: {name} is missing; an instance gives it as {name} = ...;")
    return items[name]


def _words(text: str, at: int) -> list[tuple[str, int]]:
    """The values between commas, each with its place; a comma at the end closes the last."""
    found = []
    parts = text.split(",")
    for number, part in enumerate(parts):
        if part.strip() or number < len(parts) - 1:
            found.append((part.strip(), at + len(part) - len(part.lstrip())))
        at += len(part) + 1
    return found


def _whole(item: _Item, word: str, at: int) -> int:
    if not (word.isascii() and word.isdecimal()) or len(word) > 6 or int(word) > MOST:
        raise item.wrong(f"{word[:40]!r} must be a whole number from 0 to {MOST}", at)
    return int(word)


def _truth(item: _Item, word: str, at: int) -> bool:
    if word not in ("true", "false"):
        raise item.wrong(f"{word[:40]!r} must be true or false", at)
    return word == "true"


def _after(pred: _Item, succ: _Item, acts: int) -> list[set[int]]:
    """What each activity comes after, as numbers from 1."""
    firsts, thens = pred.row(), succ.row()
    if len(firsts) != len(thens):
        raise succ.wrong(f"it has {len(thens)} activities, pred has {len(firsts)}; they are pairs")
    for item, row in ((pred, firsts), (succ, thens)):
        for one in row:
            if not 1 <= one <= acts:
                raise item.wrong(f"there is no activity {one}; they are numbered 1 to {acts}")
    after: list[set[int]] = [set() for _ in range(acts)]
    for first, then in zip(firsts, thens, strict=True):
        after[then - 1].add(first)
    return after
