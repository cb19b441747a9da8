"""`wayhome search odds`: what each piece of evidence speaks for and against, and how the odds have moved."""

from __future__ import annotations

from typing import Literal

from wayhome.cli import find
from wayhome.cli.context import UsageError, here, session
from wayhome.cli.pages import section
from wayhome.cli.progress import working
from wayhome.cli.show import put, put_json
from wayhome.usecases.search.asked import SearchQuestion
from wayhome.usecases.search.likelihood import Likely, Moved
from wayhome.usecases.search.mapping import MapSheet

Start = Literal["IPP", "LKP", "ipp", "lkp"]
EVEN = 1.02
"""Within two per cent, a piece speaks neither for nor against."""


def odds(
    mission: str,
    *,
    hours: float | None = None,
    start: Start = "IPP",
    terrain: str = "",
    evader: bool | None = None,
    tracks: int = 30_000,
) -> None:
    """Says how the odds of the hypotheses have moved, what speaks for and against each, and what contradicts what.

    Example: wayhome search odds "Lost hiker"

    Parameters
    ----------
    mission: the mission, by name or number
    hours: so long after the point, instead of now
    start: count from the IPP (initial planning point) or the LKP (last known position)
    terrain: the ground by name; without it, the first that holds the point
    evader: he does not want to be found
    tracks: how many tracks are imagined, 1,000 to 300,000
    """
    me = session()
    mission_id = find.mission(me, mission)
    asked = SearchQuestion(terrain=terrain, start=start.upper(), hours=hours, evader=evader, tracks=tracks)
    with working("Weighing the evidence"):
        sheet: MapSheet = me.advise("search_map", mission=mission_id, form="geojson", asked=asked).value
    found = sheet.likely
    if found is None:
        raise UsageError("nothing was weighed")
    if here().as_json:
        put_json({"likely": found, "cannot_say": sheet.cautions, "provenance": sheet.provenance})
        return
    _show(found)
    for caution in sheet.cautions:
        put(f"  ! {caution}")


def _show(found: Likely) -> None:
    rows = [(one.name, f"{one.before:.1%}", f"{one.after:.1%}") for one in found.odds]
    section("The odds", ("HYPOTHESIS", "BEFORE", "NOW"), rows)
    pieces = [(one.name, _for(one), _against(one), _false(one)) for one in found.pieces]
    headings = ("EVIDENCE", "SPEAKS FOR", "AGAINST", "CHANCE THAT IT IS FALSE")
    section("What each piece says", headings, pieces, empty="nothing is weighed yet")
    put("")
    put(f"{found.carried_by:,} equally weighted tracks of {found.tracks:,} carry this. Map {found.digest}.")


def _for(piece: Moved) -> str:
    said = [f"{name} ({times:.2g}x)" for name, times in piece.times.items() if times >= EVEN]
    return ", ".join(said)


def _against(piece: Moved) -> str:
    said = [f"{name} ({times:.2g}x)" for name, times in piece.times.items() if times <= 1 / EVEN]
    return ", ".join(said)


def _false(piece: Moved) -> str:
    return "" if piece.false_before is None else f"{piece.false_before:.0%} -> {piece.false_after:.0%}"
