"""A log whose disk is full for as long as a test says so."""

from __future__ import annotations

from concurrent.futures import Future

from wayhome.log.memory_store import MemoryLog
from wayhome.usecases.ports import Batch, Header, NotDurable


class FillingLog(MemoryLog):
    """Takes nothing while `full`; like a real one, nothing after a failure either until it is recovered."""

    full = False
    broken = False
    recovered = 0

    def submit(self, batch: Batch) -> Future[tuple[Header, ...]]:
        if not (self.full or self.broken):
            return super().submit(batch)
        self.broken = True
        future: Future[tuple[Header, ...]] = Future()
        future.set_exception(NotDurable("the disk is full: make room, then try again"))
        return future

    def recover(self) -> None:
        self.broken = False
        self.recovered += 1
