"""Plans as the record keeps them: coarser ways, what was asked, and what they rest on, so that a stale one says so."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

from wayhome.mission.views.shapes import AdviceView, MissionView
from wayhome.usecases.search.evidenced import Noted
from wayhome.usecases.search.outlined import DECIMALS, Corner
from wayhome.values.ids import Id
from wayhome.values.places import Place
from wayhome.values.when import Moment

if TYPE_CHECKING:
    from wayhome.usecases.search.mapping import Ours
    from wayhome.usecases.search.plan_asked import Part, PlanQuestion, PlanSheet

PLAN: Final = "search.plan"
CONTAIN: Final = "search.contain"
"""The engines whose advice is a plan."""
COARSE_DEG: Final = 1e-4
"""Of a kept way: some ten metres, less than a cell of any ground it was planned on."""


class SetOut(msgspec.Struct, frozen=True):
    """One of ours and where they set out."""

    name: str
    place: Place


class AskedKept(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked of the planner, as `plan_asked.PlanQuestion` has it, to be asked again."""

    minutes: float
    width_m: float
    watch_m: float
    alive: bool = False
    segments: bool = False


class PartKept(msgspec.Struct, frozen=True, kw_only=True):
    """One team's part, as `plan_asked.Part` has it; `way` is longitude and latitude."""

    team: str
    adds: float
    next_best: float | None
    there_at: Moment | None
    way: tuple[Corner, ...]
    words: str
    mark: str = ""
    colour: str = ""
    until: Moment | None = None
    segment: str = ""


class SheetKept(msgspec.Struct, frozen=True, kw_only=True):
    """A plan with every word that must stand beside it, as `plan_asked.PlanSheet` has it."""

    chance: float
    low: float
    high: float
    bound: float
    gap: float
    greedy: float
    proven: bool
    parts: tuple[PartKept, ...]
    idle: tuple[str, ...]
    facts: tuple[str, ...]
    cautions: tuple[str, ...]
    provenance: tuple[str, ...]
    alive: bool = False
    stopped: bool = False


class PlanNote(msgspec.Struct, frozen=True, kw_only=True):
    """A plan as it is written down: with its question, and a mark of all that moved the map it was made on."""

    sheet: SheetKept
    ours: tuple[SetOut, ...]
    asked: AskedKept
    rests_on: str


class PlanView(msgspec.Struct, frozen=True, kw_only=True):
    """A plan as last advised. `stale`: what the map is made of has changed since."""

    advice: Id
    made: Moment
    stale: bool
    ours: tuple[SetOut, ...]
    asked: AskedKept
    sheet: SheetKept


class PlansView(msgspec.Struct, frozen=True, kw_only=True):
    """Who searches where, and whom to post where, each as last advised."""

    search: PlanView | None = None
    contain: PlanView | None = None


def note(sheet: PlanSheet, ours: tuple[Ours, ...], asked: PlanQuestion, rests: str) -> PlanNote:
    """What is written down of a plan."""
    parts = tuple(_part(one) for one in sheet.parts)
    return PlanNote(
        sheet=SheetKept(parts=parts, **_named(sheet, SheetKept, "parts")),
        ours=tuple(SetOut(one.name, one.place) for one in ours),
        asked=AskedKept(**_named(asked, AskedKept)),
        rests_on=rests,
    )


def _part(one: Part) -> PartKept:
    return PartKept(way=coarse(one.way), **_named(one, PartKept, "way"))


def _named(held: msgspec.Struct, kind: type[msgspec.Struct], *but: str) -> dict[str, Any]:
    """What the one has under the names of the other's fields."""
    return {name: getattr(held, name) for name in kind.__struct_fields__ if name not in but}


def coarse(way: tuple[Place, ...]) -> tuple[Corner, ...]:
    """A way with no more corners than it needs."""
    from shapely.geometry import LineString

    at = [(place.lon, place.lat) for place in way]
    kept = LineString(at).simplify(COARSE_DEG).coords if len(at) > 2 else at
    return tuple((round(lon, DECIMALS), round(lat, DECIMALS)) for lon, lat in kept)


def rests_on(held: MissionView, noted: Noted) -> str:
    """The same for the same evidence, whatever came and went meanwhile; another as soon as one piece is another.

    Only what moves the map counts: a clue without a worth does not, nor does anything that was withdrawn.
    """
    point = (held.initial_point, held.initial_at, held.last_point, held.last_at)
    moving = (
        (*point, held.subject_category, held.subject.get("evading", "")),
        [(one.clue, one.place, one.worth) for one in noted.clues if one.worth is not None and not one.withdrawn],
        [(one.evidence, one.piece) for one in noted.evidence if not one.withdrawn],
        [(one.hypothesis, one.odds) for one in noted.hypotheses if not one.dropped],
    )
    return hashlib.blake2b(msgspec.json.encode(moving), digest_size=8).hexdigest()


def last_of(advice: Sequence[AdviceView], rests: str) -> PlansView:
    """The last plan of each kind, of advice from the oldest on, beside what the map is made of now."""
    last = {one.engine: one for one in advice}
    return PlansView(search=_view(last.get(PLAN), rests), contain=_view(last.get(CONTAIN), rests))


def _view(one: AdviceView | None, rests: str) -> PlanView | None:
    if one is None:
        return None
    found = msgspec.json.decode(one.result, type=PlanNote)
    return PlanView(
        advice=one.advice,
        made=one.at,
        stale=found.rests_on != rests,
        ours=found.ours,
        asked=found.asked,
        sheet=found.sheet,
    )
