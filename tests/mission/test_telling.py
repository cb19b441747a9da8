"""Tellings: what of a mission is told at each level, under a mask as well, and how its order betrays nothing."""

from __future__ import annotations

import pytest
from tests.fakes.scene import HERE, Scene

from wayhome.mission.facts.secrecy import Part
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import secrecy as i
from wayhome.mission.need_to_know import LEVELS
from wayhome.mission.rules.telling import part_up_to
from wayhome.values.ids import Id, MissionId
from wayhome.values.when import Deadline, Moment

WHOLE = Part(
    name="Kagerou", rank="S", purpose="learn", place=HERE, starts=Moment(1), home_by=Deadline("2026-05-30T12:00", "UTC")
)


def test_each_level_holds_all_of_the_one_below() -> None:
    """A higher level adds to what a lower one tells, and the highest tells everything."""
    before: set[str] = set()
    for level in LEVELS:
        part = part_up_to(WHOLE, level)
        told = {name for name in Part.__struct_fields__ if getattr(part, name)}
        assert before <= told
        before = told
    assert part_up_to(WHOLE, "that") == Part()
    assert part_up_to(WHOLE, "all") == WHOLE


@pytest.mark.parametrize("upper", LEVELS)
@pytest.mark.parametrize("lower", LEVELS)
def test_told_on_is_the_lesser_of_both(upper: str, lower: str) -> None:
    """Cut twice is cut once, at the lower of the two levels."""
    least = min(upper, lower, key=LEVELS.index)
    assert part_up_to(part_up_to(WHOLE, upper), lower) == part_up_to(WHOLE, least)


def test_a_masked_name_is_not_told_in_passing() -> None:
    """Where the one sought is masked, a telling says the label, whatever its level."""
    scene = Scene()
    raised = m.RaiseAlarm(name="The ANA case", rank="D", secret=True, purpose="bring Ana home, not Anatole")
    secret = MissionId(scene.do("Shizune", raised).made)
    scene.do("Shizune", m.DescribeSubject(mission=secret, fields={"name": "Ana"}))
    scene.do("Shizune", i.MaskIdentity(mission=secret, label="the guest"))
    scene.do("Shizune", i.Tell(mission=secret, listener=scene["Choji"], level="all"))
    (held,) = scene.house.as_member(scene["Choji"]).read("tellings").value
    assert (held.name, held.purpose) == ("The the guest case", "bring the guest home, not Anatole")


def test_tellings_stand_in_the_order_in_which_they_happened() -> None:
    """Not in that in which they were recorded: how much was recorded in between would show."""
    scene = Scene()
    secret = scene.secret()
    opened = scene.now
    scene.clock.forward(hours=5)
    for hours in (4, 1, 3):
        told = i.Tell(mission=secret, listener=scene["Choji"], level="that", happened=opened.plus(hours=hours))
        scene.do("Shizune", told)
    held = scene.house.as_member(scene["Choji"]).read("tellings").value
    assert [one.happened for one in held] == [opened.plus(hours=hours) for hours in (1, 3, 4)]


def test_a_telling_shown_wakes_its_listener_for_nothing() -> None:
    """Whoever was told hears neither of its being shown nor of a ceiling."""
    scene = Scene()
    secret = scene.secret()
    told = i.Tell(mission=secret, listener=scene["Choji"], level="that")
    telling = Id(scene.do("Shizune", told).made)
    desk = scene.house.following.join(scene["Choji"])
    scene.do("Shizune", i.ShowTelling(telling=telling))
    scene.do("Shizune", i.SetCeiling(mission=secret, most=3))
    scene.do("Shizune", i.Tell(mission=secret, listener=scene["Neji"], level="all"))
    assert not desk.has_news
    scene.do("Choji", i.GivePromise(telling=telling, words="yes"))
    assert desk.has_news
