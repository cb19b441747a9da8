"""The log in one encrypted SQLite file: one writer thread, readers beside it, one sync for each group of commits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

import apsw

from wayhome.log import book, checking, database, exchange, ledger, merge, place, timers
from wayhome.log.clock import wall_ms
from wayhome.log.drawer_file import DRAWERS_FILE, DrawerFile
from wayhome.log.drawer_store import DrawerStore
from wayhome.log.keys import Subkeys
from wayhome.log.lock import FolderLock
from wayhome.log.sqlite_tables import SqliteTables
from wayhome.log.tables import Chain
from wayhome.log.writer import GroupWriter
from wayhome.usecases.ports import (
    Ask,
    Batch,
    Change,
    Damaged,
    Entry,
    Finding,
    Grant,
    Header,
    Ingested,
    LogError,
    NotDurable,
    Predicate,
    Row,
    Timer,
)
from wayhome.values.ids import FactId, ReplicaId, StreamId
from wayhome.values.when import Moment

DATABASE_FILE = "wayhome.db"
META_DRAWERS = "drawers"
CHECKPOINT_PAGES = database.WAL_BYTES // database.PAGE_BYTES * 9 // 10
"""How long the write-ahead log grows before its pages move into the file; a little less than it is sized for."""


class Session:
    """The open file: connection, tables, ledger, readers, writer. Thrown away whole when the disk fails us."""

    def __init__(
        self, folder: Path, secrets: Subkeys, wall: Callable[[], int], *, vfs: str | None, synchronous: str
    ) -> None:
        def opened() -> apsw.Connection:
            return database.connect(folder / DATABASE_FILE, secrets.database, vfs=vfs, synchronous=synchronous)

        self._folder = folder
        self._db = opened()
        try:
            database.refuse_other_version(self._db)
            database.add_what_is_new(self._db)
            self.notices = place.notice_copy(folder, self._db, secrets)
            self.tables = SqliteTables(self._db)
            self.ledger = ledger.load(self.tables, secrets, wall)
            self.had_drawers = self.tables.meta(META_DRAWERS) is not None
            self._wal_pages = 0
            self._checkpoint_at = CHECKPOINT_PAGES
            self._db.set_wal_hook(self._committed)
            with suppress(apsw.FullError):
                self._checkpoint("RESTART")
            database.keep_log_sized(self._db, folder / DATABASE_FILE)
        except (apsw.Error, LogError):
            self._db.close()
            raise
        self.due_timers_stale = True
        self.due_timers_noted = False
        self._write_due_timers(timers.write_due)
        self.readers = database.Readers(opened)
        self.writer = GroupWriter(self)

    def begin(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        ledger.keep(self.ledger, self.tables)
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        with suppress(apsw.Error):
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def settled(self) -> None:
        if self.tables.timers_changed:
            self.tables.timers_changed = False
            self.due_timers_stale = True
        if self.due_timers_stale:
            self.due_timers_noted = True
            self._write_due_timers(timers.note_due)
        if self.tables.erased:
            self._checkpoint("TRUNCATE")
            database.keep_log_sized(self._db, self._folder / DATABASE_FILE)
            self.tables.erased = self._wal_pages > 0

    def tidy(self) -> None:
        if self._wal_pages >= self._checkpoint_at:
            self._checkpoint("PASSIVE")
            self._checkpoint_at = CHECKPOINT_PAGES if self._wal_pages == 0 else self._wal_pages + CHECKPOINT_PAGES

    def close(self) -> None:
        """Finishes what is queued and gives the file up."""
        self.writer.stop()
        self.readers.close()
        if self.due_timers_noted:
            self._write_due_timers(timers.write_due)
        with suppress(apsw.Error):
            self._db.close()

    def _committed(self, _db: apsw.Connection, _name: str, pages: int) -> int:
        self._wal_pages = pages
        return apsw.SQLITE_OK

    def _checkpoint(self, mode: str) -> None:
        """Moves the write-ahead log into the file. The next write starts the log anew and syncs once more for that:
        it is made here, so that a group of commits never pays for it."""
        busy, in_log, moved = next(iter(self._db.execute(f"PRAGMA wal_checkpoint({mode})")))
        if not busy and in_log == moved:
            self.tables.put_meta("checkpointed", str(wall_ms()).encode())
            self._wal_pages = 0

    def _write_due_timers(self, write: Callable[[Path, Iterable[Timer], ReplicaId], None]) -> None:
        """A list that cannot be written now is written with the next commit; the timers themselves are safe."""
        with suppress(NotDurable, apsw.Error):
            write(self._folder, self.tables.timers(), self.ledger.replica)
            self.due_timers_stale = False


class SqliteLog:
    """A log in a data folder. Obeys `wayhome.usecases.ports.Log`; see there. Opened by `wayhome.log.folder`."""

    SYNCHRONOUS = database.SYNCHRONOUS
    session = Session

    def __init__(
        self,
        folder: Path,
        secrets: Subkeys,
        *,
        wall: Callable[[], int] = wall_ms,
        vfs: str | None = None,
        lock: FolderLock | None = None,
    ) -> None:
        """`lock` is released when the file is given up. `notices` says what whoever opened it should be told."""
        self.folder = folder
        self.secrets = secrets
        self._wall = wall
        self._vfs = vfs
        self.lock = lock
        self._gate = threading.Lock()
        self._closed = False
        with database.reading():
            self._session = self._open()
        self.notices = self._session.notices
        self.drawers = self._opened_drawers()

    def _opened_drawers(self) -> DrawerStore:
        """The drawers of care; that there are any is noted, so that a file that goes is missed."""
        file, session = DrawerFile(self.folder / DRAWERS_FILE, self.secrets.drawers), self._session
        store = DrawerStore(session.ledger.replica, file, lost=session.had_drawers)
        if not session.had_drawers and not store.verify():
            with suppress(LogError):
                session.writer.submit(lambda: session.tables.put_meta(META_DRAWERS, b"made")).result()
        return store

    def _open(self) -> Session:
        return self.session(self.folder, self.secrets, self._wall, vfs=self._vfs, synchronous=self.SYNCHRONOUS)

    @property
    def replica(self) -> ReplicaId:
        return self._session.ledger.replica

    @property
    def broken(self) -> LogError | None:
        """Why nothing is written until `recover`, or None."""
        return self._session.writer.failure

    # writing

    def submit(self, batch: Batch) -> Future[tuple[Header, ...]]:
        try:
            book.refuse_malformed(batch)
        except LogError as error:
            refused: Future[tuple[Header, ...]] = Future()
            refused.set_exception(error)
            return refused
        session = self._session
        return session.writer.submit(lambda: book.write(batch, session.ledger, session.tables))

    def recover(self) -> None:
        with self._gate:
            if self.broken is None or self._closed:
                return
            self._session.close()
            try:
                fresh = self._open()
            except apsw.Error as error:
                raise database.as_write_failure(error) from error
            _refuse_damaged(fresh)
            self._session = fresh
            fresh.writer.submit(lambda: fresh.tables.put_meta("recovered", str(wall_ms()).encode())).result()

    def replace_projections(self, changes: Sequence[Change]) -> None:
        book.refuse_malformed(Batch((), tuple(changes)))
        tables = self._session.tables

        def replace() -> None:
            tables.clear_projections()
            tables.change(changes)

        self._session.writer.submit(replace).result()

    def put_snapshot(self, name: str, body: bytes) -> None:
        session = self._session
        session.writer.submit(lambda: book.put_snapshot(name, body, session.ledger, session.tables)).result()

    def ingest(self, exchange: bytes, *, now: Moment) -> Ingested:
        session = self._session
        with session.readers.borrow() as db:
            offer = merge.read(exchange, self.secrets, SqliteTables(db))
        taken = session.writer.submit(lambda: merge.take_in(offer, session.ledger, session.tables, now.ms)).result()
        return self.drawers.taken_with(taken, offer.drawers)

    # reading

    def entries(self, stream: StreamId | None = None, *, beyond: Mapping[Chain, int] | None = None) -> Iterator[Entry]:
        session = self._session
        with session.readers.borrow() as db:
            yield from book.entries(session.ledger, SqliteTables(db), stream, beyond)

    def entry(self, stream: StreamId, fact: FactId) -> Entry | None:
        session = self._session
        with session.readers.borrow() as db:
            return book.entry(session.ledger, SqliteTables(db), stream, fact)

    def find(self, fact: FactId) -> Header | None:
        with self._session.readers.borrow() as db:
            stored = SqliteTables(db).stored(fact)
            return stored.header if stored is not None else None

    def heads(self) -> dict[Chain, int]:
        with self._session.readers.borrow() as db:
            return {at: head.seq for at, head in SqliteTables(db).heads().items()}

    def peers(self) -> dict[ReplicaId, dict[Chain, int]]:
        with self._session.readers.borrow() as db:
            return merge.peers(SqliteTables(db))

    def rows(self, ask: Ask, predicate: Predicate | None) -> list[Row]:
        with self._session.readers.borrow(for_one_statement=True) as db:
            return SqliteTables(db).rows(ask, predicate)

    def views(self) -> list[str]:
        with self._session.readers.borrow() as db:
            return SqliteTables(db).views()

    def timers(self) -> list[Timer]:
        with self._session.readers.borrow() as db:
            return SqliteTables(db).timers()

    def grants(self) -> list[Grant]:
        with self._session.readers.borrow() as db:
            return SqliteTables(db).grants()

    def snapshot(self, name: str) -> bytes | None:
        session = self._session
        with session.readers.borrow() as db:
            return book.snapshot(name, session.ledger, SqliteTables(db))

    def export_exchange(self, theirs: Mapping[Chain, int]) -> bytes:
        session, drawers = self._session, self.drawers.export()
        with session.readers.borrow() as db:
            return exchange.export(session.ledger, SqliteTables(db), theirs, drawers)

    def verify(self) -> list[Finding]:
        session = self._session
        try:
            with session.readers.borrow() as db:
                return checking.verify(session.ledger, SqliteTables(db)) + self.drawers.verify()
        except Damaged as error:
            return [Finding("file", str(error))]

    def vacuum_into(self, path: Path) -> None:
        """A consistent, compact copy of the file as it is now, under the same key, while writing goes on."""
        try:
            db = database.connect(self.folder / DATABASE_FILE, self.secrets.database, vfs=self._vfs)
            try:
                db.execute("VACUUM INTO ?", (str(path),))
            finally:
                db.close()
        except apsw.Error as error:
            raise database.as_write_failure(error) from error

    def close(self) -> None:
        with self._gate:
            if self._closed:
                return
            self._closed = True
            self._session.close()
            self.drawers.close()
            if self.lock is not None:
                self.lock.release()


def _refuse_damaged(session: Session) -> None:
    """Raises Damaged, and gives the file up, when SQLite finds fault with it."""
    with session.readers.borrow() as db:
        faults = [text for (text,) in db.execute("PRAGMA quick_check") if text != "ok"]
    if faults:
        session.close()
        raise Damaged(f"the record on disk is damaged ({faults[0]}): run `wayhome verify`, or restore a backup")
