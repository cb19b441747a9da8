"""The example of a duty roster for a month runs, is short, and keeps rest, leave and fairness."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys

from tools.source import ROOT

EXAMPLE = ROOT / "examples" / "duty_month.py"


def test_a_month_is_staffed_with_rest_leave_and_fair_hours() -> None:
    """Under forty lines; both shifts of thirty days have three people, nobody works twice in a row or on leave."""
    assert len(EXAMPLE.read_text(encoding="utf-8").splitlines()) < 40
    done = subprocess.run([sys.executable, str(EXAMPLE)], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    days = [line for line in done.stdout.splitlines() if line.startswith("day ")]
    shifts = [set(part.split(": ")[1].strip().split(", ")) for day in days for part in day.split("|")[1:]]
    assert [len(shift) for shift in shifts] == [3] * 60
    assert all(not one & other for one, other in itertools.pairwise(shifts))
    assert not any("Guy" in day for day in days[10:17])
    hours = [int(found) for found in re.findall(r"(\d+)(?:,|$)", done.stdout.splitlines()[-1])]
    assert len(hours) == 18
    assert max(hours) - min(hours) <= 4 * 13
