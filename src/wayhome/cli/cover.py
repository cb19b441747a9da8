"""`wayhome cover`: what the others are to believe of somebody out on a secret mission, set by those who know better."""

from __future__ import annotations

from collections.abc import Sequence

from cyclopts import App

from wayhome.access.seen import Seen
from wayhome.cli import find, things, times
from wayhome.cli.context import session
from wayhome.cli.show import done, table
from wayhome.mission.intents.secrecy import EndCover, SetCover
from wayhome.mission.views.shapes import CoverView
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId, handle

app = App(name="cover", help="Covers: what everybody believes who is not read in.")


@app.command(name="set")
def set_cover(
    mission: str,
    member: str = "",
    *,
    vehicle: str = "",
    status: str = "",
    words: str = "",
    start: str = "",
    until: str = "",
) -> None:
    """Sets what the others believe of a member or a vehicle: it is said in the open, in the words given here.

    The same words once more until later prolong a cover. Without an end it stands until `wayhome cover end`.

    Example: wayhome cover set "The long way" Sai --status leave --words "visiting his brother" --until 2026-04-01

    Parameters
    ----------
    member: whose cover; or --vehicle
    vehicle: the vehicle whose cover it is
    status: of a member: leave (which it is unless said) or away; of a vehicle: any words
    words: what stands beside it in availability
    start: from when; unless said, from now
    until: when it ends by itself (a day counts whole)
    """
    me = session()
    intent = SetCover(
        mission=find.mission(me, mission),
        member=find.member(me, member) if member else None,
        vehicle=things.vehicle(me, vehicle) if vehicle else None,
        status=status or ("leave" if member else ""),
        words=words,
        start=times.start(start, me.now()) if start and start.strip() != "now" else None,
        end=times.until(until, me.now()) if until else None,
    )
    done(me.do(intent), f"{member or vehicle}: the others read {intent.status}")


@app.command(name="end")
def end(mission: str, whose: str) -> None:
    """Ends a cover before its time. The others read what they would if it had been true and were over.

    Example: wayhome cover end "The long way" Sai

    Parameters
    ----------
    whose: the member, the vehicle, or the letters in brackets of a cover
    """
    me = session()
    mission_id = find.mission(me, mission)
    cover = _standing(me, mission_id, whose)
    done(me.do(EndCover(mission=mission_id, cover=cover.cover)), f"The cover of {_whose(cover)} is over")


def _standing(me: Session, mission: MissionId, typed: str) -> CoverView:
    covers: Sequence[CoverView] = [c for c in me.read("covers", mission=mission).value if c.ended is None]
    now = me.now()
    standing = [c for c in covers if c.end is None or c.end.ms > now.ms]
    listing = "wayhome cover list MISSION"
    return find.pick(typed, standing, lambda c: (_whose(c), handle(c.cover), c.cover), "cover", listing)


def _whose(cover: CoverView) -> str:
    return cover.vehicle_words if cover.vehicle else cover.member_name


@app.command(name="list")
def listing(mission: str) -> None:
    """Lists a mission's covers: what is believed of whom, and until when.

    Example: wayhome cover list "The long way"
    """
    me = session()
    seen: Seen[tuple[CoverView, ...]] = me.read("covers", mission=find.mission(me, mission))
    table(
        seen,
        [
            ("WHOSE", _whose),
            ("ID", lambda c: handle(c.cover)),
            ("THE OTHERS READ", lambda c: ", ".join(part for part in (c.status, c.words) if part)),
            ("FROM", lambda c: c.start),
            ("UNTIL", lambda c: c.end),
            ("ENDED", lambda c: c.ended),
            ("SET BY", lambda c: c.by_name),
        ],
        empty="nothing but the truth is said of anybody on it",
    )
