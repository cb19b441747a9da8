"""The Leaf's ground: 60 x 60 km made by us from a seed, so that stories have somewhere to play without any file.

Mountains worn by rivers that run south into the plain, a lake, the village with its roads and trails, four hamlets, a
border with its post. No such place exists: it lies in the open Pacific, 200 km and more from any land.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.terrain.classes import Crossing, LandCover, Named, Source, Trail, Water
from wayhome.terrain.errors import TerrainError
from wayhome.terrain.grid import Terrain
from wayhome.terrain.leaf_ways import Cell, join, lay_ways
from wayhome.terrain.relief import carve, drain, drained_cells, finer, noise, pond
from wayhome.terrain.utm import to_metres, utm_epsg
from wayhome.values.chance import generator
from wayhome.values.places import Place

SIDE: Final = 1000
CELL_M: Final = 60.0
SEA: Final = Place(30.0, 142.0)
"""The middle of the Leaf's ground: open water east of the Bonin Islands, UTM zone 54 north."""
STAGES: Final = ((250, 36, 19.0, 0.16), (500, 4, 6.0, 0.12), (1000, 1, 1.0, 0.04))
"""Cells a side, rounds, uplift per round (m) and strength of the rivers, from coarse to fine."""
STREAM_KM2: Final = 2.5
RIVER_KM2: Final = 60.0
BRIDGED_KM2: Final = 150.0
LAKE_RISE_M: Final = 60.0
LAKE_KM2: Final = 5.0
TREE_LINE_M: Final = 1150.0
SCRUB_LINE_M: Final = 1400.0
HAMLETS: Final = ("Otafuku", "Shirakaba", "Mizukiri", "Kurotani")
ABROAD: Final = "Tanzaku"
PEAKS: Final = ("Mount Kagami", "Mount Tsurugi", "Mount Ibuki", "Mount Hokuto", "Mount Asama")

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Codes = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Ground:
    """Relief and water before people: height (m), drained area (km²), classes of water, distance to rivers (m)."""

    height: Floats
    area_km2: Floats
    water: Codes
    river_m: Floats
    slope: Floats


def make_leaf(seed: int = 1, *, centre: Place = SEA) -> Terrain:
    """The Leaf's terrain: 1000 x 1000 cells of 60 m around `centre`. The same seed and centre give the same ground.

    Raises TerrainError beyond the UTM grid.
    """
    ground = _ground(seed)
    epsg = utm_epsg(centre)
    x, y = to_metres(epsg, centre)
    half = SIDE * CELL_M / 2
    nothing = np.zeros((SIDE, SIDE), np.uint8)
    empty = Terrain(
        elevation_m=ground.height.astype(np.float32),
        cell_m=CELL_M,
        epsg=epsg,
        west_m=round((x - half) / CELL_M) * CELL_M,
        north_m=round((y + half) / CELL_M) * CELL_M,
        land_cover=_wild_cover(seed, ground),
        trails=nothing,
        water=ground.water,
        crossings=nothing,
        border=_border(seed),
        provenance=(_source(seed),),
        cautions=("made ground: no such place exists, its coordinates are only where the story is put",),
        title="The Leaf",
    )
    return _settled(empty, ground)


def _source(seed: int) -> Source:
    return Source(
        layer="elevation, land cover, trails, water, border, names",
        name=f"made by Wayhome, seed {seed}",
        licence="Apache-2.0",
        attribution="made by a formula, measured nowhere",
    )


