"""What the law of a place asks of care, and that an unknown place is held to the strictest of all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.engines.care.errors import CareError
from wayhome.engines.care.jurisdiction import (
    KNOWN,
    LEVELS,
    CrisisNumber,
    Jurisdiction,
    jurisdiction_of,
    kept_until,
    may_break_glass,
)

RANKED = tuple(LEVELS)


@pytest.mark.parametrize("one", KNOWN, ids=[one.name for one in KNOWN])
def test_each_names_its_source(one: Jurisdiction) -> None:
    """Every known jurisdiction has sources, a law in plain words, an emergency number, and the reasons of its own."""
    known = jurisdiction_of(one.name)
    assert known.known
    assert not known.said
    assert known.sources
    assert known.law_words.startswith(LEVELS[known.law])
    assert known.emergency
    assert all(number.source for number in known.emergency)
    assert all(reason.source for reason in known.break_glass)


def test_who_was_there_does_not_support_in_colorado_and_washington() -> None:
    """Colorado and Washington keep whoever was on the same mission apart; Montana and the GDPR do not ask it."""
    assert {one.name for one in KNOWN if one.same_mission_excluded} == {"us-co", "us-wa"}
    assert "CRS 12-30-125(1)(a) to (c)" in jurisdiction_of("Colorado").sources[0]


def test_montana_writes_nothing_down() -> None:
    """Montana is the one whose law forbids recording a session, and says so to the member."""
    assert [one.name for one in KNOWN if one.no_record] == ["us-mt"]
    assert "only that contact took place" in jurisdiction_of("us-mt").law_words


@pytest.mark.parametrize("name", ["", "Konoha", "us-zz", "   ", "us\x00co", "e" * 5000, "١١٢"])
def test_an_unknown_place_is_held_to_the_strictest(name: str) -> None:
    """A name that says nothing here gives the strictest of each rule, promises the least, and says so."""
    strict = jurisdiction_of(name)
    assert not strict.known
    assert "the strictest rules of all hold" in strict.said
    assert len(strict.said) < 600
    for one in KNOWN:
        assert strict.same_mission_excluded >= one.same_mission_excluded
        assert strict.no_record >= one.no_record
        assert strict.trained_only >= one.trained_only
        assert strict.keep_months <= one.keep_months
        assert RANKED.index(strict.law) <= RANKED.index(one.law)
        assert {reason.code for reason in strict.break_glass} <= {reason.code for reason in one.break_glass}
    assert {number.number for number in strict.emergency} == {"112", "911", "999"}


@given(st.text(max_size=40))
def test_any_name_has_an_answer(name: str) -> None:
    """Whatever a profile names, there is an answer with a number to call; unknown ones are never said to be known."""
    found = jurisdiction_of(name)
    assert found.first_to_call()
    assert found.known == (found.name in {one.name for one in KNOWN})


def test_names_people_use() -> None:
    """A jurisdiction is found by the names people use, however they write them."""
    assert jurisdiction_of("  GDPR ").name == "eu"
    assert jurisdiction_of("us-CO").name == "us-co"
    assert jurisdiction_of("United  Kingdom").emergency[0].number == "999"


def test_no_crisis_line_is_made_up() -> None:
    """Nothing ships a crisis line; without one that is said, and an organisation's own comes first."""
    bare = jurisdiction_of("eu")
    assert bare.numbers == ()
    assert "No crisis line is listed" in bare.numbers_words()
    own = CrisisNumber("the line of our county", "+376 55 01 23", "our county's leaflet", date(2026, 5, 1))
    found = jurisdiction_of("eu", (own,))
    assert [one.number for one in found.first_to_call()] == ["+376 55 01 23", "112"]
    assert not found.numbers_words()


@pytest.mark.parametrize(
    ("words", "number", "source"),
    [("", "112", "leaflet"), ("line", "", "leaflet"), ("line", "112", " "), ("line", "call us", "leaflet")],
)
def test_a_crisis_number_needs_all_of_it(words: str, number: str, source: str) -> None:
    """A crisis number without words, digits or source is refused."""
    with pytest.raises(CareError):
        CrisisNumber(words, number, source, date(2026, 5, 1))


def test_only_named_reasons_break_the_glass() -> None:
    """A reason that the jurisdiction does not know is refused with those that it knows."""
    assert may_break_glass(jurisdiction_of("us-wa"), "death or substantial harm").source.startswith("RCW")
    with pytest.raises(CareError, match="the reasons are consent, vital interests"):
        may_break_glass(jurisdiction_of("eu"), "the commander asked")


def test_the_clock_of_keeping() -> None:
    """The clock of keeping starts when a case closes or its member leaves, never before the last contact offered."""
    law = jurisdiction_of("eu")
    last = date(2026, 6, 1)
    assert kept_until(law, closed=None, left=None, last_contact=last) is None
    assert kept_until(law, closed=None, left=date(2026, 4, 10), last_contact=last) == date(2027, 6, 1)
    assert kept_until(law, closed=date(2026, 8, 31), left=None, last_contact=last) == date(2027, 8, 31)
    assert kept_until(law, closed=date(2028, 2, 29), left=date(2028, 5, 1), last_contact=last) == date(2029, 2, 28)
