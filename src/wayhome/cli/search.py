"""`wayhome search`: where he can be, and where he can be cut off."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from wayhome.cli import find
from wayhome.cli.context import here, session
from wayhome.cli.maps import form_of
from wayhome.cli.outfile import must_not_be_there, write_out
from wayhome.cli.pages import page, section
from wayhome.cli.progress import working
from wayhome.cli.search_dogs import app as dog
from wayhome.cli.search_evidence import app as evidence
from wayhome.cli.search_hypotheses import app as hypothesis
from wayhome.cli.search_odds import odds
from wayhome.cli.search_plans import contain, plan
from wayhome.cli.search_score import score
from wayhome.cli.search_teams import ours_of
from wayhome.cli.show import grid, put, put_json
from wayhome.usecases.search.asked import SearchQuestion
from wayhome.usecases.search.mapping import CutOffSheet, MapSheet
from wayhome.values.when import Moment

app = App(name="search", help="Where can he be, and where can he be cut off?")
Start = Literal["IPP", "LKP", "ipp", "lkp"]


@app.command(name="map")
def map_(
    mission: str,
    file: Path,
    *,
    hours: float | None = None,
    walker: str = "",
    category: str = "",
    ecoregion: str = "",
    country: str = "",
    evader: bool | None = None,
    start: Start = "IPP",
    terrain: str = "",
    tracks: int = 30_000,
    reach_only: bool = False,
    by_hour: bool = False,
    overwrite: bool = False,
) -> None:
    """Draws where he may be: how likely he is where, by whole tracks and all evidence, and how far he can have come.

    It was not validated on finds, and says so. Evidence is what the record holds: clues with their worth, and
    `wayhome search evidence`. Withdraw a piece, and the map is as it was without it, to the last bit. The file's
    ending says what is written: .png (a picture for A4), .tif (chances, hours and reach, for a map service), .geojson.

    Example: wayhome search map "Lost hiker" hiker.png --ecoregion temperate --country mountainous
    Example: wayhome search map "Lost hiker" hiker.tif --hours 6 --walker child
    Example: wayhome search map "Lost hiker" reach.geojson --reach-only
    Example: wayhome search map "Lost hiker" hours.png --by-hour

    Parameters
    ----------
    mission: the mission, by name or number
    file: where the map is written; its ending says as what
    hours: how long he has been walking; without it, since the time of the initial point
    walker: who walks: hiker, rescuer, child, elderly, evader, runner
    category: a category of the distance statistics instead of the mission's own
    ecoregion: temperate, dry or urban, for the statistics
    country: mountainous or flat, for the statistics
    evader: he does not want to be found
    start: count from the IPP (initial planning point) or the LKP (last known position)
    terrain: the ground by name; without it, the first that holds the point
    tracks: how many tracks are imagined, 1,000 to 300,000: more take longer and carry more
    reach_only: only how far he can have come, and no chances
    by_hour: as it is now and at each of the next five hours: a sheet of small maps, a band each in a .tif
    overwrite: write over a file that is there
    """
    me = session()
    mission_id = find.mission(me, mission)
    form = form_of(file)
    must_not_be_there(file, overwrite=overwrite)
    asked = SearchQuestion(
        terrain=terrain,
        start=start.upper(),
        hours=hours,
        walker=walker.strip().casefold(),
        category=category,
        ecoregion=ecoregion,
        country=country,
        evader=evader,
        likely=not reach_only,
        by_hour=by_hour,
        tracks=tracks,
    )
    with working("Drawing the map"):
        seen = me.advise("search_map", mission=mission_id, form=form, asked=asked)
    sheet: MapSheet = seen.value
    write_out(file, sheet.body, overwrite=overwrite)
    _said(file, sheet)


def _said(file: Path, sheet: MapSheet) -> None:
    if here().as_json:
        put_json(
            {
                "file": str(file),
                "form": sheet.form,
                "title": sheet.title,
                "hours": sheet.hours,
                "area_km2": sheet.area_km2,
                "border_h": sheet.border_h,
                "rings_km": sheet.rings_km,
                "facts": sheet.facts,
                "cannot_say": sheet.cautions,
                "provenance": sheet.provenance,
                "likely": sheet.likely,
            }
        )
        return
    put(f"Wrote {file}: {sheet.title}")
    _lines(sheet.facts, sheet.cautions)


def _lines(facts: Sequence[str], cautions: Sequence[str]) -> None:
    for fact in facts:
        put(f"  {fact}")
    for caution in cautions:
        put(f"  ! {caution}")


@app.command(name="cut-off")
def cut_off(
    mission: str,
    *,
    ours: Annotated[list[str] | None, Parameter(negative=())] = None,
    hours: float | None = None,
    walker: str = "",
    evader: bool | None = None,
    start: Start = "IPP",
    terrain: str = "",
) -> None:
    """Says where ours, setting out now, stand before he can come by, and when he can be at the border.

    Example: wayhome search cut-off "Lost hiker" --ours "Alpha@42.5063,1.5218" --ours "Bravo@31T CH 78000 03000"

    Parameters
    ----------
    mission: the mission, by name or number
    ours: one of ours and where they are, NAME@PLACE; without any, every team from its last place
    hours: how long he has been walking; without it, since the time of the initial point
    walker: who walks: hiker, rescuer, child, elderly, evader, runner
    evader: he does not want to be found
    start: count from the IPP (initial planning point) or the LKP (last known position)
    terrain: the ground by name; without it, the first that holds the point
    """
    me = session()
    mission_id = find.mission(me, mission)
    asked = SearchQuestion(
        terrain=terrain, start=start.upper(), hours=hours, walker=walker.strip().casefold(), evader=evader
    )
    with working("Working out the ways"):
        seen = me.advise("cut_off", mission=mission_id, ours=ours_of(me, mission_id, ours or []), asked=asked)
    page(seen, _show_cut_off)


def _show_cut_off(sheet: CutOffSheet) -> None:
    rows = [(grid(p.place), p.name, p.ours_at, p.his_at, f"{p.ahead_min} min") for p in sheet.places]
    headings = ("PLACE", "WHO", "THERE", "HE AT THE SOONEST", "AHEAD")
    section("Where he can be cut off", headings, rows, empty="nowhere: none of ours can be anywhere before him")
    if sheet.border is not None and sheet.border_at is not None:
        put(f"He can be at the border, {grid(sheet.border)}, at {_hhmm(sheet.border_at)} at the soonest.")
    _lines(sheet.facts, sheet.cautions)


def _hhmm(at: Moment) -> str:
    return f"{at.local:%a %H:%M}"


app.command(plan, name="plan")
app.command(contain, name="contain")
app.command(score, name="score")
app.command(evidence)
app.command(hypothesis)
app.command(dog)
app.command(odds, name="odds")