def _ground(seed: int) -> Ground:
    """Relief by uplift and rivers, then a lake behind a narrow place."""
    height = _relief(seed)
    outlet = _outlets(SIDE)
    filled, into, order = drain(height, outlet)
    area = drained_cells(into, order) * (CELL_M / 1000) ** 2
    lake = _lake(filled.ravel(), into, order, area)
    level = filled.copy()
    level.ravel()[lake] = filled.ravel()[lake].min() + LAKE_RISE_M
    filled, into, order = drain(level, outlet)
    area = drained_cells(into, order) * (CELL_M / 1000) ** 2
    water = _water(filled, into, area, lake)
    from scipy.ndimage import distance_transform_edt

    dry_m = np.asarray(distance_transform_edt(water < Water.RIVER), np.float64) * CELL_M
    slope = np.hypot(*np.gradient(filled, CELL_M))
    return Ground(filled, area.reshape(SIDE, SIDE), water, dry_m, np.asarray(slope, np.float64))


def _outlets(side: int) -> Mask:
    """Water leaves along the southern edge."""
    out = np.zeros((side, side), np.bool_)
    out[-1] = True
    return out


def _relief(seed: int) -> Floats:
    from scipy.ndimage import gaussian_filter

    down, across = np.mgrid[0:SIDE, 0:SIDE] / SIDE
    uplift = 1.0 + 0.45 * noise(generator(seed, "leaf", "uplift"), SIDE, 1.6)
    uplift += 1.4 * np.clip(0.75 - down, 0, 1) + 0.8 * np.clip(across - 0.45, 0, 1)
    uplift = np.clip(uplift, 0.15, None) * (0.35 + 0.65 * np.clip((1 - down) * 3, 0, 1))
    height = 200 * np.linspace(1, 0, STAGES[0][0])[:, None].repeat(STAGES[0][0], 1)
    for side, rounds, rise_m, strength in STAGES:
        chance = generator(seed, "leaf", "relief", str(side))
        height = gaussian_filter(finer(height, side), 1.5)
        if side < SIDE:
            height = height + 1.5 * noise(chance, side, 1.0)
        outlet = _outlets(side)
        height[outlet] = 0
        cell_m = CELL_M * SIDE / side
        height = carve(finer(uplift, side) * rise_m, height, outlet, cell_m=cell_m, rounds=rounds, strength=strength)
    height = gaussian_filter(height, 0.8)
    crags = noise(generator(seed, "leaf", "crags"), SIDE, 0.9)
    return np.asarray(height + 14 * crags * np.clip((height - 800) / 1000, 0, 1) + 60, np.float64)


