"""The drawers of one log, on disk or in memory: looked through, changed in their cells, sent out and taken in."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

import msgspec

from wayhome.log import cupboard as cupboards
from wayhome.log.cells import noise
from wayhome.log.cupboard import Cupboard, DrawerSet, Packed, Place
from wayhome.log.drawer_file import DrawerFile
from wayhome.usecases.ports import Finding, Ingested, Log, LogError
from wayhome.values.ids import ReplicaId


class DrawerStore:
    """Thread-safe. Raises LogError's family; drawers that are damaged refuse care, and nothing else."""

    def __init__(self, own: ReplicaId, file: DrawerFile | None = None, *, lost: bool = False) -> None:
        """`lost`: there was a file once, so that its absence is damage."""
        self.lock = threading.RLock()
        self._file = file
        self._own = own
        self._fault: LogError | None = None
        self._cupboard = Cupboard(own, {own: DrawerSet(own)})
        if lost and file is not None and not file.exists():
            self._fault = LogError("the drawers of care are gone: put the file `drawers` of a backup in its place")
            return
        self.reopen()

    def reopen(self) -> None:
        """Takes what is durable for what is there. Drawers that cannot be read are said so whenever they are used."""
        with self.lock:
            if self._file is None:
                cupboards.taken_over(self._cupboard, self._own)
                return
            try:
                found = self._file.read()
                before = msgspec.structs.replace(found) if found else None
                self._cupboard = cupboards.taken_over(found, self._own)
                if before is None or before.own != self._own:
                    self._file.rewrite(self._cupboard)
                self._fault = None
            except LogError as error:
                self._fault = error

    @property
    def size(self) -> int:
        """How many cells each drawer of ours has."""
        return self._usable().mine.size

    @property
    def own(self) -> ReplicaId:
        return self._own

    def drawers(self) -> list[tuple[ReplicaId, bytes, list[bytes]]]:
        """Every drawer: whose set, its key, its cells. To be looked at under the lock.

        A drawer in which something changed comes as another list.
        """
        return list(self._usable().places())

    def raw(self) -> bytes:
        """The file as it lies, for a backup; empty where there is none."""
        with self.lock:
            return self._file.raw() if self._file is not None else b""

    def make(self, keys: Iterable[bytes]) -> None:
        """Sees to it that each key has a drawer here."""
        with self.lock:
            missing = set(keys) - set(self._usable().mine.drawers)
            fresh = self._copied() if missing else self._usable()
            if missing and cupboards.make_drawers(fresh, missing):
                self._replace(fresh)

    def grow(self) -> None:
        """Doubles every drawer here."""
        with self.lock:
            fresh = self._copied()
            cupboards.grow(fresh)
            self._replace(fresh)

    def put(self, changes: Sequence[tuple[Place, bytes]]) -> None:
        """Changes cells, all or none, durable on return."""
        with self.lock:
            held = self._usable()
            if self._file is not None:
                try:
                    self._file.put(changes)
                except LogError:
                    self.reopen()
                    raise
            for replica, key in {(place.replica, place.key) for place, _ in changes}:
                held.sets[replica].drawers[key] = list(held.sets[replica].drawers[key])
            for place, cell in changes:
                held.sets[place.replica].drawers[place.key][place.at] = cell

    def erase(self, places: Collection[Place]) -> None:
        """Noise in the place of cells, here and, once they hear of it, on every other laptop."""
        with self.lock:
            fresh = self._copied()
            cells = [fresh.sets[place.replica].drawers[place.key][place.at] for place in places]
            cupboards.cross_out(fresh, cells)
            for place in places:
                fresh.sets[place.replica].drawers[place.key][place.at] = noise()
            self._replace(fresh)

    def export(self) -> bytes:
        """Everything, for another laptop; empty where the drawers are damaged: the record must go out all the same."""
        with self.lock:
            if self._fault is not None:
                return b""
            fresh = self._copied()
            raw = cupboards.pack(fresh)
            self._replace(fresh)
            return raw

    def taken_with(self, taken: Ingested, packed: Packed) -> Ingested:
        """Takes in the drawers of an exchange whose facts were taken in: what goes wrong with them is a finding."""
        try:
            self.take_in(packed)
        except LogError as error:
            found = Finding("drawers of care", f"{error}. They come again with the next exchange")
            return msgspec.structs.replace(taken, findings=(*taken.findings, found))
        return taken

    def take_in(self, packed: Packed) -> None:
        """Takes in what another laptop sent."""
        with self.lock:
            fresh = self._copied()
            cupboards.take_in(fresh, packed)
            self._replace(fresh)

    def copied_out(self) -> None:
        """The folder is being copied as a whole: what this copy holds counts as sent out."""
        self.export()

    def verify(self) -> list[Finding]:
        with self.lock:
            if self._fault is not None:
                return [Finding("drawers of care", str(self._fault))]
            return list(cupboards.faults(self._cupboard))

    def touch(self) -> None:
        with self.lock:
            if self._file is not None:
                self._file.touch()

    def close(self) -> None:
        with self.lock:
            if self._file is not None:
                self._file.close()

    def _usable(self) -> Cupboard:
        if self._fault is not None:
            raise LogError(str(self._fault)) from self._fault
        return self._cupboard

    def _copied(self) -> Cupboard:
        """To be changed, and put in the place of what is held once it is durable."""
        held = self._usable()
        sets = {
            replica: DrawerSet(replica, one.edition, one.size, {key: list(cells) for key, cells in one.drawers.items()})
            for replica, one in held.sets.items()
        }
        return Cupboard(held.own, sets, set(held.crossed))

    def _replace(self, fresh: Cupboard) -> None:
        if self._file is not None:
            self._file.rewrite(fresh)
        self._cupboard = fresh


class LogWithDrawers(Log, Protocol):
    """A log, and the drawers of care that lie beside it."""

    drawers: DrawerStore
