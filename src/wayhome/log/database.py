"""Opening the encrypted SQLite file, and saying plainly what SQLite refuses.

Whole-file encryption by SQLite3 Multiple Ciphers (ChaCha20-Poly1305 per page) under a raw key. WAL with a sync of
the log at every commit. A new file goes to WAL only under synchronous=EXTRA and its folder is synced after: the other
order can lose the whole log in a crash.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import apsw

from wayhome.log import schema
from wayhome.usecases.ports import Damaged, LogError, NotDurable

OLDEST_SQLITE = (3, 51, 3)
"""Earlier ones can corrupt a WAL database that two connections write or checkpoint."""
SYNCHRONOUS = "EXTRA"
PAGE_BYTES = 2048
"""One fact touches about ten pages, each encrypted and written at its commit: small ones make a commit cheaper."""
WAL_BYTES = 8 * 1024 * 1024
_BUSY_MS = 1_000
"""Only a checkpoint ever waits, for readers of this very process."""
_MAX_IDLE_READERS = 8


def refuse_old_sqlite() -> None:
    """Raises LogError where the SQLite library has the WAL-reset bug."""
    found = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
    if found < OLDEST_SQLITE:
        raise LogError(
            f"SQLite {apsw.sqlite_lib_version()} can corrupt the record: "
            "install apsw-sqlite3mc with SQLite 3.51.3 or later"
        )


def connect(
    path: Path, key: bytes, *, vfs: str | None = None, create: bool = False, synchronous: str = SYNCHRONOUS
) -> apsw.Connection:
    """One connection, keyed and configured. Raises apsw.Error, or LogError for a SQLite too old."""
    refuse_old_sqlite()
    flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if create else 0)
    db = apsw.Connection(str(path), flags=flags, vfs=vfs)
    try:
        _unlock(db, key)
        db.set_busy_timeout(_BUSY_MS)
        for name, value in (
            ("synchronous", synchronous),
            ("secure_delete", "ON"),
            ("temp_store", "MEMORY"),
            ("trusted_schema", "OFF"),
            ("cell_size_check", "ON"),
            ("cache_size", -32_000),
            ("wal_autocheckpoint", 0),
        ):
            db.pragma(name, value)
        if not create:
            db.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except apsw.Error:
        db.close()
        raise
    return db


def _unlock(db: apsw.Connection, key: bytes) -> None:
    """Whole-file encryption under a raw key: no derivation here, `keys` has done that."""
    db.pragma("cipher", "chacha20")
    db.pragma("key", f"raw:{key.hex()}")


def keep_log_sized(db: apsw.Connection, path: Path) -> None:
    """Makes the write-ahead log long beforehand, with zeros behind its end, and keeps it when the file is closed.

    Writing over what is there costs a sync about half of what growing a file does. SQLite stops reading at the first
    frame whose salt and checksum do not fit, so zeros are never taken for one. A full disk only costs the speed.
    """
    yes = ctypes.c_int(1)
    db.file_control("main", apsw.SQLITE_FCNTL_PERSIST_WAL, ctypes.addressof(yes))
    with suppress(OSError):
        handle = os.open(path.with_name(path.name + "-wal"), os.O_WRONLY)
        try:
            size = os.fstat(handle).st_size
            if size < WAL_BYTES:
                os.pwrite(handle, bytes(WAL_BYTES - size), size)
                os.fsync(handle)
        finally:
            os.close(handle)


def create(path: Path, key: bytes, *, vfs: str | None = None) -> apsw.Connection:
    """A new file with its tables, in WAL. The caller syncs the folder. Raises apsw.Error."""
    db = connect(path, key, vfs=vfs, create=True)
    db.pragma("page_size", PAGE_BYTES)
    db.pragma("journal_mode", "WAL")
    with db:
        db.execute(schema.TABLES)
        db.pragma("application_id", schema.APPLICATION_ID)
        db.pragma("user_version", schema.VERSION)
    return db


def refuse_other_version(db: apsw.Connection) -> None:
    """Raises LogError for a file of a later Wayhome, Damaged for one that holds no record."""
    version = db.pragma("user_version")
    if version < schema.VERSION:
        raise Damaged("the record on disk is damaged: its file is empty; restore from a backup")
    if version > schema.VERSION:
        raise LogError(
            f"the record has format {version}, this Wayhome reads {schema.VERSION}: use the version that wrote it"
        )


def add_what_is_new(db: apsw.Connection) -> None:
    """What later versions of Wayhome need, in a file that was made before them. Raises apsw.Error."""
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'row_by_mark_and_scope'").get is None:
        db.execute(f"{schema.ROW_BY_MARK}; {schema.ROW_BY_MARK_AND_SCOPE}")


def as_write_failure(error: apsw.Error) -> LogError:
    """What to tell whoever was writing."""
    if isinstance(error, apsw.CorruptError | apsw.NotADBError):
        return Damaged(f"the record on disk is damaged ({error}): run `wayhome verify`, then restore from a backup")
    if isinstance(error, apsw.FullError):
        what = "the disk is full"
    elif isinstance(error, apsw.ReadOnlyError):
        what = "the disk or folder is read-only"
    else:
        what = f"the disk refused ({error})"
    return NotDurable(f"not written: {what}. Nothing that was acknowledged is lost. Make room, then try again")


def as_read_failure(error: apsw.Error) -> LogError:
    """What to tell whoever was reading."""
    if isinstance(error, apsw.FullError):
        return as_write_failure(error)
    if isinstance(error, apsw.CorruptError | apsw.NotADBError):
        return Damaged("the record on disk is damaged, or not a record at all: run `wayhome verify` or restore")
    if isinstance(error, apsw.ReadOnlyError | apsw.CantOpenError):
        return LogError(f"the record cannot be opened ({error}): check that the folder is there and can be written to")
    return Damaged(f"the record cannot be read ({error})")


@contextmanager
def reading() -> Iterator[None]:
    """Turns SQLite's errors into the log's, for a reader."""
    try:
        yield
    except apsw.Error as error:
        raise as_read_failure(error) from error


class Readers:
    """Connections for reading, lent one at a time, each within one transaction. Thread-safe."""

    def __init__(self, opened: Callable[[], apsw.Connection]) -> None:
        self._opened = opened
        self._idle: list[apsw.Connection] = []
        self._lock = threading.Lock()
        self._closed = False

    @contextmanager
    def borrow(self, *, for_one_statement: bool = False) -> Iterator[apsw.Connection]:
        """A connection that sees one unchanging state until it is given back. Raises LogError.

        A single statement that is read to its end sees one state by itself.
        """
        with reading():
            db = self._take()
            try:
                if not for_one_statement:
                    db.execute("BEGIN")
                yield db
            finally:
                self._give_back(db)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for db in idle:
            db.close()

    def _take(self) -> apsw.Connection:
        with self._lock:
            if self._closed:
                raise LogError("this log is closed")
            if self._idle:
                return self._idle.pop()
        db = self._opened()
        db.pragma("query_only", "ON")
        return db

    def _give_back(self, db: apsw.Connection) -> None:
        with suppress(apsw.Error):
            if db.in_transaction:
                db.execute("ROLLBACK")
        with self._lock:
            if not self._closed and len(self._idle) < _MAX_IDLE_READERS and not db.in_transaction:
                self._idle.append(db)
                return
        db.close()
