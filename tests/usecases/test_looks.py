"""Who looked at what is secret: noted once an hour, for the owner, without anybody waiting or hearing of it."""

from __future__ import annotations

from concurrent.futures import Future

import pytest
from tests.fakes.failing import FillingLog
from tests.fakes.house import MASTER, StandingClock
from tests.fakes.scene import Scene
from tests.usecases.test_glass import AWAY, OWNER, house_on

from wayhome.log.memory_store import MemoryLog
from wayhome.mission.intents import field as fi
from wayhome.mission.intents import missions as m
from wayhome.usecases import keeping, looking
from wayhome.usecases.ports import Ask, Batch, Header
from wayhome.values.ids import MissionId


@pytest.fixture
def scene() -> Scene:
    return Scene()


def secret_with(scene: Scene, *names: str) -> MissionId:
    made = scene.secret()
    for name in names:
        scene.do("Shizune", m.ReadInMember(mission=made, member=scene[name]))
    return made


def looks(scene: Scene, mission: MissionId, who: str = "Shizune") -> list[tuple[str, str]]:
    found = scene.house.as_member(scene[who]).read("looks", mission=mission).value
    return [(one.member_name, one.what) for one in found]


def facts(scene: Scene) -> int:
    return sum(seq for _, seq in scene.house.log.heads().items())


def test_a_look_is_noted_once_an_hour_for_each_kind(scene: Scene) -> None:
    """However often somebody reads within an hour, each kind of read is noted once; in the next hour again."""
    secret = secret_with(scene, "Neji")
    scene.do("Shizune", fi.LogLine(mission=secret, words="at the pass"))
    me = scene.house.as_member(scene["Neji"])
    for _ in range(3):
        me.read("log", mission=secret)
        me.read("mission", mission=secret)
    assert looks(scene, secret) == [("Neji", "log"), ("Neji", "mission")]
    scene.clock.forward(hours=1)
    me.read("log", mission=secret)
    assert looks(scene, secret) == [("Neji", "log"), ("Neji", "mission"), ("Neji", "log")]


def test_only_owner_and_commander_see_who_looked(scene: Scene) -> None:
    """Who looked is for those who answer for the mission; command passing on takes it along."""
    secret = secret_with(scene, "Neji", "Choji")
    scene.house.as_member(scene["Neji"]).read("mission", mission=secret)
    assert looks(scene, secret, "Neji") == looks(scene, secret, "Tsunade") == []
    scene.do("Shizune", m.TakeMissionCommand(mission=secret, member=scene["Choji"], reason="she rests"))
    assert looks(scene, secret, "Choji") == looks(scene, secret, "Shizune") == [("Neji", "mission")]
    scene.do("Shizune", m.ReadOutMember(mission=secret, member=scene["Choji"], reason="over"))
    assert looks(scene, secret, "Choji") == []


def test_reading_as_an_outsider_writes_nothing(scene: Scene) -> None:
    """Whoever is not read in leaves no trace by reading; nor does anybody by reading what is open."""
    secret = secret_with(scene, "Neji")
    before = facts(scene)
    for name in ("Tsunade", "Choji"):
        me = scene.house.as_member(scene[name])
        for read in ("missions", "board", "roster", "waiting", "alarms", "offers", "personal", "letters"):
            me.read(read)
        for read in ("log", "notes", "looks", "emergencies", "mask", "log"):
            me.read(read, mission=secret)
    scene.house.as_member(scene["Neji"]).read("mission", mission=scene.mission)
    assert facts(scene) == before


def test_reading_the_audit_is_not_noted(scene: Scene) -> None:
    """Whoever the audit is for does not fill it by reading it."""
    secret = secret_with(scene)
    assert looks(scene, secret) == []
    assert looks(scene, secret) == []


def test_a_look_wakes_nobody(scene: Scene) -> None:
    """No open page hears of a look: not the reader's, not the owner's, not an outsider's."""
    secret = secret_with(scene, "Neji")
    listeners = [scene.house.following.join(scene[name]) for name in ("Tsunade", "Shizune", "Neji", "Choji")]
    heard: list[object] = []
    scene.house.heard = heard.append
    scene.house.as_member(scene["Neji"]).read("mission", mission=secret)
    assert looks(scene, secret)
    assert heard == []
    assert not any(listener.has_news for listener in listeners)


def test_after_a_restart_the_same_hour_is_not_noted_twice(scene: Scene) -> None:
    """What was forgotten in memory is known by its key in the record."""
    secret = secret_with(scene, "Neji")
    me = scene.house.as_member(scene["Neji"])
    me.read("mission", mission=secret)
    scene.house.acting.looking = looking.Looking(scene.house.log.replica)
    before = facts(scene)
    me.read("mission", mission=secret)
    assert facts(scene) == before


def test_memory_is_bounded(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what was noted only so much is remembered, and nothing is noted twice for it."""
    monkeypatch.setattr(looking, "REMEMBERED", 2)
    secret = secret_with(scene, "Neji")
    me = scene.house.as_member(scene["Neji"])
    for _ in range(2):
        for read in ("log", "notes", "offers", "read_ins", "mission", "out"):
            me.read(read, mission=secret)
    assert len(scene.house.acting.looking._noted) == 2
    assert len(looks(scene, secret)) == len(set(looks(scene, secret)))


class SlowLog(MemoryLog):
    """Makes nothing durable while `slow`: whoever waits for it waits for ever."""

    slow = False

    def submit(self, batch: Batch) -> Future[tuple[Header, ...]]:
        return Future() if self.slow else super().submit(batch)


def test_the_reader_does_not_wait_for_the_write() -> None:
    """A read comes back though nothing can be written."""
    clock = StandingClock()
    log = SlowLog(master=MASTER, wall=lambda: clock.now.ms)
    house, ids, mission = house_on(log, clock)
    log.slow = True
    assert house.as_member(ids[AWAY]).read("mission", mission=mission).value.name == "Kagerou"


def test_a_full_disk_stops_no_read_and_no_later_act() -> None:
    """Where a look cannot be written it is read all the same; once there is room, nobody who acts need try twice."""
    clock = StandingClock()
    log = FillingLog(master=MASTER, wall=lambda: clock.now.ms)
    house, ids, mission = house_on(log, clock)
    log.full = True
    assert house.as_member(ids[AWAY]).read("mission", mission=mission).value.name == "Kagerou"
    log.full = False
    house.as_member(ids[OWNER]).do(fi.LogLine(mission=mission, words="heard"))
    house.as_member(ids[AWAY]).read("mission", mission=mission)
    assert [row.key.split(".")[1] for row in log.rows(Ask("look"), None)] == ["mission"]
    assert keeping.verify(log) == []
