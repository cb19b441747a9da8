"""The table of story steps is put in its place; `tests/cli/test_exercises_stories.py` holds the README to it."""

from __future__ import annotations

import pytest
from tools.story_table import BEGIN, END, NoTable, placed


def test_only_what_stands_between_the_lines_changes() -> None:
    """The table is put between its two lines; all else stays; a text without them is refused."""
    assert placed(f"a\n{BEGIN}\nold\n{END}\nb", "new") == f"a\n{BEGIN}\nnew\n{END}\nb"
    for text in ("", BEGIN, END):
        with pytest.raises(NoTable):
            placed(text, "new")
