"""What a plan gives each team, on paper: its way, its segment, its post. Told apart by colour, and without colour by
the team's number along the line, arrow heads for its direction, and dashes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wayhome.links.map_canvas import Canvas
from wayhome.links.map_frame import DPI
from wayhome.usecases.search.map_plan import Drawn

Line = NDArray[np.float64]

WIDE: Final = 1.7
DASHES: Final = ((0, ()), (0, (7.0, 1.6)), (0, (3.0, 1.2)))
"""One after another, so that neighbours in the list differ in print without colour."""
ARROWS_IN: Final = 0.55
MARKS_IN: Final = 1.7
"""So far apart on the paper stand arrow heads and the team's number."""
ROOM_PX: Final = 1.0
STRIPE: Final = 5.0
"""Of an outline that several share, so long is each one's stripe, in widths of the line."""
BEGINS: Final[dict[str, Any]] = {"marker": "s", "ms": 7, "mfc": "black", "mec": "white", "mew": 1.0}
BARRED: Final[dict[str, Any]] = {"colors": "#b00020", "linewidths": 2.0, "case": (3.8, "white")}


def draw_plan(canvas: Canvas) -> None:
    """What is barred, and each team's way or segment, with a line of the legend for each."""
    for area in (one for one in canvas.plan.drawn if one.kind == "barred"):
        _barred(canvas, area)
    given = [one for one in canvas.plan.drawn if one.kind == "given"]
    for name in dict.fromkeys(one.label for one in given):
        _given(canvas, [one for one in given if one.label == name])
    for number, drawn in enumerate(one for one in canvas.plan.drawn if one.kind == "way"):
        how = _how(drawn, number)
        _way(canvas, drawn, np.array([canvas.metres(place) for place in drawn.points], np.float64), how)
        words = " ".join(part for part in (drawn.mark, drawn.label, drawn.remark) if part)
        canvas.legend[words] = {"line": how, "team": drawn.mark}
        canvas.legend["a team begins to search"] = {"marker": BEGINS}


def _barred(canvas: Canvas, area: Drawn) -> None:
    """An area that nobody may enter: crossed out, with its name."""
    line = np.array([canvas.metres(place) for place in area.points], np.float64)
    colour = BARRED["colors"]
    canvas.axes.fill(line[:, 0], line[:, 1], fc="none", ec=colour, hatch="xx", lw=0.0, alpha=0.55, zorder=7.35)
    canvas.lines([np.concatenate((line, line[:1]))], zorder=7.5, **BARRED)
    canvas.legend["barred: nobody may enter"] = {"line": BARRED}
    x, y = line.mean(axis=0)
    if canvas.frame.holds(float(x), float(y)):
        canvas.label(
            float(x), float(y), f"{area.label}: barred", 7.5, away_in=0.04, must=True, bold=True, color=colour,
            zorder=9.3,
        )  # fmt: skip


def _how(drawn: Drawn, number: int) -> dict[str, Any]:
    return {
        "colors": drawn.colour or "#000000",
        "linewidths": WIDE,
        "linestyles": [DASHES[number % len(DASHES)]],
        "case": (WIDE + 1.8, "white"),
    }


def _way(canvas: Canvas, drawn: Drawn, line: Line, how: dict[str, Any]) -> None:
    """The way with a square where it begins, arrow heads along it, and the team's number again and again."""
    canvas.lines([line], zorder=7.8, **how)
    colour = how["colors"]
    canvas.axes.plot([line[0, 0]], [line[0, 1]], ls="", marker="s", ms=7, mfc=colour, mec="white", mew=1.0, zorder=8.6)
    canvas.take(float(line[0, 0]), float(line[0, 1]), 0.06)
    pixels = canvas.axes.transData.transform(line)
    along = _along(pixels)
    for at in np.arange(ARROWS_IN / 2 * DPI, along[-1], ARROWS_IN * DPI):
        _arrow(canvas, pixels, along, float(at), colour)
    for at in np.arange(min(0.6 * MARKS_IN * DPI, along[-1] / 2), along[-1] + 1, MARKS_IN * DPI):
        _number(canvas, pixels, along, float(at), drawn.mark, colour)
    canvas.label(
        float(line[0, 0]), float(line[0, 1]), f"{drawn.mark} {drawn.label}".strip(), 7.0, away_in=0.09, must=True,
        bold=True, color=colour, zorder=9.6,
    )  # fmt: skip


