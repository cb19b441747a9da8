"""The slopes that a relaxation for several searchers takes, and how much they can be in excess of what is so."""

from __future__ import annotations

import heapq
import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

GRAINS_PER_LOOK: Final = 16
MOST_AMOUNTS: Final = 512
FAR: Final = 9.2
"""exp(-9.2) is one in ten thousand: further on all slopes are taken as one."""
NOTHING_LEFT: Final = 40.0
MOST_SUMS: Final = 2_000
MOST_TERMS: Final = 32
SAME: Final = 1e-12
SOFTNESS: Final = 0.2
"""Where lines meet, the slope turns over so much of the smallest look on either side: a split plan then settles."""

Floats = NDArray[np.float64]


def reachable_sums(terms: Floats) -> tuple[Floats, float]:
    """Sums of the positive `terms`, each as often as one likes, rising from 0; complete up to the second figure.

    With many different terms nearly everything above the smallest can be reached: only that one is told.
    """
    parts = np.unique(terms[terms > 0.0])
    if parts.size > MOST_TERMS:
        return np.array([0.0, parts[0]]), float(parts[0])
    far = max(NOTHING_LEFT, float(parts[-1]))
    sums, waiting = [0.0], [float(part) for part in parts]
    while waiting and waiting[0] <= far and len(sums) < MOST_SUMS:
        value = heapq.heappop(waiting)
        if value > sums[-1] + SAME:
            sums.append(value)
            for part in parts:
                heapq.heappush(waiting, value + float(part))
    return np.array(sums), far if waiting[0] > far else sums[-1]


def slope_tables(terms: Floats, most: float) -> tuple[float, Floats, Floats]:
    """The grain, and slope and peak by amount: float64 (amounts,).

    terms: what single looks add (rate times skill); most: the most that a way of his can gather. The slope at an
    amount is that of the lines between reachable sums, levelled out over SOFTNESS of the smallest term; the peak
    of a slope s is the most of s n - exp(-n) over the sums that whole searchers can reach.
    """
    sums, complete = reachable_sums(terms)
    least = float(terms[terms > 0.0].min())
    top = min(most, max(FAR, 2.0 * least))
    grain = max(least / GRAINS_PER_LOOK, top / (MOST_AMOUNTS - 2))
    amounts: Floats = np.arange(math.ceil(top / grain) + 2, dtype=np.float64) * grain
    beyond = np.arange(complete, NOTHING_LEFT, grain, dtype=np.float64)[1:]
    slopes = _soft_slopes(amounts, np.concatenate((sums, beyond)), SOFTNESS * least)
    return grain, slopes, _peaks(slopes, sums, complete)


def _soft_slopes(amounts: Floats, sums: Floats, window: float) -> Floats:
    ends = np.exp(-sums)
    opening = (ends[1] - ends[0]) / (sums[1] - sums[0])

    def lines(at: Floats) -> Floats:
        return np.where(at < 0.0, 1.0 + opening * at, np.interp(at, sums, ends))

    return np.asarray((lines(amounts + window) - lines(amounts - window)) / (2.0 * window), np.float64)


def _peaks(slopes: Floats, sums: Floats, complete: float) -> Floats:
    whole = np.max(slopes[..., None] * sums - np.exp(-sums), axis=-1)
    steep = np.minimum(slopes, 0.0)
    with np.errstate(divide="ignore"):
        beyond = np.maximum(complete, np.where(steep < 0.0, -np.log(-steep), np.inf))
    tail = np.where(np.isfinite(beyond), steep * np.where(np.isfinite(beyond), beyond, 0.0) - np.exp(-beyond), 0.0)
    return np.asarray(np.maximum(whole, tail), np.float64)
