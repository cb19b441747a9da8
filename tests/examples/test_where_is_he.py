"""The example from a terrain file to a plan runs, is short, and uses the library alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
from tests.links.terrain_making import geotiff
from tools.source import ROOT

EXAMPLE = ROOT / "examples" / "where_is_he.py"


def test_the_example_goes_from_a_terrain_file_to_a_plan(tmp_path: Path) -> None:
    """Under forty lines; it prints the ground, what carries it, the plan with its bound, and each team's part."""
    assert len(EXAMPLE.read_text(encoding="utf-8").splitlines()) < 40
    south, east = np.mgrid[0:300, 0:300] / 300
    heights = (900 + 150 * np.sin(7 * east) * np.cos(5 * south)).astype(np.float32)
    file = geotiff(tmp_path / "hills.tif", heights)
    line = [sys.executable, str(EXAMPLE), "42.49", "1.59", str(file)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    for words in ("km²", "of 4,000 tracks carry this", "not validated on finds", "never above", "Alpha", "Bravo"):
        assert words in done.stdout
