"""Contours, trails, streams, the border and names, drawn over the ground."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from contourpy import contour_generator
from numpy.typing import NDArray

from wayhome.links.map_canvas import Canvas
from wayhome.links.map_frame import DPI
from wayhome.links.map_ground import TINTS, VOID, coarsened
from wayhome.links.map_letters import halo
from wayhome.links.map_lines import coarser, lines_of
from wayhome.links.map_look import BLUE, BROWN, PLACES_FIRST, SETTLED
from wayhome.terrain.classes import Crossing, LandCover, Named, Trail, Water

INTERVALS_M: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500)
BETWEEN_IN: Final = 0.022
"""On a typical slope, contours lie at least so far apart on the paper."""
THICK_EACH: Final = 5
CONTOUR_CELLS: Final = 600
LINE_CELLS: Final = 1_600
"""Lines are drawn from at most so many cells each way: about a cell for each pixel of paper."""
LABEL_EACH_IN: Final = 3.2
SHORTEST_LABELLED_IN: Final = 1.6
MOST_NAMES: Final = 150
LARGE_SCALE: Final = 30_000

LINES: Final[dict[str, dict[str, Any]]] = {
    "stream": {"colors": BLUE, "linewidths": 0.6},
    "river": {"colors": BLUE, "linewidths": 1.7},
    "path": {"colors": "black", "linewidths": 0.8, "linestyles": [(0, (3.2, 1.8))]},
    "track": {"colors": "black", "linewidths": 1.0, "linestyles": [(0, (9, 2.2))]},
    "road": {"colors": "#ffffff", "linewidths": 1.2, "case": (2.4, "black")},
    "border": {
        "colors": "#4a004a", "linewidths": 1.6, "linestyles": [(0, (8, 2, 1.5, 2, 1.5, 2))], "case": (3.4, "#ffffff"),
    },
}  # fmt: skip


def draw_features(canvas: Canvas) -> None:
    """Water, trails, crossings, the border."""
    terrain = canvas.terrain
    _cells(canvas, "stream", terrain.water == Water.STREAM, 3.0)
    _cells(canvas, "river", terrain.water == Water.RIVER, 3.1)
    _cells(canvas, "road", terrain.trails == Trail.ROAD, 4.0)
    _cells(canvas, "track", terrain.trails == Trail.TRACK, 4.2)
    _cells(canvas, "path", terrain.trails == Trail.PATH, 4.3)
    _cells(canvas, "border", terrain.border, 4.6)
    _crossings(canvas)
    _tints(canvas)
    if canvas.legend.keys() & {"path", "track", "road"}:
        canvas.notes.append(f"ways closer together than {2 * terrain.cell_m:g} m are drawn as one")


def _window(canvas: Canvas) -> tuple[slice, slice]:
    """The rows and columns of cells that the sheet shows."""
    terrain = canvas.terrain
    west, south, east, north = canvas.frame.ground_m
    rows = slice(
        max(0, int((terrain.north_m - north) / terrain.cell_m) - 1),
        max(0, math.ceil((terrain.north_m - south) / terrain.cell_m) + 1),
    )
    cols = slice(
        max(0, int((west - terrain.west_m) / terrain.cell_m) - 1),
        max(0, math.ceil((east - terrain.west_m) / terrain.cell_m) + 1),
    )
    return rows, cols


def _cells(canvas: Canvas, kind: str, mask: NDArray[np.bool_], zorder: float) -> None:
    """The lines through marked cells."""
    window = _window(canvas)
    shown = mask[window]
    if not shown.any():
        return
    step = max(1, max(shown.shape) // LINE_CELLS)
    corner = (canvas.terrain.west_m, canvas.terrain.north_m)
    cell = canvas.terrain.cell_m
    west, north = corner[0] + (window[1].start + step / 2) * cell, corner[1] - (window[0].start + step / 2) * cell
    shown, cell = coarser(shown, step), cell * step
    lines = [np.column_stack((west + line[:, 0] * cell, north - line[:, 1] * cell)) for line in lines_of(shown)]
    if lines:
        canvas.lines(lines, zorder=zorder, **LINES[kind])
        canvas.legend[kind] = {"line": LINES[kind]}


def _crossings(canvas: Canvas) -> None:
    rows, cols = _window(canvas)
    for kind, sign, words in ((Crossing.BRIDGE, "]", "bridge"), (Crossing.FORD, "F", "ford")):
        r, c = np.nonzero(canvas.terrain.crossings[rows, cols] == kind)
        if not len(r) or len(r) > 400:
            continue
        for row, col in zip(r + rows.start, c + cols.start, strict=True):
            x, y = canvas.terrain.metres_of(int(row), int(col))
            if canvas.frame.holds(x, y, 0.05):
                canvas.axes.plot(
                    [x],
                    [y],
                    marker="s" if kind == Crossing.BRIDGE else "v",
                    ms=2.6,
                    mfc="white",
                    mec="black",
                    mew=0.6,
                    zorder=4.8,
                )
        canvas.legend[words] = {
            "marker": {"marker": "s" if sign == "]" else "v", "ms": 3.4, "mfc": "white", "mec": "black", "mew": 0.6}
        }


def _tints(canvas: Canvas) -> None:
    """What of the ground's tints is on the sheet, for the legend."""
    window = _window(canvas)
    cover = set(np.unique(canvas.terrain.land_cover[window]).tolist())
    if (canvas.terrain.water[window] == Water.LAKE).any():
        cover.add(int(LandCover.WATER))
    for kind, tint in TINTS.items():
        if int(kind) in cover:
            canvas.legend[tint.words] = {"tint": tint}
    if np.isnan(canvas.terrain.elevation_m[window]).any():
        canvas.legend[VOID.words] = {"tint": VOID}


