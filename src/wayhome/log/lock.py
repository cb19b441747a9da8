"""One process owns a data folder: an exclusive lock that the system drops with its holder, however that ends."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

import msgspec

from wayhome.usecases.ports import Locked, LogError

LOCK_FILE = "lock"
_TRIALS = 3
"""Somebody who merely asks who holds the folder has the lock for a moment."""
_PAUSE_S = 0.02


class Holder(msgspec.Struct, frozen=True):
    """Who holds a folder: the process, and whether it serves a socket."""

    pid: int
    serving: bool = False


class FolderLock:
    """The exclusive lock on one folder, held from birth until `release`."""

    def __init__(self, folder: Path) -> None:
        """Raises Locked, naming the holder, when another has it; LogError when the folder cannot be written to."""
        self.folder = folder
        path = folder / LOCK_FILE
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise LogError(f"{folder} cannot be opened for writing: {error.strerror}") from error
        for trial in range(_TRIALS):
            try:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if trial == _TRIALS - 1:
                    os.close(self._handle)
                    raise Locked(_who_holds(path)) from error
                time.sleep(_PAUSE_S)
        self.note(serving=False)

    def note(self, *, serving: bool) -> None:
        """Writes into the lock file who we are. A full disk does not matter: the lock itself holds."""
        content = msgspec.json.encode(Holder(os.getpid(), serving))
        try:
            os.pwrite(self._handle, content.ljust(64), 0)
        except OSError as error:
            raise LogError(f"the lock file cannot be written: {error.strerror}") from error

    def release(self) -> None:
        """Gives the folder up. Idempotent."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def holder(folder: Path) -> Holder | None:
    """Who holds a folder now, or None."""
    path = folder / LOCK_FILE
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return _read(path)
    else:
        return None
    finally:
        os.close(handle)


def _read(path: Path) -> Holder | None:
    try:
        return msgspec.json.decode(path.read_bytes()[:200], type=Holder)
    except (OSError, msgspec.DecodeError):
        return None


def _who_holds(path: Path) -> str:
    found = _read(path)
    who = f"process {found.pid}" if found else "another process"
    if found and found.serving:
        return f"{who} serves this record: send it the command through its socket, or stop it first"
    return f"{who} has this record open: wait until it ends, or stop it, then try again"
