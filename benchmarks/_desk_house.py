"""The organisation that the desk is measured with: many members, many missions, and one log of many lines."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import msgspec

from wayhome.assembly.local import Founding, found
from wayhome.links.profiles import load_profile
from wayhome.log.keys import Cost
from wayhome.mission.intents.field import Depart, FormTeam, LogLine
from wayhome.mission.intents.missions import (
    AcknowledgeBriefing,
    JoinAsWalkIn,
    MoveMission,
    RaiseAlarm,
    SetInitialPoint,
    WriteBriefing,
)
from wayhome.mission.intents.people import ImportRoster, RosterEntry
from wayhome.terrain.leaf import make_leaf
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId, PersonId
from wayhome.values.places import Place

PASSPHRASE = "a passphrase for measuring"
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
AT_ONCE = 48
UNDER_WAY = 12
"""Missions that are open at once; the others are closed."""
GATE = Place(29.9863, 141.9860)


class Size(msgspec.Struct, frozen=True):
    members: int = 10_000
    missions: int = 2_000
    lines: int = 20_000
    listeners: int = 200
    seconds: int = 60
    lines_a_second: int = 20


class Made(msgspec.Struct, frozen=True):
    """What was built, and tokens by which people listen and type without signing in by password."""

    folder: str
    mission: MissionId
    commander: str
    typists: tuple[str, ...]
    listeners: tuple[str, ...]


def build(folder: Path, size: Size) -> Made:
    """Founds the organisation in an empty folder and fills it."""
    profile = load_profile("leaf")
    founding = Founding(
        name="Measured",
        zone=profile.zone,
        profile="leaf",
        scales=profile.scales(),
        founder="Founder",
        password="measuring",
    )
    house = found(folder, founding, passphrase=PASSPHRASE, cost=CHEAP)
    house.terrains.save("leaf", make_leaf())
    founder = house.acting.standing.world.organisation.commander
    assert founder is not None
    me = house.as_member(founder)
    people = _people(me, size)
    mission = _missions(me, size, people, house.as_member)
    _lines(me, mission, size)
    made = Made(
        folder=str(folder),
        mission=mission,
        commander=house.let_in(founder),
        typists=tuple(house.let_in(people[n]) for n in range(4)),
        listeners=tuple(house.let_in(people[10 + n]) for n in range(size.listeners)),
    )
    house.close()
    return made


def _people(me: Session, size: Size) -> list[PersonId]:
    chance = Random("members")
    ranks = ("genin", "chuunin", "jounin")
    skills = ("medical", "tracking", "scouting", "strategy", "handling")
    rows = tuple(
        RosterEntry(
            ref=f"R{n:05}",
            name=f"Member {n:05}",
            rank=chance.choice(ranks),
            duties=("operator",) if n < 10 else (),
            skills={skill: chance.randint(1, 5) for skill in chance.sample(skills, k=2)},
            synthetic=True,
        )
        for n in range(size.members)
    )
    for start in range(0, len(rows), 500):
        me.do(ImportRoster(rows=rows[start : start + 500]))
    by_ref = {member.ref: PersonId(member.member) for member in me.read("roster").value}
    return [by_ref[row.ref] for row in rows]


def _missions(me: Session, size: Size, people: list[PersonId], as_member: Callable[[PersonId], Session]) -> MissionId:
    """All of them; the last dozen are under way with people out, and the very last bears the long log."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        raised = list(pool.map(lambda n: MissionId(me.do(_alarm(n)).made), range(size.missions)))
        closed = raised[:-UNDER_WAY]
        list(pool.map(lambda one: me.do(MoveMission(mission=one, to="closed", reason="all home")), closed))
    for number, mission in enumerate(raised[-UNDER_WAY:]):
        me.do(WriteBriefing(mission=mission, words="Search the slope below the path."))
        gone = people[300 + number * 5 : 305 + number * 5]
        for member in gone:
            me.do(JoinAsWalkIn(mission=mission, member=member, post="search"))
            as_member(member).do(AcknowledgeBriefing(mission=mission, member=member, version=1))
            me.do(Depart(mission=mission, member=member, post="search"))
        me.do(FormTeam(mission=mission, name="1", members=tuple(gone), overdue_min=30))
    last = raised[-1]
    for number in range(2, 9):
        me.do(FormTeam(mission=last, name=str(number), overdue_min=30))
    me.do(SetInitialPoint(mission=last, place=GATE, at=me.now().plus(hours=-2), basis="measured"))
    return last


def _alarm(number: int) -> RaiseAlarm:
    return RaiseAlarm(name=f"Mission {number:04}", rank="D", place=GATE)


def _lines(me: Session, mission: MissionId, size: Size) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda n: me.do(line(mission, n)), range(size.lines)))


def line(mission: MissionId, number: int) -> LogLine:
    team = str(1 + number % 8)
    words = f"line {number}, nothing seen on the slope below the path"
    return LogLine(
        mission=mission, words=f"{team} to base: {words}", team=team, sender=team, receiver="base", message=words
    )
