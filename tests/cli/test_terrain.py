"""`wayhome terrain`: grounds made, imported, shown, drawn and walked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.scene import Scene
from tests.fakes.ground import ground

ANDORRA = Path(__file__).parents[3] / "shared" / "data" / "search" / "terrain_andorra"


@pytest.fixture
def scene() -> Scene:
    made = Scene()
    made.house.terrains.save("hills", ground())
    return made


def test_a_ground_is_listed_and_shown_with_what_must_be_known(scene: Scene) -> None:
    """Size, zone, sources and cautions."""
    assert scene.rows("terrain", "list") == [{"terrain": "hills"}]
    said = scene.run("terrain", "show", "hills")
    assert "6.0 x 6.0 km" in said and "UTM 31 north" in said and "made for a test" in said and "voids" in said
    page = scene.rows("terrain", "show", "hills")
    assert (page["rows"], page["cols"], page["cell_m"], page["epsg"]) == (121, 121, 50.0, 32631)
    assert page["sources"][0]["layer"] == "elevation" and page["cautions"]


def test_no_ground_yet_says_how_to_get_one() -> None:
    """An empty list and an unknown name both name the commands that help."""
    bare = Scene()
    assert "terrain leaf" in bare.run("terrain", "list")
    assert "no terrain" in bare.refuse("terrain", "show", "atlantis")


@pytest.mark.parametrize(("ending", "begins"), [("png", b"\x89PNG"), ("tif", b"II"), ("geojson", b"{")])
def test_a_ground_is_drawn(scene: Scene, tmp_path: Path, ending: str, begins: bytes) -> None:
    """All of it or a part, in three forms."""
    file = tmp_path / f"map.{ending}"
    scene.run("terrain", "map", "hills", str(file), "--around", "42.5,1.55", "--radius-km", "1.5")
    assert file.read_bytes().startswith(begins)
    assert "there already" in scene.refuse("terrain", "map", "hills", str(file))
    page = scene.rows("terrain", "map", "hills", str(file), "--overwrite")
    assert page["form"] == ending and page["cannot_say"]


def test_a_ground_is_not_drawn_where_it_is_not(scene: Scene, tmp_path: Path) -> None:
    """Off the map, with a broken grid, with no radius, with another ending: refused, and no file."""
    file = str(tmp_path / "map.png")
    assert "off the map" in scene.refuse("terrain", "map", "hills", file, "--around", "43.5,1.55")
    assert "not a place" in scene.refuse("terrain", "map", "hills", file, "--around", "31T CH 780 0300")
    assert "radius" in scene.refuse("terrain", "map", "hills", file, "--around", "42.5,1.55", "--radius-km", "0")
    assert ".geojson" in scene.refuse("terrain", "map", "hills", str(tmp_path / "map.jpg"))
    assert list(tmp_path.iterdir()) == []


def test_walking_times_are_told_with_what_they_rest_on(scene: Scene) -> None:
    """Hours and kilometres, the walker, and that no find validated them."""
    said = scene.run("terrain", "time", "hills", "42.5,1.55", "42.5,1.57")
    assert " min" in said and "km, as a rescuer" in said and "not validated on finds" in said and "Tobler" in said
    quick = scene.rows("terrain", "time", "hills", "42.5,1.55", "42.5,1.57", "--walker", "runner")
    slow = scene.rows("terrain", "time", "hills", "42.5,1.55", "42.5,1.57", "--walker", "elderly")
    assert quick["hours"] < slow["hours"] and 1.5 < quick["km"] < 2.5
    assert "no walker" in scene.refuse("terrain", "time", "hills", "42.5,1.55", "42.5,1.57", "--walker", "mole")
    assert "off the map" in scene.refuse("terrain", "time", "hills", "42.5,1.55", "0,0")


def test_jacksboro_is_kept_under_a_name_of_ones_own(scene: Scene) -> None:
    """Real heights without any download; the same name twice is refused unless asked for."""
    said = scene.run("terrain", "jacksboro", "fault")
    assert "Kept fault" in said and "cliffs are invisible" in said
    assert "already" in scene.refuse("terrain", "jacksboro", "fault")
    scene.run("terrain", "jacksboro", "fault", "--overwrite")
    assert {row["terrain"] for row in scene.rows("terrain", "list")} == {"fault", "hills"}


def test_files_that_are_no_ground_are_refused(scene: Scene, tmp_path: Path) -> None:
    """No such file, an unknown ending, rubbish inside, a centre and bounds at once."""
    rubbish = tmp_path / "N42E001.hgt"
    rubbish.write_bytes(b"no heights")
    for files in ([str(tmp_path / "none.hgt")], [str(tmp_path)], [str(rubbish)]):
        scene.refuse("terrain", "import", "new", *files)
    both = ("--centre", "42.5,1.5", "--bounds", "1", "42", "2", "43")
    assert "not both" in scene.refuse("terrain", "import", "new", str(rubbish), *both)
    assert "already" in scene.refuse("terrain", "import", "hills", str(rubbish))
    assert scene.rows("terrain", "list") == [{"terrain": "hills"}]


@pytest.mark.skipif(not ANDORRA.is_dir(), reason="needs ../shared/data/search/terrain_andorra")
def test_andorra_is_imported_and_drawn(scene: Scene, tmp_path: Path) -> None:
    """Real tiles and a real map: trails, water and names come along, and the picture is a page."""
    files = [str(ANDORRA / name) for name in ("N42E001.hgt.zip", "andorra.osm.pbf")]
    said = scene.run("terrain", "import", "andorra", *files, "--centre", "42.56,1.53", "--radius-km", "5")
    assert "cells of 90 m" in said and "cliffs are invisible" in said
    page = scene.rows("terrain", "show", "andorra")
    assert page["names"] > 10 and any("OpenStreetMap" in source["name"] for source in page["sources"])
    file = tmp_path / "andorra.png"
    said = scene.run("terrain", "map", "andorra", str(file), "--json")
    assert any("© OpenStreetMap contributors" in source for source in json.loads(said)["provenance"])
    assert file.read_bytes().startswith(b"\x89PNG")
