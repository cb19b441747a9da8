"""Emergencies, for those read in; who broke the glass, for guardians and command; who looked, for the owners."""

from __future__ import annotations

from collections.abc import Iterator

from wayhome.mission.facts import missions as fm
from wayhome.mission.facts import people as fp
from wayhome.mission.facts import secrecy as f
from wayhome.mission.need_to_know import Emergency
from wayhome.mission.state import Mission, Said, World
from wayhome.mission.views import shapes as v
from wayhome.mission.views.missions import of, timer
from wayhome.mission.views.people import duty_mark
from wayhome.mission.views.registry import Change, Held, Shown, by_time, row, shows
from wayhome.values.ids import Mark, MissionId, PersonId

WATCHERS = ("guardian", "commander")
"""Which duties see that the glass was broken."""


def looks_mark(mission: MissionId) -> Mark:
    """Held by the owner and the commander of a secret mission: who looked at it."""
    return Mark(f"looks:{mission}")


@shows(fp.GlassBroken)
def glass_broken(fact: fp.GlassBroken, world: World, said: Said) -> Iterator[Change]:
    view = v.GlassView(
        glass=fact.glass, by=said.author, member=fact.member, reason=fact.reason, at=said.at, until=fact.until
    )
    for mark in map(duty_mark, WATCHERS):
        yield Shown("glass", mark, fact.glass, mark, by_time(said), view)


@shows(f.OpenedInEmergency)
def opened(fact: f.OpenedInEmergency, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    yield Held(fact.by, held.mark)
    yield _emergency(held, held.secrecy.emergencies[fact.glass])
    yield timer(held, said, "glass", fact.glass, fact.until.ms)


@shows(f.EmergencyEnded)
def ended(fact: f.EmergencyEnded, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    emergency = held.secrecy.emergencies.get(fact.glass)
    if emergency is None:
        return
    yield Held(emergency.by, held.mark, emergency.by in held.read_in)
    yield _emergency(held, emergency)
    yield timer(held, said, "glass", fact.glass, None)


def _emergency(held: Mission, one: Emergency) -> Shown:
    view = v.EmergencyView(
        glass=one.id,
        mission=held.id,
        by=one.by,
        reason=one.reason,
        since=one.since,
        until=one.until,
        alerted=one.alerted,
        ended=one.ended,
    )
    return row(held, "emergency", one.id, view, sort=f"{one.since.ms:015d}.{one.id}")


@shows(fm.MissionOpened, fm.MissionCommandTaken, fm.ReadIn, fm.ReadOut)
def may_see_looks(
    fact: fm.MissionOpened | fm.MissionCommandTaken | fm.ReadIn | fm.ReadOut, world: World, said: Said
) -> Iterator[Change]:
    """Who looked is for the owner and the commander alone, for as long as they are that and read in."""
    held = of(world, said)
    if not held.secret:
        return
    in_charge = {held.owner, held.commander} & held.read_in
    for person in _whose_charge_changes(fact, held):
        yield Held(person, looks_mark(held.id), person in in_charge)


def _whose_charge_changes(
    fact: fm.MissionOpened | fm.MissionCommandTaken | fm.ReadIn | fm.ReadOut, held: Mission
) -> tuple[PersonId, ...]:
    """Nobody who is read out hears of it, and nobody whose charge stays as it was."""
    match fact:
        case fm.MissionOpened():
            return (fact.owner,)
        case fm.MissionCommandTaken():
            before = fact.before if fact.before and fact.before in held.read_in else None
            return tuple(who for who in (fact.by, before) if who)
        case _:
            return (fact.member,) if fact.member in (held.owner, held.commander) else ()


@shows(fm.ReadOut)
def ended_by_hand(fact: fm.ReadOut, world: World, said: Said) -> Iterator[Change]:
    """Whoever is read out has nothing open any more."""
    held = of(world, said)
    for one in held.secrecy.emergencies.values():
        if one.by == fact.member:
            yield _emergency(held, one)
            yield timer(held, said, "glass", one.id, None)


@shows(f.Looked)
def looked(fact: f.Looked, world: World, said: Said) -> Iterator[Change]:
    """Once for each hour, on however many laptops it was noted."""
    held = of(world, said)
    view = v.LookView(mission=held.id, member=fact.member, what=fact.what, hour=fact.hour)
    key = f"{fact.member}.{fact.what}.{fact.hour.ms}"
    yield Shown("look", held.id, key, looks_mark(held.id), f"{fact.hour.ms:015d}.{key}", view)
