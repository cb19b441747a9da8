"""Under cover: a plan to be heard of, a way out, and word for those read in when one of ours is sought by ours."""

from __future__ import annotations

import msgspec
import pytest
from tests.fakes.scene import Scene

from wayhome.mission.intents import missions as m
from wayhome.mission.intents import secrecy as s
from wayhome.mission.intents.base import Intent
from wayhome.mission.intents.people import RenameMember
from wayhome.values.ids import MissionId


class Under(Scene):
    """Neji may be under cover on Shizune's secret mission; Tsunade commands an open hunt and knows nothing."""

    def __init__(self, *, under_cover: bool) -> None:
        super().__init__()
        self.kagerou = self.secret()
        if under_cover:
            self.accepts("Neji", self.kagerou)
            self.brief("Neji", mission=self.kagerou)
        self.hunt = MissionId(self.do("Tsunade", m.RaiseAlarm(name="The stolen scroll", rank="D")).made)
        self.do("Neji", RenameMember(member=self["Neji"], name="Neji", callsign="Heron"))

    def alarms(self, who: str) -> list[str]:
        return [alarm.words for alarm in self.house.as_member(self[who]).read("alarms").value]

    def told(self, who: str, intent: Intent) -> bytes:
        return msgspec.json.encode(msgspec.structs.replace(self.house.as_member(self[who]).do(intent), made=""))


def plan(scene: Under) -> s.PlanContact:
    """Heard of every half hour; the ferry at dawn is the way out."""
    return s.PlanContact(
        mission=scene.kagerou, member=scene["Neji"], every_min=30, signals="a lamp: well", way_out="the ferry at dawn"
    )


def quarry(scene: Under, mission: MissionId | None = None) -> s.NameQuarry:
    return s.NameQuarry(mission=mission or scene.hunt, member=scene["Neji"], what="hunted", words="seen at the vault")


def subject(scene: Under, name: str) -> m.DescribeSubject:
    return m.DescribeSubject(mission=scene.hunt, fields={"name": name})


def test_a_contact_plan_is_for_those_read_in_and_its_silence_names_the_way_out() -> None:
    """The plan reads as it was made; half an hour of silence raises an alarm that says how to get them out."""
    scene = Under(under_cover=True)
    scene.do("Neji", plan(scene))
    read = scene.house.as_member(scene["Shizune"]).read("contact_plans", mission=scene.kagerou).value
    assert [(one.member_name, one.every_min, one.way_out) for one in read] == [("Neji", 30, "the ferry at dawn")]
    assert scene.house.as_member(scene["Tsunade"]).read("contact_plans", mission=scene.kagerou).value == ()
    scene.clock.forward(minutes=31)
    scene.house.tick()
    assert scene.alarms("Shizune") == ["Neji has not been heard since 09:00. Way out: the ferry at dawn"]
    assert scene.alarms("Tsunade") == []


@pytest.mark.parametrize("how", ["hunted", "NEJI", "heron"])
def test_whoever_hunts_one_under_cover_is_told_the_same_and_those_read_in_are_alarmed(how: str) -> None:
    """Named outright or as the subject, by name or callsign: one alarm where they are under cover, the same answer."""
    told, seen = [], []
    for under_cover in (True, False):
        scene = Under(under_cover=under_cover)
        told.append(scene.told("Tsunade", quarry(scene) if how == "hunted" else subject(scene, how)))
        seen.append((scene.alarms("Tsunade"), _notes(scene, "Tsunade", scene.hunt)))
        expected = [f"Neji is {'hunted' if how == 'hunted' else 'sought'} in The stolen scroll, on Tsunade's word, "
                    "who does not know of this mission"]  # fmt: skip
        assert scene.alarms("Shizune") == (expected if under_cover else [])
    assert told[0] == told[1]
    assert seen[0] == seen[1]


def test_a_name_that_only_begins_alike_is_nobody_of_ours() -> None:
    """Only the whole name or callsign counts."""
    scene = Under(under_cover=True)
    scene.do("Tsunade", subject(scene, "Neji of the hills"))
    assert scene.alarms("Shizune") == []


def test_a_secret_hunt_is_not_named_to_those_of_another_secret() -> None:
    """Both missions are secret: the alarm says that he is hunted, and neither where nor by whom."""
    scene = Under(under_cover=True)
    other = MissionId(scene.do("Tsunade", m.RaiseAlarm(name="Night heron", rank="D", secret=True)).made)
    scene.do("Tsunade", quarry(scene, other))
    assert scene.alarms("Shizune") == ["Neji is hunted by people of ours who do not know of this mission"]
    assert [note[0] for note in _notes(scene, "Shizune", scene.kagerou) if note[1] != "the clock"] == []


def test_whoever_knows_of_the_cover_alarms_nobody() -> None:
    """Somebody read in who names the member knows what they do."""
    scene = Under(under_cover=True)
    scene.do("Shizune", s.NameQuarry(mission=scene.mission, member=scene["Neji"], what="accused", words="as agreed"))
    assert scene.alarms("Shizune") == []
    assert ("accused", "Shizune") in _notes(scene, "Choji", scene.mission)


def _notes(scene: Under, who: str, mission: MissionId) -> list[tuple[str, str]]:
    return [(n.what, n.by_name) for n in scene.house.as_member(scene[who]).read("notes", mission=mission).value]
