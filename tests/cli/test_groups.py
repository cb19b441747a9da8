"""Vehicles, petitions, the memorial, command and care."""

from __future__ import annotations

from tests.cli.houses import Desk

from wayhome.mission.intents.people import OpenFollowUp
from wayhome.values.ids import MissionId, PersonId


def test_vehicles(desk: Desk) -> None:
    """A vehicle is found by its name or how it begins, and its status is the organisation's own word."""
    desk.done("vehicle", "add", "Rescue 1", "--what", "4x4", "--seats", "5")
    desk.done("vehicle", "status", "rescue", "in the workshop")
    assert desk.json("vehicle", "list")[0]["status"] == "in the workshop"
    assert "no vehicle 'Bus'" in desk.refused("vehicle", "status", "Bus", "out")
    assert "0 to 500 seats" in desk.refused("vehicle", "add", "Ark", "--seats", "501")


def test_a_petition_is_made_seen_and_answered(desk: Desk) -> None:
    """S1.15: a petition is for the member and command; a granted one gives the role at their own wish."""
    desk.done("petition", "make", "teacher", "--why", "rather teach", who="Ana")
    assert desk.done("petition", "list", who="Marc") == "no petitions\n"
    assert "not yours to do" in desk.type("petition", "answer", "teacher", "granted", "--json", who="Ana")[1]
    desk.done("petition", "answer", "teacher", "granted", "--words", "from spring on")
    assert "granted: from spring on" in desk.done("petition", "list", who="Ana")
    assert desk.json("petition", "list", "--open") == []
    assert desk.json("member", "show", "Ana")["roles_since"][0]["wish"] == "own"
    assert "has its answer" in desk.refused("petition", "answer", "teacher", "declined")


def test_the_memorial_shows_what_the_family_lets_be_seen(desk: Desk) -> None:
    """What is veiled is not there, in the table or in JSON; veiling anew shows it again."""
    assert desk.done("memorial") == "nobody is on the memorial\n"
    desk.done("memorial", "add", "Dan", "--on", "2019-11-03", "--line", "He stayed.", "--close", "Ana")
    assert "He stayed." in desk.done("memorial", "list", who="Marc")
    desk.done("memorial", "veil", "Dan", "date", "line")
    assert "He stayed." not in desk.done("memorial")
    assert "2019" not in desk.done("memorial", "--json")
    desk.done("memorial", "veil", "Dan")
    assert "2019-11-03" in desk.done("memorial")
    assert "has not come yet" in desk.refused("memorial", "add", "Eve", "--on", "2027-01-01")


def test_command_passes_along_the_succession(desk: Desk) -> None:
    """Nobody takes command past somebody who is there; the handover is kept with its reason."""
    assert "could not pass on" in desk.done("command", "succession")
    desk.done("command", "succession", "set", "Ana", "Marc")
    assert "  1. Ana\n  2. Marc" in desk.done("command", "succession", "list")
    assert "stands before you" in desk.refused("command", "take", "--reason", "mine", who="Marc")
    desk.done("command", "take", "--reason", "she is hurt", who="Ana")
    assert "she is hurt" in desk.done("command", "history")
    assert desk.json("organisation")["commander_name"] == "Ana"


def test_follow_ups_are_for_the_member_and_carers(desk: Desk) -> None:
    """Command sees no follow-up; a carer sees those that are open to carers; what care lacks is said plainly."""
    ana = PersonId(desk.json("member", "show", "Ana")["member"]["member"])
    desk.done("member", "duties", "Marc", "carer")
    intent = OpenFollowUp(
        member=ana, mission=MissionId("m"), open_to_carers=True, reasons=("a death",), contacts=(desk.clock.now.day,)
    )
    desk.house.acting.do(intent, by=PersonId("clock"), now=desk.clock.now, key="follow-up")
    assert desk.json("care", "list") == []
    assert desk.json("care", "list", who="Marc")[0]["member_name"] == "Ana"
    assert desk.json("care", "list", "--mine", who="Marc") == []
    mine = desk.done("care", "--mine", who="Ana")
    assert "a death" in mine


def test_what_waits(desk: Desk) -> None:
    """Where nothing waits it says so; the organisation's page shows ranks and who commands."""
    assert desk.done("waiting") == "nothing waits for you\n"
    assert desk.json("waiting") == []
    assert "commands" in desk.done("organisation")
    assert desk.json("organisation")["name"] == "The Leaf"
    assert desk.done("whoami", who="Ana") == "Ana\n"
