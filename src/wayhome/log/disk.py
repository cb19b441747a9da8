"""Files that are whole or not there: written beside, synced, renamed, and the folder synced."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from wayhome.usecases.ports import NotDurable


def sync_folder(folder: Path) -> None:
    """Makes what was created, renamed or removed in a folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_atomically(path: Path, content: bytes) -> None:
    """Writes a whole file, readable by its owner only, durable on return. Raises NotDurable and leaves the old one."""
    beside = path.with_name(path.name + ".part")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise NotDurable(f"{path} cannot be written: {error.strerror}") from error
