"""A real data folder from the shell: founding, signing in, backup, restore, merge, export."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from tests.cli.conftest import PASSPHRASE, PASSWORD
from tests.cli.houses import Shell

from wayhome.assembly import open_house
from wayhome.usecases.standing import ROWS

LEAF = ("init", "--name", "Konohagakure", "--founder", "Tsunade", "--profile", "leaf")


def test_a_house_is_founded_and_its_founder_signed_in(shell: Shell) -> None:
    """After init the founder commands, the profile's zone and ranks stand, and the record is sound."""
    assert shell.done("whoami") == "Tsunade: clerk, commander, operator\n"
    organisation = json.loads(shell.done("organisation", "--json"))
    assert organisation["zone"] == "Asia/Tokyo"
    assert "jounin" in organisation["member_ranks"]
    assert "All is well" in shell.done("verify")
    assert json.loads(shell.done("verify", "--json")) == {"ok": True, "findings": []}


def test_a_second_init_touches_nothing(shell: Shell) -> None:
    """A folder that holds something is refused, and stays as it is."""
    before = {p.name: p.read_bytes() for p in shell.data.iterdir() if p.is_file()}
    assert "already holds something" in shell(*LEAF)[2]
    assert {p.name: p.read_bytes() for p in shell.data.iterdir() if p.is_file()} == before


def test_an_invited_member_joins(shell: Shell) -> None:
    """Whoever holds an invitation chooses a password twice and is signed in; the second time it opens nothing."""
    shell.done("member", "add", "Naruto")
    invited = json.loads(shell.done("member", "invite", "Naruto", "--json"))
    shell.typed = ["long enough", "otherwise"]
    assert "not the same" in shell("join", invited["token"])[2]
    shell.typed = ["short", "short"]
    assert "8 to 1,000 letters" in shell("join", invited["token"])[2]
    shell.typed = ["long enough", "long enough"]
    assert "signed in as Naruto" in shell.done("join", invited["token"])
    assert shell.done("whoami") == "Naruto\n"
    shell.typed = ["long enough", "long enough"]
    assert "opens nothing" in shell("join", invited["token"])[2]


def test_secrets_are_typed_twice(tmp_path: Path, own_state: None) -> None:
    """Passphrase and password are asked for twice; where the two differ nothing is made."""
    assert "not the same" in Shell(tmp_path / "a", "one", "two")(*LEAF)[2]
    assert not (tmp_path / "a").exists()
    typed = Shell(tmp_path / "a", PASSPHRASE, PASSPHRASE, PASSWORD, PASSWORD)
    typed.done(*LEAF)
    typed.typed = [PASSPHRASE]
    assert typed.done("whoami").startswith("Tsunade")
    typed.typed = ["wrong"]
    assert "wrong passphrase" in typed("whoami")[2]


