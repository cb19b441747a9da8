"""make bench: each module once per state of the code it rests on, its table kept as it grows, a page of them all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.tools.planting import plant
from tools.imports import rests_on

from tools import bench

MODULE = '''"""One thing, measured.

    python -m benchmarks.one

Target: at most 2 ms. The last line is one JSON object.
"""
import json, os, pathlib, sys

from wayhome import x

if __name__ == "__main__":
    ran = pathlib.Path("ran.txt")
    ran.write_text(ran.read_text() + "x" if ran.exists() else "x")
    print("case a: 1 ms", flush=True)
    assert pathlib.Path(os.environ["WAYHOME_BENCH"]).is_dir()
    {end}
    print(json.dumps({{"ok": {ok}{more}}}))
    sys.exit({code})
'''
MUSTS = ', "musts": [{"must": "at most 2 ms | a", "measured": "1 ms", "met": True}], "peers": {"Other": "1.2"}'


def tree(root: Path, *, ok: bool = True, end: str = "", more: str = "") -> Path:
    plant(root, "uv.lock", "")
    plant(root, "src/wayhome/__init__.py", "")
    plant(root, "src/wayhome/x.py", "x = 1\n")
    plant(root, "src/wayhome/aside.py", "y = 1\n")
    plant(root, "benchmarks/_helper.py", "raise SystemExit(9)\n")
    plant(root, "benchmarks/data.py", "rows = 3\n")
    plant(root, "benchmarks/one.py", MODULE.format(ok=ok, code=0 if ok else 1, end=end, more=more))
    return root


def run(root: Path, *names: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("PYTHONPATH", str(root / "src"))
    return bench.main(names, root)


def page(root: Path) -> str:
    return (root / "docs/benchmarks.md").read_text(encoding="utf-8")


def test_a_benchmark_runs_once_per_code(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A finished table is kept and not measured again until the code that it rests on changes."""
    tree(tmp_path)
    assert bench.modules(tmp_path) == ["one"]
    assert run(tmp_path, monkeypatch=monkeypatch) == run(tmp_path, monkeypatch=monkeypatch) == 0
    assert (tmp_path / "ran.txt").read_text() == "x"
    first, *table = (tmp_path / "build/bench/one.txt").read_text().splitlines()
    assert table == ["case a: 1 ms", '{"ok": true}']
    assert set(json.loads(first)) == {"code", "date", "versions", "cores", "processor"}
    plant(tmp_path, "src/wayhome/aside.py", "y = 2\n")
    assert run(tmp_path, monkeypatch=monkeypatch) == 0
    assert (tmp_path / "ran.txt").read_text() == "x"
    plant(tmp_path, "src/wayhome/x.py", "x = 2\n")
    assert run(tmp_path, monkeypatch=monkeypatch) == 0
    assert (tmp_path / "ran.txt").read_text() == "xx"
    assert run(tmp_path, "one", "--again", monkeypatch=monkeypatch) == 0
    assert (tmp_path / "ran.txt").read_text() == "xxx"
    assert "one: targets met" in capfd.readouterr().out


def test_missed_targets_are_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A benchmark that misses its targets makes the run fail, this time and from the kept table."""
    tree(tmp_path, ok=False)
    assert run(tmp_path, monkeypatch=monkeypatch) == run(tmp_path, monkeypatch=monkeypatch) == 1
    assert "one: targets NOT met" in capfd.readouterr().out


def test_what_was_measured_before_a_stop_is_kept(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A benchmark that dies leaves its partial table and is run again the next time."""
    tree(tmp_path, end="os._exit(7)")
    assert run(tmp_path, monkeypatch=monkeypatch) == 1
    assert "case a: 1 ms" in (tmp_path / "build/bench/one.partial").read_text()
    assert not (tmp_path / "build/bench/one.txt").exists()
    assert "stopped with 7" in capfd.readouterr().err
    assert run(tmp_path, monkeypatch=monkeypatch) == 1
    assert (tmp_path / "ran.txt").read_text() == "xx"
    assert "**Not measured on this code**, and no older figure is at hand." in page(tmp_path)


