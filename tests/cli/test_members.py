"""`wayhome member`: the roster as people work with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.houses import Desk


def test_a_member_added_is_on_the_board(desk: Desk) -> None:
    """Everything that was given when enrolling stands on the board or on the member's page."""
    desk.done("member", "add", "Núria", "--ref", "20", "--rank", "chuunin", "--callsign", "Falcon", "--phone",
              "+376 331 234", "--email", "n@team.org", "--language", "ca", "--duty", "medic",
              "--skill.medic", "3")  # fmt: skip
    board = desk.done("member", "list")
    row = next(line for line in board.splitlines() if "Núria" in line)
    assert row.split() == ["20", "Núria", "Falcon", "chuunin", "available", "-", "medic", "3", "-", "medic"]
    page = desk.json("member", "show", "Núria")
    assert page["personal"][0]["words"] == "+376 331 234, n@team.org"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["--skill", "medic:3"], ["Ana"]),
        (["--skill", "medic"], ["Ana", "Marc"]),
        (["--skill", "medic", "--skill", "tracking:1"], ["Marc"]),
        (["--status", "resting"], ["Marc"]),
        (["--rank", "Chuunin"], ["Jordi"]),
        (["--qualification", "aval"], ["Jordi"]),
        (["--named", "or"], ["Jordi"]),
        (["--named", "nobody"], []),
    ],
)
def test_filters_of_the_board(desk: Desk, words: list[str], names: list[str]) -> None:
    """Each filter keeps those to whom it applies; several must all apply; expired qualifications do not count."""
    desk.done("member", "skill", "Ana", "medic", "3")
    desk.done("member", "skill", "Marc", "medic", "1")
    desk.done("member", "skill", "Marc", "tracking", "2")
    desk.done("member", "status", "Marc", "resting", "--until", "tomorrow")
    desk.done("member", "rank", "Jordi", "chuunin")
    desk.done("member", "qualification", "Jordi", "Avalanche 2", "--awarded", "2025-01-10", "--expires", "2026-03-01")
    desk.done("member", "qualification", "Ana", "Avalanche 2", "--expires", "2026-02-28")
    assert [m["member_name"] for m in desk.json("member", "list", *words)] == names


def test_a_member_at_a_glance(desk: Desk) -> None:
    """S1.3: last field mission, who led it, how it went, role changes since and at whose wish, what never was."""
    desk.done("member", "history", "Ana", "mission", "--on", "2025-11-02", "--mission", "Coma Pedrosa",
              "--led-by", "Marc", "--outcome", "froze")  # fmt: skip
    desk.done("member", "role", "Ana", "teacher", "--wish", "own")
    desk.done("member", "role-end", "teacher", "--wish", "circumstance", "--reason", "the Academy closed")
    desk.done("member", "never", "Ana", "led")
    shown = desk.done("member", "show", "Ana")
    assert "last mission  2025-11-02 Coma Pedrosa, led by Marc: froze" in shown
    assert "never before  led" in shown
    assert "took the role teacher  own" in shown
    assert "lost the role teacher  circumstance   the Academy closed" in shown
    assert "Coma Pedrosa" in desk.done("member", "history", "Ana")


def test_a_new_name_keeps_what_was_not_said(desk: Desk) -> None:
    """Renaming keeps callsign, phone, e-mail and languages that are not given; "" takes one away."""
    desk.done("member", "add", "Núria", "--callsign", "Falcon", "--phone", "1234", "--email", "n@x.org")
    desk.done("member", "rename", "Núria", "Núria Font", "--phone", "5678")
    assert "(Falcon)" in desk.done("member", "show", "Núria Font")
    assert "5678, n@x.org" in desk.done("member", "personal", "Núria Font")
    desk.done("member", "rename", "Núria Font", "--email", "", "--callsign", "")
    assert "n@x.org" not in desk.done("member", "personal", "Núria Font")
    assert "(Falcon)" not in desk.done("member", "show", "Núria Font")