def test_a_key_file_is_made_new_and_opens_the_folder(
    tmp_path: Path, own_state: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--key-file makes the file where there is none; inside the folder it is refused; without it nothing opens."""
    monkeypatch.setenv("WAYHOME_PASSWORD", PASSWORD)
    inside = Shell(tmp_path / "leaf", key_file=tmp_path / "leaf" / "key")
    assert "keep it elsewhere" in inside(*LEAF)[2]
    assert not (tmp_path / "leaf").exists()
    keyed = Shell(tmp_path / "leaf", key_file=tmp_path / "key")
    keyed.done(*LEAF)
    assert keyed.done("whoami").startswith("Tsunade")
    other = Shell(tmp_path / "leaf", "some passphrase")
    assert "not kept under a passphrase" in other("whoami")[2]


def test_a_key_file_does_not_outlive_an_init_that_failed(
    tmp_path: Path, own_state: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When founding fails the key file made for it goes again."""
    monkeypatch.setenv("WAYHOME_PASSWORD", "short")
    assert "at least 8" in Shell(tmp_path / "leaf", key_file=tmp_path / "key")(*LEAF)[2]
    assert not (tmp_path / "key").exists()
    assert not (tmp_path / "leaf").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["--profile", "moon"], "no profile called 'moon'"),
        (["--profile", "/nowhere/p.toml"], "cannot be read"),
        (["--zone", "Mars/Olympus"], "no time zone called"),
        (["--name", "\x1b[2J"], "control character"),
        (["--founder", ""], "is empty"),
    ],
)
def test_what_init_refuses(
    tmp_path: Path, own_state: None, monkeypatch: pytest.MonkeyPatch, line: list[str], said: str
) -> None:
    """A wrong profile, zone or name is refused before anything is made."""
    monkeypatch.setenv("WAYHOME_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("WAYHOME_PASSWORD", PASSWORD)
    given = {"--name": "Leaf", "--founder": "Tsunade", "--profile": "leaf"} | {line[0]: line[1]}
    words = [word for pair in given.items() for word in pair]
    status, _, err = Shell(tmp_path / "leaf")("init", *words)
    assert (status, said in err) == (1, True), err
    assert not (tmp_path / "leaf").exists()


def test_signing_in_and_out(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong password and an unknown name get the same words; after logout nobody is signed in."""
    monkeypatch.delenv("WAYHOME_PASSWORD")
    shell.typed = ["wrong one", "wrong one"]
    wrong, unknown = shell("login", "Tsunade")[2], shell("login", "Nobody")[2]
    assert wrong == unknown
    assert "do not fit together" in wrong
    shell.done("logout")
    assert "not signed in" in shell("whoami")[2]
    shell.done("logout", "Nobody")
    shell.typed = [PASSWORD]
    assert json.loads(shell.done("login", "tsunade", "--json")) == {"signed_in": "Tsunade"}
    assert "not signed in as Ana" in shell("whoami", "--as", "Ana")[2]


def test_backup_and_restore(shell: Shell, tmp_path: Path) -> None:
    """A restored folder holds what was there, is a replica of its own, and neither overwrites anything."""
    shell.done("member", "add", "Shizune")
    file = tmp_path / "leaf.backup"
    shell.done("backup", str(file))
    assert "is there already" in shell("backup", str(file))[2]
    again = tmp_path / "again"
    assert "replica of its own" in shell.done("restore", str(file), at=again)
    shell.done("login", "Tsunade", at=again)
    assert "Shizune" in shell.done("member", "list", at=again)
    assert "already holds something" in shell("restore", str(file), at=again)[2]
    (tmp_path / "cut").write_bytes(file.read_bytes()[:-10])
    assert "cut or changed" in shell("restore", str(tmp_path / "cut"), at=tmp_path / "third")[2]
    assert "cannot be read" in shell("restore", str(tmp_path / "none"), at=tmp_path / "third")[2]
    assert not (tmp_path / "third").exists()


def test_two_laptops_merge(shell: Shell, tmp_path: Path) -> None:
    """What one laptop wrote alone is on the other after a merge; merging again brings nothing; rubbish is refused."""
    file, second, stick = tmp_path / "b", tmp_path / "second", tmp_path / "stick"
    shell.done("backup", str(file))
    shell.done("restore", str(file), at=second)
    shell.done("login", "Tsunade", at=second)
    shell.done("member", "add", "Shizune", at=second)
    shell.done("exchange", str(stick), at=second)
    assert "is there already" in shell("exchange", str(stick), at=second)[2]
    assert "facts were new" in shell.done("merge", str(stick))
    assert "Shizune" in shell.done("member", "list")
    assert shell.done("merge", str(stick)) == "Nothing was new\n"
    assert json.loads(shell.done("merge", str(stick), "--json"))["conflicts"] == []
    assert "All is well" in shell.done("verify")
    for name, body in (("empty", b""), ("rubbish", b"x" * 1000), ("cut", stick.read_bytes()[:-1])):
        (tmp_path / name).write_bytes(body)
        status, _, err = shell("merge", str(tmp_path / name))
        assert (status, err.startswith("wayhome: ")) == (1, True)


def test_a_folder_that_is_none(tmp_path: Path, own_state: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a data folder, or without anybody at the keyboard, the words say what to do."""
    monkeypatch.setenv("WAYHOME_PASSPHRASE", PASSPHRASE)
    status, _, err = Shell(tmp_path / "none", PASSWORD)("login", "Ana")
    assert (status, "`wayhome init`" in err) == (1, True)
    assert "nobody serves" in Shell(tmp_path / "none")("unlock")[2]


def test_a_merge_says_what_has_to_be_settled_and_how(shell: Shell, tmp_path: Path) -> None:
    """Two took the last place apart: the merge names the open conflict, and the command it gives settles it."""
    for line in (
        'mission new "Lost hiker" --rank D',
        'mission plan "Lost hiker" --people 1-1',
        "member add Ana --ref 2 --rank genin",
        "member add Marc --ref 3 --rank genin",
        'offer make "Lost hiker" Ana',
        'offer make "Lost hiker" Marc',
    ):
        shell.done(*shlex.split(line))
    second, stick = tmp_path / "second", tmp_path / "stick"
    shell.done("backup", str(tmp_path / "b"))
    shell.done("restore", str(tmp_path / "b"), at=second)
    shell.done("login", "Tsunade", at=second)
    offers = {o["member_name"]: o["offer"] for o in json.loads(shell.done("offer", "list", "--json"))}
    shell.done("offer", "answer", offers["Ana"], "accepted", "--channel", "phone")
    shell.done("offer", "answer", offers["Marc"], "accepted", "--channel", "phone", at=second)
    shell.done("exchange", str(stick), at=second)
    said = shell.done("merge", str(stick))
    assert "open conflict in Lost hiker" in said
    settle = next(line.split("settle it: wayhome ")[1] for line in said.splitlines() if "settle it" in line)
    shell.done(*shlex.split(settle))
    assert json.loads(shell.done("merge", str(stick), "--json"))["conflicts"] == []
    assert "All is well" in shell.done("verify")


def test_a_damaged_record_is_found(shell: Shell) -> None:
    """Rows that the log does not give are named one by one, and verify exits 1."""
    house = open_house(shell.data, passphrase=PASSPHRASE)
    house.log.replace_projections([])
    house.close()
    status, out, err = shell("verify")
    assert (status, err) == (1, "")
    assert "row organisation" in out
    assert "wayhome verify --rebuild" in out
    answer = json.loads(shell("verify", "--json")[1])
    assert answer["ok"] is False
    assert {"where", "what"} == set(answer["findings"][0])
    assert "All is well" in shell.done("verify", "--rebuild")
    assert "All is well" in shell.done("verify")


def test_rows_that_an_older_program_made_are_made_anew(shell: Shell) -> None:
    """After an upgrade the first command makes every row by the new rules; nobody need know of it."""
    house = open_house(shell.data, passphrase=PASSPHRASE)
    house.log.replace_projections([])
    house.log.put_snapshot(ROWS, b"another program")
    house.close()
    assert "All is well" in shell.done("verify")
