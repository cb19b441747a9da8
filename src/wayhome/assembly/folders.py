"""Making, restoring and unlocking data folders, for faces that hold no log."""

from __future__ import annotations

from pathlib import Path

from wayhome.log import backup, keys
from wayhome.usecases.ports import LogError


def must_be_free(data: Path) -> None:
    """Raises LogError where a new record cannot be put: something is there already."""
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise LogError(f"{data} already holds something: give a new or empty folder")


def new_key_file(path: Path, data: Path) -> None:
    """Writes a fresh key file for a folder. Raises LogError for one inside it, or where a file is already."""
    keys.refuse_key_beside_data(data, path)
    try:
        keys.new_key_file(path)
    except OSError as error:
        raise LogError(f"the key file {path} cannot be written: {error.strerror}") from error


def restore(path: Path, data: Path, *, passphrase: str | None = None, key_file: Path | None = None) -> None:
    """Makes a new data folder from a backup: a replica of its own. Raises LogError's family."""
    backup.restore(path, data, passphrase=passphrase, key_file=key_file)
