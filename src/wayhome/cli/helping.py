"""Help lines of parameters: docstrings say `name: words`, and the tables of `--help` are made of that."""

from __future__ import annotations

import inspect
import re
from typing import Final

from cyclopts import App

HEADING: Final = re.compile(r"^Parameters\n-+\n", re.MULTILINE)
LINE: Final = re.compile(r"^(\w+): (.+)$")


def explain(app: App) -> None:
    """Spells every command's docstring as the maker of help reads it: each parameter's words under its name."""
    for name in app:
        if name.startswith("-"):
            continue
        below = app[name]
        function = below.default_command
        if function is not None and function.__doc__ is not None:
            function.__doc__ = spelled(function.__doc__)
        explain(below)


def spelled(words: str) -> str:
    """The docstring with `name: words` of its parameters as a line with the name and an indented one with the words."""
    clean = inspect.cleandoc(words)
    found = HEADING.search(clean)
    if found is None:
        return clean
    lines: list[str] = []
    for line in clean[found.end() :].splitlines():
        said = LINE.match(line)
        lines += [said[1], f"    {said[2]}"] if said else [line]
    return clean[: found.end()] + "\n".join(lines)
