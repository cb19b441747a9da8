"""Names on tiles. For each zoom they are laid out once over the whole terrain, the more important first: two tiles that
touch therefore show the two halves of one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

import numpy as np

from wayhome.links.map_look import PLACES_FIRST, SETTLED
from wayhome.links.tile_frame import Window, on_world, world_px
from wayhome.links.tile_letters import HALO_PX, fit, size_px, written
from wayhome.links.tile_lines import INK, PAPER
from wayhome.links.tile_marks import REACH_PX, draw_mark
from wayhome.links.tile_sheet import Sheet
from wayhome.terrain.classes import Named
from wayhome.terrain.errors import TerrainError
from wayhome.terrain.grid import Terrain

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the world."""

WATER_INK: Final = "#124f8f"
PEAK_INK: Final = "#3d2a17"
GREY_INK: Final = "#3a342f"
SETTLED_GROWN: Final = 1.62
"""What a size on paper, in points, is on a screen, in pixels."""
SMALL_PX: Final = 12.0
PEAK_KINDS: Final = ("peak", "volcano", "hill")
SHELTER_KINDS: Final = ("hut", "alpine_hut", "wilderness_hut", "shelter", "chalet")
WATER_KINDS: Final = ("water", "lake", "river", "spring", "hot_spring", "bay", "glacier", "waterfall", "ford")
AREA_KINDS: Final = (
    "water",
    "lake",
    "bay",
    "glacier",
    "valley",
    "ridge",
    "arete",
    "locality",
    "gorge",
    "river",
    "island",
)
"""These are named in their middle, without a mark."""
SHOWN_FROM_M: Final = {
    **dict.fromkeys(("city", "town"), 500.0),
    **dict.fromkeys(("village",), 180.0),
    **dict.fromkeys(("peak", "volcano", "lake"), 45.0),
    **dict.fromkeys(("hamlet", "pass", "saddle", "hut", "alpine_hut", "border post", "gate", "water"), 28.0),
    **dict.fromkeys(("wilderness_hut", "shelter", "suburb", "gorge", "valley", "river"), 18.0),
}
"""At how many metres per pixel or fewer a kind of place is named."""
OTHERS_FROM_M: Final = 11.0
MOST_PLACED: Final = 20_000
BUCKET_PX: Final = 256
ROOM_PX: Final = 3
AROUND: Final = ((1, 0), (-1, 0), (0, -1), (0, 1))
"""Where a name may stand beside its mark: right first, then left, above, below."""


@dataclass(frozen=True)
class Label:
    """A name that has found room: its box, its mark's middle, and how both are drawn."""

    box: Box
    text: str
    size: float
    bold: bool
    ink: str
    mark: str
    at: tuple[int, int]

    def moved(self, px: int) -> Label:
        """The same so much farther east."""
        left, top, right, bottom = self.box
        return replace(self, box=(left + px, top, right + px, bottom), at=(self.at[0] + px, self.at[1]))


