"""`wayhome field`: where everybody is, who is listened for, and who was found."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import App, Parameter

from wayhome.access.seen import Seen
from wayhome.cli import find, things, times, typed
from wayhome.cli.context import UsageError, session
from wayhome.cli.show import done, table, words
from wayhome.mission.intents.field import MakeContact, ReportFallen, ReportFound, ReportPlace, WatchSilence

app = App(name="places")


@app.command(name="place")
def place(mission: str, *grid: str, member: str = "", team: str = "", at: str = "") -> None:
    """Reports where somebody is: you, another member or a team.

    Example: wayhome field place "Lost hiker" 31T CH 78000 03000 --team 3 --at 14:05
    """
    if member and team:
        raise UsageError("a place is of a member or of a team: name one of them")
    me = session()
    mission_id = find.mission(me, mission)
    intent = ReportPlace(
        mission=mission_id,
        place=typed.place(me, mission_id, typed.words(grid)),
        member=find.member(me, member) if member else None,
        team=things.team(me, mission_id, team).name if team else "",
        at=times.moment(at, me.now()) if at else None,
    )
    done(me.do(intent), f"{member or team or 'You'} at {words(intent.place)}")


@app.command(name="places")
def places(mission: str) -> None:
    """Lists everyone's last known place, and from when it is.

    Example: wayhome field places "Lost hiker"
    """
    me = session()
    _list(mission, me.read("places", mission=find.mission(me, mission)))


@app.command(name="track")
def track(mission: str, who: str) -> None:
    """Lists where a team or a member was, oldest first.

    Example: wayhome field track "Lost hiker" 3
    """
    me = session()
    mission_id = find.mission(me, mission)
    known = {p.who.casefold(): p.who for p in me.read("places", mission=mission_id).value}
    if who.strip().casefold() not in known:
        raise UsageError(f"no place of {who[:80]!r} is known: `wayhome field places MISSION` lists whose are")
    _list(mission, me.read("track", mission=mission_id, who=known[who.strip().casefold()]))


def _list(mission: str, seen: Seen[tuple[Any, ...]]) -> None:
    table(
        seen,
        [("WHO", lambda p: p.who), ("PLACE", lambda p: p.place), ("WHEN", lambda p: p.at)],
        empty=f"no places in {mission} yet",
    )


@app.command(name="contact")
def contact(mission: str, member: str = "me", *said: typed.FreeWord) -> None:
    """Notes that a member was heard, in whatever words.

    Example: wayhome field contact "Lost hiker" Kiba "all well"
    """
    me = session()
    intent = MakeContact(mission=find.mission(me, mission), member=find.member(me, member), words=typed.words(said))
    done(me.do(intent), f"{member} heard")


@app.command(name="watch")
def watch(mission: str, member: str, minutes: str) -> None:
    """Listens for a member: whoever is silent for so many minutes raises an alarm. `off` ends it.

    Example: wayhome field watch "Lost hiker" Kiba 30
    """
    off = minutes.strip().casefold() == "off"
    if not off and not (minutes.strip().isascii() and minutes.strip().isdigit() and len(minutes.strip()) < 7):
        raise UsageError(f"{minutes[:40]!r}: type so many whole minutes, for example 30, or off")
    me = session()
    every_min = None if off else int(minutes)
    intent = WatchSilence(mission=find.mission(me, mission), member=find.member(me, member), every_min=every_min)
    done(
        me.do(intent), f"{member} is no longer listened for" if off else f"{member} is heard from every {every_min} min"
    )


@app.command(name="fallen")
def fallen(mission: str, member: str, *what: typed.FreeWord, place: str = "") -> None:
    """A member is down. It is an alarm of its own, with their last known place.

    Example: wayhome field fallen "Lost hiker" Kiba "fell at the ford, does not answer"
    """
    me = session()
    mission_id = find.mission(me, mission)
    intent = ReportFallen(
        mission=mission_id,
        member=find.member(me, member),
        words=typed.words(what),
        place=typed.place_or_none(me, mission_id, place),
    )
    done(me.do(intent), f"ALARM: {member} is down")


@app.command(name="found")
def found(
    mission: str, who: str, *, condition: Annotated[str, Parameter(name="--state")], place: str = "", at: str = ""
) -> None:
    """Somebody was found: alive, hurt, dead, or 'not said' where the air has ears.

    Example: wayhome field found "Lost hiker" "Ana Puig" --state alive --place 42.5063,1.5218
    """
    me = session()
    mission_id = find.mission(me, mission)
    intent = ReportFound(
        mission=mission_id,
        who=who,
        state=condition,
        place=typed.place_or_none(me, mission_id, place),
        at=times.moment(at, me.now()) if at else None,
    )
    done(me.do(intent), f"Found: {who}, {condition}")


@app.command(name="finds")
def finds(mission: str) -> None:
    """Lists who was found, where, and in what state.

    Example: wayhome field finds "Lost hiker"
    """
    me = session()
    table(
        me.read("found", mission=find.mission(me, mission)),
        [
            ("WHO", lambda f: f.who),
            ("STATE", lambda f: f.state),
            ("PLACE", lambda f: f.place),
            ("WHEN", lambda f: f.at),
        ],
        empty="nobody was found yet",
    )
