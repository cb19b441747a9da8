"""Whatever is typed, a command answers in words: never a traceback, never an order to the terminal."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cli.houses import Desk
from tests.cli.test_tree import ALL

from wayhome.cli.show import UNSAFE, clean

OURS = ("member", "command", "vehicle", "memorial", "petition", "care", "waiting", "organisation", "whoami", "export",
        "import")  # fmt: skip
MINE = sorted(command for command in ALL if command.split()[0] in OURS)
ODD = {
    "empty": "",
    "blank": "   ",
    "escape": "\x1b[2J\x1b]0;owned\x07",
    "override": "\u202egnp.exe",
    "NUL": "a\0b",
    "half a letter": "\udcff",
    "a megabyte": "x" * 1_000_000,
    "nearly too long": "y" * 99_000,
    "Arabic": "محمد",
    "emoji": "👩‍🚒🏔️",
    "option": "-x",
    "number": "9" * 40,
    "quote": "'; DROP TABLE member; --",
    "path": "../../../../etc/passwd",
    "braces": "{0.__class__} %s [red]",
}


def filled(command: str, word: str) -> list[str]:
    """A command line with `word` in the place of everything that must be given."""
    function = ALL[command].default_command
    assert function is not None
    line = command.split()
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and parameter.default is inspect.Parameter.empty:
            line += [f"--{name.replace('_', '-')}={word}"]
        elif parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            line.append(word)
    return line


@pytest.mark.parametrize("odd", ODD)
def test_odd_words_are_answered_in_words(desk: Desk, odd: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of ours, given something odd for everything it needs, ends with 0, 1 or 2 and clean words."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WAYHOME_NEW_PASSWORD", "long enough to do")
    for command in MINE:
        status, out, err = desk.type(*filled(command, ODD[odd]))
        assert status in (0, 1, 2), command
        assert (status == 0) == (not err), (command, err)
        assert UNSAFE.search(out + err) is None, command
        assert len(err) < 3_000, command


def test_unknown_names(desk: Desk) -> None:
    """A name that nobody has is said to be unknown, with the command that lists those there are."""
    for line in (["member", "show"], ["member", "rank"], ["member", "status"], ["member", "kin"], ["member", "never"]):
        words = line if line[1] == "show" else [*line, "Nobody"]
        said = desk.refused(*words[:2], "Nobody", *([] if line[1] == "show" else ["x"]))
        assert "no member 'Nobody' that you can see: `wayhome member list`" in said
    desk.done("member", "add", "Anaïs")
    desk.done("member", "add", "Anaïs")
    assert "may be any of 2" in desk.refused("member", "show", "Anaïs")


def test_bad_days_and_times(desk: Desk) -> None:
    """Days and times that are none are named with a form that works; those past are refused."""
    for day in ("31-02-2026", "2026-02-30", "someday", "", "0001-01-01", "9999-12-31"):
        assert "is no day" in desk.refused("member", "qualification", "Ana", "A", f"--awarded={day} ")
    for time in ("25:00", "noon", "0001-01-01T00:00", "9999-12-31T23:59", "+99999999d"):
        assert "is no time" in desk.refused("member", "status", "Ana", "resting", "--until", time)
    assert "later time" in desk.refused("member", "status", "Ana", "resting", "--until", "yesterday")
    assert "ends before it begins" in desk.refused("member", "available", "Ana", "2026-03-05", "2026-03-04")


def test_an_error_is_json_where_json_was_asked_for(desk: Desk) -> None:
    """Refused, not understood and not found each give one JSON object with a code and the words."""
    for line, status in (
        (["member", "show", "Nobody"], 1),
        (["member", "rank", "Ana", "king"], 1),
        (["member", "x"], 2),
    ):
        found, out, _ = desk.type(*line, "--json")
        assert found == status
        assert '"error":{"code":"' in out


def test_a_record_from_elsewhere_cannot_move_the_cursor(desk: Desk) -> None:
    """Words that came in by a merge or a file are shown with a replacement sign for control characters."""
    desk.done("member", "history", "Ana", "said \x1b[31mred\x07 \u202eback")
    shown = desk.done("member", "history", "Ana") + desk.done("member", "show", "Ana")
    assert "\x1b" not in shown
    assert "\ufffd[31mred" in shown
    raw = desk.done("member", "history", "Ana", "--json")
    assert "\\u202e" in raw
    assert desk.json("member", "history", "Ana")[0]["what"] == "said \x1b[31mred\x07 \u202eback"


@given(st.text())
@settings(max_examples=200)
def test_cleaning_keeps_every_printable_letter(text: str) -> None:
    """Cleaning changes nothing but what is unsafe, letter for letter, and is done after once."""
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert clean(cleaned) == cleaned
    assert all(b in (a, "\ufffd") for a, b in zip(text, cleaned, strict=True))
    assert not any(letter in cleaned for letter in "\x00\x1b\x9b\r\u202e\u2028")
