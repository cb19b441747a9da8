"""What must not stand in the repository: paths of somebody's machine, package hosts, broad handlers, stray prints."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.report import report
from tools.source import ROOT, Breach, Names, Source, sources

TEXT = {".py", ".md", ".toml", ".sh", ".yml", ".yaml", ".json", ".csv", ".txt", ".typ", ".cfg", ".ini", ""}
NOT_OURS = {"uv.lock", "LICENSE"}
SKIPPED = {".git", ".venv", "build", "dist", "__pycache__"}

FOLDERS = "|".join(("home", "root", "work", "Users", "tmp", "mnt", "opt"))
MACHINE = re.compile(rf"(?<![\w./~$}}>-])/(?:{FOLDERS})/\w|\b[A-Z]:\\+Users\b")
HOSTS = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("crates", "io"),
            ("ghcr", "io"),
            ("docker", "io"),
            ("quay", "io"),
            ("conda", "anaconda", "org"),
        )
    )
)
"""Written in parts, so that this file does not breach its own rule."""

BROAD = {"Exception", "BaseException", "builtins.Exception", "builtins.BaseException"}
EDGES = {
    "src/wayhome/cli/main.py": "the last resort of the command line",
    "src/wayhome/log/socket.py": "one bad client must not end the owner of the log",
    "src/wayhome/log/writer.py": "a failed group must fail its futures, whatever it was",
    "src/wayhome/links/socket.py": "one bad client must not end the owner of the log",
}
"""Where a broad handler may stand, and why."""

SPEAKING = ("src/wayhome/cli/",)
"""Whose work it is to print."""


def check(root: Path) -> list[Breach]:
    found = [breach for path in _texts(root) for breach in _words_in(root, path)]
    for source in sources(root, "src"):
        found.extend(_code_in(source))
    return found


def _texts(root: Path) -> Iterator[Path]:
    """The repository's text files: those git tracks or would track, or all of them where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=root,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = [root / name for name in listed.stdout.decode().split("\0") if name]
    else:
        names = [path for path in root.rglob("*") if not SKIPPED & set(path.relative_to(root).parts)]
    for path in sorted(names):
        if path.is_file() and path.suffix in TEXT and path.name not in NOT_OURS:
            yield path


def _words_in(root: Path, path: Path) -> Iterator[Breach]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    name = path.relative_to(root).as_posix()
    for number, line in enumerate(text.splitlines(), start=1):
        for rule, what in ((MACHINE, "a path of one machine"), (HOSTS, "a package host")):
            hit = rule.search(line)
            if hit:
                yield Breach(name, number, "words", f"{hit.group()!r} is {what}")


def _code_in(source: Source) -> Iterator[Breach]:
    names = source.names
    speaks = source.path.startswith(SPEAKING)
    for node in source.nodes:
        words = None
        if source.path not in EDGES and _catches_all(node, names):
            words = "catches everything; name what can go wrong"
        elif not speaks and names.of(node) in ("print", "builtins.print"):
            words = "prints; a library answers and stays silent"
        if words:
            yield Breach(source.path, getattr(node, "lineno", 1), "words", words)


def _catches_all(node: ast.AST, names: Names) -> bool:
    if isinstance(node, ast.ExceptHandler):
        return _is_broad(node.type, names)
    suppresses = isinstance(node, ast.Call) and names.of(node.func) == "contextlib.suppress"
    return suppresses and isinstance(node, ast.Call) and any(_is_broad(one, names) for one in node.args)


def _is_broad(caught: ast.expr | None, names: Names) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(_is_broad(one, names) for one in caught.elts)
    return caught is None or names.of(caught) in BROAD


if __name__ == "__main__":
    sys.exit(report(check(ROOT)))
