"""`wayhome serve`: one owner of the folder, locked or open, and a clean end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.cli.conftest import PASSPHRASE
from tests.cli.houses import Shell

from wayhome.log.timers import write_due
from wayhome.usecases.ports import Timer
from wayhome.values.ids import ORGANISATION, ReplicaId


@contextmanager
def served(data: Path) -> Iterator[subprocess.Popen[str]]:
    """A server of its own process, as the environment stands; ended with Ctrl-C if it still runs."""
    command = [sys.executable, "-m", "wayhome.cli", "serve", "--data", str(data)]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ
    ) as server:
        try:
            yield server
        finally:
            if server.poll() is None:
                server.send_signal(signal.SIGINT)


def heard(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    return server.stdout.readline()


def test_commands_go_to_the_server_while_it_runs(shell: Shell, tmp_path: Path) -> None:
    """Commands, a backup and an import go through the server; a second one is refused; Ctrl-C ends it cleanly."""
    with served(shell.data) as server:
        assert "serving" in heard(server)
        shell.done("member", "add", "Shizune")
        assert "Shizune" in shell.done("member", "list")
        shell.done("backup", str(tmp_path / "b"))
        assert "king" in shell("member", "rank", "Shizune", "king")[2]
        status, _, err = shell("serve")
        assert (status, "serves this record" in err) == (1, True)
        assert "open already" in shell.done("unlock")
        server.send_signal(signal.SIGINT)
        assert heard(server) == "ended\n"
        assert server.wait(10) == 0
    assert "Shizune" in shell.done("member", "list")
    assert "All is well" in shell.done("verify")


def test_an_invitation_goes_through_the_server(shell: Shell) -> None:
    """Inviting, joining and a calendar's address work where a server owns the folder; a second joining is refused."""
    with served(shell.data) as server:
        assert "serving" in heard(server)
        shell.done("member", "add", "Shizune")
        invited = json.loads(shell.done("member", "invite", "Shizune", "--json"))
        shell.typed = ["long enough", "long enough"]
        assert "signed in as Shizune" in shell.done("join", invited["token"])
        assert shell.done("whoami") == "Shizune\n"
        assert "/feed/" in shell.done("member", "feed")
        shell.typed = ["long enough", "long enough"]
        assert "opens nothing" in shell("join", invited["token"])[2]


def test_a_locked_server_rings_and_is_unlocked_beside_it(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a key it starts locked: it reads nothing, rings for what is due, and the right passphrase opens it."""
    write_due(shell.data, [Timer("opaque", 1_000, ReplicaId("r"), ORGANISATION)], ReplicaId("r"))
    monkeypatch.delenv("WAYHOME_PASSPHRASE")
    with served(shell.data) as server:
        assert "is locked" in heard(server)
        assert "something is due: unlock" in heard(server)
        assert "the record is locked" in shell("member", "list")[2]
        shell.typed = ["wrong"]
        assert "wrong passphrase" in shell("unlock")[2]
        shell.typed = [PASSPHRASE]
        assert "is unlocked" in shell.done("unlock")
        assert "serving" in heard(server)
        assert shell.done("whoami").startswith("Tsunade")


def test_a_locked_server_ends_when_asked_to(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends a locked server as well, and gives the folder up."""
    monkeypatch.delenv("WAYHOME_PASSPHRASE")
    with served(shell.data) as server:
        assert "is locked" in heard(server)
        server.send_signal(signal.SIGTERM)
        assert server.wait(10) == 0
    shell.typed = [PASSPHRASE]
    assert shell.done("whoami").startswith("Tsunade")
