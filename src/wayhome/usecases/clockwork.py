"""The clockwork: what falls due becomes a fact or an alarm, once, whoever is at the desk or nobody.

Timers are rows written with the facts that set them, so they survive a restart; each has one owning replica.
"""

from __future__ import annotations

from wayhome.mission.intents.base import Intent
from wayhome.mission.intents.field import RaiseAlert
from wayhome.mission.intents.missions import LapseOffer
from wayhome.mission.intents.secrecy import EndEmergency
from wayhome.mission.rules import CLOCK, Refused
from wayhome.mission.state import Mission
from wayhome.usecases.acting import Acting
from wayhome.usecases.ports import Log, NotDurable, Timer
from wayhome.values.ids import Id, MissionId, PersonId, derive
from wayhome.values.when import Moment


def tick(log: Log, acting: Acting, now: Moment) -> int:
    """Raises everything that is due by now and has not been raised.

    Returns how many were in open missions: what fell due in a secret one is told to its own people alone.
    """
    raised = 0
    for timer in log.timers():
        if timer.due_ms is None or timer.due_ms > now.ms:
            break
        if (acting.standing.world.organisation.clock_keeper or timer.owner) != log.replica:
            continue
        intent = _what_is_due(timer, acting)
        if intent is None:
            continue
        try:
            done = acting.do(intent, by=CLOCK, now=now, key=derive(timer.id, "due", str(timer.due_ms)))
        except Refused:
            continue
        except NotDurable:
            break  # the disk is full: it stays due, and the next tick tries again
        raised += not done.already and not _secret(timer, acting)
    return raised


def _secret(timer: Timer, acting: Acting) -> bool:
    mission = acting.standing.world.missions.get(MissionId(timer.stream.partition(":")[2]))
    return mission is not None and mission.secret


def next_due(log: Log, now: Moment) -> int | None:
    """When the next thing after `now` falls due here, in milliseconds; None where nothing does."""
    times = (t.due_ms for t in log.timers() if t.due_ms is not None and t.owner == log.replica)
    return min((due_ms for due_ms in times if due_ms > now.ms), default=None)


def _what_is_due(timer: Timer, acting: Acting) -> Intent | None:
    world = acting.standing.world
    mission = world.missions.get(MissionId(timer.stream.partition(":")[2]))
    if mission is None or timer.due_ms is None:
        return None
    what, _, about = timer.what.partition(":")
    if what == "offer":
        return LapseOffer(offer=Id(about))
    if what == "glass":
        return EndEmergency(mission=mission.id, glass=Id(about))
    if mission.state == "closed":
        return None
    cover = mission.secrecy.covers.get(Id(about)) if what == "cover" else None
    member = PersonId(cover.about) if cover else PersonId(about) if what in ("silence", "home") else None
    words = _words(what, about, mission, world.name(member or PersonId(about)))
    if words is None:
        return None
    team = Id(about) if what == "team" else None
    return RaiseAlert(
        mission=mission.id,
        about=f"{what}:{about}:{timer.due_ms}",
        what={"team": "team overdue", "silence": "silence", "home": "not home", "cover": "cover ends"}[what],
        words=words,
        member=member,
        team=team,
    )


def _words(what: str, about: str, mission: Mission, name: str) -> str | None:
    """What an alarm says, or None where it no longer holds."""
    if what == "team":
        team = mission.teams.get(Id(about))
        if team is None or team.heard is None:
            return None
        return f"Team {team.name} is overdue: last heard {team.heard.local:%H:%M}"
    if what == "silence":
        watch = mission.watches.get(PersonId(about))
        if watch is None:
            return None
        place = mission.last_places.get(name)
        where = f", last at {place.lat:.5f}, {place.lon:.5f}" if place else ""
        plan = mission.secrecy.contact_plans.get(PersonId(about))
        way_out = f". Way out: {plan.way_out}" if plan else ""
        return f"{name} has not been heard since {watch.heard.local:%H:%M}{where}{way_out}"
    if what == "cover":
        return _cover_ends(mission, Id(about), name)
    out = mission.out.get(PersonId(about))
    if out is None or out.accounted or out.home_by is None:
        return None
    return f"{name} is not home: due {out.home_by.local.replace('T', ' ')} ({out.home_by.zone})"


def _cover_ends(mission: Mission, about: Id, name: str) -> str | None:
    """Word of a cover that runs out while its member is out still."""
    cover = mission.secrecy.covers.get(about)
    if cover is None or cover.end is None or cover.ended is not None or PersonId(cover.about) not in mission.still_out:
        return None
    ends = f"{cover.end.local:%Y-%m-%d %H:%M}"
    return f"{name} is out still, and their cover ends {ends}: set it anew until later, or bring them home"
