"""The shipped fonts and the list of what they hold."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # the library carries no types

from wayhome.links.fonts import FAMILIES, FOLDER, covered
from wayhome.links.paper.letters import Letters


def test_the_list_is_what_the_fonts_hold() -> None:
    """The list of characters is that of the fonts, and each family is shipped."""
    held: set[int] = set()
    families: set[str] = set()
    for path in FOLDER.glob("*.ttf"):
        font = TTFont(path)
        held |= set(font.getBestCmap())
        families.add(str(font["name"].getDebugName(1)))
    assert covered() == held
    assert families == set(FAMILIES)
    assert "SIL Open Font License" in (FOLDER / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["Łukasz Żółć", "Σωκράτης", "Жанна", "محمد", "שרה", "山田太郎", "うちは サスケ", "🏔️🐕", "हिन्दी"]
)
def test_names_of_many_scripts_are_held(name: str) -> None:
    """Names in these scripts are printed as they are."""
    letters = Letters()
    assert letters.printable(name) == name
    assert letters.note() == ""


def test_long_words_may_break() -> None:
    """A word of a thousand letters gets places to break, so that it stays on the paper."""
    assert Letters().printable("x" * 1000).count("\u200b") == 33
