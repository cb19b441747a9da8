"""What a report's words give away at once: survivors, losses, an ambush, being outnumbered; and how two texts differ.

Words are looked for, nothing is guessed: each mark names the very words it came from, and a reader judges.
"""

from __future__ import annotations

import difflib
import re

import msgspec

_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|no|several)"

PATTERNS: dict[str, str] = {
    "survivors": rf"(?:{_NUMBER}\s+)?surviv(?:ors?|ed|ing)\b(?:\s*[—–:-]\s*[^.\n]+)?",
    "losses": rf"(?:{_NUMBER}\s+)?(?:\w+\s+)?\b(?:died|killed|dead|fell|lost|deaths?|fatalit(?:y|ies))\b",
    "ambush": r"\bambush(?:ed|es)?\b",
    "outnumbered": r"\boutnumber(?:ed|ing|s)?\b",
    "missing": rf"(?:{_NUMBER}\s+)?\bmissing\b",
    "wounded": rf"(?:{_NUMBER}\s+)?\b(?:wounded|injured|hurt)\b",
}


class WordMark(msgspec.Struct, frozen=True):
    """A span of a text, `text[start:end]`, and what it speaks of."""

    what: str
    start: int
    end: int
    words: str


def marks(text: str) -> tuple[WordMark, ...]:
    """Every mark in the text, in order."""
    found = [
        WordMark(what, match.start(), match.end(), match.group().strip())
        for what, pattern in PATTERNS.items()
        for match in re.finditer(pattern, text, re.IGNORECASE)
    ]
    return tuple(sorted(found, key=lambda mark: (mark.start, mark.what)))


class Difference(msgspec.Struct, frozen=True):
    """A run of words: `same`, `gone` (only in the earlier text) or `new` (only in the later)."""

    what: str
    words: str


def differences(earlier: str, later: str) -> tuple[Difference, ...]:
    """How the later text differs from the earlier, word by word."""
    before, after = re.findall(r"\S+\s*", earlier), re.findall(r"\S+\s*", later)
    found: list[Difference] = []
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Difference("same", "".join(before[a1:a2])))
            continue
        if a2 > a1:
            found.append(Difference("gone", "".join(before[a1:a2])))
        if b2 > b1:
            found.append(Difference("new", "".join(after[b1:b2])))
    return tuple(found)
