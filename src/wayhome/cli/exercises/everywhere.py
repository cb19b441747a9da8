"""Everything that a member can list, show or ask for: where a word that must be nowhere is looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from wayhome.cli.exercises.checking import Answer

Run = Callable[..., Answer]

PLAIN: tuple[str, ...] = (
    "alarm list", "bonds", "care", "care cases", "care contacts", "care counts", "care desk", "care export",
    "care left-behind", "care list", "care looked-in", "care mine", "care requests", "care to-medic", "care visits",
    "care waiting", "care who-reads", "care words list", "care worries", "command history", "command succession",
    "command succession list", "duty", "duty fitness", "duty limits", "duty show", "field out", "glass list",
    "member availability", "member bonds", "member channels", "member invitations", "member letters", "member list",
    "member personal", "member routines", "memorial", "memorial list", "mission list", "offer list", "organisation",
    "petition list", "telling list", "vehicle list", "waiting", "whoami",
)  # fmt: skip
"""Reads that need no name."""

OF_A_MEMBER: tuple[str, ...] = ("member show", "member history")

OF_A_MISSION: tuple[str, ...] = (
    "casualty list", "clue list", "cover list", "draw list", "field contact-plans", "field endurance", "field finds",
    "field out", "field places", "field signed-in", "field wait-or-go", "know", "log list", "mission advice",
    "mission briefing", "mission conflicts", "mission emergencies", "mission exceptions", "mission identity",
    "mission looks", "mission losses", "mission notes", "mission read-ins", "mission show", "mission situation",
    "mission stakes", "mission subject", "offer list", "photo list", "report assumptions", "report exposures",
    "report list", "report papers", "report show", "report testimony", "search dog list", "search evidence list",
    "search hypothesis list", "team list", "telling list",
)  # fmt: skip


def commands_for(run: Run, who: str) -> Iterator[list[str]]:
    """Every reading command line there is for somebody: plain ones, and one for each member and mission they see."""
    yield from (words.split() for words in PLAIN)
    for table, listing, key in (
        (OF_A_MEMBER, ["member", "list"], "member_name"),
        (OF_A_MISSION, ["mission", "list"], "name"),
    ):
        for name in _names(run(listing, who, as_json=True), key):
            yield from ([*words.split(), name] for words in table)


def _names(answer: Answer, key: str) -> list[str]:
    if answer.status:
        return []
    rows: list[dict[str, Any]] = msgspec.json.decode(answer.out)
    return [str(row[key]) for row in rows if row.get(key)]
