"""A map as a picture for paper: PNG at 200 dots an inch, or a PDF page, at a round scale, legible without colour.

The same plan gives the same bytes on one machine: nothing of the clock or the machine goes in.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Final

from wayhome.links.map_canvas import Canvas
from wayhome.links.map_features import draw_contours, draw_features, draw_names
from wayhome.links.map_frame import DPI, frame_for
from wayhome.links.map_grid import draw_grid
from wayhome.links.map_ground import ground_pixels, lay_chances
from wayhome.links.map_hours import draw_hours
from wayhome.links.map_letters import Pen
from wayhome.links.map_margin import draw_margin
from wayhome.links.map_marks import draw_by_hand, draw_likely, draw_markers, draw_where
from wayhome.links.map_ways import draw_plan
from wayhome.usecases.search.map_plan import MapPlan

Progress = Callable[[int, int], None]

# Labels of what matters most are placed first; what lies above what is said by each drawing itself.
STEPS: Final[tuple[Callable[[Canvas], None], ...]] = (
    draw_markers, draw_plan, draw_by_hand, draw_likely, draw_where, draw_features, draw_grid, draw_names, draw_contours,
    draw_margin,
)  # fmt: skip


def _untold(_done: int, _of: int) -> None:
    """Nobody waits."""


def png(plan: MapPlan, progress: Progress | None = None) -> bytes:
    """The picture's bytes. `progress` hears (steps done, steps in all)."""
    tell = progress or _untold
    canvas = _drawn(plan, tell)
    body = io.BytesIO()
    canvas.figure.canvas.print_png(body, metadata=_said(plan))
    tell(len(STEPS) + 2, len(STEPS) + 2)
    return body.getvalue()


def pdf(plan: MapPlan, progress: Progress | None = None) -> bytes:
    """The same as one page of exactly its paper's size: printed without scaling, a centimetre is what it says."""
    tell = progress or _untold
    canvas = _drawn(plan, tell)
    body = io.BytesIO()
    said = _said(plan)
    words = {"Title": said["Title"], "Subject": said["Description"], "Creator": said["Software"]}
    canvas.figure.savefig(body, format="pdf", metadata={**words, "Producer": None, "CreationDate": None})
    tell(len(STEPS) + 2, len(STEPS) + 2)
    return body.getvalue()


def _drawn(plan: MapPlan, tell: Progress) -> Canvas:
    if plan.hourly:
        return draw_hours(plan)
    canvas = _blank(plan)
    tell(1, len(STEPS) + 2)
    for number, step in enumerate(STEPS, start=2):
        step(canvas)
        tell(number, len(STEPS) + 2)
    return canvas


def _blank(plan: MapPlan) -> Canvas:
    """The sheet with its ground, and nothing on it yet."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    frame = frame_for(plan)
    figure = Figure(figsize=frame.paper_in, dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    left, bottom, width, height = frame.map_in
    across, up = frame.paper_in
    axes = figure.add_axes((left / across, bottom / up, width / across, height / up))
    west, south, east, north = frame.ground_m
    reached = plan.whereabouts.reach.reached if plan.whereabouts is not None else None
    pixels = ground_pixels(plan.terrain, frame, reached)
    if plan.chances is not None:
        lay_chances(pixels, plan.terrain, frame, plan.chances.grid)
    axes.imshow(pixels, extent=(west, east, south, north), interpolation="nearest", zorder=1, aspect="auto")
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_autoscale_on(False)
    return Canvas(plan=plan, frame=frame, figure=figure, axes=axes, pen=Pen(figure))


def _said(plan: MapPlan) -> dict[str, str]:
    """What the file itself carries in words, wherever the picture goes."""
    words = "\n".join((*plan.facts, *plan.cautions, *plan.provenance))
    return {"Software": "Wayhome", "Title": plan.title, "Description": words}
