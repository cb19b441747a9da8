"""Log entries, and what a line was taken to say, as the command line shows them."""

from __future__ import annotations

from datetime import date

from wayhome.cli.show import words as shown
from wayhome.faces.typist import DESK
from wayhome.formats.linehead import BASE
from wayhome.formats.logline import TypedLine
from wayhome.mission.views.shapes import LineView
from wayhome.values.ids import handle
from wayhome.values.when import hhmm

HEADINGS = ("TIME", "T/F", "TEAM", "MESSAGE", "RADIO LOC.", "STATUS", "OPERATOR", "LINE")


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
    said += [f"STRUCK, {line.struck_why}"] if line.struck else []
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