def _along(pixels: Line) -> NDArray[np.float64]:
    """How far along the line each point lies, in pixels of paper."""
    return np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(pixels, axis=0).T))))


def _point(pixels: Line, along: NDArray[np.float64], at: float) -> tuple[float, float]:
    return float(np.interp(at, along, pixels[:, 0])), float(np.interp(at, along, pixels[:, 1]))


def _arrow(canvas: Canvas, pixels: Line, along: NDArray[np.float64], at: float, colour: str) -> None:
    """A small head that points the way the team walks, drawn over some pixels before and after."""
    reach = 0.06 * DPI
    x0, y0 = _point(pixels, along, max(0.0, at - reach))
    x1, y1 = _point(pixels, along, min(float(along[-1]), at + reach))
    turn = np.array([x1 - x0, y1 - y0])
    length = float(np.hypot(*turn))
    if length < 0.3 * reach:
        return
    ahead, aside = turn / length, np.array([-turn[1], turn[0]]) / length
    x, y = _point(pixels, along, at)
    middle, size = np.array([x, y]), 0.045 * DPI
    corners = np.array([middle + ahead * size, middle - ahead * size + aside * size, middle - ahead * size * 0.45,
                        middle - ahead * size - aside * size])  # fmt: skip
    metres = canvas.axes.transData.inverted().transform(corners)
    canvas.axes.fill(metres[:, 0], metres[:, 1], fc=colour, ec="white", lw=0.5, zorder=7.9)


def _number(
    canvas: Canvas, pixels: Line, along: NDArray[np.float64], at: float, mark: str, colour: str, size: float = 6.0
) -> None:
    """The team's number in a disc on the line, where there is room within an inch of where it should stand."""
    wide, high = canvas.pen.size_px(mark, size, bold=True)
    half = max(wide, high) / 2 + 3
    for shift in (0.0, 0.2, -0.2, 0.4, -0.4, 0.6, -0.6):
        where = at + shift * DPI
        if not 0 <= where <= along[-1]:
            continue
        px, py = _point(pixels, along, where)
        box = (px - half, py - half, px + half, py + half)
        if canvas.free(box, room_px=ROOM_PX):
            canvas.taken.append(box)
            x, y = canvas.axes.transData.inverted().transform((px, py))
            _disc(canvas, float(x), float(y), mark, colour, size)
            return


def _disc(canvas: Canvas, x: float, y: float, mark: str, colour: str, size: float) -> None:
    box = {"boxstyle": "circle,pad=0.18", "fc": "white", "ec": colour, "lw": 1.0}
    canvas.pen.put(
        canvas.axes, x, y, mark, size, bold=True, color=colour, ha="center", va="center", zorder=8.2, bbox=box
    )


def _given(canvas: Canvas, shared: Sequence[Drawn]) -> None:
    """A segment's outline in the colours of all who search it by turns, and who they are."""
    line = np.array([canvas.metres(place) for place in shared[0].points], np.float64)
    ring = np.concatenate((line, line[:1]))
    canvas.lines([ring], zorder=7.7, colors="white", linewidths=WIDE + 2.6)
    for number, drawn in enumerate(shared):
        stripes = (number * STRIPE, (STRIPE, (len(shared) - 1) * STRIPE)) if len(shared) > 1 else (0, ())
        canvas.lines([ring], zorder=7.8, colors=drawn.colour, linewidths=WIDE + 1.0, linestyles=[stripes])
        words = f"{drawn.mark} {drawn.who}: {drawn.label}, {drawn.remark}"
        canvas.legend[words] = {"line": {"colors": drawn.colour, "linewidths": WIDE + 1.0}, "team": drawn.mark}
    x, y = line.mean(axis=0)
    if canvas.frame.holds(float(x), float(y)):
        alone = len(shared) == 1
        who = f"{shared[0].mark} {shared[0].who}" if alone else " ".join(one.mark for one in shared)
        canvas.label(
            float(x), float(y), f"{shared[0].label}: {who}", 8.0, away_in=0.05, must=True, bold=True,
            color=shared[0].colour if alone else "black", zorder=9.4,
        )  # fmt: skip
