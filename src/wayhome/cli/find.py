"""What people type for a thing (a name, a number, a short handle) and the thing it means, of those they can see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from wayhome.cli.context import UsageError
from wayhome.cli.times import short
from wayhome.usecases.session import Session
from wayhome.values.ids import Id, MissionId, PersonId, handle

T = TypeVar("T")


def pick(typed: str, things: Sequence[T], names: Callable[[T], Sequence[str]], what: str, listing: str) -> T:
    """The one thing that `typed` names, without regard to case; else the one whose name begins so.

    Raises UsageError when nothing or more than one fits, naming those that do.
    """
    wanted = typed.strip().casefold()
    exact = [thing for thing in things if wanted in (name.casefold() for name in names(thing) if name)]
    found = exact or [
        thing for thing in things if wanted and any(name.casefold().startswith(wanted) for name in names(thing))
    ]
    said = short(typed)
    if not found:
        raise UsageError(f"there is no {what} {said} that you can see: `{listing}` shows them")
    if len(found) > 1:
        those = ", ".join(f"{names(thing)[0]} [{names(thing)[1]}]" for thing in found[:5])
        raise UsageError(f"{said} may be any of {len(found)}: {those}. Type the letters in brackets")
    return found[0]


def mission(session: Session, typed: str) -> MissionId:
    """A mission by name, handle or id."""
    missions = session.read("missions").value
    found = pick(typed, missions, lambda m: (m.name, handle(m.mission), m.mission), "mission", "wayhome mission list")
    return MissionId(found.mission)


def member(session: Session, typed: str) -> PersonId:
    """A member by name, roster number, callsign, handle or id; `me` is whoever is signed in."""
    if typed.strip().casefold() == "me":
        return session.viewer
    roster = session.read("roster").value
    callsigns = {n.member: n.callsign for n in session.read("callsigns").value}
    found = pick(
        typed,
        roster,
        lambda m: (m.member_name, handle(m.member), m.ref, callsigns.get(m.member, ""), m.member),
        "member",
        "wayhome member list",
    )
    return PersonId(found.member)


def offer(session: Session, typed: str) -> Id:
    """An offer by handle or id, or by its mission's name where that leaves one open offer to whoever is signed in."""
    offers = session.read("offers").value
    mine = [o for o in offers if o.member == session.viewer and o.answer not in ("lapsed", "withdrawn", "declined")]
    by_mission = [o for o in mine if o.mission_words.casefold() == typed.strip().casefold()]
    if len(by_mission) == 1:
        return Id(by_mission[0].offer)
    found = pick(
        typed,
        offers,
        lambda o: (f"{o.mission_words} to {o.member_name}", handle(o.offer), o.offer),
        "offer",
        "wayhome offer list",
    )
    return Id(found.offer)


def offer_to(session: Session, mission_id: MissionId, member_id: PersonId) -> Id:
    """The last offer of a mission to a member."""
    offers = [o for o in session.read("offers", mission=mission_id).value if o.member == member_id]
    if not offers:
        raise UsageError("that member has no offer for that mission that you can see: `wayhome offer list` shows them")
    return Id(offers[-1].offer)
