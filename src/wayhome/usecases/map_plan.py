"""What a map is to show, as plain data: the ground, where he can be, who and what is where, and the words beside it."""

from __future__ import annotations

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


class Marker(msgspec.Struct, frozen=True):
    """One thing on the map: its kind (IPP, LKP, team, member, clue, casualty, found, cut-off, border, place)."""

    kind: str
    label: str
    place: Place
    remark: str = ""


class Drawn(msgspec.Struct, frozen=True):
    """Something drawn on the map by hand: a segment's outline or a line."""

    kind: str
    label: str
    points: tuple[Place, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class Chances:
    """How likely he is in each cell (float64 (rows, cols)), and elsewhere; all of it sums to 1.

    `areas` are the smallest grounds that hold a share of what is on the map, with that share, the smallest first.
    """

    grid: NDArray[np.float64]
    elsewhere: float
    areas: tuple[tuple[float, tuple[Polygon, ...]], ...]
    smoothed_m: float


@dataclass(frozen=True, eq=False, kw_only=True)
class MapPlan:
    """Everything a map shows. `around` (place, radius in metres) picks the part to show; else what is drawn does.

    `scale` (1 to so much) is the smallest round one that shows that part, where none is given; `lying` likewise is
    whichever way shows it larger. With a scale the middle of that part is the middle of the sheet.

    `facts` are short lines under the title, `cautions` what it cannot say, `provenance` what it rests on. `rings_at`
    is the centre of the distance rings.
    """

    title: str
    terrain: Terrain
    subtitle: str = ""
    whereabouts: Whereabouts | None = None
    chances: Chances | None = None
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
