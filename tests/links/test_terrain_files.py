"""Terrain from files: SRTM tiles, GeoTIFFs, saved terrains, and everything that can be wrong with them."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from tests.links.terrain_making import feature, geojson, geotiff, hgt_bytes, plane, zipped
from tests.terrain.conftest import ground

from wayhome.links.files import FileError
from wayhome.links.terrain_files import (
    Circle,
    TerrainFileError,
    load_terrain,
    read_jacksboro,
    read_terrain,
    save_terrain,
)
from wayhome.links.terrain_saved import pack
from wayhome.terrain.classes import LandCover, Named
from wayhome.terrain.grid import Terrain
from wayhome.terrain.travel import Start, travel
from wayhome.values.places import Place


def height_at(terrain: Terrain, lat: float, lon: float) -> float:
    return float(terrain.elevation_m[terrain.cell_of(Place(lat, lon))])


@pytest.mark.parametrize(
    ("name", "lat", "lon", "epsg"),
    [
        ("N42E001.hgt", 42.5, 1.5, 32631),
        ("S43E172.hgt", -42.5, 172.5, 32759),
        ("N37W114.hgt", 37.5, -113.5, 32612),
        ("S01W079.hgt", -0.5, -78.5, 32717),
    ],
)
def test_a_tile_lies_where_its_name_says(tmp_path: Path, name: str, lat: float, lon: float, epsg: int) -> None:
    """In all four quarters of the globe a tile's heights come out at the places its name and samples give them."""
    path = tmp_path / name
    path.write_bytes(hgt_bytes(plane()))
    terrain = read_terrain([path], area=Circle(Place(lat, lon), 5))
    assert terrain.epsg == epsg
    assert terrain.cell_m == 90
    for north in (-0.02, 0.0, 0.02):
        for east in (-0.02, 0.0, 0.02):
            row, col = (0.5 - north) * 1200, (0.5 + east) * 1200
            assert height_at(terrain, lat + north, lon + east) == pytest.approx(row + 2 * col, abs=3)
    assert any("90 m: cliffs are invisible" in said for said in terrain.warnings)
    assert terrain.provenance[0].licence == "public domain"


def test_tiles_meet_without_a_seam(tmp_path: Path) -> None:
    """Two tiles side by side, one zipped, make one ground with no step and no gap where they meet."""
    rows, cols = np.mgrid[0:1201, 0:1201]
    del rows
    (tmp_path / "N42E001.hgt").write_bytes(hgt_bytes(cols))
    (tmp_path / "N42E002.hgt.zip").write_bytes(zipped("N42E002.hgt", hgt_bytes(cols + 1200)))
    terrain = read_terrain(sorted(tmp_path.iterdir()), area=Circle(Place(42.5, 2.0), 4))
    assert terrain.void_share == 0
    steps = np.diff(terrain.elevation_m, axis=1)
    assert steps.min() > 0.5 and steps.max() < 2.5


def test_one_arc_second_is_read_fine(tmp_path: Path) -> None:
    """A tile of 3601 samples gives 30 m cells, without the caution about cliffs; voids stay voids and are counted."""
    heights = np.full((3601, 3601), 700)
    heights[1790:1800] = -32768
    (tmp_path / "n42e001.HGT").write_bytes(hgt_bytes(heights))
    terrain = read_terrain([tmp_path / "n42e001.HGT"], area=Circle(Place(42.5, 1.5), 3))
    assert terrain.cell_m == 30
    assert 0.02 < terrain.void_share < 0.1
    assert np.nanmax(np.abs(terrain.elevation_m - 700)) < 1e-3
    assert not any("cliffs" in said for said in terrain.warnings)
    assert any("voids" in said for said in terrain.warnings)


def test_geotiff_of_any_crs_with_land_cover(tmp_path: Path) -> None:
    """Heights in degrees and classes in another CRS land on one grid; a wood is a wood, water is water."""
    heights = np.full((200, 200), 500, np.int16)
    high = geotiff(tmp_path / "h.tif", heights, crs="EPSG:4326", transform=Affine(0.0005, 0, 1.5, 0, -0.0005, 42.5))
    codes = np.full((400, 400), 42, np.uint8)
    codes[:, 200:] = 11
    lon = np.array([1.55])
    cover = geotiff(tmp_path / "c.tif", codes, crs="EPSG:4326", transform=Affine(0.00025, 0, 1.5, 0, -0.00025, 42.5))
    terrain = read_terrain([high, cover])
    west, east = terrain.cell_of(Place(42.45, 1.52)), terrain.cell_of(Place(42.45, float(lon[0]) + 0.02))
    assert terrain.land_cover[west] == LandCover.FOREST
    assert terrain.land_cover[east] == LandCover.WATER
    assert terrain.void_share == 0
    assert {source.layer for source in terrain.provenance} == {"elevation", "land cover"}


