"""Reading: what is composed of several rows comes in the order and with the words that people rely on."""

from __future__ import annotations

import pytest
from tests.fakes.scene import HERE, NOTHING, Scene

from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.usecases.rows import NothingThere
from wayhome.values.ids import Id, MissionId


def test_the_situation_puts_seen_before_hearsay_and_the_newest_first() -> None:
    """What somebody saw stands above what is not known, and that above hearsay; within each the latest first."""
    scene = Scene()
    for grade, words in (("hearsay", "h1"), ("seen", "s1"), ("unknown", "u1"), ("seen", "s2"), ("hearsay", "h2")):
        scene.clock.forward(minutes=1)
        scene.do("Choji", m.FileReport(mission=scene.mission, source="x", words=words, grade=grade))
    page = scene.house.as_member(scene["Choji"]).read("situation", mission=scene.mission).value
    assert [report.words for report in page.reports] == ["s2", "s1", "u1", "h2", "h1"]


def test_the_situation_shows_the_last_ten_lines_in_order() -> None:
    """The latest ten lines, oldest of them first."""
    scene = Scene()
    for number in range(14):
        scene.clock.forward(minutes=1)
        scene.do("Choji", i.LogLine(mission=scene.mission, words=str(number)))
    page = scene.house.as_member(scene["Choji"]).read("situation", mission=scene.mission).value
    assert [line.words for line in page.lines] == [str(number) for number in range(4, 14)]


def test_answered_alarms_and_released_testimony_leave_the_situation() -> None:
    """What is done with does not crowd out what is not."""
    scene = Scene()
    scene.do("Choji", i.ReportFallen(mission=scene.mission, member=scene["Neji"], words="fell"))
    kept = Id(scene.do("Choji", m.WithholdTestimony(mission=scene.mission, holder=scene["Choji"], about="why")).made)
    me = scene.house.as_member(scene["Choji"])
    page = me.read("situation", mission=scene.mission).value
    assert (len(page.alarms), len(page.withheld)) == (1, 1)
    scene.do("Choji", i.AnswerAlarm(mission=scene.mission, alarm=page.alarms[0].alarm, words="coming"))
    scene.do("Choji", m.ReleaseTestimony(mission=scene.mission, testimony=kept, words="he was afraid"))
    page = me.read("situation", mission=scene.mission).value
    assert (page.alarms, page.withheld) == ((), ())


def test_a_hurt_healer_is_treated_before_everybody() -> None:
    """A red or yellow healer comes first, then red, yellow, untriaged, green, black; the done at the end."""
    scene = Scene()
    scene.do("Tsunade", p.SetSkill(member=scene["Choji"], skill="medic", level=0))
    hurt = [("Ana", None, "red"), ("", "Neji", "yellow"), ("Bo", None, ""), ("Cy", None, "green"), ("", "Choji", "red")]
    for who, member, triage in hurt:
        casualty = i.ReportCasualty(
            mission=scene.mission, who=who, member=scene[member] if member else None, triage=triage
        )
        scene.do("Shizune", casualty)
    me = scene.house.as_member(scene["Choji"])
    order = me.read("casualties", mission=scene.mission).value
    assert [one.turn for one in order] == [1, 2, 3, 4, 5]
    assert order[0].who == "Neji"
    assert {one.who for one in order[1:3]} == {"Ana", "Choji"}
    assert [one.who for one in order[3:]] == ["Bo", "Cy"]
    treat = i.Treat(mission=scene.mission, casualty=order[0].casualty, by=scene["Neji"], words="bandaged", done=True)
    scene.do("Neji", treat)
    assert me.read("casualties", mission=scene.mission).value[-1].who == "Neji"


def test_an_amended_line_keeps_all_that_it_was() -> None:
    """The line shows its last words, and each earlier form oldest first; a second reader sees the same."""
    scene = Scene()
    line = Id(scene.do("Choji", i.LogLine(mission=scene.mission, words="at the frod", place=HERE)).made)
    for words in ("at the ford", "at the upper ford"):
        scene.clock.forward(minutes=1)
        scene.do("Choji", i.AmendLine(mission=scene.mission, line=line, words=words))
    for who in ("Choji", "Neji"):
        (read,) = scene.house.as_member(scene[who]).read("log", mission=scene.mission).value
        assert (read.words, read.was) == ("at the upper ford", ("at the frod", "at the ford"))
        assert read.place == HERE


@pytest.mark.parametrize(
    ("find", "limit", "words"),
    [("", None, ["one", "two", "TWO again"]), ("two", None, ["two", "TWO again"]), ("", 1, ["TWO again"]),
     ("two", 1, ["TWO again"]), ("three", None, []), ("火影", None, [])],
)  # fmt: skip
def test_the_log_is_found_in_and_cut(find: str, limit: int | None, words: list[str]) -> None:
    """Words are found without regard to case, and a limit keeps the last of those found."""
    scene = Scene()
    for said in ("one", "two", "TWO again"):
        scene.clock.forward(minutes=1)
        scene.do("Choji", i.LogLine(mission=scene.mission, words=said))
    me = scene.house.as_member(scene["Choji"])
    read = me.read("log", mission=scene.mission, find=find, limit=limit).value
    assert [line.words for line in read] == words


@pytest.mark.parametrize("name", ["mission", "situation", "report", "tasking_facts"])
def test_hidden_and_absent_missions_are_refused_in_the_same_words(name: str) -> None:
    """Whoever is not read in is told the same of a secret mission as of one that never was."""
    scene = Scene()
    me = scene.house.as_member(scene["Tsunade"])
    said = []
    for mission in (scene.secret(), MissionId(NOTHING)):
        with pytest.raises(NothingThere) as error:
            me.read(name, mission=mission)
        said.append(str(error.value))
    assert said[0] == said[1] == "there is no such mission that you can see"


def test_a_duty_status_ends_by_itself() -> None:
    """Leave until noon is leave until noon, in the roster and in what can be asked."""
    scene = Scene()
    leave = p.SetDutyStatus(member=scene["Neji"], status="leave", until=scene.now.plus(hours=3))
    scene.do("Neji", leave)
    me = scene.house.as_member(scene["Choji"])

    def free() -> bool:
        return scene["Neji"] in {one.member for one in me.read("availability").value if one.can_be_asked}

    assert not free()
    scene.clock.forward(hours=3)
    assert free()


def test_personal_fields_are_for_their_own_and_their_keepers() -> None:
    """A medical note is for the member and medics; next of kin for the member, clerk and command; nobody else."""
    scene = Scene()
    scene.do("Neji", p.GiveMedicalNote(member=scene["Neji"], words="penicillin"))
    scene.do("Neji", p.GiveNextOfKin(member=scene["Neji"], words="his uncle"))
    seen = {
        who: {one.what for one in scene.house.as_member(scene[who]).read("personal").value}
        for who in ("Neji", "Shizune", "Kotetsu", "Tsunade", "Choji")
    }
    assert seen["Neji"] == {"medical", "next of kin"}
    assert seen["Shizune"] == {"medical"}
    assert seen["Kotetsu"] == seen["Tsunade"] == {"next of kin"}
    assert seen["Choji"] == set()
