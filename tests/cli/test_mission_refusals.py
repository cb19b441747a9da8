"""Whatever is wrong with a command of the mission side is said in words, and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.scene import ARABIC, JAPANESE, MISSION, Scene
from tests.cli.test_mission_side import GROUPS

from wayhome.cli.main import build
from wayhome.values.ids import handle

HOSTILE = (
    "\x1b]0;pwned\x07\x1b[2J",
    "x" * 1_000_000,
    "\udcff",
    "a\0b",
    "",
    " ",
    "-1",
    "😀" * 500,
    "\u202eabc",
    "../../x",
)
M = MISSION
HERE = Scene()
HERE.under_way()
HERE.run("log", "add", M, "3: clue a boot")
HERE.run("mission", "new", "Other")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("mission", "show", "Nowhere"), "no mission 'Nowhere'"),
        (("mission", "new", ""), "is empty"),
        (("mission", "new", "A", "--rank", "Z"), "is no mission rank here"),
        (("mission", "new", "A", "--place", "31T ZZ 1 2"), "is not a place"),
        (("mission", "new", "A", "--place", "99,500"), "is not a place"),
        (("mission", "plan", M, "--need", "medic:9:1"), "levels are 1 to 5"),
        (("mission", "plan", M, "--need", "medic:much"), "is no need"),
        (("mission", "plan", M, "--need", ":::"), "is no need"),
        (("mission", "plan", M, "--people", "six"), "is no number of people"),
        (("mission", "plan", M, "--people", "6-4"), "cannot hold"),
        (("mission", "plan", M, "--hours", "nan"), "lasts more than nothing"),
        (("mission", "plan", M, "--home-by", "2020-01-01T12:00"), "has passed"),
        (("mission", "plan", M, "--home-by", "soon"), "is no time"),
        (("mission", "urgency", M, "age=17"), "cannot be '17'"),
        (("mission", "urgency", M, "age"), "is no KEY=VALUE"),
        (("mission", "urgency", M, "age=adult", "age=adult"), "said twice"),
        (("mission", "urgency", M, "shoe=42"), "no question shoe"),
        (("mission", "subject", M, "age=old"), "takes a whole number"),
        (("mission", "subject", M, "colour=red"), "no field colour"),
        (("mission", "ipp", M, "42.5,1.5", "--seen", "2030-01-01T12:00"), "in the future"),
        (("mission", "ipp", M, "--seen", "08:00"), "is not a place"),
        (("mission", "read-in", M, "Ino"), "open mission is for everybody"),
        (("mission", "brief", M, "@/nowhere/x.txt"), "no such file"),
        (("mission", "brief", M), "is empty"),
        (("mission", "brief", M, "x", "--because", "Nobody=reason"), "no member"),
        (("mission", "briefing", M, "--version", "7"), "no such briefing"),
        (("mission", "briefing", "Other"), "none has been written"),
        (("mission", "acknowledge", M, "Kiba", "--read", "7"), "how Kiba's reply reached you"),
        (("mission", "acknowledge", M, "Kiba", "--channel", "radio", "--read", "7"), "is at version 1"),
        (("mission", "suspend", M, "--reason", "night"), "what would reopen"),
        (("mission", "resume", M, "--reason", "x"), "cannot become under way"),
        (("mission", "refuse", M, "--reason", "x"), "cannot become refused"),
        (("mission", "close", M, "--reason", "done"), "2 are not home or handed over: Kiba, Sakura"),
        (("mission", "close", M), "--reason"),
        (("mission", "settle", M, "nothing", "so"), "no conflict"),
        (("mission", "lift", M, "Ino", "--reason", "x"), "is not held back"),
        (("propose", M, "--next", "0"), "at least one"),
        (("propose", M, "--base", "over there"), "is not a place"),
        (("team", "form", M, "3", "Kiba"), "a team 3 in this mission already"),
        (("team", "form", M, "4", "Ino"), "has accepted no offer"),
        (("team", "form", M, "4", "Kiba", "--leader", "Sakura"), "one of the team"),
        (("team", "form", M, "4", "Kiba", "--overdue", "0"), "1 to 1440"),
        (("team", "change", M, "3", "Sakura"), "name who does, --leader"),
        (("team", "change", M, "9", "Sakura"), "no team '9'"),
        (("field", "depart", M, "Kiba"), "departed already"),
        (("field", "depart", M, "Ino"), "accepted no offer"),
        (("field", "home", M, "Ino"), "is not out"),
        (("field", "home", M, "Kiba"), "how Kiba's reply reached you"),
        (("field", "start-home", M, "Kiba", "--by", "2020-01-01T12:00"), "has passed"),
        (("field", "sign-out", M, "Kiba"), "is not signed in"),
        (("field", "watch", M, "Kiba", "often"), "whole minutes"),
        (("field", "watch", M, "Kiba", "0"), "1 minute to a week"),
        (("field", "place", M, "42.5,1.5", "--at", "2030-01-01T10:00"), "not come yet"),
        (("field", "place", M, "42.5,1.5", "--member", "Kiba", "--team", "3"), "one of them"),
        (("field", "track", M, "9"), "no place of '9'"),
        (("field", "found", M, "Ana", "--state", "fine"), "alive, hurt, dead or not said"),
        (("field", "fallen", M, "Kiba"), "is empty"),
        (("field", "vehicle-take", M, "Rescue-9"), "no vehicle"),
        (("field", "send-backup", M, "anything", "Ino", "--arrives", "+5m"), "no backup asked for"),
        (("field", "ask-backup", M, "42.5,1.5", "help", "--people", "0"), "1 to 500"),
        (("field", "backup", M, "42.5,1.5", "--pursuer", "Kiba", "--most-wait-h", "0"), "must lie above 0"),
        (("clue", "add", M, "x", "--do", "eat"), "'eat'"),
        (("clue", "withdraw", M, "9", "--reason", "x"), "no clue '9'"),
        (("casualty", "add", M), "say who is hurt"),
        (("casualty", "add", M, "Ana", "--triage", "blue"), "'blue'"),
        (("casualty", "treat", M, "Nobody", "x"), "no casualty"),
        (("alarm", "answer", "ABCDEF", "x"), "no alarm"),
        (("report", "hear", M, "x", "--source", "y", "--grade", "sure"), "seen, hearsay, unknown"),
        (("report", "hear", M, "x", "--source", "y", "--sure", "101"), "0 to 100"),
        (("report", "hear", M, "x", "--source", "y", "--at", "2030-01-01T10:00"), "not come yet"),
        (("report", "release", M, "x", "y"), "no testimony"),
        (("report", "fail", M, "x", "y"), "no assumption"),
        (("report", "draft", M, "x", "--came-as", "dream"), "typed, pasted, photo"),
        (("report", "exposure", M, "Kiba", "fun"), "say what happened, of"),
        (("report", "pdf", M, "/nowhere/x.pdf"), "no report yet"),
        (("report", "log-pdf", M, "/nowhere/x.pdf"), "cannot be written"),
        (("report", "briefing-pdf", "Other", "x.pdf"), "no briefing has been written"),
    ],
)
def test_what_is_wrong_is_said(line: tuple[str, ...], words: str) -> None:
    """Each mistake is answered with what is wrong and what to do instead, and exit 1 or 2."""
    said = HERE.refuse(*line)
    assert words in said.replace("there is no report yet", "no report yet"), said


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("group", GROUPS)
def test_no_hostile_word_breaks_a_command(group: str, typed: str, tmp_path: Path) -> None:
    """Control characters, a megabyte, bytes that are no text: every command answers in words, whatever is typed."""
    scene = HERE
    app = build()
    names = [""] if group == "propose" else [name for name in app[group] if not name.startswith("-")]
    for name in names:
        for line in ([typed], [M, typed], [M, typed, typed, "--reason", typed], [M, "Kiba", typed]):
            words = [group, *([name] if name else []), *line]
            if name == "read" or name.endswith(("pdf", "csv")):
                words = [*words[:3], str(tmp_path / "nowhere" / "x")]
            scene.answers(*words)


def test_nobody_is_offered_a_mission_on_leave() -> None:
    """An offer to somebody on leave is refused, and so is sending them as backup."""
    scene = Scene()
    scene.under_way()
    scene.run("member", "leave", "Ino", "--letter", "rest", "--until", "2026-04-01")
    assert "Ino is on leave" in scene.refuse("offer", "make", M, "Ino")
    scene.run("field", "ask-backup", M, "42.5,1.5", "one of us is hurt")
    assert "send somebody else" in scene.refuse("field", "send-backup", M, "one of us", "Ino", "--arrives", "+30m")


def test_two_cannot_take_the_last_place() -> None:
    """Where two were asked for one place, the second who accepts is told that it is taken."""
    scene = Scene()
    scene.run("mission", "new", M)
    scene.run("mission", "plan", M, "--people", "1-1")
    scene.run("offer", "make", M, "Kiba")
    scene.run("offer", "make", M, "Ino")
    scene.run("offer", "answer", M, "accepted", who="Kiba")
    assert "all 1 places" in scene.refuse("offer", "answer", M, "accepted", who="Ino")


def test_it_closes_once_everybody_is_home() -> None:
    """A mission with one person out does not close; with everybody home or handed over it does."""
    scene = Scene()
    scene.under_way()
    scene.run("field", "home", M, who="Kiba")
    assert "1 is not home or handed over: Sakura" in scene.refuse("mission", "close", M, "--reason", "found")
    scene.run("field", "handover", M, "Sakura", "--to", "the hospital")
    scene.run("mission", "close", M, "--reason", "found")
    assert scene.rows("mission", "show", M)["state"] == "closed"


def test_nobody_departs_unbriefed() -> None:
    """Whoever has not acknowledged the last briefing does not depart."""
    scene = Scene()
    scene.mission()
    scene.run("mission", "brief", M, "Search the ford")
    assert "not acknowledged briefing 2" in scene.refuse("field", "depart", M, who="Kiba")


def test_a_secret_mission_is_nowhere_for_others() -> None:
    """Asked for by name, a secret mission and one that never was are refused in the same words."""
    scene = Scene()
    scene.under_way(secret=True)
    for command in (("mission", "show"), ("log", "list"), ("field", "out"), ("alarm", "list"), ("propose",)):
        hidden = scene.refuse(*command, M, who="Ino")
        absent = scene.refuse(*command, "Never was", who="Ino")
        assert hidden.replace(M, "X") == absent.replace("Never was", "X")
    assert scene.run("mission", "list", who="Ino") == "no missions\n"
    assert scene.run("alarm", "list", who="Ino") == "no alarms\n"


def test_silence_raises_an_alarm_until_it_is_answered() -> None:
    """Whoever is listened for and silent raises an alarm, which is answered by its letters and once."""
    scene = Scene()
    scene.under_way()
    scene.run("field", "watch", M, "Kiba", "30")
    scene.clock.forward(minutes=31)
    alarms = {alarm["what"]: alarm for alarm in scene.rows("alarm", "list", "--unanswered")}
    assert set(alarms) == {"silence", "team overdue"}
    letters = handle(alarms["silence"]["alarm"])
    scene.run("alarm", "answer", letters, "heard on the other channel")
    assert "no alarm" in scene.refuse("alarm", "answer", letters, "again")


def test_names_of_any_script_are_held_back() -> None:
    """A member with an Arabic or Japanese name is held back and lifted like any other."""
    scene = Scene()
    scene.run("mission", "new", M)
    for name in (ARABIC, JAPANESE):
        scene.run("mission", "hold-back", M, name, "--reason", "hurt")
        assert "is held back: hurt" in scene.refuse("offer", "make", M, name)


def test_a_refusal_is_followed_by_what_to_type() -> None:
    """The rules speak to every face; the command line adds the option that mends it."""
    scene = Scene()
    scene.under_way()
    assert "--reopens-when" in scene.refuse("mission", "suspend", M, "--reason", "night")
    scene.enrol("Konohamaru", rank="genin")
    scene.run("mission", "regrade", M, "S", "--reason", "worse")
    assert "--exception.rank" in scene.refuse("offer", "make", M, "Konohamaru")
