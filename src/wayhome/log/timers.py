"""The list of what falls due that lies beside the encrypted file: opaque ids and times, no content.

It is readable without the key, so that a locked start still fires. It holds the timers this replica owns.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from wayhome.log.disk import write_atomically
from wayhome.usecases.ports import Damaged, Timer
from wayhome.values.ids import ReplicaId

TIMERS_FILE = "due.timers"


class _Due(msgspec.Struct, frozen=True):
    format: int
    timers: tuple[tuple[str, int], ...]


def write_due(folder: Path, timers: Iterable[Timer], owner: ReplicaId) -> None:
    """Writes the list whole. Raises NotDurable."""
    due = tuple((timer.id, timer.due_ms) for timer in timers if timer.owner == owner and timer.due_ms is not None)
    write_atomically(folder / TIMERS_FILE, msgspec.json.encode(_Due(1, due)))


def read_due(folder: Path) -> list[tuple[str, int]]:
    """(id, due ms since 1970 UTC), soonest first. No file means no timers. Raises Damaged."""
    try:
        due = msgspec.json.decode((folder / TIMERS_FILE).read_bytes(), type=_Due)
    except FileNotFoundError:
        return []
    except (OSError, msgspec.DecodeError) as error:
        raise Damaged(f"the list of due timers cannot be read ({error}): unlock the record to write it anew") from error
    return sorted(due.timers, key=lambda timer: (timer[1], timer[0]))
