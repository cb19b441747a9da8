"""`wayhome field`: from signing in to being home. Nobody is off until home or handed over."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import find, things, times, typed
from wayhome.cli.context import session
from wayhome.cli.show import done, table, words
from wayhome.mission.intents.field import (
    ArriveHome,
    Depart,
    HandOver,
    ReleaseVehicle,
    SignIn,
    SignOut,
    StartHome,
    TakeVehicle,
)
from wayhome.mission.intents.missions import JoinAsWalkIn, VoiceDoubt
from wayhome.mission.views.shapes import OutView

app = App(name="home")


@app.command(name="sign-in")
def sign_in(mission: str, member: str = "me", *, place: str = "") -> None:
    """Signs a member in at the scene.

    Example: wayhome field sign-in "Lost hiker" Kiba
    """
    me = session()
    mission_id = find.mission(me, mission)
    there = typed.place_or_none(me, mission_id, place)
    done(me.do(SignIn(mission=mission_id, member=find.member(me, member), place=there)), f"{_who(member)} signed in")


@app.command(name="sign-out")
def sign_out(mission: str, member: str = "me") -> None:
    """Signs a member out at the scene. They are not home yet.

    Example: wayhome field sign-out "Lost hiker" Kiba
    """
    me = session()
    intent = SignOut(mission=find.mission(me, mission), member=find.member(me, member))
    done(me.do(intent), f"{_who(member)} signed out")


def _who(member: str) -> str:
    return "You" if member.casefold() == "me" else member


@app.command(name="signed-in")
def signed_in(mission: str) -> None:
    """Lists who is signed in at the scene.

    Example: wayhome field signed-in "Lost hiker"
    """
    me = session()
    seen = me.read("signed_in", mission=find.mission(me, mission))
    table(seen, [("MEMBER", lambda s: s.member_name), ("SINCE", lambda s: s.since)], empty="nobody is signed in")


@app.command(name="depart")
def depart(mission: str, member: str = "me", *, post: str = "", home_by: str = "") -> None:
    """A member departs. They must have accepted, or have a post, and know the briefing. It is a line of the log.

    Example: wayhome field depart "Lost hiker" Kiba --post "team 3" --home-by 18:00
    """
    me = session()
    intent = Depart(
        mission=find.mission(me, mission),
        member=find.member(me, member),
        post=post,
        home_by=times.deadline(home_by, me.now()) if home_by else None,
    )
    done(me.do(intent), f"{_who(member)} departed")


@app.command(name="walk-in")
def walk_in(
    mission: str,
    member: str,
    *,
    post: str,
    words: str = "",
    front: bool | None = None,
    exception: dict[str, str] | None = None,
) -> None:
    """Gives somebody who came by themselves a post. They read the briefing before they depart.

    Example: wayhome field walk-in "Lost hiker" Ino --post "runs the relay at the hut"

    Parameters
    ----------
    front: the post is up front, or not (--no-front); as the mission's plan says where it is left out
    exception: the reason for putting the only healer up front (--exception.healer)
    """
    me = session()
    intent = JoinAsWalkIn(
        mission=find.mission(me, mission),
        member=find.member(me, member),
        post=post,
        words=words,
        front=front,
        exceptions=exception or {},
    )
    done(me.do(intent), f"{member} has a post: {post}")


@app.command(name="doubt")
def doubt(mission: str, member: str, *doubt: typed.FreeWord) -> None:
    """Notes a doubt that a member voiced, in their words.

    Example: wayhome field doubt "Lost hiker" Choji "we should wait for light"
    """
    me = session()
    intent = VoiceDoubt(mission=find.mission(me, mission), member=find.member(me, member), words=typed.words(doubt))
    done(me.do(intent), f"{_who(member)}: doubt noted")


@app.command(name="start-home")
def start_home(mission: str, member: str = "me", *, by: str) -> None:
    """A member starts for home and says by when; whoever is later raises an alarm.

    Example: wayhome field start-home "Lost hiker" Kiba --by 21:30
    """
    me = session()
    intent = StartHome(
        mission=find.mission(me, mission), member=find.member(me, member), by=times.deadline(by, me.now())
    )
    done(me.do(intent), f"{_who(member)}: home by {words(intent.by)}")


@app.command(name="home")
def home(mission: str, member: str = "me", *, channel: str = "") -> None:
    """A member is home.

    Example: wayhome field home "Lost hiker"
    Example: wayhome field home "Lost hiker" Kiba --channel phone

    Parameters
    ----------
    channel: how it reached you, where you type it for somebody else
    """
    me = session()
    intent = ArriveHome(mission=find.mission(me, mission), member=find.member(me, member), channel=channel)
    done(me.do(intent), f"{_who(member)} {'are' if member.casefold() == 'me' else 'is'} home")


@app.command(name="handover")
def handover(mission: str, member: str, *, to: str) -> None:
    """Hands a member over: to a hospital, to the family, to another team. They are then accounted for.

    Example: wayhome field handover "Lost hiker" Hinata --to "the hospital at Escaldes"
    """
    me = session()
    intent = HandOver(mission=find.mission(me, mission), member=find.member(me, member), to=to)
    done(me.do(intent), f"{member} handed over to {to}")


@app.command(name="out")
def out(mission: str = "", *, still: bool = False) -> None:
    """Lists who departed, and who of them is home: of one mission, or of all that you can see.

    Example: wayhome field out "Lost hiker" --still

    Parameters
    ----------
    still: only those who are neither home nor handed over
    """
    me = session()
    table(
        me.read("out", mission=find.mission(me, mission) if mission else None),
        [
            ("MEMBER", lambda o: o.member_name),
            ("POST", lambda o: o.post),
            ("DEPARTED", lambda o: o.departed),
            ("DUE HOME", lambda o: o.home_by),
            ("NOW", where),
        ],
        empty="nobody is out" if still else "nobody has departed",
        keep=(lambda o: o.home is None and not o.handed_to) if still else None,
    )


def where(one: OutView) -> str:
    """Home since when, handed over to whom, or out."""
    if one.home is not None:
        return f"home {words(one.home)}"
    return f"with {one.handed_to}" if one.handed_to else "OUT"


@app.command(name="vehicle-take")
def vehicle_take(mission: str, vehicle: str) -> None:
    """A mission takes a vehicle.

    Example: wayhome field vehicle-take "Lost hiker" Rescue-1
    """
    me = session()
    intent = TakeVehicle(mission=find.mission(me, mission), vehicle=things.vehicle(me, vehicle))
    done(me.do(intent), f"{vehicle} taken")


@app.command(name="vehicle-release")
def vehicle_release(mission: str, vehicle: str) -> None:
    """A mission gives a vehicle back.

    Example: wayhome field vehicle-release "Lost hiker" Rescue-1
    """
    me = session()
    intent = ReleaseVehicle(mission=find.mission(me, mission), vehicle=things.vehicle(me, vehicle))
    done(me.do(intent), f"{vehicle} released")
