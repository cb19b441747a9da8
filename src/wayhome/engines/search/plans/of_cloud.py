"""Tracks to plan on, drawn from a cloud: who is likely is drawn often, and each is somewhere in his cell."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.plans.moving import Moving
from wayhome.engines.search.tracks.cloud import Cloud
from wayhome.values.chance import generator

EVERY_MIN = 5.0


def moving_of(
    cloud: Cloud,
    now_min: float,
    minutes: float,
    *,
    weights: NDArray[np.float64] | None = None,
    rest_of_world: float = 0.0,
    tracks: int = 40_000,
    seed: int = 0,
    every_min: float = EVERY_MIN,
) -> Moving:
    """`tracks` tracks of the cloud from its minute `now_min` on, for `minutes` minutes, every `every_min` minutes.

    `weights` (n,) are the tracks' own as evidence leaves them (None: the prior); with `rest_of_world` they come to 1,
    or are made to. Tracks are drawn evenly through the weights (systematic resampling), so each drawn weighs the same.
    A cloud knows the cell he is in, not where in it: each track is moved by one shift, up to half a cell. Tracks that
    leave the map belong to the rest of the world already by their weight. Raises SearchError.
    """
    if not (now_min >= 0 and minutes > 0 and now_min + minutes <= cloud.minutes + 1e-6):
        raise SearchError(
            f"the cloud goes on until minute {cloud.minutes:g}: planning from minute {now_min:g} for {minutes:g} "
            "minutes needs a longer one"
        )
    if not 0 <= rest_of_world < 1 or tracks < 1:
        raise SearchError(f"{tracks} tracks and a rest of the world of {rest_of_world:g} are refused")
    chances = cloud.prior if weights is None else np.asarray(weights, np.float64)
    if chances.shape != cloud.prior.shape or not (chances >= 0).all() or chances.sum() <= 0:
        raise SearchError(f"{cloud.tracks} tracks need {cloud.tracks} weights of 0 and more, not all nothing")
    chance = generator(seed, "tracks to plan on")
    at = (np.arange(tracks) + chance.random()) / tracks
    drawn = np.minimum(np.searchsorted(np.cumsum(chances) / chances.sum(), at), cloud.tracks - 1)
    times = np.minimum(now_min + every_min * np.arange(math.ceil(minutes / every_min - 1e-9) + 1), now_min + minutes)
    who, again = np.unique(drawn, return_inverse=True)
    rows, cols = cloud.positions_at(times, who=who)
    shift = chance.uniform(-0.5, 0.5, (2, tracks, 1)).astype(np.float32)
    order = chance.permutation(tracks)
    again = again.ravel()[order]
    return Moving(
        rows[again] + shift[0],
        cols[again] + shift[1],
        (times - now_min).astype(np.float32),
        np.full(tracks, (1 - rest_of_world) / tracks),
        rest_of_world,
    )