def test_default_area_is_what_map_and_elevation_share(tmp_path: Path) -> None:
    """Without an area the whole elevation is taken, without empty wedges at its rim."""
    path = geotiff(tmp_path / "h.tif", np.full((100, 120), 500, np.float32))
    terrain = read_terrain([path], title="山")
    assert terrain.void_share == 0
    assert 98 <= terrain.rows <= 100 and 118 <= terrain.cols <= 120
    assert terrain.title == "山"


def test_progress_is_told(tmp_path: Path) -> None:
    """The caller hears what is done, from 0 to 1, never backwards."""
    heard: list[float] = []
    path = geotiff(tmp_path / "h.tif", np.full((100, 100), 500, np.float32))
    read_terrain([path], progress=lambda _what, share: heard.append(share))
    assert heard == sorted(heard)
    assert heard[0] == 0 and heard[-1] == 1


def test_saved_and_loaded_again(tmp_path: Path) -> None:
    """A terrain comes back as it was, in every field, and the same terrain is the same bytes."""
    chance = np.arange(180, dtype=np.float32).reshape(12, 15)
    chance[3, 3] = np.nan
    names = (Named("قمة", Place(42.6, 1.42), "peak"), Named("火影岩 🏔", Place(42.6, 1.43), "rock"))
    terrain = replace(ground(elevation_m=chance), names=names, title="木の葉", cautions=("made for a test",))
    path = tmp_path / "x.terrain.npz"
    save_terrain(path, terrain)
    back = load_terrain(path)
    assert pack(back) == pack(terrain) == path.read_bytes()
    assert back.names == names and back.title == "木の葉" and back.cautions == ("made for a test",)
    assert np.array_equal(back.elevation_m, terrain.elevation_m, equal_nan=True)


def test_jacksboro() -> None:
    """Matplotlib's sample is the second ground that is always at hand: real relief in Tennessee, north up."""
    terrain = read_jacksboro()
    assert terrain.epsg == 32616
    assert 300 < terrain.rows < 400 and terrain.cell_m == 90
    assert terrain.void_share == 0
    assert terrain.elevation_m.min() > 240 and terrain.elevation_m.max() < 1080
    middle = terrain.place_of(terrain.rows // 2, terrain.cols // 2)
    assert 36.5 < middle.lat < 36.7 and -84.35 < middle.lon < -84.1


def sparse(path: Path, size: int, head: bytes = b"") -> Path:
    with path.open("wb") as file:
        file.write(head)
    os.truncate(path, size)
    return path


def test_all_void_is_refused(tmp_path: Path) -> None:
    """Elevation that is void everywhere is refused with a word about what to do."""
    (tmp_path / "N42E001.hgt").write_bytes(hgt_bytes(np.full((1201, 1201), -32768)))
    with pytest.raises(TerrainFileError, match=r"void in every cell.*take another"):
        read_terrain([tmp_path / "N42E001.hgt"], area=Circle(Place(42.5, 1.5), 3))


@pytest.mark.parametrize(
    "name", ["N42E001.hgt", "N42E001.hgt.zip", "big.tif", "big.osm.pbf", "big.geojson", "big.geojson.gz", "big.xyz"]
)
def test_a_file_of_two_gigabytes_is_refused_at_once(tmp_path: Path, name: str) -> None:
    """A sparse file of 2 GB is refused by its size or its first bytes, before any of it is read into memory."""
    import resource

    path = sparse(tmp_path / name, 2 * 1024**3)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(TerrainFileError, match=name):
        read_terrain([geotiff(tmp_path / "h.tif", np.full((100, 100), 500, np.float32)), path])
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000


def test_a_huge_geotiff_is_refused_by_its_shape(tmp_path: Path) -> None:
    """A GeoTIFF of 60,000 x 60,000 cells is refused before its cells are read; a part of it can still be had."""
    import rasterio

    path = tmp_path / "huge.tif"
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        height=40_000,
        width=40_000,
        count=1,
        dtype="int16",
        crs="EPSG:32631",
        transform=Affine(10, 0, 300_000, 0, -10, 4_900_000),
        tiled=True,
        sparse_ok=True,
    ):
        pass
    with pytest.raises(TerrainFileError, match="give an area"):
        read_terrain([path], cell_m=10)
    part = read_terrain([path], area=Circle(Place(42.5, 1.5), 3), elevation_unit="metres")
    assert part.cell_m == 30


