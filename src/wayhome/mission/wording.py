"""What a report's words give away at once: survivors, losses, an ambush, being outnumbered; and how two texts differ.

Words are looked for, nothing is guessed: each mark names the very words it came from, and a reader judges.
"""

from __future__ import annotations

import difflib
import re

import msgspec

_NUMBER = r"(?:\d{1,6}|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|no|several)"

PATTERNS: dict[str, str] = {
    "survivors": rf"\b(?:{_NUMBER}\s+)?surviv(?:ors?|ed|ing)\b(?:\s*[—–:-]\s*[^.\n]+)?",
    "losses": rf"\b(?:{_NUMBER}\s+)?(?:\w+\s+)?\b(?:died|killed|dead|fell|lost|deaths?|fatalit(?:y|ies))\b",
    "ambush": r"\bambush(?:ed|es)?\b",
    "outnumbered": r"\boutnumber(?:ed|ing|s)?\b",
    "missing": rf"\b(?:{_NUMBER}\s+)?\bmissing\b",
    "wounded": rf"\b(?:{_NUMBER}\s+)?\b(?:wounded|injured|hurt)\b",
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


MOST_COMPARISONS = 25_000_000
"""Words of one text times words of the other that are compared word by word; longer texts go line by line."""


def differences(earlier: str, later: str) -> tuple[Difference, ...]:
    """How the later text differs from the earlier: word by word, line by line where long, else as a whole."""
    for part in (r"\s*\S+\s*|\s+", r"[^\n]*\n|[^\n]+"):
        before, after = re.findall(part, earlier), re.findall(part, later)
        start = _same_at_start(before, after)
        end = _same_at_start(before[start:][::-1], after[start:][::-1])
        middle = before[start : len(before) - end], after[start : len(after) - end]
        if len(middle[0]) * len(middle[1]) <= MOST_COMPARISONS:
            found = [("same", before[:start]), *_compared(*middle), ("same", before[len(before) - end :])]
            return tuple(Difference(what, "".join(words)) for what, words in found if words)
    return Difference("gone", earlier), Difference("new", later)


def _same_at_start(before: list[str], after: list[str]) -> int:
    """How many are the same from the start on."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(before), len(after)))


def _compared(before: list[str], after: list[str]) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", before[a1:a2]))
        else:
            found += [("gone", before[a1:a2]), ("new", after[b1:b2])]
    return found
