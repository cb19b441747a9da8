"""How likely a secret gets out: the figures of the formulas, and what is refused."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.engines.knowing import KnowingError, handful, leaked, one_more

YEAR = 365.25


def test_a_handful_is_five_for_a_year_at_one_in_a_hundred() -> None:
    """At 1 % a person and year, five may know for a year at a chance of at most 5 %."""
    assert handful(0.05, YEAR, 0.01).middle == 5
    assert leaked(5 * YEAR, 0.01).middle <= 0.05 < leaked(6 * YEAR, 0.01).middle


def test_the_published_check_of_the_same_form() -> None:
    """411,000 who know, each at 4.09e-6 a year, reach 95 % at 1.8 years by this form (Grimes' own grows slower)."""
    years = -math.log(0.05) / (4.09e-6 * 411_000)
    assert leaked(411_000 * years * YEAR, 4.09e-6).middle == pytest.approx(0.95)
    assert years == pytest.approx(1.78, abs=0.01)


def test_one_more_is_the_difference_it_makes() -> None:
    """The cost of one more is the chance with them less the chance without, at each of the three rates."""
    cost, before, after = one_more(900, 90, 0.02), leaked(900, 0.02), leaked(990, 0.02)
    assert cost.low == pytest.approx(after.low - before.low)
    assert cost.middle == pytest.approx(after.middle - before.middle)
    assert cost.high == pytest.approx(after.high - before.high)


@given(st.floats(0, 1e7), st.floats(1e-6, 1))
def test_a_chance_is_one_and_grows_with_the_rate(days: float, rate: float) -> None:
    """Whatever is asked, each answer lies between 0 and 1, and the three stand in order."""
    found = leaked(days, rate)
    assert 0 <= found.low <= found.middle <= found.high <= 1
    cost = one_more(days, 30, rate)
    assert 0 <= cost.low <= cost.middle <= cost.high <= 1


@given(st.floats(0.001, 0.9), st.floats(0.01, 1e5), st.floats(1e-6, 1))
def test_as_many_as_may_know_keep_to_the_chance_and_one_more_does_not(chance: float, days: float, rate: float) -> None:
    """The count is the largest that keeps to the chance."""
    count = handful(chance, days, rate).middle
    assert leaked(count * days, rate).middle <= chance * (1 + 1e-9)
    if count < 1_000_000:
        assert leaked((count + 1) * days, rate).middle > chance * (1 - 1e-9)


def test_for_no_time_at_all_any_number_may_know() -> None:
    """A span of nothing divides by nothing."""
    assert handful(0.05, 0, 0.01).low == 1_000_000


@pytest.mark.parametrize("rate", [0.0, -1.0, 1.5, math.nan, math.inf])
def test_a_rate_that_cannot_be_meant_is_refused(rate: float) -> None:
    """It says which, and what to give."""
    with pytest.raises(KnowingError, match="a leak rate of"):
        leaked(1, rate)


@pytest.mark.parametrize("days", [-1.0, math.nan, math.inf])
def test_a_span_that_cannot_be_meant_is_refused(days: float) -> None:
    """Neither before nor beyond all time."""
    with pytest.raises(KnowingError, match="is no span"):
        one_more(days, 1, 0.01)


@pytest.mark.parametrize("chance", [0.0, 1.0, math.nan])
def test_a_chance_that_cannot_be_kept_to_is_refused(chance: float) -> None:
    """Nobody can promise that it never leaks, and no count is needed for that it does."""
    with pytest.raises(KnowingError, match="cannot be kept to"):
        handful(chance, 1, 0.01)
