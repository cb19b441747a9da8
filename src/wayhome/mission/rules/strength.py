"""Backup: asked for, sent, compared for those in pursuit, who choose; and people fed piecemeal into one danger."""

from __future__ import annotations

import math

from wayhome.mission.facts import field as f
from wayhome.mission.facts.base import Fact
from wayhome.mission.intents import field as i
from wayhome.mission.moves import CANNOT_GO, said_of
from wayhome.mission.piecemeal import WAVE_MIN, Wave, warning, waves
from wayhome.mission.rules.bonds import bond_warnings
from wayhome.mission.rules.common import (
    IN_THE_FIELD,
    MISSION_COMMAND,
    Act,
    Decision,
    Refused,
    attributed,
    decides,
    in_mission,
    member_of,
    mission_of,
    must,
    text,
)
from wayhome.mission.rules.missions import command_line
from wayhome.mission.rules.people import clashes
from wayhome.mission.state import BackupCall, Came, Mission, World
from wayhome.values.ids import Id, PersonId
from wayhome.values.when import Moment

CHOICES = ("wait", "go on")


@decides(i.AskBackup)
def ask_backup(intent: i.AskBackup, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "asking for backup")
    if not 1 <= intent.people <= 500:
        raise Refused("how many", "ask for 1 to 500 people")
    for member in intent.pursuers:
        member_of(world, member)
        if member not in mission.still_out:
            raise Refused("not out", f"{world.name(member)} is not out on {mission.name}: name those who are there")
    backup = act.id("backup")
    words = text(intent.words, "what is needed")
    pursuers = tuple(dict.fromkeys(intent.pursuers)) or ((act.by,) if act.by in mission.still_out else ())
    fact = f.BackupAsked(backup=backup, place=intent.place, words=words, people=intent.people, pursuers=pursuers)
    alarm = f.AlarmRaised(alarm=act.id("alarm"), what="backup asked", words=f"Backup asked: {words}", member=act.by)
    nobody = ("Nobody is named who is there: whoever is, is not told by itself what comes.",)
    line = command_line(world, act, f"Backup asked: {words}")
    return Decision(in_mission(mission, fact, alarm, line), made=backup, tells=() if pursuers else nobody)


def _can_come(world: World, mission: Mission, member_id: PersonId, act: Act) -> None:
    """Nobody is sent who is on leave or away elsewhere; whoever is out on this very mission may be."""
    member, name = member_of(world, member_id), world.name(member_id)
    status = member.status_at(act.now)
    if status in CANNOT_GO and member_id not in mission.out:
        yet = clashes(world, act, member_id, f"{world.name(act.by)} wanted to send {name} as backup")
        raise Refused("cannot go", f"{name} is {said_of(status)}: send somebody else", yet=yet)


@decides(i.SendBackup)
def send_backup(intent: i.SendBackup, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MISSION_COMMAND, "sending backup", mission=mission)
    if not intent.members:
        raise Refused("nobody named", "name at least one member to send")
    call = mission.backups.get(intent.backup)
    if call is None:
        raise Refused("no such backup", "nobody asked for that backup: `wayhome mission notes` shows who asked")
    if intent.arrives.ms < act.now.ms:
        raise Refused("in the past", "they would be there already: give the time at which they arrive")
    if intent.subject_kmh is not None and not (math.isfinite(intent.subject_kmh) and 0 <= intent.subject_kmh <= 300):
        raise Refused("how fast", f"a speed of {intent.subject_kmh:g} km/h cannot be: give one from 0 to 300")
    for member in intent.members:
        _can_come(world, mission, member, act)
    names = ", ".join(world.name(member_of(world, member).id) for member in intent.members)
    minutes = max(0, round(act.now.hours_until(intent.arrives) * 60))
    line = command_line(world, act, f"{len(intent.members)} with you in {minutes} minutes: {names}")
    fact = f.BackupSent(backup=intent.backup, members=intent.members, arrives=intent.arrives)
    return Decision(in_mission(mission, fact, line), tells=_consider(world, mission, call, intent, act))


