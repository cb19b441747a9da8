"""Letters on a map: the shipped fonts for every script, halos, measured widths, and no empty boxes."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from wayhome.links.fonts import FAMILIES, FOLDER
from wayhome.links.paper.letters import Letters

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

MOST_LETTERS: Final = 1_500
"""A label or a line longer than this is cut, and says so by its last sign."""
BOLD: Final = 700
BLANK: Final = 0.26 / 72
"""How wide a blank is, in inches for each point of size."""
_UNSEEN: Final = {0x200B: None, 0xFE0F: None, 0xFE0E: None, 0x00AD: None}


@lru_cache(maxsize=1)
def _families() -> list[str]:
    """The shipped families, made known to matplotlib once."""
    from matplotlib.font_manager import fontManager

    for path in sorted(FOLDER.glob("*.ttf")):
        fontManager.addfont(str(path))
    ours = [entry for entry in fontManager.ttflist if Path(entry.fname).parent == FOLDER]
    bold = {entry.name for entry in ours if entry.weight == BOLD}
    # Scripts without a bold font of their own are written in their plain one: named so, or each use would complain.
    fontManager.ttflist += [replace(entry, weight=BOLD) for entry in ours if entry.name not in bold]
    return list(FAMILIES)


@lru_cache(maxsize=64)
def font(size: float, *, bold: bool = False) -> FontProperties:
    """The fonts at a size in points."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=_families(), size=size, weight="bold" if bold else "normal")


def halo(width: float = 1.6, colour: str = "white") -> list[Any]:
    """An outline that keeps letters and lines apart from what lies under them."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=width, foreground=colour)]


class Pen:
    """Writes text on one figure; remembers which letters no shipped font has."""

    def __init__(self, figure: Figure) -> None:
        self.letters = Letters()
        self._renderer: Any = figure.canvas.get_renderer()  # type: ignore[attr-defined]  # an Agg canvas has one
        self._dpi = figure.dpi
        self._widths: dict[tuple[str, float, bool], float] = {}

    def fit(self, text: str) -> str:
        """The text on one line with a letter for every character, or its number where no font has one."""
        line = " ".join(text.split())
        line = line if len(line) <= MOST_LETTERS else line[: MOST_LETTERS - 1] + "…"
        return self.letters.printable(line).translate(_UNSEEN)

    def put(self, axes: Any, x: float, y: float, text: str, size: float, **how: Any) -> Any:
        """Writes a text as it is (no formulas) and gives what was drawn."""
        bold = how.pop("bold", False)
        shown = self.fit(text)
        return axes.text(x, y, shown, fontproperties=font(size, bold=bold), parse_math=False, **how)

    def width_in(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide a text is, in inches: its words measured one by one, each once."""
        return sum(self._word_in(word, size, bold=bold) for word in text.split(" ")) + text.count(" ") * size * BLANK

    def _word_in(self, word: str, size: float, *, bold: bool) -> float:
        key = (word, size, bold)
        if key not in self._widths:
            width, _, _ = self._renderer.get_text_width_height_descent(word, font(size, bold=bold), False)
            self._widths[key] = float(width) / self._dpi
        return self._widths[key]

    def size_px(self, text: str, size: float, *, bold: bool = False) -> tuple[float, float]:
        """Width and height of a text as it is written, in pixels."""
        return self.width_in(self.fit(text), size, bold=bold) * self._dpi, size * 1.25 * self._dpi / 72

    def wrapped(self, text: str, size: float, room_in: float, *, bold: bool = False) -> list[str]:
        """The text broken into lines no wider than `room_in`; a word that is too long is cut where it must be."""
        lines, line, used = [], "", 0.0
        for word in self.fit(text).split(" "):
            width = self._word_in(word, size, bold=bold)
            if line and used + size * BLANK + width <= room_in:
                line, used = f"{line} {word}", used + size * BLANK + width
                continue
            if line:
                lines.append(line)
            *full, line = self._pieces(word, size, room_in, bold=bold) if width > room_in else [word]
            lines += full
            used = self._word_in(line, size, bold=bold)
        return [*lines, line]

    def _pieces(self, word: str, size: float, room_in: float, *, bold: bool) -> list[str]:
        pieces, piece = [], ""
        for letter in word:
            if piece and self.width_in(piece + letter, size, bold=bold) > room_in:
                pieces.append(piece)
                piece = ""
            piece += letter
        return [*pieces, piece]