class Taken:
    """Boxes that something stands in."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[int, int], list[Box]] = defaultdict(list)

    def free(self, box: Box) -> bool:
        left, top, right, bottom = box
        return not any(
            left < r + ROOM_PX and right + ROOM_PX > l and top < b + ROOM_PX and bottom + ROOM_PX > t
            for key in _buckets(box)
            for l, t, r, b in self._buckets.get(key, ())  # noqa: E741  # left
        )

    def take(self, box: Box) -> None:
        for key in _buckets(box):
            self._buckets[key].append(box)


def _buckets(box: Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (edge // BUCKET_PX for edge in _grown(box, ROOM_PX))
    return product(range(left, right + 1), range(top, bottom + 1))


def _grown(box: Box, px: int) -> Box:
    return box[0] - px, box[1] - px, box[2] + px, box[3] + px


class Names:
    """The names of one terrain, laid out for a zoom when it is first asked for."""

    def __init__(self, terrain: Terrain, bounds: tuple[float, float, float, float]) -> None:
        self._named = _ranked(terrain)
        west, south, east, north = bounds
        self._edges = on_world(np.array([(west, north), (east, south)], np.float64))
        lonlat = np.array([(named.place.lon, named.place.lat) for named in self._named], np.float64).reshape(-1, 2)
        # Where the terrain crosses the date line, what lies beyond it goes on where the world ends.
        lonlat[:, 0] += 360 * (lonlat[:, 0] < west - 1e-9)
        self._shares = on_world(lonlat)
        self._placed: dict[int, tuple[list[Label], Taken]] = {}

    def within(self, window: Window, metres: float) -> list[Label]:
        """The labels that reach into a window, in the order of their rank."""
        world = round(world_px(window.zoom))
        found = []
        for beyond in (0, world) if self._edges[1, 0] > 1 else (0,):
            left, top = window.left + beyond - HALO_PX, window.top - HALO_PX
            around = (left, top, window.right + beyond + HALO_PX, window.bottom + HALO_PX)
            for label in self.on(window.zoom, metres)[0]:
                if _touch(label.box, around) or _touch(_mark_box(label.at), around):
                    found.append(label.moved(-beyond) if beyond else label)
        return found

    def on(self, zoom: int, metres: float) -> tuple[list[Label], Taken]:
        """All labels at a zoom, and the room they take."""
        if zoom not in self._placed:
            self._placed[zoom] = self._laid_out(zoom, metres)
        return self._placed[zoom]

    def _laid_out(self, zoom: int, metres: float) -> tuple[list[Label], Taken]:
        taken, labels = Taken(), []
        shown = [i for i, named in enumerate(self._named) if metres <= SHOWN_FROM_M.get(named.kind, OTHERS_FROM_M)]
        px = np.rint(self._shares * world_px(zoom)).astype(np.int64)
        left, top, right, bottom = np.rint(self._edges * world_px(zoom)).astype(np.int64).ravel().tolist()
        for i in shown[:MOST_PLACED]:
            label = _placed(self._named[i], (int(px[i, 0]), int(px[i, 1])), taken, (left, top, right, bottom))
            if label is not None:
                labels.append(label)
        return labels, taken


def _ranked(terrain: Terrain) -> list[Named]:
    """Names by what helps most; of peaks the higher first."""

    def rank(named: Named) -> tuple[int, float, str]:
        first = PLACES_FIRST.index(named.kind) if named.kind in PLACES_FIRST else len(PLACES_FIRST)
        height = 0.0
        if named.kind in PEAK_KINDS:
            try:
                height = float(terrain.elevation_m[terrain.cell_of(named.place)])
            except TerrainError:
                height = 0.0
        return first, -height if height == height else 0.0, named.label

    return sorted((named for named in terrain.names if fit(named.label)), key=rank)


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def _mark_box(at: tuple[int, int]) -> Box:
    return at[0] - REACH_PX, at[1] - REACH_PX, at[0] + REACH_PX + 1, at[1] + REACH_PX + 1


def _placed(named: Named, at: tuple[int, int], taken: Taken, edges: Box) -> Label | None:
    """A name where there is room for it on the terrain, with its mark; None where there is none."""
    size = SETTLED[named.kind] * SETTLED_GROWN if named.kind in SETTLED else SMALL_PX
    bold = named.kind in ("city", "town", "village")
    wide, high = size_px(named.label, size, bold=bold)
    mark = _mark_of(named.kind)
    if not mark:
        boxes = [(at[0] - wide // 2, at[1] - high // 2)]
    elif not taken.free(_mark_box(at)):
        return None
    else:
        boxes = [_beside(at, wide, high, right, down) for right, down in AROUND]
    for left, top in boxes:
        box = (left, top, left + wide, top + high)
        on_ground = left >= edges[0] and top >= edges[1] and box[2] <= edges[2] and box[3] <= edges[3]
        if on_ground and taken.free(box):
            taken.take(box)
            if mark:
                taken.take(_mark_box(at))
            return Label(box, named.label, size, bold, _ink_of(named.kind), mark, at)
    return None


def _beside(at: tuple[int, int], wide: int, high: int, right: int, down: int) -> tuple[int, int]:
    away = REACH_PX + 2
    left = at[0] + (away if right > 0 else -away - wide if right < 0 else -(wide // 2))
    top = at[1] + (away if down > 0 else -away - high if down < 0 else -(high // 2))
    return left, top


def _mark_of(kind: str) -> str:
    if kind in AREA_KINDS:
        return ""
    if kind in PEAK_KINDS:
        return "peak"
    if kind in SHELTER_KINDS:
        return "shelter"
    return "place"


def _ink_of(kind: str) -> str:
    if kind in WATER_KINDS:
        return WATER_INK
    if kind in PEAK_KINDS:
        return PEAK_INK
    return INK if kind in SETTLED else GREY_INK


def draw_label(sheet: Sheet, label: Label) -> None:
    """A name with its mark."""
    if label.mark:
        draw_mark(sheet, label.mark, label.at, label.ink)
    words = written(label.text, label.size, bold=label.bold)
    corner = (label.box[0] - HALO_PX, label.box[1] - HALO_PX)
    sheet.put(words.halo, corner, PAPER)
    sheet.put(words.letters, corner, label.ink)
