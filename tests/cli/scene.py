"""A founded house in memory with members, and command lines run in it as somebody."""

from __future__ import annotations

import json
from concurrent.futures import Future
from typing import Any

from tests.fakes.house import SCALES, START, StandingClock, TerrainsInMemory, counted_keys, memory_house, run_in

from wayhome.assembly.local import Founding, LocalHouse, found_in
from wayhome.log.memory_store import MemoryLog
from wayhome.mission.intents.people import AddVehicle, EnrolMember
from wayhome.usecases.ports import Batch, Header, NotDurable
from wayhome.values.ids import PersonId, derive

MISSION = "Lost hiker"
JAPANESE, ARABIC = "山田 太郎", "ليلى"


class FillingLog(MemoryLog):
    """A log on a disk that is full once `room` more batches were written; None is room without end."""

    room: int | None = None

    def submit(self, batch: Batch) -> Future[tuple[Header, ...]]:
        if self.room is None:
            return super().submit(batch)
        if self.room == 0:
            failed: Future[tuple[Header, ...]] = Future()
            failed.set_exception(NotDurable("the disk is full: free some space; nothing acknowledged is lost"))
            return failed
        self.room -= 1
        return super().submit(batch)


class Scene:
    """The Leaf with a handful of members; Tsunade founded and commands it."""

    def __init__(self, log: MemoryLog | None = None) -> None:
        self.clock = StandingClock()
        if log is None:
            self.house, self.founder = memory_house(clock=self.clock)
        else:
            self.house, self.founder = _on(log, self.clock)
        self.enrol("Kiba", rank="chuunin", tracking=4)
        self.enrol("Sakura", rank="chuunin", medic=3)
        self.enrol("Ino", rank="jounin", medic=2)
        self.enrol(JAPANESE, rank="jounin")
        self.enrol(ARABIC, rank="jounin")

    def enrol(self, name: str, *, rank: str = "", **skills: int) -> PersonId:
        done = self.house.as_member(self.founder).do(EnrolMember(name=name, rank=rank, skills=skills))
        return PersonId(done.made)

    def vehicle(self, name: str) -> None:
        self.house.as_member(self.founder).do(AddVehicle(name=name))

    def run(self, *line: str, who: str = "Tsunade") -> str:
        """A command that must be done; gives what it wrote."""
        status, out, err = run_in(self.house, list(line), who)
        assert status == 0, f"{line} -> {status}: {err}"
        return out

    def refuse(self, *line: str, who: str = "Tsunade") -> str:
        """A command that must not be done; gives what it complained of, in words and without a traceback."""
        status, out, err = run_in(self.house, list(line), who)
        assert status in (1, 2), f"{line} -> {status}: {out}"
        assert not out
        assert err.startswith("wayhome: ")
        assert "Traceback" not in err
        assert len(err) < 4_000
        return err

    def answers(self, *line: str) -> None:
        """A command that may be done or not, and must end in words either way."""
        status, out, err = run_in(self.house, list(line), "Tsunade")
        assert status in (0, 1, 2)
        assert "Traceback" not in err
        assert "\x1b" not in out + err
        assert len(err) < 4_000
        assert out or err

    def refuse_after_some(self, *line: str) -> str:
        """A command that stops on its way, after some of it was done and said; gives what it complained of."""
        status, _, err = run_in(self.house, list(line), "Tsunade")
        assert status == 1
        assert "Traceback" not in err
        return err

    def rows(self, *line: str, who: str = "Tsunade") -> Any:
        """What a command gives as JSON."""
        return json.loads(self.run(*line, "--json", who=who))

    def mission(self, *, secret: bool = False, name: str = MISSION) -> None:
        """A mission that Kiba and Sakura have accepted, briefed."""
        self.run("mission", "new", name, "--place", "42.5,1.55", *(["--secret"] if secret else []))
        for member in ("Kiba", "Sakura"):
            self.run("offer", "make", name, member)
            self.run("offer", "answer", name, "accepted", who=member)
        self.run("mission", "brief", name, "Search the ridge")
        for member in ("Kiba", "Sakura"):
            self.run("mission", "acknowledge", name, who=member)

    def under_way(self, *, secret: bool = False) -> None:
        """Both are out, as team 3."""
        self.mission(secret=secret)
        self.run("team", "form", MISSION, "3", "Kiba", "Sakura", "--leader", "Kiba", "--overdue", "30")
        for member in ("Kiba", "Sakura"):
            self.run("field", "depart", MISSION, who=member)


def _on(log: MemoryLog, clock: StandingClock) -> tuple[LocalHouse, PersonId]:
    house = LocalHouse(log, TerrainsInMemory(), clock=clock, new_key=counted_keys("scene"))
    founding = Founding(name="The Leaf", zone=START.zone, profile="leaf", scales=SCALES, founder="Tsunade", password="")
    return house, found_in(house, founding, "no password", key=derive("scene", "founding"))


__all__ = ["ARABIC", "JAPANESE", "MISSION", "FillingLog", "Scene"]
