"""The way back to duty: by steps, never by itself, never against the member's wish; a step back needs no reason."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.engines.care import dates, returning
from wayhome.engines.care.errors import CareError
from wayhome.engines.care.returning import (
    ASIDE,
    STAGES,
    WAY,
    Limit,
    Standing,
    Step,
    Wanted,
    asks_for_review,
    check_limit,
    limit_state,
    may_lift,
    next_stage,
    says_too_much,
    step,
)
from wayhome.values.ids import PersonId

TODAY = date(2026, 6, 1)
IRUKA, KAKASHI, SHIZUNE = PersonId("iruka"), PersonId("kakashi"), PersonId("shizune")


def go(now: str | None, to: str, *, since: date = date(2026, 1, 1), clinician: bool = False, **said: Any) -> Step:
    standing = Standing(member=IRUKA, stage=now, since=since, clinician=SHIZUNE if clinician else None)
    return step(standing, Wanted(stage=to, **{"by": IRUKA, "agreed": True, **said}), TODAY)


def test_the_whole_way() -> None:
    """C11: observe, base, short with a partner, full: one after the other, each with a day to look at it again."""
    now: str | None = "stays off"
    for to in ("observe", "base", "short with partner", "full"):
        taken = go(now, to, partner=KAKASHI)
        assert taken.stage == to
        assert not taken.back
        assert taken.partner == (KAKASHI if to == "short with partner" else None)
        assert TODAY < taken.review <= TODAY + timedelta(days=90)
        now = to
    assert any("kit" in words for words in go("base", "short with partner", partner=KAKASHI).asks)


@pytest.mark.parametrize("now", [None, *STAGES])
@pytest.mark.parametrize("to", list(STAGES))
def test_no_step_is_skipped(now: str | None, to: str) -> None:
    """C11: from every stage only the next one, or back, or aside; whatever skips one is refused with the next one."""
    order = [stage.name for stage in WAY]
    at = -1 if now in {stage.name for stage in ASIDE} else order.index(now or "full")
    allowed = to not in order or order.index(to) <= at + 1
    if allowed:
        assert go(now, to, partner=KAKASHI).stage == to
    else:
        with pytest.raises(CareError, match=f"skips a step: the next one is '{next_stage(now)}'"):
            go(now, to, partner=KAKASHI)


@given(
    st.sampled_from([None, *STAGES]),
    st.sampled_from(list(STAGES)),
    st.integers(0, 30),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_never_against_consent(
    now: str | None, to: str, days: int, agreed: bool, clinician: bool, clinician_agrees: bool
) -> None:
    """Whatever holds, a step that somebody else wants without the member's yes is refused, and one back with it never.

    A clinician is asked for only where they set a limit that holds, and only for a step on.
    """
    since = TODAY - timedelta(days=days)
    said: dict[str, Any] = {"partner": KAKASHI, "clinician_agrees": clinician_agrees}
    try:
        taken = go(now, to, since=since, clinician=clinician, by=KAKASHI, agreed=agreed, **said)
    except CareError as error:
        back = to in ("other role", "stays off") or to == now
        assert not (agreed and back)
        assert ("clinician" in str(error)) <= (clinician and not clinician_agrees)
        return
    assert agreed
    assert taken.back or not clinician or clinician_agrees


def test_a_step_back_needs_nothing() -> None:
    """C11: the member steps back on the very day, without a reason, whatever a clinician says."""
    for now in ("full", "short with partner", "base", "observe", None):
        for to in ("stays off", "other role", "observe"):
            assert go(now, to, since=TODAY, clinician=True).back
    assert go("full", "short with partner", since=TODAY).partner is None


def test_too_soon() -> None:
    """At least some days lie between two steps; the refusal names the day."""
    since = TODAY - timedelta(days=6)
    with pytest.raises(CareError, match="'short with partner' from 2026-06-02 on"):
        go("base", "short with partner", since=since, partner=KAKASHI)
    assert go("base", "short with partner", since=since - timedelta(days=1), partner=KAKASHI).stage


def test_nothing_moves_by_itself() -> None:
    """On the day of review it is asked, again and again; no function here moves a stage for the passing of time."""
    standing = Standing(member=IRUKA, stage="base", since=date(2026, 5, 1), review=TODAY)
    assert asks_for_review(standing, TODAY - timedelta(days=1)) == ""
    assert "Nothing changes until the member says so" in asks_for_review(standing, TODAY)
    assert "Nothing changes until the member says so" in asks_for_review(standing, TODAY + timedelta(days=400))
    assert asks_for_review(Standing(member=IRUKA), TODAY) == ""


def test_a_limit_past_its_day_asks() -> None:
    """C10: until its day it holds; past it, it asks, and is never lifted by itself."""
    limit = check_limit(Limit(words="no body recovery", until=date(2026, 6, 30), partner=KAKASHI), IRUKA, TODAY)
    assert limit_state(limit, date(2026, 6, 30)) == "holds"
    assert limit_state(limit, date(2026, 7, 1)) == "asks"
    assert limit_state(limit, date(2036, 7, 1)) == "asks"


def test_who_lifts_a_limit() -> None:
    """C11: a clinician is needed only where the limit came from one; nobody else lifts any."""
    own = Limit(words="no night duty", until=date(2026, 7, 1))
    theirs = Limit(words="no night duty", until=date(2026, 7, 1), clinician=SHIZUNE)
    assert may_lift(own, IRUKA, IRUKA, clinician_agrees=False)
    assert not may_lift(own, KAKASHI, IRUKA, clinician_agrees=True)
    assert may_lift(theirs, SHIZUNE, IRUKA, clinician_agrees=False)
    assert may_lift(theirs, IRUKA, IRUKA, clinician_agrees=True)
    assert not may_lift(theirs, IRUKA, IRUKA, clinician_agrees=False)


@pytest.mark.parametrize(
    "words", ["no body recovery", "only with Kakashi", "not as medic", "carries no more than 10 kg"]
)
def test_words_that_tasking_needs(words: str) -> None:
    """What tasking has to hold to is taken as it stands."""
    assert check_limit(Limit(words=f"  {words} ", until=date(2026, 7, 1)), IRUKA, TODAY).words == words


@pytest.mark.parametrize(
    "words",
    ["no night duty: trauma", "in Therapy until June", "follow-up care", "PTSD", "is ill", "psych-nin said so"],
)
def test_words_that_tell_of_care(words: str) -> None:
    """C10: words that would tell tasking why are refused, naming them."""
    assert says_too_much(words)
    with pytest.raises(CareError, match="would tell tasking of care"):
        check_limit(Limit(words=words, until=date(2026, 7, 1)), IRUKA, TODAY)


def test_an_anniversary_alone_makes_no_limit() -> None:
    """C10: nothing that counts days knows of limits: a day that weighs never bars anybody."""
    assert "imit" not in inspect.getsource(dates)
    assert not {"dates"} & set(vars(returning))


def limit(words: str = "no night duty", until: date = date(2026, 7, 1), partner: PersonId | None = None) -> object:
    return check_limit(Limit(words=words, until=until, partner=partner), IRUKA, TODAY)


BAD: list[tuple[Callable[[], object], str]] = [
    (lambda: go("base", "jounin"), "'jounin' is not known; use one of observe"),
    (lambda: go("base", "short with partner"), "needs a partner by name"),
    (lambda: go("base", "short with partner", partner=IRUKA), "nobody is their own partner"),
    (lambda: go("observe", "base", review=TODAY), "cannot be the day to look at"),
    (lambda: go("observe", "base", review=date(2027, 1, 1)), "until 2026-06-22"),
    (lambda: limit(words=" "), "needs words"),
    (lambda: limit(words="x" * 201), "at most 200 letters"),
    (lambda: limit(partner=IRUKA), "nobody is their own partner"),
    (lambda: limit(until=TODAY), "after today"),
    (lambda: limit(until=date(2028, 1, 1)), "within a year"),
]


@pytest.mark.parametrize(("make", "words"), BAD, ids=[words for _, words in BAD])
def test_bad_input_is_refused(make: Callable[[], object], words: str) -> None:
    """Each bad value raises CareError, and its text says what is wrong."""
    with pytest.raises(CareError) as caught:
        make()
    assert words in str(caught.value)