@pytest.mark.parametrize("size", [0, 1, 2_884_801, 2_884_803, 25_934_402 - 2])
def test_a_tile_of_the_wrong_size_is_refused(tmp_path: Path, size: int) -> None:
    """A tile cut short or too long is refused, saying how large a tile is."""
    with pytest.raises(TerrainFileError, match=r"1201 x 1201.*3601 x 3601"):
        read_terrain([sparse(tmp_path / "N42E001.hgt", size)])


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    """A small zip that unpacks to far more than a tile is refused, also when it lies about its size."""
    bomb = zipped("N42E001.hgt", bytes(60_000_000))
    path = tmp_path / "N42E001.hgt.zip"
    path.write_bytes(bomb)
    with pytest.raises(TerrainFileError, match="60,000,000"):
        read_terrain([path])
    said, true = (2_884_802).to_bytes(4, "little"), (60_000_000).to_bytes(4, "little")
    path.write_bytes(bomb.replace(true, said))
    with pytest.raises(TerrainFileError):
        read_terrain([path])


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("N42E001.hgt.zip", b"no zip"),
        ("N42E001.hgt.zip", zipped("readme.txt", b"x")),
        ("tile.hgt", bytes(2_884_802)),
        ("N99E001.hgt", bytes(2_884_802)),
        ("words.tif", b"these are words, not heights\n" * 100),
        ("words.tif", b'<VRTDataset rasterXSize="9" rasterYSize="9"><SRS>EPSG:4326</SRS></VRTDataset>'),
        ("words.geojson", b"{"),
        ("words.geojson", b"[" * 100_000),
        ("words.geojson", b'{"type": "FeatureCollection"}'),
        ("words.geojson", "\ufeffくノ一".encode()),
        ("words.geojson.gz", b"\x1f\x8b\x08 garbage"),
        ("x.osm.pbf", b"garbage"),
        ("x.osm.pbf", b"\x00\x00\x00\x0d\x0a\x09OSMHeader\x18\x7f" + b"\xff" * 300),
        ("名前.txt", b""),
    ],
)
def test_garbage_is_refused_with_its_name(tmp_path: Path, name: str, body: bytes) -> None:
    """What is not what its name says is refused, naming the file."""
    path = tmp_path / name
    path.write_bytes(body)
    good = geotiff(tmp_path / "h.tif", np.full((100, 100), 500, np.float32))
    with pytest.raises(TerrainFileError, match=name.split(".")[0]):
        read_terrain([good, path])


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "LineString", "coordinates": [[1.5, 42.5]]},
        {"type": "LineString", "coordinates": [["a", "b"], [1, 2]]},
        {"type": "LineString", "coordinates": [[1.5, 142.5], [1.6, 42.5]]},
        {"type": "LineString", "coordinates": [[380_000, 4_710_000], [380_100, 4_710_000]]},
        {"type": "Polygon", "coordinates": [[[1, 42], [2, 42]]]},
        {"type": "Blob", "coordinates": []},
        {"type": "Point"},
        "nowhere",
        7,
    ],
)
def test_bad_geometry_is_refused_with_its_number(tmp_path: Path, geometry: object) -> None:
    """A feature that lies nowhere is refused by its number in the file."""
    good = geotiff(tmp_path / "h.tif", np.full((100, 100), 500, np.float32))
    fine = feature("Point", [1.55, 42.5], name="x", place="hamlet")
    path = geojson(tmp_path / "map.geojson", [fine, {"type": "Feature", "geometry": geometry, "properties": {}}])
    with pytest.raises(TerrainFileError, match="feature 2"):
        read_terrain([good, path])


def test_bad_geotiffs(tmp_path: Path) -> None:
    """No coordinate system, classes that are no NLCD, heights of no Earth: each is refused with its own word."""
    heights = np.full((100, 100), 500, np.float32)
    with pytest.raises(TerrainFileError, match="where on Earth"):
        read_terrain([geotiff(tmp_path / "a.tif", heights, crs=None)])
    with pytest.raises(TerrainFileError, match="no NLCD"):
        classes = geotiff(tmp_path / "c.tif", np.full((100, 100), 7, np.uint8))
        read_terrain([geotiff(tmp_path / "b.tif", heights), classes])
    with pytest.raises(TerrainFileError, match="not of this Earth"):
        read_terrain([geotiff(tmp_path / "d.tif", heights * 100)])


