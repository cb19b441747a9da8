"""Imported terrains, one file each in a folder beside the record. They are public data and hold no secret."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from wayhome.usecases.ports import NoTerrain

if TYPE_CHECKING:
    from wayhome.links.tile_store import KeptTiles, TileStore
    from wayhome.terrain.grid import Terrain

TERRAIN_FOLDER = "terrain"
SUFFIX = ".terrain.npz"
NAME = re.compile(r"[\w][\w .-]{0,60}")


class FolderTerrains:
    """Terrains by name in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tiles: TileStore | None = None
        self._turn = threading.Lock()

    def names(self) -> list[str]:
        if not self._folder.is_dir():
            return []
        return sorted(path.name.removesuffix(SUFFIX) for path in self._folder.glob(f"*{SUFFIX}"))

    def load(self, name: str) -> Terrain:
        # numpy loads slowly. What reads other files (rasterio and more) is not needed for a terrain of our own.
        from wayhome.links.terrain_errors import TerrainFileError
        from wayhome.links.terrain_saved import load_terrain

        path = self._held(name)
        try:
            return load_terrain(path)
        except TerrainFileError as error:
            raise NoTerrain(str(error)) from error

    def save(self, name: str, terrain: Terrain) -> None:
        from wayhome.links.terrain_saved import save_terrain

        self._folder.mkdir(parents=True, exist_ok=True)
        save_terrain(self._path(name), terrain)

    def tiles(self, name: str) -> KeptTiles:
        from wayhome.links.tile_store import TileStore

        path = self._held(name)
        with self._turn:
            if self._tiles is None:
                self._tiles = TileStore(self._folder, self.load)
        return self._tiles.tiles(name, path)

    def _held(self, name: str) -> Path:
        """The file of a terrain that is there."""
        path = self._path(name)
        if not path.is_file():
            held = ", ".join(self.names()) or "none yet: `wayhome terrain import` or `wayhome terrain leaf` make one"
            raise NoTerrain(f"there is no terrain {name!r}: there is {held}")
        return path

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise NoTerrain(f"{name!r} is no name for a terrain: letters, digits, blanks, dots and dashes, at most 60")
        return self._folder / f"{name}{SUFFIX}"
