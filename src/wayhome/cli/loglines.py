"""One typed line as a log entry, and log entries as the rows of a table."""

from __future__ import annotations

from datetime import date

from wayhome.cli.context import here
from wayhome.cli.show import words as shown
from wayhome.formats.errors import BadProfile
from wayhome.formats.linehead import BASE
from wayhome.formats.logline import LineReader, TypedLine
from wayhome.formats.logwords import LogWords
from wayhome.links.profiles import load_profile
from wayhome.mission.intents.field import LogLine
from wayhome.mission.views.shapes import LineView, MissionView
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId, handle
from wayhome.values.places import Place
from wayhome.values.when import hhmm

HEADINGS = ("TIME", "T/F", "TEAM", "MESSAGE", "RADIO LOC.", "STATUS", "OPERATOR", "LINE")
DESK = "desk"


class Typist:
    """Reads lines typed for one mission, by its teams, its points and the organisation's words."""

    def __init__(self, me: Session, mission: MissionId) -> None:
        self._me = me
        self._mission = mission
        held: MissionView = me.read("mission", mission=mission).value
        points = {"IPP": held.initial_point, "LKP": held.last_point or held.initial_point}
        named = {name: place for name, place in points.items() if place is not None}
        teams = tuple(team.name for team in me.read("teams", mission=mission).value)
        self._near = held.last_point or held.initial_point or held.place
        self._reader = LineReader(_words_of(me, teams, named))

    def read(self, text: str) -> TypedLine:
        """What a line says. Never raises, whatever was typed."""
        return self._reader.read(text, self._me.now(), near=self._near)

    def entry(self, text: str, *, radio: Place | None = None, relayed: bool = False) -> tuple[LogLine, TypedLine]:
        """The log entry that a line is, its words as typed, and how it was read."""
        line = self.read(text)
        entry = LogLine(
            mission=self._mission,
            words=text,
            sender=line.from_ or "",
            receiver=line.to or "",
            team=line.team or "",
            message=message_of(line),
            place=line.place,
            place_words=place_words_of(line),
            status=line.status or "",
            at=line.claimed,
            relayed=relayed,
            radio_place=radio,
            flags=flags_of(line),
            clue="" if line.clue is None else line.clue or message_of(line),
            casualty="" if line.casualty is None else line.casualty or message_of(line),
            triage=line.triage or "",
        )
        return entry, line


def _words_of(me: Session, teams: tuple[str, ...], points: dict[str, Place]) -> LogWords:
    """The organisation's words; the usual ones, said aloud, where its profile cannot be read here."""
    profile: str = me.read("organisation").value.profile
    try:
        return load_profile(profile).log_words(teams, points)
    except BadProfile as error:
        here().err.write(f"wayhome: {error}; lines are read by the usual words\n")
        return LogWords(teams=teams, places=points)


def message_of(line: TypedLine) -> str:
    """What was said, without the head; a function key as the words it stands for."""
    message = line.message.strip()
    if line.canned is None:
        return message
    return f"{line.canned} {message.partition(' ')[2].strip()}".strip()


def place_words_of(line: TypedLine) -> str:
    """How the place was typed."""
    if line.places:
        return line.text[slice(*line.places[0].span)]
    return line.named_place or ""


def flags_of(line: TypedLine) -> tuple[str, ...]:
    """What was not understood, each with the words it is about."""
    return tuple(f"{flag.text!r}: {flag.reason}" for flag in line.not_understood)


def understood(line: TypedLine) -> dict[str, str]:
    """What a line was taken to say; empty where it is words alone."""
    said = [
        ("from", line.from_),
        ("to", line.to),
        ("team", line.team),
        ("place", shown(line.place) if line.place else None),
        ("status", line.status),
        ("clue", None if line.clue is None else line.clue or "yes"),
        ("casualty", None if line.casualty is None else line.casualty or "yes"),
        ("triage", line.triage),
        ("time", hhmm(line.claimed) if line.claimed else None),
    ]
    return {name: value for name, value in said if value}


def cells(line: LineView, today: date) -> tuple[str, ...]:
    """An entry under `HEADINGS`. T: said to a team, F: said by one. What was amended or not understood stands below."""
    time = hhmm(line.at) if line.at.day == today else f"{line.at.local:%m-%d %H%M}"
    by_base = line.sender.casefold() in ("", BASE, DESK)
    direction = "F" if not by_base else "T" if line.receiver else ""
    team = line.team or (line.sender if direction == "F" else line.receiver)
    message = line.words if line.sender == DESK else line.message or line.words
    said = [f"{message} (relayed)" if line.relayed else message]
    said += [f"was: {was}" for was in line.was] + [f"? {flag}" for flag in line.flags]
    return (
        time,
        direction,
        team,
        " | ".join(said),
        shown(line.radio_place or line.place),
        line.status,
        line.by_name,
        handle(line.line),
    )
