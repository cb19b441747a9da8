"""The board: the urgent first, who is out and who is late, and nothing of what is hidden or over."""

from __future__ import annotations

from typing import Any

from tests.cli.scene import MISSION, Scene


def board(scene: Scene, who: str = "Tsunade") -> Any:
    ids = {one.name: one.member for one in scene.house.as_member(scene.founder).read("callsigns").value}
    return scene.house.as_member(ids[who]).read("board").value


def test_the_board_says_who_is_out_and_who_is_home() -> None:
    """Whoever departed stands under out, longest due first; whoever is home or handed over under home."""
    scene = Scene()
    scene.under_way()
    scene.run("field", "start-home", MISSION, "Kiba", "--by", "+20m", who="Kiba")
    scene.run("field", "handover", MISSION, "Sakura", "--to", "the hospital")
    view = board(scene)
    assert [one.gone.member_name for one in view.out] == ["Kiba"]
    assert [one.gone.member_name for one in view.home] == ["Sakura"]
    assert not view.out[0].late
    assert view.out[0].mission_name == MISSION
    scene.clock.forward(minutes=31)
    view = board(scene)
    assert view.out[0].late
    assert view.missions[0].overdue == ("3",)


def test_the_urgent_stand_first_and_what_is_over_is_only_counted() -> None:
    """By urgency, then by state; a closed mission is not on the board but among those that are over."""
    scene = Scene()
    for name in ("Calm", "Urgent", "Done"):
        scene.run("mission", "new", name)
    scene.run("mission", "urgency", "Urgent", "water=yes")
    scene.run("mission", "close", "Done", "--reason", "all home")
    view = board(scene)
    assert [one.mission.name for one in view.missions] == ["Urgent", "Calm"]
    assert view.over == 1
    assert [one.name for one in view.recent] == ["Done"]


def test_answers_and_alarms_are_counted() -> None:
    """Offers that are open, thought over and accepted, and alarms nobody has answered, stand as figures."""
    scene = Scene()
    scene.mission()
    scene.run("offer", "make", MISSION, "Ino", "--by", "+2h")
    scene.run("field", "ask-backup", MISSION, "42.5,1.55", "three", "of", "them")
    (card,) = board(scene).missions
    assert (card.asked, card.thinking, card.accepted, card.alarms) == (1, 0, 2, 1)
    scene.run("offer", "answer", MISSION, "thinking", who="Ino")
    (card,) = board(scene).missions
    assert (card.asked, card.thinking) == (0, 1)


def test_a_secret_mission_is_on_no_outsiders_board() -> None:
    """Whoever is not read in has the same board as if it were not there: nor a name, nor a figure."""
    with_secret, without = Scene(), Scene()
    with_secret.under_way(secret=True)
    assert board(with_secret, "Ino") == board(without, "Ino")
    assert [one.mission.name for one in board(with_secret).missions] == [MISSION]
