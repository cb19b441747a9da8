"""The one thread that reads terrains and draws tiles.

Whatever thread draws keeps some ten megabytes of the system's memory to itself for good, and a desk answers in dozens
of threads. Drawing is the processor's work anyway: two at once would not be sooner done.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

Done = TypeVar("Done")

_DRAWING: Final = ThreadPoolExecutor(1, thread_name_prefix="tiles")


def in_turn(work: Callable[[], Done]) -> Done:
    """Does the work in that thread, after what was asked before; raises what it raises. Never from within itself."""
    return _DRAWING.submit(work).result()
