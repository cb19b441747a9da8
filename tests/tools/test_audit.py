"""The audit: a finding passes by an explanation alone, and what could not be asked is never taken for clean."""

from __future__ import annotations

from pathlib import Path

from tools.audit import EXPLAINED, complaints, known_against
from tools.source import ROOT

PLACED = [
    {"test_id": kind, "filename": f"src/wayhome/{file}", "line_number": 1, "issue_text": "x"}
    for kind, file in EXPLAINED
]


def test_what_is_explained_passes_and_nothing_else_does() -> None:
    """One finding more than the table explains is named with its line."""
    assert complaints(PLACED) == []
    more = {"test_id": "B602", "filename": "src/wayhome/cli/main.py", "line_number": 7, "issue_text": "a shell"}
    assert complaints([*PLACED, more]) == ["src/wayhome/cli/main.py:7: B602 a shell"]


def test_an_explanation_of_nothing_is_named() -> None:
    """What was mended loses its line in the table, so that it cannot hide another fault later."""
    (told,) = complaints(PLACED[1:])
    assert "take it out" in told


def test_every_explanation_is_of_a_file_that_there_is() -> None:
    """The table follows the source."""
    missing = [file for _, file in EXPLAINED if not Path(ROOT, "src", "wayhome", file).exists()]
    assert missing == []


def test_packages_that_could_not_be_looked_up_are_not_clean() -> None:
    """Where the database is out of reach every package but our own is named; a known fault is named with its number."""
    skipped = [{"name": "wayhome", "skip_reason": "ours"}, {"name": "pillow", "skip_reason": "not found"}]
    assert known_against(skipped) == ([], ["pillow"])
    known = {"name": "pillow", "version": "1.0", "vulns": [{"id": "PYSEC-1"}]}
    assert known_against([known]) == (["pillow 1.0: PYSEC-1"], [])
