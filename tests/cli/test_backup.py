"""Backup at a terminal: as it is asked, both futures; the asking stands whatever can be said of them."""

from __future__ import annotations

from tests.cli.scene import MISSION, Scene

PLACE = "42.5,1.55"


def test_asking_says_at_once_who_could_come_and_what_waiting_comes_to() -> None:
    """Asked for somebody who is there: going on, waiting, who could come, who cannot; it is on record for others."""
    scene = Scene()
    scene.under_way()
    scene.run("member", "status", "Ino", "leave")
    said = scene.run("field", "ask-backup", MISSION, PLACE, "two behind me", "--for", "Kiba")
    parts = (
        "Backup asked",
        "GO    Go on now: 1 person",
        "WAIT  nobody is known",
        "travel time not known",
        "Cannot come",
    )
    assert [said.index(part) for part in parts] == sorted(said.index(part) for part in parts)
    assert "Sakura" in said and "Ino" in said[said.index("Cannot come") :]
    assert [one["engine"] for one in scene.rows("mission", "advice", MISSION)] == ["tasking.backup"]


def test_asked_for_nobody_in_particular_nothing_is_compared() -> None:
    """Nobody is named who is there, and whoever asks is not out: asked, told so, and nothing made up."""
    scene = Scene()
    scene.under_way()
    said = scene.run("field", "ask-backup", MISSION, PLACE, "a litter")
    assert "Nobody is named who is there" in said and "Go on now" not in said
    assert scene.rows("field", "ask-backup", MISSION, PLACE, "two more", "--for", "Kiba")["made"]
