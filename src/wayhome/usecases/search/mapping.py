"""Where can he be, and where can he be cut off: a mission as one viewer sees it becomes a question to the search
engine, and its answer a map. Nothing is on a map that its viewer could not read otherwise.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from wayhome.access.seen import Seen
from wayhome.mission.views.shapes import MissionView
from wayhome.usecases import work
from wayhome.usecases.advice import AdviceError
from wayhome.usecases.ports import MapMaker, TerrainStore
from wayhome.usecases.reading import Reading
from wayhome.usecases.search import map_words as words
from wayhome.usecases.search.asked import SearchQuestion, Settled, distances, settle, told
from wayhome.usecases.search.evidenced import Noted
from wayhome.usecases.search.likelihood import Likely
from wayhome.usecases.search.map_plan import FORMS, Chances, Hour, MapPlan
from wayhome.usecases.search.outlined import LikelyArea, Outlines, bands, coarse
from wayhome.values.ids import MissionId
from wayhome.values.places import Place
from wayhome.values.when import Moment

if TYPE_CHECKING:
    from wayhome.engines.search import Whereabouts

HORIZON_H = 24.0
"""So far ahead of now a place to cut him off is looked for."""


class MapSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A map as a file's bytes, and its words: what it shows, what it cannot say, what it rests on."""

    form: str
    title: str
    body: bytes
    hours: float
    area_km2: float
    border_h: float | None
    rings_km: dict[str, float]
    facts: tuple[str, ...]
    cautions: tuple[str, ...]
    provenance: tuple[str, ...]
    likely: Likely | None = None


class Ours(msgspec.Struct, frozen=True):
    """One of ours and where they are."""

    name: str
    place: Place


class CutOffPlace(msgspec.Struct, frozen=True):
    """Where one of ours can stand before he can come by, and when each can be there."""

    place: Place
    name: str
    ours_at: Moment
    his_at: Moment
    ahead_min: int


class CutOffSheet(msgspec.Struct, frozen=True, kw_only=True):
    """Places to cut him off, the soonest for him first; empty when none of ours can be anywhere before him."""

    places: tuple[CutOffPlace, ...]
    ours: tuple[Ours, ...]
    border_at: Moment | None
    border: Place | None
    facts: tuple[str, ...]
    cautions: tuple[str, ...]
    provenance: tuple[str, ...]


class MapNote(msgspec.Struct, frozen=True, kw_only=True):
    """A map as the record keeps it: its outlines and words, not its bytes, and what tells these bytes from others."""

    settled: Settled
    form: str
    digest: str
    area_km2: float
    border_h: float | None
    rings_km: dict[str, float]
    outlines: Outlines


def search_map(
    reading: Reading,
    terrains: TerrainStore,
    maker: MapMaker,
    now: Moment,
    mission: MissionId,
    q: SearchQuestion,
    form: str,
) -> tuple[Seen[MapSheet], MapNote]:
    """The map as the viewer may see it, and what is to be written down. Raises NothingThere, NoTerrain, AdviceError."""
    seen = reading.mission(mission)
    if form not in FORMS:
        raise AdviceError(f"there is no map as {form!r}: one of {', '.join(FORMS)}")
    if q.by_hour and not q.likely:
        raise AdviceError("by the hour are the chances, and no chances were asked for: leave one of them out")
    with told():
        settled, found, no_rings = answered(seen, terrains, q, now)
        markers, drawn = words.shown(reading, mission, seen.value)
        chances = _chances(reading, mission, settled, found, now, q) if q.likely else NO_CHANCES
        plan = MapPlan(
            title=f"{seen.value.name}: where he {'may' if chances.layer else 'can'} be",
            subtitle=_subtitle(settled, now, chances),
            terrain=found.terrain,
            whereabouts=found,
            chances=chances.layer,
            hourly=chances.hourly,
            rings_at=seen.value.initial_point,
            markers=(*markers, *words.at_border(settled, found)),
            drawn=drawn,
            facts=(*chances.facts, *words.facts(settled, found, q)),
            cautions=tuple(dict.fromkeys((*chances.cautions, *words.cautions(seen.value, settled, found, no_rings)))),
            provenance=tuple(dict.fromkeys((*sources(found), *chances.provenance))),
        )
        sheet = _sheet(plan, found, form, maker.make(plan, form, progress=work.drawing), chances.likely)
    digest = hashlib.blake2b(sheet.body, digest_size=16).hexdigest()
    note = MapNote(
        settled=settled,
        form=form,
        digest=digest,
        area_km2=sheet.area_km2,
        border_h=sheet.border_h,
        rings_km=sheet.rings_km,
        outlines=_outlines(settled, found, plan, chances.likely),
    )
    return reading.again(seen, sheet), note


