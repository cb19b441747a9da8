"""A plan on the map: each team's way, post or segment in a colour of its own, over the chances it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from wayhome.usecases import work
from wayhome.usecases.ports import MapMaker
from wayhome.usecases.reading import Reading
from wayhome.usecases.search import map_words as words
from wayhome.usecases.search.asked import Settled
from wayhome.usecases.search.map_plan import Drawn, MapPlan, Marker
from wayhome.usecases.search.plan_asked import Part, PlanSheet
from wayhome.values.ids import MissionId
from wayhome.values.places import Place
from wayhome.values.when import Moment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wayhome.engines.search import Whereabouts
    from wayhome.terrain.grid import Terrain
    from wayhome.usecases.search.imagined import Answer

MOST_WAY: Final = 400
"""Points of a team's way that are drawn."""


def way_of(terrain: Terrain, rows: NDArray[np.float64], cols: NDArray[np.float64]) -> tuple[Place, ...]:
    """The places of a team's way, thinned where there are many."""
    every = max(1, len(rows) // MOST_WAY)
    kept = [*range(0, len(rows), every)]
    if kept[-1] != len(rows) - 1:
        kept.append(len(rows) - 1)
    places = [terrain.place_of(round(float(rows[n])), round(float(cols[n]))) for n in kept]
    return tuple(one for one, before in zip(places, (None, *places), strict=False) if one != before)


def ways(parts: tuple[Part, ...]) -> tuple[Drawn, ...]:
    """Each team's way, with its mark along it."""
    return tuple(
        Drawn("way", words.short(part.team), part.way, part.colour, part.mark, _hours(part), words.short(part.team))
        for part in parts
        if len(part.way) > 1
    )


def given(parts: tuple[Part, ...], outlines: dict[str, tuple[Place, ...]]) -> tuple[Drawn, ...]:
    """Each team's segment. What several teams share is drawn once for each, so that each has its line in the legend."""
    return tuple(
        Drawn("given", words.short(part.segment), outlines[part.segment], part.colour, part.mark, _hours(part),
              words.short(part.team))
        for part in parts
    )  # fmt: skip


def barred(areas: tuple[tuple[str, tuple[Place, ...]], ...]) -> tuple[Drawn, ...]:
    """Areas that nobody may enter, by name."""
    return tuple(Drawn("barred", words.short(name), points) for name, points in areas)


def posts(parts: tuple[Part, ...]) -> tuple[Marker, ...]:
    """Each team's post, and by when it is there."""
    return tuple(
        Marker("manned", words.short(f"{part.mark} {part.team} by {part.there_at.local:%H:%M}"), part.way[0],
               part.words, part.colour)
        for part in parts
        if part.there_at is not None
    )  # fmt: skip


def _hours(part: Part) -> str:
    began = f"{part.there_at.local:%H:%M}" if part.there_at is not None else ""
    return f"{began} to {part.until.local:%H:%M}" if part.until is not None else began


def drawn(
    reading: Reading,
    maker: MapMaker,
    now: Moment,
    mission: MissionId,
    form: str,
    rests_on: tuple[Settled, Whereabouts, Answer],
    sheet: PlanSheet,
    lines: tuple[Drawn, ...],
    markers: tuple[Marker, ...],
) -> PlanSheet:
    """The plan with its map, where one was asked for."""
    from wayhome.usecases.search import likely

    if not form:
        return sheet
    work.tell("Drawing the map")
    settled, found, answer = rests_on
    held = reading.mission(mission).value
    known, by_hand = words.shown(reading, mission, held)
    plan = MapPlan(
        title=sheet.title,
        subtitle=f"NOT VALIDATED ON FINDS. {words.subtitle(settled, now)}",
        terrain=found.terrain,
        whereabouts=found,
        chances=likely.layer_of(likely.map_of(answer)),
        rings_at=held.initial_point,
        markers=(*known, *markers),
        drawn=(*by_hand, *lines),
        facts=(*sheet.facts, *(part.words for part in sheet.parts), *sheet.idle),
        cautions=sheet.cautions,
        provenance=sheet.provenance,
    )
    return msgspec.structs.replace(sheet, form=form, body=maker.make(plan, form, progress=work.drawing))
