"""The benchmark of travel times, small: it measures what it says and its last line is JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks import travel as benchmark
from tests.terrain.conftest import ground

from wayhome.links.terrain_files import save_terrain


def test_a_case_without_its_peer() -> None:
    """Every feature is on the synthetic ground, its cells are reached, and without the peer nothing is claimed."""
    terrain = benchmark.synthetic(80)
    for layer in (terrain.trails, terrain.water, terrain.crossings, terrain.land_cover, terrain.border):
        assert layer.any()
    case = benchmark.measure(terrain, None)
    assert case["reached_share"] > 0.9
    assert case["quickest_s"] <= case["middle_s"]
    assert case["times_skimage"] is None


def test_files_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Saved terrains are further cases; a file that is none ends with a word and `ok` false."""
    small = benchmark.synthetic(60)
    monkeypatch.setattr(benchmark, "synthetic", lambda: small)
    save_terrain(tmp_path / "a.terrain.npz", ground())
    benchmark.main([str(tmp_path / "a.terrain.npz"), "--json"])
    summary = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert [(case["rows"], case["cols"]) for case in summary["cases"]] == [(60, 60), (12, 15)]
    assert benchmark.main([str(tmp_path / "absent.tif")]) == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["ok"] is False
