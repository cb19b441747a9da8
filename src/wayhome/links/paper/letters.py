"""Letters that the shipped fonts do not have are printed by number and named on the sheet, never as empty boxes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from wayhome.links.fonts import covered

# Invisible marks that need no glyph: joiners, direction marks, variation selectors, tags, zero-width blanks.
_INVISIBLE = frozenset(
    [0xAD, 0x34F, 0x61C, 0x2060, 0xFEFF, *range(0x200B, 0x2010), *range(0xFE00, 0xFE10), *range(0xE0020, 0xE0080)]
)
# Marks that turn the order of the letters after them: on an official paper they could make a text say another thing.
_TURNING = frozenset([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
UNBROKEN_LETTERS = 30


class Letters:
    """Makes texts printable and remembers which characters could not be."""

    def __init__(self) -> None:
        self.missing: set[str] = set()

    def printable(self, text: str) -> str:
        """The text with every character without a glyph as `[U+1F9]`, and places to break in very long words."""
        have = covered() | _INVISIBLE
        shown: list[str] = []
        run = 0
        for letter in text.replace("\r\n", "\n").replace("\t", "  "):
            point = ord(letter)
            if letter in "\n " or (point in have and point not in _TURNING and point >= 0x20):
                shown.append(letter)
            else:
                self.missing.add(letter)
                shown.append(f"[U+{point:04X}]")
            run = 0 if letter.isspace() else run + 1
            if run >= UNBROKEN_LETTERS and letter.isascii():
                shown.append("\u200b")
                run = 0
        return "".join(shown)

    def note(self) -> str:
        """The sentence for the sheet; empty when every character has its letter."""
        if not self.missing:
            return ""
        named = [f"U+{ord(m):04X} {unicodedata.name(m, 'unnamed').lower()}" for m in _ordered(self.missing)[:12]]
        more = f" and {len(self.missing) - 12} more" if len(self.missing) > 12 else ""
        return f"Printed by number, for want of a letter in the fonts of this sheet: {'; '.join(named)}{more}."


def _ordered(letters: Iterable[str]) -> list[str]:
    return sorted(letters, key=ord)
