"""What a map is to show, as plain data: the ground, where he can be, who and what is where, and the words beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from wayhome.values.places import Place

if TYPE_CHECKING:
    from wayhome.engines.search import Whereabouts
    from wayhome.terrain.grid import Terrain

FORMS: Final = ("png", "tif", "geojson")
"""A picture for paper, a raster for a map service, outlines for anything that reads GeoJSON."""


class Marker(msgspec.Struct, frozen=True):
    """One thing on the map: its kind (IPP, LKP, team, member, clue, casualty, found, cut-off, border, place)."""

    kind: str
    label: str
    place: Place
    remark: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class MapPlan:
    """Everything a map shows. `around` (place, radius in metres) picks the part to show; else what is drawn does.

    `facts` are short lines under the title, `cautions` what it cannot say, `provenance` what it rests on. `rings_at`
    is the centre of the distance rings.
    """

    title: str
    terrain: Terrain
    subtitle: str = ""
    whereabouts: Whereabouts | None = None
    rings_at: Place | None = None
    markers: tuple[Marker, ...] = ()
    around: tuple[Place, float] | None = None
    facts: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    provenance: tuple[str, ...] = ()
