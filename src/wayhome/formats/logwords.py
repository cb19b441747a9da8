"""The words of a typed log line, as data: an organisation may bring its own.

Statuses, canned lines and their function keys are those that ncssar/radiolog operators use.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from wayhome.values.places import Place


class StatusWord(msgspec.Struct, frozen=True):
    """One status and every way it is typed or said. `status` itself counts as one of them."""

    status: str
    also: tuple[str, ...] = ()


STATUSES: Final = (
    StatusWord("departing IC", ("leaving IC", "departed IC", "departing base", "departing CP", "departing ICP")),
    StatusWord("starting", ("started", "starting assignment", "commencing")),
    StatusWord("working", ("still working", "searching")),
    StatusWord("completed assignment", ("completed", "assignment completed", "assignment complete")),
    StatusWord("en route to IC", ("enroute to IC", "en route IC", "enroute IC", "returning to IC", "en route to base")),
    StatusWord("requesting transport", ("request transport", "need transport")),
    StatusWord("at IC", ("arrived IC", "arrived at IC", "back at IC", "at base", "at ICP", "at CP")),
    StatusWord("radio check ok", ("radio check okay",)),
    StatusWord("welfare check ok", ("welfare check okay", "welfare ok", "all ok", "all well")),
    StatusWord("standby", ("standing by", "stand by")),
    StatusWord("located a clue", ("located clue", "found a clue", "found clue", "clue located")),
    StatusWord("subject located", ("located subject", "located the subject", "found the subject", "subject found")),
    StatusWord("requesting deputy", ("request deputy", "need a deputy")),
    StatusWord("in transit", ("en route", "enroute", "moving")),
    StatusWord("waiting", ("waiting for transport",)),
    StatusWord("available", ()),
    StatusWord("resting", ("taking a break",)),
    StatusWord("out of service", ("oos", "o/s")),
    StatusWord("in service", ("back in service",)),
    StatusWord("turning back", ("turned back",)),
)

CANNED: Final[Mapping[str, str]] = {
    "F1": "departing IC",
    "F2": "starting",
    "F3": "completed assignment",
    "F4": "en route to IC",
    "F5": "requesting transport",
    "F6": "at IC",
    "F7": "radio check ok",
    "F8": "welfare check ok",
    "F9": "standby",
    "F10": "located a clue",
    "F11": "subject located",
    "F12": "requesting deputy",
}

TRIAGE: Final[Mapping[str, str]] = {
    "red": "red",
    "immediate": "red",
    "t1": "red",
    "p1": "red",
    "yellow": "yellow",
    "delayed": "yellow",
    "urgent": "yellow",
    "t2": "yellow",
    "p2": "yellow",
    "green": "green",
    "minor": "green",
    "walking": "green",
    "t3": "green",
    "p3": "green",
    "black": "black",
    "expectant": "black",
    "dead": "black",
}
"""Words to the START categories: red is immediate, yellow delayed, green minor, black expectant or dead."""


class LogWords(msgspec.Struct, frozen=True):
    """Everything a line reader must know of the organisation and the mission.

    `teams` are the teams of the mission by name; None takes any number or `team N` as a team. `places` are named
    points such as LKP. The rest are word lists; matching ignores case.
    """

    teams: tuple[str, ...] | None = None
    places: Mapping[str, Place] = {}
    statuses: tuple[StatusWord, ...] = STATUSES
    canned: Mapping[str, str] = msgspec.field(default_factory=lambda: CANNED)
    triage: Mapping[str, str] = msgspec.field(default_factory=lambda: TRIAGE)
    base: tuple[str, ...] = ("base", "IC", "ICP", "CP", "command", "command post", "control", "ops")
    everyone: tuple[str, ...] = ("all", "all teams", "all stations", "everyone")
    clue: tuple[str, ...] = ("clue", "clues")
    casualty: tuple[str, ...] = ("casualty", "casualties", "patient", "patients", "injured", "cas")
