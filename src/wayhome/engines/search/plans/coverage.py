"""Most covered by few: one place at most for each of some watchers, so that the weight of what they cover is largest.

Greedy takes the pair (watcher, place) that adds most, again and again, and looks at a pair anew only when its old gain
is the largest left (Minoux 1978); it comes to at least half of the best (Fisher, Nemhauser, Wolsey 1978). Exchanges
better it. The bound is the Lagrangian dual, which is that of the linear relaxation: with a price p(k) <= w(k) for each
thing, no choice covers more than sum of (w - p) + sum over watchers of the dearest place at prices p.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError

Doubles = NDArray[np.float64]
Mask = NDArray[np.bool_]
Choice = tuple[int | None, ...]
"""For each watcher the number of its place, or None."""

MOST_BYTES: Final = 2_000_000_000
PRICES: Final = 300
"""Rounds of better prices for the bound."""
GAIN: Final = 1e-12


@dataclass(frozen=True, eq=False)
class Coverage:
    """`covers` (watchers, places, things) and the weights (things,). Two watchers do not share a place."""

    covers: Mask
    weights: Doubles

    def __post_init__(self) -> None:
        if self.covers.ndim != 3 or self.covers.shape[2] != self.weights.size:
            raise SearchError("coverage is a table of watchers, places and things, with a weight for each thing")
        if not self.covers.shape[0]:
            raise SearchError("there is nobody to post: name at least one")
        if (self.weights < 0).any():
            raise SearchError("weights are 0 or more")

    @property
    def watchers(self) -> int:
        return int(self.covers.shape[0])

    @property
    def places(self) -> int:
        return int(self.covers.shape[1])

    def grouped(self) -> Coverage:
        """The same with things that nothing tells apart put together, and those that nobody can cover left out."""
        flat = np.packbits(self.covers.reshape(-1, self.weights.size), axis=0).T
        kept = flat.any(axis=1)
        if not kept.any():
            return Coverage(self.covers[:, :, :0], self.weights[:0])
        rows = np.ascontiguousarray(flat[kept])
        keys = rows.view(np.dtype((np.void, rows.shape[1]))).ravel()
        _, first, group = np.unique(keys, return_index=True, return_inverse=True)
        weights = np.bincount(group.ravel(), self.weights[kept]).astype(np.float64)
        return Coverage(np.ascontiguousarray(self.covers[:, :, np.flatnonzero(kept)[first]]), weights)

    def covered(self, choice: Choice) -> Mask:
        """Which things a choice covers."""
        out = np.zeros(self.weights.size, np.bool_)
        for watcher, place in enumerate(choice):
            if place is not None:
                out |= self.covers[watcher, place]
        return out

    def worth(self, choice: Choice) -> float:
        return float(self.weights[self.covered(choice)].sum())


def greedily(coverage: Coverage) -> Choice:
    """The pair that adds most, again and again; the first watcher and place of equals."""
    choice: list[int | None] = [None] * coverage.watchers
    left = coverage.weights.copy()
    gains = coverage.covers @ left
    queue = [
        (-float(gains[w, p]), w, p) for w in range(coverage.watchers) for p in range(coverage.places) if gains[w, p] > 0
    ]
    heapq.heapify(queue)
    taken: set[int] = set()
    while queue:
        _, watcher, place = heapq.heappop(queue)
        if choice[watcher] is not None or place in taken:
            continue
        gain = float(left[coverage.covers[watcher, place]].sum())
        if gain <= GAIN:
            continue
        if queue and -gain > queue[0][0]:
            heapq.heappush(queue, (-gain, watcher, place))
            continue
        choice[watcher] = place
        taken.add(place)
        left[coverage.covers[watcher, place]] = 0.0
    return tuple(choice)


def exchanged(coverage: Coverage, choice: Choice, rounds: int = 50) -> Choice:
    """A choice bettered by moving one watcher, or two who change places or make room, until nothing helps."""
    now = list(choice)
    for _ in range(rounds):
        if not any(_move(coverage, now, watcher) for watcher in range(coverage.watchers)) and not _pairs(coverage, now):
            break
    return tuple(now)


def _move(coverage: Coverage, now: list[int | None], watcher: int) -> bool:
    """Puts one watcher where it adds most beside the others. True if that is better."""
    others = tuple(None if w == watcher else place for w, place in enumerate(now))
    left = np.where(coverage.covered(others), 0.0, coverage.weights)
    gains = coverage.covers[watcher] @ left
    gains[[place for place in others if place is not None]] = -1.0
    held = now[watcher]
    best = int(np.argmax(gains)) if gains.size else 0
    before = 0.0 if held is None else gains[held]
    if gains.size and gains[best] > before + GAIN:
        now[watcher] = best
        return True
    return False


def _pairs(coverage: Coverage, now: list[int | None]) -> bool:
    """Takes two watchers off and posts them anew, one after the other, in both orders."""
    worth = coverage.worth(tuple(now))
    for one in range(coverage.watchers):
        for other in range(coverage.watchers):
            if one == other:
                continue
            tried = list(now)
            tried[one] = tried[other] = None
            _move(coverage, tried, one)
            _move(coverage, tried, other)
            if coverage.worth(tuple(tried)) > worth + GAIN:
                now[:] = tried
                return True
    return False


def dual_bound(coverage: Coverage, known: float, rounds: int = PRICES) -> float:
    """No choice covers more than this. `known` is what some choice covers; it steers the steps, not the truth."""
    weights = coverage.weights
    if not weights.size:
        return 0.0
    share = weights * 0.5
    best = float(weights.sum())
    stretch = 1.0
    since = 0
    for _ in range(rounds):
        at_prices = coverage.covers @ share
        dearest = np.argmax(at_prices, axis=1)
        value = float((weights - share).sum() + np.maximum(at_prices.max(axis=1), 0).sum())
        since = 0 if value < best - 1e-12 else since + 1
        best = min(best, value)
        if since >= 10:
            stretch, since = stretch / 2, 0
        times = np.zeros(weights.size)
        for watcher, place in enumerate(dearest.tolist()):
            times += coverage.covers[watcher, place]
        slope = times - 1.0
        norm = float(slope @ slope)
        if norm == 0 or value - known <= 1e-9:
            break
        share = np.clip(share - stretch * (value - known) / norm * slope, 0.0, weights)
    return max(best, known)
