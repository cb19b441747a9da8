"""The list of what falls due that lies beside the encrypted file: opaque ids and times, no content.

It is readable without the key, so that a locked start still fires. It holds the timers this replica owns. It is made
durable when the record is opened and closed; in between each change is written over it without a sync, which a killed
process survives. After a power cut it may be older than the record: unlocking writes it anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from wayhome.log.disk import write_atomically
from wayhome.usecases.ports import Damaged, NotDurable, Timer
from wayhome.values.ids import ReplicaId

TIMERS_FILE = "due.timers"


class _Due(msgspec.Struct, frozen=True):
    format: int
    timers: tuple[tuple[str, int], ...]


def write_due(folder: Path, timers: Iterable[Timer], owner: ReplicaId) -> None:
    """Writes the list whole and durable; one that says the same already stays. Raises NotDurable."""
    content, path = _encoded(timers, owner), folder / TIMERS_FILE
    with suppress(OSError):
        if path.read_bytes() == content:
            return
    write_atomically(path, content)


def note_due(folder: Path, timers: Iterable[Timer], owner: ReplicaId) -> None:
    """Writes the list over the old one without a sync: a commit must not wait for more than its own. Raises NotDurable.

    What is left of a longer old list is blanked, so that the file is one JSON value at any time but during the write.
    """
    content = _encoded(timers, owner)
    try:
        handle = os.open(folder / TIMERS_FILE, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.pwrite(handle, content.ljust(os.fstat(handle).st_size), 0)
        finally:
            os.close(handle)
    except OSError as error:
        raise NotDurable(f"{folder / TIMERS_FILE} cannot be written: {error.strerror}") from error


def _encoded(timers: Iterable[Timer], owner: ReplicaId) -> bytes:
    due = tuple((timer.id, timer.due_ms) for timer in timers if timer.owner == owner and timer.due_ms is not None)
    return msgspec.json.encode(_Due(1, due))


def read_due(folder: Path) -> list[tuple[str, int]]:
    """(id, due ms since 1970 UTC), soonest first. No file means no timers. Raises Damaged."""
    try:
        due = msgspec.json.decode((folder / TIMERS_FILE).read_bytes(), type=_Due)
    except FileNotFoundError:
        return []
    except (OSError, msgspec.DecodeError) as error:
        raise Damaged(f"the list of due timers cannot be read ({error}): unlock the record to write it anew") from error
    return sorted(due.timers, key=lambda timer: (timer[1], timer[0]))
