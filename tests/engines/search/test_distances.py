"""The published rings, and which row of them is meant."""

from __future__ import annotations

import pytest

from wayhome.engines.search import CATEGORIES, SearchError, distances_for
from wayhome.engines.search.distances import TABLE


def test_the_row_that_fits_both_conditions_is_taken_before_one_that_fits_one() -> None:
    """A hiker in temperate mountains has a row of their own: half were found within 1.9 miles."""
    row = distances_for("hiker", ecoregion="Temperate", terrain="Mountainous")
    assert (row.ecoregion, row.terrain) == ("temperate", "mountainous")
    assert dict(row.rings_km())[50] == pytest.approx(1.9 * 1.609344)


def test_without_conditions_the_rest_of_the_category_is_taken() -> None:
    """An angler of whom nothing more is known has the category's own rest."""
    row = distances_for("Angler")
    assert (row.ecoregion, row.terrain) == ("", "")


def test_every_row_rises() -> None:
    """A ring that holds more people is not smaller."""
    for row in TABLE:
        radii = [radius for _, radius in row.rings_km()]
        assert radii == sorted(radii), row


def test_every_category_answers_or_says_which_ecoregion_it_wants() -> None:
    """No category is a dead end."""
    for category in CATEGORIES:
        try:
            assert distances_for(category).rings_km()
        except SearchError as error:
            assert "ecoregion" in str(error)


def test_an_unknown_category_is_refused_with_those_there_are() -> None:
    """A wrong word is answered with the right ones."""
    with pytest.raises(SearchError, match="Hiker"):
        distances_for("wanderer")
