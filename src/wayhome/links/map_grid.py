"""The UTM grid with its labels, as USNG and MGRS read it; the scale bar and grid north."""

from __future__ import annotations

import math
from typing import Any, Final

from wayhome.formats.grids import SQUARE_M, band_of, square_letters
from wayhome.links.map_canvas import Canvas
from wayhome.links.map_letters import halo
from wayhome.terrain.utm import to_place, zone_name
from wayhome.values.places import BadPlace
from wayhome.values.utm_zones import FALSE_NORTHING_M

STEPS_M: Final = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
LEAST_IN: Final = 0.62
BAR_IN: Final = 1.9


def draw_grid(canvas: Canvas) -> None:
    """Grid lines at a round distance; labels on all four sides, the kilometres large as on a printed map."""
    west, south, east, north = canvas.frame.ground_m
    step = next((s for s in STEPS_M if s >= LEAST_IN * canvas.frame.metres_per_inch), STEPS_M[-1])
    how = {"color": "#303030", "lw": 0.35, "alpha": 0.65, "zorder": 5.0}
    for line in range(math.ceil(west / step) * step, math.floor(east) + 1, step):
        canvas.axes.plot([line, line], [south, north], **how)
        _grid_label(canvas, line, south, line, step, ha="center", va="top")
        _grid_label(canvas, line, north, line, step, ha="center", va="bottom")
    for line in range(math.ceil(south / step) * step, math.floor(north) + 1, step):
        canvas.axes.plot([west, east], [line, line], **how)
        _grid_label(canvas, west, line, line, step, ha="right", va="center", rotation=90)
        _grid_label(canvas, east, line, line, step, ha="left", va="center", rotation=90)
    canvas.legend[f"UTM/USNG grid, {_metres(step)}"] = {"line": {"colors": "#303030", "linewidths": 0.5}}


def _grid_label(canvas: Canvas, x: float, y: float, value: int, step: int, **how: Any) -> None:
    """The digits that a short reference takes: two kilometres, or with hundreds of metres where lines are closer."""
    km = f"{value // 1000 % 100:02d}"
    words = km if step >= 1000 else f"{km}{value // 100 % 10}"
    west, south, east, north = canvas.frame.ground_m
    out = 0.02 * canvas.frame.metres_per_inch
    x += out * ((x >= east) - (x <= west)) if how["va"] == "center" else 0
    y += out * ((y >= north) - (y <= south)) if how["va"] != "center" else 0
    canvas.pen.put(canvas.axes, x, y, words, 6.5, clip_on=False, zorder=10, **how)


def grid_words(canvas: Canvas) -> tuple[str, ...]:
    """The zone, the 100 km squares on the sheet, and how to read a reference from it."""
    west, south, _east, _north = canvas.frame.ground_m
    epsg, squares = canvas.terrain.epsg, _squares(canvas)
    many = "squares" if len(squares) > 1 else "square"
    return (
        f"Grid: WGS 84, UTM zone {zone_name(epsg)} (EPSG:{epsg}), USNG/MGRS {_designation(canvas)}, 100 km {many} "
        f"{', '.join(squares)}.",
        f"South-west corner {west:.0f} m E, {south:.0f} m N. Grid north is up; the magnetic declination is not known "
        "here.",
    )


def _squares(canvas: Canvas) -> list[str]:
    """The letters of the 100 km squares on the sheet, from the north-west on."""
    west, south, east, north = (int(edge // SQUARE_M) for edge in canvas.frame.ground_m)
    zone, from_equator = canvas.terrain.epsg % 100, FALSE_NORTHING_M if canvas.terrain.epsg >= 32700 else 0.0
    found = [
        square_letters(zone, col * SQUARE_M + 1, row * SQUARE_M + 1 - from_equator)
        for row in range(north, south - 1, -1)
        for col in range(max(1, west), min(8, east) + 1)
    ]
    return list(dict.fromkeys(found))


def _designation(canvas: Canvas) -> str:
    west, south, east, north = canvas.frame.ground_m
    zone = canvas.terrain.epsg % 100
    try:
        return f"{zone}{band_of(to_place(canvas.terrain.epsg, (west + east) / 2, (south + north) / 2).lat)}"
    except BadPlace:
        return str(zone)


def draw_scale(canvas: Canvas, axes: Any, left_in: float, top_in: float) -> float:
    """A scale bar, its words and the arrow to grid north, in inches from `top_in` down; gives how high they are."""
    per_inch = canvas.frame.metres_per_inch
    unit = next(s for s in reversed((1, 2, 5, *STEPS_M, 200_000, 500_000)) if 4 * s <= BAR_IN * per_inch or s == 1)
    y = top_in - 0.34
    for n in range(4):
        x = left_in + 0.05 + n * unit / per_inch
        axes.fill(
            [x, x + unit / per_inch] * 1 + [x + unit / per_inch, x],
            [y, y, y + 0.07, y + 0.07],
            fc="black" if n % 2 == 0 else "white",
            ec="black",
            lw=0.6,
        )
    for n in (0, 2, 4):
        words = _metres(n * unit) if n == 4 else _number(n * unit, 4 * unit)
        canvas.pen.put(
            axes, left_in + 0.05 + n * unit / per_inch, y + 0.09, words, 6.0, ha="center" if n else "left", va="bottom"
        )
    canvas.pen.put(
        axes,
        left_in + 0.05,
        y - 0.05,
        f"1 : {canvas.frame.scale:,} on {canvas.frame.paper} at full size",
        6.5,
        ha="left",
        va="top",
        bold=True,
    )
    x = left_in + BAR_IN + 0.62
    axes.annotate(
        "",
        (x, top_in - 0.02),
        (x, top_in - 0.5),
        arrowprops={"arrowstyle": "-|>", "lw": 1.2, "fc": "black", "ec": "black", "shrinkA": 0, "shrinkB": 0},
    )
    canvas.pen.put(axes, x + 0.07, top_in - 0.26, "GN", 7.0, bold=True, va="center", path_effects=halo(1.5))
    return 0.62


def _metres(metres: float) -> str:
    return f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"


def _number(metres: float, most: float) -> str:
    return f"{metres / 1000:g}" if most >= 1000 else f"{metres:g}"
