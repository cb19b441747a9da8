"""Figures of detection against their sources, and the laws they obey."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.engines.search.detection import (
    AIR_SCENT_DOG,
    coverage,
    pod_inverse_cube,
    pod_perfect,
    pod_random,
    pod_tired,
    sweep_width,
)
from wayhome.engines.search.errors import SearchError


def test_a_range_of_30_m_gives_the_published_sweep_widths() -> None:
    """1.8, 1.6 and 1.1 times the detection range by visibility, 1.645 where it is not known."""
    assert sweep_width(30, "high").metres == pytest.approx(54)
    assert sweep_width(30, "medium").metres == pytest.approx(48)
    assert sweep_width(30, "low").metres == pytest.approx(33)
    unknown = sweep_width(30)
    assert unknown.metres == pytest.approx(49.35)
    assert (unknown.least_m, unknown.most_m) == pytest.approx((33, 54))


def test_an_air_scent_dog_has_its_interval() -> None:
    """95 m, 44 to 145 m."""
    assert (AIR_SCENT_DOG.metres, AIR_SCENT_DOG.least_m, AIR_SCENT_DOG.most_m) == (95, 44, 145)


@given(st.floats(0, 20))
def test_random_search_sees_least_and_perfect_sweeps_see_most(covered: float) -> None:
    """1 − e^(−C) ≤ erf(√π/2 C) ≤ min(1, C), each between 0 and 1."""
    assert 0 <= pod_random(covered) <= pod_inverse_cube(covered) + 1e-12
    assert pod_inverse_cube(covered) <= pod_perfect(covered) + 1e-12 <= 1 + 1e-12


def test_coverage_of_one_detects_63_per_cent() -> None:
    """50 m wide, 20 km long, over 1 km²: C = 1, and random search finds 1 − 1/e."""
    assert coverage(50, 20_000, 1e6) == pytest.approx(1)
    assert pod_random(1) == pytest.approx(1 - 1 / math.e)


def test_tired_searchers_miss_42_to_51_per_cent_more() -> None:
    """A detection of 0.5 is 0.245 at worst and 0.29 at best."""
    assert pod_tired(0.5) == pytest.approx((0.245, 0.29))


def test_impossible_figures_are_refused() -> None:
    """Ranges, lengths, areas, coverages and chances that cannot be."""
    for wrong in (0.0, -1.0, math.nan, 5000.0):
        with pytest.raises(SearchError):
            sweep_width(wrong)
    for figures in ((-1, 1, 1), (1, math.nan, 1), (1, 1, 0)):
        with pytest.raises(SearchError):
            coverage(*figures)
    for chance in (1.2, -0.1, math.nan):
        with pytest.raises(SearchError):
            pod_tired(chance)
    with pytest.raises(SearchError):
        pod_random(math.inf)
    with pytest.raises(SearchError, match="high, medium or low"):
        sweep_width(30, "murky")  # type: ignore[arg-type]
