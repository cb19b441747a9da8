"""SRTM tiles: `N42E001.hgt` or `.hgt.zip`, one degree each, 1201 or 3601 big-endian int16 a side, -32768 void."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from affine import Affine

from wayhome.links.terrain_errors import TerrainFileError, size_of
from wayhome.links.terrain_raster import WGS84, Bounds, Raster
from wayhome.terrain.classes import Source

NAME: Final = re.compile(r"([NS])(\d{2})([EW])(\d{3})", re.IGNORECASE)
SIDES: Final = {2 * 1201 * 1201: 1201, 2 * 3601 * 3601: 3601}
MOST_ZIP_BYTES: Final = 2 * 2 * 3601 * 3601
VOID: Final = -32768


@dataclass(frozen=True)
class Tile:
    """One tile before it is read: its file, its south-western corner and its samples a side."""

    path: Path
    south: int
    west: int
    side: int

    @property
    def bounds(self) -> Bounds:
        return self.west, self.south, self.west + 1, self.south + 1


def peek(path: Path) -> Tile:
    """What a tile's name and size say, without reading it. Raises TerrainFileError."""
    size = size_of(path)
    zipped = path.name.lower().endswith(".zip")
    name, bytes_inside = _entry(path, size) if zipped else (path.name, size)
    corner = NAME.search(name) or NAME.search(path.name)
    if corner is None:
        raise TerrainFileError(f"{path}: a tile is called after its south-western corner, like N42E001.hgt; rename it")
    south, west = int(corner[2]), int(corner[4])
    if south > 90 or west > 180:
        raise TerrainFileError(f"{path}: its name puts it at {corner[0]}, which is not on Earth")
    if bytes_inside not in SIDES:
        raise TerrainFileError(
            f"{path}: a tile has 1201 x 1201 (2,884,802 bytes) or 3601 x 3601 (25,934,402 bytes) samples, "
            f"this one has {bytes_inside:,} bytes: it is cut short or something else; fetch it again"
        )
    south = -south if corner[1].upper() == "S" else south
    west = -west if corner[3].upper() == "W" else west
    return Tile(path, south, west, SIDES[bytes_inside])


def _entry(path: Path, size: int) -> tuple[str, int]:
    """Name and unpacked size of the one tile in a zip."""
    if size > MOST_ZIP_BYTES:
        raise TerrainFileError(f"{path} has {size:,} bytes: no zipped tile is that large")
    try:
        with zipfile.ZipFile(path) as archive:
            tiles = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".hgt")]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise TerrainFileError(f"{path} is no zip file that can be read ({error}): fetch it again") from error
    if len(tiles) != 1:
        raise TerrainFileError(f"{path} holds {len(tiles)} .hgt tiles: it should hold one")
    return Path(tiles[0].filename).name, tiles[0].file_size


def read(tile: Tile) -> Raster:
    """A tile as heights. Raises TerrainFileError when it cannot be read whole."""
    body = _unzip(tile.path) if tile.path.name.lower().endswith(".zip") else _plain(tile.path, tile.side)
    if SIDES.get(len(body)) != tile.side:
        raise TerrainFileError(f"{tile.path} ends after {len(body):,} bytes: it is cut short; fetch it again")
    samples = np.frombuffer(body, ">i2").reshape(tile.side, tile.side)
    heights = np.where(samples == VOID, np.nan, samples).astype(np.float32)
    step = 1 / (tile.side - 1)
    # Samples lie on the corners of the degree, so the first pixel begins half a step outside it.
    transform = Affine(step, 0, tile.west - step / 2, 0, -step, tile.south + 1 + step / 2)
    arc = 3 if tile.side == 1201 else 1
    source = Source(
        layer="elevation",
        name=f"SRTM {arc} arc-second",
        licence="public domain",
        attribution="Shuttle Radar Topography Mission, NASA/NGA, 2000",
        resolution_m=30.0 * arc,
    )
    return Raster(heights, transform, WGS84, source)


def _plain(path: Path, side: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(2 * side * side + 1)
    except OSError as error:
        raise TerrainFileError(f"{path} cannot be read: {error.strerror}") from error


def _unzip(path: Path) -> bytes:
    """The tile's bytes; never more than one above the largest tile, whatever the zip promises."""
    try:
        with zipfile.ZipFile(path) as archive:
            name = next(entry for entry in archive.namelist() if entry.lower().endswith(".hgt"))
            with archive.open(name) as file:
                return file.read(max(SIDES) + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise TerrainFileError(f"{path} cannot be unpacked ({error}): fetch it again") from error
