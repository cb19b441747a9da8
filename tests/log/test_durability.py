"""Nothing acknowledged is ever lost: killed, without power, on a full or breaking disk.

The harness proves itself: each planted breach must turn it red.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import apsw
import pytest
from tests.fakes.disks import CrashDisk, FaultyDisk
from tests.fakes.logs import ORG, batch, bodies, fact_id, sqlite_log, write

from wayhome.log import sqlite_store
from wayhome.log.sqlite_store import SqliteLog
from wayhome.log.writer import GroupWriter, _Job
from wayhome.usecases.ports import Ask, LogError, NotDurable, Row, Timer
from wayhome.values.ids import Mark

REPOSITORY = Path(__file__).parents[2]
CRASHES = 60


def row(key: object) -> Row:
    return Row("log", "m", str(key), Mark("org"), str(key), b"x" * 500)


# losing power


def acknowledge(disk: CrashDisk, n: int, _: object) -> None:
    disk.acknowledge(str(n))


def lost_to_crashes(at: Path, disk: CrashDisk, opened: type[SqliteLog] = SqliteLog) -> list[str]:
    """Writes a while on a disk that remembers, crashes it at many moments; what broke its promise, if anything."""
    sqlite_log(at).close()
    disk.begin(at / "laptop")
    log = sqlite_log(at, vfs=disk.name, opened=opened)
    chance = random.Random(7)
    for n in range(40):
        log.submit(batch(n, changes=[row(n)])).add_done_callback(partial(acknowledge, disk, n))
        if chance.random() < 0.7:
            write(log, f"wait{n}")
            disk.acknowledge(f"wait{n}")
    log.close()
    broken: list[str] = []
    for crash in range(CRASHES):
        name = f"crash{crash}"
        promised = disk.crash(chance.randrange(disk.points), at / name, chance)
        broken += broken_promises(at, name, promised)
        shutil.rmtree(at / name)
    return broken


def broken_promises(at: Path, name: str, promised: set[str]) -> list[str]:
    """What is wrong with what a crash left."""
    try:
        log = sqlite_log(at, name)
    except LogError as error:
        return [str(error)]
    try:
        found = [f"{fact} is gone" for fact in promised if log.find(fact_id(fact)) is None]
        found += [finding.what for finding in log.verify()]
        held = {entry.body for entry in log.entries()}
        rows = log.rows(Ask("log"), None)
        found += [f"row {one.key} has no fact" for one in rows if b'{"text":"%s"}' % one.key.encode() not in held]
        write(log, "goes on")
    except LogError as error:
        return [str(error)]
    finally:
        log.close()
    return found


class SyncOff(SqliteLog):
    """Planted breach: SQLite told not to sync."""

    SYNCHRONOUS = "OFF"


class EagerWriter(GroupWriter):
    """Planted breach: acknowledges before the commit."""

    def commit_group(self, group: list[_Job]) -> None:
        for job in group:
            job.run()
            job.tell()
        super().commit_group([])


class SloppyWriter(GroupWriter):
    """Planted breach: acknowledges inside the transaction, then commits."""

    def commit_group(self, group: list[_Job]) -> None:
        self._transactions.begin()
        for job in group:
            job.run()
            job.tell()
        self._transactions.commit()
        self._transactions.tidy()


def test_power_lost_at_any_moment_loses_nothing_acknowledged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Torn, dropped and half-written states at random moments, checkpoints among them: all acknowledged facts are
    there, the chains verify, no row stands without its fact, and work goes on."""
    monkeypatch.setattr(sqlite_store, "CHECKPOINT_PAGES", 60)
    disk = CrashDisk()
    assert lost_to_crashes(tmp_path, disk) == []
    assert len(disk.acknowledged) > 40


@pytest.mark.parametrize("breach", ["synchronous=OFF", "lying disk", "acknowledged before commit"])
def test_the_power_harness_sees_planted_breaches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, breach: str) -> None:
    """Not syncing, a disk that lies, and acknowledging early each turn it red."""
    monkeypatch.setattr(sqlite_store, "CHECKPOINT_PAGES", 60)
    if breach == "acknowledged before commit":
        monkeypatch.setattr(sqlite_store, "GroupWriter", SloppyWriter)
    disk = CrashDisk(lying=breach == "lying disk")
    assert lost_to_crashes(tmp_path, disk, SyncOff if breach == "synchronous=OFF" else SqliteLog) != []


# killed


def test_killed_at_any_moment_loses_nothing_acknowledged(tmp_path: Path) -> None:
    """kill -9 in the middle of writing, 20 times over on one folder: every acknowledged fact is there afterwards."""
    command = [sys.executable, "-m", "tests.fakes.killing", str(tmp_path), "20", "3", "200"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=REPOSITORY, timeout=120).stdout
    result = json.loads(told)
    assert (result["runs"], result["lost"], result["findings"]) == (20, 0, [])
    assert result["acknowledged"] > 100


