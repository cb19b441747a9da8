"""What single cells of a roster hold: dates, skills with levels, lists."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import msgspec

LEVELS: Final = range(1, 6)
NEVER: Final = frozenset({"", "never", "does not expire", "no expiry"})

_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?")
_SKILL: Final = re.compile(r"(.+?)\s*(?:[:=]|\s)\s*(-?\d+)", re.S)


class CellProblem(msgspec.Struct, frozen=True):
    """What is wrong with a cell, and what to do."""

    value: str
    reason: str
    remedy: str


def tidy(value: str) -> str:
    """A cell without blanks (and the invisible marks that spreadsheets leave) around it."""
    return value.strip(" \t\r\n\u00a0\ufeff\u200b")


def read_list(cell: str) -> list[str]:
    """The parts of a cell between semicolons, commas, bars or lines; each once."""
    parts = (" ".join(part.split()) for part in re.split(r"[;,|\n]", cell))
    return list(dict.fromkeys(part for part in parts if part))


def read_date(cell: str, *, never: bool) -> tuple[date | None, CellProblem | None]:
    """A date written YYYY-MM-DD; with `never`, an empty cell or `never` stands for no end. None for an empty one."""
    if cell.casefold() in NEVER if never else not cell:
        return None, None
    match = _ISO.fullmatch(cell)
    if match is None:
        return None, CellProblem(cell, "not a date as YYYY-MM-DD", "write the 31st of January as 2027-01-31")
    try:
        return date(int(match[1]), int(match[2]), int(match[3])), None
    except ValueError as error:
        return None, CellProblem(cell, f"no such day ({error})", "correct the date")


def read_skills(cell: str) -> tuple[dict[str, int], list[CellProblem]]:
    """Skills with levels, `medic:3; tracking:2`, in the order given."""
    skills: dict[str, int] = {}
    problems: list[CellProblem] = []
    for part in read_list(cell):
        match = _SKILL.fullmatch(part)
        if match is None:
            problems.append(CellProblem(part, "a skill without its level", "write skill:level, for example medic:3"))
        elif int(match[2]) not in LEVELS:
            problems.append(CellProblem(part, f"level {match[2]}; levels are 1 to 5", "write skill:level with 1 to 5"))
        elif skills.get(match[1], int(match[2])) != int(match[2]):
            problems.append(CellProblem(part, f"{match[1]} twice with different levels", "keep one of the two"))
        else:
            skills[match[1]] = int(match[2])
    return skills, problems


def read_qualification_list(cell: str, *, dated: bool) -> list[tuple[str, date | None, CellProblem | None]]:
    """Qualifications in one cell, each with its own expiry if it has one.

    With `dated` the file has a column for the expiry and the cell is one title. Otherwise the cell is a list,
    `first aid:2027-01-31; SARTECH II`.
    """
    if dated:
        title = " ".join(cell.split())
        return [(title, None, None)] if title else []
    found: list[tuple[str, date | None, CellProblem | None]] = []
    for part in re.split(r"[;|\n]", cell):
        title, _, end = (piece.strip() for piece in part.partition(":"))
        if title:
            expires, problem = read_date(end, never=True)
            found.append((" ".join(title.split()), expires, problem))
    return found
