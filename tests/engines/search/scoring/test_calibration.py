"""A cloud brought to the published distances: exactly, smoothly, once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayhome.engines.search.distances import TABLE, Distances, distances_for
from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.scoring.calibration import calibrate, calibration_factors
from wayhome.values.chance import generator

HIKER = distances_for("Hiker", ecoregion="temperate", terrain="mountainous")


def cloud(seed: int, size: int = 4000, middle_m: float = 2000.0, spread: float = 1.5) -> np.ndarray:
    """Lognormal distances in metres (K,)."""
    return middle_m * np.exp(spread * generator(seed, "cloud").normal(size=size))


@given(
    seed=st.integers(0, 10_000),
    row=st.sampled_from([row for row in TABLE if row.mi_95 is not None and row.mi_95 < 20]),
    middle=st.floats(500, 6000),
    spread=st.floats(1.2, 2.0),
)
@settings(max_examples=40, deadline=None)
def test_the_shares_within_every_published_ring_are_the_published_ones(
    seed: int, row: Distances, middle: float, spread: float
) -> None:
    """For any category and any cloud that reaches every band, the weighted quantiles agree."""
    distance = cloud(seed, 20_000, middle, spread)
    weight = generator(seed, "weights").uniform(0.1, 1, distance.size)
    factors = calibration_factors(distance, weight, row)
    assert np.all(factors > 0)
    total = float((weight * factors).sum())
    assert total == pytest.approx(weight.sum())
    for percent, km in row.rings_km():
        assert (weight * factors)[distance <= km * 1000].sum() / total == pytest.approx(percent / 100, abs=1e-6)


def test_the_factor_has_no_step_at_a_ring() -> None:
    """Two tracks that end side by side, one within and one beyond a ring, are treated alike."""
    made = calibrate(distance := cloud(1), np.ones(4000), HIKER)
    order = np.argsort(distance)
    log = np.log(made.factors[order])
    close = np.diff(np.log(distance[order])) < 0.001
    assert np.abs(np.diff(log)[close]).max() < 0.02


def test_a_cloud_that_agrees_is_left_as_it_is() -> None:
    """Calibrating twice changes nothing: the statistic is not counted a second time."""
    distance = cloud(2)
    once = calibrate(distance, np.ones(4000), HIKER)
    twice = calibrate(distance, once.factors, HIKER)
    assert twice.factors == pytest.approx(np.ones(4000), abs=1e-6)
    assert twice.kept == pytest.approx(1.0, abs=1e-6) and once.kept < 1


def test_tracks_that_left_the_map_lie_beyond_every_ring() -> None:
    """An infinite distance is beyond all rings; with those, a cloud that ends at 9 km can be brought to agree."""
    distance = np.append(np.linspace(10, 9000, 500), [np.inf] * 30)
    made = calibrate(distance, np.ones(530), HIKER)
    assert made.after == pytest.approx(made.published, abs=1e-9)
    assert np.ptp(made.factors[500:]) == 0


def test_what_the_factors_rest_on_is_named() -> None:
    """The data, its known fault, and the shares before and after stand beside the factors."""
    made = calibrate(cloud(3), np.ones(4000), HIKER)
    assert any("Koester" in line for line in made.basis) and any("too tight" in line for line in made.basis)
    assert made.after == pytest.approx(made.published, abs=1e-6)
    assert max(abs(a - b) for a, b in zip(made.before, made.published, strict=True)) > 0.01


def test_a_category_without_an_outermost_ring_is_brought_to_those_it_has() -> None:
    """Abductions have no 95 % ring: three shares are met."""
    row = distances_for("Abduction")
    made = calibrate(cloud(4), np.ones(4000), row)
    assert made.published == (0.25, 0.5, 0.75) and made.after == pytest.approx(made.published, abs=1e-6)


def test_a_cloud_that_does_not_reach_a_band_is_refused() -> None:
    """Factors cannot make tracks where none are; the words say between which distances."""
    with pytest.raises(SearchError, match=r"beyond 18\.19 km"):
        calibrate(np.linspace(10, 9000, 500), np.ones(500), HIKER)


@pytest.mark.parametrize(
    ("distance", "weight"),
    [
        (np.array([]), np.array([])),
        (np.array([1.0, 2.0]), np.array([1.0])),
        (np.array([1.0, np.nan]), np.ones(2)),
        (np.array([1.0, -2.0]), np.ones(2)),
        (np.array([1.0, 2.0]), np.zeros(2)),
        (np.array([1.0, 2.0]), np.array([1.0, -1.0])),
    ],
)
def test_distances_and_weights_that_are_none_are_refused(distance: np.ndarray, weight: np.ndarray) -> None:
    """Nothing is made up for a track without a distance or a weight."""
    with pytest.raises(SearchError):
        calibrate(distance, weight, HIKER)
