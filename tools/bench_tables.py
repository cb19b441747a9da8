"""The tables of benchmarks that `tools.bench` keeps below build/bench, read again.

What the page needs of each lies in benchmarks/measured as well, among the sources: so that the page can be written
anywhere, and a figure measured elsewhere is not lost because it was not measured here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Table:
    """What one benchmark told: what it was measured on and with, its lines, and its summary (empty: it gave none)."""

    measured: dict[str, Any]
    lines: tuple[str, ...]
    summary: dict[str, Any]

    @property
    def code(self) -> str:
        """The digest of the code that it was measured on."""
        return str(self.measured.get("code", ""))

    @property
    def ok(self) -> bool:
        """Whether every target was met; what was not measured was not met."""
        return self.summary.get("ok") is True

    @property
    def musts(self) -> list[dict[str, Any]]:
        """What had to be reached, each with what was measured and whether it is met; empty where it does not tell."""
        found = self.summary.get("musts", [])
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


MEASURED = "benchmarks/measured"
MOST_LINES = 40


def table_of(root: Path, name: str) -> Table | None:
    """The table of a benchmark that finished here; None where there is none that can be read."""
    return _read(root / "build" / "bench" / f"{name}.txt")


def told_of(root: Path, name: str) -> Table | None:
    """The table of a benchmark for the page: the one that finished here, or else the one among the sources."""
    return table_of(root, name) or _read(root / MEASURED / f"{name}.txt")


def keep(root: Path, name: str) -> None:
    """Puts what the page needs of the table that finished here among the sources: no place on this machine."""
    table = table_of(root, name)
    if table is None:
        return
    lines = [] if table.musts else [line.replace(str(root), ".") for line in table.lines][: MOST_LINES + 1]
    path = root / MEASURED / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    said = [json.dumps(table.measured), *lines, *([json.dumps(_short(table))] if table.summary else [])]
    path.write_text("\n".join(said) + "\n", encoding="utf-8")


def _short(table: Table) -> dict[str, Any]:
    return {name: table.summary[name] for name in ("benchmark", "ok", "musts", "peers") if name in table.summary}


def _read(path: Path) -> Table | None:
    if not path.is_file():
        return None
    first, *lines = path.read_text(encoding="utf-8").splitlines() or [""]
    measured = _object(first)
    if "code" not in measured:
        return None
    summary = _object(lines[-1]) if lines else {}
    return Table(measured, tuple(lines[:-1] if summary else lines), summary)


def _object(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
