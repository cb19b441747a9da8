"""Breaking the glass: what is opened, for how long, who hears of it."""

from __future__ import annotations

import pytest
from tests.fakes.scene import Scene

from wayhome.mission.intents import field as fi
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.intents import secrecy as i
from wayhome.mission.rules.glass import OPENED
from wayhome.usecases.acting import Done
from wayhome.values.ids import MissionId


@pytest.fixture
def scene() -> Scene:
    made = Scene()
    made.do("Tsunade", p.SetDuties(member=made["Kotetsu"], duties=("guardian",)))
    return made


def secret_with(scene: Scene, *names: str) -> MissionId:
    made = scene.secret()
    for name in names:
        scene.do("Shizune", m.ReadInMember(mission=made, member=scene[name]))
    return made


def broken(scene: Scene, member: str = "Neji", hours: float = 4) -> Done:
    return scene.do("Kotetsu", i.BreakGlass(member=scene[member], reason="he does not answer", hours=hours))


def seen_by(scene: Scene, who: str) -> set[str]:
    return {one.mission for one in scene.house.as_member(scene[who]).read("missions").value}


def test_the_answer_is_the_same_whether_there_was_anything(scene: Scene) -> None:
    """Whoever breaks the glass is told the same words, and the organisation's own stream says the same."""
    nothing = broken(scene)
    secret = secret_with(scene, "Neji")
    something = broken(scene)
    assert something.tells == nothing.tells
    rows = scene.house.as_member(scene["Tsunade"]).read("glass").value
    assert [(row.member, row.reason, row.until, row.at) for row in rows[:1]] == [
        (row.member, row.reason, row.until, row.at) for row in rows[1:]
    ]
    assert secret in seen_by(scene, "Kotetsu")


def test_only_what_the_member_is_away_on_is_opened(scene: Scene) -> None:
    """A secret mission with which the member has nothing to do stays shut; so does one that is over."""
    other = secret_with(scene, "Choji")
    over = secret_with(scene, "Neji")
    scene.do("Shizune", m.MoveMission(mission=over, to="refused", reason="no"))
    asked = secret_with(scene)
    scene.offer("Neji", asked)
    broken(scene)
    assert seen_by(scene, "Kotetsu") & {other, over, asked} == {asked}


def test_the_owner_is_alerted_and_another_where_one_is_read_in(scene: Scene) -> None:
    """At least two hear of it where two are read in: owner and commander, then the others by name."""
    secret = secret_with(scene, "Neji", "Choji")
    broken(scene)
    held = scene.world.missions[secret]
    emergency = next(iter(held.secrecy.emergencies.values()))
    assert emergency.alerted == (scene["Shizune"], scene["Choji"])
    alarm = held.alarms[emergency.id]
    assert alarm.what == OPENED
    for name in ("Shizune", "Choji"):
        waits = scene.house.as_member(scene[name]).read("waiting").value
        assert [one.about for one in waits if one.what == "alarm"] == [emergency.id], name
    assert not [w for w in scene.house.as_member(scene["Neji"]).read("waiting").value if w.what == "alarm"]


def test_it_ends_by_itself(scene: Scene) -> None:
    """When the time is over the guardian sees no more of it, and what they knew stays known."""
    secret = secret_with(scene, "Neji")
    broken(scene, hours=1)
    scene.clock.forward(minutes=59)
    scene.house.tick()
    assert secret in seen_by(scene, "Kotetsu")
    scene.clock.forward(minutes=2)
    scene.house.tick()
    assert secret not in seen_by(scene, "Kotetsu")
    assert scene["Kotetsu"] in scene.world.missions[secret].known_to
    assert not [timer for timer in scene.house.log.timers() if timer.what.startswith("glass")]


def test_two_emergencies_end_one_by_one(scene: Scene) -> None:
    """The glass broken twice stays open until the later one ends, and no longer."""
    secret = secret_with(scene, "Neji")
    broken(scene, hours=1)
    broken(scene, hours=3)
    scene.clock.forward(hours=2)
    scene.house.tick()
    assert secret in seen_by(scene, "Kotetsu")
    scene.clock.forward(hours=2)
    scene.house.tick()
    assert secret not in seen_by(scene, "Kotetsu")


def test_guardian_or_owner_ends_it_early(scene: Scene) -> None:
    """Whoever opened it can close it, and so can the owner."""
    secret = secret_with(scene, "Neji")
    for who in ("Kotetsu", "Shizune"):
        broken(scene)
        glass = list(scene.world.missions[secret].secrecy.emergencies)[-1]
        scene.do(who, i.EndEmergency(mission=secret, glass=glass))
        assert secret not in seen_by(scene, "Kotetsu")


def test_whoever_is_read_in_meanwhile_stays_read_in(scene: Scene) -> None:
    """Being read in by hand outlasts the emergency; being read out ends it."""
    stays, goes = secret_with(scene, "Neji"), secret_with(scene, "Neji")
    broken(scene, hours=1)
    scene.do("Shizune", m.ReadInMember(mission=stays, member=scene["Kotetsu"]))
    scene.do("Shizune", m.ReadOutMember(mission=goes, member=scene["Kotetsu"], reason="seen enough"))
    assert seen_by(scene, "Kotetsu") & {stays, goes} == {stays}
    scene.clock.forward(hours=2)
    scene.house.tick()
    assert seen_by(scene, "Kotetsu") & {stays, goes} == {stays}
    assert not [timer for timer in scene.house.log.timers() if timer.what.startswith("glass")]


def test_somebody_out_on_a_mission_that_is_over_is_found(scene: Scene) -> None:
    """A member who has not come home is found whatever else is said of the mission."""
    secret = secret_with(scene)
    scene.departs("Neji", secret)
    scene.do("Neji", fi.LogLine(mission=secret, words="at the pass"))
    broken(scene)
    assert secret in seen_by(scene, "Kotetsu")
