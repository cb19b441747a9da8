"""Data folders: made whole, opened with the right key by one process, recognised when copied."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests.fakes.logs import CHEAP, ORG, PASSPHRASE, START_MS, FakeWall, batch, bodies, sqlite_log, write

from wayhome.log import folder, keys, lock
from wayhome.log.sqlite_store import SqliteLog
from wayhome.usecases.ports import Batch, Damaged, Locked, LogError, Timer, WrongKey
from wayhome.values.ids import ReplicaId


def test_what_was_written_is_there_after_opening_again(tmp_path: Path) -> None:
    """Facts, clocks, keys and timers survive closing and opening; numbers and clocks go on."""
    wall = FakeWall()
    log = sqlite_log(tmp_path, wall=wall)
    write(log, 1, 2)
    write(log, "name", stream="p:1")
    replica = log.replica
    log.close()
    wall.ms -= 3_600_000
    log = sqlite_log(tmp_path, wall=wall)
    assert log.replica == replica
    assert log.notices == ()
    (header,) = write(log, 3)
    assert header.seq == 3
    assert header.clock > (START_MS, 0)
    assert bodies(log, "p:1") == [b'{"text":"name"}']
    log.close()


@pytest.mark.parametrize("wrong", ["", "  ", "wrong", PASSPHRASE + " ", PASSPHRASE.upper(), "\ud800", "x" * 100_000])
def test_a_wrong_passphrase_opens_nothing(tmp_path: Path, wrong: str) -> None:
    """Wrong, empty, huge or broken: WrongKey, and the folder stays as it was."""
    sqlite_log(tmp_path).close()
    with pytest.raises(WrongKey):
        folder.open_folder(tmp_path / "laptop", passphrase=wrong)
    sqlite_log(tmp_path).close()


def test_the_same_words_typed_on_another_keyboard_open(tmp_path: Path) -> None:
    """Composed and decomposed letters are the same passphrase."""
    folder.create(tmp_path / "f", passphrase="R\u00e4ven", cost=CHEAP)
    folder.open_folder(tmp_path / "f", passphrase="Ra\u0308ven").close()


def test_without_a_key_it_stays_locked(tmp_path: Path) -> None:
    """No passphrase and no key file: Locked."""
    sqlite_log(tmp_path).close()
    with pytest.raises(Locked, match="passphrase or its key file"):
        folder.open_folder(tmp_path / "laptop")
    with pytest.raises(Locked):
        folder.create(tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_a_key_file_opens_and_another_does_not(tmp_path: Path) -> None:
    """A key file kept elsewhere opens the record; another one, or garbage, does not."""
    key, other, garbage = tmp_path / "stick.key", tmp_path / "other.key", tmp_path / "garbage"
    keys.new_key_file(key)
    keys.new_key_file(other)
    garbage.write_bytes(b"\xff\x00" * 1000)
    folder.create(tmp_path / "f", key_file=key)
    folder.open_folder(tmp_path / "f", key_file=key).close()
    for bad in (other, garbage, tmp_path / "absent", tmp_path):
        with pytest.raises(WrongKey):
            folder.open_folder(tmp_path / "f", key_file=bad)
    with pytest.raises(WrongKey, match="not kept under a passphrase"):
        folder.open_folder(tmp_path / "f", passphrase=PASSPHRASE)
    with pytest.raises(LogError, match="never overwritten"):
        keys.new_key_file(key)


def test_a_key_file_beside_the_data_is_refused(tmp_path: Path) -> None:
    """Who takes the folder must not have the key: refused when making, opening and adding, also through a link."""
    sqlite_log(tmp_path).close()
    inside = tmp_path / "laptop" / "my.key"
    keys.new_key_file(inside)
    link = tmp_path / "link.key"
    link.symlink_to(inside)
    for key in (inside, link, tmp_path / "x" / ".." / "laptop" / "my.key"):
        with pytest.raises(LogError, match="inside the data folder"):
            folder.open_folder(tmp_path / "laptop", key_file=key)
        with pytest.raises(LogError, match="inside the data folder"):
            keys.add_slots(tmp_path / "laptop", keys.Unlock(PASSPHRASE), keys.Unlock(key_file=key))


def test_a_passphrase_is_changed_and_a_key_file_added(tmp_path: Path) -> None:
    """The old passphrase opens no more, the new one and the key file do; what was written is there."""
    log = sqlite_log(tmp_path)
    write(log, 1)
    log.close()
    at, key = tmp_path / "laptop", tmp_path / "stick.key"
    keys.new_key_file(key)
    keys.add_slots(at, keys.Unlock(PASSPHRASE), keys.Unlock("new words", key), cost=CHEAP)
    with pytest.raises(WrongKey):
        folder.open_folder(at, passphrase=PASSPHRASE)
    for unlock in ({"passphrase": "new words"}, {"key_file": key}):
        log = folder.open_folder(at, **unlock)
        assert bodies(log) == [b'{"text":"1"}']
        log.close()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"format":1,"slots":[]}',
        b'{"format":9,"slots":[]}',
        b'{"format":1,"slots":[{"kind":"passphrase","salt":"!","wrapped":"","cost":{"passes":1,"memory_kib":64}}]}',
        b'{"format":1,"slots":[{"kind":"passphrase","salt":"","wrapped":""}]}',
    ],
)
def test_a_damaged_keys_file_says_so(tmp_path: Path, content: bytes) -> None:
    """Whatever lies in keys.json, the answer is a LogError."""
    sqlite_log(tmp_path).close()
    (tmp_path / "laptop" / "keys.json").write_bytes(content)
    with pytest.raises(LogError):
        folder.open_folder(tmp_path / "laptop", passphrase=PASSPHRASE)


def test_a_hostile_cost_is_not_tried(tmp_path: Path) -> None:
    """A cost that would take the machine down is refused before it is tried."""
    sqlite_log(tmp_path).close()
    path = tmp_path / "laptop" / "keys.json"
    path.write_text(path.read_text().replace('"memory_kib": 8', '"memory_kib": 4000000000'))
    with pytest.raises(Damaged, match="out of bounds"):
        folder.open_folder(tmp_path / "laptop", passphrase=PASSPHRASE)


def test_only_the_owner_can_read_the_files(tmp_path: Path) -> None:
    """Folder 0700, keys 0600."""
    sqlite_log(tmp_path).close()
    assert stat.S_IMODE((tmp_path / "laptop").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "laptop" / "keys.json").stat().st_mode) == 0o600


def test_creating_never_overwrites(tmp_path: Path) -> None:
    """A folder with anything in it, or a file, is refused; an empty one is taken; nothing is left behind."""
    sqlite_log(tmp_path).close()
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    for name in ("laptop", "file"):
        with pytest.raises(LogError, match="already holds something"):
            folder.create(tmp_path / name, passphrase="x", cost=CHEAP)
    folder.create(tmp_path / "empty", passphrase="x", cost=CHEAP)
    folder.create(tmp_path / "deep" / "er", passphrase="x", cost=CHEAP)
    assert not list(tmp_path.rglob("*.part"))
    assert folder.is_folder(tmp_path / "deep" / "er")
    assert not folder.is_folder(tmp_path)
    with pytest.raises(LogError, match="wayhome init"):
        folder.open_folder(tmp_path, passphrase="x")


OPEN_ELSEWHERE = """
import sys
from pathlib import Path
from wayhome.log import folder
from wayhome.usecases.ports import Locked
try:
    folder.open_folder(Path(sys.argv[1]), passphrase=sys.argv[2])
