"""Map tiles: how long one takes to be made, zoom by zoom, how large it is, and how long the very first is waited for.

    python -m benchmarks.tiles [TERRAIN...] [--json]

TERRAIN is a file that `wayhome terrain import` wrote. The Leaf always runs. Targets, for the Leaf on one processor that
has nothing else to do: half of all tiles in at most 40 ms after warm-up, the quickest of several times each; the first
in a fresh process in at most 300 ms once the terrain is read. A tile that was kept is read in less than a millisecond.
The last line is one JSON object, with or without --json.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from wayhome.links.map_tiles import TileMaker
from wayhome.links.terrain_errors import TerrainFileError
from wayhome.links.terrain_saved import load_terrain, save_terrain
from wayhome.links.terrain_store import SUFFIX, FolderTerrains
from wayhome.links.tile_numbers import tiles_over
from wayhome.terrain.grid import Terrain
from wayhome.terrain.leaf import make_leaf

ROUNDS: Final = 5
TILES_PER_ZOOM: Final = 12
MOST_MS: Final = 40.0
MOST_FIRST_MS: Final = 300.0
MOST_KEPT_MS: Final = 1.0

FIRST = """
import sys, time
from pathlib import Path
from wayhome.links.terrain_saved import load_terrain
terrain = load_terrain(Path(sys.argv[1]))
began = time.perf_counter()
from wayhome.links.map_tiles import TileMaker
TileMaker(terrain).tile(*map(int, sys.argv[2:]))
print((time.perf_counter() - began) * 1000)
"""
"""Importing what makes tiles counts; reading the terrain does not."""


def quickest_ms(maker: TileMaker, z: int, x: int, y: int) -> tuple[float, int]:
    """The quickest of several times, after one that does not count; and how large the tile is."""
    size = len(maker.tile(z, x, y))
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        maker.tile(z, x, y)
        times.append((time.perf_counter() - began) * 1000)
    return min(times), size


def middle_tiles(maker: TileMaker, zoom: int) -> list[tuple[int, int]]:
    """Tiles spread evenly over the terrain."""
    every = list(tiles_over(maker.bounds, zoom))
    return every[:: max(1, len(every) // TILES_PER_ZOOM)]


def measure(terrain: Terrain, title: str) -> dict[str, Any]:
    """One terrain: every zoom, the first tile of a fresh process, and a tile that was kept."""
    maker = TileMaker(terrain)
    zooms, all_ms = [], []
    for zoom in range(maker.min_zoom, maker.max_zoom + 1):
        found = [quickest_ms(maker, zoom, x, y) for x, y in middle_tiles(maker, zoom)]
        times = [ms for ms, _ in found]
        all_ms += times
        zooms.append(
            {
                "zoom": zoom,
                "tiles": len(found),
                "middle_ms": round(statistics.median(times), 1),
                "most_ms": round(max(times), 1),
                "kilobytes": round(sum(size for _, size in found) / len(found) / 1000, 1),
            }
        )
        print(f"{title}, zoom {zoom}: {zooms[-1]['middle_ms']} ms, {zooms[-1]['kilobytes']} kB a tile", flush=True)
    zoom = (maker.min_zoom + maker.max_zoom + 1) // 2
    middle = middle_tiles(maker, zoom)
    first_ms, kept_ms = _first_and_kept(terrain, zoom, *middle[len(middle) // 2])
    print(f"{title}: the first in a fresh process {first_ms:.0f} ms, a kept one {kept_ms:.3f} ms", flush=True)
    return {
        "case": title,
        "rows": terrain.rows,
        "cols": terrain.cols,
        "middle_ms": round(statistics.median(all_ms), 1),
        "first_ms": round(first_ms, 1),
        "kept_ms": round(kept_ms, 4),
        "zooms": zooms,
    }


def _first_and_kept(terrain: Terrain, z: int, x: int, y: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"case{SUFFIX}"
        save_terrain(path, terrain)
        command = [sys.executable, "-c", FIRST, str(path), str(z), str(x), str(y)]
        # As on any installed program, Python keeps what it compiled; the quickest round is one that finds it.
        compiled = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        compiled["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        firsts = [
            float(subprocess.run(command, capture_output=True, check=True, env=compiled).stdout)
            for _ in range(ROUNDS + 1)
        ]
        source = FolderTerrains(Path(folder)).tiles("case")
        source.get(z, x, y)
        began = time.perf_counter()
        for _ in range(100):
            source.get(z, x, y)
        return min(firsts), (time.perf_counter() - began) * 10


def main(arguments: Sequence[str]) -> int:
    try:
        paths = [Path(argument) for argument in arguments if argument != "--json"]
        own = [(load_terrain(path), path.name.removesuffix(SUFFIX)) for path in paths]
    except TerrainFileError as error:
        print(error, file=sys.stderr)
        print(json.dumps({"benchmark": "tiles", "ok": False, "error": str(error)}))
        return 1
    cases = [measure(terrain, title) for terrain, title in ((make_leaf(1), "the Leaf"), *own)]
    leaf = cases[0]
    ok = leaf["middle_ms"] <= MOST_MS and leaf["first_ms"] <= MOST_FIRST_MS and leaf["kept_ms"] <= MOST_KEPT_MS
    print(json.dumps({"benchmark": "tiles", "ok": ok, "most_ms": MOST_MS, "cases": cases}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
