"""A data folder: made whole or not at all, opened by one process, recognised when it was copied.

wayhome.db   the encrypted record          keys.json    the wrapped master key
lock         who has it open               due.timers   what falls due, readable without the key
place        never changed: tells a copied folder from the one it was copied from
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from wayhome.log import database, ledger, sealing
from wayhome.log.clock import wall_ms
from wayhome.log.disk import sync_folder, write_atomically
from wayhome.log.keys import (
    DEFAULT_COST,
    KEYS_FILE,
    Cost,
    Unlock,
    new_slots,
    open_slots,
    read_slots,
    refuse_key_beside_data,
    subkeys,
)
from wayhome.log.lock import FolderLock
from wayhome.log.place import take_identity
from wayhome.log.sqlite_store import DATABASE_FILE, SqliteLog
from wayhome.log.timers import read_due
from wayhome.usecases.ports import LogError
from wayhome.values.ids import ReplicaId


def is_folder(folder: Path) -> bool:
    """Whether a record is kept here."""
    return (folder / KEYS_FILE).is_file() and (folder / DATABASE_FILE).is_file()


def create(
    folder: Path,
    *,
    passphrase: str | None = None,
    key_file: Path | None = None,
    cost: Cost = DEFAULT_COST,
    label: str = "",
    replica: ReplicaId | None = None,
    master: bytes | None = None,
) -> None:
    """Makes a data folder with an empty record, durable on return. `key_file` must exist (see `keys.new_key_file`).

    Another laptop of the same organisation is made by restoring a backup; with the same `master` (32 bytes) two empty
    ones can be made that read each other's exchanges.
    Raises LogError when anything is there already, or where it cannot be written.
    """
    refuse_key_beside_data(folder, key_file)
    master = master or sealing.new_key()
    slots = new_slots(master, Unlock(passphrase, key_file), cost)
    secrets = subkeys(master)
    with built(folder) as part:
        write_atomically(part / KEYS_FILE, slots)
        db = database.create(part / DATABASE_FILE, secrets.database)
        try:
            take_identity(part, db, secrets, replica or ledger.fresh_replica_id(), label)
        finally:
            db.close()


def open_folder(
    folder: Path,
    *,
    passphrase: str | None = None,
    key_file: Path | None = None,
    wall: Callable[[], int] = wall_ms,
    vfs: str | None = None,
    opened: type[SqliteLog] = SqliteLog,
    lock: FolderLock | None = None,
) -> SqliteLog:
    """Opens a record for this process alone; `log.notices` says what its user should know.

    A server that started locked hands over the `lock` it holds; it keeps it when opening fails. `wall` gives the time
    in ms since 1970 UTC. Raises WrongKey, Locked (no key given, or another process has it), Damaged, or LogError.
    """
    if not is_folder(folder):
        raise LogError(f"{folder} holds no record: make one with `wayhome init`, or restore a backup")
    refuse_key_beside_data(folder, key_file)
    secrets = subkeys(open_slots(read_slots(folder), Unlock(passphrase, key_file)))
    taken = lock or FolderLock(folder)
    try:
        return opened(folder, secrets, wall=wall, vfs=vfs, lock=taken)
    except LogError:
        if lock is None:
            taken.release()
        raise


def locked_timers(folder: Path) -> list[tuple[str, int]]:
    """What falls due, readable without the key: (opaque id, ms since 1970 UTC), soonest first. Raises Damaged."""
    return read_due(folder)


@contextmanager
def built(folder: Path) -> Iterator[Path]:
    """A folder beside the wanted one to build in; it takes its name, whole and synced, when all went well.

    Raises LogError when something is there already or the disk refuses.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LogError(f"{folder} already holds something: give a new or empty folder")
    part = folder.with_name(folder.name + ".part")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if part.exists():
            shutil.rmtree(part)
        part.mkdir(mode=0o700)
        yield part
        sync_folder(part)
        part.replace(folder)
        sync_folder(folder.parent)
    except OSError as error:
        raise LogError(f"{folder} cannot be made: {error.strerror}") from error
    except apsw.Error as error:
        raise database.as_write_failure(error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
