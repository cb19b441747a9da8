"""Backups: one file, made while writing goes on; what is restored is a replica of its own."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from tests.fakes.logs import ORG, PASSPHRASE, bodies, draft, sqlite_log, write

from wayhome.log import folder
from wayhome.log.backup import backup, restore
from wayhome.usecases.ports import LogError, NotDurable, Timer, WrongKey


def test_a_backup_is_restored_as_a_new_replica(tmp_path: Path) -> None:
    """All facts and bodies come back, verified; the new copy has its own id, and the two merge without a fork."""
    log = sqlite_log(tmp_path)
    write(log, 1, 2)
    write(log, "ナルト", stream="p:1", changes=[Timer("t", 9, log.replica, ORG)])
    backup(log, tmp_path / "b")
    write(log, 3)
    restore(tmp_path / "b", tmp_path / "new", passphrase=PASSPHRASE, label="second laptop")
    copy = folder.open_folder(tmp_path / "new", passphrase=PASSPHRASE)
    assert copy.notices == ()
    assert copy.replica != log.replica
    assert bodies(copy) == [b'{"text":"1"}', b'{"text":"2"}']
    assert bodies(copy, "p:1") == ['{"text":"ナルト"}'.encode()]
    assert [timer.owner for timer in copy.timers()] == [log.replica]
    assert folder.locked_timers(tmp_path / "new") == []
    (header,) = write(copy, 4)
    assert (header.seq, header.after) == (1, ((log.replica, 2),))
    brought = log.ingest(copy.export_exchange(log.heads()), now=draft(1).claimed)
    assert (len(brought.new), brought.findings) == (1, ())
    assert copy.verify() == log.verify() == []
    log.close()
    copy.close()


def test_a_backup_is_one_moment_while_writing_goes_on(tmp_path: Path) -> None:
    """Made during a stream of writes, it holds an unbroken beginning of them."""
    log = sqlite_log(tmp_path)
    write(log, "first")
    stop = threading.Event()

    def busy() -> None:
        n = 0
        while not stop.is_set():
            write(log, n := n + 1)

    writer = threading.Thread(target=busy)
    writer.start()
    try:
        for n in range(3):
            backup(log, tmp_path / f"b{n}")
    finally:
        stop.set()
        writer.join()
    for n in range(3):
        restore(tmp_path / f"b{n}", tmp_path / f"new{n}", passphrase=PASSPHRASE)
        copy = folder.open_folder(tmp_path / f"new{n}", passphrase=PASSPHRASE)
        assert copy.verify() == []
        held = bodies(copy)
        assert held == bodies(log)[: len(held)]
        copy.close()
    log.close()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """Neither a file by a backup nor a folder by a restore."""
    log = sqlite_log(tmp_path)
    backup(log, tmp_path / "b")
    with pytest.raises(LogError, match="never overwritten"):
        backup(log, tmp_path / "b")
    with pytest.raises(LogError, match="already holds something"):
        restore(tmp_path / "b", tmp_path / "laptop", passphrase=PASSPHRASE)
    with pytest.raises(NotDurable):
        backup(log, tmp_path / "no" / "such" / "folder")
    log.close()


def test_a_backup_needs_its_key(tmp_path: Path) -> None:
    """The wrong passphrase restores nothing and leaves nothing."""
    log = sqlite_log(tmp_path)
    backup(log, tmp_path / "b")
    log.close()
    with pytest.raises(WrongKey):
        restore(tmp_path / "b", tmp_path / "new", passphrase="wrong")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "laptop"]


def test_a_spoiled_backup_is_refused(tmp_path: Path) -> None:
    """Cut, flipped anywhere, empty, garbage, absent: a LogError, and nothing is left."""
    log = sqlite_log(tmp_path)
    write(log, 1)
    backup(log, tmp_path / "b")
    log.close()
    whole = (tmp_path / "b").read_bytes()
    spoiled = [b"", whole[:5], whole[:20], whole[:100], whole[:-1], whole + b"x", whole[: len(whole) // 2]]
    spoiled += [whole[:at] + bytes((whole[at] ^ 4,)) + whole[at + 1 :] for at in range(0, len(whole), len(whole) // 23)]
    for bad in spoiled:
        (tmp_path / "bad").write_bytes(bad)
        with pytest.raises(LogError):
            restore(tmp_path / "bad", tmp_path / "new", passphrase=PASSPHRASE)
    with pytest.raises(LogError, match="cannot be read"):
        restore(tmp_path / "absent", tmp_path / "new", passphrase=PASSPHRASE)
    assert not list(tmp_path.glob("new*"))
