"""A picture of a mission's ground with what its viewer may see there, at a scale that can be measured on paper.

No engine is asked, so nothing is written down: the picture says no more than the reads that it is made of.
"""

from __future__ import annotations

from typing import Final

import msgspec

from wayhome.access.seen import Seen
from wayhome.mission.views import shapes as v
from wayhome.usecases.advice import AdviceError
from wayhome.usecases.ports import MapMaker, TerrainStore
from wayhome.usecases.reading import Reading
from wayhome.usecases.search import map_words as words
from wayhome.usecases.search.map_plan import PAPERS, Drawn, MapPlan, Marker
from wayhome.usecases.travelling import terrain_with
from wayhome.values.ids import MissionId
from wayhome.values.places import Place, distance_m
from wayhome.values.when import Moment

FORMS: Final = ("png", "pdf")
SCALES: Final = (1_000, 500_000)
LEAST_M: Final = 500.0
MOST_M: Final = 15_000.0
"""Of ground around the middle: what lies farther off is told in words beside the picture."""


class PictureQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be drawn. Without a scale, one that shows everything near; without a middle, the mission's point."""

    form: str = "png"
    paper: str = "A4"
    scale: int | None = None
    lying: bool | None = None
    middle: Place | None = None
    terrain: str = ""


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """The picture as a file's bytes."""

    form: str
    title: str
    body: bytes


OPEN_PICTURE: Final = PictureQuestion()


def picture(
    reading: Reading, terrains: TerrainStore, maker: MapMaker, now: Moment, mission: MissionId, q: PictureQuestion
) -> Seen[Picture]:
    """The picture as the viewer may see it. Raises NothingThere, NoTerrain, AdviceError."""
    seen = reading.mission(mission)
    _check(q)
    markers, drawn = words.shown(reading, mission, seen.value)
    middle = q.middle or _middle(seen.value, markers, drawn)
    terrain = terrains.load(q.terrain) if q.terrain else terrain_with(terrains, middle)
    if terrain is None:
        raise AdviceError("no terrain here holds that place: `wayhome terrain import` brings one in")
    plan = MapPlan(
        title=seen.value.name,
        subtitle=f"As known {words.when(now)}.",
        terrain=terrain,
        markers=markers,
        drawn=drawn,
        around=(middle, _radius(middle, markers, drawn)),
        paper=q.paper,
        scale=q.scale,
        lying=q.lying,
        cautions=terrain.warnings,
        provenance=words.ground_sources(terrain),
    )
    return reading.again(seen, Picture(form=q.form, title=plan.title, body=maker.make(plan, q.form)))


def _check(q: PictureQuestion) -> None:
    least, most = SCALES
    if q.form not in FORMS:
        raise AdviceError(f"there is no picture as {q.form[:40]!r}: one of {', '.join(FORMS)}")
    if q.paper not in PAPERS:
        raise AdviceError(f"there is no paper {q.paper[:40]!r} here: one of {', '.join(PAPERS)}")
    if q.scale is not None and not least <= q.scale <= most:
        raise AdviceError(f"1:{q.scale} is no scale for a sheet: from 1:{least:,} to 1:{most:,}, such as 25000")


def _middle(held: v.MissionView, markers: tuple[Marker, ...], drawn: tuple[Drawn, ...]) -> Place:
    known = (held.last_point, held.initial_point, held.place, *(one.place for one in markers))
    found = next((place for place in (*known, *(one.points[0] for one in drawn)) if place is not None), None)
    if found is None:
        raise AdviceError("nothing of this mission has a place yet: set its initial planning point, or give a middle")
    return found


def _radius(middle: Place, markers: tuple[Marker, ...], drawn: tuple[Drawn, ...]) -> float:
    """Far enough to show what lies near, with some room."""
    places = [*(one.place for one in markers), *(place for one in drawn for place in one.points)]
    away = [distance_m(middle, place) for place in places]
    return max([LEAST_M, *(1.15 * metres for metres in away if metres <= MOST_M)])
