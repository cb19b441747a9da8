"""The benchmark of map tiles, small: it measures what it says and its last line is JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks import tiles as benchmark
from tests.fakes.ground import ground

from wayhome.links.terrain_saved import save_terrain


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A round and a few tiles are enough to see that it measures."""
    monkeypatch.setattr(benchmark, "ROUNDS", 1)
    monkeypatch.setattr(benchmark, "TILES_PER_ZOOM", 1)


def test_every_zoom_the_first_and_a_kept_one_are_measured() -> None:
    """A case tells each zoom; a kept tile is many times quicker than one that is made."""
    case = benchmark.measure(ground(), "small")
    assert [row["zoom"] for row in case["zooms"]] == list(
        range(case["zooms"][0]["zoom"], case["zooms"][-1]["zoom"] + 1)
    )
    assert all(row["middle_ms"] > 0 and row["kilobytes"] > 0 for row in case["zooms"])
    assert case["kept_ms"] < case["middle_ms"] < case["first_ms"]


def test_a_file_that_is_no_terrain_ends_with_a_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be read is said, and `ok` is false."""
    (tmp_path / "a.terrain.npz").write_bytes(b"nothing")
    assert benchmark.main([str(tmp_path / "a.terrain.npz"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["ok"] is False


def test_files_of_ones_own_are_further_cases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Terrains given by their files are measured after the Leaf, under their names."""
    monkeypatch.setattr(benchmark, "make_leaf", lambda _seed: ground(60))
    save_terrain(tmp_path / "hills.terrain.npz", ground())
    benchmark.main([str(tmp_path / "hills.terrain.npz")])
    summary = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert [case["case"] for case in summary["cases"]] == ["the Leaf", "hills"]
