"""The pure floors touch no disk, network, clock or global chance, and take no input: imports cannot show all of it.

Names are followed through imports, `as` and plain assignments; a banned name may not even be mentioned.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.report import report
from tools.source import ROOT, Breach, Names, Source, sources

FLOORS = tuple(f"src/wayhome/{name}" for name in ("values", "terrain", "mission", "engines", "access", "formats"))

MODULES = {
    "os": "the machine",
    "shutil": "the disk",
    "tempfile": "the disk",
    "glob": "the disk",
    "fileinput": "the disk",
    "importlib.resources": "the disk",
    "time": "the clock",
    "random": "global chance",
    "secrets": "global chance",
    "uuid": "global chance",
    "socket": "the network",
    "ssl": "the network",
    "http": "the network",
    "urllib.request": "the network",
    "asyncio": "the outside",
    "subprocess": "the outside",
    "multiprocessing": "the outside",
    "numpy.random": "global chance",
    "scipy.stats.qmc": "global chance",
}
"""Modules that no pure floor names at all, and what they touch."""

NAMES = {
    "open": "the disk",
    "io.open": "the disk",
    "io.FileIO": "the disk",
    "builtins.open": "the disk",
    "pathlib.Path": "the disk",
    "pathlib.PosixPath": "the disk",
    "numpy.load": "the disk",
    "numpy.save": "the disk",
    "numpy.savez": "the disk",
    "numpy.loadtxt": "the disk",
    "numpy.savetxt": "the disk",
    "numpy.genfromtxt": "the disk",
    "numpy.fromfile": "the disk",
    "numpy.memmap": "the disk",
    "datetime.datetime.now": "the clock",
    "datetime.datetime.utcnow": "the clock",
    "datetime.datetime.today": "the clock",
    "datetime.date.today": "the clock",
    "print": "the outside",
    "input": "the outside",
    "sys.stdin": "the outside",
    "sys.stdout": "the outside",
    "sys.stderr": "the outside",
    "sys.argv": "the outside",
    "eval": "anything at all",
    "exec": "anything at all",
    "__import__": "anything at all",
    "importlib.import_module": "anything at all",
}

METHODS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "rglob", "unlink", "tofile"}
"""Methods that touch the disk whatever they are called on."""

ALLOWED = {"numpy.random.Generator"}
"""Types that only carry chance handed in."""

ALLOWED_IN = {"src/wayhome/values/chance.py": {"numpy.random.Philox"}}


def check(root: Path) -> list[Breach]:
    return [breach for source in sources(root, *FLOORS) for breach in _breaches(source)]


def _breaches(source: Source) -> Iterator[Breach]:
    names = source.names
    for name, line in names.imported:
        touched = "anything at all" if name.endswith(".*") else _touches(name, source.path)
        if touched:
            yield Breach(source.path, line, "purity", f"imports {name}, which touches {touched}")
    inner = {id(node.value) for node in source.nodes if isinstance(node, ast.Attribute)}
    for node in source.nodes:
        found = None if id(node) in inner and names.of(node) else _breach_of(node, names, source.path)
        if found:
            yield Breach(source.path, getattr(node, "lineno", 1), "purity", found)


def _breach_of(node: ast.AST, names: Names, path: str) -> str | None:
    if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
        name = names.of(node)
        touched = name and _touches(name, path)
        if touched:
            return f"names {name}, which touches {touched}"
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            return f"calls .{node.attr}, which touches the disk"
    if isinstance(node, ast.Call) and names.of(node.func) == "getattr" and node.args:
        return _by_getattr(node, names, path)
    return None


def _by_getattr(node: ast.Call, names: Names, path: str) -> str | None:
    """`getattr(datetime, "now")` names what `datetime.now` names."""
    of, name = names.of(node.args[0]), node.args[1] if len(node.args) > 1 else None
    if of and isinstance(name, ast.Constant) and isinstance(name.value, str):
        touched = _touches(f"{of}.{name.value}", path)
        return f"reaches {of}.{name.value}, which touches {touched}" if touched else None
    return None


def _touches(name: str, path: str) -> str | None:
    """What a dotted name touches, or None. A longer name below an allowed one is allowed with it."""
    if any(name == one or name.startswith(f"{one}.") for one in ALLOWED | ALLOWED_IN.get(path, set())):
        return None
    for banned, touched in (NAMES | MODULES).items():
        if name == banned or name.startswith(f"{banned}."):
            return touched
    return None


if __name__ == "__main__":
    sys.exit(report(check(ROOT)))
