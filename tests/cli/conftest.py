"""A house to type commands in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.houses import Desk, Shell
from tests.fakes.quickly import quickly

PASSPHRASE = "correct horse battery"
PASSWORD = "tsunade-of-the-leaf"


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing of the environment that a person may have set, and a place of its own for who is signed in. Passwords
    are hashed at next to no cost: at their own, `tests/links` and `tests/log` hash them."""
    for name in ("DATA", "AS", "KEY_FILE", "PASSPHRASE", "PASSWORD", "NEW_PASSWORD"):
        monkeypatch.delenv(f"WAYHOME_{name}", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with quickly():
        yield


@pytest.fixture
def shell(tmp_path: Path, own_state: None, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A founded folder: the Leaf, Tsunade signed in."""
    monkeypatch.setenv("WAYHOME_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("WAYHOME_PASSWORD", PASSWORD)
    founded = Shell(tmp_path / "leaf")
    founded.done("init", "--name", "Konohagakure", "--founder", "Tsunade", "--profile", "leaf")
    return founded
