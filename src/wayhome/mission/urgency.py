"""How urgent a search request is: weighted answers, summed; the fewer points, the more urgent.

Every question may stay open. An open question counts as its worst and as its best answer, so the score is a range and
the band may be two; nothing is filled in silently. The score advises; a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec


class BadAnswer(ValueError):
    """An answer to no known question, or one that the question does not have; the text lists those it has."""


class Answer(msgspec.Struct, frozen=True):
    """One possible answer: its key as typed, the points it counts, its words."""

    key: str
    points: int
    words: str


class Question(msgspec.Struct, frozen=True):
    """One factor, worst answer first. `ours` says that its points are our own, not a published form's."""

    key: str
    asks: str
    answers: tuple[Answer, ...]
    ours: bool = False

    @property
    def points(self) -> tuple[int, int]:
        """Fewest (most urgent) and most points of any answer."""
        return min(a.points for a in self.answers), max(a.points for a in self.answers)


class Band(msgspec.Struct, frozen=True):
    """A span of points up to and including `up_to`, its name and what it asks for."""

    up_to: int
    name: str
    means: str


class UrgencyTable(msgspec.Struct, frozen=True):
    """A whole form as data. `source` says where questions, points and bands come from and what is our own.

    `at_once` are circumstances, answered yes or no, that make a request most urgent whatever the sum. With
    `one_is_enough`, any answer of one point does so too.
    """

    name: str
    source: str
    questions: tuple[Question, ...]
    bands: tuple[Band, ...]
    at_once: Mapping[str, str] = {}
    one_is_enough: bool = False


class Score(msgspec.Struct, frozen=True):
    """The points from worst case (`lowest`, most urgent) to best case, with the band or both bands they fall in."""

    lowest: int
    highest: int
    worst_case: Band
    best_case: Band
    reasons: tuple[str, ...]
    unanswered: tuple[str, ...]
    source: str

    @property
    def band(self) -> str:
        if self.worst_case == self.best_case:
            return self.worst_case.name
        return f"{self.worst_case.name} to {self.best_case.name}"

    @property
    def words(self) -> str:
        """The result as a sentence: band, points, what weighs most, what is still open."""
        points = f"{self.lowest}" if self.lowest == self.highest else f"{self.lowest} to {self.highest}"
        said = f"{self.band}: {points} points (fewer are more urgent); {self.worst_case.means}"
        if self.reasons:
            said += "; weighs most: " + ", ".join(self.reasons)
        if self.unanswered:
            said += f"; not answered, so counted both ways: {', '.join(self.unanswered)}"
        return said


def _question(key: str, asks: str, *answers: tuple[str, int, str], ours: bool = False) -> Question:
    return Question(key, asks, tuple(Answer(*answer) for answer in answers), ours)


# ---- the seven factors of a published form ----

_SUBJECTS = _question(
    "subjects",
    "How many are missing?",
    ("alone", 1, "one, alone"),
    ("several at risk", 2, "more than one, very young, very old or ill among them"),
    ("several", 3, "more than one and together"),
)
_AGE = _question(
    "age",
    "How old?",
    ("very young", 1, "very young"),
    ("very old", 1, "very old"),
    ("teenager", 2, "between child and grown-up"),
    ("adult", 3, "grown-up"),
)
_MEDICAL = _question(
    "medical",
    "Injury, illness, mental state?",
    ("injured or ill", 1, "known or suspected injury, illness or mental illness"),
    ("medication", 2, "needs medicine before long, or state unclear"),
    ("healthy", 3, "healthy"),
    ("known dead", 3, "known to be dead"),
)
_EXPERIENCE = _question(
    "experience",
    "Experience, and knowledge of the area?",
    ("inexperienced", 1, "inexperienced and does not know the area"),
    ("inexperienced, knows area", 2, "inexperienced, knows the area"),
    ("experienced, new area", 2, "experienced, does not know the area"),
    ("experienced", 3, "experienced and knows the area"),
)
_WEATHER = _question(
    "weather",
    "Weather now and to come?",
    ("bad now", 1, "bad now or since the person went missing"),
    ("bad within 8 h", 1, "bad within 8 hours"),
    ("bad later", 2, "bad after more than 8 hours"),
    ("good", 3, "none forecast"),
)
_EQUIPMENT = _question(
    "equipment",
    "Clothing and equipment for the place and weather?",
    ("inadequate", 1, "inadequate"),
    ("questionable", 2, "questionable"),
    ("adequate", 3, "adequate"),
)
_TERRAIN = _question(
    "terrain",
    "Terrain and hazards?",
    ("hazardous", 1, "difficult, or known hazards"),
    ("moderate", 2, "moderate, few hazards"),
    ("easy", 3, "easy, no hazards known"),
)
_PUBLISHED = (_SUBJECTS, _AGE, _MEDICAL, _EXPERIENCE, _WEATHER, _EQUIPMENT, _TERRAIN)

ONTARIO: Final = UrgencyTable(
    name="seven factors",
    source=(
        "Ontario Search and Rescue Volunteer Association, Team Leader Training, Search Part 1: seven factors of 1 to 3 "
        "points; a factor of 1 calls for the highest urgency whatever the total. Where the form gives a span (1-2, "
        "2-3) one figure of it was taken; 'bad within 8 h' and the limits between the bands are our own."
    ),
    questions=_PUBLISHED,
    bands=(
        Band(12, "highest urgency", "respond at once"),
        Band(17, "intermediate urgency", "prepare, gather information, contain"),
        Band(21, "lowest urgency", "evaluate and investigate"),
    ),
    one_is_enough=True,
)


