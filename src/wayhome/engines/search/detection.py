"""What a search would have seen: sweep width, coverage and the probability of detection, each figure with its source.

A figure of detection is of one pass over ground on which the subject lies. Passes over the same ground by the same
team are not independent; whoever adds them up as if they were overstates what was seen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

from wayhome.engines.search.errors import SearchError

Visibility = Literal["high", "medium", "low"]
"""How easily what is sought can be seen."""

RANGE_SOURCE: Final = "Koester, Chiacchia, Twardy, Cooper, Frost, Robe 2014, Wilderness Environ Med: 10 experiments"
RANDOM_SOURCE: Final = "Koopman: random search; C = W L / A"
CUBE_SOURCE: Final = "Koopman: parallel sweeps, inverse cube law"
TIRED_SOURCE: Final = "searchers' own word of fatigue against what they found: detection cut by 42 to 51 per cent"

WIDTH_PER_RANGE: Final[dict[str, float]] = {"high": 1.8, "medium": 1.6, "low": 1.1}
"""Sweep width over average maximum detection range; the fits had R² .867, .560 and .319."""
WIDTH_PER_RANGE_ANY: Final = 1.645
"""The same where visibility is not known (R² .827)."""
TIRED: Final = (0.49, 0.58)
"""What is left of detection, at worst and at best, where searchers said that they were tired."""
MOST_RANGE_M: Final = 2_000.0


@dataclass(frozen=True)
class SweepWidth:
    """An effective sweep width in metres, with the bounds that its source gives (the same where it gives none)."""

    metres: float
    least_m: float
    most_m: float
    source: str


AIR_SCENT_DOG: Final = SweepWidth(
    95.0, 44.0, 145.0, "Chiacchia et al. 2015, Wilderness Environ Med, doi 10.1016/j.wem.2014.10.004: 4 teams, 6 years"
)
"""An air-scenting dog team; the bounds are the 95 per cent interval."""


def sweep_width(range_m: float, visibility: Visibility | None = None) -> SweepWidth:
    """The sweep width of a searcher from `range_m`, the average maximum detection range measured on the spot.

    Without a visibility the bounds span all classes. Raises SearchError for a range that is none or above 2 km.
    """
    if not 0 < range_m <= MOST_RANGE_M:
        raise SearchError(f"a detection range of {range_m:g} m is refused: above 0, up to {MOST_RANGE_M:g} m")
    if visibility is None:
        ratios = WIDTH_PER_RANGE.values()
        least, most = min(ratios) * range_m, max(ratios) * range_m
        return SweepWidth(WIDTH_PER_RANGE_ANY * range_m, least, most, RANGE_SOURCE)
    if visibility not in WIDTH_PER_RANGE:
        raise SearchError(f"visibility {visibility!r} is not known: high, medium or low")
    width = WIDTH_PER_RANGE[visibility] * range_m
    return SweepWidth(width, width, width, RANGE_SOURCE)


def coverage(width_m: float, track_m: float, area_m2: float) -> float:
    """C = W L / A for a sweep width, the length of all tracks together, and the area. Raises SearchError."""
    for name, value in (("sweep width", width_m), ("track length", track_m)):
        if not (math.isfinite(value) and value >= 0):
            raise SearchError(f"a {name} of {value:g} m is refused: 0 or more")
    if not (math.isfinite(area_m2) and area_m2 > 0):
        raise SearchError(f"an area of {area_m2:g} m² is refused: above 0")
    return width_m * track_m / area_m2


def pod_random(covered: float) -> float:
    """Detection of searching at random: 1 − e^(−C). The figure to plan with: it is the least of the three."""
    return -math.expm1(-_coverage(covered))


def pod_inverse_cube(covered: float) -> float:
    """Detection of parallel sweeps under the inverse cube law: erf(√π/2 · C)."""
    return math.erf(math.sqrt(math.pi) / 2 * _coverage(covered))


def pod_perfect(covered: float) -> float:
    """Detection of sweeps that see all of their width and nothing beyond, and never overlap: min(1, C)."""
    return min(1.0, _coverage(covered))


def pod_tired(pod: float) -> tuple[float, float]:
    """What is left of `pod` at worst and at best where the searchers say that they are tired. Raises SearchError."""
    if not 0 <= pod <= 1:
        raise SearchError(f"a probability of detection of {pod:g} is refused: 0 to 1")
    return TIRED[0] * pod, TIRED[1] * pod


def _coverage(covered: float) -> float:
    if not (math.isfinite(covered) and covered >= 0):
        raise SearchError(f"a coverage of {covered:g} is refused: 0 or more")
    return covered
