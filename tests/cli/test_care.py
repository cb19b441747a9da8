"""Care from the command line: warm words, the screen first, the password where keys are gone, errors that help."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.houses import Desk, Shell
from tests.fakes.house import run_in


@pytest.fixture
def tended(desk: Desk) -> Desk:
    """Marc and Jordi are carers at the desk, Jordi a medic; Ana asked for somebody, and Marc looks after her."""
    desk.done("member", "duties", "Marc", "carer")
    desk.done("member", "duties", "Jordi", "carer", "medic")
    for carer in ("Marc", "Jordi"):
        desk.done("care", "who-reads", who=carer)
    desk.done("care", "admit", "Jordi", who="Marc")
    desk.done("care", "ask", who="Ana")
    desk.done("care", "take", "Ana", who="Marc")
    return desk


def test_the_screen_comes_before_the_first_word(tended: Desk) -> None:
    """Who will read it, what the law protects, how to stop and whom to call stand above the questions."""
    said = tended.done("care", "check-in", "--sleep", "badly", who="Ana")
    order = ["Whoever reads what you say here: Marc", "Privacy", "You can say later", "112", "Checked in"]
    places = [said.index(words) for words in order]
    assert places == sorted(places)


def test_four_questions_are_asked_one_by_one(tended: Desk) -> None:
    """By number, by word, or left out with Enter; what was left out is no answer, and not *no*."""
    typed = run_in(tended.house, ["care", "check-in"], "Ana", stdin=b"\n2\nyellow\n\n")
    assert typed[0] == 0, typed[2]
    assert typed[1].count("(Enter leaves it out)") == 4
    (said,) = tended.json("care", "mine", who="Ana")["check_ins"]
    assert (said["safe"], said["sleep"], said["colour"], said["need"]) == (None, "badly", "yellow", None)
    assert "safe: not answered, which is not a no" in tended.done("care", "mine", who="Ana")


def test_an_answer_that_is_none_is_told_which_there_are(tended: Desk) -> None:
    """A wrong answer names the right ones; nothing is stated."""
    assert "sleep is well, badly, hardly" in tended.refused("care", "check-in", "--sleep", "soso", who="Ana")
    assert tended.json("care", "mine", who="Ana")["check_ins"] == []


def test_not_safe_says_whom_to_call_at_once(tended: Desk) -> None:
    """The numbers stand there before anybody has answered, and the case shows that nobody has it."""
    said = tended.done("care", "check-in", "--safe", "no", who="Ana")
    assert "Nobody has been told yet: call 112." in said
    assert "NOBODY HAS IT YET" in tended.done("care", "show", "Ana", who="Marc")
    tended.done("care", "own", "Ana", who="Marc")
    assert "Marc has it" in tended.done("care", "mine", who="Ana")
    assert "It stays open until a second one" in tended.done("care", "over", "me", who="Ana")
    assert "two people have said so" in tended.done("care", "over", "Ana", who="Jordi")
    assert "NOT SAFE" not in tended.done("care", "mine", who="Ana")


def test_a_case_that_is_there_is_refused_like_one_that_is_not(tended: Desk) -> None:
    """Whoever has no part in it gets the same words, but for the name that they typed themselves."""
    for command in ("show", "contact", "refused"):
        rest = ["treatment"] if command == "refused" else []
        told = {tended.refused("care", command, name, *rest).replace(repr(name), "NAME") for name in ("Ana", "Jordi")}
        assert len(told) == 1, told


def test_an_export_is_for_its_owner_alone(tended: Desk, tmp_path: Path) -> None:
    """Readable or as data, in a file that nobody else of the machine can open, and never over another."""
    file = tmp_path / "mine.json"
    tended.done("care", "export", str(file), who="Ana")
    assert {one["fact"]["kind"] for one in json.loads(file.read_text())} >= {"CaseOpened", "SupporterTaken"}
    assert file.stat().st_mode & 0o077 == 0
    assert "is there already" in tended.refused("care", "export", str(file), who="Ana")
    assert "Marc: supporter taken" in tended.done("care", "export", "--text", who="Ana")


def test_erasing_asks_for_a_word(tended: Desk) -> None:
    """Without --yes it is typed out; then nothing is left to see."""
    refused = run_in(tended.house, ["care", "erase"], "Ana", secrets=("no",))
    assert "nothing was erased" in refused[2]
    assert run_in(tended.house, ["care", "erase"], "Ana", secrets=("ERASE",))[0] == 0
    assert "nothing is written of you" in tended.done("care", "mine", who="Ana")


def test_several_of_something_are_asked_which(tended: Desk) -> None:
    """Where one is meant and there are two, the listing is named; a single one needs no name."""
    assert "there is no promise" in tended.refused("care", "pass-on", who="Ana")
    for words in ("out together", "mornings off"):
        tended.done("care", "promise", "Ana", "Tsunade", words, who="Marc")
    assert "say which promise: `wayhome care mine` shows them" in tended.refused("care", "pass-on", who="Ana")
    tended.done("care", "pass-on", "mornings off", who="Ana")
    tended.done("care", "pass-on", who="Ana")
    assert [one["words"] for one in tended.json("care", "requests")] == ["mornings off", "out together"]


def test_the_password_is_asked_for_once_where_keys_are_gone(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command opens the folder anew, so its keys are not in memory: the password opens care, a wrong one not."""
    monkeypatch.delenv("WAYHOME_PASSWORD")
    shell.typed = ["tsunade-of-the-leaf"]
    assert "Nobody reads this yet" in shell.done("care", "who-reads")
    assert shell.typed == []
    shell.typed = ["wrong"]
    status, _, complaint = shell("care", "mine")
    assert status == 1
    assert "password" in complaint
