"""A small tree to plant breaches in."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from tools.source import Breach


class Check(Protocol):
    def __call__(self, root: Path) -> list[Breach]: ...


def plant(root: Path, path: str, text: str) -> None:
    """Writes one file below `root`."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def found(check: Check, root: Path, path: str, text: str) -> list[str]:
    """What a check says of a tree with this one file in it."""
    plant(root, path, text)
    return [breach.words for breach in check(root)]
