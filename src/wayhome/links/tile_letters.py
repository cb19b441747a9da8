"""Letters on tiles: the shipped fonts for every script, halos, and words along a slope. Drawn by Pillow alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont, features

from wayhome.links.fonts import FOLDER

PLAIN: Final = "NotoSans-Regular.ttf"
BOLD: Final = "NotoSans-Bold.ttf"
OTHERS: Final = (
    "NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf", "NotoSansJP-Regular.ttf", "NotoEmoji-Regular.ttf",
)  # fmt: skip
"""What is asked, in this order, for a letter that Noto Sans does not have."""
LATIN_END: Final = "\u0250"
MISSING: Final = "\uffff"
MOST_LETTERS: Final = 40
"""A longer name is cut, and says so by its last sign."""
BLANK: Final = "\u2004"
"""A third of an em: with halos around them, words would run together over a plain blank."""
HALO_PX: Final = 2
FINER: Final = 4
TURNS_DEG: Final = 5
_UNSEEN: Final = {0x200B: None, 0xFE0F: None, 0xFE0E: None, 0x00AD: None}


@dataclass(frozen=True, eq=False)
class Written:
    """A text as two sheets of shares, alike in size: its letters, and the halo that keeps them apart from the map."""

    letters: Image.Image
    halo: Image.Image


@lru_cache(maxsize=64)
def _font(name: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FOLDER / name), size)


@lru_cache(maxsize=1)
def _joined() -> bool:
    """Whether letters that join and scripts that run from the right are laid out by the library itself."""
    return bool(features.check("raqm"))


@lru_cache(maxsize=8)
def _box(name: str) -> bytes:
    return bytes(_mask(name, MISSING))


def _mask(name: str, letter: str) -> Iterable[int]:
    font = ImageFont.truetype(str(FOLDER / name), 12, layout_engine=ImageFont.Layout.BASIC)
    mask: Iterable[int] = font.getmask(letter)
    return mask


@lru_cache(maxsize=4096)
def font_for(letter: str) -> str:
    """The font that draws a letter: Noto Sans where it can."""
    if letter < LATIN_END or letter.isspace() or unicodedata.category(letter) in ("Mn", "Cf"):
        return PLAIN
    return next((name for name in (PLAIN, *OTHERS) if bytes(_mask(name, letter)) != _box(name)), PLAIN)


def fit(text: str) -> str:
    """The text on one line, not too long, with a letter for every character or its number where no font has one."""
    line = " ".join(text.split())
    line = line if len(line) <= MOST_LETTERS else line[: MOST_LETTERS - 1] + "…"
    if not all(" " <= letter < "\x7f" or ("\xa1" <= letter < LATIN_END and letter != "\xad") for letter in line):
        from wayhome.links.paper.letters import Letters  # brings the whole paper along

        line = Letters().printable(line).translate(_UNSEEN)
    return line.replace(" ", BLANK)


def _runs(text: str, *, bold: bool) -> Iterator[tuple[str, str]]:
    """The text in pieces of one font each, in the order in which they stand from left to right."""
    pieces: list[tuple[str, str]] = []
    for letter in text:
        name = font_for(letter)
        follows = pieces and unicodedata.category(letter) in ("Mn", "Cf")
        if pieces and (name == pieces[-1][0] or follows):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + letter)
        else:
            pieces.append((name, letter))
    if _from_right(text):
        pieces.reverse()
    for name, words in pieces:
        shown = words if _joined() or not _from_right(words) else words[::-1]
        yield (BOLD if bold and name == PLAIN else name), shown


def _from_right(text: str) -> bool:
    """Whether the first letter that has a direction runs from the right."""
    ways = (unicodedata.bidirectional(letter) for letter in text)
    return next((way in ("R", "AL") for way in ways if way in ("L", "R", "AL")), False)


@lru_cache(maxsize=20_000)
def size_px(text: str, size: float, *, bold: bool = False) -> tuple[int, int]:
    """Width and height of a text, without its halo."""
    wide = sum(_font(name, size).getlength(words) for name, words in _runs(fit(text), bold=bold))
    return round(wide) + 1, round(size * 1.25)


@lru_cache(maxsize=2_000)
def written(text: str, size: float, *, bold: bool = False, halo_px: int = HALO_PX) -> Written:
    """A text upright, with `halo_px` around the box that `size_px` tells."""
    wide, high = size_px(text, size, bold=bold)
    box = (wide + 2 * halo_px, high + 2 * halo_px)
    letters, halo = Image.new("L", box), Image.new("L", box)
    x = float(halo_px)
    foot = halo_px + round(size * 0.95)
    for name, words in _runs(fit(text), bold=bold):
        font = _font(name, size)
        ImageDraw.Draw(letters).text((x, foot), words, font=font, fill=255, anchor="ls")
        ImageDraw.Draw(halo).text((x, foot), words, font=font, fill=255, anchor="ls", stroke_width=halo_px)
        x += font.getlength(words)
    return Written(letters, halo)


@lru_cache(maxsize=2_000)
def turned(text: str, size: float, degrees: int) -> Written:
    """A text turned against the clock; its middle is the middle of the sheets, whose sides are odd."""
    large = written(text, size * FINER, halo_px=HALO_PX * FINER)
    return Written(_turned(large.letters, degrees), _turned(large.halo, degrees))


def _turned(sheet: Image.Image, degrees: int) -> Image.Image:
    return _odd(sheet.rotate(degrees, Image.Resampling.BICUBIC, expand=True))


def _odd(sheet: Image.Image) -> Image.Image:
    """A sheet drawn larger, as large as it shall be, with a pixel in its very middle."""
    side = [-(-length // FINER) for length in sheet.size]
    side = [length + 1 - length % 2 for length in side]
    framed = Image.new("L", (side[0] * FINER, side[1] * FINER))
    framed.paste(sheet, ((framed.width - sheet.width) // 2, (framed.height - sheet.height) // 2))
    return framed.reduce(FINER)
