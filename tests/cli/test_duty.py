"""`wayhome duty`: on and off duty, what follows from how one slept, and limits that were agreed."""

from __future__ import annotations

from datetime import date

from tests.cli.houses import Desk

from wayhome.mission.intents.care import HoldToLimit
from wayhome.values.ids import Id, PersonId


def test_on_and_off_duty(desk: Desk) -> None:
    """Signing on says how one slept; oneself reads it back, command reads a word and why; off duty nothing is left."""
    assert "you have not been on duty" in desk.done("duty", who="Ana")
    assert "counts as impaired" in desk.done("duty", "on", "--slept", "4.5", "--worked", "8", who="Ana")
    mine = desk.done("duty", "show", who="Ana")
    assert "4.5 h" in mine
    assert "impaired: deemed impaired: less than 5 h of sleep" in mine
    assert "by: Dawson" in mine
    (seen,) = desk.json("duty", "fitness")
    assert (seen["member_name"], seen["verdict"]) == ("Ana", "impaired")
    assert "4.5 h" not in desk.done("duty", "fitness")
    assert desk.json("duty", "fitness", who="Marc") == []
    assert "ask for a lift" in desk.done("duty", "off", "--driving", who="Ana")
    assert "nobody is signed on" in desk.done("duty", "fitness")
    assert "they are not signed on" in desk.refused("duty", "off", who="Ana")


def test_what_cannot_be_is_refused_in_words(desk: Desk) -> None:
    """Thirty hours of sleep, fewer than none, hours that are no number, waking in the future."""
    for slept in ("30", "-1", "nan", "inf"):
        assert "give a number from 0 to 24" in desk.refused("duty", "on", "--slept", slept, who="Ana")
    assert "nobody woke in the future" in desk.refused("duty", "on", "--awake-since", "2030-01-01T10:00", who="Ana")
    assert "for an operator to type" in desk.refused("duty", "on", "Ana", "--slept", "8", who="Marc")


def test_a_limit_is_seen_and_ended_by_its_member(desk: Desk) -> None:
    """Command reads whom somebody goes with and until when; only the member ends it."""
    ana, marc = (PersonId(desk.json("member", "show", name)["member"]["member"]) for name in ("Ana", "Marc"))
    limit = Id("f" * 32)
    held = HoldToLimit(member=ana, words="by day", until=date(2026, 6, 1), partner=marc, limit=limit)
    desk.house.as_member(ana).do(held)
    (seen,) = desk.json("duty", "limits")
    assert (seen["member_name"], seen["partner_name"], seen["asks"]) == ("Ana", "Marc", False)
    assert "2026-06-01" in desk.done("duty", "limits")
    assert "no limits that you can see" in desk.done("duty", "limits", who="Marc")
    assert "there is no limit" in desk.refused("duty", "end-limit", limit)
    desk.done("duty", "end-limit", limit, who="Ana")
    assert desk.json("duty", "limits", who="Ana") == []
