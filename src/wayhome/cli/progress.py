"""What somebody at a terminal sees while they wait for more than two seconds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from wayhome.cli.context import here

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
        share = min(1.0, done / of) if of else 1.0
        filled = round(share * WIDTH)
        self._err.write(f"\r{self._what} [{'#' * filled}{'.' * (WIDTH - filled)}] {share:4.0%}")
        self._err.flush()
        self._drawn = True

    def end(self) -> None:
        """Takes the bar away."""
        if self._drawn:
            self._err.write("\r\x1b[K")
            self._err.flush()


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Counts the seconds on a terminal while work of unknown size goes on."""
    err = here().err
    over = threading.Event()
    counter = threading.Thread(target=_count, args=(what, err, over), daemon=True)
    if err.isatty():
        counter.start()
    try:
        yield
    finally:
        over.set()
        if counter.is_alive():
            counter.join()


def _count(what: str, err: TextIO, over: threading.Event) -> None:
    passed_s = PATIENCE_S
    if over.wait(PATIENCE_S):
        return
    while True:
        err.write(f"\r{what}: {passed_s:.0f} s so far ")
        err.flush()
        if over.wait(1.0):
            err.write("\r\x1b[K")
            err.flush()
            return
        passed_s += 1.0
