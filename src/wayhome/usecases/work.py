"""How far a long answer has come, for whoever waits for it in this process.

Nothing of it changes an answer, but that whoever waits may ask it to come to an end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Watcher = Callable[[str, int, int], bool]
"""Hears what is done, how much of how much; False asks to come to an end with the best so far."""


def _nobody(_what: str, _done: int, _of: int) -> bool:
    return True


_watcher: ContextVar[Watcher] = ContextVar("wayhome_watcher", default=_nobody)


@contextmanager
def watched(by: Watcher) -> Iterator[None]:
    """Within, `by` hears how far long answers have come."""
    token = _watcher.set(by)
    try:
        yield
    finally:
        _watcher.reset(token)


def tell(what: str, done: int = 0, of: int = 0) -> bool:
    """Tells whoever waits; whether to go on. `of` 0: how much it is, is not known."""
    return _watcher.get()(what, done, of)


def drawing(done: int, of: int) -> None:
    """What a maker of maps tells."""
    tell("Drawing the map", done, of)


class Ticking:
    """A planner's tick: counts pieces of work out of about so many, and keeps whether it was asked to stop."""

    def __init__(self, what: str, of: int) -> None:
        self.what, self.of = what, of
        self.done = 0
        self.stopped = False

    def __call__(self) -> bool:
        self.done = min(self.done + 1, self.of)
        if not tell(self.what, self.done, self.of):
            self.stopped = True
        return not self.stopped
