"""What stands on a search map and beside it: markers from what the viewer may read, and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wayhome.mission.views import shapes as v
from wayhome.usecases.reading import Reading
from wayhome.usecases.search.asked import SearchQuestion, Settled
from wayhome.usecases.search.map_plan import Drawn, Marker
from wayhome.values.ids import MissionId
from wayhome.values.when import Moment

if TYPE_CHECKING:
    from wayhome.engines.search import Whereabouts
    from wayhome.terrain.grid import Terrain

MOST_LETTERS = 28


def markers(reading: Reading, mission: MissionId, held: v.MissionView) -> tuple[Marker, ...]:
    """The points, everyone's last known place, clues that stand, casualties and finds."""
    found = []
    if held.initial_point is not None:
        found.append(Marker("IPP", f"IPP {_clock(held.initial_at)}".strip(), held.initial_point))
    if held.last_point is not None:
        found.append(Marker("LKP", f"LKP {_clock(held.last_at)}".strip(), held.last_point))
    teams = {team.name for team in reading.teams(mission).value}
    for place in reading.places(mission).value:
        kind = "team" if place.who in teams else "member"
        who = place.who if kind == "member" or place.who[:1].isalpha() else f"team {place.who}"
        found.append(Marker(kind, f"{short(who)} {_clock(place.at)}", place.place))
    for clue in reading.clues(mission).value:
        if clue.place is not None and not clue.withdrawn:
            found.append(Marker("clue", short(f"clue {clue.label}: {clue.words}"), clue.place, clue.words))
    for casualty in reading.casualties(mission).value:
        if casualty.place is not None:
            words = " ".join(part for part in (casualty.who, casualty.triage) if part)
            found.append(Marker("casualty", short(words), casualty.place, casualty.condition))
    for find in reading.found(mission).value:
        if find.place is not None:
            found.append(Marker("found", short(f"{find.who}: {find.state}"), find.place))
    return tuple(found)


def shown(reading: Reading, mission: MissionId, held: v.MissionView) -> tuple[tuple[Marker, ...], tuple[Drawn, ...]]:
    """Everything with a place that the viewer may see: points, and what was drawn by hand as an outline or a line."""
    drawings = reading.drawings(mission).value
    posts = [
        Marker(one.what, short(one.name or one.words or one.label), one.points[0], one.words)
        for one in drawings
        if one.what in ("post", "note")
    ]
    drawn = [
        Drawn(one.what, short(one.name or one.label), one.points) for one in drawings if one.what in ("segment", "line")
    ]
    return (*markers(reading, mission, held), *posts), tuple(drawn)


def _clock(at: Moment | None) -> str:
    return "" if at is None else f"{at.local:%H%M}"


def short(words: str) -> str:
    """So much of the words as fits beside a mark."""
    return words if len(words) <= MOST_LETTERS else f"{words[: MOST_LETTERS - 1].rstrip()}…"


def when(at: Moment) -> str:
    """A moment as a map says it: Sun 2026-03-01 09:00 CET."""
    return f"{at.local:%a %Y-%m-%d %H:%M %Z}"


def span(hours: float) -> str:
    minutes = round(hours * 60)
    return f"{minutes // 60} h {minutes % 60:02d} min" if minutes % 60 else f"{minutes // 60} h"


def subtitle(settled: Settled, now: Moment) -> str:
    """How long after what, who walks, and when it was made."""
    since = f" ({when(settled.at)})" if settled.at is not None else ""
    return f"{span(settled.hours)} after the {settled.start}{since}; {settled.walker}, on foot. Made {when(now)}."


def facts(settled: Settled, found: Whereabouts, q: SearchQuestion) -> tuple[str, ...]:
    """What the map shows, in sentences."""
    since = "as asked" if q.hours is not None else "from then until this was made"
    line = "" if q.by_hour else " as far as the thick line"
    said = [
        f"Within {span(settled.hours)} ({since}) he can have come{line}: {found.isochrones[-1].area_km2:.1f} km².",
        f"Walks as: {settled.walker}{'' if q.walker else ' (nobody said otherwise)'}.",
    ]
    if found.rings:
        whose = "as asked" if q.category else "as decided for this mission"
        said.append(f"Rings: {found.category}, {whose}; centred on the IPP.")
        if not (q.ecoregion or q.country):
            said.append("No ecoregion or country was said: the category's figures for any other are used.")
    return (*said, *_border(settled, found))


def _border(settled: Settled, found: Whereabouts) -> tuple[str, ...]:
    if not found.terrain.border.any():
        return ()
    if found.border is None:
        return (f"He cannot have reached the border within {span(settled.hours)}, walking so.",)
    at = f" ({when(settled.at.plus(hours=found.border.hours))})" if settled.at is not None else ""
    return (f"He can be at the border {span(found.border.hours)} after the {settled.start}{at} at the soonest.",)


def at_border(settled: Settled, found: Whereabouts) -> tuple[Marker, ...]:
    """Where he can first be at the border."""
    if found.border is None:
        return ()
    at = _clock(settled.at.plus(hours=found.border.hours)) if settled.at is not None else span(found.border.hours)
    return (Marker("border", f"border {at}", found.border.place),)


def cautions(held: v.MissionView, settled: Settled, found: Whereabouts, no_rings: str) -> tuple[str, ...]:
    """What the map cannot say."""
    said = [*found.cannot_say, *found.terrain.warnings]
    if no_rings:
        said.insert(0, no_rings)
    moved = held.last_point is not None and held.last_at is not None
    if settled.start == "IPP" and moved and held.last_at != held.initial_at:
        said.append("he was last known at the LKP: counted from there (start LKP) the reach is another")
    if settled.start == "LKP":
        said.append("the reach counts from the LKP, the rings from the IPP, as their figures do")
    return tuple(dict.fromkeys(said))


def ground_sources(terrain: Terrain) -> tuple[str, ...]:
    """Where each layer came from, with the words its publisher wants beside it."""
    said = []
    for source in terrain.provenance:
        beside = "; ".join(part for part in (source.attribution, source.licence) if part)
        said.append(f"{source.layer}: {source.name}{f' ({beside})' if beside else ''}")
    return tuple(said)
