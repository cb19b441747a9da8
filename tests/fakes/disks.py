"""Disks that fail, under SQLite: one that fills up or breaks, and one that loses power.

Each is an APSW VFS below the encryption; open a log with `vfs=disk.name`.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from pathlib import Path

import apsw

_numbers = itertools.count()
SECTOR_BYTES = 512


class _File(apsw.VFSFile):
    """A file that asks its disk before each write and sync, and tells it after."""

    def __init__(self, disk: FaultyDisk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self._disk = disk
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._name = Path(path).name if path else ""
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.writing(self._name, bytes(data), offset)
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self._disk.truncating(self._name, newsize)
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        if self._disk.syncing(self._name):
            super().xSync(flags)


class FaultyDisk(apsw.VFS):
    """Counts syncs by file; `failure`, when set, is raised by writes and by syncs."""

    def __init__(self) -> None:
        plain = f"faulty{next(_numbers)}"
        self.name = f"multipleciphers-{plain}"
        self.failure: Callable[[], apsw.Error] | None = None
        self.syncs: dict[str, int] = {}
        super().__init__(plain, "unix")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> _File:
        return _File(self, name, flags)

    def writing(self, name: str, data: bytes, offset: int) -> None:
        if self.failure is not None:
            raise self.failure()

    def truncating(self, name: str, size: int) -> None:
        """Before a file is cut."""

    def syncing(self, name: str) -> bool:
        """Before a sync; False leaves it out."""
        if self.failure is not None:
            raise self.failure()
        self.syncs[name] = self.syncs.get(name, 0) + 1
        return True


class CrashDisk(FaultyDisk):
    """Remembers every write and sync, to tell what the files may hold after the power went at any point.

    What was synced is there. Each later write is there, or not, or torn at a sector, each file for itself: the
    strictest reading of what POSIX promises. `lying` is a disk that does not sync at all.
    """

    def __init__(self, *, lying: bool = False) -> None:
        super().__init__()
        self._lying = lying
        self._ops: list[tuple[str, int, bytes | None]] = []
        self._base: dict[str, bytes] = {}
        self.acknowledged: list[tuple[int, str]] = []

    def begin(self, folder: Path) -> None:
        """What lies in the folder now is durable; everything after is at stake."""
        self._base = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        self._ops.clear()

    def writing(self, name: str, data: bytes, offset: int) -> None:
        self._ops.append((name, offset, data))

    def truncating(self, name: str, size: int) -> None:
        self._ops.append((name, size, None))

    def syncing(self, name: str) -> bool:
        if not self._lying:
            self._ops.append((name, -1, None))
        return super().syncing(name)

    def acknowledge(self, what: str) -> None:
        """From here on, losing `what` is a broken promise."""
        self.acknowledged.append((len(self._ops), what))

    @property
    def points(self) -> int:
        """How many moments there are to crash at."""
        return len(self._ops) + 1

    def crash(self, at: int, folder: Path, chance: random.Random) -> set[str]:
        """Writes into `folder` what may be left after a crash before operation `at`; tells what must be there."""
        synced = {name: index for index, (name, offset, _) in enumerate(self._ops[:at]) if offset == -1}
        files = {name: bytearray(content) for name, content in self._base.items() if not name.endswith("-shm")}
        for index, (name, offset, data) in enumerate(self._ops[:at]):
            if offset >= 0:
                sure = index < synced.get(name, -1)
                _apply(files.setdefault(name, bytearray()), offset, data, "all" if sure else _fate(chance), chance)
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return {what for when, what in self.acknowledged if when <= at}


def _fate(chance: random.Random) -> str:
    return chance.choice(("all", "none", "torn"))


def _apply(content: bytearray, offset: int, data: bytes | None, fate: str, chance: random.Random) -> None:
    """One write (or, without data, one cut) into a file, whole, not at all, or a beginning of its sectors."""
    if fate == "none":
        return
    if data is None:
        del content[offset:]
        return
    kept = data if fate == "all" else data[: SECTOR_BYTES * chance.randrange(len(data) // SECTOR_BYTES + 1)]
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(kept)] = kept
