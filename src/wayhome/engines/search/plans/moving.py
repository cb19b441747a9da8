"""Where he may be over time, as plain arrays: weighted tracks on the terrain's cells, and what lies elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError

Floats = NDArray[np.float32]
Weights = NDArray[np.float64]

SUM_WITHIN: Final = 1e-6
MOST_TRACKS: Final = 1_000_000


@dataclass(frozen=True, eq=False)
class Moving:
    """Weighted tracks of the person sought.

    `rows` and `cols` are float32 (K, T) in cells of the terrain, a whole number being a cell's centre; `minutes` is
    float32 (T,), rising, counted from the moment that the plan counts from; `weights` is float64 (K,). The weights
    and `rest_of_world` (that he is somewhere no track goes) sum to 1. Raises SearchError for anything else.
    """

    rows: Floats
    cols: Floats
    minutes: Floats
    weights: Weights
    rest_of_world: float

    def __post_init__(self) -> None:
        if self.rows.ndim != 2 or self.rows.shape != self.cols.shape or not self.rows.size:
            raise SearchError("tracks are two tables of the same size, a line for each track: rows and columns")
        tracks, times = self.rows.shape
        if tracks > MOST_TRACKS:
            raise SearchError(f"{tracks:,} tracks are too many to plan on: draw up to {MOST_TRACKS:,} of them")
        if self.minutes.shape != (times,) or self.weights.shape != (tracks,):
            raise SearchError(f"{tracks} tracks at {times} times need {times} minutes and {tracks} weights")
        if not np.isfinite(self.minutes).all() or (np.diff(self.minutes) <= 0).any():
            raise SearchError("the minutes of the tracks have to rise")
        if not (np.isfinite(self.rows).all() and np.isfinite(self.cols).all()):
            raise SearchError("a track has a place that is no number: leave such tracks out")
        if (self.weights < 0).any() or not 0 <= self.rest_of_world < 1:
            raise SearchError("weights are 0 or more, and the rest of the world from 0 to below 1")
        total = float(self.weights.sum()) + self.rest_of_world
        if not abs(total - 1) <= SUM_WITHIN:
            raise SearchError(f"the tracks' weights and the rest of the world come to {total:.6f}: they must come to 1")

    @property
    def tracks(self) -> int:
        return int(self.rows.shape[0])

    def at(self, minute: float) -> tuple[Floats, Floats]:
        """Rows and columns (K,) at a minute, on the straight line between two known places."""
        times = self.minutes
        after = int(np.clip(np.searchsorted(times, minute, side="right"), 1, max(1, times.size - 1)))
        if times.size == 1:
            return self.rows[:, 0], self.cols[:, 0]
        before = after - 1
        share = np.float32(np.clip((minute - times[before]) / (times[after] - times[before]), 0, 1))
        rows = self.rows[:, before] + share * (self.rows[:, after] - self.rows[:, before])
        cols = self.cols[:, before] + share * (self.cols[:, after] - self.cols[:, before])
        return rows, cols

    def part(self, which: NDArray[np.bool_]) -> Moving:
        """Some of the tracks, standing for all: their weights are raised so that the rest of the world stays."""
        kept = float(self.weights[which].sum())
        if kept <= 0:
            raise SearchError("no track of any weight is left in this part of the cloud")
        weights = self.weights[which] * ((1 - self.rest_of_world) / kept)
        return Moving(self.rows[which], self.cols[which], self.minutes, weights, self.rest_of_world)

    def halves(self, every: int = 3) -> tuple[Moving, Moving]:
        """The tracks to plan on, and each `every`-th one kept back so that the plan's figure is told on others."""
        if self.tracks < 2 * every:
            return self, self
        kept_back = np.arange(self.tracks) % every == every - 1
        return self.part(~kept_back), self.part(kept_back)