def test_leave_by_letter_is_on_the_board_and_its_letter_is_not(desk: Desk, tmp_path: Path) -> None:
    """S1.9: everybody sees the leave; the letter is for the member and command."""
    letter = tmp_path / "letter.txt"
    letter.write_text("I need the summer.", encoding="utf-8")
    desk.done("member", "leave", "me", "--letter", f"@{letter}", "--until", "2026-08-31", who="Ana")
    assert desk.json("member", "list", "--status", "leave", who="Marc")[0]["member_name"] == "Ana"
    assert "the summer" in desk.done("member", "letters", who="Ana")
    assert "the summer" in desk.done("member", "letters")
    assert desk.done("member", "letters", who="Marc") == "no letters that you can see\n"
    desk.clock.forward(days=185)
    assert "the summer" in desk.done("member", "letters", who="Ana")
    assert desk.json("member", "list", "--status", "leave") == []


def test_who_can_be_asked(desk: Desk) -> None:
    """What somebody said of a day counts on that day, whole, and on no other; for now unless a day is named."""
    desk.done("member", "unavailable", "Ana", "2026-03-07", "2026-03-08", "--words", "at a wedding")
    desk.done("member", "available", "Marc", "now", "+2h")

    def free(*day: str) -> list[str]:
        return [a["member_name"] for a in desk.json("member", "availability", *day, "--free")]

    assert "Ana" in free()
    assert "Ana" not in free("2026-03-07")
    assert "Ana" not in free("2026-03-08")
    assert "Ana" in free("2026-03-09")
    assert "at a wedding" in desk.done("member", "availability", "2026-03-07")


def test_a_routine_is_seen_by_both(desk: Desk) -> None:
    """S1.9: a routine is for the member and the companion, and nobody else."""
    desk.done("member", "routine", "me", "visit", "--every", "7", "--first", "tomorrow 15:00", "--companion", "Marc",
              who="Ana")  # fmt: skip
    assert "visit" in desk.done("member", "routines", who="Ana")
    assert "visit" in desk.done("member", "routines", who="Marc")
    assert desk.done("member", "routines", who="Jordi") == "no routines that you can see\n"


def test_what_is_ones_own(desk: Desk) -> None:
    """Medical notes are for the member and medics, homes for the roster's keepers; others see neither."""
    desk.done("member", "medical", "me", "penicillin", who="Ana")
    desk.done("member", "home", "me", "Canillo, 42.5660 1.5990", who="Ana")
    desk.done("member", "kin", "me", "Maria, mother", who="Ana")
    assert "penicillin" in desk.done("member", "personal", who="Ana")
    assert "penicillin" not in desk.done("member", "personal", "Ana")
    assert "Canillo" in desk.done("member", "personal", "Ana")
    assert desk.done("member", "personal", "Ana", who="Marc") == "nothing that you can see\n"
    assert "not yours to do" in desk.type("member", "kin", "Ana", "x", "--json", who="Marc")[1]


def test_days_that_weigh(desk: Desk) -> None:
    """S0.2: a date of one's own and a day on which one is not oneself can be said; a day that is none is refused."""
    assert "warned" in desk.done("member", "weighs", "11-03", "--say", "the avalanche", who="Ana")
    assert "warned" in desk.done("member", "not-myself", who="Ana")
    assert "2026-03-05" in desk.done("member", "not-myself", "--on", "2026-03-05", who="Ana")
    for day in ("02-30", "13-01", "0-0", "1111", "", "११-०३"):
        assert "no month and day" in desk.refused("member", "weighs", day, who="Ana")


def test_bonds(desk: Desk) -> None:
    """A bond stands in the list and on both pages."""
    desk.done("member", "bond", "Ana", "teaches", "Marc", "--says", "no lessons")
    assert desk.json("member", "bonds")[0]["says"] == "no lessons"
    assert "no lessons" in desk.done("member", "show", "Marc")


def test_duties(desk: Desk) -> None:
    """Duties are set anew as a whole; an unknown one is refused with those there are."""
    desk.done("member", "duties", "Ana", "medic", "operator")
    assert desk.json("member", "show", "Ana")["member"]["duties"] == ["medic", "operator"]
    desk.done("member", "duties", "Ana")
    assert desk.json("member", "show", "Ana")["member"]["duties"] == []
    assert "one of commander, clerk" in desk.refused("member", "duties", "Ana", "king")


