"""How a command says what a refusal asks for. The rules know of no face, so each face has its own way of saying how."""

from __future__ import annotations

from wayhome.mission.rules.offers import NEEDS_AN_EXCEPTION

BY_CODE = {
    "asked already": "`wayhome offer list` shows it",
    "by which channel": "--channel phone",
    "not found": "`wayhome field found`",
    "over the ceiling": "--override 'nobody else can'",
    "until when": "--until 2026-03-02T12:00",
    "what would reopen it": "--reopens-when 'a new clue'",
    "which limits": "--limits 'back by 18:00'",
}
"""What to type, by the code of the refusal."""


def hint(code: str) -> str:
    """What to type after a refusal, or nothing where its words say enough."""
    if code.startswith(NEEDS_AN_EXCEPTION):
        return f"--exception.{code.removeprefix(NEEDS_AN_EXCEPTION)} 'short-handed'"
    return BY_CODE.get(code, "")
