"""What a module rests on: every file of this repository that it takes in, by way of others as well.

Read off the source, so nothing is run: imports anywhere in a file, and modules named in its strings (for a process of
their own, or by `import_module`), docstrings left out. Files that are no code count with the package they lie in.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PLACES = ("src", "benchmarks", "tests", "tools")
"""Where our own modules lie; those in src are named without it."""
_FIRST = frozenset(("wayhome", "benchmarks", "tests", "tools"))
DOTTED = re.compile(r"\b[a-z_]\w*(?:\.\w+)+\.?")


@dataclass(frozen=True)
class Rests:
    """The files that a module rests on, in order, and the packages of others that they import, by their first name."""

    files: tuple[Path, ...]
    others: frozenset[str]


def rests_on(root: Path, module: str) -> Rests:
    """Of a module by its dotted name."""
    index = modules(root)
    found: set[Path] = set()
    others: set[str] = set()
    waiting = list(_ours(module, index))
    while waiting:
        name = waiting.pop()
        file = index[name]
        if file in found:
            continue
        found.add(file)
        package = name if file.stem == "__init__" else name.rpartition(".")[0]
        for named in _named(file, package, file.stat().st_mtime_ns):
            ours = list(_ours(named, index))
            waiting += ours
            if not ours:
                others.add(named.partition(".")[0])
    folders = {file.parent for file in found if root / "src" in file.parents}
    found |= {extra for folder in folders for extra in _beside(folder)}
    return Rests(tuple(sorted(found)), frozenset(others - sys.stdlib_module_names))


def modules(root: Path) -> dict[str, Path]:
    """Every module below `root`, by its dotted name."""
    out: dict[str, Path] = {}
    for place in PLACES:
        for file in sorted((root / place).rglob("*.py")):
            parts = list(file.relative_to(root / "src" if place == "src" else root).with_suffix("").parts)
            out[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return out


def _ours(named: str, index: dict[str, Path]) -> Iterator[str]:
    """The modules that a name stands for: the longest part of it that is one, and the packages above; all of a package
    whose name ends with a dot."""
    parts = named.rstrip(".").split(".")
    while parts and ".".join(parts) not in index:
        parts.pop()
    if named.endswith(".") and ".".join(parts) == named.rstrip("."):
        yield from (name for name in index if name.startswith(named))
    for count in range(1, len(parts) + 1):
        above = ".".join(parts[:count])
        if above in index:
            yield above


@cache
def _named(file: Path, package: str, changed: int) -> frozenset[str]:  # noqa: ARG001 - a changed file is read again
    """Every dotted name that a file imports, or names in a string."""
    tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
    told = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    out: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            out |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            up = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*up, *([node.module] if node.module else [])])
            out |= {f"{base}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            out |= {name for name in DOTTED.findall(node.value) if name.partition(".")[0] in _FIRST}
    return frozenset(out)


def _beside(folder: Path) -> tuple[Path, ...]:
    """The files of a package that are no code, those in folders of its own that are no packages among them."""
    out: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name != "__pycache__" and not (path / "__init__.py").is_file():
            out += _beside(path)
        elif path.is_file() and path.suffix not in (".py", ".pyc", ".nbi", ".nbc"):
            out.append(path)
    return tuple(out)
