"""Compiled code is kept beside its file and looked up by that file alone; what it takes in from others is marked."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

import wayhome.engines.tasking.days

DAYS = Path(str(wayhome.engines.tasking.days.__file__)).parent
RESTS_ON = {
    "board.py": ("world.py",),
    "fitting.py": ("world.py", "../chance.py", "board.py"),
    "breaking.py": ("world.py", "../chance.py", "board.py", "fitting.py"),
    "anneal.py": ("world.py", "../chance.py", "board.py", "fitting.py", "breaking.py"),
}
MARK = re.compile(r'^MADE_WITH: Final = "(\w+)"$', re.MULTILINE)


def digest(names: tuple[str, ...]) -> str:
    """Of the files' text but their own marks."""
    text = "".join(MARK.sub("", (DAYS / name).read_text(encoding="utf-8")) for name in names)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@pytest.mark.parametrize("name", RESTS_ON)
def test_each_file_of_compiled_code_is_marked_with_what_it_rests_on(name: str) -> None:
    """A change in a file that compiled code takes in changes the file that holds it, so that it is compiled anew."""
    found = MARK.search((DAYS / name).read_text(encoding="utf-8"))
    wanted = digest(RESTS_ON[name])
    assert found is not None and found.group(1) == wanted, f'{name}: write MADE_WITH: Final = "{wanted}"'
