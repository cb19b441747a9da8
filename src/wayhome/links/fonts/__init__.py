"""Where the shipped fonts lie, and which characters they hold."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
FAMILIES: Final = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans JP", "Noto Emoji")


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """Code points that some shipped font has a glyph for."""
    points: set[int] = set()
    for line in (FOLDER / "coverage.txt").read_text(encoding="ascii").split():
        first, _, last = line.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(points)