def _subtitle(settled: Settled, now: Moment, chances: _Chances) -> str:
    said = words.subtitle(settled, now)
    return said if chances.layer is None else f"NOT VALIDATED ON FINDS. {said}"


class _Chances(NamedTuple):
    """How likely he is where, on the map and in words."""

    layer: Chances | None
    likely: Likely | None
    facts: tuple[str, ...]
    cautions: tuple[str, ...]
    provenance: tuple[str, ...]
    hourly: tuple[Hour, ...] = ()


LAYERS = ("elevation:", "land cover:", "trails", "water:", "names:", "border:")
"""Sources that stand beside the map with their licence already."""

NO_CHANCES = _Chances(None, None, (), (), ())


def _chances(
    reading: Reading, mission: MissionId, settled: Settled, found: Whereabouts, now: Moment, q: SearchQuestion
) -> _Chances:
    from wayhome.usecases.search import (
        imagined,  # numpy and numba load slowly
        likely,  # numpy and numba load slowly
    )

    noted = noted_of(reading, mission)
    answer = imagined.likely(settled, found.terrain, noted, now, q.tracks)
    poa = likely.map_of(answer)
    said = likely.summed(answer, poa, reading.drawings(mission).value)
    hourly = likely.by_hour(answer) if q.by_hour else ()
    drawings = reading.drawings(mission).value
    return _Chances(
        likely.layer_of(poa),
        said,
        (*likely.sentences(said), *likely.hourly_words(hourly, found.terrain, drawings)),
        (*likely.warnings(said), *answer.cautions),
        tuple(said for said in answer.weighed.base.provenance if not said.startswith(LAYERS)),
        hourly,
    )


def noted_of(reading: Reading, mission: MissionId) -> Noted:
    """What the viewer may see that moves the map."""
    return Noted(
        clues=reading.clues(mission).value,
        evidence=reading.evidence(mission).value,
        hypotheses=reading.hypotheses(mission).value,
    )


def _outlines(settled: Settled, found: Whereabouts, plan: MapPlan, likely: Likely | None) -> Outlines:
    return Outlines(
        point=settled.point,
        start=settled.start,
        since=settled.at,
        hours=settled.hours,
        walker=settled.walker,
        category=found.category,
        bands=bands(found),
        rings_m={f"{ring.percent} %": round(ring.radius_m, 1) for ring in found.rings},
        rings_at=plan.rings_at,
        facts=plan.facts,
        cautions=plan.cautions,
        provenance=plan.provenance,
        areas=tuple(
            LikelyArea(share=share, polygons=coarse(polygons))
            for share, polygons in (reversed(plan.chances.areas) if plan.chances else ())
        ),
        likely=likely,
    )


def answered(
    seen: Seen[MissionView], terrains: TerrainStore, q: SearchQuestion, now: Moment
) -> tuple[Settled, Whereabouts, str]:
    """The question with nothing open, how far he can have come, and why there are no rings, where there are none."""
    from wayhome.engines.search import where_can_he_be  # numpy loads slowly, and most commands need no ground
    from wayhome.terrain.speed import profile

    settled, terrain = settle(seen.value, terrains, q, now)
    row, no_rings = distances(settled)
    walker = profile(settled.walker)
    found = where_can_he_be(terrain, settled.point, settled.hours, walker, row, evader=settled.evader)
    return settled, found, no_rings


