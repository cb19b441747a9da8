"""Compiled code is kept beside its file and looked up by that file alone; what it takes in from others is marked."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

import wayhome.engines.search.plans
import wayhome.terrain

PLANS = Path(str(wayhome.engines.search.plans.__file__)).parent
CLOCK = PLANS / "clock.py"
RESTS_ON = {
    "ways.py": (Path(str(wayhome.terrain.__file__)).parent / "spread.py",),
    "mass.py": (CLOCK,),
    "paths.py": (CLOCK,),
    "greedy.py": (CLOCK, PLANS / "paths.py"),
    "space.py": (PLANS / "sighting.py",),
}
MARK = re.compile(r'^MADE_WITH: Final = "(\w+)"$', re.MULTILINE)


def digest(files: tuple[Path, ...]) -> str:
    """Of the files' text but their own marks."""
    text = "".join(MARK.sub("", file.read_text(encoding="utf-8")) for file in files)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@pytest.mark.parametrize("name", RESTS_ON)
def test_each_file_of_compiled_code_is_marked_with_what_it_rests_on(name: str) -> None:
    """A change in a file that compiled code takes in changes the file that holds it, so that it is compiled anew."""
    found = MARK.search((PLANS / name).read_text(encoding="utf-8"))
    wanted = digest(RESTS_ON[name])
    assert found is not None and found.group(1) == wanted, f'{name}: write MADE_WITH: Final = "{wanted}"'
