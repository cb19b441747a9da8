"""One's own ways in from the shell: recovery codes, where one is signed in, and what asks for the password again."""

from __future__ import annotations

import json

import pytest
from tests.cli.conftest import PASSWORD
from tests.cli.houses import Shell


def test_ten_codes_are_made_and_one_lets_in(shell: Shell) -> None:
    """The codes are shown once; one sets a new password, and after that says so and works no more."""
    assert "no recovery codes yet" in shell.done("member", "recovery-codes")
    codes = json.loads(shell.done("member", "recovery-codes", "--new", "--json"))["codes"]
    assert len(codes) == 10
    shell.typed = [codes[0], "another leaf", "another leaf"]
    assert "signed in as Tsunade" in shell.done("recover", "Tsunade")
    told = shell.done("member", "recovery-codes")
    assert told.startswith("9 left")
    assert "if that was not you" in told
    shell.typed = [codes[0], "a third leaf", "a third leaf"]
    assert "open nothing" in shell("recover", "Tsunade")[2]


def test_signing_in_again_replaces_what_was_there(shell: Shell) -> None:
    """One member has one session in a terminal; the one before has ended in the record."""
    shell.done("login", "Tsunade")
    (only,) = json.loads(shell.done("member", "sessions", "--json"))
    assert (only["device"], only["network"], only["here"]) == ("a terminal", "this machine", True)


def test_signing_out_ends_the_session_in_the_record(shell: Shell) -> None:
    """A token that somebody copied is worth nothing once its member signed out."""
    before = json.loads(shell.done("member", "sessions", "--json"))
    shell.done("logout", "Tsunade")
    assert "not signed in" in shell("member", "sessions")[2]
    shell.done("login", "Tsunade")
    after = json.loads(shell.done("member", "sessions", "--json"))
    assert len(after) == 1
    assert before[0]["id"] != after[0]["id"]


def test_ending_sessions_elsewhere_says_which(shell: Shell) -> None:
    """One is named or all others; neither or both is said to be unclear."""
    assert "--others" in shell("member", "end-session")[2]
    assert "Signed out everywhere else" in shell.done("member", "end-session", "--others")
    assert "not signed in there" in shell("member", "end-session", "ffff")[2]
    (here,) = json.loads(shell.done("member", "sessions", "--json"))
    assert "Signed out there" in shell.done("member", "end-session", here["id"])
    assert "not signed in" in shell("whoami")[2]


def test_an_invitation_need_not_stand_on_the_command_line(shell: Shell) -> None:
    """Where the token is not given it is typed unseen."""
    shell.done("member", "add", "Naruto")
    invited = json.loads(shell.done("member", "invite", "Naruto", "--json"))
    shell.typed = [invited["token"], PASSWORD, PASSWORD]
    assert "signed in as Naruto" in shell.done("join")


def test_one_s_own_password_is_changed_by_the_present_one(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """The present password is asked for; afterwards the new one signs in, the old one does not, and care stays open."""
    shell.done("care", "ask")
    monkeypatch.setenv("WAYHOME_NEW_PASSWORD", "another long one")
    monkeypatch.setenv("WAYHOME_PASSWORD", "a wrong one")
    assert "not your password" in shell("member", "password")[2]
    monkeypatch.setenv("WAYHOME_PASSWORD", PASSWORD)
    shell.done("member", "password")
    assert shell.done("whoami").startswith("Tsunade")
    assert "do not fit" in shell("login", "Tsunade")[2]
    monkeypatch.setenv("WAYHOME_PASSWORD", "another long one")
    shell.done("login", "Tsunade")
    assert json.loads(shell.done("care", "mine", "--json"))["mine"]


def test_recovery_codes_keep_care_open(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes made in the shell open what was said in care, once the password is forgotten."""
    shell.done("care", "ask")
    codes = json.loads(shell.done("member", "recovery-codes", "--new", "--json"))["codes"]
    monkeypatch.setenv("WAYHOME_NEW_PASSWORD", "another long one")
    shell.typed = [codes[0]]
    shell.done("recover", "Tsunade")
    monkeypatch.setenv("WAYHOME_PASSWORD", "another long one")
    assert json.loads(shell.done("care", "mine", "--json"))["mine"]
