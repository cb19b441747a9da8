"""A sheet of small maps, one for each hour: the same ground at the same scale, so that the eye sees where he drifts."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, Final

from wayhome.links.map_canvas import Canvas
from wayhome.links.map_features import draw_features
from wayhome.links.map_frame import DPI, INCH_M, MARGIN_IN, PAPERS_IN, SIDE_IN, TITLE_IN, Box, Frame, round_up, wanted
from wayhome.links.map_ground import ground_pixels, lay_chances
from wayhome.links.map_letters import Pen, halo
from wayhome.links.map_margin import draw_margin
from wayhome.links.map_marks import draw_likely, draw_point
from wayhome.usecases.search.map_plan import Hour, MapPlan

GAP_IN: Final = 0.12
HEAD_IN: Final = 0.2
"""Above each small map, its hour."""


def draw_hours(plan: MapPlan) -> Canvas:
    """The sheet, lying. Title, scale, legend and words stand as on any other map."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    frames = _frames(plan)
    figure = Figure(figsize=frames[0].paper_in, dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    pen = Pen(figure)
    sheets = [_small(replace(plan, chances=hour.chances), frame, figure, pen, hour)
              for hour, frame in zip(plan.hourly, frames, strict=True)]  # fmt: skip
    first = sheets[0]
    first.notes[:] = list(dict.fromkeys(note for sheet in sheets for note in sheet.notes))
    for sheet in sheets[1:]:
        for words, how in sheet.legend.items():
            first.legend.setdefault(words, how)
    draw_margin(first)
    return first


def _frames(plan: MapPlan) -> list[Frame]:
    """Where each small map lies: all of one size, at one round scale, on one ground."""
    paper = PAPERS_IN[plan.paper][::-1]
    room = (paper[0] - 2 * MARGIN_IN - SIDE_IN, paper[1] - 2 * MARGIN_IN - TITLE_IN)
    count = len(plan.hourly)
    across = math.ceil(math.sqrt(count))
    down = math.ceil(count / across)
    wide, high = room[0] / across - GAP_IN, room[1] / down - HEAD_IN - GAP_IN
    box = wanted(replace(plan, chances=plan.hourly[-1].chances))
    scale = round_up(max((box[2] - box[0]) / wide, (box[3] - box[1]) / high) / INCH_M)
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    half = (wide * scale * INCH_M / 2, high * scale * INCH_M / 2)
    ground = (x - half[0], y - half[1], x + half[0], y + half[1])
    margin: Box = (MARGIN_IN + room[0] + 0.15, MARGIN_IN, SIDE_IN - 0.15, room[1])
    return [
        Frame(
            paper,
            (
                MARGIN_IN + n % across * (wide + GAP_IN),
                MARGIN_IN + room[1] - (n // across + 1) * (high + HEAD_IN + GAP_IN) + GAP_IN,
                wide,
                high,
            ),
            margin,
            ground,
            scale,
        )
        for n in range(count)
    ]


def _small(plan: MapPlan, frame: Frame, figure: Any, pen: Pen, hour: Hour) -> Canvas:
    """One hour's map with the point he was last known at, trails and water, and the lines of the likeliest ground."""
    left, bottom, width, height = frame.map_in
    across, up = frame.paper_in
    axes = figure.add_axes((left / across, bottom / up, width / across, height / up))
    west, south, east, north = frame.ground_m
    pixels = ground_pixels(plan.terrain, frame, None)
    lay_chances(pixels, plan.terrain, frame, hour.chances.grid)
    axes.imshow(pixels, extent=(west, east, south, north), interpolation="nearest", zorder=1, aspect="auto")
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_autoscale_on(False)
    canvas = Canvas(plan=replace(plan, whereabouts=None), frame=frame, figure=figure, axes=axes, pen=pen)
    for marker in plan.markers:
        if marker.kind == "IPP" and canvas.shows(marker.place):
            draw_point(canvas, *canvas.metres(marker.place))
    draw_likely(canvas)
    draw_features(canvas)
    words = f"{hour.label}   elsewhere {hour.chances.elsewhere:.0%}"
    pen.put(axes, west, north + 0.05 * frame.metres_per_inch, words, 8.0, bold=True, va="bottom", clip_on=False,
            path_effects=halo(1.0))  # fmt: skip
    return canvas
