"""`wayhome search score` as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.scene import Scene

HEAD = "case,category,ecoregion,terrain,ipp_lat,ipp_lon,find_lat,find_lon\n"


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def incidents(tmp_path: Path) -> Path:
    """A dozen incidents, each at a place of its own."""
    file = tmp_path / "incidents.csv"
    rows = (f"c{n},Hiker,Dry,Flat,{30 + n},10,{30 + n + 0.002 * n},10.0{n}" for n in range(12))
    file.write_text(HEAD + "\n".join(rows), encoding="utf-8")
    return file


def test_the_table_names_every_model_and_says_what_was_not_validated(scene: Scene, incidents: Path) -> None:
    """Ours, the baseline and the plain ones, with their intervals and what they do not say."""
    said = scene.run("search", "score", str(incidents), "--draws", "200")
    for words in ("radial and time", "baseline", "1/r", "published rings", "12 incidents at 12 places", "seed 1"):
        assert words in said
    assert "terrain motion was not validated on finds" in said
    assert "without elevation are scored by the radial-and-time model" in said


def test_as_json_it_gives_every_figure(scene: Scene, incidents: Path) -> None:
    """Bits of every incident beside the means, for scripts."""
    page = json.loads(scene.run("search", "score", str(incidents), "--draws", "200", "--json"))
    (group,) = page["groups"]
    ours = group["models"][0]
    assert ours["model"] == "radial and time" and len(ours["each"]) == len(group["incidents"]) == 12
    assert ours["gain"]["least"] <= ours["gain"]["mean"] <= ours["gain"]["most"]
    assert page["draws"] == 200 and page["said"]


def test_wrong_files_are_refused_in_words(scene: Scene, incidents: Path, tmp_path: Path) -> None:
    """Not there, a folder, no table, too few, wrong draws: exit status 1, the file named, no traceback."""
    assert "no such file" in scene.refuse("search", "score", str(tmp_path / "none.csv"))
    assert "folder" in scene.refuse("search", "score", str(tmp_path))
    bad = tmp_path / "bad.csv"
    bad.write_text(HEAD + "a,Hiker,,,95,0,0,0\n", encoding="utf-8")
    assert "bad.csv: 1 wrong" in scene.refuse("search", "score", str(bad))
    bad.write_text(HEAD + "a,Hiker,,,45,0,45,0\n", encoding="utf-8")
    assert "8 to 2,000" in scene.refuse("search", "score", str(bad))
    assert "draws" in scene.refuse("search", "score", str(incidents), "--draws", "1")
