"""The clockwork: what falls due is raised once, and reaches whoever may know of it."""

from __future__ import annotations

from tests.fakes.house import another_laptop
from tests.fakes.scene import HERE, Scene

from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents.people import TakeClock
from wayhome.usecases import keeping
from wayhome.values.ids import MissionId


def alarms(scene: Scene, who: str, mission: MissionId | None = None) -> list[tuple[str, str]]:
    read = scene.house.as_member(scene[who]).read("alarms", mission=mission or scene.mission).value
    return [(alarm.what, alarm.words) for alarm in read]


def waiting(scene: Scene, who: str) -> list[str]:
    return [one.what for one in scene.house.as_member(scene[who]).read("waiting").value]


def test_an_offer_lapses_at_its_deadline_and_its_maker_is_told() -> None:
    """A minute before nothing happens, at the deadline it lapses once, and the next candidate is called for."""
    scene = Scene()
    scene.offer("Neji", by=scene.soon(1))
    scene.clock.forward(minutes=59)
    assert scene.house.tick() == 0
    scene.clock.forward(minutes=1)
    assert (scene.house.tick(), scene.house.tick()) == (1, 0)
    assert next(iter(scene.held.offers.values())).answer == "lapsed"
    assert "unanswered" in waiting(scene, "Shizune")


def test_an_answered_offer_does_not_lapse() -> None:
    """Whoever answered in time has answered."""
    scene = Scene()
    offer = scene.offer("Neji", by=scene.soon(1))
    scene.do("Neji", m.AnswerOffer(offer=offer, answer="accepted"))
    scene.clock.forward(hours=2)
    assert scene.house.tick() == 0


def test_thinking_until_later_moves_the_deadline() -> None:
    """An offer under thought lapses when the thinking was to end, and not before."""
    scene = Scene()
    offer = scene.offer("Neji", by=scene.soon(1))
    scene.do("Neji", m.AnswerOffer(offer=offer, answer="thinking", think_until=scene.soon(5)))
    scene.clock.forward(hours=2)
    assert scene.house.tick() == 0
    scene.clock.forward(hours=3)
    assert scene.house.tick() == 1


def test_a_silent_team_is_overdue_once_for_each_silence() -> None:
    """Overdue is raised once; a line of the team starts its time anew; the next silence is raised again."""
    scene = Scene()
    scene.accepts("Neji")
    scene.form("Neji", overdue_min=30)
    scene.clock.forward(minutes=31)
    assert (scene.house.tick(), scene.house.tick()) == (1, 0)
    scene.do("Choji", i.LogLine(mission=scene.mission, words="Alpha is fine", team="Alpha"))
    scene.clock.forward(minutes=29)
    assert scene.house.tick() == 0
    scene.clock.forward(minutes=2)
    assert scene.house.tick() == 1
    assert [what for what, _ in alarms(scene, "Shizune")] == ["team overdue", "team overdue"]


def test_silence_of_one_member_says_where_they_were_last() -> None:
    """The silence alarm names the member, the last time and the last place."""
    scene = Scene()
    scene.do("Shizune", i.WatchSilence(mission=scene.mission, member=scene["Neji"], every_min=20))
    scene.do("Neji", i.ReportPlace(mission=scene.mission, place=HERE))
    scene.clock.forward(minutes=21)
    scene.house.tick()
    assert alarms(scene, "Choji") == [("silence", "Neji has not been heard since 09:00, last at 42.50000, 1.50000")]
    scene.do("Shizune", i.WatchSilence(mission=scene.mission, member=scene["Neji"], every_min=None))
    scene.clock.forward(hours=9)
    assert scene.house.tick() == 0


def test_who_is_not_home_in_time_is_an_alarm_and_who_is_home_is_none() -> None:
    """Home is expected by a time; arriving ends it, being late raises it once."""
    scene = Scene()
    scene.departs("Neji", home_by=scene.soon(2))
    scene.departs("Choji", home_by=scene.soon(2))
    scene.do("Choji", i.ArriveHome(mission=scene.mission, member=scene["Choji"]))
    scene.clock.forward(hours=3)
    assert (scene.house.tick(), scene.house.tick()) == (1, 0)
    assert alarms(scene, "Shizune") == [("not home", "Neji is not home: due 2026-03-01 11:00:00 (Europe/Andorra)")]


def test_what_falls_due_in_secret_reaches_the_read_in_alone() -> None:
    """The owner hears of it; nobody else does, and the count that is said aloud leaves it out."""
    scene = Scene()
    secret = scene.secret()
    scene.departs("Neji", secret, home_by=scene.soon(1))
    scene.clock.forward(hours=2)
    assert scene.house.tick() == 0
    assert [what for what, _ in alarms(scene, "Shizune", secret)] == ["not home"]
    assert alarms(scene, "Tsunade", secret) == []
    assert ("alarm" in waiting(scene, "Shizune"), "alarm" in waiting(scene, "Tsunade")) == (True, False)


def test_a_clash_with_a_secret_reaches_its_owner() -> None:
    """An offer, a status and a leave letter for somebody away on it are told to the owner, each once."""
    scene = Scene()
    scene.departs("Neji", scene.secret())
    scene.refused("Tsunade", m.MakeOffer(mission=scene.mission, member=scene["Neji"]))
    assert waiting(scene, "Shizune").count("clash") == 1
    assert waiting(scene, "Tsunade").count("clash") == 0


def test_what_fell_due_while_nobody_ran_is_raised_at_the_next_start() -> None:
    """Timers lie in the record: another laptop that takes over the clock raises what is due."""
    scene = Scene()
    scene.offer("Neji", by=scene.soon(1))
    other = another_laptop(scene.house)
    scene.clock.forward(days=2)
    assert other.tick() == 0
    other.as_member(scene["Tsunade"]).do(TakeClock())
    assert other.tick() == 1
    assert keeping.verify(other.log) == []
