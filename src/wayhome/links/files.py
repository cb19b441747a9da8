"""Reading and writing people's files: whole or not at all, and errors that say what to do."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

MOST_BYTES = 256 * 1024 * 1024


class FileError(Exception):
    """A file that cannot be read or written; the text says which, why, and what to do."""


def read_file(path: Path, *, most_bytes: int = MOST_BYTES) -> bytes:
    """The whole file. Raises FileError when it is not there, not ours to read, or larger than `most_bytes`."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise FileError(f"{path} is a folder: name a file")
        if size > most_bytes:
            raise FileError(f"{path} has {size:,} bytes; at most {most_bytes:,} are read: split it, or send less")
        return path.read_bytes()
    except OSError as error:
        raise FileError(f"{path} cannot be read: {_why(error)}") from error


def write_atomic(path: Path, body: bytes, *, mode: int = 0o644) -> None:
    """Writes the whole file or leaves what was there. Raises FileError."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    except OSError as error:
        raise FileError(f"{path} cannot be written: {_why(error)}") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise FileError(f"{path} cannot be written: {_why(error)}") from error


def _why(error: OSError) -> str:
    """The reason in words, with what to do about the common ones."""
    known = {
        errno.ENOENT: "there is no such file or folder",
        errno.EACCES: "it is not yours to open: check its permissions",
        errno.EROFS: "the disk is read-only",
        errno.ENOSPC: "the disk is full: free some space and try again",
        errno.EISDIR: "it is a folder: name a file",
        errno.ENAMETOOLONG: "the name is too long",
    }
    return known.get(error.errno or 0, error.strerror or str(error))
