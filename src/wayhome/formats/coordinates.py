"""Coordinates anywhere in a text, to places and back: USNG/MGRS, UTM, decimal degrees, decimal minutes, DMS.

A reference that names a square stands for its middle. What looks like a coordinate but is not one is reported as
broken with the reason, never read as something near it. The datum is WGS84 throughout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from wayhome.formats import gridtext
from wayhome.formats.degrees import EXAMPLE, DegreesReading, find_degrees, read_degrees, show_degrees
from wayhome.formats.grids import to_grid, to_utm
from wayhome.formats.gridtext import GridForm, GridReading
from wayhome.values.places import BadPlace, Place

PlaceForm = Literal["usng", "mgrs", "utm", "short grid", "dd", "dm", "dms"]
SHOWN_FORMS: Final = ("usng", "mgrs", "utm", "dd", "dm", "dms")
MAX_PLACE_CHARS: Final = 200


class FoundPlace(msgspec.Struct, frozen=True):
    """A place found in a text: where it stands (start, end), how it was written, and how finely, in metres."""

    place: Place
    span: tuple[int, int]
    form: PlaceForm
    precision_m: float


class BrokenPlace(msgspec.Struct, frozen=True):
    """A stretch of text that is a coordinate gone wrong: where it stands, its words, and what is wrong with it."""

    span: tuple[int, int]
    text: str
    reason: str


class Finds(msgspec.Struct, frozen=True):
    """What a text holds of places, in the order of the text; no two overlap."""

    places: tuple[FoundPlace, ...]
    broken: tuple[BrokenPlace, ...]

    @property
    def spans(self) -> list[tuple[int, int]]:
        return sorted([*(find.span for find in self.places), *(find.span for find in self.broken)])


_HAS_DIGITS = re.compile(r"\d\D{0,4}\d")


def read_places(text: str, near: Place | None = None) -> Finds:
    """Every place and every broken place in `text`.

    `near`, usually the mission's last known position, lets shortened forms through: `1234 5678` and UTM without a zone
    are then the nearest point so named. Without it they are left alone.
    """
    if not _HAS_DIGITS.search(text):
        return Finds((), ())
    finds: list[FoundPlace | BrokenPlace] = []
    covered = bytearray(len(text))
    for reading in _readings(text, near):
        start, end = reading.span
        if not any(covered[start:end]):
            covered[start:end] = b"\x01" * (end - start)
            finds.append(_as_find(text, reading))
    finds.sort(key=lambda find: find.span)
    places = tuple(find for find in finds if isinstance(find, FoundPlace))
    return Finds(places, tuple(find for find in finds if isinstance(find, BrokenPlace)))


def find_places(text: str, near: Place | None = None) -> list[FoundPlace]:
    """Every place in `text`; see `read_places`, which also gives the broken ones."""
    return list(read_places(text, near).places)


def _readings(text: str, near: Place | None) -> Iterator[GridReading | DegreesReading]:
    """Surest forms first: what an earlier one covers, a later one may not read otherwise."""
    yield from gridtext.find_grids(text, near)
    yield from find_degrees(text, near)
    yield from gridtext.find_short(text, near)


def _as_find(text: str, reading: GridReading | DegreesReading) -> FoundPlace | BrokenPlace:
    if reading.place is None:
        return BrokenPlace(reading.span, text[slice(*reading.span)], reading.reason)
    return FoundPlace(reading.place, reading.span, reading.form, reading.precision_m)


def parse_place(text: str, near: Place | None = None) -> Place:
    """The place that the whole of `text` names. Raises BadPlace with what is wrong and a form that works."""
    words = re.sub(r"\s+", " ", text[: MAX_PLACE_CHARS + 1]).strip()
    shown = repr(words if len(words) <= 60 else words[:60] + "…")
    if not words or len(words) > MAX_PLACE_CHARS:
        raise BadPlace(f"{shown} is not a place: {EXAMPLE} or 31T CH 78000 03000")
    found: GridReading | DegreesReading | None = gridtext.read_grid(words, near) or read_degrees(words)
    if found is None:
        finds = read_places(words, near)
        reason = finds.broken[0].reason if finds.broken else "no known form"
        raise BadPlace(
            f"{shown} is not a place: {reason}. Write 31T CH 78000 03000, or {EXAMPLE.removeprefix('write it like ')}"
        )
    if found.place is None:
        raise BadPlace(f"{shown} is not a place: {found.reason}")
    return found.place


def show(place: Place, form: PlaceForm, *, digits: int = 5) -> str:
    """A place in one form. `digits` (1–5) is the fineness of a grid reference: 5 is 1 m, 1 is 10 km.

    Raises BadPlace for a grid form in the polar caps, and for `short grid`, which cannot stand alone.
    """
    if form in ("dd", "dm", "dms"):
        return show_degrees(place, form)
    if form == "utm":
        utm = to_utm(place)
        return f"{utm.zone}{utm.band} {int(utm.easting_m)}E {int(utm.northing_m):07d}N"
    if form == "short grid" or not 1 <= digits <= 5:
        raise BadPlace("a short grid is only read, never written: show the place as usng with 1 to 5 digits")
    zone, letters, easting, northing = to_grid(place)
    parts = (zone, letters, f"{easting:05d}"[:digits], f"{northing:05d}"[:digits])
    return (" " if form == "usng" else "").join(parts)


__all__ = [
    "SHOWN_FORMS",
    "BadPlace",
    "BrokenPlace",
    "Finds",
    "FoundPlace",
    "GridForm",
    "PlaceForm",
    "find_places",
    "parse_place",
    "read_places",
    "show",
]
