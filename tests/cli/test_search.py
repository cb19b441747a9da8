"""`wayhome search`: maps and cut-offs as typed, and what goes wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.scene import MISSION, Scene
from tests.fakes.ground import ground


@pytest.fixture
def scene() -> Scene:
    """A mission under way on known ground, its point an hour old."""
    made = Scene()
    made.house.terrains.save("hills", ground())
    made.under_way()
    made.run("mission", "ipp", MISSION, "42.5,1.55", "--seen", "08:00")
    return made


@pytest.mark.parametrize(("ending", "begins"), [("png", b"\x89PNG"), ("tif", b"II"), ("geojson", b"{")])
def test_a_map_is_written_in_the_form_that_its_ending_asks_for(
    scene: Scene, tmp_path: Path, ending: str, begins: bytes
) -> None:
    """The file is there, and the words beside it say what it cannot say."""
    file = tmp_path / f"hiker.{ending}"
    said = scene.run("search", "map", MISSION, str(file), "--category", "hiker", "--hours", "0.5")
    assert file.read_bytes().startswith(begins)
    assert "not validated on finds" in said and "too tight" in said


def test_as_json_it_gives_the_figures_and_no_bytes(scene: Scene, tmp_path: Path) -> None:
    """Hours, area, rings and cautions, for scripts."""
    file = tmp_path / "a.geojson"
    page = scene.rows("search", "map", MISSION, str(file), "--category", "Hiker")
    assert page["hours"] == 1.0 and page["area_km2"] > 1 and page["rings_km"]["95 %"] > 9
    assert "body" not in page and page["cannot_say"]
    assert json.loads(file.read_bytes())["type"] == "FeatureCollection"


def test_a_file_that_is_there_stays(scene: Scene, tmp_path: Path) -> None:
    """Nothing is written over unasked; nothing is written down for it either."""
    file = tmp_path / "a.png"
    file.write_bytes(b"mine")
    assert "there already" in scene.refuse("search", "map", MISSION, str(file))
    assert file.read_bytes() == b"mine"
    scene.run("search", "map", MISSION, str(file), "--overwrite")
    assert file.read_bytes() != b"mine"


def test_wrong_words_are_refused(scene: Scene, tmp_path: Path) -> None:
    """Ending, hours, category, ground, folder: each refusal names what is wrong, and leaves no file."""
    file = str(tmp_path / "a.png")
    assert ".png" in scene.refuse("search", "map", MISSION, str(tmp_path / "a.bmp"))
    assert "refused" in scene.refuse("search", "map", MISSION, file, "--hours", "0")
    assert "refused" in scene.refuse("search", "map", MISSION, file, "--hours", "nan")
    assert "Hiker" in scene.refuse("search", "map", MISSION, file, "--category", "ورد")
    assert "no terrain" in scene.refuse("search", "map", MISSION, file, "--terrain", "../../etc")
    assert "no mission" in scene.refuse("search", "map", "another", file)
    scene.refuse("search", "map", MISSION, str(tmp_path / "none" / "a.png"))
    assert list(tmp_path.iterdir()) == []


def test_a_mission_without_a_point_says_how_to_set_it(tmp_path: Path) -> None:
    """The refusal names the command that helps."""
    bare = Scene()
    bare.under_way()
    assert "mission ipp" in bare.refuse("search", "map", MISSION, str(tmp_path / "a.png"))
    assert "mission ipp" in bare.refuse("search", "cut-off", MISSION, "--ours", "A@42.5,1.55")


def test_a_secret_mission_is_not_there_for_somebody_not_read_in(scene: Scene, tmp_path: Path) -> None:
    """Map and cut-off refuse a hidden name and an unknown one in the same words."""
    scene.run("mission", "new", "Night heron", "--secret")
    file = str(tmp_path / "a.png")
    for line in (("search", "map", "{}", file), ("search", "cut-off", "{}"), ("search", "plan", "{}")):
        hidden, absent = (
            scene.refuse(*(word.format(name) for word in line), who="Ino") for name in ("Night heron", "Dawn heron")
        )
        assert hidden.replace("Night", "Dawn") == absent


def test_cut_offs_are_listed_with_both_times(scene: Scene) -> None:
    """Who, where, when, and when he can be there at the soonest; grid references broken or wanting are refused."""
    said = scene.run("search", "cut-off", MISSION, "--ours", "Alpha@42.5,1.584", "--hours", "0.1")
    assert "Alpha" in said and "min" in said and "31T" in said and "not validated on finds" in said
    page = scene.rows("search", "cut-off", MISSION, "--ours", "Alpha@42.5,1.584", "--hours", "0.1")
    assert page["places"][0]["name"] == "Alpha"
    assert "NAME@PLACE" in scene.refuse("search", "cut-off", MISSION, "--ours", "Alpha")
    assert "not a place" in scene.refuse("search", "cut-off", MISSION, "--ours", "Alpha@31T CH 7800 030")
    assert "off the map" in scene.refuse("search", "cut-off", MISSION, "--ours", "Alpha@-10,20")
    assert "no team has a known place" in scene.refuse("search", "cut-off", MISSION)


@pytest.mark.parametrize("what", ["plan", "contain"])
def test_plans_say_who_what_and_how_much_better_any_could_be(scene: Scene, tmp_path: Path, what: str) -> None:
    """Each team with what it adds, a bound, greed beside it, a map on demand; no team and one far off are refused."""
    ours = ("--ours", "Alpha@42.5,1.552", "--ours", "Bravo@42.503,1.548")
    file = tmp_path / "plan.geojson"
    line = ("search", what, MISSION, str(file), *ours, "--hours", "1", "--tracks", "2000")
    said = scene.run(*line)
    assert "Alpha" in said and "greed" in said and "not validated on finds" in said
    found = scene.rows(*line, "--overwrite")
    assert 0 < found["chance"] <= found["bound"] + 1e-9
    assert {one["team"] for one in found["parts"]} <= {"Alpha", "Bravo"}
    assert "body" not in found and json.loads(file.read_bytes())["features"]
    assert "no team has a known place" in scene.refuse("search", what, MISSION)
    assert "named twice" in scene.refuse("search", what, MISSION, *ours[:2], *ours[:2])
    assert "refused" in scene.refuse("search", what, MISSION, *ours, "--hours", "0")
