"""What a module rests on: every file of this repository that it takes in, by way of others as well.

Read off the source, so nothing is run: imports anywhere in a file, and modules named in its strings (for a process of
their own, or by `import_module`), docstrings left out. Files that are no code count with the package they lie in.

On the pure floors taking a module in does nothing, so a package there whose own file only passes names on is followed
name by name: who takes in one room of `wayhome.engines.tasking` does not rest on the rooms beside it.
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
PURE = ("wayhome.values", "wayhome.terrain", "wayhome.engines")
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
        for named in _named(file, _package(name, file), file.stat().st_mtime_ns):
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
    whose name ends with a dot. Where that part only passes names on: the module that the name comes from."""
    parts = named.rstrip(".").split(".")
    while parts and ".".join(parts) not in index:
        parts.pop()
    whole = ".".join(parts)
    if named.endswith(".") and whole == named.rstrip("."):
        yield from (name for name in index if name.startswith(named))
    origin = _passed_on(whole, index).get(named[len(whole) + 1 :].partition(".")[0]) if whole else None
    if origin is not None:
        yield from _ours(origin, index)
        return
    for count in range(1, len(parts) + 1):
        above = ".".join(parts[:count])
        if above == whole or (above in index and not _passed_on(above, index)):
            yield above


def _passed_on(name: str, index: dict[str, Path]) -> dict[str, str]:
    """The names that a package of the pure floors only passes on, each with where it comes from; none where it is no
    such package, or where it does more than that."""
    file = index[name]
    if file.stem != "__init__" or not name.startswith(PURE):
        return {}
    return _passing(file, name, file.stat().st_mtime_ns)


@cache
def _passing(file: Path, name: str, changed: int) -> dict[str, str]:  # noqa: ARG001 - a changed file is read again
    out: dict[str, str] = {}
    for node in ast.parse(file.read_text(encoding="utf-8"), str(file)).body:
        if isinstance(node, ast.ImportFrom):
            base = _base(node, name)
            out |= {alias.asname or alias.name: f"{base}.{alias.name}" for alias in node.names}
        elif not (isinstance(node, ast.Expr) or (isinstance(node, ast.Assign) and _is_all(node))):
            return {}
    return out


def _is_all(node: ast.Assign) -> bool:
    return [one.id for one in node.targets if isinstance(one, ast.Name)] == ["__all__"]


def _package(name: str, file: Path) -> str:
    return name if file.stem == "__init__" else name.rpartition(".")[0]


def _base(node: ast.ImportFrom, package: str) -> str:
    """The module that names are taken from, told from the root on."""
    up = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    return ".".join([*up, *([node.module] if node.module else [])])


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
            out |= {f"{_base(node, package)}.{alias.name}" for alias in node.names}
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
