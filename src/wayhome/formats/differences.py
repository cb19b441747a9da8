"""Two versions of a text, word by word: what stayed, what was taken out, what was put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final, Literal

import msgspec

MAX_WORDS: Final = 20_000
"""Beyond this, texts are compared line by line: word by word would take too long to wait for."""


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text and what became of it."""

    kind: Literal["same", "removed", "added"]
    text: str


def word_differences(before: str, after: str) -> tuple[Piece, ...]:
    """The way from `before` to `after`: the same and removed pieces make up `before`, same and added `after`."""
    old, new = _words(before), _words(after)
    if len(old) + len(new) > MAX_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return tuple(piece for piece in _pieces(old, new) if piece.text)


def _words(text: str) -> list[str]:
    """Words each with the blanks after them, so that the parts join to the text again."""
    return re.findall(r"\S+\s*|\s+", text)


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        if b > a:
            yield Piece("removed", "".join(old[a:b]))
        if d > c:
            yield Piece("added", "".join(new[c:d]))
