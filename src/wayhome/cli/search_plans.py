"""`wayhome search plan` and `contain`: who searches where, and whom to post where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from wayhome.cli import find, typed
from wayhome.cli.context import UsageError, here, session
from wayhome.cli.maps import form_of
from wayhome.cli.outfile import must_not_be_there, write_out
from wayhome.cli.pages import section
from wayhome.cli.progress import waiting
from wayhome.cli.show import put, put_json
from wayhome.usecases.mapping import Ours
from wayhome.usecases.planned import PlanQuestion, PlanSheet
from wayhome.usecases.searching import SearchQuestion
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId

Start = Literal["IPP", "LKP", "ipp", "lkp"]
Who = Annotated[list[str] | None, Parameter(negative=())]


def ours_of(me: Session, mission: MissionId, said: Sequence[str]) -> tuple[Ours, ...]:
    """NAME@PLACE words as teams and where they are. Raises UsageError, BadPlace."""
    found = []
    for one in said:
        name, at, place = one.partition("@")
        if not (at and name.strip() and place.strip()):
            raise UsageError(f"{one[:80]!r} is no NAME@PLACE: type it like Alpha@42.5063,1.5218")
        found.append(Ours(name.strip(), typed.place(me, mission, place)))
    return tuple(found)


def plan(
    mission: str,
    file: Path | None = None,
    *,
    ours: Who = None,
    hours: float = 6.0,
    width: float = 40.0,
    start: Start = "IPP",
    terrain: str = "",
    tracks: int = 30_000,
    overwrite: bool = False,
) -> None:
    """Plans who searches where from now on, so that he is likeliest found, and says how much better any plan could be.

    The plan rests on the same tracks and evidence as `wayhome search map`. With a FILE its ways are drawn: .png,
    .geojson, .tif or .pdf.

    Example: wayhome search plan "Lost hiker" plan.png --ours "Alpha@42.5063,1.5218" --ours "Bravo@31T CH 78000 03000"

    Parameters
    ----------
    ours: one of ours and where they are, NAME@PLACE; without any, every team from its last place
    hours: for so many hours from now; each team is back by then
    width: the effective sweep width of each team, in metres
    start: count from the IPP (initial planning point) or the LKP (last known position)
    terrain: the ground by name; without it, the first that holds the point
    tracks: how many tracks are imagined
    overwrite: write over a file that is there
    """
    asked = _asked(hours, start, terrain, tracks, file, width_m=width)
    _answer("search_plan", mission, ours, asked, file, overwrite=overwrite)


def contain(
    mission: str,
    file: Path | None = None,
    *,
    ours: Who = None,
    hours: float = 6.0,
    watch: float = 100.0,
    start: Start = "IPP",
    terrain: str = "",
    tracks: int = 30_000,
    overwrite: bool = False,
) -> None:
    """Plans containment: whom to post where and by when, so that he most likely comes by somebody.

    Example: wayhome search contain "Lost hiker" --ours "Alpha@42.5063,1.5218" --hours 6

    Parameters
    ----------
    ours: one of ours and where they are, NAME@PLACE; without any, every team from its last place
    hours: for so many hours from now
    watch: a post sees so far, in metres
    start: count from the IPP (initial planning point) or the LKP (last known position)
    terrain: the ground by name; without it, the first that holds the point
    tracks: how many tracks are imagined
    overwrite: write over a file that is there
    """
    asked = _asked(hours, start, terrain, tracks, file, watch_m=watch)
    _answer("search_contain", mission, ours, asked, file, overwrite=overwrite)


def _asked(hours: float, start: Start, terrain: str, tracks: int, file: Path | None, **metres: float) -> PlanQuestion:
    searched = SearchQuestion(start=start.upper(), terrain=terrain, tracks=tracks)
    return PlanQuestion(minutes=hours * 60, form=form_of(file) if file else "", searched=searched, **metres)


def _answer(
    advice: str, mission: str, ours: Sequence[str] | None, asked: PlanQuestion, file: Path | None, *, overwrite: bool
) -> None:
    me = session()
    mission_id = find.mission(me, mission)
    if file is not None:
        must_not_be_there(file, overwrite=overwrite)
    with waiting("Planning"):
        sheet: PlanSheet = me.advise(
            advice, mission=mission_id, ours=ours_of(me, mission_id, ours or ()), asked=asked
        ).value
    if file is not None:
        write_out(file, sheet.body, overwrite=overwrite)
    if here().as_json:
        put_json({name: getattr(sheet, name) for name in sheet.__struct_fields__ if name != "body"})
        return
    if file is not None:
        put(f"Wrote {file}: {sheet.title}")
    _show(sheet)


def _show(sheet: PlanSheet) -> None:
    rows = [
        (p.team, p.there_at, f"{p.adds:.1%}", "-" if p.next_best is None else f"{p.next_best:.1%}", p.words)
        for p in sheet.parts
    ]
    section(sheet.title, ("TEAM", "FROM", "ADDS", "NEXT BEST", "WHAT"), rows, empty="nobody can be there in time")
    put("")
    for fact in (*sheet.facts, *sheet.idle):
        put(f"  {fact}")
    for caution in sheet.cautions:
        put(f"  ! {caution}")
