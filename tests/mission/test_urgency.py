"""The urgency of a request: sums, bands, open questions, refusals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.mission.urgency import ONTARIO, TABLES, WAYHOME, BadAnswer, Score, UrgencyTable, score

WORST = {question.key: question.answers[0].key for question in WAYHOME.questions}
BEST = {question.key: max(question.answers, key=lambda a: a.points).key for question in WAYHOME.questions}


def test_the_extremes_are_those_of_the_form() -> None:
    """All worst answers give 11 points and urgent, all best 41 and evaluate."""
    assert (score(WORST).lowest, score(WORST).highest, score(WORST).band) == (11, 11, "urgent")
    assert (score(BEST).lowest, score(BEST).highest, score(BEST).band) == (41, 41, "evaluate")


def test_nothing_answered_is_the_whole_range() -> None:
    """With no answer the score is the whole range and both ends are named."""
    nothing = score({})
    assert (nothing.lowest, nothing.highest, nothing.band) == (11, 41, "urgent to evaluate")
    assert len(nothing.unanswered) == len(WAYHOME.questions)
    assert "not answered" in nothing.words


def test_what_weighs_most_is_named() -> None:
    """The answers that weigh most stand in the words, with the points and what the band means."""
    words = score({**BEST, "age": "very young", "equipment": "inadequate"}).words
    assert "age: very young" in words
    assert "equipment: inadequate" in words
    assert "fewer are more urgent" in words


def test_circumstances_that_are_urgent_at_once() -> None:
    """A burial in an avalanche or a person in the water is urgent whatever the sum."""
    assert score({**BEST, "water": "yes"}).band == "urgent"
    assert score({**BEST, "water": "no"}).band == "evaluate"


def test_one_point_is_enough_on_the_seven_factor_form() -> None:
    """On the published seven-factor form one answer of one point calls for the highest urgency."""
    best = {q.key: max(q.answers, key=lambda a: a.points).key for q in ONTARIO.questions}
    assert score(best, ONTARIO).band == "lowest urgency"
    assert score({**best, "weather": "bad now"}, ONTARIO).band == "highest urgency"
    assert score({k: v for k, v in best.items() if k != "weather"}, ONTARIO).worst_case.name == "highest urgency"


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"shoe size": "44"}, "the questions are"),
        ({"age": "42"}, "very young, very old"),
        ({"water": "maybe"}, "yes or no"),
    ],
)
def test_wrong_answers_are_refused(answers: dict[str, str], reason: str) -> None:
    """An unknown question or answer is refused with those there are."""
    with pytest.raises(BadAnswer, match=reason):
        score(answers)


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_every_table_says_where_it_comes_from(table: UrgencyTable) -> None:
    """Every table names its source, says what is our own, and its bands cover every sum."""
    assert "our own" in table.source
    assert table.bands[-1].up_to == sum(question.points[1] for question in table.questions)
    assert [band.up_to for band in table.bands] == sorted(band.up_to for band in table.bands)


@st.composite
def answered(draw: st.DrawFn) -> dict[str, str]:
    picked = {q.key: draw(st.sampled_from([None, *(a.key for a in q.answers)])) for q in WAYHOME.questions}
    return {key: value for key, value in picked.items() if value is not None}


@given(answered(), st.data())
def test_an_answer_only_narrows_the_range(answers: dict[str, str], data: st.DataObject) -> None:
    """One more answer never widens the range."""
    open_keys = [q for q in WAYHOME.questions if q.key not in answers]
    if not open_keys:
        return
    more = data.draw(st.sampled_from(open_keys))
    before: Score = score(answers)
    after = score({**answers, more.key: data.draw(st.sampled_from(more.answers)).key})
    assert before.lowest <= after.lowest <= after.highest <= before.highest
