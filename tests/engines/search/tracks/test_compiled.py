"""Compiled code is kept beside its file and looked up by that file alone; what it has taken in from others must not go
stale, neither while developing nor when a new version is installed over an old one."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

import wayhome.engines.search.tracks
import wayhome.terrain

TRACKS = Path(str(wayhome.engines.search.tracks.__file__)).parent
SPREAD = Path(str(wayhome.terrain.__file__)).parent / "spread.py"
WORDS = (TRACKS / "compass.py", TRACKS / "ground.py")
RESTS_ON = {
    "ground.py": (SPREAD, TRACKS / "compass.py"),
    "walking.py": WORDS,
    "passing.py": (*WORDS, TRACKS / "walking.py"),
    "whole.py": (*WORDS, TRACKS / "walking.py", TRACKS / "passing.py"),
    "speaking.py": (*WORDS, *(TRACKS / f"{name}.py" for name in ("walking", "passing", "whole", "looks"))),
}
MARK = re.compile(r'^MADE_WITH: Final = "(\w+)"$', re.MULTILINE)


def digest(files: tuple[Path, ...]) -> str:
    """Of the files' text but their own marks."""
    text = "".join(MARK.sub("", file.read_text(encoding="utf-8")) for file in files)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@pytest.mark.parametrize("name", RESTS_ON)
def test_each_file_of_compiled_code_is_marked_with_what_it_rests_on(name: str) -> None:
    """A change in a file that compiled code takes in changes the file that holds it, so that it is compiled anew."""
    found = MARK.search((TRACKS / name).read_text(encoding="utf-8"))
    wanted = digest(RESTS_ON[name])
    assert found is not None and found.group(1) == wanted, f'{name}: write MADE_WITH: Final = "{wanted}"'
