"""The README's table of story steps says what the exercises say."""

from __future__ import annotations

import pytest
from tools.source import ROOT
from tools.story_table import BEGIN, END, NoTable, placed, results, table


def test_the_readme_agrees_with_the_exercises() -> None:
    """What the README says of each step is what playing the stories gives; `--write` makes it so."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert placed(readme, table(results())) == readme, "run: python -m tools.story_table --write"


def test_only_what_stands_between_the_lines_changes() -> None:
    """The table is put between its two lines; all else stays; a text without them is refused."""
    assert placed(f"a\n{BEGIN}\nold\n{END}\nb", "new") == f"a\n{BEGIN}\nnew\n{END}\nb"
    for text in ("", BEGIN, END):
        with pytest.raises(NoTable):
            placed(text, "new")
