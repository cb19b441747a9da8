"""`wayhome terrain tiles`: map tiles made ahead of need."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest
from tests.cli.scene import Scene
from tests.fakes.ground import ground

from wayhome.links.terrain_store import FolderTerrains
from wayhome.links.tile_numbers import count_over, tiles_over


@pytest.fixture
def scene() -> Scene:
    made = Scene()
    made.house.terrains.save("hills", ground())
    return made


def test_tiles_are_made_up_to_a_zoom_and_counted(scene: Scene) -> None:
    """Every tile that touches the ground, from far off up to the zoom asked for; how many and how large."""
    source = scene.house.terrains.tiles("hills")
    zooms = range(source.min_zoom, 13)
    wanted = sum(count_over(source.bounds, zoom) for zoom in zooms)
    said = scene.run("terrain", "tiles", "hills", "--to-zoom", "12")
    assert f"{wanted} tiles" in said and "hills" in said and "zoom 12" in said and "MB" in said
    page = scene.rows("terrain", "tiles", "hills", "--to-zoom", "12")
    assert (page["tiles"], page["from_zoom"], page["to_zoom"]) == (wanted, source.min_zoom, 12)
    made = [source.get(zoom, x, y) for zoom in zooms for x, y in tiles_over(source.bounds, zoom)]
    assert page["bytes"] == sum(len(body) for body in made)


def test_they_are_kept_in_the_folder(tmp_path: Path) -> None:
    """Where terrains lie in a folder, the tiles lie beside them, and a second run finds them all."""
    scene = Scene()
    folder = FolderTerrains(tmp_path)
    folder.save("hills", ground())
    scene.house.terrains = folder
    page = scene.rows("terrain", "tiles", "hills", "--to-zoom", "11")
    (path,) = tmp_path.glob("*.mbtiles")
    assert page["tiles"] == next(iter(apsw.Connection(str(path)).execute("select count(*) from tiles")))[0]
    assert scene.rows("terrain", "tiles", "hills", "--to-zoom", "11") == page


@pytest.mark.parametrize("zoom", ["3", "25", "-1", "99999999999"])
def test_a_zoom_that_has_no_tiles_is_refused(scene: Scene, zoom: str) -> None:
    """Too far, too near, negative, huge: refused, and told which zooms there are."""
    said = scene.refuse("terrain", "tiles", "hills", "--to-zoom", zoom)
    source = scene.house.terrains.tiles("hills")
    assert f"{source.min_zoom} to {source.max_zoom}" in said


def test_an_unknown_ground_is_refused(scene: Scene) -> None:
    """A name that is none says so."""
    assert "no terrain" in scene.refuse("terrain", "tiles", "atlantis")
