"""Tiles in an MBTiles file (a SQLite database that other map programs read as well). The file can be lost at any time
without harm, and nothing that happens to it is an error: what it does not give is made again."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

import apsw

BUSY_MS: Final = 2_000
"""How long one process waits while another writes its tile."""
PNG_BEGINS: Final = b"\x89PNG\r\n\x1a\n"
PNG_ENDS: Final = b"IEND\xaeB`\x82"
MBTILES_ID: Final = 0x4D504258
BESIDE: Final = ("", "-wal", "-shm", "-journal")
"""What SQLite puts beside a file, and the file itself."""
TABLES: Final = """
    CREATE TABLE IF NOT EXISTS metadata (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS tiles (
        zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB,
        PRIMARY KEY (zoom_level, tile_column, tile_row)
    );
"""


TELL: Final = "INSERT OR REPLACE INTO metadata VALUES (?, ?)"


class Connect(Protocol):
    """Opens a database. Raises apsw.Error."""

    def __call__(self, name: str, *, flags: int) -> apsw.Connection: ...


def connect(name: str, *, flags: int) -> apsw.Connection:
    return apsw.Connection(name, flags=flags)


def remove(path: Path) -> None:
    """Takes a file of tiles away with all that belongs to it; what cannot be taken away stays."""
    for ending in BESIDE:
        with suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)


class TileFile:
    """Tiles by zoom, column and row, from the north-west. Several threads and processes may use one file."""

    def __init__(self, path: Path, *, connect: Connect = connect) -> None:
        self._path = path
        self._connect = connect
        self._turn = threading.Lock()
        self._may_begin_again = True
        self._writes = False
        self._told: dict[str, str] = {}
        self._db = self._opened()

    @property
    def told(self) -> dict[str, str]:
        """What the file says of itself; empty where it says nothing."""
        with self._turn:
            if self._db is not None and not self._told:
                try:
                    found = self._db.execute("SELECT name, value FROM metadata").fetchall()
                    self._told = {str(name): str(value) for name, value in found}
                except apsw.Error as error:
                    self._failed(error)
            return self._told

    def tell(self, told: Mapping[str, str]) -> None:
        """Writes down what the file is to say of itself, now and whenever it must be begun again."""
        with self._turn:
            self._told = dict(told)
            self._write(TELL, list(self._told.items()))

    def get(self, z: int, x: int, y: int) -> bytes | None:
        """A tile that was kept whole, or None."""
        with self._turn:
            if self._db is None:
                return None
            ask = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"
            try:
                found = self._db.execute(ask, (z, x, 2**z - 1 - y)).fetchone()
            except apsw.Error as error:
                self._failed(error)
                return None
        body = found[0] if found else None
        whole = isinstance(body, bytes) and body.startswith(PNG_BEGINS) and body.endswith(PNG_ENDS)
        return body if whole else None

    def put(self, z: int, x: int, y: int, body: bytes) -> None:
        """Keeps a tile if that can be done."""
        with self._turn:
            self._write("INSERT OR REPLACE INTO tiles VALUES (?, ?, ?, ?)", [(z, x, 2**z - 1 - y, body)])

    def close(self) -> None:
        with self._turn:
            self._close()

    def _write(self, statement: str, rows: Sequence[tuple[apsw.SQLiteValue, ...]]) -> None:
        if self._db is None or not self._writes:
            return
        try:
            with self._db:
                self._db.executemany(statement, rows)
        except apsw.Error as error:
            self._failed(error)

    def _opened(self) -> apsw.Connection | None:
        """The file to write in; else to read from; else none."""
        db = None
        try:
            db = self._connect(str(self._path), flags=apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
            db.set_busy_timeout(BUSY_MS)
            db.pragma("trusted_schema", "OFF")
            with suppress(apsw.BusyError):  # another process is just doing it
                db.pragma("journal_mode", "WAL")
            db.pragma("synchronous", "NORMAL")
            db.pragma("application_id", MBTILES_ID)
            db.execute(TABLES)
            db.execute("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles LIMIT 0")
        except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.PermissionsError):
            _shut(db)
            return self._opened_to_read()
        except (apsw.NotADBError, apsw.CorruptError, apsw.SQLError):
            _shut(db)
            return self._begun_again()
        except apsw.Error:
            _shut(db)
            return None
        self._writes = True
        return db

    def _opened_to_read(self) -> apsw.Connection | None:
        """The file as it lies there, for a medium that takes no writing."""
        self._writes = False
        db = None
        try:
            flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
            db = self._connect(f"{self._path.absolute().as_uri()}?immutable=1", flags=flags)
            db.execute("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles LIMIT 0")
        except apsw.Error:
            _shut(db)
            return None
        return db

    def _begun_again(self) -> apsw.Connection | None:
        """An empty file in the place of a damaged one: once, or a disk that damages everything would keep us busy."""
        if not self._may_begin_again:
            return None
        self._may_begin_again = False
        remove(self._path)
        return self._opened()

    def _failed(self, error: apsw.Error) -> None:
        """A damaged file is begun again; a full disk or a busy one may be better the next time."""
        if isinstance(error, apsw.CorruptError | apsw.NotADBError | apsw.SQLError | apsw.IOError):
            self._close()
            self._db = self._begun_again()
            self._write(TELL, list(self._told.items()))
        elif isinstance(error, apsw.ReadOnlyError):
            self._writes = False

    def _close(self) -> None:
        _shut(self._db)
        self._db = None


def _shut(db: apsw.Connection | None) -> None:
    if db is not None:
        with suppress(apsw.Error):
            db.close()
