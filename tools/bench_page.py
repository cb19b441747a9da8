"""docs/benchmarks.md: for every benchmark its command, what must be reached, what was measured, and why where it fell
short.

Written anew at each `make bench`, from the tables of `tools.bench`, here or in benchmarks/measured, and from
`benchmarks/misses.toml`, where people say why a miss, or an aim beyond what must be, was not reached, and what was
tried: `NAME = "words"`. Nothing else on the page is written by hand.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.bench_tables import MOST_LINES, Table

PAGE = "docs/benchmarks.md"
MISSES = "benchmarks/misses.toml"
TARGET = re.compile(r"\b(Targets?|Must|Held|Four counts must|At least)\b")

HEAD = """# Benchmarks

`make bench` runs every benchmark at full size and writes this page; `make bench ONLY="motion plan"` runs some. One that
was measured on this code is not run again. Each can be run by its own command, with the same figures on its last line,
as JSON. What says "not measured on this code" is the figure of an older state of it. Why a miss is a miss, and what was
tried, stands below it (from `benchmarks/misses.toml`).
"""


def page(root: Path, told: Mapping[str, tuple[Table | None, str]]) -> str:
    """The page, of each benchmark's table (None: never measured here) and the digest of the code as it is now."""
    misses = misses_of(root)
    parts = [HEAD, _overview(root, told)]
    parts += [_section(root, name, table, code, misses.get(name, "")) for name, (table, code) in told.items()]
    return "\n".join(parts)


def misses_of(root: Path) -> dict[str, str]:
    """What people wrote about misses, by the name of the benchmark."""
    path = root / MISSES
    if not path.is_file():
        return {}
    return {name: str(words).strip() for name, words in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def _overview(root: Path, told: Mapping[str, tuple[Table | None, str]]) -> str:
    rows = ["| benchmark | what it measures | measured | result |", "|---|---|---|---|"]
    for name, (table, code) in told.items():
        day = table.measured.get("date", "") if table else ""
        rows.append(
            f"| [{name}](#{name}) | {_cell(_about(root, name)[0])} | {day or 'never here'} | {_result(table, code)} |"
        )
    return "\n".join([*rows, ""])


def _result(table: Table | None, code: str) -> str:
    if table is None:
        return "not measured on this code"
    if table.musts:
        short = sum(not one.get("met") for one in table.musts)
        found = f"{short} of {len(table.musts)} missed" if short else "met"
    else:
        ok = table.summary.get("ok")
        found = "nothing was measured" if ok is None else "met" if ok is True else "missed"
    return found if table.code == code else f"{found}, but not measured on this code"


def _section(root: Path, name: str, table: Table | None, code: str, why: str) -> str:
    about, target = _about(root, name)
    parts = [f"## {name}", "", about, "", f"`python -m benchmarks.{name}`", ""]
    if table is None:
        return "\n".join([*parts, "**Not measured on this code**, and no older figure is at hand.", "", target, ""])
    parts += [_measured_with(table), ""]
    if table.code != code:
        day = table.measured.get("date", "an earlier day")
        parts += [f"**Not measured on this code.** The figures are of an older state of it, of {day}.", ""]
    if table.musts:
        parts += ["| must | measured | |", "|---|---|---|"]
        parts += [f"| {_cell(m.get('must'))} | {_cell(m.get('measured'))} | {_met(m)} |" for m in table.musts]
        parts.append("")
    else:
        parts += [target, "", *_told(root, table), ""]
    if table.summary.get("ok") is False:
        parts += [f"**What was missed, and what was tried.** {why or 'Not yet said.'}", ""]
    elif why:
        parts += [f"**Beside it.** {why}", ""]
    return "\n".join(parts)


def _met(must: dict[str, Any]) -> str:
    return "met" if must.get("met") else "**missed**"


def _measured_with(table: Table) -> str:
    parts: dict[str, Any] = dict(table.measured.get("versions", {}))
    beside = table.summary.get("peers", {})
    told = ", ".join(f"{part} {version}" for part, version in parts.items())
    said = f"Measured on {table.measured.get('date')}, {table.measured.get('cores')} cores of "
    said += f"{table.measured.get('processor')}, with {told}."
    if isinstance(beside, dict) and beside:
        said += " Beside it: " + ", ".join(f"{part} {version}" for part, version in beside.items()) + "."
    return said


def _told(root: Path, table: Table) -> list[str]:
    """The lines that the benchmark printed, without places on this machine."""
    lines = [line.replace(str(root), ".").rstrip() for line in table.lines if not line.startswith(("{", "["))]
    if not lines:
        return [f"Every target was {'met' if table.ok else 'NOT met'}."]
    over = [f"... and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
    return ["```", *lines[:MOST_LINES], *over, "```"]


def _about(root: Path, name: str) -> tuple[str, str]:
    """Of a benchmark's own first words: what it measures, and what it says must be reached."""
    text = ast.get_docstring(ast.parse((root / "benchmarks" / f"{name}.py").read_text(encoding="utf-8"))) or name
    first = " ".join(text.split("\n\n")[0].split())
    rest = " ".join(part for part in text.split("\n\n")[1:] if not part.startswith("    "))
    words = " ".join(rest.split())
    found = TARGET.search(words)
    return first, words[found.start() :] if found else words


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")
