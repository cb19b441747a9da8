"""Files that commands write: whole or not at all, and never over another one unasked."""

from __future__ import annotations

from pathlib import Path

from wayhome.cli.context import UsageError
from wayhome.links.files import write_atomic


def must_not_be_there(file: Path, *, overwrite: bool = False) -> None:
    """Raises UsageError when a file is there already and may not be written over."""
    if file.exists() and not overwrite:
        raise UsageError(f"{file} is there already: give another name, or --overwrite where the command has it")


def write_out(file: Path, body: bytes, *, overwrite: bool = False, mode: int = 0o644) -> None:
    """Writes the whole file. Raises UsageError for one that is there already, FileError when the disk refuses."""
    must_not_be_there(file, overwrite=overwrite)
    write_atomic(file, body, mode=mode)
