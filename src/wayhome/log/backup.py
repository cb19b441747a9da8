"""A backup is one file: the wrapped keys and a compact copy of the encrypted record, under a seal of its own.

It is made while the record is in use and opens with the passphrase or key file it was made under. What is restored
from it is a replica of its own with a fresh signing key; what the old one wrote stays verifiable.

    magic | 8 bytes: length of keys.json | keys.json | 8 bytes: length of the drawers of care | the drawers
    | the encrypted file | 32 bytes: BLAKE2b over all before it, keyed with the backup key

Those of an earlier Wayhome hold no drawers.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from wayhome.log import database, ledger
from wayhome.log.disk import sync_folder, write_atomically
from wayhome.log.drawer_file import DRAWERS_FILE
from wayhome.log.folder import built
from wayhome.log.keys import KEYS_FILE, Unlock, open_slots, read_slots, refuse_key_beside_data, subkeys
from wayhome.log.place import take_identity
from wayhome.log.sqlite_store import DATABASE_FILE, SqliteLog
from wayhome.log.sqlite_tables import SqliteTables
from wayhome.log.timers import write_due
from wayhome.usecases.ports import LogError, NotDurable
from wayhome.values.ids import ReplicaId

MAGIC = b"wayhome backup 2\n"
WITHOUT_DRAWERS = b"wayhome backup 1\n"
_SEAL_BYTES = 32
_CHUNK_BYTES = 1_000_000
_MAX_SLOTS_BYTES = 1_000_000
_MAX_DRAWERS_BYTES = 4_000_000_000


def backup(log: SqliteLog, path: Path) -> None:
    """Writes a backup of the record as it is now, durable on return, while writing to it goes on.

    Raises LogError when the file exists or the disk refuses; what lies at `path` is then whole or not there.
    """
    if path.exists():
        raise LogError(f"{path} already exists: a backup is never overwritten, give another name")
    copy, part = path.with_name(path.name + ".copy"), path.with_name(path.name + ".part")
    try:
        copy.unlink(missing_ok=True)
        log.drawers.copied_out()
        log.vacuum_into(copy)
        with part.open("wb") as to, copy.open("rb") as database_file:
            os.chmod(to.fileno(), 0o600)  # noqa: PTH101  the open file, not whatever the name leads to by now
            head = MAGIC + _counted(read_slots(log.folder)) + _counted(log.drawers.raw())
            _write(to, head, database_file, log.secrets.backup)
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise NotDurable(f"the backup {path} cannot be written: {error.strerror}") from error
    finally:
        for left in (copy, part):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def restore(
    path: Path,
    folder: Path,
    *,
    passphrase: str | None = None,
    key_file: Path | None = None,
    label: str = "",
    replica: ReplicaId | None = None,
) -> None:
    """Makes a new data folder from a backup, a replica of its own. Raises WrongKey, or LogError for any other file,
    one that was cut or changed, and a folder that already holds something."""
    refuse_key_beside_data(folder, key_file)
    with built(folder) as part, _opened(path) as file:
        head, slots, drawers = _read_head(file, path)
        secrets = subkeys(open_slots(slots, Unlock(passphrase, key_file)))
        _copy_out(file, path, part / DATABASE_FILE, head, secrets.backup)
        write_atomically(part / KEYS_FILE, slots)
        if drawers:
            write_atomically(part / DRAWERS_FILE, drawers)
        with database.reading():
            db = database.connect(part / DATABASE_FILE, secrets.database)
            try:
                database.refuse_other_version(db)
                db.pragma("journal_mode", "WAL")
                new = replica or ledger.fresh_replica_id()
                take_identity(part, db, secrets, new, label)
                write_due(part, SqliteTables(db).timers(), new)
            finally:
                db.close()


def _counted(part: bytes) -> bytes:
    return len(part).to_bytes(8, "big") + part


def _write(to: BinaryIO, head: bytes, database_file: BinaryIO, key: bytes) -> None:
    seal = hashlib.blake2b(key=key, digest_size=_SEAL_BYTES)
    for chunk in (head, *_chunks(database_file)):
        seal.update(chunk)
        to.write(chunk)
    to.write(seal.digest())
    to.flush()
    os.fsync(to.fileno())


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK_BYTES):
        yield chunk


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise LogError(f"the backup {path} cannot be read: {error.strerror}") from error


def _read_head(file: BinaryIO, path: Path) -> tuple[bytes, bytes, bytes]:
    """All before the record: its bytes, and in them keys.json and the drawers. The seal over them is checked later."""
    magic = file.read(len(MAGIC))
    if magic not in (MAGIC, WITHOUT_DRAWERS):
        raise LogError(f"{path} is not a Wayhome backup")
    slots = _read_counted(file, path, _MAX_SLOTS_BYTES)
    if magic == WITHOUT_DRAWERS:
        return magic + _counted(slots), slots, b""
    drawers = _read_counted(file, path, _MAX_DRAWERS_BYTES)
    return magic + _counted(slots) + _counted(drawers), slots, drawers


def _read_counted(file: BinaryIO, path: Path, most: int) -> bytes:
    length = int.from_bytes(file.read(8), "big")
    found = file.read(min(length, most))
    if len(found) != length:
        raise LogError(f"the backup {path} was cut or changed: use another copy")
    return found


def _copy_out(file: BinaryIO, path: Path, target: Path, head: bytes, key: bytes) -> None:
    """Writes the record out of a backup, checking the seal over the whole. Raises LogError."""
    seal = hashlib.blake2b(head, key=key, digest_size=_SEAL_BYTES)
    tail = b""
    with target.open("wb") as to:
        for chunk in _chunks(file):
            held = tail + chunk
            tail = held[-_SEAL_BYTES:]
            seal.update(held[:-_SEAL_BYTES])
            to.write(held[:-_SEAL_BYTES])
        to.flush()
        os.fsync(to.fileno())
    if tail != seal.digest():
        raise LogError(f"the backup {path} was cut or changed: use another copy")
