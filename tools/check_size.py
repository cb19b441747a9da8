"""Small things: functions at most 70 lines, nine in ten under 35, files at most 500 lines."""

from __future__ import annotations

import ast
import statistics
import sys
from pathlib import Path

from tools.report import report
from tools.source import CODE, ROOT, Breach, Source, sources

FUNCTION_LINES = 70
SMALL_LINES = 35
SMALL_SHARE = 0.9
FILE_LINES = 500


def functions(source: Source) -> list[tuple[str, int, int]]:
    """Name, first line and length in lines (docstring and all, decorators not) of every function in a file."""
    return [
        (node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in source.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def check(root: Path) -> list[Breach]:
    found = []
    lengths = []
    for source in sources(root, *CODE):
        if source.lines > FILE_LINES:
            found.append(Breach(source.path, 1, "size", f"{source.lines} lines; a file has at most {FILE_LINES}"))
        for name, line, length in functions(source):
            if length > FUNCTION_LINES:
                words = f"{name} has {length} lines; a function has at most {FUNCTION_LINES}"
                found.append(Breach(source.path, line, "size", words))
            if source.path.startswith("src/"):
                lengths.append(length)
    share = sum(length < SMALL_LINES for length in lengths) / len(lengths) if lengths else 1.0
    if share < SMALL_SHARE:
        words = f"{share:.0%} of all functions are under {SMALL_LINES} lines; {SMALL_SHARE:.0%} should be"
        found.append(Breach("src", 1, "size", words))
    return found


def summary(root: Path) -> str:
    """The figures in one line."""
    lengths = sorted(length for source in sources(root, "src") for _, _, length in functions(source))
    if not lengths:
        return "no functions"
    small = sum(length < SMALL_LINES for length in lengths) / len(lengths)
    return (
        f"{len(lengths)} functions: median {statistics.median(lengths):g} lines, "
        f"{small:.1%} under {SMALL_LINES}, longest {lengths[-1]}"
    )


if __name__ == "__main__":
    sys.stdout.write(f"{summary(ROOT)}\n")
    sys.exit(report(check(ROOT)))