def test_heights_without_a_unit_are_asked_about_and_never_guessed(tmp_path: Path) -> None:
    """Refused with how to say it; feet become metres, tagged or said; a tag that contradicts the word is refused."""
    heights = np.full((100, 100), 1000, np.float32)
    bare = geotiff(tmp_path / "bare.tif", heights, unit="")
    feet = geotiff(tmp_path / "feet.tif", heights, unit="ft")
    with pytest.raises(TerrainFileError, match=r"bare\.tif does not say.*--elevation-unit metres"):
        read_terrain([bare])
    for terrain in (read_terrain([bare], elevation_unit="feet"), read_terrain([feet])):
        assert np.nanmax(terrain.elevation_m) == pytest.approx(304.8, abs=0.01)
        assert "converted from feet" in terrain.provenance[0].name
    assert np.nanmax(read_terrain([bare], elevation_unit="metres").elevation_m) == 1000
    with pytest.raises(TerrainFileError, match="says that its heights are in feet, and you said metres"):
        read_terrain([feet], elevation_unit="metres")
    with pytest.raises(TerrainFileError, match="'fathom'"):
        read_terrain([geotiff(tmp_path / "deep.tif", heights, unit="fathom")])


def test_wrong_questions(tmp_path: Path) -> None:
    """No file, no elevation, an area elsewhere, a radius or cell of nothing: refused, saying what to give."""
    path = geotiff(tmp_path / "h.tif", np.full((100, 100), 500, np.float32))
    with pytest.raises(TerrainFileError, match="no elevation"):
        read_terrain([])
    with pytest.raises(TerrainFileError, match="there is no file"):
        read_terrain([tmp_path / "absent.tif"])
    with pytest.raises(TerrainFileError, match="is a folder"):
        read_terrain([tmp_path])
    with pytest.raises(TerrainFileError, match="no part of the area"):
        read_terrain([path], area=Circle(Place(10, 10), 5))
    for area in ((2.0, 42.0, 1.0, 43.0), (float("nan"), 0.0, 1.0, 1.0), Circle(Place(42.5, 1.5), 0)):
        with pytest.raises(TerrainFileError):
            read_terrain([path], area=area)
    for cell_m in (0.0, -5.0, float("nan"), 1e9):
        with pytest.raises(TerrainFileError):
            read_terrain([path], cell_m=cell_m)


def test_damaged_saved_terrains_are_refused(tmp_path: Path) -> None:
    """A saved terrain that is cut, empty, of another kind or promises too much is refused, never half read."""
    whole = pack(ground())
    path = tmp_path / "x.terrain.npz"
    for body in (
        b"",
        b"junk",
        whole[:-40],
        whole[:200],
        zipped("terrain.json", b"{}"),
        zipped("terrain.json", b"\xff"),
    ):
        path.write_bytes(body)
        with pytest.raises(TerrainFileError):
            load_terrain(path)
    with zipfile.ZipFile(path, "w") as archive, zipfile.ZipFile(io.BytesIO(whole)) as old:
        for entry in old.namelist():
            archive.writestr(entry, old.read(entry).replace(b"(12, 15), }      ", b"(99999, 99999), }"))
    with pytest.raises(TerrainFileError):
        load_terrain(path)
    with pytest.raises(FileError):
        save_terrain(tmp_path / "no such folder" / "x.npz", ground())


def test_andorra(shared_data: Path) -> None:
    """The mountain set: two tiles and a map make one ground on which somebody walks from the capital to a peak."""
    terrain = read_terrain(sorted((shared_data / "search/terrain_andorra").iterdir()), title="Andorra")
    assert terrain.epsg == 32631 and terrain.cell_m == 90
    assert np.nanmin(terrain.elevation_m) > 840 and np.nanmax(terrain.elevation_m) < 2950
    assert terrain.void_share < 0.01
    assert {name.label for name in terrain.names} >= {"Andorra la Vella", "Ordino", "Pic de la Serrera"}
    assert terrain.border.any()
    town = next(name.place for name in terrain.names if name.label == "Andorra la Vella")
    peak = next(name.place for name in terrain.names if name.label == "Pic de la Serrera")
    hours = travel(terrain, [Start(town)]).hours_at(peak)
    assert hours is not None and 3 < hours < 12


def test_adirondack(shared_data: Path) -> None:
    """Heights in a GeoTIFF with trails in a zipped GeoJSON."""
    terrain = read_terrain(sorted((shared_data / "search/terrain_newyork").iterdir()), elevation_unit="metres")
    assert terrain.cell_m == 30
    assert terrain.epsg == 32618
    assert (terrain.trails > 0).sum() > 10_000
    assert np.nanmax(terrain.elevation_m) == pytest.approx(1629, abs=10)  # Mount Marcy


def test_landsar_tiles_with_cover(shared_data: Path) -> None:
    """Eight tiles of heights and as many of land cover make one whole ground."""
    files = sorted((shared_data / "search/terrain_landsar").glob("VA_*.tif"))
    terrain = read_terrain(files, elevation_unit="metres")
    assert terrain.cell_m == 30
    assert terrain.void_share < 0.001
    assert (terrain.land_cover == LandCover.UNKNOWN).mean() < 0.01
    assert len(terrain.provenance) == 2
