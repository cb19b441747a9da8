"""Masked identities: who reads the label, who the name."""

from __future__ import annotations

import pytest
from tests.fakes.scene import Scene

from wayhome.mission.intents import field as fi
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import secrecy as i
from wayhome.mission.need_to_know import identity_mark, names_in


@pytest.fixture
def scene() -> Scene:
    made = Scene()
    made.do("Shizune", m.DescribeSubject(mission=made.mission, fields={"name": "Sasuke Uchiha"}))
    made.do("Shizune", i.MaskIdentity(mission=made.mission, label="the target"))
    return made


def words(scene: Scene, who: str) -> list[str]:
    return [line.words for line in scene.house.as_member(scene[who]).read("log", mission=scene.mission).value]


def test_the_setter_and_the_owner_know_and_nobody_else(scene: Scene) -> None:
    """Who sets a mask, owns or leads the mission reads the name; all others the label."""
    scene.do("Shizune", fi.LogLine(mission=scene.mission, words="Sasuke Uchiha seen; UCHIHA's sandal, sasukes no"))
    assert words(scene, "Shizune") == ["Sasuke Uchiha seen; UCHIHA's sandal, sasukes no"]
    assert words(scene, "Neji") == ["the target seen; the target's sandal, sasukes no"]
    assert words(scene, "Tsunade") == words(scene, "Neji")


def test_whoever_is_told_reads_the_name_and_can_tell_on(scene: Scene) -> None:
    """The name is told by somebody who knows; whoever was told can tell it on."""
    scene.do("Shizune", fi.LogLine(mission=scene.mission, words="Sasuke seen"))
    scene.do("Shizune", i.TellIdentity(mission=scene.mission, member=scene["Neji"]))
    scene.do("Neji", i.TellIdentity(mission=scene.mission, member=scene["Choji"]))
    assert words(scene, "Choji") == ["Sasuke seen"]
    assert words(scene, "Kotetsu") == ["the target seen"]


def test_whoever_takes_command_is_told_with_it(scene: Scene) -> None:
    """A mission's new commander knows whom they hunt, and goes on knowing when command passes on."""
    scene.do("Tsunade", m.TakeMissionCommand(mission=scene.mission, member=scene["Shikamaru"], reason="he leads"))
    scene.do("Tsunade", m.TakeMissionCommand(mission=scene.mission, member=scene["Neji"], reason="he leads"))
    mark = identity_mark(scene.mission)
    held = {name for name in scene.ids if mark in scene.house.acting.standing.held(scene[name])}
    assert held == {"Shizune", "Shikamaru", "Neji"}
    read = scene.house.as_member(scene["Shikamaru"]).read("mask", mission=scene.mission).value
    assert set(read.known_by) == {scene[name] for name in held}


def test_the_mask_is_read_by_those_who_know_alone(scene: Scene) -> None:
    """The names under a mask are for those who know; for others there is nothing."""
    assert scene.house.as_member(scene["Neji"]).read("mask", mission=scene.mission).value is None
    held = scene.house.as_member(scene["Shizune"]).read("mask", mission=scene.mission).value
    assert held.label == "the target"
    assert held.names == ("Sasuke Uchiha", "Sasuke", "Uchiha")


def test_a_name_that_is_learnt_later_is_masked_too(scene: Scene) -> None:
    """Whatever the subject is called later on is under the mask at once."""
    scene.do("Shizune", m.DescribeSubject(mission=scene.mission, fields={"also_called": "the avenger, Hawk"}))
    scene.do("Shizune", fi.LogLine(mission=scene.mission, words="Hawk crossed the border"))
    assert words(scene, "Neji") == ["the target crossed the border"]


def test_a_label_sent_back_with_a_form_takes_no_name_away(scene: Scene) -> None:
    """Whoever reads the label and sends the whole form back does not write it over the name."""
    sent = {"name": "the target", "hair": "black"}
    scene.do("Neji", m.DescribeSubject(mission=scene.mission, fields=sent))
    assert scene.held.subject == {"name": "Sasuke Uchiha", "hair": "black"}


def test_another_label_later_keeps_what_was_masked(scene: Scene) -> None:
    """A new label goes over every name that was masked before."""
    scene.do("Shizune", i.MaskIdentity(mission=scene.mission, label="the runner", names=("Hebi",)))
    scene.do("Shizune", fi.LogLine(mission=scene.mission, words="Hebi, once Sasuke"))
    assert words(scene, "Neji") == ["the runner, once the runner"]


def test_names_of_a_subject() -> None:
    """A subject is written by the name, by each part of three letters or more, and by what else they are called."""
    assert names_in({"name": "Li van der Berg", "also_called": "Beri, the boy"}) == (
        "Li van der Berg",
        "van",
        "der",
        "Berg",
        "Beri",
        "the boy",
    )
    assert names_in({}) == ()


def test_the_words_of_the_label_are_never_masked(scene: Scene) -> None:
    """Whoever knows may describe the subject by the label: its words stay words, and no line becomes unreadable."""
    scene.do("Shizune", m.DescribeSubject(mission=scene.mission, fields={"name": "the target"}))
    scene.do("Shizune", fi.LogLine(mission=scene.mission, words="treat the healer first; target range; Sasuke"))
    assert words(scene, "Neji") == ["treat the healer first; target range; the target"]
    scene.do("Shizune", i.MaskIdentity(mission=scene.mission, label="the target"))
    scene.do("Shizune", fi.LogLine(mission=scene.mission, words="the rest"))
    assert words(scene, "Neji")[-1] == "the rest"
