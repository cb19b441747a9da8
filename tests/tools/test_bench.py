"""make bench: every module once per state of the code, its table kept as it grows."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tools.planting import plant

from tools import bench

MODULE = """
import json, os, pathlib, sys

if __name__ == "__main__":
    ran = pathlib.Path("ran.txt")
    ran.write_text(ran.read_text() + "x" if ran.exists() else "x")
    print("case a: 1 ms", flush=True)
    assert pathlib.Path(os.environ["WAYHOME_BENCH"]).is_dir()
    {end}
    print(json.dumps({{"ok": {ok}}}))
    sys.exit({code})
"""


def tree(root: Path, *, ok: bool = True, end: str = "") -> Path:
    plant(root, "uv.lock", "")
    plant(root, "src/wayhome/x.py", "x = 1\n")
    plant(root, "benchmarks/_helper.py", "raise SystemExit(9)\n")
    plant(root, "benchmarks/data.py", "rows = 3\n")
    plant(root, "benchmarks/one.py", MODULE.format(ok=ok, code=0 if ok else 1, end=end))
    return root


def test_a_benchmark_runs_once_per_code(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A finished table is kept and not measured again until the code changes."""
    tree(tmp_path)
    assert bench.modules(tmp_path) == ["one"]
    assert bench.main(tmp_path) == 0
    assert bench.main(tmp_path) == 0
    assert (tmp_path / "ran.txt").read_text() == "x"
    table = (tmp_path / "build/bench/one.txt").read_text().splitlines()
    assert table[1:] == ["case a: 1 ms", '{"ok": true}']
    plant(tmp_path, "src/wayhome/x.py", "x = 2\n")
    assert bench.main(tmp_path) == 0
    assert (tmp_path / "ran.txt").read_text() == "xx"
    assert "one: targets met" in capfd.readouterr().out


def test_missed_targets_are_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A benchmark that misses its targets makes the run fail, this time and from the kept table."""
    tree(tmp_path, ok=False)
    assert bench.main(tmp_path) == 1
    assert bench.main(tmp_path) == 1
    assert "one: targets NOT met" in capfd.readouterr().out


def test_what_was_measured_before_a_stop_is_kept(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A benchmark that dies leaves its partial table and is run again the next time."""
    tree(tmp_path, end="os._exit(7)")
    assert bench.main(tmp_path) == 1
    assert "case a: 1 ms" in (tmp_path / "build/bench/one.partial").read_text()
    assert not (tmp_path / "build/bench/one.txt").exists()
    assert "stopped with 7" in capfd.readouterr().err
    assert bench.main(tmp_path) == 1
    assert (tmp_path / "ran.txt").read_text() == "xx"
