"""Which pieces of evidence cannot well be true together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.tracks.saying import Said

Numbers = NDArray[np.float64]

SURPRISE: Final = 100.0
"""Two pieces that are together a hundred times less likely than each by itself would have it are named (Jensen,
Chamberlain, Nordahl and Jensen, "Analysis in HUGIN of data conflict", UAI 1990)."""
AT_ONCE: Final = 65_536


@dataclass(frozen=True)
class Conflict:
    """Pieces that cannot well be true together, by name. `surprise`: how many times less likely together than each by
    itself would have it; inf where no track at all agrees."""

    names: tuple[str, ...]
    surprise: float


def conflicts_of(prior: Numbers, said: Sequence[Said]) -> tuple[Conflict, ...]:
    """Pieces that no track agrees with, pairs in conflict, and failing both the fewest pieces that leave no track."""
    if not said:
        return ()
    alone, both = _means(prior, said)
    names = [one.evidence.name for one in said]
    found = [Conflict((names[i],), math.inf) for i in range(len(said)) if alone[i] == 0]
    for i in range(len(said)):
        for j in range(i + 1, len(said)):
            if alone[i] > 0 and alone[j] > 0:
                expected = alone[i] * alone[j]
                surprise = math.inf if both[i, j] == 0 else float(expected / both[i, j])
                if surprise >= SURPRISE:
                    found.append(Conflict((names[i], names[j]), surprise))
    if not any(c.surprise == math.inf for c in found):
        found += _fewest(said, names)
    return tuple(sorted(found, key=lambda c: (-c.surprise, c.names)))


def _means(prior: Numbers, said: Sequence[Said]) -> tuple[Numbers, Numbers]:
    """The likelihood of each piece, and of each two together, over the tracks before evidence."""
    alone, both = np.zeros(len(said)), np.zeros((len(said), len(said)))
    for begin in range(0, prior.size, AT_ONCE):
        part = slice(begin, begin + AT_ONCE)
        likely = np.exp(np.stack([one.log[part] for one in said]))
        weighted = likely * prior[part]
        alone += weighted.sum(axis=1)
        both += np.einsum("in,jn->ij", weighted, likely)
    return alone, both


def _fewest(said: Sequence[Said], names: list[str]) -> list[Conflict]:
    """Where all together leave no track: pieces none of which can be left out without leaving one."""
    kept = list(range(len(said)))
    if _leaves_one(said, kept):
        return []
    for i in list(kept):
        without = [k for k in kept if k != i]
        if not _leaves_one(said, without):
            kept = without
    return [Conflict(tuple(names[k] for k in kept), math.inf)]


def _leaves_one(said: Sequence[Said], kept: list[int]) -> bool:
    agreed = np.ones(said[0].log.size, np.bool_)
    for k in kept:
        agreed &= np.isfinite(said[k].log)
    return bool(agreed.any())
