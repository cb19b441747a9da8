"""The desk is ready soon and stays small: it loads what it needs when it needs it, and no sooner."""

from __future__ import annotations

import gc
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.fakes.ground import MIDDLE, ground
from tests.links.test_map_tiles import tile_at

from wayhome import start
from wayhome.assembly.facing import DeskError, DeskSettings
from wayhome.cli.main import ALONE, build
from wayhome.links.terrain_store import FolderTerrains

SLOW = (
    "PIL",
    "cryptography",
    "icalendar",
    "matplotlib",
    "numpy",
    "ortools",
    "pyproj",
    "rasterio",
    "segno",
    "shapely",
    "typst",
)
NEVER_FOR_TILES = ("matplotlib", "numba", "osmium", "pyproj", "rasterio", "scipy", "shapely")
SERVED = "import wayhome.start, wayhome.desk.server, wayhome.cli.exercises.staged"
TILE = """
from pathlib import Path
from wayhome.links.terrain_store import FolderTerrains
assert len(FolderTerrains(Path({folder!r})).tiles("hills").get(13, {x}, {y})) > 1000
"""


def loaded_by(program: str) -> set[str]:
    """The libraries that a fresh interpreter has loaded after a program."""
    told = "\nimport sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    ran = subprocess.run([sys.executable, "-c", program + told], capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


def test_the_desk_starts_without_what_it_may_never_need() -> None:
    """Maps, calendars, QR codes and certificates are loaded by whoever asks for them first."""
    assert loaded_by(SERVED).isdisjoint(SLOW)


def test_a_tile_needs_none_of_what_reads_other_peoples_files(tmp_path: Path) -> None:
    """A terrain of ours is read and drawn with numpy and Pillow; the readers of other files stay where they are."""
    FolderTerrains(tmp_path).save("hills", ground())
    x, y = tile_at(MIDDLE, 13)
    assert loaded_by(TILE.format(folder=str(tmp_path), x=x, y=y)).isdisjoint(NEVER_FOR_TILES)


@pytest.mark.parametrize("name", sorted(ALONE))
def test_a_command_that_is_waited_for_loads_its_own_group(name: str) -> None:
    """Its own group has it, and no other group is there; a command that is not known brings all of them."""
    found = list(build(name))
    assert name in found
    assert "mission" not in found
    assert "mission" in list(build("unheard-of"))


@pytest.fixture
def sweeping() -> Iterator[None]:
    """Whatever a test does to the looking for garbage ends with it."""
    yield
    gc.enable()
    gc.unfreeze()


@pytest.mark.usefixtures("sweeping")
def test_garbage_is_looked_for_once_the_desk_answers(tmp_path: Path) -> None:
    """Not while it starts, again when it answers; and again where it could not start and is told to stop."""
    desk = start.desk(DeskSettings(data=tmp_path, port=0))
    assert not gc.isenabled()
    desk.start(lambda _passphrase: None)
    assert gc.isenabled()
    desk.stop()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        other = start.desk(DeskSettings(data=tmp_path, port=taken.getsockname()[1]))
        with pytest.raises(DeskError):
            other.start(lambda _passphrase: None)
        assert not gc.isenabled()
        other.stop()
    assert gc.isenabled()