def _sheet(plan: MapPlan, found: Whereabouts, form: str, body: bytes, likely: Likely | None) -> MapSheet:
    return MapSheet(
        form=form,
        title=plan.title,
        body=body,
        hours=found.hours,
        area_km2=round(found.isochrones[-1].area_km2, 2),
        border_h=found.border.hours if found.border else None,
        rings_km={f"{ring.percent} %": round(ring.radius_m / 1000, 2) for ring in found.rings},
        facts=plan.facts,
        cautions=plan.cautions,
        provenance=plan.provenance,
        likely=likely,
    )


def sources(found: Whereabouts) -> tuple[str, ...]:
    """What a map rests on."""
    engine = tuple(said for said in found.provenance if said.startswith(("speed:", "rings:")))
    return (*words.ground_sources(found.terrain), *engine)


def cut_off(
    reading: Reading,
    terrains: TerrainStore,
    now: Moment,
    mission: MissionId,
    q: SearchQuestion,
    ours: tuple[Ours, ...],
) -> tuple[Seen[CutOffSheet], Settled]:
    """Where ours, setting out now, stand before he can come by. Raises NothingThere, NoTerrain, AdviceError.

    Without `ours` the teams with a known place set out from there.
    """
    from wayhome.engines.search import cut_off as search_cut_off
    from wayhome.terrain.border import time_to_border
    from wayhome.terrain.speed import profile
    from wayhome.terrain.travel import Start, travel

    seen = reading.mission(mission)
    who = ours or teams_of(reading, mission)
    if not who:
        raise AdviceError("no team has a known place: say who of ours is where (NAME@PLACE)")
    with told():
        settled, terrain = settle(seen.value, terrains, q, now)
        walker = profile(settled.walker)
        his = travel(terrain, [Start(settled.point, name=settled.start)], walker, limit_h=settled.hours + HORIZON_H)
        starts = [Start(one.place, at_h=settled.hours, name=one.name) for one in who]
        places = search_cut_off(his, starts)
        border = time_to_border(his) if terrain.border.any() else None
    began = now.plus(hours=-settled.hours)
    sheet = CutOffSheet(
        places=tuple(
            CutOffPlace(p.place, p.name, began.plus(hours=p.ours_h), began.plus(hours=p.his_h), round(p.ahead_h * 60))
            for p in places
        ),
        ours=who,
        border_at=began.plus(hours=border.hours) if border else None,
        border=border.place if border else None,
        facts=(f"He set out from the {settled.start} {words.span(settled.hours)} ago, as: {settled.walker}.",),
        cautions=_cut_off_cautions((*his.cautions, *terrain.warnings)),
        provenance=(*words.ground_sources(terrain), *(f"speed: {basis}" for basis in walker.basis)),
    )
    return reading.again(seen, sheet), settled


def teams_of(reading: Reading, mission: MissionId) -> tuple[Ours, ...]:
    """Teams whose last place is known, from there."""
    names = {team.name: team.place for team in reading.teams(mission).value}
    last = {place.who: place.place for place in reading.places(mission).value if place.who in names}
    known = {name: last.get(name, place) for name, place in names.items()}
    return tuple(Ours(name, place) for name, place in sorted(known.items()) if place is not None)


def _cut_off_cautions(said: tuple[str, ...]) -> tuple[str, ...]:
    from wayhome.engines.search.whereabouts import NOT_VALIDATED

    first = (
        f"travel times: {NOT_VALIDATED}; bounds on how soon he can be there, not which way he goes",
        "ours are taken to set out now, on foot",
    )
    return tuple(dict.fromkeys((*first, *said)))
