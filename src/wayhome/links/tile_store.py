"""Map tiles of the terrains in a folder: made when first asked for, and kept in a file beside the terrain."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wayhome.links.tile_file import Connect, TileFile, connect, remove
from wayhome.links.tile_numbers import Bounds, empty_tile, touches
from wayhome.links.tile_thread import in_turn
from wayhome.usecases.ports import NoTerrain

if TYPE_CHECKING:
    from wayhome.links.map_tiles import TileMaker
    from wayhome.terrain.grid import Terrain

DRAWN_AS: Final = 1
"""One more whenever tiles of the same terrain come to look different: kept ones are then made anew."""
MOST_MAKERS: Final = 2
"""Terrains held in hand to make tiles from. Kept tiles need none."""


@dataclass(frozen=True)
class Extent:
    """What a face must know of tiles before it asks for one."""

    bounds: Bounds
    min_zoom: int
    max_zoom: int
    attribution: str

    @staticmethod
    def of(maker: TileMaker) -> Extent:
        return Extent(maker.bounds, maker.min_zoom, maker.max_zoom, maker.attribution)

    @staticmethod
    def read(told: dict[str, str]) -> Extent | None:
        """What a file of tiles says; None where it does not say all of it."""
        with suppress(KeyError, ValueError):
            west, south, east, north = (float(part) for part in told["bounds"].split(","))
            zooms = int(told["minzoom"]), int(told["maxzoom"])
            return Extent((west, south, east, north), *zooms, told["attribution"])
        return None

    def told(self, title: str) -> dict[str, str]:
        """What a file of tiles must say."""
        return {
            "name": title,
            "format": "png",
            "type": "baselayer",
            "version": "1",
            "description": "Ground, contours, water, ways and names, made by Wayhome",
            "bounds": ",".join(f"{degrees:.7f}" for degrees in self.bounds),
            "minzoom": str(self.min_zoom),
            "maxzoom": str(self.max_zoom),
            "attribution": self.attribution,
        }


class MadeTiles:
    """Tiles of a terrain in memory, each made when it is asked for."""

    def __init__(self, terrain: Terrain) -> None:
        from wayhome.links.map_tiles import TileMaker

        self._terrain = terrain
        self._maker = TileMaker(terrain)
        extent = Extent.of(self._maker)
        self.bounds, self.min_zoom, self.max_zoom = extent.bounds, extent.min_zoom, extent.max_zoom
        self.attribution = extent.attribution

    @property
    def version(self) -> str:
        ground = self._terrain
        layers = (ground.elevation_m, ground.land_cover, ground.trails, ground.water, ground.crossings, ground.border)
        words = repr((DRAWN_AS, ground.epsg, ground.cell_m, ground.west_m, ground.north_m, ground.names, ground.title))
        digest = hashlib.sha256(words.encode())
        for layer in layers:
            digest.update(layer.tobytes())
        return digest.hexdigest()[:12]

    def get(self, z: int, x: int, y: int) -> bytes:
        return self._maker.tile(z, x, y)


class KeptTiles:
    """Tiles of one state of one terrain. Obeys `wayhome.usecases.ports.TileSource`."""

    def __init__(self, path: Path, version: str, maker: Callable[[], TileMaker], *, connect: Connect = connect) -> None:
        """`maker` gives what makes tiles, and may raise NoTerrain; it is asked for only when a tile is missing."""
        self.version = version
        self._maker = maker
        self._file = TileFile(path, connect=connect)
        self._turn = threading.Lock()
        extent = Extent.read(self._file.told)
        if extent is None:
            made = maker()
            extent = Extent.of(made)
            self._file.tell(extent.told(made.title))
        self.bounds, self.min_zoom, self.max_zoom = extent.bounds, extent.min_zoom, extent.max_zoom
        self.attribution = extent.attribution

    def get(self, z: int, x: int, y: int) -> bytes:
        if not (self.min_zoom <= z <= self.max_zoom and touches(self.bounds, z, x, y)):
            return empty_tile()
        kept = self._file.get(z, x, y)
        if kept is not None:
            return kept
        with self._turn:
            # Somebody else may have made it while we waited for our turn.
            kept = self._file.get(z, x, y)
            if kept is None:
                kept = self._maker().tile(z, x, y)
                self._file.put(z, x, y, kept)
        return kept

    def close(self) -> None:
        self._file.close()


class TileStore:
    """The tiles of every terrain in a folder."""

    def __init__(self, folder: Path, load: Callable[[str], Terrain], *, connect: Connect = connect) -> None:
        self._folder = folder
        self._load = load
        self._connect = connect
        self._turn = threading.Lock()
        self._loading = threading.Lock()
        self._held: dict[str, KeptTiles] = {}
        self._makers: OrderedDict[tuple[str, str], TileMaker] = OrderedDict()

    def tiles(self, name: str, terrain_file: Path) -> KeptTiles:
        """The tiles of a terrain as its file is now. Raises NoTerrain where that cannot be read."""
        try:
            at = terrain_file.stat()
        except OSError as error:
            raise NoTerrain(f"the terrain {name!r} cannot be read ({error.strerror}): import it again") from error
        version = hashlib.sha256(f"{DRAWN_AS} {at.st_mtime_ns} {at.st_size}".encode()).hexdigest()[:12]
        with self._turn:
            held = self._held.get(name)
            if held is None or held.version != version:
                if held is not None:
                    held.close()
                    del self._held[name]
                held = self._begun(name, version)
                self._held[name] = held
            return held

    def close(self) -> None:
        """Closes every file; what is asked afterwards opens them again."""
        with self._turn:
            for held in self._held.values():
                held.close()
            self._held.clear()

    def _begun(self, name: str, version: str) -> KeptTiles:
        path = self._folder / f"{name}.{version}.mbtiles"
        held = KeptTiles(path, version, lambda: self._maker(name, version), connect=self._connect)
        ours = re.compile(rf"{re.escape(name)}\.[0-9a-f]{{12}}\.mbtiles")
        for old in self._folder.glob("*.mbtiles"):
            if ours.fullmatch(old.name) and old != path:
                remove(old)
        return held

    def _maker(self, name: str, version: str) -> TileMaker:
        from wayhome.links.map_tiles import TileMaker  # numpy and Pillow load slowly

        key = (name, version)
        with self._loading:
            if key not in self._makers:
                self._makers[key] = in_turn(lambda: TileMaker(self._load(name)))
                while len(self._makers) > MOST_MAKERS:
                    self._makers.popitem(last=False)
            self._makers.move_to_end(key)
            return self._makers[key]
