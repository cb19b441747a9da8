"""What somebody at a terminal sees while they wait for more than two seconds, and how they end it."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

from wayhome.cli.context import UsageError, here
from wayhome.usecases import work

PATIENCE_S = 2.0
WIDTH = 30


class Bar:
    """A bar for work of known size, drawn on a terminal once it has taken two seconds; on anything else nothing."""

    def __init__(self, what: str, err: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._what = what
        self._err = err
        self._clock = clock
        self._began = clock()
        self._drawn = False

    def __call__(self, done: int, of: int) -> None:
        """Tells that `done` of `of` are done."""
        if not self._err.isatty() or self._clock() - self._began < PATIENCE_S:
            return
        self._err.write(f"\r{self._what} {bar(done, of)}")
        self._err.flush()
        self._drawn = True

    def end(self) -> None:
        """Takes the bar away."""
        if self._drawn:
            self._err.write("\r\x1b[K")
            self._err.flush()


def bar(done: int, of: int) -> str:
    """`[######....]  60%`"""
    share = min(1.0, done / of) if of else 1.0
    filled = round(share * WIDTH)
    return f"[{'#' * filled}{'.' * (WIDTH - filled)}] {share:4.0%}"


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Counts the seconds on a terminal while work of unknown size goes on."""
    with _told(_Wait(what, here().err)):
        yield


@contextmanager
def working(what: str, *, best_so_far: bool = False) -> Iterator[None]:
    """Shows on a terminal what a long answer is at and how far it has come, as it tells (`usecases.work`).

    Ctrl-C asks it to end with the best so far, where it can (`best_so_far`); else, and the second time, it is given up.
    Raises UsageError then.
    """
    wait = _Wait(what, here().err)
    try:
        with _told(wait), work.watched(wait.heard), _ending(wait, best_so_far=best_so_far):
            yield
    except KeyboardInterrupt:
        raise UsageError(f"{what}: stopped at your word; nothing was made of it, and nothing was written") from None


class _Wait:
    """What is being done, how far it is, and whether it was asked to end."""

    def __init__(self, what: str, err: TextIO) -> None:
        self.what, self.err = what, err
        self.now, self.done, self.of = what, 0, 0
        self.ending = False

    def heard(self, what: str, done: int, of: int) -> bool:
        """Keeps what it is told; a planner counts its own pieces, so that whoever waits sees which part it is."""
        self.now, self.done, self.of = what, done, of
        return not self.ending

    def line(self, passed_s: float) -> str:
        said = f"{self.now} {bar(self.done, self.of)}" if self.of else f"{self.now}:"
        end = " - ending with the best so far" if self.ending else ""
        return f"\r\x1b[K{said} {passed_s:.0f} s so far{end} "


@contextmanager
def _told(wait: _Wait) -> Iterator[None]:
    """Writes the line of `wait` anew each half second, from two seconds on, on a terminal."""
    over = threading.Event()
    teller = threading.Thread(target=_tell, args=(wait, over), daemon=True)
    if wait.err.isatty():
        teller.start()
    try:
        yield
    finally:
        over.set()
        if teller.is_alive():
            teller.join()


def _tell(wait: _Wait, over: threading.Event) -> None:
    began = time.monotonic()
    if over.wait(PATIENCE_S):
        return
    while True:
        wait.err.write(wait.line(time.monotonic() - began))
        wait.err.flush()
        if over.wait(0.5):
            wait.err.write("\r\x1b[K")
            wait.err.flush()
            return


@contextmanager
def _ending(wait: _Wait, *, best_so_far: bool) -> Iterator[None]:
    """Within, the first Ctrl-C only asks to end, where that is of use; only the main thread hears of it."""
    if not best_so_far or threading.current_thread() is not threading.main_thread():
        yield
        return

    def heard(_signal: int, _frame: FrameType | None) -> None:
        if wait.ending or not wait.of:  # nothing to end with yet
            raise KeyboardInterrupt
        wait.ending = True

    before = signal.signal(signal.SIGINT, heard)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
