"""Whether somebody is alive when found, by the hours that the incident took: published counts, and how they are read.

The counts are of 3,351 incidents of the MapScore case library, of which 2,685 ended with a find whose outcome is
known; those never found are in neither column. They say who was alive *when found after so many hours*, which is not
how long anybody survives: many who died did so early and were found late.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError

SOURCE: Final = "MapScore case library: 3,351 incidents, 2,685 found with a known outcome"
CAUTION: Final = "alive when found after so many hours; how long people survive is another question"
READ_AS: Final = (
    "each band's share stands at the median hours of its incidents; straight lines between, level before the first "
    "(2.25 h) and after the last (145.5 h)"
)

BANDS_H: Final = (0.0, 6.0, 12.0, 24.0, 51.0, 96.0)
"""Where each band begins; the last is open."""
MEDIAN_H: Final = (2.25, 8.25, 17.0, 49.0, 65.5, 145.5)
"""The median hours of the incidents in each band."""
ALL: Final = ((1344, 1386), (374, 393), (475, 511), (71, 83), (173, 227), (41, 85))
"""(alive, found) by band, all categories."""
BY_CATEGORY: Final[dict[str, tuple[tuple[int, int], ...]]] = {
    "Hiker": ((407, 414), (112, 117), (158, 167), (18, 19), (51, 59), (13, 20)),
    "Hunter": ((153, 154), (48, 48), (94, 102), (9, 9), (24, 25), (5, 6)),
    "Child": ((176, 179), (36, 36), (25, 26), (5, 6), (10, 13), (1, 1)),
    "Despondent": ((51, 59), (12, 17), (18, 27), (4, 8), (15, 29), (3, 19)),
    "Dementia": ((55, 57), (45, 46), (34, 35), (7, 7), (13, 15), (2, 5)),
}
"""The categories with 150 finds and more; "Hiker" holds hikers and trampers."""
BORROWED: Final = 20.0
"""A category's band counts as if it held so many more finds with the share of all categories. Our own choice."""
MOST_H: Final = 24.0 * 60


@dataclass(frozen=True)
class Survival:
    """The chance to be alive when found after `hours`; `finds` are those of the nearest band that carry it."""

    hours: float
    chance: float
    finds: int
    words: str
    source: str


def survival(hours: float, category: str = "") -> Survival:
    """The chance to be found alive after `hours` since he was lost.

    A category of its own where the counts carry one (see `BY_CATEGORY`), else all. Raises SearchError for hours that
    are negative, not a number, or above 60 days.
    """
    if not 0 <= hours <= MOST_H:
        raise SearchError(f"{hours:g} hours are refused: 0 to {MOST_H:g}")
    name = _known(category)
    counts = BY_CATEGORY[name] if name else ALL
    band = max(index for index, begins in enumerate(BANDS_H) if begins <= hours)
    whose = f"of the category {name}" if name else "of all categories"
    words = f"{counts[band][0]} of {counts[band][1]} {whose} found in that band were alive; {READ_AS}"
    chance = float(survival_curve(np.array([hours]), category)[0])
    return Survival(float(hours), chance, counts[band][1], words, f"{SOURCE}; {CAUTION}")


def survival_curve(hours: NDArray[np.floating], category: str = "") -> NDArray[np.float64]:
    """The same for many hours at once, any shape: chances that never rise with the hours."""
    found: NDArray[np.float64] = np.interp(np.asarray(hours, np.float64), MEDIAN_H, _shares(_known(category)))
    return found


def _known(category: str) -> str:
    """The category as the table has it; empty where it has none. Children of every age are one."""
    wanted = category.strip().casefold()
    wanted = "child" if wanted.startswith("child (") else wanted
    return next((name for name in BY_CATEGORY if name.casefold() == wanted), "")


def _shares(name: str) -> list[float]:
    """The share alive in each band, a small category's drawn towards all, and none above the band before it."""
    every = [alive / found for alive, found in ALL]
    if not name:
        return every
    drawn = [(a + BORROWED * all_) / (n + BORROWED) for (a, n), all_ in zip(BY_CATEGORY[name], every, strict=True)]
    level = math.inf
    return [level := min(level, share) for share in drawn]