def test_a_skill_of_level_nought_is_gone(desk: Desk) -> None:
    """Level 0 takes a skill away; a level beyond 5 is refused."""
    desk.done("member", "skill", "Ana", "medic", "3")
    desk.done("member", "skill", "Ana", "medic", "0")
    assert desk.json("member", "list", "--skill", "medic") == []
    assert "levels are 1 to 5" in desk.refused("member", "skill", "Ana", "medic", "6")


def test_erasing_asks_whether_it_is_meant(desk: Desk) -> None:
    """Without --yes nothing is erased; with it, name and contact are gone for everybody."""
    assert "--yes" in desk.refused("member", "erase", "Ana", "--reason", "left")
    desk.done("member", "erase", "Ana", "--reason", "left", "--yes")
    assert "Ana" not in desk.done("member", "list")


def test_a_password_is_set_from_the_environment(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password that is long enough lets its member sign in; a short one is refused in words."""
    monkeypatch.setenv("WAYHOME_NEW_PASSWORD", "short")
    assert "at least 8" in desk.refused("member", "password", "Ana")
    monkeypatch.setenv("WAYHOME_NEW_PASSWORD", "long enough")
    desk.done("member", "password", "Ana")
    assert desk.house.sign_in("Ana", "long enough")[1] == "Ana"


def test_an_invitation_is_given_out_listed_and_withdrawn(desk: Desk) -> None:
    """The link and its token are shown once; the list tells who was invited and until when, and never the token."""
    said = desk.done("member", "invite", "Ana")
    token = said.split("token")[1].split()[0]
    assert f"/invite/{token}" in said
    listed = desk.done("member", "invitations")
    assert ("Ana" in listed, "open" in listed, token in listed) == (True, True, False)
    assert desk.house.take_invitation(token, "long enough")[1] == "Ana"
    assert desk.json("member", "invitations")[0]["state"] == "used"
    again = desk.json("member", "invite", "Ana", "--hours", "2")
    assert (again["path"], again["hours"]) == (f"/invite/{again['token']}", 2)
    assert "withdrawn" in desk.done("member", "withdraw-invitation", "Ana")
    assert "no open invitation" in desk.refused("member", "withdraw-invitation", "Ana")
    assert desk.done("member", "invitations", who="Marc") == "nobody was invited, as far as you can see\n"
    for hours in ("0", "-1", "721", "nan"):
        assert "at most 720" in desk.refused("member", "invite", "Marc", "--hours", hours)
    assert "not yours to do" in desk.type("member", "invite", "Marc", "--json", who="Ana")[1]


def test_channels_are_set_and_shown_without_their_secrets(desk: Desk) -> None:
    """What was set is shown to its member alone, the password left out; what is no address is told by its number."""
    desk.done("member", "channels", "me", "mailto://ana:hidden@example.org", "ntfy://example.org/topic", who="Ana")
    shown = desk.done("member", "channels", who="Ana")
    assert ("mailto" in shown, "hidden" in shown) == (True, False)
    assert len(desk.json("member", "channels", who="Ana")) == 2
    assert "by their own member alone" in desk.refused("member", "channels", "Ana")
    wrong = desk.refused("member", "channels", "me", "ntfy://example.org/topic", "file:///etc/passwd", who="Ana")
    assert "channel 2: " in wrong
    assert "no addresses with it" in desk.refused("member", "channels", "me", "ntfy://x/y", "--none", who="Ana")
    desk.done("member", "channels", "Ana", "--none")
    assert "no channels" in desk.done("member", "channels", who="Ana")


def test_a_calendar_has_a_secret_address(desk: Desk) -> None:
    """The address is shown once and leads to its member until it is ended."""
    given = desk.json("member", "feed", who="Ana")
    assert given["path"] == f"/feed/{given['token']}.ics"
    assert desk.house.feed_viewer(given["token"]) is not None
    assert given["token"] in desk.done("member", "feed", who="Ana")
    desk.done("member", "feed", "--off", who="Ana")
    assert desk.house.feed_viewer(given["token"]) is None
