"""Profiles: an organisation's words, checked whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.formats.errors import BadProfile
from wayhome.formats.logline import LineReader
from wayhome.formats.profile import decode_profile
from wayhome.values.when import Moment

SMALL = """
name = "Test team"
zone = "Europe/Andorra"
member_ranks = [{ name = "novice" }, { name = "leader" }]
mission_ranks = [{ name = "grave", least = "leader", grave = true }]
[canned]
F1 = "gone fishing"
[[statuses]]
status = "gone fishing"
also = ["fishing"]
[triage]
red = ["now"]
"""


def test_a_profile_gives_scales_and_words() -> None:
    """Ranks become scales, words the words of a log line."""
    profile = decode_profile(SMALL)
    assert profile.scales().member_ranks == ("novice", "leader")
    assert profile.scales().mission_ranks[0].grave
    reader = LineReader(profile.log_words(teams=("Team 1",)))
    assert reader.read("1 > base: fishing", Moment(0)).status == "gone fishing"
    assert reader.read("1 F1", Moment(0)).status == "gone fishing"
    assert reader.read("1 casualty triage now", Moment(0)).triage == "red"
    assert profile.title("commander") == "commander"


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ("name = ", "not TOML"),
        ("", "missing required field `name`"),
        ('name = "x"\nranks = 3', "unknown field `ranks`"),
        ('name = "x"\nmember_ranks = [{ title = "a" }]', r"\$\.member_ranks\[0\]|\$\.member_ranks\[...\]"),
        ('name = "x"\nmember_ranks = [{ name = "a" }, { name = "A" }]', "'A' twice"),
        ('name = "x"\nmember_ranks = [{ name = " " }]', "without a name"),
        ('name = "x"\nmission_ranks = [{ name = "a", least = "b" }]', "no member rank"),
        ('name = "x"\nskills = [{ name = "a" }]', "healer_skill"),
        ('name = "x"\nqualifications = [{ name = "a", asks = ["b"] }]', "not listed"),
        ('name = "x"\nqualifications = [{ name = "a", months = 0 }]', "0 months"),
        ('name = "x"\n[canned]\nF13 = "a"', "F1 to F12"),
        ('name = "x"\n[triage]\npurple = ["a"]', "one of red"),
        ('name = "x"\nzone = "Mars/Base"', "no time zone"),
        ("a = " + "[" * 100_000, "deeply|not TOML"),
    ],
)
def test_wrong_profiles_say_what_is_wrong(toml: str, reason: str) -> None:
    """A wrong profile is refused with where and what."""
    with pytest.raises(BadProfile, match=reason):
        decode_profile(toml)


@given(st.text())
def test_any_text_is_a_profile_or_refused(text: str) -> None:
    """No text breaks the reader."""
    with pytest.raises(BadProfile):
        decode_profile(text)


def test_whose_law_care_keeps_to() -> None:
    """A profile names its jurisdiction and its own numbers to call; without a name the strictest of all holds."""
    told = 'crisis_numbers = [{ words = "our line", number = "555 0100", source = "leaflet", read_on = 2026-05-01 }]'
    law = decode_profile(f'name = "Test"\njurisdiction = "us-wa"\n{told}').law()
    assert law.words == "Washington, United States"
    assert [one.number for one in law.first_to_call()] == ["555 0100", "911"]
    assert not decode_profile('name = "Test"').law().known
    assert "'Konoha' is not known here" in decode_profile('name = "Test"\njurisdiction = "Konoha"').law().said


@pytest.mark.parametrize(
    "line",
    [
        '{ words = "our line", number = "call us", source = "leaflet", read_on = 2026-05-01 }',
        '{ words = "our line", number = "555 0100", source = "", read_on = 2026-05-01 }',
        '{ words = "our line", number = "555 0100", source = "leaflet" }',
        '{ words = "our line", number = "555 0100", source = "leaflet", read_on = "last year" }',
    ],
)
def test_a_number_without_digits_source_or_day(line: str) -> None:
    """A number to call that nobody could call, or without its source or day, is refused with the place."""
    with pytest.raises(BadProfile, match="crisis_numbers"):
        decode_profile(f'name = "Test"\ncrisis_numbers = [{line}]')
