"""Tiles kept beside the terrain: made once, made anew when the ground changes, and never an error of their file."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import apsw
import pytest
from tests.fakes.ground import MIDDLE, ground
from tests.links.test_map_tiles import tile_at

from wayhome.links.map_tiles import TileMaker
from wayhome.links.terrain_store import FolderTerrains
from wayhome.links.tile_numbers import empty_tile
from wayhome.links.tile_store import MadeTiles, TileStore
from wayhome.links.tile_thread import in_turn
from wayhome.terrain.grid import Terrain
from wayhome.usecases.ports import NoTerrain

Z = 13
X, Y = tile_at(MIDDLE, Z)


@pytest.fixture
def terrains(tmp_path: Path) -> FolderTerrains:
    held = FolderTerrains(tmp_path)
    held.save("hills", ground())
    return held


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.mbtiles"))


def rows(folder: Path) -> int:
    (path,) = kept(folder)
    return int(next(iter(apsw.Connection(str(path)).execute("select count(*) from tiles")))[0])


def test_a_tile_is_made_once_and_kept(terrains: FolderTerrains, tmp_path: Path) -> None:
    """The first request makes it; afterwards it comes from the file, even without the terrain in hand."""
    body = terrains.tiles("hills").get(Z, X, Y)
    assert body == TileMaker(ground()).tile(Z, X, Y)
    assert rows(tmp_path) == 1
    stand_in = tmp_path / "hills.terrain.npz"
    at = stand_in.stat()
    stand_in.write_bytes(b"x" * at.st_size)
    os.utime(stand_in, ns=(at.st_atime_ns, at.st_mtime_ns))
    later = FolderTerrains(tmp_path).tiles("hills")
    assert later.get(Z, X, Y) == body
    with pytest.raises(NoTerrain, match="import it again"):
        later.get(Z, X, Y + 1)


def test_other_programs_can_read_the_file(terrains: FolderTerrains, tmp_path: Path) -> None:
    """It is an MBTiles file: rows counted from the south, and bounds, zooms, format and attribution told."""
    source = terrains.tiles("hills")
    body = source.get(Z, X, Y)
    (path,) = kept(tmp_path)
    db = apsw.Connection(str(path))
    found = list(db.execute("select zoom_level, tile_column, tile_row, tile_data from tiles"))
    assert found == [(Z, X, 2**Z - 1 - Y, body)]
    told = dict(db.execute("select name, value from metadata"))
    assert told["format"] == "png" and told["name"] == "Test hills" and told["attribution"] == "us"
    assert (int(told["minzoom"]), int(told["maxzoom"])) == (source.min_zoom, source.max_zoom)
    assert [float(part) for part in told["bounds"].split(",")] == pytest.approx(source.bounds, abs=1e-6)


def test_what_a_face_needs_is_told(terrains: FolderTerrains) -> None:
    """Bounds, zooms and attribution are those of the terrain, whether the file is new or was there."""
    maker = TileMaker(ground())
    for _ in (1, 2):
        source = terrains.tiles("hills")
        assert source.bounds == pytest.approx(maker.bounds, abs=1e-6)
        assert (source.min_zoom, source.max_zoom) == (maker.min_zoom, maker.max_zoom)
        assert source.attribution == "us" and source.version


def test_changed_ground_begins_a_new_file(terrains: FolderTerrains, tmp_path: Path) -> None:
    """Saved anew, the terrain has another version, other tiles, and the old file goes; other terrains' files stay."""
    terrains.save("hills.2", ground())
    terrains.tiles("hills.2").get(Z, X, Y)
    before = terrains.tiles("hills")
    old = before.get(Z, X, Y)
    terrains.save("hills", replace(ground(), names=(), border=~ground().border & False))
    after = terrains.tiles("hills")
    assert after.version != before.version
    assert after.get(Z, X, Y) != old
    assert len(kept(tmp_path)) == 2
    assert terrains.tiles("hills.2").get(Z, X, Y) == old


@pytest.mark.parametrize("name", ["atlantis", "", "../hills", "a/b", "x" * 200, "hills\0", "."])
def test_an_unknown_name_says_what_there_is(terrains: FolderTerrains, name: str) -> None:
    """No such terrain, and what is no name at all, are refused in words."""
    with pytest.raises(NoTerrain, match=r"there is no terrain|is no name"):
        terrains.tiles(name)


@pytest.mark.parametrize(
    ("z", "x", "y"), [(-1, 0, 0), (Z, -1, 0), (Z, 2**Z, 0), (Z, 0, 2**70), (2**70, 0, 0), (0, 0, 0)]
)
def test_numbers_of_no_tile_give_a_clear_one_and_are_not_kept(
    terrains: FolderTerrains, tmp_path: Path, z: int, x: int, y: int
) -> None:
    """Out of range, negative, huge: the clear tile. Nobody can fill the disk with such."""
    assert terrains.tiles("hills").get(z, x, y) == empty_tile()
    assert terrains.tiles("hills").get(Z, 3, 3) == empty_tile()
    assert rows(tmp_path) == 0


def test_a_terrain_gone_is_said_so(terrains: FolderTerrains, tmp_path: Path) -> None:
    """A terrain whose file is deleted or damaged is refused in words."""
    (tmp_path / "hills.terrain.npz").write_bytes(b"no zip")
    with pytest.raises(NoTerrain, match="import it again"):
        terrains.tiles("hills")
    (tmp_path / "hills.terrain.npz").unlink()
    with pytest.raises(NoTerrain, match="there is no terrain"):
        terrains.tiles("hills")


