"""Alive when found: the published counts, and how they are read between."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.survival import ALL, BANDS_H, BY_CATEGORY, MEDIAN_H, survival, survival_curve


def test_the_published_shares_come_out() -> None:
    """97.0, 95.2, 93.0, 85.5, 76.2 and 48.2 per cent, each at the median hours of its band."""
    shares = [round(100 * survival(hours).chance, 1) for hours in MEDIAN_H]
    assert shares == [97.0, 95.2, 93.0, 85.5, 76.2, 48.2]


@pytest.mark.parametrize("category", ["", *BY_CATEGORY, "Child (4-6)", "Aircraft"])
def test_more_hours_are_never_better(category: str) -> None:
    """Every curve falls or is level, between 0 and 1."""
    curve = survival_curve(np.linspace(0, 300, 601), category)
    assert np.all(np.diff(curve) <= 1e-12) and np.all((curve > 0) & (curve < 1))


def test_the_despondent_are_less_often_alive_and_the_answer_says_by_what() -> None:
    """A category that the counts carry has its own curve, with its finds; any other has that of all."""
    assert survival(20, "despondent").chance < survival(20).chance < survival(20, "Hunter").chance + 0.05
    assert "Despondent" in survival(20, "despondent").words and survival(20, "despondent").finds == 27
    assert survival(20, "Aircraft").chance == survival(20).chance and "all categories" in survival(20, "Aircraft").words
    assert "how long people survive" in survival(20).source


def test_hours_that_cannot_be_are_refused() -> None:
    """Negative, not a number, or above 60 days."""
    for hours in (-1.0, float("nan"), 10_000.0):
        with pytest.raises(SearchError):
            survival(hours)


def test_the_counts_are_those_of_the_case_library(shared_data: Path) -> None:
    """Counted again from the rows: bands closed below, unknown outcomes and those never found left out."""
    with (shared_data / "search/incidents/survival_hours_status_category.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["status"] not in ("", "No Trace")]

    def counted(*categories: str) -> tuple[tuple[int, int], ...]:
        found = [[0, 0] for _ in BANDS_H]
        for row in rows:
            if not categories or row["category"] in categories:
                band = int(np.searchsorted(BANDS_H, float(row["total_hours"]), side="right")) - 1
                found[band][0] += row["status"] != "DOA"
                found[band][1] += 1
        return tuple((alive, of) for alive, of in found)

    assert counted() == ALL
    for name, counts in BY_CATEGORY.items():
        assert counted(*(("Hiker", "Hiker-Tramper") if name == "Hiker" else (name,))) == counts
