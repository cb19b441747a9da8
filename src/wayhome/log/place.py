"""Where a data folder lies: a copy, or one put back from a copy, must not go on under the same replica's name."""

from __future__ import annotations

from pathlib import Path

import apsw

from wayhome.log import ledger
from wayhome.log.disk import write_atomically
from wayhome.log.keys import Subkeys
from wayhome.log.sqlite_tables import SqliteTables
from wayhome.values.ids import ReplicaId

PLACE_FILE = "place"
META_PLACE = "place"
_COPIED = (
    "This data folder was copied or put back since it was last used. It goes on as replica {new} of its own "
    "(it was {old}); nothing is lost. Timers of the old replica ring only where somebody takes them over. "
    "Use one of the two copies, or merge them."
)


def take_identity(folder: Path, db: apsw.Connection, secrets: Subkeys, replica: ReplicaId, label: str) -> None:
    """Makes the record in `folder` a replica of its own, bound to this place."""
    write_atomically(folder / PLACE_FILE, b"Do not copy a data folder: use `wayhome backup` and `wayhome restore`.\n")
    tables = SqliteTables(db)
    with db:
        ledger.new_identity(tables, secrets, replica, label)
        tables.put_meta(META_PLACE, _place(folder))


def notice_copy(folder: Path, db: apsw.Connection, secrets: Subkeys) -> tuple[str, ...]:
    """A copied folder takes a new identity before it writes anything else. Gives what to tell about it."""
    tables = SqliteTables(db)
    if (folder / PLACE_FILE).exists() and tables.meta(META_PLACE) == _place(folder):
        return ()
    old, new = (tables.meta(ledger.META_REPLICA) or b"?").decode(), ledger.fresh_replica_id()
    label = next((replica.label for replica in tables.replicas() if replica.id == old), "")
    take_identity(folder, db, secrets, new, label)
    return (_COPIED.format(old=old, new=new),)


def _place(folder: Path) -> bytes:
    """What a copy cannot have alike: the machine, and the inode and change time of a file that never changes."""
    try:
        machine = Path("/etc/machine-id").read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        machine = ""
    found = (folder / PLACE_FILE).stat()
    return f"{machine}:{found.st_ino}:{found.st_ctime_ns}".encode()
