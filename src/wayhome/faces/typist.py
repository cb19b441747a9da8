"""One typed line as a log entry: what both faces make of what an operator types."""

from __future__ import annotations

from wayhome.formats.errors import BadProfile
from wayhome.formats.logline import LineReader, TypedLine
from wayhome.formats.logwords import LogWords
from wayhome.links.profiles import load_profile
from wayhome.mission.intents.field import LogLine
from wayhome.mission.views.shapes import MissionView
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId
from wayhome.values.places import Place

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
        self.near = held.last_point or held.initial_point or held.place
        self.notice = ""
        """What whoever types should know: that the organisation's own words could not be read, say."""
        self._reader = LineReader(self._words_of(me, teams, named))

    def read(self, text: str) -> TypedLine:
        """What a line says. Never raises, whatever was typed."""
        return self._reader.read(text, self._me.now(), near=self.near)

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

    def _words_of(self, me: Session, teams: tuple[str, ...], points: dict[str, Place]) -> LogWords:
        """The organisation's words; the usual ones, said aloud, where its profile cannot be read here."""
        profile: str = me.read("organisation").value.profile
        try:
            return load_profile(profile).log_words(teams, points)
        except BadProfile as error:
            self.notice = f"{error}; lines are read by the usual words"
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
