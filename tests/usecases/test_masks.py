"""Masks in everything that a member can read, hear or be told: the same bytes whatever the true name is."""

from __future__ import annotations

import inspect
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fakes.scene import HERE, Scene

from wayhome.mission.intents import field as fi
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import secrecy as s
from wayhome.usecases import keeping
from wayhome.usecases.ports import Ask
from wayhome.usecases.reading import READS, Reading
from wayhome.usecases.rows import NothingThere
from wayhome.usecases.standing import load
from wayhome.values.ids import Id

READERS = ("Tsunade", "Neji", "Choji", "Kotetsu")


def world_with(name: str, also: str) -> tuple[Scene, list[bytes]]:
    """The same mission with another true name; what open pages heard while it was told."""
    scene = Scene()
    mission = scene.mission
    scene.do("Shizune", m.DescribeSubject(mission=mission, fields={"name": name, "also_called": also}))
    scene.do("Shizune", s.MaskIdentity(mission=mission, label="the target"))
    listeners = [scene.house.following.join(scene[who]) for who in READERS]
    said = f"{name} at the ford, {also.upper()} again; so {name}'s"
    scene.do("Shizune", fi.LogLine(mission=mission, words=said))
    scene.do("Shizune", m.FileReport(mission=mission, source=f"a friend of {name}", words=f"{also} left"))
    for words in (f"{name} is alone", f"it holds for {also}", "the weather holds", f"{also} sleeps"):
        scene.do("Shizune", m.Assume(mission=mission, words=words))
    scene.accepts("Neji")
    scene.do("Shizune", m.WriteBriefing(mission=mission, words=f"Bring {name} home", cautions=(f"{also} bites",)))
    scene.do("Neji", m.AcknowledgeBriefing(mission=mission, member=scene["Neji"], version=1))
    scene.do("Neji", fi.Depart(mission=mission, member=scene["Neji"]))
    scene.form("Neji", name=f"Hunt {name}")
    for who in (name, "Alpha", also, "Zulu"):
        scene.clock.forward(minutes=1)
        scene.do("Shizune", fi.FormTeam(mission=mission, name=who))
        scene.do("Shizune", fi.ReportPlace(mission=mission, place=HERE, team=who))
        scene.do("Shizune", fi.ReportCasualty(mission=mission, who=who, condition=f"{name} did it"))
    scene.do("Shizune", m.RegradeMission(mission=mission, rank="B", reason=f"{also} has killed"))
    scene.do("the clock", fi.RaiseAlert(mission=mission, about="x", what="silence", words=f"{name} is silent"))
    scene.do("Shizune", fi.ReportFound(mission=mission, who=name, state="alive"))
    scene.do("Shizune", m.NoteOutcome(mission=mission, member=scene["Neji"], outcome=f"hurt by {also}"))
    return scene, [plain(scene, [frame.value for frame in one.take().frames]) for one in listeners]


def plain(scene: Scene, value: object) -> bytes:
    """As JSON. A line that the desk wrote has an id made of its words and of a key that nobody is ever shown: here
    that key is the same in both worlds, so those ids are counted instead."""
    text = msgspec.json.encode(value)
    for number, row in enumerate(scene.house.log.rows(Ask("line"), None)):
        if b'"sender":"desk"' in row.body:
            text = text.replace(row.key.encode(), f"line {number}".encode())
    return text


def everything(scene: Scene, who: str) -> dict[str, Any]:
    """Every read of the mission, of all missions, and of the member who was out."""
    me = scene.house.as_member(scene[who])
    found: dict[str, Any] = {}
    for name in sorted(READS):
        for arguments in _asked(name, scene):
            try:
                found[f"{name} {sorted(arguments)}"] = me.read(name, **arguments).value
            except NothingThere as error:
                found[f"{name} {sorted(arguments)}"] = str(error)
    return found


def _asked(name: str, scene: Scene) -> list[dict[str, Any]]:
    takes = inspect.signature(READS[name]).parameters
    needed = {key for key, one in takes.items() if one.default is inspect.Parameter.empty} - {"self"}
    of = {"mission": scene.mission, "member": scene["Neji"], "who": "the target", "line": Id("0" * 32)}
    if not needed <= of.keys():
        return []
    asked = [{key: of[key] for key in needed}]
    return [*asked, {"mission": scene.mission}] if "mission" in takes and not needed else asked


