"""Over a way that others may overhear, nothing secret and no care passes, whoever is signed in."""

from __future__ import annotations

import pytest
from tests.fakes.scene import HERE, Scene

from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.rules import Refused
from wayhome.usecases.ports import Ask
from wayhome.usecases.reading import READS
from wayhome.usecases.rows import NothingThere
from wayhome.values.ids import MissionId


@pytest.fixture
def scene() -> Scene:
    """Shizune owns a secret mission with a line in its log, and knows what happened to whom."""
    scene = Scene()
    secret = scene.secret()
    scene.do("Shizune", i.LogLine(mission=secret, words="Kagerou moves"))
    scene.do("Shizune", m.NoteExposure(mission=scene.mission, member=scene["Neji"], kinds=("death",)))
    return scene


def test_no_read_holds_anything_that_not_everybody_may_see(scene: Scene) -> None:
    """Of every read that needs no mission, the owner of a secret gets what a stranger to it gets, and no follow-up."""
    me = scene.house.session(scene.house.let_in(scene["Shizune"]), openly=True)
    assert "Kagerou" in repr(scene.house.as_member(scene["Shizune"]).read("missions").value)
    assert "Kagerou" not in repr(me.read("missions").value)
    for name in ("board", "waiting", "follow_ups", "personal", "alarms", "offers"):
        if name in READS:
            assert "Kagerou" not in repr(me.read(name).value), name
    neji = scene.house.session(scene.house.let_in(scene["Neji"]), openly=True)
    assert scene.house.as_member(scene["Neji"]).read("follow_ups").value
    assert neji.read("follow_ups").value == ()


def test_a_hidden_mission_and_an_absent_one_are_told_alike(scene: Scene) -> None:
    """Reading or doing anything in a secret mission is refused in the words for one that is not there."""
    me = scene.house.session(scene.house.let_in(scene["Shizune"]), openly=True)
    hidden = next(id for id, held in scene.world.missions.items() if held.secret)
    said = []
    for mission in (hidden, MissionId("f" * 32)):
        with pytest.raises(NothingThere) as read:
            me.read("mission", mission=mission)
        with pytest.raises(NothingThere) as done:
            me.do(i.LogLine(mission=mission, words="anything"))
        said.append((str(read.value), str(done.value)))
    assert said[0] == said[1]
    assert "anything" not in repr(scene.house.log.rows(Ask("line"), None))


def test_a_secret_mission_is_not_raised_where_others_hear(scene: Scene) -> None:
    """Raising a secret mission is refused with the reason; an open one is raised."""
    me = scene.house.session(scene.house.let_in(scene["Shizune"]), openly=True)
    with pytest.raises(Refused, match="overhear"):
        me.do(m.RaiseAlarm(name="Heron", rank="D", secret=True))
    assert me.do(m.RaiseAlarm(name="Lost dog", rank="D", place=HERE)).made


def test_nobody_is_told_live_of_what_is_secret(scene: Scene) -> None:
    """A line in a secret mission wakes nobody who listens where others hear; one in an open mission does."""
    listener = scene.house.following_openly.join(scene["Shizune"])
    hidden = next(MissionId(id) for id, held in scene.world.missions.items() if held.secret)
    scene.do("Shizune", i.LogLine(mission=hidden, words="Kagerou rests"))
    scene.do("Shizune", m.ReadInMember(mission=hidden, member=scene["Neji"], reason="he goes"))
    assert not listener.has_news
    scene.do("Shizune", i.LogLine(mission=scene.mission, words="at the hut"))
    assert [line.line.words for seen in listener.take().frames for line in seen.value.lines] == ["at the hut"]
