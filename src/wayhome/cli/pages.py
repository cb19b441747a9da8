"""Pages: several small tables under headings, drawn from one thing that was `Seen`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from wayhome.access.seen import Seen
from wayhome.cli.context import here
from wayhome.cli.show import put, put_json, put_table, words

T = TypeVar("T")


def page(seen: Seen[T], draw: Callable[[T], None]) -> None:
    """Draws the value, or gives it whole as JSON with `--json`."""
    if here().as_json:
        put_json(seen.value)
    else:
        draw(seen.value)


def section(title: str, headings: Sequence[str], rows: Sequence[Sequence[object]], *, empty: str = "") -> None:
    """A small table under its title; with no rows `empty`, or nothing at all where that is not given."""
    if not rows and not empty:
        return
    put("")
    put(title)
    if not rows:
        put(f"  {empty}")
        return
    put_table([f"  {headings[0]}", *headings[1:]], [_indented(row) for row in rows])


def _indented(row: Sequence[object]) -> list[str]:
    first, *rest = (words(cell) for cell in row)
    return [f"  {first}", *rest]


def facts(pairs: Sequence[tuple[str, object]]) -> None:
    """Labelled facts, one a line; what nobody knows is left out."""
    known = [(label, words(value)) for label, value in pairs if value not in (None, "", (), {})]
    width = max((len(label) for label, _ in known), default=0)
    for label, value in known:
        put(f"{label.ljust(width)}  {value}")