def _consider(world: World, mission: Mission, call: BackupCall, intent: i.SendBackup, act: Act) -> tuple[str, ...]:
    """What whoever sends should know: bonds parted or joined, and people fed piecemeal into the same danger."""
    told: list[str] = []
    for member in intent.members:
        for words in bond_warnings(world, mission, member, act, intent.members):
            told += words
    came = {f"new:{member}": Came(member, intent.arrives, "sent", call.place) for member in intent.members}
    return (*dict.fromkeys(told), *piecemeal_words(world, mission, came))


def piecemeal_words(world: World, mission: Mission, new: dict[str, Came]) -> tuple[str, ...]:
    """The warning for the wave in which these come, where it is piecemeal."""
    newcomers = {one.member for one in new.values()}
    since_ms = min(one.at.ms for one in new.values()) - WAVE_MIN * 60_000
    found = waves((mission.came | new).values(), mission.losses.values())
    wave: Wave | None = next((one for one in found if one.at.ms >= since_ms and newcomers & {*one.members}), None)
    if wave is None or not wave.piecemeal:
        return ()
    return (warning(wave, [world.name(member) for member in wave.lost]),)


def offered_piecemeal(world: World, mission: Mission, member: PersonId, now: Moment) -> tuple[str, ...]:
    """The same for somebody who is offered a mission under way: with all who accepted it and have yet to depart."""
    going = [one for one in mission.accepted if one not in mission.out]
    new = {f"new:{one}": Came(one, now, "departed") for one in (*going, member)}
    return piecemeal_words(world, mission, new) if mission.state == "under way" else ()


@decides(i.CompareFutures)
def compare(intent: i.CompareFutures, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, frozenset({"clock"}), "comparing futures by itself")
    call = _call(mission, intent.backup)
    if not call.sent or not call.pursuers:
        raise Refused("nothing to compare", "nobody is on the way, or nobody is named who waits for them")
    fact: Fact = f.FuturesCompared(
        backup=call.id,
        pursuers=call.pursuers,
        members=tuple(call.sent),
        arrives=max(call.sent.values(), key=lambda at: at.ms),
        go_on=intent.go_on,
        waits=intent.waits,
        rests_on=intent.rests_on,
    )
    return Decision(in_mission(mission, fact))


def _call(mission: Mission, backup: Id) -> BackupCall:
    call = mission.backups.get(backup)
    if call is None:
        raise Refused("no such backup", "nobody asked for that backup: `wayhome mission notes` shows who asked")
    return call


@decides(i.ChooseFuture)
def choose(intent: i.ChooseFuture, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    call = _call(mission, intent.backup)
    member_of(world, intent.member)
    name = world.name(intent.member)
    typed_by = attributed(world, act, mission, intent.member, intent.channel)
    if intent.choice not in CHOICES:
        raise Refused("wait or go on", f"{intent.choice!r}: say wait, or go on")
    if intent.member not in call.pursuers:
        raise Refused("not in pursuit", f"that backup is not for {name}: it was asked for by whoever is there")
    if call.compared is None:
        raise Refused("nobody comes yet", "nobody was sent yet: there is nothing to wait for")
    fact = f.FutureChosen(
        backup=call.id, member=intent.member, choice=intent.choice, channel=intent.channel.strip(), by=typed_by
    )
    said = f"{name} waits for {len(call.sent)}" if intent.choice == "wait" else f"{name} goes on"
    return Decision(in_mission(mission, fact, command_line(world, act, said)))


def hours_to_come(call: BackupCall, now: Moment) -> dict[PersonId, float]:
    """Hours until each who was sent is there, from now."""
    return {member: max(0.0, now.hours_until(arrives)) for member, arrives in call.sent.items()}
