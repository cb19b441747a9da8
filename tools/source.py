"""What the checks share: a breach, the files to look at, and names followed through imports and aliases."""

from __future__ import annotations

import ast
import builtins
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
KEPT = 4000
"""So many parsed files at once: more than there are."""
CODE = ("src", "tests", "tools", "benchmarks", "examples")


class Breach(NamedTuple):
    """One place that breaks a rule. `path` is relative to the root that was checked."""

    path: str
    line: int
    rule: str
    words: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.words}"


class Source:
    """One parsed Python file. What each check asks of it is found once."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.lines = text.count("\n")
        self._tree = ast.parse(text, path)

    @functools.cached_property
    def nodes(self) -> list[ast.AST]:
        """The whole tree."""
        return list(ast.walk(self._tree))

    @functools.cached_property
    def names(self) -> Names:
        return Names(self)


def sources(root: Path, *folders: str) -> Iterator[Source]:
    """Every Python file below `folders` of `root`, in order of path; folders that are absent are left out."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            if "__pycache__" not in path.parts:
                yield _parsed(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=KEPT)
def _parsed(name: str, text: str) -> Source:
    """Parsed once for all checks."""
    return Source(name, text)


class Names:
    """What each name in a file stands for: `now` after `from datetime import datetime as now` is datetime.datetime.

    Follows imports (anywhere in the file, relative ones too) and plain assignments of one name to another.
    """

    def __init__(self, source: Source) -> None:
        self._meaning: dict[str, str] = {}
        self.imported: list[tuple[str, int]] = []
        package = _package(source.path)
        for node in source.nodes:
            if isinstance(node, ast.Import):
                self._take_import(node)
            elif isinstance(node, ast.ImportFrom):
                self._take_from(node, package)
        for node in source.nodes:
            if isinstance(node, ast.Assign):
                self._take_alias(node)

    def _take_import(self, node: ast.Import) -> None:
        for alias in node.names:
            self.imported.append((alias.name, node.lineno))
            first = alias.name.partition(".")[0]
            self._meaning[alias.asname or first] = alias.name if alias.asname else first

    def _take_from(self, node: ast.ImportFrom, package: list[str]) -> None:
        above = package[: len(package) - node.level + 1] if node.level else []
        module = ".".join([*above, *([node.module] if node.module else [])])
        for alias in node.names:
            self.imported.append((f"{module}.{alias.name}", node.lineno))
            self._meaning[alias.asname or alias.name] = f"{module}.{alias.name}"

    def _take_alias(self, node: ast.Assign) -> None:
        meaning = self.of(node.value)
        if meaning is not None:
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id != meaning:
                    self._meaning[target.id] = meaning

    def of(self, node: ast.AST) -> str | None:
        """The full dotted name that an expression names: of something imported or built in, else None."""
        if isinstance(node, ast.Name):
            return self._meaning.get(node.id, node.id if hasattr(builtins, node.id) else None)
        if isinstance(node, ast.Attribute):
            before = self.of(node.value)
            return f"{before}.{node.attr}" if before else None
        return None


def _package(path: str) -> list[str]:
    parts = list(Path(path).with_suffix("").parts)
    if parts[0] == "src":
        parts = parts[1:]
    return parts[:-1]
