"""`wayhome draw`: segments, posts, lines and notes on the map."""

from __future__ import annotations

from typing import Annotated

import msgspec
from cyclopts import App, Parameter

from wayhome.cli import find, things, typed
from wayhome.cli.context import UsageError, session
from wayhome.cli.show import done, table
from wayhome.mission.intents.field import ChangeDrawing, Draw, EraseDrawing
from wayhome.mission.views.shapes import DrawingView
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId
from wayhome.values.places import Place

app = App(name="draw", help="Segments, posts, lines and notes on the map.")

Words = Annotated[str, Parameter(name="--words")]


@app.command(name="segment")
def segment(mission: str, name: str, *corners: typed.FreeWord, words: Words = "", team: str = "") -> None:
    """Draws a segment: its outline, corner by corner. It closes by itself, and its area is told.

    Each corner is one word: put one that holds blanks in quotes. @FILE reads them from a file, one a line.

    Example: wayhome draw segment "Lost hiker" A1 42.50,1.50 42.50,1.52 "31T CH 78000 03000" --team 3
    Example: wayhome draw segment "Lost hiker" A2 @corners.txt

    Parameters
    ----------
    words: what there is to say of it
    team: the team it is given to
    """
    _draw(mission, "segment", name, corners, words=words, team=team)


@app.command(name="post")
def post(mission: str, name: str, *place: typed.FreeWord, words: Words = "", holder: str = "", team: str = "") -> None:
    """Draws a post: a place that somebody holds.

    Example: wayhome draw post "Lost hiker" "Road gate" 31T CH 78000 03000 --holder Kiba

    Parameters
    ----------
    words: what there is to say of it
    holder: the member who holds it
    team: the team that holds it
    """
    _draw(mission, "post", name, (typed.words(place),), words=words, holder=holder, team=team)


@app.command(name="line")
def line(mission: str, name: str, *points: typed.FreeWord, words: Words = "", team: str = "") -> None:
    """Draws a line: a containment line, a route, point by point. Its length is told.

    Each point is one word: put one that holds blanks in quotes. @FILE reads them from a file, one a line.

    Example: wayhome draw line "Lost hiker" "North road" 42.50,1.50 42.51,1.51 42.52,1.50

    Parameters
    ----------
    words: what there is to say of it
    team: the team it is given to
    """
    _draw(mission, "line", name, points, words=words, team=team)


@app.command(name="note")
def note(mission: str, place: typed.FreeWord, *words: typed.FreeWord, name: str = "") -> None:
    """Draws a note: words at a place.

    Example: wayhome draw note "Lost hiker" 42.5063,1.5218 the rope bridge bears one at a time

    Parameters
    ----------
    name: a short name for it, where it has one
    """
    _draw(mission, "note", name, (place,), words=typed.words(words))


def _draw(
    mission: str, what: str, name: str, points: tuple[str, ...], *, words: str, holder: str = "", team: str = ""
) -> None:
    me = session()
    mission_id = find.mission(me, mission)
    intent = Draw(
        mission=mission_id,
        what=what,
        name=name,
        points=_places(me, mission_id, points),
        words=words,
        holder=find.member(me, holder) if holder else None,
        team=things.team(me, mission_id, team).team if team else None,
    )
    done(me.do(intent), f"Drawn: {name or words}")


def _places(me: Session, mission: MissionId, given: tuple[str, ...]) -> tuple[Place, ...]:
    """Each word a place, or each line of a file that is named behind @. Raises BadPlace."""
    words = given
    if len(given) == 1 and given[0].startswith("@"):
        words = tuple(line for line in typed.words_or_file(given).splitlines() if line.strip())
    return tuple(typed.place(me, mission, word) for word in words)


@app.command(name="change")
def change(
    mission: str,
    drawing: str,
    *points: typed.FreeWord,
    name: str | None = None,
    words: Annotated[str | None, Parameter(name="--words")] = None,
    holder: str | None = None,
    team: str | None = None,
    reason: str = "",
) -> None:
    """Changes a drawing, named by its number or name: its points where any are given, and what else is said.

    What is not said stays as it is; an empty --holder or --team takes it away. What it was stays in the record.

    Example: wayhome draw change "Lost hiker" A1 --team 5 --reason "team 3 is home"
    Example: wayhome draw change "Lost hiker" 4 42.50,1.50 42.50,1.53 42.52,1.52
    """
    me = session()
    mission_id = find.mission(me, mission)
    held = things.drawing(me, mission_id, drawing)
    new: dict[str, object] = {"points": _places(me, mission_id, points)} if points else {}
    new |= {field: said for field, said in (("name", name), ("words", words)) if said is not None}
    if holder is not None:
        new["holder"] = find.member(me, holder) if holder else None
    if team is not None:
        new["team"] = things.team(me, mission_id, team).team if team else None
    if not new:
        raise UsageError("nothing is to be changed: give points, --name, --words, --holder or --team")
    intent = msgspec.structs.replace(_as_it_is(mission_id, held), reason=reason, **new)
    done(me.do(intent), f"Changed: {held.what} {held.label}")


def _as_it_is(mission: MissionId, held: DrawingView) -> ChangeDrawing:
    return ChangeDrawing(
        mission=mission,
        drawing=held.drawing,
        what=held.what,
        name=held.name,
        points=held.points,
        words=held.words,
        holder=held.holder,
        team=held.team_id,
    )


@app.command(name="erase")
def erase(mission: str, drawing: str, *, reason: str) -> None:
    """Erases a drawing, with the reason. It keeps its number, and stays in the record.

    Example: wayhome draw erase "Lost hiker" A1 --reason "searched"
    """
    me = session()
    mission_id = find.mission(me, mission)
    held = things.drawing(me, mission_id, drawing)
    intent = EraseDrawing(mission=mission_id, drawing=held.drawing, reason=reason)
    done(me.do(intent), f"Erased: {held.what} {held.label}")


@app.command(name="list")
def listing(mission: str, *, erased: bool = False) -> None:
    """Lists what is drawn on the map; with --erased also what was erased, and why.

    Example: wayhome draw list "Lost hiker" --erased
    """
    me = session()
    table(
        me.read("drawings", mission=find.mission(me, mission), erased=erased),
        [
            ("NO", lambda d: d.label),
            ("WHAT", lambda d: d.what),
            ("NAME", lambda d: d.name),
            ("SIZE", _size),
            ("FROM", lambda d: d.points[0]),
            ("HELD BY", lambda d: ", ".join(filter(None, (d.holder_name, d.team and f"team {d.team}")))),
            ("WORDS", lambda d: d.words),
            ("BY", lambda d: d.changed_by_name or d.by_name),
            ("ERASED", lambda d: d.erased),
        ],
        empty="nothing is drawn",
    )


def _size(drawing: DrawingView) -> str:
    if drawing.area_km2 is not None:
        return f"{drawing.area_km2:.2f} km²"
    if drawing.length_km is not None:
        return f"{drawing.length_km:.2f} km"
    return "crosses itself" if drawing.crosses else ""
