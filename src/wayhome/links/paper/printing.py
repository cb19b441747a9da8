"""Data and a template to PDF, with the shipped fonts only: the same input gives the same bytes on every machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, Literal

from wayhome.links.fonts import FAMILIES, FOLDER
from wayhome.links.paper.letters import Letters
from wayhome.values.when import Moment

TEMPLATES: Final = Path(__file__).parent / "templates"
Paper = Literal["a4", "us-letter"]
PAPERS: Final = ("a4", "us-letter")

Data = str | int | bool | None | list["Data"] | dict[str, "Data"]


class PaperError(Exception):
    """A sheet that could not be made; the text says why and what to do."""


def print_pdf(template: str, data: dict[str, Data], *, made_at: Moment, paper: str) -> bytes:
    """The PDF of `templates/<template>.typ` filled with `data`. Raises PaperError."""
    return _compile(template, data, made_at=made_at, paper=paper, kind="pdf")


def _compile(
    template: str, data: dict[str, Data], *, made_at: Moment, paper: str, kind: Literal["pdf", "png"]
) -> bytes:
    if paper not in PAPERS:
        raise PaperError(f"no paper called {paper!r}: {' or '.join(PAPERS)}")
    letters = Letters()
    printable = _printable(data, letters)
    assert isinstance(printable, dict)
    inputs = {
        "data": json.dumps(printable | {"note": letters.note(), "paper": paper, "families": list(FAMILIES)}),
        "made": f"{made_at.utc:%Y-%m-%d %H:%M:%S}",
    }
    import typst  # a large library, and the desk names this room's errors from its start

    compiler = typst.Compiler(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=[str(FOLDER)],
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )
    try:
        made = compiler.compile(format=kind, timestamp=made_at.ms // 1000, ppi=110 if kind == "png" else None)
    except typst.TypstError as error:
        raise PaperError(f"the sheet could not be set: {error}") from error
    first = made[0] if isinstance(made, list) else made
    if first is None:
        raise PaperError("the sheet came out empty: report this with what was to be printed")
    return first


def _printable(data: Data, letters: Letters) -> Data:
    if isinstance(data, str):
        return letters.printable(data)
    if isinstance(data, list):
        return [_printable(part, letters) for part in data]
    if isinstance(data, dict):
        return {key: _printable(part, letters) for key, part in data.items()}
    return data
