"""When few tracks carry the answer: more like them, by chance that anyone can draw again.

Tracks are drawn in proportion to their weight (systematically, without chance) and then moved: from a half hour on, a
track goes another way, and the other way is kept with the chance that keeps the posterior as it is (Metropolis and
Hastings; Gilks and Berzuini, "Following a moving target", JRSS B 63, 2001). From the first half hour on, it is another
track altogether.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.tracks.cloud import Cloud, Strand, walked
from wayhome.engines.search.tracks.saying import Said, said_of
from wayhome.engines.search.tracks.walking import BLOCK_MIN

Numbers = NDArray[np.float64]
Words = NDArray[np.uint64]

MOST: Final = 10_000
"""So many tracks are drawn anew at most."""
ROUNDS: Final = 4
_STEP: Final = np.uint64(0x9E3779B97F4A7C15)


def rejuvenated(cloud: Cloud, weights: Numbers, prior: Numbers, said: Sequence[Said]) -> tuple[Cloud, Numbers]:
    """A cloud of tracks drawn anew, and their weights, which sum to what the old ones did. Deterministic."""
    most = min(MOST, cloud.tracks)
    strands, parts, total = [], [], float(np.sum(weights))
    for strand, begin in zip(cloud.strands, cloud.starts, strict=False):
        part = slice(begin, begin + strand.tracks)
        share = float(np.sum(weights[part])) / total
        count = round(most * share)
        if count == 0:
            continue
        drawn = systematic(weights[part], count)
        logs = [one.log[part][drawn] for one in said]
        worth = _Worth(cloud, strand, prior[part], said)
        strands.append(worth.moved(replace(_taken(strand, drawn), share=share), logs))
        parts.append(np.full(count, share * total / count))
    return replace(cloud, strands=tuple(strands)), np.concatenate(parts)


def systematic(weights: Numbers, count: int) -> NDArray[np.int64]:
    """`count` numbers of tracks, each as often as its weight asks, rounded up or down. No chance is drawn."""
    sums = np.cumsum(weights)
    at = (np.arange(count) + 0.5) / count * sums[-1]
    return np.asarray(np.minimum(np.searchsorted(sums, at, side="right"), weights.size - 1))


def _taken(strand: Strand, drawn: NDArray[np.int64]) -> Strand:
    """A strand of the tracks drawn, with room for other names."""
    room = strand.names.shape[1] + ROUNDS
    names, since = np.zeros((drawn.size, room), np.uint64), np.full((drawn.size, room), -1, np.int32)
    names[:, : strand.names.shape[1]], since[:, : strand.names.shape[1]] = strand.names[drawn], strand.since[drawn]
    return replace(
        strand,
        names=names,
        since=since,
        states=strand.states[drawn],
        strides=strand.strides[drawn],
        border=strand.border[drawn],
    )


class _Worth:
    """Moves the tracks of one strand, by what the evidence and the calibration say of where they would go."""

    def __init__(self, cloud: Cloud, strand: Strand, prior: Numbers, said: Sequence[Said]) -> None:
        self._cloud, self._said = cloud, said
        old = replace(cloud, strands=(strand,))
        self._flat = bool(np.ptp(prior) == 0)
        self._away, first = np.unique(old.distances_m(), return_index=True)
        self._factor = prior[first]
        latest = max((one.evidence.to_min for one in said), default=0.0)
        self._blocks = min(strand.states.shape[1] - 2, int(latest // BLOCK_MIN)) + 1

    def moved(self, strand: Strand, logs: list[Numbers]) -> Strand:
        """Some rounds of moves."""
        worth = np.sum(logs, axis=0) + self._calibration(strand)
        for turn in range(ROUNDS):
            slot = np.arange(strand.tracks, dtype=np.uint64)
            key = hashed(strand.names[:, 0] ^ hashed(slot * np.uint64(ROUNDS) + np.uint64(turn) + _STEP))
            other = walked(_branched(strand, key, self._blocks))
            alone = replace(self._cloud, strands=(replace(other, share=1.0),))
            other_worth = self._calibration(other)
            for one in self._said:
                other_worth = other_worth + said_of(alone, one.evidence, alone.prior, one.scale).log
            with np.errstate(invalid="ignore"):
                taken = np.log(_even(hashed(key + _STEP))) < other_worth - worth
            strand, worth = _mixed(strand, other, taken), np.where(taken, other_worth, worth)
        return strand

    def _calibration(self, strand: Strand) -> Numbers:
        """The logarithm of the prior of a track by how far it ends, read off the tracks that were calibrated."""
        if self._flat:
            return np.zeros(strand.tracks)
        away = replace(self._cloud, strands=(strand,)).distances_m()
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(np.interp(away, self._away, self._factor)))


def _branched(strand: Strand, key: Words, blocks: int) -> Strand:
    """The tracks with another name from a half hour on."""
    block = (_even(hashed(key)) * blocks).astype(np.int32)
    kept = (strand.since >= 0) & (strand.since < block[:, None])
    count = kept.sum(axis=1)
    names, since = np.where(kept, strand.names, 0).astype(np.uint64), np.where(kept, strand.since, -1).astype(np.int32)
    row = np.arange(strand.tracks)
    names[row, count], since[row, count] = key | np.uint64(1 << 63), block
    return replace(
        strand,
        names=names,
        since=since,
        states=np.zeros_like(strand.states),
        strides=np.zeros_like(strand.strides),
        border=np.full_like(strand.border, -1),
    )


def _mixed(strand: Strand, other: Strand, taken: NDArray[np.bool_]) -> Strand:
    """The tracks, or the others where taken."""
    parts = {
        name: np.where(
            taken.reshape(-1, *(1,) * (getattr(strand, name).ndim - 1)), getattr(other, name), getattr(strand, name)
        )
        for name in ("names", "since", "states", "strides", "border")
    }
    return replace(strand, **parts)


def hashed(x: Words) -> Words:
    """splitmix64's finalizer, for many."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(x ^ (x >> np.uint64(31)))


def _even(x: Words) -> Numbers:
    """Above 0 and below 1."""
    return np.asarray(((x >> np.uint64(11)).astype(np.float64) + 0.5) / 2.0**53)