def _lake(height: Floats, into: NDArray[np.int32], order: NDArray[np.int32], area: Floats) -> Mask:
    """The cells drowned behind the dam, of a few dozen tried, whose lake comes nearest to the size wanted."""
    middle = np.zeros((SIDE, SIDE), np.bool_)
    middle[SIDE // 5 : SIDE * 3 // 4, SIDE // 6 : SIDE * 3 // 4] = True
    rivers = np.nonzero(middle.ravel() & (area > 20) & (area < 150))[0]
    tried = rivers[:: max(1, rivers.size // 40)]
    ponds = [pond(height, into, order, int(dam), float(height[dam]) + LAKE_RISE_M) for dam in tried]
    if not ponds:
        raise TerrainError("this seed makes no river to dam: take another")
    wanted = LAKE_KM2 / (CELL_M / 1000) ** 2
    return min(ponds, key=lambda wet: abs(float(wet.sum()) - wanted))


def _water(height: Floats, into: NDArray[np.int32], area: Floats, lake: Mask) -> Codes:
    """Streams, rivers and the lake. A river is widened at corners, so that its cells touch along edges."""
    water = np.zeros(SIDE * SIDE, np.uint8)
    water[area >= STREAM_KM2] = Water.STREAM
    rivers = np.nonzero(area >= RIVER_KM2)[0]
    water[rivers] = Water.RIVER
    down = into[rivers]
    turned = (rivers // SIDE != down // SIDE) & (rivers % SIDE != down % SIDE)
    one = rivers[turned] // SIDE * SIDE + down[turned] % SIDE
    two = down[turned] // SIDE * SIDE + rivers[turned] % SIDE
    flat = height.ravel()
    water[np.where(flat[one] < flat[two], one, two)] = Water.RIVER
    water[lake] = Water.LAKE
    return water.reshape(SIDE, SIDE)


def _wild_cover(seed: int, ground: Ground) -> Codes:
    """Forest, with glades; scrub and bare ground towards the tops; rock where it is steep; bogs in flat valleys."""
    patches = noise(generator(seed, "leaf", "cover"), SIDE, 1.1)
    height = ground.height + 90 * patches
    cover = np.full((SIDE, SIDE), LandCover.FOREST, np.uint8)
    cover[patches > 1.35] = LandCover.OPEN
    cover[height > TREE_LINE_M] = LandCover.SCRUB
    cover[height > SCRUB_LINE_M] = LandCover.OPEN
    cover[height > SCRUB_LINE_M + 250] = LandCover.ROCK
    cover[ground.slope > 0.6] = LandCover.ROCK
    flat = (ground.slope < 0.02) & (ground.river_m < 900) & (patches < -0.4)
    cover[flat] = LandCover.WETLAND
    return cover


def _border(seed: int) -> Mask:
    """A winding line from north to south in the east, its cells touching along edges."""
    from scipy.ndimage import gaussian_filter1d

    bend = gaussian_filter1d(generator(seed, "leaf", "border").standard_normal(SIDE), 60, mode="reflect")
    cols = np.round(SIDE * (0.78 + 0.05 * bend / bend.std())).astype(int)
    border = np.zeros((SIDE, SIDE), np.bool_)
    for row, col in enumerate(cols):
        before = cols[max(0, row - 1)]
        border[row, min(before, col) : max(before, col) + 1] = True
    return border


def _settled(empty: Terrain, ground: Ground) -> Terrain:
    """Villages on flat ground by a river, ways between them, fields around them, and what has a name."""
    sites = _sites(ground)
    fields = empty.land_cover.copy()
    for name, site in sites.items():
        _clear(fields, ground, site, 1800 if name == "Leaf village" else 900)
    roads, trails = _wanted(sites, ground)
    ways = lay_ways(replace(empty, land_cover=fields), sites["Leaf village"], roads, trails)
    crossings = np.where(ways > 0, np.uint8(Crossing.FORD), np.uint8(0)) * (empty.water >= Water.RIVER)
    deep = (ways == Trail.ROAD) | (ground.area_km2 >= BRIDGED_KM2) | (empty.water == Water.LAKE)
    crossings[(crossings > 0) & deep] = Crossing.BRIDGE
    for name, site in sites.items():
        _build(fields, empty.water, site, 700 if name == "Leaf village" else 240)
    peopled = replace(empty, land_cover=fields, trails=ways, crossings=crossings.astype(np.uint8))
    return replace(peopled, names=_names(peopled, ground, sites, trails))


def _sites(ground: Ground) -> dict[str, Cell]:
    """Where people live: flat, low, a short walk from a river, not on top of each other."""
    from scipy.ndimage import uniform_filter

    steep = uniform_filter(ground.slope, 15)
    worth = -8 * steep - ground.height / 900 - np.abs(ground.river_m - 350) / 1500
    worth[ground.water > 0] = -np.inf
    parts = {
        "Leaf village": (0.42, 0.62, 0.36, 0.58),
        HAMLETS[0]: (0.72, 0.92, 0.25, 0.55),
        HAMLETS[1]: (0.15, 0.38, 0.30, 0.60),
        HAMLETS[2]: (0.40, 0.70, 0.06, 0.25),
        HAMLETS[3]: (0.66, 0.90, 0.58, 0.72),
        ABROAD: (0.45, 0.80, 0.90, 0.97),
    }
    return {name: best_cell(worth, _part(*box)) for name, box in parts.items()}


def _part(top: float, bottom: float, left: float, right: float) -> Mask:
    mask = np.zeros((SIDE, SIDE), np.bool_)
    mask[int(top * SIDE) : int(bottom * SIDE), int(left * SIDE) : int(right * SIDE)] = True
    return mask


def best_cell(worth: Floats, among: Mask) -> Cell:
    """The cell of the greatest worth in a mask; the first one where several are alike."""
    row, col = np.unravel_index(int(np.argmax(np.where(among, worth, -np.inf))), worth.shape)
    return int(row), int(col)


def _near(site: Cell, radius_m: float) -> Mask:
    rows, cols = np.ogrid[0:SIDE, 0:SIDE]
    return np.asarray((rows - site[0]) ** 2 + (cols - site[1]) ** 2 <= (radius_m / CELL_M) ** 2)


def _clear(cover: Codes, ground: Ground, site: Cell, radius_m: float) -> None:
    cover[_near(site, radius_m) & (ground.slope < 0.2) & (cover == LandCover.FOREST)] = LandCover.OPEN


def _build(cover: Codes, water: Codes, site: Cell, radius_m: float) -> None:
    cover[_near(site, radius_m) & (water < Water.RIVER)] = LandCover.BUILT


def _wanted(sites: dict[str, Cell], ground: Ground) -> tuple[list[Cell], dict[str, Cell]]:
    """Where roads and trails are to lead from the village."""
    roads = [site for name, site in sites.items() if name != "Leaf village"]
    home = sites["Leaf village"]
    calm = -ground.slope - np.abs(ground.river_m - 500) / 4000
    dry = ground.water == 0
    trails = {
        "Memorial stone": best_cell(calm, _near(home, 1500) & ~_near(home, 1000) & dry),
        "Training ground 3": best_cell(calm, _near(home, 2900) & ~_near(home, 2300) & dry),
        "Forest watch": best_cell(ground.height, _near(home, 9000) & ~_near(home, 5000) & dry),
    }
    free = np.ones((SIDE, SIDE), np.bool_)
    free[:40], free[-40:], free[:, :40], free[:, 3 * SIDE // 4 :] = False, False, False, False
    for peak in PEAKS:
        trails[peak] = best_cell(ground.height, free & dry)
        free &= ~_near(trails[peak], 9000)
    return roads, trails


def _names(terrain: Terrain, ground: Ground, sites: dict[str, Cell], trails: dict[str, Cell]) -> tuple[Named, ...]:
    home = sites["Leaf village"]
    kinds = {"Memorial stone": "memorial", "Training ground 3": "field", "Forest watch": "tower"}
    named = [("Leaf village", home, "village")]
    named += [(name, site, "hamlet") for name, site in sites.items() if name != "Leaf village"]
    named += [(name, cell, kinds.get(name, "peak")) for name, cell in trails.items()]
    gate = _near(home, 900) & ~_near(home, 640) & (terrain.trails == Trail.ROAD)
    named.append(("Leaf gate", best_cell(np.arange(SIDE * SIDE, dtype=np.float64).reshape(SIDE, SIDE), gate), "gate"))
    way = join(terrain, home, sites[ABROAD])
    post = next((cell for cell in way if terrain.border[cell]), None)
    if post is None:
        raise TerrainError("this seed makes no way over the border: take another")
    named.append(("Border post", post, "border post"))
    away = terrain.border & ~_near(post, 4000) & _part(0.3, 0.9, 0, 1)
    falls = best_cell(np.where(terrain.water == Water.RIVER, ground.area_km2, -ground.river_m), away)
    bank = away & (terrain.water < Water.RIVER) & _near(falls, 600)
    named.append(("Valley of the End", best_cell(-ground.river_m, bank), "gorge"))
    lake = np.argwhere(terrain.water == Water.LAKE)
    named.append(("Lake Sazanami", (int(lake[len(lake) // 2][0]), int(lake[len(lake) // 2][1])), "lake"))
    return tuple(Named(label, terrain.place_of(*cell), kind) for label, cell, kind in named)
