"""The example of a callout runs, is short, and uses the library alone."""

from __future__ import annotations

import subprocess
import sys

from tools.source import ROOT

EXAMPLE = ROOT / "examples" / "callout.py"


def test_the_callout_is_staffed_and_planned_again() -> None:
    """Under forty lines; it prints the teams with reasons, what else would cost, and what a decline changes."""
    assert len(EXAMPLE.read_text(encoding="utf-8").splitlines()) < 40
    done = subprocess.run([sys.executable, str(EXAMPLE)], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    for words in (
        "no better plan for all of these together exists",
        "Ridge: Kakashi. Brings lead at level 5",
        "worse by as much as",
        "declined Ridge",
    ):
        assert words in done.stdout
