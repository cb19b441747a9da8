"""A feed from the desk itself: what a member sees, and in a world with a secret mission the same bytes as without."""

from __future__ import annotations

import pytest
from tests.fakes.scene import Scene

from wayhome.faces.diary import diary_of
from wayhome.formats.calendar import feed
from wayhome.mission.intents import field as i
from wayhome.mission.intents import people as p


def feed_of(scene: Scene, name: str, *, secret_as_busy: bool = False) -> bytes:
    me = scene.house.as_member(scene[name])
    return feed(diary_of(me), now=me.now(), secret_as_busy=secret_as_busy)


def lived() -> Scene:
    """Neji is out on an open mission, trains each week with Choji, and has an offer that waits."""
    scene = Scene()
    scene.departs("Neji")
    scene.offer("Choji")
    training = p.PlanRoutine(
        member=scene["Neji"], what="training", companion=scene["Choji"], every_days=7, first=scene.now.plus(days=2)
    )
    scene.do("Neji", training)
    return scene


def test_a_feed_is_read_from_the_desk_as_its_owner() -> None:
    """Neji finds the mission he is on and his training; Choji the offer and the same training."""
    scene = lived()
    neji, choji = feed_of(scene, "Neji").decode(), feed_of(scene, "Choji").decode()
    assert "SUMMARY:Wayhome: Lost hiker" in neji and "STATUS:CONFIRMED" in neji
    assert "SUMMARY:Wayhome: answer: Lost hiker" in choji and "STATUS:NEEDS-ACTION" in choji
    assert all("SUMMARY:Wayhome: training" in made for made in (neji, choji))


def test_coming_home_ends_the_entry() -> None:
    """The entry lasts until they came home, and keeps its id."""
    scene = lived()
    before = feed_of(scene, "Neji").decode()
    scene.clock.forward(hours=0.5)
    scene.do("Neji", i.ArriveHome(mission=scene.mission, member=scene["Neji"]))
    after = feed_of(scene, "Neji").decode()
    assert "DTEND" not in before
    assert "DTEND;TZID=Europe/Andorra:20260301T093000" in after
    assert _ids(before) == _ids(after)


def _ids(made: str) -> set[str]:
    return {line for line in made.splitlines() if line.startswith("UID:")}


@pytest.mark.parametrize("name", ["Choji", "Shikamaru", "Shizune", "Tsunade"])
@pytest.mark.parametrize("departs", [False, True])
def test_two_worlds_one_feed(name: str, departs: bool) -> None:
    """Whoever is on a secret mission, everybody's feed is the same, byte for byte, as where there is none."""
    without, with_it = lived(), lived()
    secret = with_it.secret("Kagerou")
    if departs:
        with_it.departs("Shikamaru", secret)
    else:
        with_it.offer("Shikamaru", secret)
    assert feed_of(with_it, name) == feed_of(without, name)


def test_only_its_owner_s_wish_brings_the_hours_of_a_secret_mission() -> None:
    """Shikamaru, on a secret mission, may have its hours as busy; without the wish there is nothing."""
    scene = lived()
    before = feed_of(scene, "Shikamaru")
    scene.departs("Shikamaru", scene.secret("Kagerou"))
    assert feed_of(scene, "Shikamaru") == before
    busy = feed_of(scene, "Shikamaru", secret_as_busy=True).decode()
    assert "SUMMARY:Wayhome: open the desk" in busy
    assert "Kagerou" not in busy
