"""Each rule of words has been seen to fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tools.planting import found
from tools.source import ROOT

from tools import check_words

SLASH = "/"
DOT = "."
WORDS = [
    f"see {SLASH}home{SLASH}ada{SLASH}notes",
    f"'{SLASH}work{SLASH}main'",
    f"path={SLASH}tmp{SLASH}x",
    f"({SLASH}Users{SLASH}ada)",
    "C:" + "\\" + "Users",
    f"https:{SLASH}{SLASH}pypi{DOT}org{SLASH}simple",
    f"files.pythonhosted{DOT}org",
    f"ghcr{DOT}io{SLASH}x",
]


@pytest.mark.parametrize("text", WORDS)
@pytest.mark.parametrize("path", ["docs/planted.md", "src/wayhome/planted.py", "Makefile", "examples/run.sh"])
def test_a_word_of_one_machine_is_found(text: str, path: str, tmp_path: Path) -> None:
    """Paths of one machine and package hosts are found in code, docs and scripts alike."""
    assert found(check_words.check, tmp_path, path, f"# {text}\n")


@pytest.mark.parametrize("text", ["../shared/data", "docs/tmp/x", "$HOME/tmp/x", "https://example.com/home/x", "a/b"])
def test_other_paths_pass(text: str, tmp_path: Path) -> None:
    """Relative paths and addresses on the web are fine."""
    assert found(check_words.check, tmp_path, "docs/honest.md", f"{text}\n") == []


@pytest.mark.parametrize(
    "handler",
    [
        "try:\n    f()\nexcept:\n    pass",
        "try:\n    f()\nexcept Exception:\n    pass",
        "try:\n    f()\nexcept BaseException as e:\n    pass",
        "try:\n    f()\nexcept (ValueError, Exception):\n    pass",
        "import builtins\ntry:\n    f()\nexcept builtins.Exception:\n    pass",
        "E = Exception\ntry:\n    f()\nexcept E:\n    pass",
        "import contextlib\nwith contextlib.suppress(Exception):\n    f()",
        "from contextlib import suppress as s\nwith s(BaseException):\n    f()",
    ],
)
def test_a_broad_handler_is_found(handler: str, tmp_path: Path) -> None:
    """Broad handlers are found but for the edges listed; narrow ones pass."""
    assert found(check_words.check, tmp_path, "src/wayhome/usecases/planted.py", handler)
    (tmp_path / "src/wayhome/usecases/planted.py").unlink()
    assert found(check_words.check, tmp_path, "src/wayhome/cli/main.py", handler) == []
    assert found(check_words.check, tmp_path, "src/wayhome/x.py", "try:\n    f()\nexcept ValueError:\n    pass") == []


@pytest.mark.parametrize("code", ["print('x')", "p = print\np('x')", "import builtins\nbuiltins.print('x')"])
def test_printing_in_a_library_is_found(code: str, tmp_path: Path) -> None:
    """A library stays silent; the command line speaks."""
    assert found(check_words.check, tmp_path, "src/wayhome/usecases/planted.py", code)
    (tmp_path / "src/wayhome/usecases/planted.py").unlink()
    assert found(check_words.check, tmp_path, "src/wayhome/cli/show.py", code) == []


def test_a_binary_file_is_passed_over(tmp_path: Path) -> None:
    """What is no text has no words."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "noise.txt").write_bytes(b"\xff\xfe" + f"{SLASH}home{SLASH}ada".encode())
    assert check_words.check(tmp_path) == []


def test_wayhome_itself_minds_its_words() -> None:
    """The repository as it stands names no machine, no package host, and handles nothing broadly."""
    assert [str(one) for one in check_words.check(ROOT)] == []
