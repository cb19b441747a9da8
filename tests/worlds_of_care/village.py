"""One world of a pair: a house in memory in which the same things happen in the open, with or without any care."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from nacl.bindings import crypto_scalarmult_base
from tests.fakes.desk import Inline
from tests.fakes.house import MASTER, SCALES, START, StandingClock, TerrainsInMemory
from tests.fakes.messengers import PostOffice

from wayhome.assembly import rings
from wayhome.assembly.local import Founding, LocalHouse, found_in
from wayhome.cli.main import FAMILIES
from wayhome.engines.care.stated import AdmitCarer, CareIntent
from wayhome.log import care_pairs
from wayhome.log.memory_store import MemoryLog
from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.intents.base import Intent
from wayhome.mission.rules import Refused
from wayhome.usecases.acting import Done
from wayhome.usecases.rows import NothingThere
from wayhome.values.ids import MissionId, PersonId, ReplicaId, derive

DUTIES: dict[str, tuple[str, ...]] = {
    "Shizune": ("operator", "medic"),
    "Kotetsu": ("clerk",),
    "Sai": ("guardian",),
    "Psych-nin": ("carer", "medic"),
    "Kakashi": ("carer",),
    "Kurenai": ("carer",),
    "Iruka": (),
    "Naruto": (),
    "Hinata": (),
}
CARED_FOR = ("Iruka", "Naruto", "Hinata")
CARERS = ("Psych-nin", "Kakashi", "Kurenai")
COMMAND = ("Tsunade", "Shizune", "Kotetsu", "Sai")
"""Who must see no difference: command, whoever keeps the record, whoever may break the glass. None of them is admitted
to the desk of care, and Tsunade owns the server."""

EXPOSURES = ("kill", "handled dead", "child", "own near-death", "outnumbered")


class Village:
    """A founded organisation whose people all have keys of care, and a mission from which some came back hurt."""

    def __init__(self, seed: int) -> None:
        self.clock = StandingClock(START)
        self._pairs = self._tokens = 0
        self._drawn: dict[str, int] = {}
        self._seed = derive("care", str(seed))
        self.purpose = "open"
        log = MemoryLog(master=MASTER, replica=ReplicaId(derive(self._seed, "replica")), wall=lambda: self.clock.now.ms)
        log.drawers.grow()  # more than is played fills: that drawers grow when one is full shows, and is told
        self.house = LocalHouse(log, TerrainsInMemory(), clock=self.clock, new_key=self.key)
        self.post = PostOffice()
        self.house.begin_telling(self.post, Inline(), Inline())
        founding = Founding(
            name="The Leaf", zone="Europe/Andorra", profile="leaf", scales=SCALES, founder="Tsunade", password=""
        )
        self.ids = {"Tsunade": found_in(self.house, founding, "no password", key=derive(self._seed, "founding"))}
        for number, (name, duties) in enumerate(DUTIES.items()):
            enrolled = p.EnrolMember(name=name, ref=str(100 + number), duties=duties)
            self.ids[name] = PersonId(self.house.as_member(self.ids["Tsunade"]).do(enrolled).made)
        with self.same_keys():
            for name in (*CARERS, *(n for n in self.ids if n not in CARERS)):
                self.house.rings.lend(self.ids[name])
            for name in CARERS[1:]:
                self.tend(CARERS[0], AdmitCarer(carer=self.ids[name]))
        self.mission = self._mission()

    @contextmanager
    def same_keys(self) -> Iterator[None]:
        """The pairs of both worlds are the same, so that the record can be held against the other's to the byte."""

        def new_pair() -> tuple[bytes, bytes]:
            self._pairs += 1
            private = hashlib.blake2b(f"{self._seed} {self._pairs}".encode(), digest_size=32).digest()
            return crypto_scalarmult_base(private), private

        def token_hex(_count: int) -> str:
            self._tokens += 1
            return derive(self._seed, "token", str(self._tokens))

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(care_pairs, "new_pair", new_pair)
            patch.setattr(rings, "secrets", SimpleNamespace(token_hex=token_hex))
            yield

    def key(self) -> str:
        """Intent keys, counted apart for what is open and what is care."""
        number = self._drawn.get(self.purpose, 0)
        self._drawn[self.purpose] = number + 1
        return derive(self._seed, "intent", self.purpose, str(number))

    def _mission(self) -> MissionId:
        made = self.do("Tsunade", m.RaiseAlarm(name="Ahead of the jounin", rank="B", purpose="scout"))
        assert made is not None
        mission = MissionId(made.made)
        for name in CARED_FOR:
            self.do("Tsunade", m.JoinAsWalkIn(mission=mission, member=self.ids[name], post="scout"))
            self.do(name, i.Depart(mission=mission, member=self.ids[name]))
        return mission

    def do(self, who: str, intent: Intent) -> Done | None:
        """What is done in the open, in both worlds alike; refused, it is refused in both."""
        self.purpose = "open"
        try:
            return self.house.as_member(self.ids[who]).do(intent)
        except (Refused, NothingThere):
            return None

    def tend(self, who: str, intent: CareIntent) -> Done | None:
        """What is stated in care, in the one world alone."""
        self.purpose = "care"
        try:
            return self.house.as_member(self.ids[who]).care_do(intent)
        except (Refused, NothingThere):
            return None
        finally:
            self.purpose = "open"

    def look(self, who: str, name: str, **arguments: Any) -> Any:
        """A read of care for building the world; None where there is nothing."""
        try:
            return self.house.as_member(self.ids[who]).care_read(name, **arguments).value
        except (Refused, NothingThere):
            return None

    def told(self, ask: Any) -> bytes:
        """What somebody is told, as bytes: the answer, or the words of the error."""
        try:
            return msgspec.json.encode(ask())
        except FAMILIES as error:
            return f"{type(error).__name__} [{getattr(error, 'code', '')}] {error}".encode()


def happen(worlds: tuple[Village, ...], chance: Random) -> None:
    """One thing that happens in the open, the same in every world."""
    who, carried = chance.choice(CARED_FOR), chance.choice(CARED_FOR)
    kinds = tuple(chance.sample(EXPOSURES, k=2))
    what = chance.randrange(6)
    for world in worlds:
        member, mission = world.ids[who], world.mission
        deeds: tuple[Intent, ...] = (
            i.LogLine(mission=mission, words=f"{who} to base: at the ford"),
            m.NoteExposure(mission=mission, member=member, kinds=kinds),
            m.RaiseAlarm(name=f"Watch {kinds[0]}", rank="D"),
            p.SayAvailability(member=member, start=world.clock.now, end=world.clock.now.plus(hours=5), available=False),
            i.ArriveHome(mission=mission, member=world.ids[carried]),
            m.NoteOutcome(mission=mission, member=member, outcome="returned"),
        )
        world.do("Tsunade" if what in (1, 2, 5) else who, deeds[what])