BREACHED = """
import sys, time
from pathlib import Path
from tests.fakes.killing import kill_often as kill
from tests.log.test_durability import EagerWriter
from wayhome.log import sqlite_store, writer
class Slow(EagerWriter):
    def commit_group(self, group):
        self._transactions.begin()
        for job in group:
            job.run()
            job.tell()
        time.sleep(0.005)
        self._transactions.commit()
sqlite_store.GroupWriter = Slow
print(kill(Path(sys.argv[1]), 6, 5)["lost"])
"""


def test_the_kill_harness_sees_acknowledging_before_commit(tmp_path: Path) -> None:
    """A writer that answers before its commit loses facts to kill -9, and the harness counts them."""
    command = [sys.executable, "-c", BREACHED, str(tmp_path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=REPOSITORY, timeout=120).stdout
    assert int(told) > 0


# a disk that fails


@pytest.mark.parametrize(
    ("failure", "words"),
    [(apsw.FullError, "disk is full"), (apsw.IOError, "disk refused"), (apsw.ReadOnlyError, "read-only")],
)
def test_a_failing_disk_is_told_and_recovered_from(
    tmp_path: Path, failure: Callable[[], apsw.Error], words: str
) -> None:
    """The typist is told, everybody queued is told, reading goes on, nothing acknowledged is lost; once the disk is
    well, `recover` lets work go on, and a retry of what failed is written once."""
    disk = FaultyDisk()
    log = sqlite_log(tmp_path, vfs=disk.name)
    write(log, 1, changes=[row(1)])
    disk.failure = failure
    failed = [log.submit(batch(n, changes=[row(n)])) for n in (2, 3, 4)]
    for future in failed:
        with pytest.raises(NotDurable, match=words):
            future.result(30)
    with pytest.raises(NotDurable):
        write(log, 5)
    assert log.broken is not None
    assert bodies(log)[:1] == [b'{"text":"1"}']
    with pytest.raises(NotDurable):
        log.recover()
    disk.failure = None
    log.recover()
    for n in (2, 3, 4):
        write(log, n, changes=[row(n)])
    assert bodies(log) == [b'{"text":"%d"}' % n for n in (1, 2, 3, 4)]
    assert [one.key for one in log.rows(Ask("log"), None)] == ["1", "2", "3", "4"]
    assert log.verify() == []
    log.close()


ON_A_FULL_DISK = """
import sys
from pathlib import Path
from tests.fakes.logs import bodies, sqlite_log, write
from wayhome.usecases.ports import LogError, NotDurable, Row
from wayhome.values.ids import Mark

at = Path(sys.argv[1])
log = sqlite_log(at)
filler = (at / "filler").open("wb", buffering=0)
try:
    while True:
        filler.write(bytes(4096))
except OSError:
    pass
acknowledged, told = 0, ""
for n in range(20_000):
    try:
        write(log, n, changes=[Row("log", "m", str(n), Mark("org"), "s", b"x" * 1000)])
        acknowledged += 1
    except NotDurable as error:
        told = str(error)
        break
assert "disk is full" in told, told
assert len(bodies(log)) >= acknowledged
try:
    log.recover()
    write(log, "too early")
    raise SystemExit("recovered on a full disk")
except NotDurable:
    pass
filler.truncate(0)
log.recover()
for n in range(acknowledged + 1):
    write(log, n)
write(log, "after")
assert len(bodies(log)) == acknowledged + 2, (len(bodies(log)), acknowledged)
assert log.verify() == []
log.close()
log = sqlite_log(at)
assert log.verify() == []
log.close()
print("well", acknowledged)
"""


def in_private_mounts(make: str, script: Path, argument: Path) -> subprocess.CompletedProcess[str]:
    """Runs a script where `make` has mounted something for it alone; skips where the system does not permit that."""
    private = ["unshare", "--user", "--map-root-user", "--mount"]
    if shutil.which("unshare") is None or subprocess.run([*private, "true"], capture_output=True).returncode:
        pytest.skip("no private mounts are permitted here: the disks made to fail stand in")
    inside = f'{make} && PYTHONPATH="{REPOSITORY}" "{sys.executable}" "{script}" "{argument}"'
    return subprocess.run([*private, "sh", "-c", inside], capture_output=True, text=True, timeout=120)


def test_a_really_full_disk(tmp_path: Path) -> None:
    """On a small file system filled to the last byte: told, nothing lost, and work goes on after room is made."""
    script = tmp_path / "child.py"
    script.write_text(ON_A_FULL_DISK)
    mount = tmp_path / "small"
    mount.mkdir()
    done = in_private_mounts(f'mount -t tmpfs -o size=20m none "{mount}"', script, mount)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("well")


def test_a_full_disk_still_opens_for_reading(tmp_path: Path) -> None:
    """What is there can be read, and due timers too, when nothing can be written at all."""
    log = sqlite_log(tmp_path)
    write(log, 1, changes=[Timer("t", 5, log.replica, ORG)])
    log.close()
    disk = FaultyDisk()
    disk.failure = apsw.FullError
    log = sqlite_log(tmp_path, vfs=disk.name)
    assert bodies(log) == [b'{"text":"1"}']
    assert [timer.id for timer in log.timers()] == ["t"]
    with pytest.raises(NotDurable, match="disk is full"):
        write(log, 2)
    log.close()


def test_one_sync_for_a_group(tmp_path: Path) -> None:
    """Everything that queued up behind a commit is committed with one sync; a single write costs one."""
    disk = FaultyDisk()
    log = sqlite_log(tmp_path, vfs=disk.name)
    wal = "wayhome.db-wal"
    before = disk.syncs.get(wal, 0)
    write(log, "single")
    assert disk.syncs[wal] == before + 1
    with log._session.writer._committing:
        futures = [log.submit(batch(n)) for n in range(64)]
    for future in futures:
        future.result(30)
    assert disk.syncs[wal] == before + 2
    assert sum(disk.syncs.values()) - disk.syncs[wal] <= 2
    log.close()


# files that are not what they should be


def closed_log(at: Path) -> Path:
    """A closed folder with some facts; the write-ahead log is folded in."""
    log = sqlite_log(at)
    for n in range(30):
        write(log, n, changes=[row(n)])
    log.close()
    (at / "laptop" / "wayhome.db-wal").unlink()
    return at / "laptop" / "wayhome.db"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: b"",
        lambda raw: raw[:100],
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw[:-1],
        lambda raw: b"garbage " * 5000,
        lambda raw: b"SQLite format 3\x00" + raw[16:],
        lambda raw: raw[:3000] + b"\x00" * 4096 + raw[7096:],
    ],
)
def test_a_spoiled_file_is_told(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    """Truncated, empty, garbage, overwritten: opening or verifying says so; never a traceback, never silence."""
    path = closed_log(tmp_path)
    path.write_bytes(spoil(path.read_bytes()))
    try:
        log = sqlite_log(tmp_path)
    except LogError as error:
        assert "damaged" in str(error)
        return
    assert log.verify() != []
    log.close()


def test_any_flipped_byte_is_found(tmp_path: Path) -> None:
    """One bit flipped anywhere in the encrypted file: opening or verifying says so."""
    path = closed_log(tmp_path)
    whole = path.read_bytes()
    chance = random.Random(3)
    for at in [chance.randrange(len(whole)) for _ in range(25)]:
        path.write_bytes(whole[:at] + bytes((whole[at] ^ 64,)) + whole[at + 1 :])
        (path.parent / "wayhome.db-wal").unlink(missing_ok=True)
        assert spoiled_is_noticed(tmp_path), f"byte {at} of {len(whole)}"


def spoiled_is_noticed(at: Path) -> bool:
    try:
        log = sqlite_log(at)
    except LogError:
        return True
    try:
        return log.verify() != []
    finally:
        log.close()


ON_A_READ_ONLY_DISK = """
import sys
from pathlib import Path
from tests.fakes.logs import sqlite_log
from wayhome.usecases.ports import LogError
try:
    sqlite_log(Path(sys.argv[1]))
except LogError as error:
    print(error)
"""


def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    """A folder that cannot be written to: a LogError that says so."""
    sqlite_log(tmp_path).close()
    script = tmp_path / "child.py"
    script.write_text(ON_A_READ_ONLY_DISK)
    make = f'mount --bind "{tmp_path}" "{tmp_path}" && mount -o remount,ro,bind "{tmp_path}"'
    done = in_private_mounts(make, script, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "cannot be opened for writing" in done.stdout


def test_an_unexpected_error_in_a_job_fails_its_group_only_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A defect in our own code loses nothing either: the group is told, and after `recover` work goes on."""
    monkeypatch.setattr("threading.excepthook", lambda _: None)
    log = sqlite_log(tmp_path)
    write(log, 1)

    def defect() -> None:
        raise ZeroDivisionError

    future = log._session.writer.submit(defect)
    with pytest.raises((NotDurable, ZeroDivisionError)):
        future.result(30)
    with pytest.raises(NotDurable):
        write(log, 2)
    log.recover()
    write(log, 2)
    assert len(bodies(log)) == 2
    log.close()