NAMES = st.text("abcdefghijklmnoprstuvwz", min_size=2, max_size=10).map(lambda rest: f"Qx{rest}")
"""No word that anybody says begins so: a name that is also a word of the mission would be masked in it, rightly."""


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(names=st.lists(NAMES, min_size=4, max_size=4, unique=True))
def test_nothing_that_is_read_or_heard_tells_one_name_from_another(names: list[str]) -> None:
    """Two worlds that differ in the true name alone are the same, byte for byte, for whoever is not told."""
    one, other = world_with(names[0], names[1]), world_with(names[2], names[3])
    assert one[1] == other[1]
    for who in READERS:
        first, second = everything(one[0], who), everything(other[0], who)
        differ = [key for key in first if plain(one[0], first[key]) != plain(other[0], second[key])]
        assert differ == [], who
        assert len(first) > 40
        text = msgspec.json.encode(first).decode().casefold()
        assert "the target" in text
    told = msgspec.json.encode(everything(one[0], "Shizune")).decode()
    assert names[0] in told


def test_the_worlds_say_the_name_in_every_kind_of_row() -> None:
    """The world above says the name where it can be said, or it would prove nothing."""
    scene, _ = world_with("Sasuke", "Hebi")
    views = {view for view in scene.house.log.views() for row in scene.house.log.rows(Ask(view), None)
             if b"Sasuke" in row.body or b"Hebi" in row.body}  # fmt: skip
    assert views >= {"mission", "line", "report", "assumption", "briefing", "team", "place", "casualty", "note",
                     "alarm", "found", "history", "mask"}  # fmt: skip


@pytest.fixture
def scene() -> Scene:
    return world_with("Sasuke", "Hebi")[0]


def test_searching_for_the_name_finds_nothing_and_for_the_label_everything(scene: Scene) -> None:
    """The words of a line are searched as they are read."""
    log = scene.house.as_member(scene["Neji"])
    assert log.read("log", mission=scene.mission, find="Sasuke").value == ()
    assert log.read("log", mission=scene.mission, find="the target").value
    assert log.read("track", mission=scene.mission, who="Sasuke").value == ()
    assert scene.house.as_member(scene["Shizune"]).read("log", mission=scene.mission, find="Sasuke").value


def test_over_a_way_that_others_overhear_everybody_reads_the_label(scene: Scene) -> None:
    """Who knows the name does not have it sent where others may listen."""
    reading = Reading(scene.house.log, scene.house.acting.standing, scene["Shizune"], scene.now, openly=True)
    assert reading.mission(scene.mission).value.subject["name"] == "the target"


def test_a_refusal_says_the_label_and_not_whether_a_guess_is_right(scene: Scene) -> None:
    """What a refusal takes from the record reads as everything else; what was typed comes back as it was typed."""
    guess = scene.refused("Neji", fi.ReportPlace(mission=scene.mission, place=HERE, team="Sasuke Hebi"))
    miss = scene.refused("Neji", fi.ReportPlace(mission=scene.mission, place=HERE, team="Itachi Hawk"))
    assert guess.text.replace("Sasuke Hebi", "Itachi Hawk") == miss.text


def test_whoever_is_told_hears_the_name_on_an_open_page_at_once(scene: Scene) -> None:
    """Being told makes an open page read everything again, and the next line comes with the name."""
    listener = scene.house.following.join(scene["Choji"])
    scene.do("Shizune", s.TellIdentity(mission=scene.mission, member=scene["Choji"]))
    assert listener.take().anew
    scene.do("Shizune", fi.LogLine(mission=scene.mission, words="Sasuke again"))
    frames = listener.take().frames
    assert [line.line.words for frame in frames for line in frame.value.lines] == ["Sasuke again"]


def test_a_mask_outlives_a_restart(scene: Scene) -> None:
    """Folded anew from the record, the same members read the label."""
    keeping.rebuild_rows(scene.house.log, scene.house.acting)
    assert scene.house.as_member(scene["Neji"]).read("mission", mission=scene.mission).value.subject["name"] == (
        "the target"
    )
    scene.house.acting.keep()
    assert load(scene.house.log).masked == {scene.mission}
    assert keeping.verify(scene.house.log) == []
