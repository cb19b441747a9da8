"""What a map is to show, as plain data: the ground, where he can be, who and what is where, and the words beside it."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from wayhome.values.places import Place

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wayhome.engines.search import Whereabouts
    from wayhome.terrain.grid import Terrain
    from wayhome.terrain.isochrones import Polygon

FORMS: Final = ("png", "pdf", "tif", "geojson")
"""A picture for paper, the same as a page, a raster for a map service, outlines for anything that reads GeoJSON."""

PAPERS: Final = ("A4", "A3")


WAY_COLOURS: Final = (
    "#0b3d91", "#a3005c", "#00662b", "#7a3b00", "#007a87", "#4b1fa8", "#5b6b00", "#c2410c", "#2f2f2f", "#0077c8",
    "#d1006c", "#3d8b00",
)  # fmt: skip
"""Dark enough to stand on hills and woods, and apart from one another; printed grey, the marks tell ways apart."""
TURN: Final = 0.381966
"""The golden turn: so far apart, hues never fall upon each other."""


def colour_of(number: int) -> str:
    """The colour of the plan's team so and so: no two alike."""
    if number < len(WAY_COLOURS):
        return WAY_COLOURS[number]
    beyond = number - len(WAY_COLOURS)
    red, green, blue = colorsys.hls_to_rgb(beyond * TURN % 1.0, (0.26, 0.34, 0.42)[beyond % 3], 0.85)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


class Marker(msgspec.Struct, frozen=True):
    """One thing on the map: its kind (IPP, LKP, team, member, clue, casualty, found, cut-off, border, place)."""

    kind: str
    label: str
    place: Place
    remark: str = ""
    colour: str = ""


class Drawn(msgspec.Struct, frozen=True):
    """Something drawn on the map: a segment's outline or a line by hand, or a team's way or segment from a plan.

    What has a `colour` (#rrggbb) has a line of the legend of its own; `mark` is what it is known by along the line,
    `who` the team it is for, and `remark` what the legend says of it beside its label.
    """

    kind: str
    label: str
    points: tuple[Place, ...]
    colour: str = ""
    mark: str = ""
    remark: str = ""
    who: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Chances:
    """How likely he is in each cell (float64 (rows, cols)), and elsewhere; all of it sums to 1.

    `areas` are the smallest grounds that hold a share of what is on the map, with that share, the smallest first.
    """

    grid: NDArray[np.float64]
    elsewhere: float
    areas: tuple[tuple[float, tuple[Polygon, ...]], ...]
    smoothed_m: float


@dataclass(frozen=True, eq=False)
class Hour:
    """How likely he is where at one hour: `label` says it to people (Sun 10:00), `at` to programs (ISO 8601)."""

    label: str
    at: str
    chances: Chances


@dataclass(frozen=True, eq=False, kw_only=True)
class MapPlan:
    """Everything a map shows. `around` (place, radius in metres) picks the part to show; else what is drawn does.

    `scale` (1 to so much) is the smallest round one that shows that part, where none is given; `lying` likewise is
    whichever way shows it larger. With a scale the middle of that part is the middle of the sheet.

    `facts` are short lines under the title, `cautions` what it cannot say, `provenance` what it rests on. `rings_at`
    is the centre of the distance rings. `hourly`: a picture is a sheet of small maps, one for each hour, and a raster
    has a band for each.
    """

    title: str
    terrain: Terrain
    subtitle: str = ""
    whereabouts: Whereabouts | None = None
    chances: Chances | None = None
    hourly: tuple[Hour, ...] = ()
    rings_at: Place | None = None
    markers: tuple[Marker, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    around: tuple[Place, float] | None = None
    paper: str = "A4"
    scale: int | None = None
    lying: bool | None = None
    facts: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    provenance: tuple[str, ...] = ()