except Locked as error:
    print(error)
"""


def test_a_second_process_is_locked_out(tmp_path: Path) -> None:
    """The second opener is told which process has it and what to do; after close it may."""
    log = sqlite_log(tmp_path)
    told = elsewhere(tmp_path)
    assert f"process {os.getpid()}" in told
    assert "stop it" in told
    with pytest.raises(Locked):
        sqlite_log(tmp_path)
    assert log.lock is not None
    log.lock.note(serving=True)
    assert "serves this record" in elsewhere(tmp_path)
    assert lock.holder(tmp_path / "laptop") == lock.Holder(os.getpid(), serving=True)
    log.close()
    assert lock.holder(tmp_path / "laptop") is None
    assert elsewhere(tmp_path) == ""


def elsewhere(at: Path) -> str:
    """What another process is told that opens the record."""
    command = [sys.executable, "-c", OPEN_ELSEWHERE, str(at / "laptop"), PASSPHRASE]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_copied_folder_becomes_a_replica_of_its_own(tmp_path: Path) -> None:
    """A raw copy, opened, takes a new id and key and says so; both go on, and merge without a fork."""
    log = sqlite_log(tmp_path)
    write(log, 1)
    log.close()
    shutil.copytree(tmp_path / "laptop", tmp_path / "copy", copy_function=shutil.copy2)
    first, second = sqlite_log(tmp_path), sqlite_log(tmp_path, "copy")
    assert first.notices == ()
    (notice,) = second.notices
    assert first.replica in notice
    assert second.replica in notice
    assert first.replica != second.replica
    write(first, 2)
    write(second, 3)
    brought = first.ingest(second.export_exchange(first.heads()), now=batch(1).drafts[0].claimed)
    assert brought.findings == ()
    assert [len(bodies(first)), len(bodies(second))] == [3, 2]
    assert first.verify() == second.verify() == []
    new = second.replica
    first.close()
    second.close()
    again = sqlite_log(tmp_path, "copy")
    assert (again.notices, again.replica) == ((), new)
    again.close()


def test_a_folder_put_back_from_a_copy_is_noticed(tmp_path: Path) -> None:
    """The same path, put back from a raw copy: the numbers used since are not used twice."""
    log = sqlite_log(tmp_path)
    write(log, 1)
    log.close()
    shutil.copytree(tmp_path / "laptop", tmp_path / "copy")
    log = sqlite_log(tmp_path)
    write(log, 2)
    old = log.replica
    log.close()
    shutil.rmtree(tmp_path / "laptop")
    shutil.copytree(tmp_path / "copy", tmp_path / "laptop")
    log = sqlite_log(tmp_path)
    assert log.replica != old
    assert len(log.notices) == 1
    log.close()


def test_a_moved_folder_is_the_same_replica(tmp_path: Path) -> None:
    """Renaming a folder is no copy."""
    log = sqlite_log(tmp_path)
    old = log.replica
    log.close()
    (tmp_path / "laptop").rename(tmp_path / "moved")
    log = sqlite_log(tmp_path, "moved")
    assert (log.replica, log.notices) == (old, ())
    log.close()


def test_due_timers_are_readable_while_locked(tmp_path: Path) -> None:
    """Opaque ids and times of our own timers, soonest first, without the key; nothing else."""
    log = sqlite_log(tmp_path)
    at = tmp_path / "laptop"
    assert folder.locked_timers(at) == []
    ours, theirs = log.replica, ReplicaId("other")
    timers = (
        Timer("b" * 32, 20, ours, ORG, "overdue: Naruto"),
        Timer("a" * 32, 30, ours, ORG),
        Timer("c", 1, theirs, ORG),
    )
    write(log, 1, changes=timers)
    assert folder.locked_timers(at) == [("b" * 32, 20), ("a" * 32, 30)]
    assert b"Naruto" not in (at / "due.timers").read_bytes()
    log.submit(Batch((), (Timer("b" * 32, None, ours, ORG),))).result(30)
    assert folder.locked_timers(at) == [("a" * 32, 30)]
    log.replace_projections([Timer("d" * 32, 5, ours, ORG)])
    log.close()
    assert folder.locked_timers(at) == [("d" * 32, 5)]
    (at / "due.timers").unlink()
    sqlite_log(tmp_path).close()
    assert folder.locked_timers(at) == [("d" * 32, 5)]
    (at / "due.timers").write_bytes(b"\xff garbage")
    with pytest.raises(Damaged):
        folder.locked_timers(at)


def test_a_later_format_is_refused(tmp_path: Path) -> None:
    """A file of a later Wayhome is left alone, and says so."""
    log = sqlite_log(tmp_path)
    log._session._db.pragma("user_version", 99)
    log.close()
    with pytest.raises(LogError, match="format 99"):
        sqlite_log(tmp_path)


def test_an_old_sqlite_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library with the WAL-reset bug is refused, and says what to install."""
    sqlite_log(tmp_path).close()
    monkeypatch.setattr("apsw.sqlite_lib_version", lambda: "3.51.2")
    with pytest.raises(LogError, match=r"3\.51\.3 or later"):
        sqlite_log(tmp_path)


def test_a_locked_server_hands_its_lock_over(tmp_path: Path) -> None:
    """Started without the key it holds the folder; a wrong passphrase does not make it let go."""
    sqlite_log(tmp_path).close()
    at = tmp_path / "laptop"
    held = lock.FolderLock(at)
    with pytest.raises(WrongKey):
        folder.open_folder(at, passphrase="wrong", lock=held)
    with pytest.raises(Locked):
        sqlite_log(tmp_path)
    log = folder.open_folder(at, passphrase=PASSPHRASE, lock=held)
    write(log, 1)
    log.close()
    sqlite_log(tmp_path).close()


def test_the_file_is_set_up_to_lose_nothing(tmp_path: Path) -> None:
    """WAL, a sync at each commit, freed pages overwritten, temporary data in memory, a SQLite without the WAL bug."""
    log: SqliteLog = sqlite_log(tmp_path)
    db = log._session._db
    found = [db.pragma(name) for name in ("journal_mode", "synchronous", "secure_delete", "temp_store")]
    assert found == ["wal", 3, 1, 2]
    log.close()
