"""The file in which the drawers of care lie, beside the record and not in it.

SQLite's write-ahead log says, page by page and in the clear, what was written since it was begun, and counts how often
it was: a letter would show in it. Here a letter changes cells in their place and nothing else: no length, no count.

    magic | 4 bytes: length of the index | the index, sealed | the journal | every cell, in the order of the index

What changes sizes (a new key, growth, an exchange) writes the whole file anew and renames it. Cells are changed by way
of the journal, which is of one size and noise when at rest: a crash in between leaves all of a change or none.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from wayhome.log import sealing
from wayhome.log.cells import CELL_BYTES
from wayhome.log.cupboard import Cupboard, DrawerSet, Place
from wayhome.log.disk import write_atomically
from wayhome.usecases.ports import Damaged, LogError, NotDurable
from wayhome.values.ids import ReplicaId

DRAWERS_FILE = "drawers"
MAGIC = b"wayhome drawers 1\n"
MOST_AT_ONCE = 128
"""Cells that one change may touch."""
_JOURNAL_PLAIN = MOST_AT_ONCE * (CELL_BYTES + 16) + 16
_JOURNAL_BYTES = _JOURNAL_PLAIN + sealing.NONCE_BYTES + 16
_CHUNK_BYTES = 1_000_000
_INDEX_CONTEXT = b"wayhome-drawers-index-1"
_JOURNAL_CONTEXT = b"wayhome-drawers-journal-1"
_DAMAGED = (
    "the drawers of care are damaged ({why}): put the file `drawers` of a backup in its place. The record is whole"
)


class _SetIndex(msgspec.Struct, frozen=True, array_like=True):
    replica: ReplicaId
    edition: int
    size: int
    keys: tuple[bytes, ...]


class _Index(msgspec.Struct, frozen=True, array_like=True):
    own: ReplicaId
    sets: tuple[_SetIndex, ...]
    crossed: tuple[bytes, ...]


class _Journal(msgspec.Struct, frozen=True, array_like=True):
    cells: tuple[tuple[int, bytes], ...]


class DrawerFile:
    """Reads and writes the file. Not thread-safe: its owner serialises the calls. Raises LogError's family."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._handle: int | None = None
        self._cells_at = 0
        self._numbers: dict[tuple[ReplicaId, bytes], int] = {}
        """Of the first cell of each drawer."""

    def exists(self) -> bool:
        return self._path.exists()

    def raw(self) -> bytes:
        """The bytes of the file, sealed as they lie; empty where there is none."""
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise LogError(f"{self._path} cannot be read: {error.strerror}") from error

    def read(self) -> Cupboard | None:
        """What lies in the file, a change that a crash cut short made whole; None where there is no file."""
        self.close()
        try:
            handle = os.open(self._path, os.O_RDWR)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise LogError(f"{self._path} cannot be opened: {error.strerror}") from error
        self._handle = handle
        try:
            return self._read_from(handle)
        except OSError as error:
            raise Damaged(_DAMAGED.format(why=error.strerror)) from error

    def _read_from(self, handle: int) -> Cupboard:
        head = os.pread(handle, len(MAGIC) + 4, 0)
        if len(head) != len(MAGIC) + 4 or not head.startswith(MAGIC):
            raise Damaged(_DAMAGED.format(why="this is no such file"))
        length = int.from_bytes(head[len(MAGIC) :], "big")
        sealed = os.pread(handle, min(length, os.fstat(handle).st_size), len(head))
        try:
            index = msgspec.msgpack.decode(sealing.unseal(sealed, self._key, _INDEX_CONTEXT), type=_Index)
        except (sealing.NotSealedSo, msgspec.DecodeError) as error:
            raise Damaged(_DAMAGED.format(why="its index does not open")) from error
        self._number(index, len(head) + length + _JOURNAL_BYTES)
        total = sum(one.size * len(one.keys) for one in index.sets)
        if os.fstat(handle).st_size != self._cells_at + total * CELL_BYTES:
            raise Damaged(_DAMAGED.format(why="it was cut or added to"))
        self._redo(handle)
        sets = {one.replica: self._set(handle, one) for one in index.sets}
        return Cupboard(index.own, sets, set(index.crossed))

    def _number(self, index: _Index, cells_at: int) -> None:
        self._cells_at, self._numbers, number = cells_at, {}, 0
        for one in index.sets:
            for key in one.keys:
                self._numbers[one.replica, key] = number
                number += one.size

    def _set(self, handle: int, index: _SetIndex) -> DrawerSet:
        found = DrawerSet(index.replica, index.edition, index.size)
        for key in index.keys:
            raw = os.pread(handle, index.size * CELL_BYTES, self._offset(self._numbers[index.replica, key]))
            found.drawers[key] = [raw[at : at + CELL_BYTES] for at in range(0, len(raw), CELL_BYTES)]
        return found

    def _offset(self, number: int) -> int:
        return self._cells_at + number * CELL_BYTES

    def rewrite(self, cupboard: Cupboard) -> None:
        """Puts the whole file in the place of what was there. Raises NotDurable, and leaves the one before."""
        sets = tuple(
            _SetIndex(one.replica, one.edition, one.size, tuple(sorted(one.drawers)))
            for _, one in sorted(cupboard.sets.items())
        )
        index = _Index(cupboard.own, sets, tuple(sorted(cupboard.crossed)))
        sealed = sealing.seal(msgspec.msgpack.encode(index), self._key, _INDEX_CONTEXT)
        head = MAGIC + len(sealed).to_bytes(4, "big") + sealed
        cells = (cell for one in sets for key in one.keys for cell in cupboard.sets[one.replica].drawers[key])
        write_atomically(self._path, b"".join((head, os.urandom(_JOURNAL_BYTES), *cells)))
        self._overwrite()
        self.close()
        try:
            self._handle = os.open(self._path, os.O_RDWR)
        except OSError as error:
            raise NotDurable(f"{self._path} cannot be opened again: {error.strerror}") from error
        self._number(index, len(head) + _JOURNAL_BYTES)

    def _overwrite(self) -> None:
        """Noise over the file that has just been replaced: what is erased must not stay in a file without a name."""
        if self._handle is None:
            return
        with suppress(OSError):
            for at in range(0, os.fstat(self._handle).st_size, _CHUNK_BYTES):
                _pwrite(self._handle, os.urandom(_CHUNK_BYTES), at)
            os.fsync(self._handle)

    def put(self, changes: Sequence[tuple[Place, bytes]]) -> None:
        """Changes cells in their place, all or none, durable on return. Raises NotDurable: then read it anew."""
        if self._handle is None:
            raise LogError("the drawers of care are closed")
        if len(changes) > MOST_AT_ONCE:
            raise LogError(f"{len(changes)} cells are too many for one change: at most {MOST_AT_ONCE}")
        cells = tuple((self._numbers[place.replica, place.key] + place.at, cell) for place, cell in changes)
        plain = msgspec.msgpack.encode(_Journal(cells))
        padded = (len(plain).to_bytes(4, "big") + plain).ljust(_JOURNAL_PLAIN, b"\0")
        try:
            self._write(self._handle, sealing.seal(padded, self._key, _JOURNAL_CONTEXT), self._journal_at)
            self._finish(self._handle, cells)
        except OSError as error:
            raise NotDurable(f"not written: the disk refused ({error.strerror}). Try again") from error

    @property
    def _journal_at(self) -> int:
        return self._cells_at - _JOURNAL_BYTES

    def _finish(self, handle: int, cells: Sequence[tuple[int, bytes]]) -> None:
        for number, cell in cells:
            _pwrite(handle, cell, self._offset(number))
        os.fsync(handle)
        self._write(handle, os.urandom(_JOURNAL_BYTES), self._journal_at)

    @staticmethod
    def _write(handle: int, content: bytes, at: int) -> None:
        _pwrite(handle, content, at)
        os.fsync(handle)

    def _redo(self, handle: int) -> None:
        """Makes a change whole that was begun; a journal that does not open is noise, or was cut short itself."""
        try:
            plain = sealing.unseal(os.pread(handle, _JOURNAL_BYTES, self._journal_at), self._key, _JOURNAL_CONTEXT)
        except sealing.NotSealedSo:
            return
        length = int.from_bytes(plain[:4], "big")
        self._finish(handle, msgspec.msgpack.decode(plain[4 : 4 + length], type=_Journal).cells)

    def touch(self) -> None:
        """The file looks as if just written: done now and then, so that its times do not tell when a letter was."""
        if self._handle is not None:
            with suppress(OSError):
                os.utime(self._handle)

    def close(self) -> None:
        if self._handle is not None:
            self.touch()
            os.close(self._handle)
            self._handle = None


def _pwrite(handle: int, content: bytes, at: int) -> None:
    left = memoryview(content)
    while left:
        written = os.pwrite(handle, left, at)
        left, at = left[written:], at + written
