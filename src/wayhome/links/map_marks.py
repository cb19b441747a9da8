"""Where he can be and who is where: isochrones, distance rings, markers. Told apart by shape, not colour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wayhome.links.map_canvas import Canvas
from wayhome.links.map_frame import circle_m
from wayhome.links.map_ground import LIKELY
from wayhome.links.map_letters import halo
from wayhome.terrain.utm import from_lonlat
from wayhome.usecases.search.map_plan import Marker

ISOCHRONE: Final[dict[str, Any]] = {"colors": "#5a1e96", "linewidths": 1.5, "case": (3.2, "white")}
LIMIT: Final[dict[str, Any]] = {"colors": "#5a1e96", "linewidths": 2.6, "case": (4.6, "white")}
AREA: Final[dict[str, Any]] = {"colors": "#7a0c12", "linewidths": 1.1, "case": (2.2, "white")}
RING: Final[dict[str, Any]] = {
    "colors": "#b00020", "linewidths": 1.5, "linestyles": [(0, (1.2, 2.2))], "case": (3.0, "white"),
}  # fmt: skip
BY_HAND: Final[dict[str, dict[str, Any]]] = {
    "segment": {"colors": "#000000", "linewidths": 1.6, "linestyles": [(0, (6.0, 2.0))], "case": (3.2, "white")},
    "line": {"colors": "#000000", "linewidths": 1.8, "case": (3.4, "white")},
}
SPECK_IN2: Final = 0.03
"""Areas smaller than so many square inches of paper are left to the paler ground to show."""
LABEL_TURNS: Final = 24

SIGNS: Final[dict[str, dict[str, Any]]] = {
    "LKP": {"marker": "X", "ms": 10, "mfc": "white", "mec": "black", "mew": 1.5},
    "team": {"marker": "s", "ms": 7, "mfc": "#1c5fa8", "mec": "white", "mew": 1.0},
    "member": {"marker": "o", "ms": 6, "mfc": "#1c5fa8", "mec": "white", "mew": 1.0},
    "clue": {"marker": "D", "ms": 7, "mfc": "#ffd400", "mec": "black", "mew": 1.0},
    "casualty": {"marker": "P", "ms": 9, "mfc": "#d00020", "mec": "black", "mew": 0.9},
    "found": {"marker": "*", "ms": 12, "mfc": "#00a050", "mec": "black", "mew": 0.9},
    "cut-off": {"marker": "h", "ms": 10, "mfc": "white", "mec": "black", "mew": 2.0},
    "manned": {"marker": "h", "ms": 11, "mfc": "white", "mec": "black", "mew": 2.2},
    "post": {"marker": "^", "ms": 9, "mfc": "black", "mec": "white", "mew": 1.0},
    "note": {"marker": "p", "ms": 8, "mfc": "white", "mec": "black", "mew": 1.2},
    "border": {"marker": ">", "ms": 9, "mfc": "white", "mec": "#4a004a", "mew": 1.8},
    "place": {"marker": "o", "ms": 7, "mfc": "white", "mec": "black", "mew": 1.4},
}
WORDS: Final = {
    "IPP": "initial planning point",
    "LKP": "last known position",
    "team": "team, last place",
    "member": "member, last place",
    "clue": "clue",
    "casualty": "casualty",
    "found": "found",
    "cut-off": "where he can be cut off",
    "manned": "to be manned by the time beside it",
    "post": "post",
    "note": "note",
    "border": "soonest at the border",
    "place": "place asked about",
}
ORDER: Final = tuple(WORDS)


def draw_markers(canvas: Canvas) -> None:
    """Every marker on the sheet with its label; those off it are told in words."""
    off = []
    for marker in sorted(canvas.plan.markers, key=lambda m: (ORDER.index(m.kind) if m.kind in ORDER else 99, m.label)):
        if canvas.shows(marker.place):
            _marker(canvas, marker)
        else:
            off.append(marker.label)
    if off:
        canvas.notes.append(f"off this sheet: {', '.join(off)}")


def _marker(canvas: Canvas, marker: Marker) -> None:
    x, y = canvas.metres(marker.place)
    if marker.kind == "IPP":
        draw_point(canvas, x, y)
    else:
        sign = SIGNS.get(marker.kind, SIGNS["place"])
        own = {**sign, "mec": marker.colour} if marker.colour else sign
        canvas.axes.plot([x], [y], ls="", zorder=8.5, path_effects=halo(2.6), **own)
        canvas.legend[WORDS.get(marker.kind, marker.kind)] = {"marker": sign}
        canvas.take(x, y, 0.07)
    colour = {"color": marker.colour} if marker.colour else {}
    canvas.label(x, y, marker.label, 7.0, away_in=0.09, must=True, bold=True, zorder=9.5, **colour)


def draw_point(canvas: Canvas, x: float, y: float) -> None:
    """The initial planning point: a ring with a cross through it."""
    canvas.axes.plot(
        [x], [y], ls="", marker="o", ms=13, mfc="none", mec="black", mew=1.6, zorder=8.8, path_effects=halo(3.4)
    )
    canvas.axes.plot([x], [y], ls="", marker="+", ms=19, mec="black", mew=1.4, zorder=8.9, path_effects=halo(3.0))
    canvas.legend[WORDS["IPP"]] = {
        "marker": {"marker": "$\\oplus$", "ms": 11, "mfc": "black", "mec": "black", "mew": 0.3}
    }
    canvas.take(x, y, 0.1)


def draw_by_hand(canvas: Canvas) -> None:
    """Segments and lines that somebody drew, each with its name on it."""
    given = {one.label for one in canvas.plan.drawn if one.kind in ("given", "barred")}
    for drawn in canvas.plan.drawn:
        if drawn.kind not in BY_HAND or drawn.label in given:
            continue
        how = BY_HAND[drawn.kind]
        corners = [canvas.metres(place) for place in drawn.points]
        closed = [*corners, corners[0]] if drawn.kind == "segment" else corners
        line = np.array(closed, np.float64)
        canvas.lines([line], zorder=7.4, **how)
        canvas.legend[drawn.kind] = {"line": how}
        x, y = line[:-1].mean(axis=0) if drawn.kind == "segment" else line[len(line) // 2]
        if canvas.frame.holds(float(x), float(y)):
            canvas.label(float(x), float(y), drawn.label, 7.0, away_in=0.04, bold=True, zorder=9.2)


def draw_likely(canvas: Canvas) -> None:
    """Lines around the smallest ground that holds each share of the chances, with the share on them."""
    chances = canvas.plan.chances
    if chances is None:
        return
    for (share, polygons), (_, colour, strong) in zip(chances.areas, LIKELY, strict=False):
        lines = list(_outlines(canvas, polygons))
        canvas.lines(lines, zorder=6.9, **AREA)
        words = f"{share:.0%}".replace("%", " %")
        _line_labels(canvas, lines, words, "#7a0c12")
        how = {"over": (colour, strong)}
        canvas.legend[f"likeliest ground: holds {words} of the chance on the map"] = how


def draw_where(canvas: Canvas) -> None:
    """Isochrones with their hours, then the rings of the category with theirs.

    Where chances are shown, only the farthest isochrone: the rings are in the chances already, or said not to be.
    """
    found = canvas.plan.whereabouts
    if found is None:
        return
    with_chances = canvas.plan.chances is not None
    for isochrone in found.isochrones:
        if with_chances and isochrone.hours != found.hours:
            continue
        last = isochrone.hours == found.hours
        lines = list(_outlines(canvas, isochrone.polygons))
        canvas.lines(lines, zorder=7.2 if last else 7.0, **(LIMIT if last else ISOCHRONE))
        _line_labels(canvas, lines, f"{_hours(isochrone.hours)}", "#5a1e96")
    if len(found.isochrones) > 1 and not with_chances:
        canvas.legend["can have come so far in ... h"] = {"line": ISOCHRONE}
    canvas.legend[f"can have come so far by now ({_hours(found.hours)})"] = {"line": LIMIT}
    for ring in () if with_chances else found.rings:
        _ring(canvas, ring.percent, ring.radius_m)


def _outlines(canvas: Canvas, polygons: tuple[tuple[NDArray[np.float64], ...], ...]) -> Iterator[NDArray[np.float64]]:
    """Outlines in metres, without islands and holes (a river, a cliff) that are only specks on the paper."""
    least_m2 = SPECK_IN2 * canvas.frame.metres_per_inch**2
    for polygon in polygons:
        for number, ring in enumerate(polygon):
            metres = from_lonlat(canvas.terrain.epsg, ring)
            x, y = (metres - metres[0]).T
            area_m2 = abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2
            if area_m2 >= least_m2 or (number == 0 and len(polygons) == 1):
                yield metres


def _line_labels(canvas: Canvas, lines: list[NDArray[np.float64]], words: str, colour: str) -> None:
    """The words on the longest line, in two or three places where there is room."""
    if not lines:
        return
    longest = max(lines, key=len)
    written = 0
    for turn in range(LABEL_TURNS):
        x, y = longest[(turn * 7 % LABEL_TURNS) * len(longest) // LABEL_TURNS]
        if written < 3 and _on_line(canvas, x, y, words, colour):
            written += 1


def _on_line(canvas: Canvas, x: float, y: float, words: str, colour: str, size: float = 7.0) -> bool:
    """Words in the middle of a line, in a white box, where there is room."""
    wide, high = canvas.pen.size_px(words, size, bold=True)
    px, py = canvas.axes.transData.transform((x, y))
    taken = (px - wide / 2 - 4, py - high / 2 - 3, px + wide / 2 + 4, py + high / 2 + 3)
    if not canvas.free(taken, room_px=6.0):
        return False
    canvas.taken.append(taken)
    box = {"boxstyle": "round,pad=0.12", "fc": "white", "ec": colour, "lw": 0.6}
    canvas.pen.put(
        canvas.axes, x, y, words, size, bold=True, color=colour, ha="center", va="center", zorder=7.6, bbox=box
    )
    return True


def _ring(canvas: Canvas, percent: int, radius_m: float) -> None:
    found, centre = canvas.plan.whereabouts, canvas.plan.rings_at
    assert found is not None
    centre = centre or found.point
    words = f"{percent} % of {_many(found.category)} found within {_km(radius_m)}"
    line = circle_m(canvas.terrain, centre, radius_m)
    if not any(canvas.frame.holds(x, y) for x, y in line):
        canvas.notes.append(f"{words}: that ring lies off this sheet")
        return
    canvas.lines([line], zorder=6.8, **RING)
    canvas.legend["distance ring (find locations of others)"] = {"line": RING}
    # Try from the north round both ways, so that labels of several rings stack above one another.
    around = sorted(range(len(line) - 1), key=lambda i: min(i, len(line) - i))
    for label in (words, f"{percent} %: {_km(radius_m)}"):
        if any(_on_line(canvas, float(line[n, 0]), float(line[n, 1]), label, "#b00020", 6.5) for n in around):
            return
    canvas.notes.append(f"{words} (no room for its label on the sheet)")


def _many(category: str) -> str:
    """`Hikers (temperate, mountainous)`; names that take no s stay as they are."""
    name, bracket, conditions = category.partition(" (")
    plural = f"{name}s" if name.endswith(("er", "or", "le", "ft")) and name[:1].isupper() else name
    return f"{plural}{bracket}{conditions}"


def _km(metres: float) -> str:
    return f"{metres / 1000:.1f} km" if metres < 20_000 else f"{metres / 1000:.0f} km"


def _hours(hours: float) -> str:
    whole = round(hours * 60)
    if whole < 60:
        return f"{whole} min"
    return f"{whole // 60} h {whole % 60:02d}" if whole % 60 else f"{whole // 60} h"
