"""Each rule of size has been seen to fail at its edge."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tools.planting import found, plant
from tools.source import ROOT

from tools import check_size


def function(lines: int, name: str = "f") -> str:
    return f"def {name}():\n" + "    pass\n" * (lines - 1)


@pytest.mark.parametrize("folder", ["src", "tests", "tools", "benchmarks", "examples"])
def test_a_long_function_is_found(folder: str, tmp_path: Path) -> None:
    """71 lines are found, in every folder of code; methods and async functions as well."""
    few = function(2, "a") * 50
    assert found(check_size.check, tmp_path, f"{folder}/planted.py", few + function(71))
    assert found(check_size.check, tmp_path, f"{folder}/planted.py", few + "async " + function(71))
    assert found(check_size.check, tmp_path, f"{folder}/planted.py", few + function(70)) == []


def test_a_long_file_is_found(tmp_path: Path) -> None:
    """501 lines are found and 500 are not."""
    assert found(check_size.check, tmp_path, "src/planted.py", "x = 1\n" * 501)
    assert found(check_size.check, tmp_path, "src/planted.py", "x = 1\n" * 500) == []


def test_too_many_middling_functions_are_found(tmp_path: Path) -> None:
    """Where fewer than nine in ten are under 35 lines it is found."""
    assert found(check_size.check, tmp_path, "src/planted.py", function(35) + function(3) * 8)
    assert found(check_size.check, tmp_path, "src/planted.py", function(35) + function(3) * 9) == []


def test_the_figures_are_told(tmp_path: Path) -> None:
    """Median, share and longest stand in one line; an empty tree has none."""
    assert check_size.summary(tmp_path) == "no functions"
    plant(tmp_path, "src/planted.py", function(4) + function(6) + function(40))
    assert check_size.summary(tmp_path) == "3 functions: median 6 lines, 66.7% under 35, longest 40"


def test_wayhome_itself_is_small() -> None:
    """The tree as it stands keeps to its sizes, and its median function is under 10 lines."""
    assert [str(one) for one in check_size.check(ROOT)] == []
    assert float(check_size.summary(ROOT).split("median ")[1].split()[0]) < 10
