"""`wayhome know`, `tell` and `telling` as somebody types and reads them."""

from __future__ import annotations

from tests.fakes.house import run_in
from tests.fakes.scene import Scene

from wayhome.mission.intents import missions as m
from wayhome.values.ids import handle


def typed(scene: Scene, who: str, *line: str) -> str:
    status, out, err = run_in(scene.house, list(line), who)
    assert status == 0, err
    return out


def test_the_spreading_tree_is_drawn() -> None:
    """Each stands under whom they had it from, with lines that go on while somebody follows beside them."""
    scene = Scene()
    secret = scene.secret()
    scene.do("Shizune", m.ReadInMember(mission=secret, member=scene["Neji"]))
    scene.clock.forward(minutes=1)
    typed(scene, "Neji", "tell", "Choji", "that", "Kagerou", "--show", "--promise", "not a word")
    scene.clock.forward(minutes=1)
    typed(scene, "Shizune", "tell", "Shikamaru", "what for", "Kagerou", "--show")
    lines = typed(scene, "Shizune", "know", "Kagerou").splitlines()
    assert lines[:5] == [
        "Kagerou: 4 people know, and there is no ceiling: `wayhome mission ceiling` sets one",
        "Shizune: all; owner since 03-01 0900",
        "├─ Neji: all; read in since 03-01 0900",
        '│  └─ Choji: that; told since 03-01 0901; promised "not a word"; does not see it',
        "└─ Shikamaru: what for; told since 03-01 0902; does not see it",
    ]


def test_a_telling_is_told_on_promised_and_shown_by_its_letters() -> None:
    """The letters from the list stand for the telling everywhere; nobody else can use them."""
    scene = Scene()
    scene.secret()
    typed(scene, "Shizune", "tell", "Choji", "where and when", "Kagerou", "--about", "Neji")
    (held,) = scene.house.as_member(scene["Choji"]).read("tellings").value
    letters = handle(held.telling)
    assert letters in typed(scene, "Choji", "telling", "list")
    assert "Promised" in typed(scene, "Choji", "telling", "promise", letters, "not", "a", "word")
    typed(scene, "Choji", "tell", "Kotetsu", "that", "--of", letters)
    assert "see it" in typed(scene, "Shizune", "telling", "show", letters)
    assert "not a word" in typed(scene, "Shizune", "telling", "list", "Kagerou")
    status, _, err = run_in(scene.house, ["telling", "promise", letters, "x"], "Neji")
    assert (status, "that you can see" in err) == (1, True)


def test_one_too_many_says_what_to_type() -> None:
    """The refusal counts, and names the option by which it is overridden."""
    scene = Scene()
    scene.secret()
    typed(scene, "Shizune", "mission", "ceiling", "Kagerou", "--most", "1")
    for line in (["tell", "Choji", "that", "Kagerou"], ["mission", "read-in", "Kagerou", "Choji"]):
        status, _, err = run_in(scene.house, line, "Shizune")
        assert (status, "--override 'nobody else can'" in err) == (1, True)
    status, _, err = run_in(scene.house, ["offer", "make", "Kagerou", "Choji"], "Shizune")
    assert (status, "--exception.ceiling" in err) == (1, True)
    typed(scene, "Shizune", "mission", "read-in", "Kagerou", "Choji", "--override", "he is the only one")
    assert "2 people know, of at most 1, 1 too many" in typed(scene, "Shizune", "know", "Kagerou")


def test_an_open_mission_is_said_to_be_open() -> None:
    """There is nothing to keep, so there is nothing to count."""
    assert "open mission" in typed(Scene(), "Choji", "know", "Lost hiker")
