"""Breaking the glass: in an emergency a guardian opens whatever a member is away on, and its owners hear of it."""

from __future__ import annotations

from wayhome.mission.facts.field import AlarmRaised
from wayhome.mission.facts.people import GlassBroken
from wayhome.mission.facts.secrecy import EmergencyEnded, Looked, OpenedInEmergency
from wayhome.mission.intents import secrecy as i
from wayhome.mission.rules.common import (
    CLOCK,
    Act,
    Decision,
    Refused,
    Say,
    decides,
    in_mission,
    in_organisation,
    member_of,
    mission_of,
    must,
    sees,
    text,
)
from wayhome.mission.state import ACCEPTED, Mission, World
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment, stamp

SHORTEST_H, LONGEST_H = 0.25, 24.0
ASKED = ACCEPTED | {"offered", "seen", "thinking"}
"""An answer with which somebody is on a mission, or may yet be."""
OVER = frozenset({"closed", "refused"})
LEAST_ALERTED = 2
OPENED = "opened in an emergency"
"""What the alarm is called by which owners hear of it."""


@decides(i.BreakGlass)
def break_glass(intent: i.BreakGlass, world: World, act: Act) -> Decision:
    """What is written in the organisation, and what whoever acts is told, is the same whatever there was to open."""
    guardian = world.organisation.members.get(act.by)
    if guardian is None or "guardian" not in guardian.duties:
        raise Refused("not yours to do", "breaking the glass is for guardians")
    member_of(world, intent.member)
    reason = text(intent.reason, "the reason")
    if not SHORTEST_H <= intent.hours <= LONGEST_H:
        raise Refused("how long", "the glass is broken for at least a quarter of an hour and at most 24 hours")
    until = act.now.plus(hours=intent.hours)
    glass = act.id("glass")
    says = in_organisation(GlassBroken(glass=glass, member=intent.member, reason=reason, until=until))
    for mission in world.missions.values():
        if mission.secret and mission.name and _away_on(mission, intent.member):
            says += _opened(mission, world, act, reason, until)
    name = world.name(intent.member)
    told = f"until {stamp(until)} you see whatever {name} is away on; who answers for it hears of it"
    return Decision(says, made=glass, tells=(told,))


def _away_on(mission: Mission, member: PersonId) -> bool:
    """Whether somebody is on a mission that is not over, was asked to go, or is read in to it."""
    if member in mission.still_out:
        return True
    asked = any(offer.member == member and offer.answer in ASKED for offer in mission.offers.values())
    return mission.state not in OVER and (asked or member in mission.read_in)


def _opened(mission: Mission, world: World, act: Act, reason: str, until: Moment) -> tuple[Say, ...]:
    """The alarm has the id of the emergency, so that whoever is alerted is told of this one."""
    glass = act.id("glass", mission.id)
    opened = OpenedInEmergency(
        glass=glass, by=act.by, reason=reason, until=until, alerted=_alerted(mission, world, but=act.by)
    )
    words = f"{world.name(act.by)} opened this mission in an emergency until {stamp(until)}: {reason}"
    return in_mission(mission, opened, AlarmRaised(alarm=glass, what=OPENED, words=words, member=act.by))


def _alerted(mission: Mission, world: World, *, but: PersonId) -> tuple[PersonId, ...]:
    """The owner and the commander; where that is but one person, whoever else is read in, by name, up to two."""
    first = [who for who in dict.fromkeys((mission.owner, mission.commander)) if sees(mission, who)]
    others = sorted(mission.read_in - set(first), key=lambda who: (world.name(who).casefold(), who))
    wanted = [who for who in (*first, *others) if who != but]
    in_charge = len([who for who in first if who != but])
    return tuple(wanted[: max(in_charge, LEAST_ALERTED)])


@decides(i.EndEmergency)
def end_emergency(intent: i.EndEmergency, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    held = mission.secrecy.emergencies.get(intent.glass)
    if held is None or held.ended:
        raise Refused("no such emergency", "no such emergency is open here: `wayhome mission emergencies` shows them")
    if act.by not in (CLOCK, held.by, mission.owner, mission.commander):
        raise Refused("not yours to do", "closing it again is for who opened it and for who owns or leads the mission")
    if act.by == CLOCK and act.now.ms < held.until.ms:
        raise Refused("not yet", "the emergency lasts longer than that")
    return Decision(in_mission(mission, EmergencyEnded(glass=held.id)))


@decides(i.NoteLook)
def note_look(intent: i.NoteLook, world: World, act: Act) -> Decision:
    must(world, act, frozenset({"clock"}), "noting who looked")
    mission = mission_of(world, act, intent.mission)
    return Decision(in_mission(mission, Looked(member=intent.member, what=intent.what, hour=intent.hour)))