@pytest.mark.parametrize("damage", ["rubbish", "torn", "empty", "foreign", "folder"])
def test_a_damaged_file_is_made_anew(terrains: FolderTerrains, tmp_path: Path, damage: str) -> None:
    """Whatever became of the file, the tile comes, and where it can be the file is begun again."""
    body = terrains.tiles("hills").get(Z, X, Y)
    (path,) = kept(tmp_path)
    whole = path.read_bytes()
    path.unlink()
    if damage == "folder":
        path.mkdir()
        (path / "something").touch()
    elif damage == "foreign":
        apsw.Connection(str(path)).execute("create table tiles (a); insert into tiles values (1)")
    else:
        path.write_bytes({"rubbish": b"\x01" * 5000, "torn": whole[:5000], "empty": b""}[damage])
    again = FolderTerrains(tmp_path).tiles("hills")
    assert again.get(Z, X, Y) == body == again.get(Z, X, Y)
    if damage != "folder":
        assert FolderTerrains(tmp_path).tiles("hills").get(Z, X, Y) == body
        assert rows(tmp_path) == 1


def test_damage_while_it_is_open_is_survived(terrains: FolderTerrains, tmp_path: Path) -> None:
    """Overwritten under an open connection, or holding what is no picture: the tile is made each time."""
    source = terrains.tiles("hills")
    body = source.get(Z, X, Y)
    (path,) = kept(tmp_path)
    apsw.Connection(str(path)).execute("update tiles set tile_data = x'00ff'")
    assert source.get(Z, X, Y) == body
    path.write_bytes(b"\x07" * 40_000)
    assert source.get(Z, X, Y) == body
    assert source.get(Z, X + 1, Y) == TileMaker(ground()).tile(Z, X + 1, Y)


def read_only(name: str, *, flags: int) -> apsw.Connection:
    """A medium that takes no writing."""
    if not flags & apsw.SQLITE_OPEN_READONLY:
        raise apsw.CantOpenError("unable to open database file")
    return apsw.Connection(name, flags=flags)


def test_a_folder_that_cannot_be_written_to_is_no_error(terrains: FolderTerrains, tmp_path: Path) -> None:
    """On a medium that takes no writing, tiles are read from what is there, and made where they are not."""
    ground_file = tmp_path / "hills.terrain.npz"
    before = TileStore(tmp_path, terrains.load)
    body = before.tiles("hills", ground_file).get(Z, X, Y)
    before.close()
    source = TileStore(tmp_path, terrains.load, connect=read_only).tiles("hills", ground_file)
    assert source.get(Z, X, Y) == body
    assert source.get(Z, X, Y + 1) == TileMaker(ground()).tile(Z, X, Y + 1)
    assert rows(tmp_path) == 1
    kept(tmp_path)[0].unlink()
    assert TileStore(tmp_path, terrains.load, connect=read_only).tiles("hills", ground_file).get(Z, X, Y) == body


def full_disk(name: str, *, flags: int) -> apsw.Connection:
    """A disk with no room for anything after the tables."""
    db = apsw.Connection(name, flags=flags)
    db.execute("PRAGMA page_size = 512; CREATE TABLE t (a)")
    db.pragma("max_page_count", 12)
    return db


def test_a_full_disk_is_no_error(terrains: FolderTerrains, tmp_path: Path) -> None:
    """Where nothing more can be kept, each tile is made when it is asked for."""
    source = TileStore(tmp_path, terrains.load, connect=full_disk).tiles("hills", tmp_path / "hills.terrain.npz")
    assert source.get(Z, X, Y) == source.get(Z, X, Y) == TileMaker(ground()).tile(Z, X, Y)
    assert rows(tmp_path) == 0


def test_two_threads_and_two_processes_at_once(terrains: FolderTerrains, tmp_path: Path) -> None:
    """Eight threads over two stores of one folder get the same tiles, without an error and without a double."""
    other = FolderTerrains(tmp_path)
    wanted = [(Z, X + a, Y + b) for a in (-1, 0, 1) for b in (-1, 0, 1)] * 2
    found: dict[tuple[int, int, int], set[bytes]] = {key: set() for key in wanted}
    failed: list[BaseException] = []

    def fetch(store: FolderTerrains, part: int) -> None:
        try:
            for key in wanted[part:] + wanted[:part]:
                found[key].add(store.tiles("hills").get(*key))
        except (NoTerrain, apsw.Error) as error:
            failed.append(error)

    threads = [threading.Thread(target=fetch, args=((terrains, other)[n % 2], n)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert all(len(bodies) == 1 for bodies in found.values())
    assert rows(tmp_path) <= 9


def test_tiles_without_a_folder_are_made_each_time() -> None:
    """A terrain in memory has the same tiles."""
    source = MadeTiles(ground())
    assert source.get(Z, X, Y) == TileMaker(ground()).tile(Z, X, Y)
    assert source.attribution == "us" and source.version
    assert source.version != MadeTiles(replace(ground(), names=())).version


def test_one_thread_reads_and_draws_whoever_asks(tmp_path: Path) -> None:
    """However many ask at once, terrains are read by the one thread that draws, and what it raises comes back."""
    readers: set[int] = set()

    def read(name: str) -> Terrain:
        readers.add(threading.get_ident())
        if name == "gone":
            raise NoTerrain("there is no such ground")
        return ground()

    (tmp_path / "file").write_bytes(b"x")
    store = TileStore(tmp_path, read)
    with ThreadPoolExecutor(4) as pool:
        bodies = set(pool.map(lambda name: store.tiles(name, tmp_path / "file").get(Z, X, Y), ("a", "b", "c", "a")))
    assert bodies == {TileMaker(ground()).tile(Z, X, Y)}
    with pytest.raises(NoTerrain, match="no such ground"):
        store.tiles("gone", tmp_path / "file")
    assert readers == {in_turn(threading.get_ident)}
    store.close()
