"""What may be stated of those under cover: how they are heard of, and whom a mission hunts or accuses."""

from __future__ import annotations

from collections.abc import Iterable

from wayhome.mission.facts.field import AlarmRaised, SilenceWatchSet
from wayhome.mission.facts.secrecy import ContactPlanned, QuarryNamed, SuspicionNoticed
from wayhome.mission.intents import secrecy as i
from wayhome.mission.rules.common import (
    MISSION_COMMAND,
    Act,
    Decision,
    Refused,
    Say,
    decides,
    in_mission,
    member_of,
    mission_of,
    must,
    sees,
    text,
)
from wayhome.mission.state import Mission, World
from wayhome.values.ids import PersonId, derive

QUARRY = ("hunted", "accused")
LONGEST_SILENCE_MIN = 7 * 24 * 60


def part_of(world: World, mission: Mission, member: PersonId) -> None:
    """Refuses somebody who has nothing to do with the mission."""
    member_of(world, member)
    if not any(member in part for part in (mission.read_in, mission.accepted, mission.walk_ins, mission.out)):
        raise Refused("not on the mission", f"{world.name(member)} has no part in {mission.name}: read them in first")


@decides(i.PlanContact)
def plan_contact(intent: i.PlanContact, world: World, act: Act) -> Decision:
    """The plan, and the silence alarm that holds to it."""
    mission = mission_of(world, act, intent.mission)
    who = MISSION_COMMAND | {"self"}
    must(world, act, who, "a contact plan", mission=mission, member=intent.member)
    part_of(world, mission, intent.member)
    if not 1 <= intent.every_min <= LONGEST_SILENCE_MIN:
        raise Refused("how often", "contact falls due after 1 minute to a week")
    plan = ContactPlanned(
        member=intent.member,
        every_min=intent.every_min,
        signals=text(intent.signals, "what the signals mean", limit=2_000),
        way_out=text(intent.way_out, "the way out", limit=2_000),
    )
    watch = SilenceWatchSet(member=intent.member, every_min=intent.every_min)
    return Decision(in_mission(mission, plan, watch))


@decides(i.NameQuarry)
def name_quarry(intent: i.NameQuarry, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MISSION_COMMAND, "naming whom a mission hunts or accuses", mission=mission)
    member_of(world, intent.member)
    if intent.what not in QUARRY:
        raise Refused("hunted or accused", f"{intent.what!r}: say hunted or accused")
    words = text(intent.words, "on what grounds", limit=2_000)
    named = in_mission(mission, QuarryNamed(member=intent.member, what=intent.what, words=words))
    return Decision(named + suspicions(world, act, mission, [intent.member], intent.what))


def called(world: World, name: str) -> list[PersonId]:
    """The members who are called so, by name or callsign, without regard to case."""
    wanted = name.strip().casefold()
    people = (person for person in world.people.values() if person.id in world.organisation.members)
    return sorted(p.id for p in people if wanted and wanted in (p.name.casefold(), p.callsign.casefold()))


def suspicions(world: World, act: Act, hunt: Mission, members: Iterable[PersonId], what: str) -> tuple[Say, ...]:
    """An alarm for those read in to every secret mission on which a member is who is sought by somebody not told of it.

    Where the hunt is secret itself, it says neither whose nor which it is: whoever hears of it may not know that one.
    """
    says: tuple[Say, ...] = ()
    for member in members:
        for mission in sorted(world.missions.values(), key=lambda one: one.id):
            if sees(mission, act.by) or not _under_cover(mission, member):
                continue
            words = _suspicion(world, act, hunt, member, what)
            alarm = derive(act.id("suspicion", mission.id), member)
            raised = AlarmRaised(alarm=alarm, what="suspicion", words=words + _way_out(mission, member), member=member)
            says += in_mission(mission, SuspicionNoticed(member=member, what=words), raised)
    return says


def _under_cover(mission: Mission, member: PersonId) -> bool:
    going = member in mission.accepted and mission.state in ("raised", "under way")
    home = member in mission.out and mission.out[member].accounted
    return mission.secret and (member in mission.still_out or (going and not home))


def _suspicion(world: World, act: Act, hunt: Mission, member: PersonId, what: str) -> str:
    name = world.name(member)
    if hunt.secret:
        return f"{name} is {what} by people of ours who do not know of this mission"
    return f"{name} is {what} in {hunt.name}, on {world.name(act.by)}'s word, who does not know of this mission"


def _way_out(mission: Mission, member: PersonId) -> str:
    plan = mission.secrecy.contact_plans.get(member)
    return f". Way out: {plan.way_out}" if plan else ""
