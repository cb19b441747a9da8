"""Which tiles there are, and the empty one. Nothing here loads slowly: kept tiles are served by this alone.

Tiles are squares of 512 pixels of the Web Mercator world: at zoom z, 2^z of them each way, counted from the north-west.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

TILE_PX: Final = 512
NORTH_END: Final = 85.051_128_779_8
"""Web Mercator ends here: its world is a square."""
NEAREST: Final = 24
"""No tile is nearer than this."""

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees; east lies beyond 180 where the date line is crossed."""


def tiles_over(bounds: Bounds, zoom: int) -> Iterator[tuple[int, int]]:
    """The columns and rows of all tiles that touch a piece of the Earth, from the north-west."""
    columns, rows = _ranges(bounds, zoom)
    for y in rows:
        for x in columns:
            yield x % 2**zoom, y


def count_over(bounds: Bounds, zoom: int) -> int:
    """How many tiles touch a piece of the Earth."""
    columns, rows = _ranges(bounds, zoom)
    return len(columns) * len(rows)


def touches(bounds: Bounds, z: int, x: int, y: int) -> bool:
    """Whether there is such a tile, and it touches a piece of the Earth."""
    if not (0 <= z <= NEAREST and 0 <= x < 2**z and 0 <= y < 2**z):
        return False
    columns, rows = _ranges(bounds, z)
    return y in rows and (x in columns or x + 2**z in columns)


def _ranges(bounds: Bounds, zoom: int) -> tuple[range, range]:
    """Columns, which may run on beyond the last one, and rows."""
    west, south, east, north = bounds
    count = 2**zoom
    columns = range(math.floor((west / 360 + 0.5) * count), math.floor((east / 360 + 0.5) * count) + 1)
    top, bottom = (math.floor(_down(lat) * count) for lat in (north, south))
    return columns, range(max(0, top), min(count - 1, bottom) + 1)


def _down(lat: float) -> float:
    """How far down the world's square a latitude lies, 0 to 1."""
    kept = math.radians(max(-NORTH_END, min(NORTH_END, lat)))
    return 0.5 - math.asinh(math.tan(kept)) / (2 * math.pi)


@lru_cache(maxsize=1)
def empty_tile() -> bytes:
    """A PNG that shows nothing: one clear colour."""
    rows = zlib.compress(bytes(TILE_PX * (1 + TILE_PX // 8)), 9)
    header = struct.pack(">IIBBBBB", TILE_PX, TILE_PX, 1, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", b"\xff\xff\xff"), (b"tRNS", b"\0"), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
