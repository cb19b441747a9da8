"""What a cell of ground can be. The numbers are stored in files: never change one, only add."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import msgspec

from wayhome.values.places import Place


class LandCover(IntEnum):
    """What grows or lies on the ground."""

    UNKNOWN = 0
    OPEN = 1
    FOREST = 2
    SCRUB = 3
    ROCK = 4
    ICE = 5
    WETLAND = 6
    WATER = 7
    BUILT = 8


class Trail(IntEnum):
    """The best way to walk through a cell."""

    NONE = 0
    PATH = 1
    TRACK = 2
    ROAD = 3


class Water(IntEnum):
    """What water a cell holds; a river or a lake is a barrier, a stream only slows."""

    NONE = 0
    STREAM = 1
    RIVER = 2
    LAKE = 3


class Crossing(IntEnum):
    """Where a barrier opens."""

    NONE = 0
    FORD = 1
    BRIDGE = 2


class Source(msgspec.Struct, frozen=True):
    """Where a layer came from: what it is, whose words must stand beside it, and how fine it was before we resampled.

    `resolution_m` is 0 where the source is vectors or made by a formula.
    """

    layer: str
    name: str
    licence: str
    attribution: str
    resolution_m: float = 0.0


class Named(msgspec.Struct, frozen=True):
    """A place with a name; `kind` is the source's own word (peak, village, hut, ...)."""

    label: str
    place: Place
    kind: str


CLASSES: Final = {"land_cover": LandCover, "trails": Trail, "water": Water, "crossings": Crossing}
"""Which words each layer of small numbers may use."""
