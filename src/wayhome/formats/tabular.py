"""Tables as text: bytes to cells and back (RFC 4180), however a spreadsheet wrote them, and safe to open in one."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import msgspec

from wayhome.formats.errors import BadTable

MAX_BYTES: Final = 100_000_000
DELIMITERS: Final = (",", ";", "\t", "|")
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula (OWASP, CSV Injection), full-width forms included."""

_MAGIC: Final = {
    b"PK\x03\x04": "an Excel or OpenDocument workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


class Row(msgspec.Struct, frozen=True):
    """One record: the line it begins on (1 is the first) and its cells."""

    line: int
    cells: list[str]


class Table(msgspec.Struct, frozen=True):
    """A table as read: its records, what was assumed, and line and reason where reading broke off, if it did."""

    rows: list[Row]
    encoding: str
    assumed: bool
    delimiter: str
    broken: tuple[int, str] | None = None


def decode(data: bytes) -> tuple[str, str, bool]:
    """Text, encoding, and whether that encoding was a guess. Raises BadTable for what is no text."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise BadTable("the file is empty: export it again as CSV")
    if len(data) > MAX_BYTES:
        raise BadTable(f"the file is {len(data) / 1e6:,.0f} MB, a table is at most {MAX_BYTES / 1e6:.0f} MB: split it")
    for start, kind in _MAGIC.items():
        if data.startswith(start):
            raise BadTable(f"this is {kind}, not text: in the spreadsheet choose Save as, CSV UTF-8")
    try:
        if data.startswith(b"\xef\xbb\xbf"):
            return data[3:].decode("utf-8"), "UTF-8 with BOM", False
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16"), "UTF-16", False
        if _looks_like_utf16(data):
            return data.decode("utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"), "UTF-16 without BOM", True
    except UnicodeDecodeError as error:
        raise BadTable(f"the text is broken at byte {error.start}: save it again as CSV UTF-8") from error
    try:
        return data.decode("utf-8"), "UTF-8", False
    except UnicodeDecodeError:
        return _western(data), "Windows-1252", True


def _looks_like_utf16(data: bytes) -> bool:
    """Whether every other byte of the beginning is zero, as in Latin text of two bytes a letter."""
    head = data[:200]
    zeros = head[1::2].count(0), head[::2].count(0)
    return len(head) >= 4 and max(zeros) > 0.4 * len(head) / 2 and min(zeros) < 0.1 * len(head) / 2


def _western(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadTable(
            f"line {line} is neither UTF-8 nor Windows-1252 (byte 0x{data[error.start]:02x}): save it as CSV UTF-8"
        ) from error


def read_table(data: bytes, known: Callable[[str], bool]) -> Table:
    """A table's records. The delimiter is the one whose header holds most names that are `known`.

    Raises BadTable when the bytes are no text or too many.
    """
    text, encoding, assumed = decode(data)
    named, skip = None, 0
    if text[:4].lower() == "sep=" and text[4:5] and text[5:6] in ("\r", "\n", ""):
        named, skip = text[4], text.find("\n") + 1  # Excel's own first line: `sep=;`
    body = text[skip:]
    delimiter = named or _delimiter(body, known)
    rows, broken = _records(body, delimiter, first_line=2 if skip else 1)
    return Table(rows, encoding, assumed, delimiter, broken)


def _delimiter(text: str, known: Callable[[str], bool]) -> str:
    def worth(delimiter: str) -> tuple[int, int]:
        rows, _ = _records(text[:20_000], delimiter, first_line=1, limit=1)
        cells = rows[0].cells if rows else []
        return sum(known(cell) for cell in cells), len(cells)

    return max(DELIMITERS, key=worth)


def _records(
    text: str, delimiter: str, *, first_line: int, limit: int | None = None
) -> tuple[list[Row], tuple[int, str] | None]:
    """Records with the line each begins on, blank ones left out, and where and why reading broke off."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    begins = first_line
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(begins, cells))
                if limit is not None and len(rows) >= limit:
                    break
            begins = reader.line_num + first_line
    except csv.Error as error:
        reason = "a quotation mark is opened and never closed" if "unexpected end" in str(error) else str(error)
        return rows, (begins, reason)
    return rows, None


def safe_cell(value: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what could be one."""
    return "'" + value if value.startswith((*FORMULA_STARTS, "'")) else value


def plain_cell(value: str) -> str:
    """A cell as it was before `safe_cell`."""
    return value[1:] if value.startswith("'") and value[1:].startswith((*FORMULA_STARTS, "'")) else value


def write_table(rows: Iterable[Sequence[str]], *, bom: bool = True) -> bytes:
    """Rows as CSV: commas, CRLF, quotes where needed, formulas disarmed; with the mark that Excel knows UTF-8 by."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerows(_safe_rows(rows))
    return (b"\xef\xbb\xbf" if bom else b"") + out.getvalue().encode("utf-8", "replace")


def _safe_rows(rows: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    for row in rows:
        yield [safe_cell(cell) for cell in row]
