"""What stands around a map: its title, legend, scale, what it rests on and what it cannot say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from wayhome.engines.search.whereabouts import NOT_VALIDATED
from wayhome.formats.ics import grid_of
from wayhome.links.map_canvas import Canvas
from wayhome.links.map_frame import DPI, MARGIN_IN, TITLE_IN
from wayhome.links.map_grid import draw_scale, grid_words
from wayhome.links.map_ground import BEYOND_REACH, swatch

SIZES: Final = (6.6, 6.0, 5.5, 5.0, 4.5, 4.0)
LINE: Final = 1.32
MOST_PLACES: Final = 24
KEY_IN: Final = 0.165
"""How high a line of the legend is, where there is room for as much."""
KEY_WIDE_IN: Final = 0.36


@dataclass(frozen=True)
class Block:
    """A heading and its items; each item begins a line of its own."""

    heading: str
    items: tuple[str, ...]


def draw_margin(canvas: Canvas) -> None:
    """Title above; scale, legend and words beside or below the map."""
    _title(canvas)
    canvas.legend.update({words: canvas.legend.pop(words) for words in _tinted(canvas)})
    left, bottom, width, height = canvas.frame.margin_in
    axes = _inches(canvas, left, bottom, width, height)
    column = width if canvas.frame.wide else 2.75
    used = draw_scale(canvas, axes, 0.0, height)
    used += _legend(canvas, axes, height - used - 0.05, column)
    if canvas.frame.wide:
        _words(canvas, axes, (0.0, height - used - 0.12, width, height - used - 0.12))
    else:
        _words(canvas, axes, (column + 0.15, height, width - column - 0.15, height))


def _tinted(canvas: Canvas) -> list[str]:
    """Tints stand last in the legend."""
    return [words for words, how in canvas.legend.items() if "tint" in how]


def _inches(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> Any:
    """Axes whose unit is an inch of paper."""
    paper = canvas.frame.paper_in
    axes = canvas.figure.add_axes((left / paper[0], bottom / paper[1], width / paper[0], height / paper[1]))
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    axes.axis("off")
    return axes


def _title(canvas: Canvas) -> None:
    paper = canvas.frame.paper_in
    width = paper[0] - 2 * MARGIN_IN
    axes = _inches(canvas, MARGIN_IN, paper[1] - MARGIN_IN - TITLE_IN, width, TITLE_IN)
    size = next(
        (
            s
            for s in (15, 13, 11, 9, 8)
            if canvas.pen.width_in(canvas.pen.fit(canvas.plan.title), s, bold=True) <= width
        ),
        7,
    )
    first = canvas.pen.wrapped(canvas.plan.title, size, width, bold=True)
    canvas.pen.put(
        axes, 0, TITLE_IN - 0.02, first[0] if len(first) == 1 else f"{first[0]} …", size, bold=True, va="top"
    )
    if canvas.plan.subtitle:
        lines = canvas.pen.wrapped(canvas.plan.subtitle, 7.5, width)
        canvas.pen.put(axes, 0, 0.29, lines[0] if len(lines) == 1 else f"{lines[0]} …", 7.5, va="top")


def _legend(canvas: Canvas, axes: Any, top: float, width: float) -> float:
    """What each line, sign and tint means, in two columns; gives how high it is."""
    entries = sorted(canvas.legend.items(), key=lambda entry: "team" not in entry[1])
    if canvas.plan.whereabouts is not None:
        entries.append(("paler ground: beyond his reach", {"pale": True}))
    wide = [words for words, _ in entries if canvas.pen.width_in(words, 6.0) > width / 2 - KEY_WIDE_IN - 0.1]
    teams = any("team" in canvas.legend.get(words, {}) for words in wide)
    long = [entry for entry in entries if entry[0] in wide or (teams and "team" in entry[1])]
    short = [entry for entry in entries if entry not in long]
    half = (len(short) + 1) // 2
    high = min(KEY_IN, top / max(1, len(long) + half))
    for n, (words, how) in enumerate(long):
        _key(canvas, axes, 0.0, top - (n + 0.5) * high, words, how)
    for n, (words, how) in enumerate(short):
        row = len(long) + (n if n < half else n - half)
        _key(canvas, axes, 0.0 if n < half else width / 2, top - (row + 0.5) * high, words, how)
    return (len(long) + half) * high


def _key(canvas: Canvas, axes: Any, x: float, middle: float, words: str, how: dict[str, Any]) -> None:
    """One line of the legend: a piece of what is meant, and the words for it."""
    if "line" in how:
        line = how["line"]
        style = line.get("linestyles", ["-"])[0]
        if "case" in line:
            axes.plot([x, x + 0.3], [middle] * 2, color=line["case"][1], lw=line["case"][0], solid_capstyle="butt")
        colour, wide = line["colors"], line["linewidths"]
        axes.plot([x, x + 0.3], [middle] * 2, color=colour, lw=wide, ls=style, solid_capstyle="butt")
    elif "marker" in how:
        axes.plot([x + 0.15], [middle], ls="", clip_on=False, **how["marker"])
    else:
        low, high = middle - 0.05, middle + 0.05
        axes.imshow(_piece(how), extent=(x, x + 0.3, low, high), aspect="auto", interpolation="nearest")
        axes.plot([x, x + 0.3, x + 0.3, x, x], [low, low, high, high, low], color="black", lw=0.4)
    canvas.pen.put(axes, x + KEY_WIDE_IN, middle, words, 6.0, va="center")
    axes.set_xlim(0, canvas.frame.margin_in[2])
    axes.set_ylim(0, canvas.frame.margin_in[3])


def _piece(how: dict[str, Any]) -> Any:
    if "tint" in how:
        return swatch(how["tint"], round(0.11 * DPI), round(0.3 * DPI))
    if "over" in how:
        return _laid_over(*how["over"])
    from wayhome.links.map_ground import TINTS
    from wayhome.terrain.classes import LandCover

    piece = swatch(TINTS[LandCover.FOREST], round(0.11 * DPI), round(0.3 * DPI))
    piece[:, piece.shape[1] // 2 :] += (1 - piece[:, piece.shape[1] // 2 :]) * BEYOND_REACH
    return piece


def _laid_over(colour: tuple[float, float, float], strong: float) -> Any:
    """A piece of open ground with a colour laid over it."""
    import numpy as np

    from wayhome.links.map_ground import TINTS
    from wayhome.terrain.classes import LandCover

    piece = swatch(TINTS[LandCover.OPEN], round(0.11 * DPI), round(0.3 * DPI))
    piece += (np.array(colour, np.float32) - piece) * np.float32(strong)
    return piece


def _blocks(canvas: Canvas) -> list[Block]:
    plan = canvas.plan
    cannot = list(dict.fromkeys((*plan.cautions, *canvas.notes)))
    if plan.whereabouts is not None and not any(NOT_VALIDATED in said for said in cannot):
        cannot.insert(0, NOT_VALIDATED)
    for said in (*plan.facts, *cannot, *plan.provenance):
        canvas.pen.fit(said)  # notes the letters that will be missing, before what is missing is said
    note = canvas.pen.letters.note()
    return [
        block
        for block in (
            Block("What this shows", plan.facts),
            Block("What is where (USNG)", _where(canvas)),
            Block("What it cannot say", tuple(cannot)),
            Block("What it rests on", (*plan.provenance, *grid_words(canvas), *((note,) if note else ()))),
        )
        if block.items
    ]


def _where(canvas: Canvas) -> tuple[str, ...]:
    """The grid reference of every marker, to say over the radio; several on one line."""
    said = [f"{marker.label}: {grid_of(marker.place)}" for marker in canvas.plan.markers[:MOST_PLACES]]
    more = len(canvas.plan.markers) - MOST_PLACES
    return ("; ".join(said) + (f"; and {more} more: the GeoJSON has them" if more > 0 else ""),) if said else ()


def _words(canvas: Canvas, axes: Any, room: tuple[float, float, float, float]) -> None:
    """The words, as large as they fit; nothing is left out unseen."""
    left, top, width, height = room
    blocks = _blocks(canvas)
    size, lines = SIZES[-1], []
    for size in SIZES:
        lines = _set(canvas, blocks, size, width)
        if len(lines) * size * LINE / 72 <= height:
            break
    fitting = int(height * 72 / (size * LINE))
    if len(lines) > fitting:
        lines = [*lines[: fitting - 1], (f"… and {len(lines) - fitting + 1} lines more: --json gives them all", True)]
    for n, (line, bold) in enumerate(lines):
        canvas.pen.put(axes, left, top - n * size * LINE / 72, line, size, bold=bold, va="top")


def _set(canvas: Canvas, blocks: Sequence[Block], size: float, width: float) -> list[tuple[str, bool]]:
    """The lines and whether each is bold."""
    lines: list[tuple[str, bool]] = []
    for block in blocks:
        lines.append((block.heading, True))
        for item in block.items:
            first, *more = canvas.pen.wrapped(item, size, width - 0.1)
            lines.append((f"• {first}", False))
            lines += [(f"   {line}", False) for line in more]
    return lines
