"""How a member is reached: channels and a calendar's secret address are theirs alone, and go when they are erased."""

from __future__ import annotations

from tests.fakes.scene import Scene

from wayhome.mission.intents import people as p
from wayhome.usecases import keeping

MAIL, PUSH = "mailto://naruto:secret@example.org", "ntfy://topic"


def own(scene: Scene, who: str) -> tuple[str, ...]:
    urls: tuple[str, ...] = scene.house.as_member(scene[who]).read("channels").value
    return urls


def test_channels_are_seen_by_their_member_alone() -> None:
    """Set by the member or typed by a clerk; not even whoever typed them, or commands, reads them back."""
    scene = Scene()
    scene.do("Neji", p.SetChannels(member=scene["Neji"], urls=(f" {MAIL} ", PUSH, PUSH)))
    assert own(scene, "Neji") == (MAIL, PUSH)
    scene.do("Kotetsu", p.SetChannels(member=scene["Neji"], urls=(PUSH,)))
    assert own(scene, "Neji") == (PUSH,)
    assert {own(scene, who) for who in ("Kotetsu", "Tsunade", "Shizune", "Choji")} == {()}
    assert scene.house.channels_of(scene["Neji"]) == (PUSH,)
    assert scene.house.channels_of(scene["a stranger"]) == ()


def test_channels_can_be_taken_away() -> None:
    """An empty list ends it."""
    scene = Scene()
    scene.do("Neji", p.SetChannels(member=scene["Neji"], urls=(MAIL,)))
    scene.do("Neji", p.SetChannels(member=scene["Neji"], urls=()))
    assert own(scene, "Neji") == ()


def test_a_refusal_repeats_no_secret() -> None:
    """What is wrong is told by its number, since an address may hold a password."""
    scene = Scene()
    refusal = scene.refused("Neji", p.SetChannels(member=scene["Neji"], urls=(PUSH, "naruto:secret@example.org")))
    assert (refusal.code, "channel 2" in refusal.text, "secret" in refusal.text) == ("no channel", True, False)


def test_a_feed_is_found_by_its_token_until_a_new_one_comes() -> None:
    """The address leads to its member; a new one takes its place, an empty digest ends it."""
    scene = Scene()
    me = scene.house.let_in(scene["Neji"])
    first = scene.house.new_feed(me)
    assert scene.house.feed_viewer(first) == scene["Neji"]
    second = scene.house.new_feed(me)
    assert (scene.house.feed_viewer(first), scene.house.feed_viewer(second)) == (None, scene["Neji"])
    scene.do("Neji", p.NewFeed(member=scene["Neji"], digest=""))
    assert [scene.house.feed_viewer(token) for token in (second, "", "never made")] == [None, None, None]


def test_what_reaches_somebody_goes_with_them() -> None:
    """Once erased, neither channels nor feed are left, and the record is sound."""
    scene = Scene()
    feed = scene.house.new_feed(scene.house.let_in(scene["Neji"]))
    scene.do("Neji", p.SetChannels(member=scene["Neji"], urls=(MAIL,)))
    scene.do("Tsunade", p.ErasePerson(member=scene["Neji"], reason="asked"))
    assert scene.house.feed_viewer(feed) is None
    assert scene.house.channels_of(scene["Neji"]) == own(scene, "Neji") == ()
    assert keeping.verify(scene.house.log) == []
