"""What a member sees before the first word, what they are asked, and what stands there when somebody is not safe.

The words are data for every face. Nothing here asks for symptoms, and nothing here is added up.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from wayhome.engines.care.jurisdiction import Jurisdiction
from wayhome.engines.care.shapes import NumberView, ScreenView


class Answer(msgspec.Struct, frozen=True):
    """One tap: the value that is stated, and how it is said."""

    value: str
    words: str


class Question(msgspec.Struct, frozen=True):
    """One of the four. `answers` in the order shown; each may be left unanswered, which is not *no*."""

    name: Literal["safe", "sleep", "colour", "need"]
    words: str
    answers: tuple[Answer, ...]
    about: str = ""


QUESTIONS: tuple[Question, ...] = (
    Question(
        "safe",
        "Are you safe now?",
        (Answer("yes", "Yes, I am safe"), Answer("no", "No, I am not safe")),
        "If you are not, whom to call stands here at once, with or without a link.",
    ),
    Question(
        "sleep",
        "How are you sleeping?",
        (Answer("well", "Well enough"), Answer("badly", "Badly"), Answer("hardly", "Hardly at all")),
    ),
    Question(
        "colour",
        "Which colour is it today?",
        (
            Answer("green", "Green: I am all right"),
            Answer("yellow", "Yellow: it is hard, and I manage"),
            Answer("orange", "Orange: it is too much, and I would like company"),
            Answer("red", "Red: I cannot carry this by myself"),
        ),
        "Your own choice. Nobody works it out for you, and nobody adds it up.",
    ),
    Question(
        "need",
        "What would help?",
        (
            Answer("company", "Company"),
            Answer("time off", "Time off"),
            Answer("visit", "A visit"),
            Answer("money", "Help with money"),
            Answer("family", "Help for my family"),
            Answer("professional", "Somebody who does this for a living"),
            Answer("nothing", "Nothing just now"),
        ),
    ),
)
"""The four questions of the check-in. The four colours are those of the Stress Continuum; the words are our own."""

UNANSWERED = "not answered, which is not a no"
EVERY_TAP_IS_FREE = "Answer as many as you like, or none. What you leave out counts for nothing, either way."
NO_RECORD = "Nothing you say is written down: only that contact took place, and the next date."
NOBODY_YET = "Nobody reads this yet but you. Once somebody supports you, you see their name here first."
DESK_KNOWS = (
    "The desk of care knows that somebody looks after you, who, and when you are not safe; never what you said. "
    "Your command sees none of it."
)
HOW_TO_STOP = "You can say later, no, less, somebody else, or erase it all, at any time and without a reason."

VALUES: dict[str, tuple[str, ...]] = {
    question.name: tuple(answer.value for answer in question.answers) for question in QUESTIONS
}
"""What each question may be answered with."""


def words_of(question: str, value: str | None) -> str:
    """How an answer is said; None is said to be no answer, and never *no*."""
    if value is None:
        return UNANSWERED
    for asked in QUESTIONS:
        if asked.name == question:
            return next((answer.words for answer in asked.answers if answer.value == value), value)
    return value


def screen(law: Jurisdiction, readers: tuple[str, ...]) -> ScreenView:
    """What a member sees before the first word: who will read it, what the law protects, and whom to call at once.

    `readers`: the names of whoever can open what is said, besides the member.
    """
    return ScreenView(
        readers=readers,
        law=law.law,
        law_words=law.law_words,
        no_record=law.no_record,
        numbers=tuple(
            NumberView(one.words, one.number, f"{one.source}, read on {one.read_on.isoformat()}")
            for one in law.first_to_call()
        ),
        profile=law.name,
        profile_words=" ".join(words for words in (law.said, law.numbers_words()) if words),
    )


def said_before(law: Jurisdiction, readers: tuple[str, ...]) -> tuple[str, ...]:
    """The same as lines of text, for a face without a form of its own."""
    who = f"Whoever reads what you say here: {', '.join(readers)}." if readers else NOBODY_YET
    lines = (
        who, DESK_KNOWS, law.law_words, NO_RECORD if law.no_record else "", law.said, EVERY_TAP_IS_FREE, HOW_TO_STOP,
    )  # fmt: skip
    return tuple(line for line in lines if line)


# not safe

SENT_NOBODY_YET = "This was sent. No human being has answered yet."
NOT_SENT = "There is no link: this has reached nobody. It goes out by itself as soon as there is one."
HAS_IT = "{name} has it, and is with you or on the way."
STAY = "If you can, go where somebody else is, and stay there."
NOT_OVER_YET = "It stays open until two people say that it is over, of whom one is not you."


def not_safe(law: Jurisdiction, *, sent: bool, owner_name: str = "") -> tuple[str, ...]:
    """What stands there when somebody is not safe, most needful first. Without any link it is the same, but `sent`.

    Until a human being has said that they have it: nobody has been told yet, and whom to call. The numbers stay
    afterwards as well.
    """
    calls = " or ".join(dict.fromkeys(one.number for one in law.first_to_call()))
    numbers = tuple(f"{one.number}: {one.words}" for one in law.first_to_call())
    if owner_name:
        return (HAS_IT.format(name=owner_name), *numbers, STAY, NOT_OVER_YET)
    return (
        f"Nobody has been told yet: call {calls}.",
        *numbers,
        STAY,
        SENT_NOBODY_YET if sent else NOT_SENT,
        NOT_OVER_YET,
    )
