"""The house itself: what make promises, what the wheel carries, and that loading an engine loads no solver."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tools.source import ROOT

from tools import set_up


def test_an_old_python_is_refused() -> None:
    """Set-up on an old Python says which one is needed and how to give it."""
    with pytest.raises(set_up.SetUpFailed, match=r"Python 3\.9 is too old: Wayhome needs 3\.11"):
        set_up.check_python((3, 9))
    set_up.check_python((3, 11))


def test_set_up_again_does_nothing(tmp_path: Path) -> None:
    """Once the locked set is in, set-up has nothing to do until the lock, the project or the Python changes."""
    for name in ("pyproject.toml", "uv.lock"):
        (tmp_path / name).write_text(name)
    binaries = tmp_path / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "wayhome").touch()
    (tmp_path / ".venv" / ".set-up").write_text(set_up.digest(tmp_path))
    assert set_up.set_up(tmp_path) is False
    before = set_up.digest(tmp_path)
    (tmp_path / "uv.lock").write_text("changed")
    assert set_up.digest(tmp_path) != before


def test_set_up_is_read_by_an_old_python() -> None:
    """The file that refuses an old Python must itself be read by one: it imports the standard library only."""
    import ast

    tree = ast.parse((ROOT / "tools/set_up.py").read_text(encoding="utf-8"), feature_version=(3, 8))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert names <= sys.stdlib_module_names


@pytest.mark.parametrize("target", ["setup", "demo", "test", "bench", "lint"])
def test_make_has_every_promised_target(target: str) -> None:
    """Each command that stays is a target of the Makefile."""
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_build_takes_all_of_the_package() -> None:
    """The wheel is the whole package folder, data files included, and nothing is left out."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["hatch"]["build"]["targets"]["wheel"] == {"packages": ["src/wayhome"]}


def test_loading_the_tasking_engine_loads_no_solver() -> None:
    """The solver takes half a second to load: only a proposal pays for it."""
    code = "import sys, wayhome.engines.tasking; sys.exit('ortools' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_licence_is_whole() -> None:
    """LICENSE is the full text of the Apache License 2.0, to its appendix."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert "APPENDIX: How to apply the Apache License to your work." in text
