"""Broken glass on a real disk: nothing is shown before its entry and its alarms are written, and it outlives a kill."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import msgspec
import pytest
from tests.fakes.failing import FillingLog
from tests.fakes.house import MASTER, SCALES, StandingClock, TerrainsInMemory, counted_keys
from tests.fakes.logs import sqlite_log
from tests.fakes.scene import Scene

from wayhome.assembly.local import Founding, LocalHouse, found_in
from wayhome.log.drawer_store import LogWithDrawers
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.intents.secrecy import BreakGlass
from wayhome.usecases import keeping
from wayhome.usecases.ports import NotDurable
from wayhome.values.ids import MissionId, PersonId

GUARDIAN, AWAY, OWNER = "Kotetsu", "Neji", "Tsunade"


def house_on(log: LogWithDrawers, clock: StandingClock) -> tuple[LocalHouse, dict[str, PersonId], MissionId]:
    """A guardian, and somebody who is read in to a secret mission of the commander's."""
    house = LocalHouse(log, TerrainsInMemory(), clock=clock, new_key=counted_keys("glass"))
    founding = Founding(name="Leaf", zone="UTC", profile="leaf", scales=SCALES, founder=OWNER, password="")
    ids = {OWNER: found_in(house, founding, "no password", key="founding")}
    owner = house.as_member(ids[OWNER])
    for name, duties in ((GUARDIAN, ("guardian",)), (AWAY, ())):
        ids[name] = PersonId(owner.do(p.EnrolMember(name=name, duties=duties)).made)
    mission = MissionId(owner.do(m.RaiseAlarm(name="Kagerou", secret=True)).made)
    owner.do(m.ReadInMember(mission=mission, member=ids[AWAY]))
    return house, ids, mission


def seen(house: LocalHouse, who: PersonId) -> set[str]:
    return {one.mission for one in house.as_member(who).read("missions").value}


def test_where_the_disk_will_not_have_it_nothing_is_opened() -> None:
    """Without the entry and its alarms on disk the guardian sees nothing, and is told so."""
    clock = StandingClock()
    log = FillingLog(master=MASTER, wall=lambda: clock.now.ms)
    house, ids, mission = house_on(log, clock)
    log.full = True
    broken = BreakGlass(member=ids[AWAY], reason="he does not answer")
    with pytest.raises(NotDurable):
        house.as_member(ids[GUARDIAN]).do(broken, key="a" * 32)
    assert mission not in seen(house, ids[GUARDIAN])
    log.full = False
    house.as_member(ids[GUARDIAN]).do(broken, key="a" * 32)
    assert mission in seen(house, ids[GUARDIAN])
    assert keeping.verify(log) == []


def test_who_is_killed_after_the_answer_finds_entry_and_alarm(tmp_path: Path) -> None:
    """Killed the moment it was acknowledged, the next start has the entry, the emergency and the alarm."""
    clock = StandingClock()
    log = sqlite_log(tmp_path / "house")
    house, ids, mission = house_on(log, clock)
    house.close()
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            again = LocalHouse(
                sqlite_log(tmp_path / "house"), TerrainsInMemory(), clock=clock, new_key=counted_keys("child")
            )
            again.as_member(ids[GUARDIAN]).do(BreakGlass(member=ids[AWAY], reason="he does not answer", hours=1))
            os.write(sink, b"done")
            signal.pause()
        finally:
            os._exit(1)
    os.close(sink)
    answer = os.read(source, 4)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(source)
    assert answer == b"done"
    back = LocalHouse(sqlite_log(tmp_path / "house"), TerrainsInMemory(), clock=clock)
    try:
        assert mission in seen(back, ids[GUARDIAN])
        owner = back.as_member(ids[OWNER])
        assert [one.reason for one in owner.read("emergencies", mission=mission).value] == ["he does not answer"]
        assert [one.what for one in owner.read("waiting").value] == ["alarm"]
        assert [one.member for one in owner.read("glass").value] == [ids[AWAY]]
        clock.forward(hours=2)
        back.tick()
        assert mission not in seen(back, ids[GUARDIAN])
    finally:
        back.close()


def test_others_get_the_same_bytes_whether_there_was_anything_to_open() -> None:
    """Command and members not read in read and hear the same after the glass was broken, secret or no secret."""
    answers = []
    for secret in (False, True):
        scene = Scene()
        scene.do("Tsunade", p.SetDuties(member=scene["Kotetsu"], duties=("guardian",)))
        if secret:
            made = scene.secret()
            scene.do("Shizune", m.ReadInMember(mission=made, member=scene["Neji"]))
        listeners = {name: scene.house.following.join(scene[name]) for name in ("Tsunade", "Choji")}
        session = scene.house.as_member(scene["Kotetsu"])
        done = session.do(BreakGlass(member=scene["Neji"], reason="he does not answer"), key="b" * 32)
        heard = {name: [frame.value for frame in one.take().frames] for name, one in listeners.items()}
        reads = {
            (name, read): scene.house.as_member(scene[name]).read(read).value
            for name in listeners
            for read in ("missions", "waiting", "alarms", "glass", "roster", "availability", "board")
        }
        answers.append(msgspec.json.encode([done, heard, [[*key, value] for key, value in reads.items()]]))
    assert answers[0] == answers[1]
