"""What the readers of terrain and map files refuse."""

from __future__ import annotations

from pathlib import Path

from wayhome.links.files import FileError


class TerrainFileError(FileError):
    """A terrain or map file that cannot be used; the text says which, what is wrong with it, and what to do."""


def size_of(path: Path) -> int:
    """Bytes of a plain file. Raises TerrainFileError when it is not there or not a file."""
    try:
        if path.is_file():
            return path.stat().st_size
    except (OSError, ValueError) as error:
        raise TerrainFileError(f"{path} cannot be read: {error}") from error
    if path.is_dir():
        raise TerrainFileError(f"{path} is a folder: name the files in it")
    raise TerrainFileError(f"there is no file {path}: check the name")