def test_some_are_run_by_name(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names choose what is run; the page tells of all; a name that is none is refused with those there are."""
    tree(tmp_path)
    plant(tmp_path, "benchmarks/two.py", MODULE.format(ok=True, code=0, end="", more=""))
    assert run(tmp_path, "two", monkeypatch=monkeypatch) == 0
    assert (tmp_path / "ran.txt").read_text() == "x"
    assert "## one" in page(tmp_path) and page(tmp_path).count("Target: at most 2 ms.") == 2
    assert "| never here | not measured on this code |" in page(tmp_path)
    assert run(tmp_path, "three", monkeypatch=monkeypatch) == 2
    assert "no benchmark is called three: there are one, two" in capfd.readouterr().err


def test_the_page_tells_what_must_be_and_what_was_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Command, must, figure, met; versions and peers; no place of this machine."""
    tree(tmp_path, end='print(pathlib.Path("x").resolve())')
    assert run(tmp_path, monkeypatch=monkeypatch) == 0
    told = page(tmp_path)
    assert "| [one](#one) | One thing, measured. |" in told and "`python -m benchmarks.one`" in told
    assert "Target: at most 2 ms." in told and "case a: 1 ms" in told and "with Python 3." in told
    assert str(tmp_path) not in told and "./x" in told
    plant(tmp_path, "benchmarks/one.py", MODULE.format(ok=True, code=0, end="", more=MUSTS))
    assert run(tmp_path, monkeypatch=monkeypatch) == 0
    assert "| at most 2 ms \\| a | 1 ms | met |" in page(tmp_path) and "Beside it: Other 1.2." in page(tmp_path)


def test_figures_are_not_lost_with_the_folder_they_were_made_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is the same without build/bench, without a place of this machine; but here it is measured anew."""
    tree(tmp_path, end='print(pathlib.Path("x").resolve())')
    assert run(tmp_path, monkeypatch=monkeypatch) == 0
    told = page(tmp_path)
    (tmp_path / "build/bench/one.txt").unlink()
    assert run(tmp_path, "--page", monkeypatch=monkeypatch) == 0
    assert page(tmp_path) == told and "case a: 1 ms" in told
    assert str(tmp_path) not in (tmp_path / "benchmarks/measured/one.txt").read_text()
    assert run(tmp_path, monkeypatch=monkeypatch) == 0
    assert (tmp_path / "ran.txt").read_text() == "xx"


def test_what_is_said_of_a_miss_stays_and_old_figures_are_called_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Explanations live in a file of their own and are merged in each time; a figure of other code is said to be so."""
    tree(tmp_path, ok=False)
    assert run(tmp_path, monkeypatch=monkeypatch) == 1
    assert "Not yet said." in page(tmp_path)
    plant(tmp_path, "benchmarks/misses.toml", 'one = """\nThe disk is slow.\n"""\n')
    assert run(tmp_path, "--page", monkeypatch=monkeypatch) == 0
    assert "what was tried.** The disk is slow." in page(tmp_path)
    assert "The figures are of an older state" not in page(tmp_path)
    plant(tmp_path, "src/wayhome/x.py", "x = 3\n")
    assert run(tmp_path, "--page", monkeypatch=monkeypatch) == 0
    assert (tmp_path / "ran.txt").read_text() == "x"
    assert "**Not measured on this code.** The figures are of an older state of it" in page(tmp_path)
    assert "| missed, but not measured on this code |" in page(tmp_path)


def test_what_a_module_rests_on(tmp_path: Path) -> None:
    """Imports of every kind, by way of others, and modules named in strings; words in docstrings are none."""
    plant(tmp_path, "benchmarks/__init__.py", "")
    plant(
        tmp_path,
        "benchmarks/one.py",
        '"""See wayhome.unnamed."""\nimport json, numpy.linalg\nfrom wayhome.a import b\n'
        'CODE = "from wayhome.f import y"\n'
        'import_module(f"wayhome.many.{name}")\n',
    )
    plant(tmp_path, "src/wayhome/a/__init__.py", "from .c import thing\n")
    plant(tmp_path, "src/wayhome/a/b.py", "def late():\n    from ..d import e\n")
    plant(tmp_path, "src/wayhome/a/words.toml", "")
    plant(tmp_path, "src/wayhome/a/static/page.js", "")
    for name in ("a/c", "a/other", "d", "unnamed", "f", "many/__init__", "many/one", "many/two"):
        plant(tmp_path, f"src/wayhome/{name}.py", "")
    rests = rests_on(tmp_path, "benchmarks.one")
    assert {path.relative_to(tmp_path).as_posix() for path in rests.files} == {
        "benchmarks/__init__.py",
        "benchmarks/one.py",
        *(
            f"src/wayhome/{name}"
            for name in (
                *("a/__init__.py", "a/b.py", "a/c.py", "a/words.toml", "a/static/page.js", "d.py", "f.py"),
                *("many/__init__.py", "many/one.py", "many/two.py"),
            )
        ),
    }
    assert rests.others == {"numpy"}


def test_a_package_that_passes_names_on_is_followed_by_name(tmp_path: Path) -> None:
    """On a pure floor one room, and one name, rest on nothing beside them; what does more is taken in whole."""
    plant(tmp_path, "benchmarks/one.py", "from wayhome.engines.who import plan\nfrom wayhome.engines.how import run\n")
    plant(tmp_path, "benchmarks/two.py", "from wayhome.engines.who.days import roster\n")
    plant(tmp_path, "src/wayhome/engines/who/__init__.py", '"""Who."""\nfrom .a import plan\nfrom .b import other\n')
    plant(tmp_path, "src/wayhome/engines/how/__init__.py", "from .c import run\nfrom .d import walk\nready = walk()\n")
    for name in ("who/a", "who/b", "who/days", "how/c", "how/d"):
        plant(tmp_path, f"src/wayhome/engines/{name}.py", "")

    def rooms(module: str) -> set[str]:
        return {path.relative_to(tmp_path).as_posix() for path in rests_on(tmp_path, module).files} - {
            "benchmarks/one.py",
            "benchmarks/two.py",
        }

    engines = "src/wayhome/engines"
    assert rooms("benchmarks.two") == {f"{engines}/who/days.py"}
    assert rooms("benchmarks.one") == {f"{engines}/{one}.py" for one in ("who/a", "how/__init__", "how/c", "how/d")}
