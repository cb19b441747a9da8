"""Nobody sees what did not come through `access`: `Seen` is minted there alone, and no face reaches around it.

Three rules: outside `access`, `Seen` is a type and never a call; faces name neither the log nor the rows it keeps;
a log is read without a predicate only in the files listed.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.report import report
from tools.source import ROOT, Breach, Names, Source, sources

PACKAGE = "src/wayhome"
HOME = "src/wayhome/access/"
FACES = ("src/wayhome/cli/", "src/wayhome/links/", "src/wayhome/desk/")
LOG = "src/wayhome/log/"

PORT_NAMES = {
    f"wayhome.usecases.ports.{name}" for name in ("Row", "Entry", "Header", "Draft", "Batch", "Ask", "Log", "Grant")
}
"""What a log is made of: no face takes it in hand."""

UNFILTERED = {
    "src/wayhome/usecases/acting.py": "rules decide on the whole state",
    "src/wayhome/usecases/clockwork.py": "timers fire for everybody",
    "src/wayhome/usecases/following.py": "names are kept for every viewer, and shown by their mark",
    "src/wayhome/usecases/keeping.py": "projections are compared and rebuilt whole",
    "src/wayhome/usecases/rebuilding.py": "projections are rebuilt whole",
}
"""The only files that may read rows without a predicate, and why."""

WARDENS = ("src/wayhome/usecases/",)
"""Where the warden, who mints on behalf of a viewer, may be employed."""

FORCING = ("object.__setattr__", "object.__new__", "msgspec.structs.force_setattr")
HARMLESS = {"isinstance", "issubclass"}


def check(root: Path) -> list[Breach]:
    found: list[Breach] = []
    for source in sources(root, PACKAGE):
        names = source.names
        if not source.path.startswith(HOME):
            found.extend(_minting(source, names))
        if source.path.startswith(FACES):
            found.extend(_reaching(source, names))
        if source.path not in UNFILTERED and not source.path.startswith(LOG):
            found.extend(_unfiltered(source))
    return found


def _minting(source: Source, names: Names) -> Iterator[Breach]:
    """Whatever could make a `Seen`, or change what is in one."""
    for node in source.nodes:
        words = None
        if isinstance(node, ast.Call):
            words = _minting_call(node, names)
        elif isinstance(node, ast.ClassDef) and any(_is_seen(base, names) for base in node.bases):
            words = "makes a kind of Seen of its own"
        elif isinstance(node, ast.Attribute) and _is_seen(node.value, names):
            words = f"takes Seen.{node.attr} in hand"
        elif isinstance(node, ast.Attribute) and node.attr == "__class__":
            words = "takes the class of a value in hand"
        elif isinstance(node, ast.Assign | ast.NamedExpr) and _hides_seen(node, names):
            words = "hides Seen behind another name"
        if words:
            yield Breach(source.path, getattr(node, "lineno", 1), "seen", f"{words}; only access mints it")
    employed = any(name.startswith("wayhome.access") and name.endswith(".Warden") for name, _ in names.imported)
    if employed and not source.path.startswith(WARDENS):
        line = next(line for name, line in names.imported if name.endswith(".Warden"))
        yield Breach(source.path, line, "seen", "employs a Warden; only use cases do")


def _minting_call(node: ast.Call, names: Names) -> str | None:
    called = names.of(node.func) or ""
    if called in HARMLESS:
        return None
    if _is_seen(node.func, names):
        return "makes a Seen"
    if called in FORCING and not _on_self(node):
        return f"calls {called}, which can make or change a Seen"
    if isinstance(node.func, ast.Call) and names.of(node.func.func) == "type":
        return "calls the type of a value"
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    if any(_is_seen(one, names) for one in given):
        return f"hands Seen to {called or 'a call'}"
    if called.endswith("replace") and "value" in {keyword.arg for keyword in node.keywords}:
        return "puts another value into what was seen"
    return None


def _on_self(node: ast.Call) -> bool:
    """A frozen class finishing itself; a kind of Seen of its own is refused elsewhere."""
    return bool(node.args) and isinstance(node.args[0], ast.Name) and node.args[0].id == "self"


def _is_seen(node: ast.AST, names: Names) -> bool:
    if isinstance(node, ast.Subscript):
        return _is_seen(node.value, names)
    name = names.of(node) or ""
    return name.startswith("wayhome.access") and name.endswith(".Seen")


def _hides_seen(node: ast.Assign | ast.NamedExpr, names: Names) -> bool:
    """`S = Seen` is another name to mint with; `S = Seen[int]` at the top of a file is a type and stays one."""
    return not isinstance(node.value, ast.Subscript) and _is_seen(node.value, names)


def _reaching(source: Source, names: Names) -> Iterator[Breach]:
    for name, line in names.imported:
        if name == "wayhome.log" or name.startswith("wayhome.log."):
            yield Breach(source.path, line, "seen", f"a face imports {name}; only the assembly opens the log")
        elif name in PORT_NAMES or name == "wayhome.usecases.ports.*":
            yield Breach(source.path, line, "seen", f"a face imports {name}; faces take Seen values and nothing else")


def _unfiltered(source: Source) -> Iterator[Breach]:
    for node in source.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "rows":
            given = node.args[1:2] + [one.value for one in node.keywords if one.arg == "predicate"]
            if any(isinstance(one, ast.Constant) and one.value is None for one in given):
                yield Breach(source.path, node.lineno, "seen", "reads rows without a predicate")


if __name__ == "__main__":
    sys.exit(report(check(ROOT)))
