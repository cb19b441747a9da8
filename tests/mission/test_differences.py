"""How two texts differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wayhome.mission.wording import differences


@given(st.text(), st.text())
def test_differences_make_up_both_texts(before: str, after: str) -> None:
    """What stayed and went is the old text, what stayed and came is the new one."""
    pieces = differences(before, after)
    assert "".join(p.words for p in pieces if p.what != "new") == before
    assert "".join(p.words for p in pieces if p.what != "gone") == after


def test_differences_are_by_words() -> None:
    """A changed word is one removal and one addition."""
    pieces = differences("two survivors, Umino and myself", "three survivors, Umino and myself")
    assert [(p.what, p.words.strip()) for p in pieces] == [
        ("gone", "two"),
        ("new", "three"),
        ("same", "survivors, Umino and myself"),
    ]
