"""Types made ready before threads share them.

msgspec works out a struct's fields as the first message of its kind is read, and lets other threads at them before it
is done: two that read the same kind for the first time at once can end the process (a null pointer, msgspec 0.22).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress

import msgspec

_ready: set[type] = set()
_lock = threading.Lock()


def make_types_ready() -> None:
    """Works out the fields of every struct there is by now; once per struct. A tenth of a second for all of them."""
    with _lock:
        for kind in set(_below(msgspec.Struct)) - _ready:
            with suppress(TypeError, NameError):  # it holds what is no data: it is never read from a message
                msgspec.json.Decoder(kind)
            _ready.add(kind)


def _below(kind: type) -> Iterator[type]:
    below: list[type] = kind.__subclasses__()
    for one in below:
        yield one
        yield from _below(one)
