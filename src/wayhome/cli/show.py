"""How a command answers: a table, a page or JSON of what is `Seen`, and the words of what was done."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final, TypeVar

import msgspec

from wayhome.access.seen import Seen
from wayhome.cli.context import here
from wayhome.usecases.acting import Done
from wayhome.values.ids import handle
from wayhome.values.places import Place
from wayhome.values.when import Deadline, Moment

T = TypeVar("T")
Column = tuple[str, Callable[[Any], object]]

UNSAFE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What would move the cursor, ring, colour, or turn the direction of a terminal's text; tab and new line may stay."""


def show(seen: Seen[Any], lines: Callable[[Any], Sequence[str]]) -> None:
    """A page of lines, or the whole value as JSON with `--json`."""
    if here().as_json:
        put_json(seen.value)
    else:
        for line in lines(seen.value):
            put(line)


def table(
    seen: Seen[tuple[T, ...]],
    columns: Sequence[Column],
    *,
    empty: str,
    keep: Callable[[T], bool] | None = None,
) -> None:
    """Rows under headings, or as JSON; only those to `keep`. `empty` is what stands where nothing is."""
    rows = tuple(row for row in seen.value if keep is None or keep(row))
    if here().as_json:
        put_json(rows)
        return
    if not rows:
        put(empty)
        return
    put_table([heading for heading, _ in columns], [[words(of(row)) for _, of in columns] for row in rows])


MANY_ROWS = 300
"""From here on a table is not folded to the width of the screen: that takes a millisecond a row."""


def put_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A plain table: columns as wide as they need, folded where the screen is too narrow; a long one is not folded."""
    if len(rows) >= MANY_ROWS:
        _put_long(headings, rows)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    built = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        built.add_column(heading, overflow="fold")
    for row in rows:
        built.add_row(*(Text(clean(cell).replace("\n", " ")) for cell in row))
    Console(file=here().out, width=here().width, highlight=False).print(built)


def _put_long(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.cells import cell_len

    cells = [list(headings), *([cell.replace("\n", " ") for cell in row] for row in rows)]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        put("  ".join(padded).rstrip())


def done(result: Done, sentence: str) -> None:
    """Says what was done, with the handle of what it made and whatever whoever acted should know."""
    if here().as_json:
        put_json(result)
        return
    made = f" [{handle(result.made)}]" if result.made else ""
    put(f"{sentence}{made}" if not result.already else f"{sentence}: written already, nothing changed")
    for tell in result.tells:
        put(f"  ! {tell}")


def put(text: str) -> None:
    """One line of output."""
    here().out.write(clean(text) + "\n")


def clean(text: str) -> str:
    """The text with a replacement sign for whatever a terminal would take for an order."""
    return UNSAFE.sub("\ufffd", text)


def put_json(value: object) -> None:
    text = msgspec.json.format(msgspec.json.encode(value), indent=1).decode()
    here().out.write(UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")


def words(value: object) -> str:
    """A value as a person reads it."""
    match value:
        case None | "" | ():
            return "-"
        case Moment():
            return f"{value.local:%m-%d %H%M}"
        case Deadline():
            return value.local.replace("T", " ")[:16]
        case Place():
            return grid(value)
        case date():
            return value.isoformat()
        case bool():
            return "yes" if value else "no"
        case tuple() | list():
            return ", ".join(words(item) for item in value)
        case dict():
            return ", ".join(f"{key} {words(item)}" for key, item in value.items())
        case _:
            return str(value)


def grid(place: Place) -> str:
    """A place as land search and rescue says it: the national grid, to 1 m; degrees in the polar caps."""
    from wayhome.formats.ics import grid_of

    return grid_of(place)
