"""Runs benchmarks at full size, one after the other, goes on where the last run stopped, and writes docs/benchmarks.md.

    python -m tools.bench [NAME ...] [--again] [--page]

Each `benchmarks/NAME.py` runs as `python -m benchmarks.NAME`; without names, all of them; with --again, those that
were measured on this code as well; with --page none: the page is written of what was measured before. What a benchmark
prints is kept line by line as it comes in `build/bench/NAME.partial`; one that finished keeps its table in
`build/bench/NAME.txt`, and is not run again until the code changes that it rests on (`tools.imports`) or the locked
parts. What the page needs of a table is put into benchmarks/measured, to be committed with the page. The first line of
a table says what it was measured on and with, as JSON; the last line is the benchmark's own JSON summary. A benchmark
that keeps its cases apart finds in WAYHOME_BENCH a folder of its own for them.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.bench_page import PAGE, page
from tools.bench_tables import Table, keep, table_of, told_of
from tools.imports import Rests, rests_on
from tools.source import ROOT

TOLD = ("numpy", "numba", "scipy", "ortools", "scikit-image", "apsw-sqlite3mc", "cedarpy", "playwright")
"""The packages whose versions are told where a benchmark rests on them."""


def modules(root: Path) -> list[str]:
    """Every benchmark by name; files with a leading underscore, and those without a main part, are helpers."""
    found = []
    for path in sorted((root / "benchmarks").glob("*.py")):
        if not path.name.startswith("_") and '__name__ == "__main__"' in path.read_text(encoding="utf-8"):
            found.append(path.stem)
    return found


def digest(root: Path, name: str) -> str:
    """What a measurement depends on: every file that the benchmark rests on, its cases, and the locked parts."""
    found = hashlib.sha256((root / "uv.lock").read_bytes())
    cases = sorted((root / "benchmarks" / "cases").glob(f"{name}.*"))
    for path in (*rests_on(root, f"benchmarks.{name}").files, *cases):
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def measured_with(root: Path, name: str, code: str) -> dict[str, Any]:
    """The code, the day, the versions and the machine: its processor and cores, never its name or paths."""
    return {
        "code": code,
        "date": datetime.now(UTC).date().isoformat(),
        "versions": {"Python": platform.python_version()} | versions(rests_on(root, f"benchmarks.{name}")),
        "cores": os.cpu_count(),
        "processor": processor(),
    }


def versions(rests: Rests) -> dict[str, str]:
    """Those of the packages told that a benchmark rests on, and that are installed."""
    told = importlib.metadata.packages_distributions()
    held = {part for name in rests.others for part in told.get(name, ())}
    return {part: importlib.metadata.version(part) for part in TOLD if part in held}


def processor() -> str:
    """Its model as it names itself."""
    told = Path("/proc/cpuinfo")
    if told.is_file():
        for line in told.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def run(root: Path, name: str, code: str, *, again: bool = False) -> bool:
    """Runs one benchmark unless its table is there for this code already; whether its targets were met."""
    folder = root / "build" / "bench"
    kept = table_of(root, name)
    if kept is not None and kept.code == code and not again:
        sys.stdout.write(f"{name}: measured before on this code, see build/bench/{name}.txt\n")
        return kept.ok
    cases = folder / f"{name}.{code[:12]}"
    cases.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{name}.partial"
    with partial.open("w", encoding="utf-8", buffering=1) as table:
        table.write(json.dumps(measured_with(root, name, code)) + "\n")
        status = _stream([sys.executable, "-m", f"benchmarks.{name}"], root, cases, table.write)
    if status in (0, 1):
        partial.replace(folder / f"{name}.txt")
        keep(root, name)
        return status == 0
    sys.stderr.write(f"{name}: stopped with {status}; what it measured so far is in build/bench/{name}.partial\n")
    return False


def _stream(command: list[str], root: Path, cases: Path, keep: Callable[[str], object]) -> int:
    environment = os.environ | {"WAYHOME_BENCH": str(cases)}
    with subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        for line in running.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            keep(line)
    return running.returncode


def write_page(root: Path, names: Sequence[str]) -> None:
    """Writes docs/benchmarks.md of every table there is, here or among the sources."""
    told: dict[str, tuple[Table | None, str]] = {name: (told_of(root, name), digest(root, name)) for name in names}
    path = root / PAGE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(root, told), encoding="utf-8")
    sys.stdout.write(f"written: {PAGE}\n")


def main(arguments: Sequence[str] = (), root: Path = ROOT) -> int:
    every = modules(root)
    names = [one for one in arguments if one not in ("--page", "--again")]
    unknown = [one for one in names if one not in every]
    if unknown:
        sys.stderr.write(f"no benchmark is called {', '.join(unknown)}: there are {', '.join(every)}\n")
        return 2
    chosen = [] if "--page" in arguments else names or every
    again = "--again" in arguments
    results = {name: run(root, name, digest(root, name), again=again) for name in chosen}
    write_page(root, every)
    for name, ok in results.items():
        sys.stdout.write(f"{name}: {'targets met' if ok else 'targets NOT met'}\n")
    return 0 if all(results.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
