"""The same seed gives the same bytes, whoever asks, and however many ask at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.engines.search.answers import answers
from tools.source import ROOT


def test_one_process_and_two_give_the_same_bytes() -> None:
    """Tracks, weights, map, plan, posts and the GeoTIFF's bytes: alone, and in two processes at once whose sets lie in
    another order; another seed gives others."""
    asked = [sys.executable, "-m", "tests.engines.search.answers"]
    path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    two = [
        subprocess.Popen(
            asked, env=os.environ | {"PYTHONHASHSEED": order, "PYTHONPATH": path}, stdout=subprocess.PIPE, text=True
        )
        for order in ("1", "2")
    ]
    alone = answers()
    told = [json.loads(one.communicate(timeout=300)[0]) for one in two]
    assert told == [alone, alone]
    other = answers(seed=2)
    assert all(other[name] != alone[name] for name in alone)
