"""`wayhome search plan` and `contain`: who searches where, and whom to post where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from wayhome.cli import find
from wayhome.cli.context import here, session
from wayhome.cli.maps import form_of
from wayhome.cli.outfile import must_not_be_there, write_out
from wayhome.cli.pages import section
from wayhome.cli.progress import working
from wayhome.cli.search_teams import Names, Who, teams_of
from wayhome.cli.show import put, put_json
from wayhome.usecases.search.asked import SearchQuestion
from wayhome.usecases.search.planned import Part, PlanQuestion, PlanSheet
from wayhome.values.when import Moment

Start = Literal["IPP", "LKP", "ipp", "lkp"]


def plan(
    mission: str,
    file: Path | None = None,
    *,
    ours: Who = None,
    hours: float = 6.0,
    width: float = 40.0,
    bar: Names = None,
    alive: bool = False,
    segments: bool = False,
    segment: Names = None,
    start: Start = "IPP",
    terrain: str = "",
    tracks: int = 30_000,
    overwrite: bool = False,
) -> None:
    """Plans who searches where from now on, so that he is likeliest found, and says how much better any plan could be.

    The plan rests on the same tracks and evidence as `wayhome search map`. With a FILE its ways are drawn: .png,
    .geojson, .tif or .pdf. Asked again, it goes on from where the teams last said they were, and with what was noted
    meanwhile as evidence. Ctrl-C ends it with the best so far.

    Behind NAME@PLACE stands what is so of that team: width=60 (metres), hours=4 (so long it can work), from=1 (hours
    from now, or 14:30), pace=0.4 (of its walking pace), walks=hiker, to=PLACE (where it ends), stays (it need not be
    back), dog or dog=NAME (a dog of the mission), trails (the dog follows a track), dogwidth=95, not=AREA and may=AREA
    (drawn segments that it may not enter, or may though they are barred). A NAME alone goes from its last place.

    Example: wayhome search plan "Lost hiker" plan.png --ours "Alpha@42.5063,1.5218" --ours "Bravo@31T CH 78000 03000"
    Example: wayhome search plan "Lost hiker" --ours "Alpha@42.5063,1.5218 width=60 hours=4 from=1 dog" --bar Cliffs
    Example: wayhome search plan "Lost hiker" segments.png --segments --ours Alpha --ours Bravo

    Parameters
    ----------
    mission: the mission, by name or number
    file: where the map is written; its ending says as what
    ours: one of ours, NAME@PLACE and what is so of it; without any, every team from its last place
    hours: for so many hours from now, 0.1 to 24; each team is back by then
    width: the effective sweep width in metres of each team that says no other
    bar: a drawn segment, by name or number, that nobody may enter; may be given more than once
    alive: find him alive: a find is worth the published chance that he then is
    segments: give each team a drawn segment instead of a way
    segment: only these drawn segments, by name or number; may be given more than once
    start: count from the IPP (initial planning point) or the LKP (last known position)
    terrain: the ground by name; without it, the first that holds the point
    tracks: how many tracks are imagined, 1,000 to 300,000
    overwrite: write over a file that is there
    """
    more = {"alive": alive, "segments": segments or bool(segment), "only": tuple(segment or ())}
    asked = _asked(hours, start, terrain, tracks, file, width_m=width, barred=tuple(bar or ()), **more)
    _answer("search_plan", mission, ours, asked, file, overwrite=overwrite)


def contain(
    mission: str,
    file: Path | None = None,
    *,
    ours: Who = None,
    hours: float = 6.0,
    watch: float = 100.0,
    bar: Names = None,
    start: Start = "IPP",
    terrain: str = "",
    tracks: int = 30_000,
    overwrite: bool = False,
) -> None:
    """Plans containment: whom to post where and by when, so that he most likely comes by somebody.

    Behind NAME@PLACE stands what is so of that team: hours=4, from=1 (hours from now, or 14:30), walks=hiker, not=AREA
    and may=AREA (drawn segments). A NAME alone goes from its last place.

    Example: wayhome search contain "Lost hiker" --ours "Alpha@42.5063,1.5218" --hours 6
    Example: wayhome search contain "Lost hiker" posts.png --ours "Alpha@42.5063,1.5218 from=1" --watch 150

    Parameters
    ----------
    mission: the mission, by name or number
    file: where the map is written; its ending says as what
    ours: one of ours, NAME@PLACE and what is so of it; without any, every team from its last place
    hours: for so many hours from now, 0.1 to 24
    watch: a post sees so far, in metres, 1 to 5,000
    bar: a drawn segment, by name or number, that nobody may enter; may be given more than once
    start: count from the IPP (initial planning point) or the LKP (last known position)
    terrain: the ground by name; without it, the first that holds the point
    tracks: how many tracks are imagined, 1,000 to 300,000
    overwrite: write over a file that is there
    """
    asked = _asked(hours, start, terrain, tracks, file, watch_m=watch, barred=tuple(bar or ()))
    _answer("search_contain", mission, ours, asked, file, overwrite=overwrite)


def _asked(hours: float, start: Start, terrain: str, tracks: int, file: Path | None, **more: Any) -> PlanQuestion:
    searched = SearchQuestion(start=start.upper(), terrain=terrain, tracks=tracks)
    return PlanQuestion(minutes=hours * 60, form=form_of(file) if file else "", searched=searched, **more)


def _answer(
    advice: str, mission: str, ours: Sequence[str] | None, asked: PlanQuestion, file: Path | None, *, overwrite: bool
) -> None:
    me = session()
    mission_id = find.mission(me, mission)
    if file is not None:
        must_not_be_there(file, overwrite=overwrite)
    who, facts = teams_of(me, mission_id, ours or ())
    question = {"mission": mission_id, "ours": who, "asked": msgspec.structs.replace(asked, teams=facts)}
    with working("Planning", best_so_far=True):
        sheet: PlanSheet = me.advise(advice, **question).value
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
        (p.mark, p.team, p.there_at, _until(p), f"{p.adds:.1%}", "-" if p.next_best is None else f"{p.next_best:.1%}")
        for p in sheet.parts
    ]
    headings = ("", "TEAM", "FROM", "UNTIL", "ADDS", "NEXT BEST")
    section(sheet.title, headings, rows, empty="nobody can be there in time")
    put("")
    for part in sheet.parts:
        put(f"  {part.mark} {part.words}")
    for fact in (*sheet.facts, *sheet.idle):
        put(f"  {fact}")
    for caution in sheet.cautions:
        put(f"  ! {caution}")


def _until(part: Part) -> Moment | str:
    return part.until if part.until is not None else ""