def _stretched(question: Question) -> Question:
    """The published factor on a scale to 4, so that eleven factors reach the 41 of the form whose bands are used."""
    answers = tuple(Answer(a.key, 4 if a.points == 3 else a.points, a.words) for a in question.answers)
    return Question(question.key, question.asks, answers, ours=True)


_INTENT = _question(
    "intent",
    "What did the person mean to do?",
    ("despondent", 1, "may mean to harm themselves, or is led by somebody else"),
    ("evading", 2, "may not want to be found"),
    ("return", 3, "meant to come back"),
    ours=True,
)
_FITNESS = _question(
    "fitness",
    "Physical condition?",
    ("unfit", 1, "unfit or exhausted"),
    ("average", 2, "average"),
    ("fit", 3, "fit"),
    ours=True,
)
_OVERDUE = _question(
    "overdue",
    "How long overdue?",
    ("over 24 h", 1, "more than 24 hours, or a night out"),
    ("12 to 24 h", 2, "12 to 24 hours"),
    ("4 to 12 h", 3, "4 to 12 hours"),
    ("under 4 h", 4, "less than 4 hours"),
    ours=True,
)
_DAYLIGHT = _question(
    "daylight",
    "Daylight and temperature?",
    ("dark and cold", 1, "dark and cold, or will be within 2 hours"),
    ("dark or cold", 2, "one of the two"),
    ("mild and light", 3, "light for more than 2 hours and mild"),
    ours=True,
)

WAYHOME: Final = UrgencyTable(
    name="eleven factors",
    source=(
        "Bands 11-18, 19-27, 28-41 and what they mean: New Zealand Search Urgency Assessment (Land Search and Rescue "
        "Response Guidelines), as are the circumstances that make a request urgent at once. Seven factors: Ontario "
        "SAR Volunteer Association, Search Part 1. The other four, and all points (set so that eleven factors reach "
        "from 11 to 41), are our own: the New Zealand points could not be sourced. Not validated against outcomes."
    ),
    questions=(*(_stretched(question) for question in _PUBLISHED), _INTENT, _FITNESS, _OVERDUE, _DAYLIGHT),
    bands=(
        Band(18, "urgent", "urgent response: somebody is seriously at risk, send teams now"),
        Band(
            27, "measured", "measured response: gather information, contain, check likely spots, put teams on standby"
        ),
        Band(41, "evaluate", "evaluate and investigate: go on asking, prepare"),
    ),
    at_once={"avalanche": "buried by an avalanche", "water": "in the water"},
)

TABLES: Final = {table.name: table for table in (WAYHOME, ONTARIO)}


def score(answers: Mapping[str, str], table: UrgencyTable = WAYHOME) -> Score:
    """The urgency of a request. `answers` maps question keys to answer keys; what is left out stays open.

    `at_once` circumstances are answered yes or no. Raises BadAnswer for a question or an answer that does not exist.
    """
    unknown = set(answers) - {question.key for question in table.questions} - set(table.at_once)
    if unknown:
        known = ", ".join([*(question.key for question in table.questions), *table.at_once])
        raise BadAnswer(f"no question {', '.join(sorted(unknown))}: the questions are {known}")
    picked = {q.key: _picked(q, answers[q.key]) for q in table.questions if answers.get(q.key, "").strip()}
    open_questions = [question for question in table.questions if question.key not in picked]
    given = sum(answer.points for answer in picked.values())
    lowest = given + sum(question.points[0] for question in open_questions)
    highest = given + sum(question.points[1] for question in open_questions)
    at_once = [table.at_once[key] for key in table.at_once if _yes(key, answers.get(key, "no"))]
    grave = [f"{key}: {answer.words}" for key, answer in picked.items() if answer.points == 1]
    forced = bool(at_once) or (table.one_is_enough and bool(grave))
    best = table.bands[0] if forced else _band(table, highest)
    return Score(
        lowest=lowest,
        highest=highest,
        worst_case=table.bands[0] if forced else _worst(table, lowest, open_questions),
        best_case=best,
        reasons=tuple(at_once + grave),
        unanswered=tuple(question.key for question in open_questions),
        source=table.source,
    )


def _picked(question: Question, typed: str) -> Answer:
    for answer in question.answers:
        if typed.strip().casefold() == answer.key.casefold():
            return answer
    known = ", ".join(answer.key for answer in question.answers)
    raise BadAnswer(f"{question.key} cannot be {typed!r}: one of {known}; leave it out where nobody knows")


def _yes(key: str, typed: str) -> bool:
    if typed.strip().casefold() not in ("yes", "no", ""):
        raise BadAnswer(f"{key} is answered yes or no, not {typed!r}")
    return typed.strip().casefold() == "yes"


def _band(table: UrgencyTable, points: int) -> Band:
    return next(band for band in table.bands if points <= band.up_to)


def _worst(table: UrgencyTable, lowest: int, open_questions: list[Question]) -> Band:
    """An open question could be the one whose single point is enough."""
    if table.one_is_enough and any(question.points[0] == 1 for question in open_questions):
        return table.bands[0]
    return _band(table, lowest)
