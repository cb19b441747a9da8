"""Incident files: where each search began and where the subject was found, one a line, as CSV to incidents.

Columns by name, in any order: `category`, `ipp_lat`, `ipp_lon`, `find_lat`, `find_lon` must be there (degrees, WGS84);
`case`, `ecoregion`, `terrain`, `distance_km` and `hours` may be. Nothing is guessed: every wrong cell is named with its
line, and a file with one is not scored.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import msgspec

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.scoring.incidents import MOST, Incident
from wayhome.formats.errors import BadTable
from wayhome.formats.tabular import Row, read_table
from wayhome.values.places import BadPlace, Place

NEEDED: Final = ("category", "ipp_lat", "ipp_lon", "find_lat", "find_lon")
WELCOME: Final = ("case", "ecoregion", "terrain", "distance_km", "hours")
MOST_BYTES: Final = 20_000_000
MOST_TOLD: Final = 10
MOST_LETTERS: Final = 100
APART_KM: Final = 0.05
APART_SHARE: Final = 0.01
"""A distance in the file that differs from the reckoned one by more than both is told."""


class IncidentFile(msgspec.Struct, frozen=True):
    """The incidents in the order of the file, each once, and what was noticed in reading them."""

    incidents: tuple[Incident, ...]
    notes: tuple[str, ...]


def read_incidents(data: bytes) -> IncidentFile:
    """Raises BadTable, naming up to ten wrong lines, for anything that is no such file."""
    if len(data) > MOST_BYTES:
        raise BadTable(f"the file is {len(data) / 1e6:,.0f} MB; incidents are at most {MOST_BYTES / 1e6:.0f} MB")
    table = read_table(data, lambda cell: _key(cell) in NEEDED + WELCOME)
    if table.broken is not None:
        line, reason = table.broken
        raise BadTable(f"line {line}: the file cannot be read from here on: {reason}")
    columns = _columns(table.rows[0].cells if table.rows else [])
    rows = table.rows[1:]
    if not rows:
        raise BadTable("there is a heading and no incident under it: add the incidents, one a line")
    if len(rows) > MOST:
        raise BadTable(f"the file has {len(rows):,} incidents; at most {MOST:,} are scored at once: split it")
    reading = _Reading(columns)
    for row in rows:
        reading.row(row)
    notes = [f"the file does not say its encoding; {table.encoding} was assumed"] if table.assumed else []
    return reading.file(notes)


def _key(heading: str) -> str:
    return heading.strip().casefold().replace(" ", "_")


def _columns(headings: Sequence[str]) -> dict[str, int]:
    """Where each column is."""
    found: dict[str, int] = {}
    for index, heading in enumerate(headings):
        key = _key(heading)
        if key in found and key in NEEDED + WELCOME:
            raise BadTable(f"line 1: the column {key} is there twice: keep one")
        found.setdefault(key, index)
    missing = [name for name in NEEDED if name not in found]
    if missing:
        there = ", ".join(_short(heading) for heading in headings[:20] if heading.strip()) or "none"
        raise BadTable(
            f"line 1: no column {', '.join(missing)}; there are: {there}. "
            f"Name the columns {', '.join(NEEDED)}; {', '.join(WELCOME)} may be there as well"
        )
    return found


class _Reading:
    """A file while it is read, row by row."""

    def __init__(self, columns: dict[str, int]) -> None:
        self.columns = columns
        self.found: list[Incident] = []
        self.problems: list[str] = []
        self.notes: list[str] = []
        self.line_of: dict[str, int] = {}
        self.same: dict[tuple[str, Place, Place], int] = {}

    def row(self, row: Row) -> None:
        try:
            one = self._incident(row)
            self._compare(row, one)
        except (BadPlace, SearchError, BadTable) as error:
            self.problems.append(f"line {row.line}: {error}")
            return
        first = self.same.setdefault((one.category.casefold(), one.ipp, one.find), row.line)
        if first != row.line:
            self.notes.append(f"line {row.line} repeats line {first}: counted once")
        elif one.name in self.line_of:
            self.problems.append(
                f"line {row.line}: the case {one.name!r} stands in line {self.line_of[one.name]} with other figures: "
                "give each incident its own name, or leave one out"
            )
        else:
            self.line_of[one.name] = row.line
            self.found.append(one)

    def file(self, notes: Sequence[str]) -> IncidentFile:
        if self.problems:
            more = len(self.problems) - MOST_TOLD
            told = "\n  ".join(self.problems[:MOST_TOLD])
            raise BadTable(
                f"{len(self.problems)} wrong, nothing was scored:\n  {told}"
                + (f"\n  and {more} more" if more > 0 else "")
            )
        return IncidentFile(tuple(self.found), (*notes, *self.notes))

    def _incident(self, row: Row) -> Incident:
        category = self._word(row, "category")
        if not category:
            raise BadTable("category is empty: say what kind of person, or '(any other category)'")
        hours = self._word(row, "hours")
        return Incident(
            name=self._word(row, "case") or f"line {row.line}",
            category=category,
            ecoregion=self._word(row, "ecoregion"),
            terrain=self._word(row, "terrain"),
            ipp=self._place(row, "ipp"),
            find=self._place(row, "find"),
            hours=self._number(row, "hours") if hours else None,
        )

    def _place(self, row: Row, which: str) -> Place:
        lat, lon = self._number(row, f"{which}_lat"), self._number(row, f"{which}_lon")
        try:
            return Place(lat, lon)
        except BadPlace as error:
            raise BadPlace(f"{which}: {error}") from error

    def _number(self, row: Row, column: str) -> float:
        text = self._word(row, column)
        try:
            value = float(text)
        except ValueError:
            what = f"{_short(text)!r} is no number" if text else "is empty"
            raise BadTable(f"{column} {what}: write it like 42.5063") from None
        if not math.isfinite(value):
            raise BadTable(f"{column} {_short(text)!r} is no number")
        return value

    def _word(self, row: Row, column: str) -> str:
        index = self.columns.get(column)
        text = row.cells[index].strip() if index is not None and index < len(row.cells) else ""
        if len(text) > MOST_LETTERS:
            raise BadTable(f"{column} has {len(text):,} letters; at most {MOST_LETTERS} are read")
        return text

    def _compare(self, row: Row, one: Incident) -> None:
        text = self._word(row, "distance_km")
        if not text:
            return
        said, reckoned = self._number(row, "distance_km"), one.distance_m / 1000
        if abs(said - reckoned) > max(APART_KM, APART_SHARE * reckoned):
            self.notes.append(
                f"line {row.line}: distance_km says {said:g}, the coordinates {reckoned:.3f}: the coordinates count"
            )


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
