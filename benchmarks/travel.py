"""Travel times: how long a surface takes, beside scikit-image's isotropic path search on a grid of the same size.

    python -m benchmarks.travel [TERRAIN...] [--json]

TERRAIN is a file that `wayhome terrain import` wrote, or elevation (.hgt, .hgt.zip, .tif) and map files (.osm.pbf,
.geojson) of one area. The synthetic case always runs: 1000 x 1000 cells with every feature. Targets: at most 0.5 s
after warm-up, and not slower than `skimage.graph.MCP_Geometric` in the same run (`uv sync --group peers`). Both are
timed in turn; the quickest of several runs counts, and the middle one is told. Files of your own have no target.
The last line is one JSON object, with or without --json; without scikit-image its `ok` covers the 0.5 s only.
"""

from __future__ import annotations

import importlib.util
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from wayhome.terrain.grid import Terrain
from wayhome.terrain.travel import Start, travel
from wayhome.values.chance import generator
from wayhome.values.places import Place

SIDE: Final = 1000
ROUNDS: Final = 7
MOST_S: Final = 0.5
PEER: Final = "skimage.graph.MCP_Geometric"


def synthetic(side: int = SIDE) -> Terrain:
    """Rolling hills, every land cover cell by cell, trails, a stream and a river with a ford and a bridge, a border."""
    from scipy.ndimage import gaussian_filter

    chance = generator(1, "benchmark travel")
    shape = (side, side)
    height = sum(gaussian_filter(chance.normal(size=shape), s) * s * high for s, high in ((40, 500), (10, 60), (3, 8)))
    trails, water, crossings = (np.zeros(shape, np.uint8) for _ in range(3))
    border = np.zeros(shape, np.bool_)
    trails[side // 2], trails[:, side // 10] = 2, 1
    water[:, side // 3], water[3 * side // 4] = 2, 1
    crossings[side // 10, side // 3], crossings[side // 2, side // 3] = 1, 2
    border[:, -side // 20] = True
    return Terrain(
        elevation_m=(height - np.min(height)).astype(np.float32),
        cell_m=60,
        epsg=32631,
        west_m=370_000,
        north_m=4_720_000,
        land_cover=chance.integers(0, 7, shape, np.uint8),
        trails=trails,
        water=water,
        crossings=crossings,
        border=border,
        title="synthetic",
    )


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def skimage_case(terrain: Terrain) -> Callable[[], object] | None:
    """The peer on the same grid: an isotropic cost for each cell. None when it is not installed."""
    if importlib.util.find_spec("skimage") is None:
        return None
    from skimage.graph import MCP_Geometric

    costs = generator(1, "benchmark skimage").uniform(1, 5, (terrain.rows, terrain.cols))
    return lambda: MCP_Geometric(costs).find_costs([(terrain.rows // 2, terrain.cols // 2)])


def measure(terrain: Terrain, peer: Callable[[], object] | None) -> dict[str, Any]:
    """One case: both in turn, after one warm-up each."""
    start = [Start(_middle(terrain))]
    found = travel(terrain, start, cross_voids=True)
    ours, theirs = [], []
    if peer is not None:
        peer()
    for _ in range(ROUNDS):
        ours.append(timed(lambda: travel(terrain, start, cross_voids=True)))
        if peer is not None:
            theirs.append(timed(peer))
    return {
        "case": terrain.title or "unnamed",
        "rows": terrain.rows,
        "cols": terrain.cols,
        "reached_share": round(float(found.reached.mean()), 4),
        "quickest_s": round(min(ours), 4),
        "middle_s": round(statistics.median(ours), 4),
        "million_cells_per_s": round(terrain.rows * terrain.cols / min(ours) / 1e6, 2),
        "skimage_quickest_s": round(min(theirs), 4) if theirs else None,
        "skimage_middle_s": round(statistics.median(theirs), 4) if theirs else None,
        "times_skimage": round(min(ours) / min(theirs), 3) if theirs else None,
    }


def _middle(terrain: Terrain) -> Place:
    return terrain.place_of(terrain.rows // 2, terrain.cols // 2)


def read_paths(paths: Sequence[Path]) -> list[Terrain]:
    """Saved terrains one by one; every other file together as one area, heights in metres. Raises TerrainFileError."""
    from wayhome.links.terrain_files import load_terrain, read_terrain

    saved = [path for path in paths if path.suffix == ".npz"]
    raw = [path for path in paths if path.suffix != ".npz"]
    return [load_terrain(path) for path in saved] + ([read_terrain(raw, elevation_unit="metres")] if raw else [])


def line(case: dict[str, Any]) -> str:
    peer = (
        f", {case['times_skimage']:.2f} of skimage's {case['skimage_quickest_s']:.3f} s"
        if case["times_skimage"]
        else ""
    )
    return (
        f"{case['case']}: {case['rows']} x {case['cols']} cells in {case['quickest_s']:.3f} s "
        f"(middle of {ROUNDS}: {case['middle_s']:.3f} s, {case['million_cells_per_s']:.1f} M cells/s){peer}"
    )


def main(arguments: Sequence[str]) -> int:
    from wayhome.links.terrain_errors import TerrainFileError

    paths = [Path(a) for a in arguments if a != "--json"]
    try:
        own = read_paths(paths)
    except TerrainFileError as error:
        print(error, file=sys.stderr)
        print(json.dumps({"benchmark": "travel", "ok": False, "error": str(error)}))
        return 1
    terrain = synthetic()
    peer = skimage_case(terrain)
    cases = [measure(terrain, peer)]
    print(line(cases[0]), flush=True)
    if peer is None:
        print(f"{PEER} is not installed (`uv sync --group peers`): only the {MOST_S} s are held")
    for one in own:
        cases.append(measure(one, None))
        print(line(cases[-1]), flush=True)
    ratio = cases[0]["times_skimage"]
    ok = cases[0]["quickest_s"] <= MOST_S and (ratio is None or ratio <= 1.0)
    summary = {"benchmark": "travel", "ok": ok, "most_s": MOST_S, "peer": peer is not None, "cases": cases}
    print(json.dumps(summary))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
