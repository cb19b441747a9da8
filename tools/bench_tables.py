"""The tables of benchmarks that `tools.bench` keeps below build/bench, read again."""

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


def table_of(root: Path, name: str) -> Table | None:
    """The table of a benchmark that finished; None where there is none that can be read."""
    path = root / "build" / "bench" / f"{name}.txt"
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
