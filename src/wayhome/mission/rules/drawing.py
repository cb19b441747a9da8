"""What may be drawn on the map: segments, posts, lines and notes."""

from __future__ import annotations

from typing import Any, Final

from wayhome.mission.facts import field as f
from wayhome.mission.intents import field as i
from wayhome.mission.rules.common import (
    IN_THE_FIELD,
    MAY_TYPE_FOR_OTHERS,
    Act,
    Decision,
    Refused,
    decides,
    in_mission,
    member_of,
    mission_of,
    must,
    text,
)
from wayhome.mission.state import Drawing, Mission, World
from wayhome.values.ids import Id, handle
from wayhome.values.outlines import across_m, crosses_itself
from wayhome.values.places import Place

MOST_POINTS = 2_000
POINTS: Final = {"segment": (3, MOST_POINTS), "post": (1, 1), "line": (2, MOST_POINTS), "note": (1, 1)}
"""What can be drawn, and how many points it has at least and at most."""

FAR_KM = 100
"""What is drawn farther across is likelier a slip than a search."""


@decides(i.Draw)
def draw(intent: i.Draw, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "drawing on the map")
    number = mission.drawing_numbers.get(act.replica, 0) + 1
    founder = act.replica == world.organisation.founder_replica
    fact = f.DrawingMade(
        drawing=act.id("drawing"),
        number=number,
        label=str(number) if founder else f"{number}-{handle(act.replica)[:4]}",
        **_fields(intent, world, mission),
    )
    tells = (f"{fact.what} {fact.label}", *_slips(mission, fact))
    return Decision(in_mission(mission, fact), made=fact.drawing, tells=tells)


@decides(i.ChangeDrawing)
def change(intent: i.ChangeDrawing, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    _held(intent.drawing, world, act, mission)
    reason = text(intent.reason, "the reason", empty=True)
    fact = f.DrawingChanged(drawing=intent.drawing, reason=reason, **_fields(intent, world, mission))
    return Decision(in_mission(mission, fact), tells=_slips(mission, fact))


@decides(i.EraseDrawing)
def erase(intent: i.EraseDrawing, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    _held(intent.drawing, world, act, mission)
    fact = f.DrawingErased(drawing=intent.drawing, reason=text(intent.reason, "the reason"))
    return Decision(in_mission(mission, fact))


def _held(drawing: Id, world: World, act: Act, mission: Mission) -> Drawing:
    """The drawing, for whoever drew it or runs the desk. Refuses one that is not there or was erased."""
    held = mission.drawings.get(drawing)
    if held is None or held.erased:
        raise Refused("no such drawing", "there is no such drawing here, or it was erased")
    must(world, act, IN_THE_FIELD, "drawing on the map")
    if act.by != held.by:
        must(world, act, MAY_TYPE_FOR_OTHERS, "changing what another drew", mission=mission)
    return held


def _fields(intent: i.Draw | i.ChangeDrawing, world: World, mission: Mission) -> dict[str, Any]:
    """What both kinds of fact say of a drawing. Refuses what cannot be drawn so."""
    if intent.what not in POINTS:
        raise Refused("what to draw", f"{intent.what!r}: one of {', '.join(POINTS)}")
    if intent.holder is not None:
        member_of(world, intent.holder)
    if intent.team is not None and intent.team not in mission.teams:
        raise Refused("no such team", "there is no such team in this mission")
    note = intent.what == "note"
    return {
        "what": intent.what,
        "name": text(intent.name, "the name", limit=100, empty=note),
        "points": _points(intent.what, intent.points),
        "words": text(intent.words, "the note" if note else "the words", limit=2_000, empty=not note),
        "holder": intent.holder,
        "team": intent.team,
    }


def _points(what: str, points: tuple[Place, ...]) -> tuple[Place, ...]:
    """The points, each once where it was said twice in a row, and an outline without its first corner at the end."""
    least, most = POINTS[what]
    if len(points) > most + (what == "segment"):
        fits = f"a {what} stands at 1 point" if most == 1 else f"at most {most:,} fit: leave some out"
        raise Refused("too many points", f"{len(points):,} points; {fits}")
    kept = [point for point, before in zip(points, (None, *points), strict=False) if point != before]
    if what == "segment" and len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    if len(kept) < least:
        raise Refused("too few points", f"a {what} needs {least} different points, and there are {len(kept)}")
    return tuple(kept)


def _slips(mission: Mission, fact: f.DrawingMade | f.DrawingChanged) -> tuple[str, ...]:
    """What may be meant so, and may be a slip."""
    tells = []
    if fact.what == "segment" and crosses_itself(fact.points):
        tells.append("its outline crosses itself: no area is given for it")
    across_km = across_m(fact.points) / 1000
    if across_km > FAR_KM:
        tells.append(f"it is {across_km:,.0f} km across: see whether every point is right")
    alike = [held.name for held in mission.drawings.values() if _alike(held, fact)]
    if alike:
        tells.append(f"another {fact.what} is called {alike[0]}")
    return tuple(tells)


def _alike(held: Drawing, fact: f.DrawingMade | f.DrawingChanged) -> bool:
    same = held.what == fact.what and held.name.casefold() == fact.name.casefold()
    return same and bool(fact.name) and held.id != fact.drawing and not held.erased
