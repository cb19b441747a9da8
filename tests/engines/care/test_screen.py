"""What a member reads before the first word, and what stands there when they are not safe."""

from __future__ import annotations

from datetime import date

import pytest

from wayhome.engines.care.jurisdiction import KNOWN, CrisisNumber, Jurisdiction, jurisdiction_of
from wayhome.engines.care.screen import (
    QUESTIONS,
    UNANSWERED,
    VALUES,
    not_safe,
    said_before,
    screen,
    words_of,
)

EVERY_LAW = [*KNOWN, jurisdiction_of("Konoha")]


def test_four_questions() -> None:
    """Four taps: safe, sleep, colour, need, with the values that are stated in care, and a way to say nothing."""
    assert VALUES == {
        "safe": ("yes", "no"),
        "sleep": ("well", "badly", "hardly"),
        "colour": ("green", "yellow", "orange", "red"),
        "need": ("company", "time off", "visit", "money", "family", "professional", "nothing"),
    }
    assert all(words_of(name, None) == UNANSWERED for name in VALUES)
    assert words_of("sleep", "hardly") == "Hardly at all"


def test_no_words_of_symptoms() -> None:
    """Nothing that is asked names an illness, a symptom or a score."""
    said = " ".join(f"{q.words} {q.about} {' '.join(a.words for a in q.answers)}" for q in QUESTIONS).casefold()
    for word in ("trauma", "disorder", "depress", "anxi", "symptom", "score", "suicid", "nightmare", "ptsd"):
        assert word not in said


@pytest.mark.parametrize("law", EVERY_LAW, ids=[law.name or "none" for law in EVERY_LAW])
def test_before_the_first_word(law: Jurisdiction) -> None:
    """Before the first word stand who reads it, the level of protection, whether words are kept, and whom to call."""
    view = screen(law, ("Kakashi",))
    assert view.readers == ("Kakashi",)
    assert view.law == law.law
    assert view.law_words
    assert view.numbers
    assert all(one.number and "read on 20" in one.source for one in view.numbers)
    assert "No crisis line is listed" in view.profile_words
    lines = said_before(law, ("Kakashi",))
    assert lines[0] == "Whoever reads what you say here: Kakashi."
    assert law.law_words in lines
    assert any("Nothing you say is written down" in line for line in lines) is law.no_record
    assert (law.said in lines) is not law.known


def test_nobody_supports_yet() -> None:
    """With nobody to read it, that is said, rather than an empty list."""
    assert "Nobody reads this yet but you" in said_before(jurisdiction_of("eu"), ())[0]


@pytest.mark.parametrize("law", EVERY_LAW, ids=[law.name or "none" for law in EVERY_LAW])
@pytest.mark.parametrize("sent", [True, False])
def test_not_safe_says_first_whom_to_call(law: Jurisdiction, sent: bool) -> None:
    """Until a human being has it, the first line says that nobody has been told and whom to call, sent or not."""
    lines = not_safe(law, sent=sent)
    assert lines[0].startswith("Nobody has been told yet: call ")
    assert all(number.number in lines[0] for number in law.emergency)
    assert any("has reached nobody" in line for line in lines) is not sent


def test_not_safe_with_somebody_there() -> None:
    """Once somebody has it, their name comes first, the number stays, and it is not said that nobody knows."""
    lines = not_safe(jurisdiction_of("eu"), sent=True, owner_name="Kakashi")
    assert lines[0] == "Kakashi has it, and is with you or on the way."
    assert not any("Nobody has been told" in line for line in lines)
    assert any(line.startswith("112") for line in lines)


def test_the_organisations_own_line_comes_first() -> None:
    """A crisis line that the organisation gave, with source and day, is called before the emergency number."""
    own = CrisisNumber("the line of our county", "555 0100", "our county's leaflet", date(2026, 5, 1))
    lines = not_safe(jurisdiction_of("us-wa", (own,)), sent=False)
    assert lines[0] == "Nobody has been told yet: call 555 0100 or 911."
    assert screen(jurisdiction_of("us-wa", (own,)), ()).numbers[0].source == "our county's leaflet, read on 2026-05-01"
