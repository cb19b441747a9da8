"""`wayhome draw`: places in any spelling, what stands shown in a list, and a change that says only what is new."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.scene import ARABIC, MISSION, Scene

CORNERS = ("42.50,1.50", "42.50,1.52", "42.52,1.52")


@pytest.fixture
def scene() -> Scene:
    played = Scene()
    played.under_way()
    return played


def test_each_kind_is_drawn_and_listed(scene: Scene) -> None:
    """A segment in degrees and grid, a line, a post and a note stand in the list with their sizes and holders."""
    said = scene.run("draw", "segment", MISSION, "A1", *CORNERS[:2], "31T CH 78000 03000", "--team", "3")
    assert "Drawn: A1" in said
    assert "segment 1" in said
    scene.run("draw", "line", MISSION, "North road", *CORNERS)
    scene.run("draw", "post", MISSION, "Gate", "31T", "CH", "78000", "03000", "--holder", "Kiba")
    scene.run("draw", "note", MISSION, "42.5063,1.5218", "the", "bridge", "bears", "one")
    rows = {row["label"]: row for row in scene.rows("draw", "list", MISSION)}
    assert [row["what"] for row in rows.values()] == ["segment", "line", "post", "note"]
    assert (rows["1"]["team"], rows["3"]["holder_name"], rows["4"]["words"]) == ("3", "Kiba", "the bridge bears one")
    assert rows["1"]["points"][2] == rows["3"]["points"][0]
    listed = " ".join(scene.run("draw", "list", MISSION).split())
    assert f"{rows['1']['area_km2']:.2f} km²" in listed
    assert f"{rows['2']['length_km']:.2f} km" in listed


def test_an_outline_comes_from_a_file(scene: Scene, tmp_path: Path) -> None:
    """@FILE gives a place a line, blank lines passed over."""
    file = tmp_path / "corners.txt"
    file.write_text("\n\n".join(CORNERS))
    scene.run("draw", "segment", MISSION, "A1", f"@{file}")
    scene.run("draw", "segment", MISSION, "A2", *CORNERS)
    first, second = scene.rows("draw", "list", MISSION)
    assert first["points"] == second["points"]


def test_a_change_leaves_what_it_does_not_say(scene: Scene) -> None:
    """Named by number or name; each option changes one thing, an empty one takes it away."""
    scene.run("draw", "post", MISSION, "Gate", CORNERS[0], "--holder", "Kiba", "--words", "by the barn")
    scene.run("draw", "change", MISSION, "gate", "--holder", ARABIC, "--reason", "relieved")
    (row,) = scene.rows("draw", "list", MISSION)
    assert (row["holder_name"], row["words"], row["reason"]) == (ARABIC, "by the barn", "relieved")
    scene.run("draw", "change", MISSION, "1", CORNERS[1], "--holder", "", "--team", "3", "--words", "", "--name", "Bar")
    (row,) = scene.rows("draw", "list", MISSION)
    assert (row["holder"], row["team"], row["words"], row["name"]) == (None, "3", "", "Bar")
    assert row["points"] == [{"lat": 42.5, "lon": 1.52}]
    assert "nothing is to be changed" in scene.refuse("draw", "change", MISSION, "1")


def test_what_is_erased_is_listed_when_asked_for(scene: Scene) -> None:
    """It leaves the list, and stands in the longer one with its reason."""
    scene.run("draw", "segment", MISSION, "A1", *CORNERS)
    assert "Erased: segment 1" in scene.run("draw", "erase", MISSION, "A1", "--reason", "searched")
    assert scene.run("draw", "list", MISSION) == "nothing is drawn\n"
    assert "searched" in scene.run("draw", "list", MISSION, "--erased")
    assert "no drawing" in scene.refuse("draw", "erase", MISSION, "A1", "--reason", "again")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("segment", MISSION, "A1", *CORNERS[:2]), "a segment needs 3"),
        (("segment", MISSION, "A1"), "there are 0"),
        (("segment", MISSION, "A1", "here", *CORNERS), "is not a place"),
        (("segment", MISSION, "", *CORNERS), "the name is empty"),
        (("segment", MISSION, "A1", *CORNERS, "--team", "9"), "no team '9'"),
        (("post", MISSION, "Gate", CORNERS[0], "--holder", "nobody"), "no member 'nobody'"),
        (("note", MISSION, CORNERS[0]), "the note is empty"),
        (("line", "Nowhere", "x", *CORNERS), "no mission 'Nowhere'"),
        (("line", MISSION, "x", "@nowhere.txt"), "no such file"),
        (("change", MISSION, "9", "--name", "x"), "no drawing '9'"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(scene: Scene, line: tuple[str, ...], words: str) -> None:
    """Each slip is told with what is wrong."""
    assert words in scene.refuse("draw", *line)


def test_an_outline_that_crosses_itself_is_told(scene: Scene) -> None:
    """It is drawn, and both the answer and the list say so."""
    bow = ("42.0,1.0", "42.1,1.1", "42.1,1.0", "42.0,1.1")
    assert "crosses itself" in scene.run("draw", "segment", MISSION, "Bow", *bow)
    assert "crosses itself" in " ".join(scene.run("draw", "list", MISSION).split())
