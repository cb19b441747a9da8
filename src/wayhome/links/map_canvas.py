"""What every part of a map draws on: the figure, the map's axes, the frame, and the room that labels have taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wayhome.links.map_frame import DPI, Frame
from wayhome.links.map_letters import Pen, halo
from wayhome.terrain.grid import Terrain
from wayhome.terrain.utm import to_metres
from wayhome.usecases.search.map_plan import MapPlan
from wayhome.values.places import Place

BoxPx = tuple[float, float, float, float]
AROUND: Final = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
"""Where a label may stand beside its mark: right first, then left, above, below, and the corners."""
MOST_TRIED: Final = 4


@dataclass
class Canvas:
    """One sheet in the making. `legend` gathers what was drawn, in order; `notes` what must be said of it."""

    plan: MapPlan
    frame: Frame
    figure: Any
    axes: Any
    pen: Pen
    taken: list[BoxPx] = field(default_factory=list)
    legend: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def terrain(self) -> Terrain:
        return self.plan.terrain

    def metres(self, place: Place) -> tuple[float, float]:
        return to_metres(self.terrain.epsg, place)

    def shows(self, place: Place) -> bool:
        """Whether a place lies on the sheet."""
        return self.frame.holds(*self.metres(place))

    def lines(self, lines: Sequence[NDArray[np.float64]], **how: Any) -> None:
        """Many lines at once, in metres; `case` first draws them wider in another colour."""
        from matplotlib.collections import LineCollection

        if not lines:
            return
        case = how.pop("case", None)
        if case is not None:
            width, colour = case
            edge = LineCollection(lines, colors=colour, linewidths=width, zorder=how.get("zorder", 2) - 0.1)
            edge.set_capstyle("round")
            self.axes.add_collection(edge, autolim=False)
        self.axes.add_collection(LineCollection(lines, **how), autolim=False)

    def free(self, box: BoxPx, room_px: float = 2.0) -> bool:
        """Whether a box lies on the map and on nothing that was written before."""
        left, bottom, right, top = box
        edge = self.axes.bbox
        if left < edge.x0 + 2 or right > edge.x1 - 2 or bottom < edge.y0 + 2 or top > edge.y1 - 2:
            return False
        return all(
            right + room_px < l or left - room_px > r or top + room_px < b or bottom - room_px > t
            for l, b, r, t in self.taken  # noqa: E741  # left
        )

    def take(self, x_m: float, y_m: float, half_in: float) -> None:
        """Keeps labels off a mark."""
        x, y = self.axes.transData.transform((x_m, y_m))
        half = half_in * DPI
        self.taken.append((x - half, y - half, x + half, y + half))

    def label(
        self, x_m: float, y_m: float, text: str, size: float, *, away_in: float, must: bool = False, **how: Any
    ) -> bool:
        """Writes a label beside a point where there is room; `must` writes it anyway. Whether it was written."""
        how = {"path_effects": halo(2.0), "zorder": 9.0, **how}
        wide, high = self.pen.size_px(text, size, bold=bool(how.get("bold")))
        x, y = self.axes.transData.transform((x_m, y_m))
        chosen: BoxPx | None = None
        for reach in range(1, (MOST_TRIED if must else 1) + 1):
            away = away_in * DPI * (1 + 1.3 * (reach - 1))
            boxes = [_beside(x, y, wide, high, away, right, up) for right, up in AROUND]
            chosen = next((box for box in boxes if self.free(box)), None)
            if chosen is not None:
                break
        if chosen is None and not must:
            return False
        left_half = x_m < (self.frame.ground_m[0] + self.frame.ground_m[2]) / 2
        box = chosen or _beside(x, y, wide, high, away_in * DPI, 1 if left_half else -1, 0)
        self.taken.append(box)
        if chosen is not None and reach > 1:
            self._leader(x_m, y_m, box)
        corner = self.axes.transData.inverted().transform((box[0], (box[1] + box[3]) / 2))
        self.pen.put(self.axes, corner[0], corner[1], text, size, ha="left", va="center", clip_on=False, **how)
        return True

    def _leader(self, x_m: float, y_m: float, box: BoxPx) -> None:
        """A thin line from a mark to a label that had to stand farther off."""
        back = self.axes.transData.inverted()
        x, y = self.axes.transData.transform((x_m, y_m))
        near = back.transform((min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])))
        self.axes.plot([x_m, near[0]], [y_m, near[1]], color="black", lw=0.5, zorder=8.4)


def _beside(x: float, y: float, wide: float, high: float, away: float, right: int, up: int) -> BoxPx:
    """The box of a text that stands so far to the right and above a point, in pixels."""
    away *= 0.75 if right and up else 1.0
    left = x + right * away - (wide if right < 0 else wide / 2 if right == 0 else 0)
    bottom = y + up * away - (high if up < 0 else high / 2 if up == 0 else 0)
    return left, bottom, left + wide, bottom + high
