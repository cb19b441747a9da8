"""Making a cloud of tracks agree with the published distances of its category, once and smoothly.

Published distances are of *finds*. They may shape a cloud at one point only: these factors go onto the tracks before
any evidence, and nothing else that rests on the same table (a radial prior, a scoring model) may be multiplied in.
A cloud that agrees already gets factors of one, so that calibrating twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.distances import CAUTION, SOURCE, Distances
from wayhome.engines.search.errors import SearchError

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Calibration:
    """Factors (K,) with weighted mean 1, and what they did.

    `before` and `after`: the share of the cloud within each published ring. `kept`: effective size after over before,
    1 where nothing had to change. `basis` names the data and its known fault.
    """

    factors: Numbers
    rings_m: tuple[float, ...]
    published: tuple[float, ...]
    before: tuple[float, ...]
    after: tuple[float, ...]
    kept: float
    basis: tuple[str, ...]


def calibration_factors(
    distances_m: NDArray[np.floating], weights: NDArray[np.floating], published: Distances
) -> Numbers:
    """Factors (K,) on `weights` (K,) so that the weighted distances (K,) have the published quantiles.

    Raises SearchError as `calibrate` does, which gives the shares before and after as well.
    """
    return calibrate(distances_m, weights, published).factors


def calibrate(distances_m: NDArray[np.floating], weights: NDArray[np.floating], published: Distances) -> Calibration:
    """Factors that are smooth in distance and make the shares within the published rings exact.

    With F the cloud's share within a distance and H a smooth rising curve that takes the cloud's share at each ring to
    the published one, the calibrated share within a distance is H(F), and the factor of a track is the slope of H
    there. H is the monotone cubic whose slope at a ring is the harmonic mean of those of the bands beside it (Fritsch
    and Butland 1984); it is never flat, so no track is lost, and tracks that end equally far get the same factor. The
    weights are given in any unit; the distances are metres as the crow flies from the initial planning point at the
    time of the find, infinite for what left the map. Raises SearchError for distances or weights that are none, and
    where no weight lies in a band.
    """
    distance, weight = _checked(distances_m, weights)
    rings = np.array([km * 1000 for _, km in published.rings_km()])
    shares = np.array([percent / 100 for percent, _ in published.rings_km()])
    if rings.size == 0:
        raise SearchError(f"{published.category}: no published distance to calibrate to")
    held: Numbers = np.bincount(np.searchsorted(rings, distance), weight, minlength=rings.size + 1).astype(np.float64)
    _every_band_is_held(held, rings)
    far, group = np.unique(distance, return_inverse=True)
    mass = np.bincount(group, weight, minlength=far.size)
    within = np.concatenate(([0.0], np.cumsum(mass)))
    before = within[np.searchsorted(far, rings, side="right")]
    curve = np.diff(_rising(within / within[-1], before / within[-1], shares))
    factors = np.divide(curve, mass, out=np.ones_like(mass), where=mass > 0)[group]
    after = np.bincount(np.searchsorted(rings, distance), weight * factors, minlength=rings.size + 1).cumsum()[:-1]
    return Calibration(
        factors=factors,
        rings_m=tuple(map(float, rings)),
        published=tuple(map(float, shares)),
        before=tuple(map(float, before)),
        after=tuple(map(float, after)),
        kept=float(np.sum(weight**2) / np.sum((weight * factors) ** 2)),
        basis=(f"calibrated to {SOURCE}", CAUTION),
    )


def _rising(at: Numbers, before: Numbers, after: Numbers) -> Numbers:
    """The monotone cubic through (0, 0), (before, after), (1, 1), at `at` (N,)."""
    x, y = np.concatenate(([0.0], before, [1.0])), np.concatenate(([0.0], after, [1.0]))
    width, rise = np.diff(x), np.diff(y) / np.diff(x)
    slope = np.concatenate((rise[:1], 2 / (1 / rise[:-1] + 1 / rise[1:]), rise[-1:]))
    one = np.clip(np.searchsorted(x, at, side="right") - 1, 0, width.size - 1)
    t, w = (at - x[one]) / width[one], width[one]
    begins = y[one] * (1 + 2 * t) * (1 - t) ** 2 + w * slope[one] * t * (1 - t) ** 2
    ends = y[one + 1] * t**2 * (3 - 2 * t) + w * slope[one + 1] * t**2 * (t - 1)
    found: Numbers = begins + ends
    return found


def _checked(distances_m: NDArray[np.floating], weights: NDArray[np.floating]) -> tuple[Numbers, Numbers]:
    distance, weight = np.asarray(distances_m, np.float64), np.asarray(weights, np.float64)
    if distance.ndim != 1 or distance.shape != weight.shape or distance.size == 0:
        raise SearchError(f"{distance.shape} distances and {weight.shape} weights: give one of each for every track")
    if not np.all(distance >= 0):
        raise SearchError("a distance is negative or not a number: give metres from the initial planning point")
    if not (np.all(np.isfinite(weight)) and np.all(weight >= 0) and weight.sum() > 0):
        raise SearchError("weights must be numbers of 0 or more, and not all 0")
    return distance, weight / weight.sum()


def _every_band_is_held(held: Numbers, rings: Numbers) -> None:
    edges = (0.0, *(rings / 1000), float("inf"))
    for band in np.nonzero(held <= 0)[0]:
        least, most = edges[band], edges[band + 1]
        where = f"between {least:.2f} and {most:.2f} km" if np.isfinite(most) else f"beyond {least:.2f} km"
        raise SearchError(
            f"no track ends {where}, where people of this category were found: "
            "sample more tracks, or longer ones, before calibrating"
        )
