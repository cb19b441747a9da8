"""Teams as a planner types them: `Alpha@42.50,1.52 width=60 hours=4 from=1 dog`."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from cyclopts import Parameter

from wayhome.cli import times, typed
from wayhome.cli.context import UsageError
from wayhome.usecases.search.mapping import Ours
from wayhome.usecases.search.planned import OWN_DOG, TeamFacts
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId
from wayhome.values.places import BadPlace

Who = Annotated[list[str] | None, Parameter(negative=())]
Names = Annotated[list[str] | None, Parameter(negative=())]

EXAMPLE: Final = "Alpha@42.5063,1.5218 width=60 hours=4 from=1 dog"
MOST_WIDTH_M: Final = 1_000.0


@dataclass(frozen=True)
class _Typed:
    """Where facts of a team are typed: whose they are, and what is near it."""

    me: Session
    mission: MissionId
    team: str


def ours_of(me: Session, mission: MissionId, said: Sequence[str]) -> tuple[Ours, ...]:
    """NAME@PLACE words as teams and where they are. Raises UsageError, BadPlace."""
    found = []
    for one in said:
        name, at, place = one.partition("@")
        if not (at and name.strip() and place.strip()):
            raise UsageError(f"{one[:80]!r} is no NAME@PLACE: type it like Alpha@42.5063,1.5218")
        found.append(Ours(name.strip(), typed.place(me, mission, place)))
    return tuple(found)


def teams_of(me: Session, mission: MissionId, said: Sequence[str]) -> tuple[tuple[Ours, ...], tuple[TeamFacts, ...]]:
    """Teams with their places where these were typed, and what was said of each. Raises UsageError."""
    ours, facts = [], []
    for one in said:
        who, rest = _parted(one)
        name, at, place = (part.strip() for part in who.partition("@"))
        if not name or (at and not place):
            raise UsageError(f"{one[:80]!r} is no NAME@PLACE: type it like {EXAMPLE}")
        here = _Typed(me, mission, name)
        if place:
            ours.append(Ours(name, _place(here, place)))
        facts.append(TeamFacts(name=name, **_facts(here, rest)))
    return tuple(ours), tuple(facts)


def _parted(one: str) -> tuple[str, list[str]]:
    """NAME@PLACE, and the words behind it from the first fact on."""
    words = one.split()
    first = next((n for n, word in enumerate(words) if n and ("=" in word or word.casefold() in FLAGS)), len(words))
    return " ".join(words[:first]), words[first:]


def _facts(here: _Typed, words: Sequence[str]) -> dict[str, Any]:
    """What was said of a team. A word without `=` goes on with the name before it. Raises UsageError."""
    found: dict[str, Any] = {}
    said: list[tuple[str, str]] = []
    for word in words:
        key, equals, value = word.partition("=")
        if equals or key.casefold() in FLAGS:
            said.append((key.casefold(), value))
        elif said[-1][0] in GO_ON:
            said[-1] = (said[-1][0], f"{said[-1][1]} {word}".strip())
        else:
            raise _wrong(here, word, f"is no fact of a team: {KNOWN}")
    for key, value in said:
        read = READ.get(key)
        if read is None and (key not in FLAGS or value):
            raise _wrong(here, f"{key}={value}", f"is no fact of a team: {KNOWN}")
        name, meant = read(here, key, value) if read is not None else (FLAGS[key], True)
        if name in found:
            raise _wrong(here, key, "is said twice: say it once")
        found[name] = meant
    if found.get("trails") and "dog" not in found:
        found["dog"] = OWN_DOG
    return found


def _wrong(here: _Typed, what: str, why: str) -> UsageError:
    return UsageError(f"{here.team}: {what[:60]} {why}. For example: {EXAMPLE}")


def _number(unit: str, name: str, least: float, most: float, words: str) -> Callable[[_Typed, str, str], Any]:
    """Reads a number with or without its unit's letter, above `least` (or `least` itself, where that is 0)."""

    def read(here: _Typed, key: str, value: str) -> tuple[str, float]:
        bare = value.strip().removesuffix(unit).strip()
        try:
            number = float(bare)
        except ValueError:
            number = math.nan
        if not (least <= number <= most):
            raise _wrong(here, f"{key}={value}", f"is refused: {words}, {least:g} to {most:g}")
        return name, number

    return read


def _from(here: _Typed, key: str, value: str) -> tuple[str, float]:
    """Hours from now, or a time of the clock."""
    if ":" not in value:
        return "from_h", _number("h", "from_h", 0.0, 24.0, "hours from now, or a time like 14:30")(here, key, value)[1]
    now = here.me.now()
    try:
        return "from_h", (times.deadline(value, now).moment().ms - now.ms) / 3_600_000
    except UsageError as error:
        raise _wrong(here, f"{key}={value}", f"is refused ({error})") from error


def _text(name: str) -> Callable[[_Typed, str, str], Any]:
    def read(here: _Typed, key: str, value: str) -> tuple[str, str]:
        if not value.strip():
            raise _wrong(here, f"{key}=", "needs a word behind it")
        return name, value.strip()

    return read


def _dog(_here: _Typed, _key: str, value: str) -> tuple[str, str]:
    return "dog", value.strip() or OWN_DOG


def _areas(name: str) -> Callable[[_Typed, str, str], Any]:
    def read(here: _Typed, key: str, value: str) -> tuple[str, tuple[str, ...]]:
        names = tuple(one.strip() for one in value.split(",") if one.strip())
        if not names:
            raise _wrong(here, f"{key}=", "needs the name or the number of a drawn segment")
        return name, names

    return read


def _back(here: _Typed, _key: str, value: str) -> tuple[str, Any]:
    return "ends_at", _place(here, value)


def _place(here: _Typed, value: str) -> Any:
    try:
        return typed.place(here.me, here.mission, value)
    except BadPlace as error:
        raise _wrong(here, repr(value), f"is no place ({error})") from error


READ: Final[dict[str, Callable[[_Typed, str, str], Any]]] = {
    "width": _number("m", "width_m", 1.0, MOST_WIDTH_M, "the effective sweep width in metres"),
    "hours": _number("h", "hours", 0.1, 24.0, "for how many hours it can work"),
    "from": _from,
    "pace": _number("", "pace", 0.1, 1.0, "its searching pace as a share of its walking pace"),
    "walks": _text("walker"),
    "to": _back,
    "dog": _dog,
    "dogwidth": _number("m", "dog_width_m", 1.0, MOST_WIDTH_M, "the sweep width with the dog in metres"),
    "not": _areas("avoids"),
    "may": _areas("may_enter"),
}
"""Each fact by the word it is typed with."""
GO_ON: Final = ("dog", "not", "may", "to", "walks")
"""Facts whose names and places may hold blanks."""
FLAGS: Final = {"dog": "dog", "trails": "trails", "stays": "stays"}
"""Facts that are so by being said."""
KNOWN: Final = f"there is {', '.join(dict.fromkeys((*(f'{key}=' for key in READ if key not in FLAGS), *FLAGS)))}"
