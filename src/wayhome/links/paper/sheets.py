"""What goes onto paper: plain data that a caller fills in. Times are moments; a sheet shows them in its own zone."""

from __future__ import annotations

from typing import Literal

import msgspec

from wayhome.formats.ics import LogEntry
from wayhome.values.places import Place
from wayhome.values.when import Moment

State = Literal["draft", "official"]
Form = Literal["ICS 309", "ICS 214"]


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on top of every page. `number` is the mission's short name for people; `zone` an IANA name.

    `printed_at` is also the creation date inside the file, so that the same input gives the same bytes.
    `marking` is a line such as *Contains medical information*.
    """

    organisation: str
    mission: str
    number: str = ""
    rank: str = ""
    zone: str = "UTC"
    printed_at: Moment
    printed_by: str
    marking: str = ""


class Section(msgspec.Struct, frozen=True):
    """A titled stretch of text; blank lines part paragraphs."""

    title: str
    text: str


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who was part of the mission. `home_at` and `how` say how they got off: home, handed over, or not yet."""

    name: str
    role: str = ""
    team: str = ""
    out_at: Moment | None = None
    home_at: Moment | None = None
    how: str = ""


class Casualty(msgspec.Struct, frozen=True, kw_only=True):
    who: str
    triage: str = ""
    condition: str = ""
    treated_by: str = ""
    outcome: str = ""


class Clue(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    words: str
    place: Place | None = None
    found_at: Moment | None = None
    found_by: str = ""
    instruction: str = ""


class Mark(msgspec.Struct, frozen=True):
    """Something read out of a report and the very words it came from: `losses`, `"two survivors"`, `the captain`."""

    kind: str
    words: str
    source: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A mission report. `text` is this version; `before` the draft it follows, to show what changed."""

    heading: Heading
    state: State
    written_by: str
    written_at: Moment
    text: str
    before: str | None = None
    before_by: str = ""
    before_at: Moment | None = None
    facts: tuple[tuple[str, str], ...] = ()
    people: tuple[Person, ...] = ()
    casualties: tuple[Casualty, ...] = ()
    clues: tuple[Clue, ...] = ()
    marks: tuple[Mark, ...] = ()
    exceptions: tuple[str, ...] = ()
    failed_assumptions: tuple[str, ...] = ()
    timeline: tuple[LogEntry, ...] = ()
    sections: tuple[Section, ...] = ()


class Resource(msgspec.Struct, frozen=True):
    """A person on the ICS-214: name, position, home agency."""

    name: str
    position: str = ""
    agency: str = ""


class LogSheet(msgspec.Struct, frozen=True, kw_only=True):
    """The log of a period after ICS 309 (communications) or ICS 214 (activity), oldest entry first."""

    heading: Heading
    form: Form = "ICS 309"
    period_from: Moment | None = None
    period_to: Moment | None = None
    unit: str = ""
    operator: str = ""
    resources: tuple[Resource, ...] = ()
    entries: tuple[LogEntry, ...] = ()


class BriefedTeam(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    leader: str
    members: tuple[str, ...] = ()
    assignment: str = ""
    channel: str = ""
    transport: str = ""
    overdue_after: str = ""


class Channel(msgspec.Struct, frozen=True):
    name: str
    frequency: str
    use: str


class Briefing(msgspec.Struct, frozen=True, kw_only=True):
    """A briefing sheet as one reader may see it. `signed` are names that acknowledge it by hand."""

    heading: Heading
    version: int
    given_by: str
    for_whom: str = ""
    situation: str = ""
    subject: tuple[tuple[str, str], ...] = ()
    objectives: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    teams: tuple[BriefedTeam, ...] = ()
    channels: tuple[Channel, ...] = ()
    places: tuple[tuple[str, Place], ...] = ()
    medical: str = ""
    overdue: str = ""
    sections: tuple[Section, ...] = ()
    signed: tuple[str, ...] = ()
    coordinates: str = "USNG, WGS84"
