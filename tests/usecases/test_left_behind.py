"""Left behind: who depends on somebody away is known to care, and why they are away shows in nothing."""

from __future__ import annotations

import msgspec
import pytest
from tests.fakes.scene import Scene

from wayhome.mission.intents import field as i
from wayhome.mission.intents import people as p
from wayhome.mission.intents import secrecy as s

HOW = ("away", "secret mission", "cover", "open mission", "cannot come")


class Home(Scene):
    """Neji teaches Choji and steadies Kotetsu; Shikamaru is the carer."""

    def __init__(self) -> None:
        super().__init__()
        self.do("Tsunade", p.SetDuties(member=self["Shikamaru"], duties=("carer",)))
        for other, what in (("Choji", "teaches"), ("Kotetsu", "steadies"), ("Choji", "teammate")):
            self.do("Neji", p.StateBond(one=self["Neji"], other=self[other], what=what))
        self.kagerou = self.secret()

    def goes(self, how: str) -> None:
        """Neji goes, in one of the ways in which somebody can."""
        neji, week = self["Neji"], self.now.plus(hours=24 * 7)
        if how in ("secret mission", "cover"):
            self.accepts("Neji", self.kagerou)
            self.brief("Neji", mission=self.kagerou)
        match how:
            case "away":
                self.do("Neji", p.SetDutyStatus(member=neji, status="away"))
            case "secret mission":
                self.do("Neji", i.Depart(mission=self.kagerou, member=neji))
            case "cover":
                self.do("Shizune", s.SetCover(mission=self.kagerou, member=neji, status="away"))
            case "open mission":
                self.departs("Neji")
            case _:
                said = p.SayAvailability(member=neji, start=self.now, end=week, available=False)
                self.do("Neji", said)

    def left(self, who: str = "Shikamaru") -> list[tuple[str, str, str, bool]]:
        seen = self.house.as_member(self[who]).read("left_behind").value
        return [(one.member_name, one.without_name, ",".join(one.bonds), one.looked_in is not None) for one in seen]

    def waits(self, who: str = "Shikamaru") -> list[str]:
        found = self.house.as_member(self[who]).read("waiting").value
        return [one.words for one in found if one.what == "left behind"]


BOTH = [("Choji", "Neji", "teaches", False), ("Kotetsu", "Neji", "steadies", False)]


@pytest.mark.parametrize("how", HOW)
def test_whoever_depends_on_somebody_away_is_known_to_care(how: str) -> None:
    """However Neji is away, care reads who is without him, waits to be reminded a day, and nobody else reads it."""
    scene = Home()
    assert scene.left() == []
    scene.goes(how)
    assert sorted(scene.left()) == BOTH
    assert [scene.left(who) for who in ("Tsunade", "Shizune", "Neji", "Choji")] == [[], [], [], []]
    scene.clock.forward(hours=23)
    assert scene.waits() == []
    scene.clock.forward(hours=2)
    assert len(scene.waits()) == 2
    assert scene.waits("Tsunade") == []


def test_a_cover_and_a_secret_mission_read_as_a_plain_away() -> None:
    """What care reads is the same byte for byte, whatever stands behind the word away."""
    told = []
    for how in ("away", "secret mission", "cover"):
        scene = Home()
        scene.goes(how)
        scene.clock.forward(hours=30)
        me = scene.house.as_member(scene["Shikamaru"])
        told.append(msgspec.json.encode([me.read(read).value for read in ("left_behind", "waiting", "looked_in")]))
    assert told[0] == told[1] == told[2]


def test_looking_in_ticks_it_off_for_that_absence_alone() -> None:
    """Once looked in on, nobody is reminded of Choji; when Neji goes again, they are."""
    scene = Home()
    scene.goes("away")
    scene.clock.forward(hours=30)
    scene.do("Shikamaru", p.LookInOn(member=scene["Choji"], without=scene["Neji"], words="he trains alone"))
    assert scene.left() == [("Choji", "Neji", "teaches", True), BOTH[1]]
    assert [words.split()[0] for words in scene.waits()] == ["Kotetsu"]
    scene.do("Neji", p.SetDutyStatus(member=scene["Neji"], status="available"))
    assert scene.left() == []
    scene.clock.forward(hours=1)
    scene.goes("away")
    assert sorted(scene.left()) == BOTH


def test_what_was_seen_there_is_for_care_and_the_member() -> None:
    """The words are read by carers and by Choji, never by command."""
    scene = Home()
    scene.goes("away")
    scene.do("Shikamaru", p.LookInOn(member=scene["Choji"], without=scene["Neji"], words="he trains alone"))
    read = {
        who: [one.words for one in scene.house.as_member(scene[who]).read("looked_in").value]
        for who in ("Shikamaru", "Choji", "Tsunade", "Neji", "Shizune")
    }
    nobody: dict[str, list[str]] = {who: [] for who in ("Tsunade", "Neji", "Shizune")}
    assert read == {"Shikamaru": ["he trains alone"], "Choji": ["he trains alone"]} | nobody


def test_another_word_for_the_same_absence_does_not_begin_it_anew() -> None:
    """Away becomes leave: they have been without him since he went."""
    scene = Home()
    scene.goes("away")
    went = scene.now
    scene.clock.forward(hours=5)
    scene.do("Kotetsu", p.SetDutyStatus(member=scene["Neji"], status="leave"))
    seen = scene.house.as_member(scene["Shikamaru"]).read("left_behind").value
    assert {one.since for one in seen} == {went}


def test_nobody_who_is_gone_themselves_is_left_behind() -> None:
    """Two who are both away are not at home to be looked in on."""
    scene = Home()
    scene.goes("away")
    scene.do("Choji", p.SetDutyStatus(member=scene["Choji"], status="away"))
    assert [one[0] for one in scene.left()] == ["Kotetsu"]
