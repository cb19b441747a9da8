"""Where need-to-know is measured: a thousand people, two hundred compartments, ten thousand items."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import TypeVar

import msgspec

from wayhome.assembly.local import Founding, LocalHouse, found
from wayhome.links.profiles import load_profile
from wayhome.log.keys import Cost
from wayhome.mission.intents.field import LogLine
from wayhome.mission.intents.missions import RaiseAlarm, ReadInMember
from wayhome.mission.intents.people import ImportRoster, RosterEntry
from wayhome.values.ids import MissionId, PersonId

PASSPHRASE = "a passphrase for measuring"
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
AT_ONCE = 48
T = TypeVar("T")


class Size(msgspec.Struct, frozen=True):
    people: int = 1_000
    missions: int = 200
    lines: int = 10_000
    read_in: int = 50
    """People read in to each mission; with as many missions each person holds ten."""


class Made(msgspec.Struct, frozen=True):
    """What was built. `inside` are the people of each mission, its owner first."""

    people: tuple[PersonId, ...]
    missions: tuple[MissionId, ...]
    inside: tuple[tuple[PersonId, ...], ...]


def build(folder: Path, size: Size) -> tuple[LocalHouse, Made]:
    """Founds the organisation in an empty folder and fills it."""
    profile = load_profile("leaf")
    founding = Founding(
        name="Measured", zone=profile.zone, profile="leaf", scales=profile.scales(), founder="Founder",
        password="measuring",
    )  # fmt: skip
    house = found(folder, founding, passphrase=PASSPHRASE, cost=CHEAP)
    founder = house.acting.standing.world.organisation.commander
    assert founder is not None
    people = _people(house, founder, size)
    chance = Random("compartments")
    inside = tuple(tuple(chance.sample(people, k=size.read_in)) for _ in range(size.missions))
    missions = _at_once(lambda n: _raised(house, inside[n][0], n), range(size.missions))
    places = [(missions[n], inside[n][0], member) for n in range(size.missions) for member in inside[n][1:]]
    _at_once(lambda at: house.as_member(at[1]).do(ReadInMember(mission=at[0], member=at[2], reason="asked")), places)
    lines = [(missions[n % size.missions], inside[n % size.missions][0], n) for n in range(size.lines)]
    _at_once(lambda at: house.as_member(at[1]).do(LogLine(mission=at[0], words=_words(at[2]))), lines)
    house.acting.keep()
    return house, Made(tuple(people), tuple(missions), inside)


def _words(number: int) -> str:
    return f"line {number}, nothing seen on the slope below the path"


def _people(house: LocalHouse, founder: PersonId, size: Size) -> list[PersonId]:
    me = house.as_member(founder)
    rows = tuple(
        RosterEntry(ref=f"R{n:05}", name=f"Member {n:05}", rank="jounin", duties=("operator",), synthetic=True)
        for n in range(size.people)
    )
    for start in range(0, len(rows), 500):
        me.do(ImportRoster(rows=rows[start : start + 500]))
    by_ref = {member.ref: PersonId(member.member) for member in me.read("roster").value}
    return [by_ref[row.ref] for row in rows]


def _raised(house: LocalHouse, owner: PersonId, number: int) -> MissionId:
    alarm = RaiseAlarm(name=f"Secret {number:04}", rank="S", secret=True)
    return MissionId(house.as_member(owner).do(alarm).made)


def _at_once(do: Callable[[T], object], of: Iterable[T]) -> list:  # type: ignore[type-arg]  # of whatever is made
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(do, of))
