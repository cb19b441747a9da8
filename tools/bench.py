"""Runs every benchmark at full size, one module after the other, and goes on where the last run stopped.

Each `benchmarks/NAME.py` runs as `python -m benchmarks.NAME --json`. What it prints is kept line by line as it comes in
`build/bench/NAME.partial`; a module that finished keeps its table in `build/bench/NAME.txt` with the digest of the
code it was measured on, and is not run again until the code changes. The last line of each table is the module's own
JSON summary. A benchmark that keeps its cases apart finds in WAYHOME_BENCH a folder of its own for them.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tools.source import ROOT


def modules(root: Path) -> list[str]:
    """Every benchmark by name; files with a leading underscore, and those without a main part, are helpers."""
    found = []
    for path in sorted((root / "benchmarks").glob("*.py")):
        if not path.name.startswith("_") and '__name__ == "__main__"' in path.read_text(encoding="utf-8"):
            found.append(path.stem)
    return found


def digest(root: Path) -> str:
    """What a measurement depends on: all code of the package and the benchmarks, and the locked parts."""
    found = hashlib.sha256((root / "uv.lock").read_bytes())
    for folder in ("src", "benchmarks"):
        for path in sorted((root / folder).rglob("*.py")):
            found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def run(root: Path, name: str, code: str) -> bool:
    """Runs one benchmark unless its table is there for this code already; whether its targets were met."""
    folder = root / "build" / "bench"
    done = folder / f"{name}.txt"
    if done.is_file() and done.read_text(encoding="utf-8").startswith(f"code {code}\n"):
        sys.stdout.write(f"{name}: measured before on this code, see build/bench/{name}.txt\n")
        return _ok(done)
    cases = folder / f"{name}.{code[:12]}"
    cases.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{name}.partial"
    with partial.open("w", encoding="utf-8", buffering=1) as table:
        table.write(f"code {code}\n")
        status = _stream([sys.executable, "-m", f"benchmarks.{name}", "--json"], root, cases, table.write)
    if status in (0, 1):
        partial.replace(done)
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


def _ok(table: Path) -> bool:
    last = table.read_text(encoding="utf-8").rstrip().rpartition("\n")[2]
    try:
        return bool(json.loads(last).get("ok"))
    except (ValueError, AttributeError):
        return False


def main(root: Path = ROOT) -> int:
    code = digest(root)
    results = {name: run(root, name, code) for name in modules(root)}
    for name, ok in results.items():
        sys.stdout.write(f"{name}: {'targets met' if ok else 'targets NOT met'}\n")
    return 0 if all(results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
