"""Naming a UNIX socket in a folder of any depth: the system takes at most 107 bytes of path."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wayhome.log.frames import SOCKET_FILE
from wayhome.usecases.ports import LogError

MAX_PATH_BYTES = 107


@contextmanager
def socket_address(folder: Path) -> Iterator[str]:
    """An address to bind or connect to, valid inside the context: the path itself or, where that is too long, one by
    way of an open handle of the folder. Raises LogError where neither serves."""
    plain = str(folder / SOCKET_FILE)
    if len(os.fsencode(plain)) <= MAX_PATH_BYTES:
        yield plain
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise LogError(f"{folder} cannot be opened: {error.strerror}") from error
    try:
        short = Path(f"/proc/self/fd/{handle}")
        if not short.exists():
            raise LogError(f"the path of {folder} is too long for a socket: keep the record in a shorter one")
        yield str(short / SOCKET_FILE)
    finally:
        os.close(handle)