def draw_contours(canvas: Canvas) -> None:
    """Contours at a round interval that suits slope and scale; each fifth thick, with its height."""
    height, cell, west, north = coarsened(canvas.terrain, canvas.frame, CONTOUR_CELLS)
    if min(height.shape) < 2 or not np.isfinite(height).any():
        return
    step = _interval_m(height, cell, canvas.frame.metres_per_inch)
    low, high = float(np.nanmin(height)), float(np.nanmax(height))
    x, y = west + (np.arange(height.shape[1]) + 0.5) * cell, north - (np.arange(height.shape[0]) + 0.5) * cell
    maker = contour_generator(x=x, y=y, z=np.ma.masked_invalid(height))
    thin: list[NDArray[np.float64]] = []
    thick: list[NDArray[np.float64]] = []
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        lines: Any = maker.lines(number * step)
        if number % THICK_EACH:
            thin += lines
            continue
        thick += lines
        for line in lines:
            _height_labels(canvas, line, f"{number * step}")
    canvas.lines(thin, colors=BROWN, linewidths=0.3, alpha=0.75, zorder=2.0)
    canvas.lines(thick, colors=BROWN, linewidths=0.75, zorder=2.1)
    if thin or thick:
        canvas.legend[f"contours every {step} m"] = {"line": {"colors": BROWN, "linewidths": 0.75}}


def _interval_m(height: NDArray[np.float64], cell_m: float, metres_per_inch: float) -> int:
    """The interval at which contours on a steep slope of this ground (nine in ten are less) do not run together."""
    down, east = np.gradient(height, cell_m)
    steep = float(np.nanpercentile(np.hypot(down, east), 90)) if np.isfinite(down).any() else 0.0
    least = steep * BETWEEN_IN * metres_per_inch
    return next((step for step in INTERVALS_M if step >= least), INTERVALS_M[-1])


def _height_labels(canvas: Canvas, line: NDArray[np.float64], words: str) -> None:
    """The height, written along a thick contour every few inches, uphill or down, never upside down."""
    pieces = np.hypot(*np.diff(line, axis=0).T) / canvas.frame.metres_per_inch
    along = np.concatenate(([0.0], np.cumsum(pieces)))
    if along[-1] < SHORTEST_LABELLED_IN:
        return
    for at in np.arange(min(0.9, along[-1] / 2), along[-1], LABEL_EACH_IN):
        i = int(np.searchsorted(along, at))
        x, y = line[i]
        if not canvas.frame.holds(x, y, 0.25):
            continue
        before, after = line[max(0, i - 4)], line[min(len(line) - 1, i + 4)]
        turn = math.degrees(math.atan2(after[1] - before[1], after[0] - before[0]))
        turn = (turn + 90) % 180 - 90
        px, py = canvas.axes.transData.transform((x, y))
        box = (px - 0.12 * DPI, py - 0.07 * DPI, px + 0.12 * DPI, py + 0.07 * DPI)
        if canvas.free(box):
            canvas.taken.append(box)
            canvas.pen.put(
                canvas.axes,
                x,
                y,
                words,
                5.0,
                color=BROWN,
                rotation=turn,
                ha="center",
                va="center",
                zorder=2.4,
                path_effects=halo(1.8),
            )


def draw_names(canvas: Canvas) -> None:
    """Names of places, the more important first, as many as there is room for."""
    left_out = written = 0
    large = canvas.frame.scale <= LARGE_SCALE
    shown = [n for n in canvas.terrain.names if (large or n.kind in PLACES_FIRST) and canvas.shows(n.place)]
    for named in sorted(shown, key=_rank)[: 3 * MOST_NAMES]:
        x, y = canvas.metres(named.place)
        if written >= MOST_NAMES or not _name(canvas, named, x, y):
            left_out += 1
        else:
            written += 1
    left_out += max(0, len(shown) - 3 * MOST_NAMES)
    if left_out:
        canvas.notes.append(f"names left out for want of room: {left_out}; a smaller area shows more")


def _name(canvas: Canvas, named: Named, x: float, y: float) -> bool:
    size = SETTLED.get(named.kind, 6.0)
    if not canvas.label(x, y, named.label, size, away_in=0.06, bold=named.kind in SETTLED and size >= 8, zorder=7.4):
        return False
    peak = named.kind in ("peak", "volcano")
    canvas.axes.plot(
        [x], [y], marker="^" if peak else "o", ms=3.6 if peak else 2.2, mfc="black", mec="white", mew=0.4, zorder=7.35
    )
    canvas.take(x, y, 0.03)
    if peak:
        canvas.legend["peak"] = {"marker": {"marker": "^", "ms": 4.5, "mfc": "black", "mec": "white", "mew": 0.4}}
    return True


def _rank(named: Named) -> tuple[int, str]:
    known = PLACES_FIRST.index(named.kind) if named.kind in PLACES_FIRST else len(PLACES_FIRST)
    return known, named.label
