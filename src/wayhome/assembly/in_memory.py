"""A house in memory on a clock of one's own: for exercises. Nothing of it reaches a disk."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING

from wayhome.assembly.local import Founding, LocalHouse, found_in
from wayhome.log.memory_store import MemoryLog
from wayhome.usecases.ports import NoTerrain
from wayhome.values.ids import PersonId, derive
from wayhome.values.when import Moment

if TYPE_CHECKING:
    from wayhome.links.tile_store import MadeTiles
    from wayhome.terrain.grid import Terrain


class TerrainsInMemory:
    """Terrains by name."""

    def __init__(self) -> None:
        self._held: dict[str, Terrain] = {}
        self._tiles: dict[str, MadeTiles] = {}

    def names(self) -> list[str]:
        return sorted(self._held)

    def load(self, name: str) -> Terrain:
        if name not in self._held:
            raise NoTerrain(f"there is no terrain {name!r} in this exercise")
        return self._held[name]

    def save(self, name: str, terrain: Terrain) -> None:
        self._held[name] = terrain
        self._tiles.pop(name, None)

    def tiles(self, name: str) -> MadeTiles:
        from wayhome.links.tile_store import MadeTiles

        terrain = self.load(name)
        if name not in self._tiles:
            self._tiles[name] = MadeTiles(terrain)
        return self._tiles[name]


def counted_keys(seed: str) -> Callable[[], str]:
    """Intent keys that are the same in every run of an exercise, and so are the ids made of them."""
    numbers = itertools.count()
    return lambda: derive(seed, "intent", str(next(numbers)))


def in_memory_house(seed: str, clock: Callable[[], Moment], founding: Founding) -> tuple[LocalHouse, PersonId]:
    """A founded organisation in memory, and its founder. The same seed and acts give the same ids."""
    log = MemoryLog(wall=lambda: clock().ms)
    house = LocalHouse(log, TerrainsInMemory(), clock=clock, new_key=counted_keys(seed))
    return house, found_in(house, founding, hashed="", key=derive(seed, "founding"))
