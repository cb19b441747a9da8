"""Everything that a member can list, show or ask for: where a word that must be nowhere is looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from wayhome.cli.exercises.checking import Answer

Run = Callable[..., Answer]

PLAIN: tuple[tuple[str, ...], ...] = (
    ("mission", "list"),
    ("offer", "list"),
    ("offer", "list", "--mine"),
    ("member", "list"),
)
"""Reads that need no name."""

OF_A_MEMBER: tuple[tuple[str, ...], ...] = (("member", "show"),)
OF_A_MISSION: tuple[tuple[str, ...], ...] = (("mission", "show"),)


def commands_for(run: Run, who: str) -> Iterator[list[str]]:
    """Every reading command line there is for somebody: plain ones, and one for each member and mission they see."""
    yield from (list(words) for words in PLAIN)
    for table, listing, key in (
        (OF_A_MEMBER, ["member", "list"], "member_name"),
        (OF_A_MISSION, ["mission", "list"], "name"),
    ):
        for name in _names(run(listing, who, as_json=True), key):
            yield from ([*words, name] for words in table)


def _names(answer: Answer, key: str) -> list[str]:
    if answer.status:
        return []
    rows: list[dict[str, Any]] = msgspec.json.decode(answer.out)
    return [str(row[key]) for row in rows if row.get(key)]
