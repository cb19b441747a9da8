"""What a report's words give away, and how two texts differ: in the words themselves, and in bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.mission.wording import differences, marks

TEXTS = st.text(st.sampled_from("ab \n."), max_size=60)


@given(TEXTS, TEXTS)
def test_differences_make_up_both_texts(earlier: str, later: str) -> None:
    """What stayed and what is gone make up the earlier text, what stayed and what is new the later one."""
    found = differences(earlier, later)
    assert "".join(one.words for one in found if one.what != "new") == earlier
    assert "".join(one.words for one in found if one.what != "gone") == later


def test_differences_are_word_by_word() -> None:
    """One word put in is one difference."""
    found = differences("at the ford", "at the old ford")
    assert [(one.what, one.words) for one in found] == [("same", "at the "), ("new", "old "), ("same", "ford")]


def test_marks_stand_at_the_words_they_came_from() -> None:
    """Each mark is the very stretch of the text that it names."""
    text = "Ambushed and outnumbered. Two died, one survivor; three wounded."
    found = marks(text)
    assert [mark.what for mark in found] == ["ambush", "outnumbered", "losses", "survivors", "wounded"]
    assert all(text[mark.start : mark.end].strip() == mark.words for mark in found)


@pytest.mark.parametrize("text", ["a" * 1_000_000, "7" * 1_000_000, "one " * 250_000, " " * 1_000_000, "a\n" * 500_000])
def test_a_million_letters_take_little_time(text: str) -> None:
    """The longest report there may be, of the worst letters, is read and compared in a few seconds."""
    begun = time.perf_counter()
    marks(text)
    differences(text, text[1:] + "b")
    assert time.perf_counter() - begun < 10
