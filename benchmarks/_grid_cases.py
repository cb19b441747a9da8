"""What the benchmarks of grid plans share: reading a table of cases, telling each, and the verdict."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks._musts import Must
from wayhome.engines.search import SearchError

Case = dict[str, Any]

FOLDER: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "search" / "benchmarks"
"""Where tables lie when none is named: beside the repository."""
LOOKED_IN: Final = "../shared/data/search/benchmarks"


def parser(doc: str | None) -> argparse.ArgumentParser:
    """The command line that all of them have."""
    line = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    line.add_argument("files", nargs="*", type=Path, metavar="FILE")
    line.add_argument("--json", action="store_true", help="the summary line only")
    line.add_argument("--quick", action="store_true", help="the first three cases only")
    return line


def rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """The table's rows. Raises SearchError for a file that cannot be read, is empty or lacks a column."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SearchError(f"{path}: cannot be read ({error})") from error
    if not found:
        raise SearchError(f"{path}: holds no case")
    missing = [name for name in columns if found[0].get(name) is None]
    if missing:
        raise SearchError(f"{path}: lacks the columns {', '.join(missing)}")
    return found


def figure(row: dict[str, str], name: str) -> float:
    """A figure of a row. Raises SearchError for what is none."""
    try:
        return float(row[name])
    except (TypeError, ValueError) as error:
        raise SearchError(f"the column {name} holds {row[name]!r}: give a figure") from error


def whole(row: dict[str, str], name: str) -> int:
    """A whole number of a row. Raises SearchError for what is none."""
    value = figure(row, name)
    if value != int(value):
        raise SearchError(f"the column {name} holds {row[name]!r}: give a whole number")
    return int(value)


def maybe(row: dict[str, str], name: str) -> float | None:
    """A figure that may be left out."""
    return figure(row, name) if row.get(name, "").strip() else None


def run(
    name: str,
    arguments: argparse.Namespace,
    columns: Sequence[str],
    measure: Callable[[dict[str, str]], Case],
    line: Callable[[Case], str],
    musts: Callable[[list[Case]], list[Must]],
) -> int:
    """Measures every case of every table, tells each on a line, last one JSON object; 1 where a limit was missed.

    Where no table is named and none lies beside the repository, it is said where it was looked for, and `ok` is null.
    """
    files = arguments.files or sorted(FOLDER.glob(DEFAULTS[name]))
    if not files:
        print(f"no table {DEFAULTS[name]} in {LOOKED_IN} beside the repository: nothing was measured; name a FILE")
        print(json.dumps({"benchmark": name, "ok": None}))
        return 0
    try:
        cases = []
        for row in _chosen((row for path in files for row in rows(path, columns)), quick=arguments.quick):
            cases.append(measure(row))
            if not arguments.json:
                print(line(cases[-1]), flush=True)
    except SearchError as error:
        print(error, file=sys.stderr)
        print(json.dumps({"benchmark": name, "ok": False, "error": str(error)}))
        return 1
    missed = [case for case in cases if not case["ok"]]
    if not arguments.json:
        print(f"{len(cases) - len(missed)} of {len(cases)} cases within their limits")
    told = musts(cases)
    print(json.dumps({"benchmark": name, "ok": not missed, "missed": len(missed), "musts": told, "cases": cases}))
    return 1 if missed else 0


DEFAULTS: Final = {"osp": "osp_*.csv", "searchers": "*searchers.csv", "fab": "fab_*.csv"}


def _chosen(found: Iterable[dict[str, str]], *, quick: bool) -> list[dict[str, str]]:
    return list(found)[: 3 if quick else None]
