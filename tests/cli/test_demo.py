"""The demo: quick, repeatable, real enough to try what it says."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.fakes.leaf import one_ground
from tests.fakes.quickly import quickly
from tests.fakes.secret_scanner import scan_folder, scan_log

from wayhome.assembly import open_house
from wayhome.cli import demo
from wayhome.cli.context import Context
from wayhome.cli.exercises.loading import demo_lines
from wayhome.cli.main import run
from wayhome.cli.opening import open_from_shell, token_of


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A shell of its own, standing in an empty folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("WAYHOME_PASSPHRASE", demo.PASSPHRASE)
    monkeypatch.chdir(tmp_path)
    with one_ground(), quickly():
        yield tmp_path


def wayhome(*words: str, data: str = "wayhome-data") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    context = Context(
        open_house=open_from_shell, out=out, err=err, data=Path(data), token_of=token_of, width=200
    )  # fmt: skip
    try:
        return run(words, context), out.getvalue(), err.getvalue()
    finally:
        context.close()


def test_the_demo_is_made_and_what_it_says_works(shell: Path) -> None:
    """One command makes the folder; its people are signed in; its mission is under way, now."""
    status, out, err = wayhome("demo")
    assert (status, err) == (0, "")
    assert "wayhome-demo" in out and demo.PASSWORD in out and "Keep nothing real in it" in out
    there = str(shell / "wayhome-demo")
    assert "under way" in wayhome("mission", "show", "Bring him back", data=there)[1]
    assert "backup" in wayhome("waiting", data=there)[1].casefold()
    assert "Among the Akatsuki" in wayhome("mission", "list", "--as", "Tsunade", data=there)[1]
    assert "Among the Akatsuki" not in wayhome("mission", "list", "--as", "Naruto", data=there)[1]
    assert "All is well" in wayhome("verify", data=there)[1]
    status, _, err = wayhome("mission", "close", "Bring him back", "--reason", "x", data=there)
    assert status == 1 and "5 are not home" in err
    again = wayhome("demo")
    assert again[0] == 0 and "already" in again[1] and "rm -r wayhome-demo" in again[1]


def test_a_folder_that_is_no_demo_is_left_alone(shell: Path) -> None:
    """A folder that is there and was not made as a demo is neither used nor changed."""
    (shell / "mine").mkdir()
    status, _, err = wayhome("demo", "--data", "mine")
    assert status == 1 and "no demo" in err
    assert list((shell / "mine").iterdir()) == []


def test_a_demo_that_cannot_be_made_leaves_nothing(shell: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a line of the demo is refused, that is said, and no half of a folder stays."""
    broken = demo_lines()
    broken[1].run = "member skill Nobody medical 3"
    monkeypatch.setattr(demo, "demo_lines", lambda: broken)
    status, _, err = wayhome("demo")
    assert status == 1 and "member skill Nobody" in err
    assert not (shell / "wayhome-demo").exists()


def test_the_demo_ends_now(shell: Path) -> None:
    """Its times go from line to line, so that its last line is of this minute."""
    lines = demo_lines()
    assert demo.minutes_of(lines) == sum(demo.minutes_of([line]) for line in lines)
    assert all(line.at == "" or demo.minutes_of([line]) > 0 for line in lines)
    demo.make(shell / "here")
    house = open_house(shell / "here", passphrase=demo.PASSPHRASE)
    try:
        last = max(entry.header.claimed.ms for entry in house.log.entries())
        assert 0 <= house.clock().ms - last < 120_000
    finally:
        house.close()


SECRETS = (
    "Among the Akatsuki",
    "learn what they plan",
    "three broken ribs",
    "Until you say otherwise",
    "one word that the target whispered",
    "the target has left by the south gate",
    "a slashed tree",
)
"""Words that the stories say to few: a secret mission, care, testimony held back, the alarm, a clue."""


def test_a_copy_of_the_folder_tells_nothing_of_the_stories_without_the_key(shell: Path) -> None:
    """A scanner finds none of the secret words in any file, plain, encoded or packed; with the key it finds each."""
    assert wayhome("demo")[0] == 0
    copy = shell / "copy"
    shutil.copytree("wayhome-demo", copy)
    assert scan_folder(copy, SECRETS) == []
    house = open_house(Path("wayhome-demo"), passphrase=demo.PASSPHRASE)
    try:
        assert scan_log(house.log, SECRETS) == set(SECRETS)
    finally:
        house.close()
