"""Who speaks to whom: the head of a typed line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from wayhome.formats.logwords import LogWords

BASE: Final = "base"
EVERYONE: Final = "all"

_ARROW: Final = r"\s*(?:->|=>|>|→|»)\s*"
_ANYONE: Final = r"[^\s>:→][^>:→\n]{0,39}?"
_NUMBER: Final = re.compile(r"(?:team|t)?[ -]?0*(\d{1,3}[a-z]?)", re.I)
_LEAD_TIME: Final = re.compile(r"\s*@?((?:[01]\d|2[0-3]):?[0-5]\d)h?\s+(?=\S)", re.I)


class Party(msgspec.Struct, frozen=True):
    """One side of a call: its name (`base`, `all`, a team) and whether that name is known."""

    name: str
    known: bool
    span: tuple[int, int]

    @property
    def team(self) -> str | None:
        return self.name if self.known and self.name not in (BASE, EVERYONE) else None


class Head(msgspec.Struct, frozen=True):
    """What a line says before its message: from, to, a leading time (its span), and where the message begins."""

    from_: Party | None = None
    to: Party | None = None
    time_span: tuple[int, int] | None = None
    end: int = 0

    @property
    def parties(self) -> tuple[Party, ...]:
        return tuple(party for party in (self.from_, self.to) if party is not None)


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first, blanks of any width; one that never matches for none."""
    ordered = sorted({" ".join(word.split()) for word in words if word.strip()}, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split(" "))) for word in ordered) or r"(?!)"


def team_key(name: str) -> str:
    """What makes two spellings one team: `Team 03`, `T3` and `3` are the same."""
    folded = " ".join(name.casefold().split())
    number = _NUMBER.fullmatch(folded)
    return number[1] if number else folded


class HeadReader:
    """Reads heads by an organisation's words. `sayings` are what may follow a bare team number: `3 starting`."""

    def __init__(self, words: LogWords, sayings: Iterable[str]) -> None:
        self._teams = None if words.teams is None else {team_key(team): team for team in words.teams}
        self._base = {team_key(word) for word in words.base}
        self._everyone = {team_key(word) for word in words.everyone}
        named, others = alternatives(words.teams or ()), alternatives([*words.base, *words.everyone])
        strong = rf"(?:{named}|(?:team|t)[ -]?\d{{1,3}}[a-z]?)"
        party, plain = rf"(?:{strong}|{others}|\d{{1,3}}[a-z]?)", rf"(?:{strong}|{others})"
        shapes = (
            rf"(?:from\s+)?(?P<f>{_ANYONE}){_ARROW}(?P<t>{party})(?!\w)\s*[:,-]?",
            rf"(?:from\s+)?(?P<f>{_ANYONE}){_ARROW}(?P<t>{_ANYONE})\s*:",
            rf"(?:from\s+)?(?P<f>{party})\s+to\s+(?P<t>{party})\s*:",
            rf"(?:from\s+)?(?P<f>{strong})\s+to\s+(?P<t>{party})(?!\w)\s*[,-]?",
            rf"(?:from\s+)?(?P<f>{party})\s+to\s+(?P<t>{plain})(?!\w)\s*[,-]?",
            rf"from\s+(?P<f>{strong})(?!\w)\s*[:,]?",
            rf"from\s+(?P<f>{party})\s*[:,]",
            rf"to\s+(?P<t>{party})\s*[:,]",
            rf"(?P<f>{party})\s*:(?!\d)",
            rf"(?P<f>{strong})(?!\w)(?!\s?['’])\s*[,;-]?",
            rf"(?P<f>\d{{1,3}}[a-z]?)\s+(?=@|F\d{{1,2}}\b|(?:{alternatives(sayings)})(?!\w))",
        )
        self._shapes = [re.compile(rf"\s*{shape}\s*", re.I) for shape in shapes]
        self._spoken = 8
        """The first eight shapes say outright that somebody speaks: only before these may a bare time stand."""

    def read(self, text: str) -> Head:
        """The head of a line; an empty one when the line has none."""
        time = _LEAD_TIME.match(text)
        if time is not None:
            head = self._match(text, time.end(), self._shapes[: self._spoken])
            if head is not None:
                return msgspec.structs.replace(head, time_span=time.span(1))
        return self._match(text, 0, self._shapes) or Head()

    def _match(self, text: str, start: int, shapes: list[re.Pattern[str]]) -> Head | None:
        for shape in shapes:
            match = shape.match(text, start)
            if match is None:
                continue
            groups = match.groupdict()
            from_ = self._party(match, "f") if groups.get("f") else None
            to = self._party(match, "t") if groups.get("t") else None
            sides = [party for party in (from_, to) if party is not None]
            numbers = [text[slice(*party.span)].strip().isdigit() for party in sides]
            if not all(numbers) and not any(p.known and not n for p, n in zip(sides, numbers, strict=True)):
                continue  # `wind > 60`: nobody whom we know by name, and not two numbers either.
            if from_ is not None and to is None and from_.name == EVERYONE:
                from_, to = None, from_
            return Head(from_, to, None, match.end())
        return None

    def _party(self, match: re.Match[str], group: str) -> Party:
        words = match[group].strip()
        key = team_key(words)
        if key in self._base:
            return Party(BASE, True, match.span(group))
        if key in self._everyone:
            return Party(EVERYONE, True, match.span(group))
        if self._teams is not None:
            return Party(self._teams.get(key, words), key in self._teams, match.span(group))
        number = _NUMBER.fullmatch(key)
        return Party(key if number else words, number is not None, match.span(group))
