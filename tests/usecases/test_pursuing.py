"""Both futures for whoever is in pursuit: compared by itself as backup is sent, shown to them, and chosen."""

from __future__ import annotations

from tests.fakes.scene import HERE, Scene

from wayhome.mission.facts.missions import Need
from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.usecases.composed import WaitingView
from wayhome.usecases.staffing.strength import WaitOrGoView
from wayhome.values.ids import Id, MissionId


def pursuit() -> tuple[Scene, Id]:
    """Neji is out and asked for backup."""
    scene = Scene()
    scene.do("Shizune", m.PlanMission(mission=scene.mission, needs=(Need("medic", 1, 2),), least_people=3))
    scene.departs("Neji")
    return scene, Id(scene.do("Neji", i.AskBackup(mission=scene.mission, place=HERE, words="two behind me")).made)


def sends(scene: Scene, backup: Id, *names: str, minutes: int, kmh: float | None = None) -> None:
    arrives = scene.now.plus(minutes=minutes)
    members = tuple(scene[name] for name in names)
    scene.do(
        "Shizune", i.SendBackup(mission=scene.mission, backup=backup, members=members, arrives=arrives, subject_kmh=kmh)
    )


def waits(scene: Scene, name: str) -> list[WaitingView]:
    found = scene.house.as_member(scene[name]).read("waiting").value
    return [one for one in found if one.what == "wait or go"]


def shown(scene: Scene, name: str) -> WaitOrGoView:
    seen: tuple[WaitOrGoView, ...] = scene.house.as_member(scene[name]).read("wait_or_go", mission=scene.mission).value
    return seen[0]


def test_whoever_is_in_pursuit_is_asked_and_nobody_else() -> None:
    """Two on their way: it waits for the one in pursuit until they arrive, or until the choice is made."""
    scene, backup = pursuit()
    assert waits(scene, "Neji") == []
    sends(scene, backup, "Choji", "Shikamaru", minutes=12, kmh=5.0)
    assert [one.words.split(".")[0] for one in waits(scene, "Neji")] == ["2 with you in 12 minutes: wait or go on"]
    assert waits(scene, "Shizune") == waits(scene, "Choji") == []
    scene.clock.forward(minutes=12)
    assert waits(scene, "Neji") == []


def test_both_futures_are_compared_by_the_needs_of_the_mission() -> None:
    """Going on lacks people; waiting lacks none, and says how much farther the other can be."""
    scene, backup = pursuit()
    sends(scene, backup, "Choji", minutes=6, kmh=5.0)
    sends(scene, backup, "Shikamaru", minutes=30)
    held = shown(scene, "Neji").held
    assert [len(one.people) for one in (held.go_on, *held.waits)] == [1, 2, 3]
    assert held.go_on.lacks and held.waits[-1].lacks == ()
    assert [one.wait_min for one in held.waits] == [6, 30]
    assert "speed was not given" in held.rests_on


def test_the_choice_is_theirs_and_a_line_of_the_log() -> None:
    """Neji waits; whoever commands reads it, and it is asked no more. More people make it a new question."""
    scene, backup = pursuit()
    sends(scene, backup, "Choji", minutes=12, kmh=5.0)
    assert shown(scene, "Neji").held.waits[0].ahead_km == 1.0
    scene.do("Neji", i.ChooseFuture(mission=scene.mission, backup=backup, member=scene["Neji"], choice="wait"))
    assert waits(scene, "Neji") == []
    log = scene.house.as_member(scene["Shizune"]).read("log", mission=scene.mission).value
    assert log[-1].words == "Neji waits for 1"
    sends(scene, backup, "Shikamaru", minutes=20)
    assert len(waits(scene, "Neji")) == 1


def test_as_it_is_asked_both_futures_are_made_of_those_who_can_come() -> None:
    """Not who is hurt, and not who is out elsewhere: each with why. Whoever is out on the same mission can."""
    scene, _ = pursuit()
    scene.departs("Choji")
    for name in ("Shikamaru", "Kotetsu"):
        scene.departs(name)
    scene.do("Shizune", i.ReportCasualty(mission=scene.mission, who="Shikamaru", member=scene["Shikamaru"]))
    other = MissionId(scene.do("Shizune", m.RaiseAlarm(name="Elsewhere", rank="D")).made)
    scene.departs("Shizune", other)
    me = scene.house.as_member(scene["Neji"])
    (note,) = [one for one in me.read("notes", mission=scene.mission).value if one.what == "backup asked"]
    assert note.people == (scene["Neji"],)
    answer = me.advise("backup", mission=scene.mission, place=note.place, pursuers=note.people, base=HERE).value
    left = {one.name: one.reason for one in answer.not_considered}
    assert left["Shikamaru"] == "hurt"
    assert left["Shizune"] == "is out on Elsewhere"
    assert {scene["Choji"], scene["Kotetsu"]} <= {*answer.unknown, *(one.person for one in answer.arrivals)}
    assert answer.go_on.people == (scene["Neji"],)


def test_where_nobody_is_named_nothing_is_made_up() -> None:
    """Backup for nobody in particular: it is sent, and nothing is compared; whoever asked is told so."""
    scene = Scene()
    done = scene.do("Shizune", i.AskBackup(mission=scene.mission, place=HERE, words="a litter"))
    assert any("Nobody is named who is there" in one for one in done.tells)
    sends(scene, Id(done.made), "Choji", minutes=12)
    assert scene.held.backups[Id(done.made)].compared is None
