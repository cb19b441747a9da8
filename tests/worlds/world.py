"""One world of a pair: a house in memory whose every id follows from its seed and the purpose it was drawn for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from tests.fakes.desk import Inline
from tests.fakes.ground import ground
from tests.fakes.house import MASTER, SCALES, START, StandingClock, TerrainsInMemory, another_laptop, run_in
from tests.fakes.messengers import PostOffice

from wayhome.assembly.local import Founding, LocalHouse, found_in
from wayhome.cli.main import FAMILIES
from wayhome.log.memory_store import MemoryLog
from wayhome.mission import rules
from wayhome.mission.intents.base import Intent
from wayhome.mission.rules import Act, Refused
from wayhome.mission.state import Mission
from wayhome.mission.state import World as State
from wayhome.usecases.acting import Done
from wayhome.values.ids import Mark, MissionId, PersonId, ReplicaId, derive
from wayhome.values.places import Place


class Keys:
    """Intent keys, counted apart for each purpose: what is drawn for one never shifts another's."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._drawn: dict[str, int] = {}
        self.purpose = "open"

    def __call__(self) -> str:
        number = self._drawn.get(self.purpose, 0)
        self._drawn[self.purpose] = number + 1
        return derive(self._seed, "intent", self.purpose, str(number))


class World:
    """A founded organisation, and what a test may do in it: act, read, ask for advice, type commands."""

    def __init__(self, seed: str) -> None:
        self.clock = StandingClock(START)
        self.keys = Keys(seed)
        log = MemoryLog(master=MASTER, replica=ReplicaId(derive(seed, "replica")), wall=lambda: self.clock.now.ms)
        self.house = LocalHouse(log, TerrainsInMemory(), clock=self.clock, new_key=self.keys)
        self.restarted = 0
        self.post = PostOffice()
        self.house.begin_telling(self.post, Inline(), Inline())
        self.house.terrains.save("hills", ground(41, Place(42.55, 1.55)))
        founding = Founding(
            name="The Leaf", zone="Europe/Andorra", profile="leaf", scales=SCALES, founder="Tsunade", password=""
        )
        self.founder = found_in(self.house, founding, "no password", key=derive(seed, "founding"))

    @property
    def state(self) -> State:
        """Everything, seen by nobody's eyes: for building the world, never for comparing."""
        return self.house.acting.standing.world

    def mission(self, mission: str) -> Mission:
        return self.state.missions[MissionId(mission)]

    def act(self, by: PersonId, intent: Intent, *, key: str | None = None) -> tuple[bytes, Done | None]:
        """What whoever acts is told, as bytes, and what was done, if it was."""
        done: list[Done] = []

        def do() -> object:
            done.append(self.house.as_member(by).do(intent, key=key))
            return done[0]

        told = self._told(do)
        return told, done[0] if done else None

    def restart(self) -> None:
        """The same record in a process that was started anew."""
        self.house = LocalHouse(self.house.log, self.house.terrains, clock=self.clock, new_key=self.keys)
        self.house.begin_telling(self.post, Inline(), Inline())
        self.restarted += 1

    def laptop(self) -> LocalHouse:
        """A second laptop of the same organisation, with everything that is here."""
        return another_laptop(self.house)

    def read(self, viewer: PersonId, name: str, **arguments: Any) -> bytes:
        """One read as a viewer gets it: its JSON, or the words of its error."""
        return self._told(lambda: self.house.as_member(viewer).read(name, **arguments).value)

    def advise(self, viewer: PersonId, name: str, **arguments: Any) -> bytes:
        return self._told(lambda: self.house.as_member(viewer).advise(name, **arguments).value)

    def type(self, who: str, line: list[str]) -> bytes:
        """One command line as somebody: exit status and everything it wrote."""
        status, out, err = run_in(self.house, line, who)
        return f"exit {status}\n{out}\n{err}".encode()

    def decided(self, by: PersonId, intent: Intent) -> bytes:
        """What the rules would say to an intent, without it being so."""
        act = Act(by, self.clock.now, derive("only", "asking"), self.house.log.replica)
        try:
            decision = rules.decide(intent, self.state, act)
        except Refused as refusal:
            return f"{refusal.code}: {refusal.text}".encode()
        return msgspec.json.encode((decision.made, decision.tells))

    @staticmethod
    def _told(do: Callable[[], object]) -> bytes:
        try:
            return msgspec.json.encode(do())
        except FAMILIES as error:
            code = getattr(error, "code", "")
            return f"{type(error).__name__} [{code}] {error}".encode()

    def as_if_read_in(self, viewer: PersonId, missions: list[MissionId], ask: Callable[[], bytes]) -> bytes:
        """What somebody would get if the filter did not stand between them and some missions. Nobody listens to it."""
        standing, tables = self.house.acting.standing, self.house.log.tables  # type: ignore[attr-defined]  # in memory
        marks = {Mark(f"m:{mission}") for mission in missions}
        held = standing.marks.setdefault(viewer, set())
        trails, self.house.following._trails = self.house.following._trails, {}
        held |= marks
        tables._grants |= {(viewer, mark) for mark in marks}
        for mission in missions:
            self.state.missions[mission].read_in.add(viewer)
        try:
            return ask()
        finally:
            self.house.following._trails = trails
            held -= marks
            tables._grants -= {(viewer, mark) for mark in marks}
            for mission in missions:
                self.state.missions[mission].read_in.discard(viewer)
