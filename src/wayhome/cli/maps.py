"""What map commands share: the form that a file's ending asks for, and spans as people say them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from wayhome.cli.context import UsageError

ENDINGS: Final = {
    ".png": "png", ".pdf": "pdf", ".tif": "tif", ".tiff": "tif", ".geojson": "geojson", ".json": "geojson",
}  # fmt: skip


def form_of(file: Path) -> str:
    """The form of a map by its file's ending. Raises UsageError for another."""
    form = ENDINGS.get(file.suffix.lower())
    if form is None:
        raise UsageError(
            f"{file} ends in none of .png (a picture for paper), .pdf (the same as a page), .tif (GeoTIFF), .geojson: "
            "the ending says what is written"
        )
    return form


def span(hours: float) -> str:
    """`2 h 05 min`, `40 min`."""
    minutes = round(hours * 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
