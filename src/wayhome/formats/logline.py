"""One typed line is one log entry: from, to, team, place, status, clue, casualty, time. Nothing typed is ever lost.

    [HHMM] FROM > TO: message        3 > base: at LKP, starting sweep 31TCH7803 at 0815
    FROM to TO[:] message            team 3 to base clue boot print size 44 at 42.5063,1.5218 @0815
    FROM: message, to TO: message    from 2 to all: weather coming in
    TEAM message, N status           T4 casualty conscious, broken leg triage yellow 31T CH 78 03
    TEAM CODE                        2 F6

Whatever fits none of this is a line all the same: its text is kept whole, and what looked like something but was not
understood is flagged.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from wayhome.formats.claimedtime import PLAN_MS, find_times, resolve
from wayhome.formats.coordinates import FoundPlace, read_places
from wayhome.formats.linehead import BASE, EVERYONE, Head, HeadReader, alternatives
from wayhome.formats.logwords import CANNED, STATUSES, TRIAGE, LogWords, StatusWord
from wayhome.values.places import Place
from wayhome.values.when import Moment, hhmm

READ_CHARS: Final = 4_000
"""How much of a line is searched for places and words; all of it is kept."""


class Flag(msgspec.Struct, frozen=True):
    """A stretch of a line that looked like something and was not understood, and why."""

    span: tuple[int, int]
    text: str
    reason: str


class TypedLine(msgspec.Struct, frozen=True):
    """One typed line, read. `text` is the line as typed, always whole; `message` is what follows the head.

    `from_` and `to` are a team's name, `base`, `all`, or what was typed where nobody known answers to it (then it is
    flagged); None where not said. `team` is the known team that the line is about. `clue` and `casualty` are None
    where there is none, else what was said of it. `claimed` is the time given in the line, None where none was.
    """

    text: str
    message: str
    from_: str | None
    to: str | None
    team: str | None
    places: tuple[FoundPlace, ...]
    named_place: str | None
    place: Place | None
    statuses: tuple[str, ...]
    clue: str | None
    casualty: str | None
    triage: str | None
    canned: str | None
    claimed: Moment | None
    not_understood: tuple[Flag, ...]

    @property
    def status(self) -> str | None:
        """The status the team ends up in: the last one named."""
        return self.statuses[-1] if self.statuses else None

    @property
    def is_clue(self) -> bool:
        return self.clue is not None

    @property
    def is_casualty(self) -> bool:
        return self.casualty is not None


class _Message:
    """The message of a line while it is read: stretches already understood become holes, doubts become flags."""

    def __init__(self, text: str, head: Head) -> None:
        self.text, self.start = text, head.end
        self.seen = text[:READ_CHARS]
        self.holes: list[tuple[int, int]] = []
        self.flags: list[Flag] = []

    def flag(self, start: int, end: int, reason: str) -> None:
        self.flags.append(Flag((start, end), self.text[start : min(end, start + 80)], reason))

    def free(self, start: int, end: int) -> bool:
        return all(end <= a or b <= start for a, b in self.holes)

    def masked(self) -> str:
        """The message with every hole blanked out, each a new segment; offsets stay."""
        chars = list(self.seen)
        for start, end in self.holes:
            chars[start:end] = ";" + " " * (end - start - 1)
        return "".join(chars[self.start :])


_LEAD_IN: Final = (
    r"(?:(?:now|just|we|are|we're|is|team|have|has|we've|i|am|i'm|a|an|the|one|two|three|four|found|located|possible"
    r"|new|with|and|\d{1,2})\s+)"
)
_SEGMENT: Final = r"(?:^|[,;.!:–—\n(]|\band\b)\s*"
_CODE: Final = re.compile(r"(F\d{1,2})\b", re.I)
_TRIAGE_WORD: Final = re.compile(r"\btriage\b[ :=]{0,3}(\w+)?", re.I)
_PLACE_LEAD: Final = re.compile(r"(?:\b(?:at|loc|location|pos|position|grid|gps|coords?)\b|@)[ :=]{0,2}$", re.I)


class LineReader:
    """The grammar for one organisation and mission: built once, then `read` for every line."""

    def __init__(self, words: LogWords | None = None) -> None:
        self.words = words = words if words is not None else LogWords()
        self._status_of = {_folded(way): word.status for word in words.statuses for way in (word.status, *word.also)}
        sayings = [*self._status_of, *words.clue, "casualty", "patient"]
        self._head = HeadReader(words, [saying for saying in sayings if not saying.endswith(("clues", "casualties"))])
        self._status, self._clue, self._hurt = (
            re.compile(rf"{_SEGMENT}{_LEAD_IN}{{0,5}}?({alternatives(found)})(?!\w)[ :]{{0,3}}", re.I)
            for found in (self._status_of, words.clue, words.casualty)
        )
        self._triage = re.compile(rf"\s*({alternatives(words.triage)})(?!\w)", re.I)
        self._named = re.compile(rf"(?:@ ?|\bat )({alternatives(words.places)})(?!\w)", re.I)
        self._place_names = {_folded(name): name for name in words.places}
        self._canned = {code.upper(): text for code, text in words.canned.items()}
        self._triage_of = {word.casefold(): category for word, category in words.triage.items()}

    def read(self, text: str, now: Moment, near: Place | None = None) -> TypedLine:
        """Reads one line. Never raises, whatever was typed. `now` resolves clock times; `near` short grids."""
        head = self._head.read(text[:READ_CHARS])
        message = _Message(text, head)
        self._flag_head(message, head)
        places = self._read_places(message, near)
        named = self._read_named(message)
        claimed = self._read_time(message, head, now)
        canned = self._read_code(message)
        masked = message.masked()
        spoken = masked if canned is None else f"{canned};{masked}"
        statuses = tuple(self._status_of[_folded(match[1])] for match in self._status.finditer(spoken))
        triage, casualty = self._read_casualty(message, masked)
        return TypedLine(
            text=text,
            message=text[head.end :],
            from_=head.from_.name if head.from_ else None,
            to=head.to.name if head.to else None,
            team=next((party.team for party in head.parties if party.team is not None), None),
            places=places,
            named_place=named,
            place=places[0].place if places else self.words.places[named] if named is not None else None,
            statuses=statuses,
            clue=self._read_clue(masked, "located a clue" in statuses),
            casualty=casualty,
            triage=triage,
            canned=canned,
            claimed=claimed,
            not_understood=tuple(sorted(message.flags, key=lambda flag: flag.span)),
        )

    def _flag_head(self, message: _Message, head: Head) -> None:
        for party in head.parties:
            if not party.known:
                teams = ", ".join((self.words.teams or ())[:8]) or "none yet"
                message.flag(*party.span, f"no team called {party.name[:40]!r} here: the teams are {teams}")
        if len(message.text) > READ_CHARS:
            reason = f"only the first {READ_CHARS} characters were searched for places and words; all of it is kept"
            message.flag(READ_CHARS, len(message.text), reason)

    @staticmethod
    def _read_places(message: _Message, near: Place | None) -> tuple[FoundPlace, ...]:
        finds, shift = read_places(message.seen[message.start :], near), message.start
        moved: list[FoundPlace] = [
            msgspec.structs.replace(find, span=_shifted(find.span, shift)) for find in finds.places
        ]
        for broken in finds.broken:
            message.flag(*_shifted(broken.span, shift), broken.reason)
        for start, end in [_shifted(span, shift) for span in finds.spans]:
            lead = _PLACE_LEAD.search(message.seen[max(shift, start - 12) : start])
            message.holes.append((start - (len(lead.group()) if lead else 0), end))
        for extra in moved[1:]:
            message.flag(*extra.span, "a second place in one line: the first one counts as the team's")
        return tuple(moved)

    def _read_named(self, message: _Message) -> str | None:
        for match in self._named.finditer(message.seen, message.start):
            if message.free(*match.span()):
                message.holes.append(match.span())
                return self._place_names[_folded(match[1])]
        return None

    @staticmethod
    def _read_time(message: _Message, head: Head, now: Moment) -> Moment | None:
        if head.time_span is not None:
            digits = message.seen[slice(*head.time_span)].replace(":", "")
            return resolve((int(digits[:2]), int(digits[2:])), now)
        for time in find_times(message.seen):
            if time.span[0] < message.start or not message.free(*time.span):
                continue
            if time.clock is None:
                message.flag(*time.span, "no such time of day: write it like @0815 or at 08:15")
                continue
            claimed = resolve(time.clock, now, utc=time.utc)
            ahead = claimed.ms - now.ms > PLAN_MS
            if ahead and not time.sure:
                continue  # `will be at IC at 1500`: said of the future, not the time of the entry.
            message.holes.append(time.span)
            if ahead:
                message.flag(*time.span, f"that is still to come: it is {hhmm(now)} now")
            return claimed
        return None

    def _read_code(self, message: _Message) -> str | None:
        code = _CODE.match(message.seen, message.start)
        if code is None:
            return None
        canned = self._canned.get(code[1].upper())
        if canned is None:
            message.flag(*code.span(), f"no canned line {code[1]}: there are {', '.join(self._canned) or 'none'}")
            return None
        message.holes.append(code.span())
        return canned

    def _read_clue(self, masked: str, located: bool) -> str | None:
        match = self._clue.search(masked)
        if match is None:
            match = next((m for m in self._status.finditer(masked) if "clue" in m[1].casefold()), None)
        if match is not None:
            return _described(masked[match.end() :])
        return _described(masked) if located else None

    def _read_casualty(self, message: _Message, masked: str) -> tuple[str | None, str | None]:
        """The triage category and what was said of the casualty; None and None where there is none."""
        hurt, word = self._hurt.search(masked), _TRIAGE_WORD.search(masked)
        triage = None
        if word is not None:
            triage = self._triage_of.get((word[1] or "").casefold())
            if triage is None:
                known = ", ".join(self._triage_of)
                message.flag(message.start + word.start(), message.start + word.end(), f"triage words are {known}")
        elif hurt is not None:
            beside = self._triage.match(masked, hurt.end())
            triage = self._triage_of[beside[1].casefold()] if beside else None
        if hurt is None:
            return triage, None if word is None else _described(masked)
        return triage, _described(masked[hurt.end() :])


def _shifted(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] + by, span[1] + by


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _described(masked: str) -> str:
    """What is left of a message once places and times are taken out, on one line without stray marks."""
    return re.sub(r"(?:\s*[;,]\s*){2,}|\s*;\s*", "; ", " ".join(masked.split())).strip(" ;,:-")


__all__ = [
    "BASE",
    "CANNED",
    "EVERYONE",
    "STATUSES",
    "TRIAGE",
    "Flag",
    "LineReader",
    "LogWords",
    "StatusWord",
    "TypedLine",
]
