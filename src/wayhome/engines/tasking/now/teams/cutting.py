"""Cuts: of 2k - 1 people, two teams cannot both hold k. Which of these the relaxed choice breaks, and their fines.

The subset-row inequalities of Jepsen, Petersen, Spoorendonk and Pisinger (Operations Research 56, 2008): of three
people all are tried, larger sets grow from the teams that have a share.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.tasking.now.teams.kernel import Cuts
from wayhome.engines.tasking.now.teams.problem import Floats, Ints
from wayhome.engines.tasking.now.teams.solver import Column, Group

BROKEN_BY = 0.04
SMALL = 1e-6
HALVES = (3, 4, 5)
"""k of the larger sets."""

Found = dict[Group, float]
NOTHING = (np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int64))


def broken_by(shares: Sequence[tuple[Column, float]], people: int, known: Collection[Group], most: int) -> list[Group]:
    """The groups that shares of teams break worst, at most `most`, those `known` left out."""
    some = [(column, share) for column, share in shares if share < 1.0 - BROKEN_BY]
    if not some:
        return []
    held = np.zeros((len(some), people))
    for row, (column, _) in zip(held, some, strict=True):
        row[list(column.people)] = 1.0
    weights = np.array([share for _, share in some])
    found = _threes(held, weights) | _grown(held, weights)
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], sorted(pair[0])))
    return [group for group, _ in ordered if group not in known][:most]


def _threes(held: Floats, weights: Floats) -> Found:
    """Three people of which teams worth more than one hold two or more. held: (teams, people); weights: by team."""
    both = (held * weights[:, None]).T @ held
    found: Found = {}
    busy = np.flatnonzero(held.any(axis=0))
    for one in busy:
        for other in busy[(busy > one) & (both[one][busy] > SMALL)]:
            with_both = (held[:, one] > 0) & (held[:, other] > 0)
            worth = both[one, other] + both[one] + both[other] - 2.0 * (weights[with_both] @ held[with_both])
            worth[[one, other]] = 0.0
            for third in np.flatnonzero(worth > 1.0 + BROKEN_BY):
                found[frozenset((int(one), int(other), int(third)))] = round(float(worth[third]), 6)
    return found


def _grown(held: Floats, weights: Floats) -> Found:
    """Larger groups, each grown from one team by whoever brings most shares to k people."""
    found: Found = {}
    load = weights @ held
    for team in held > 0:
        for k in HALVES:
            start = sorted(np.flatnonzero(team).tolist(), key=lambda who: (-load[who], who))
            group = start[: 2 * k - 1]
            counts = held[:, group].sum(axis=1)
            while len(group) < 2 * k - 1:
                after = counts[:, None] + held
                worth = weights @ ((after >= k) + SMALL * np.minimum(after, k))
                worth[group] = -1.0
                group.append(int(worth.argmax()))
                counts += held[:, group[-1]]
            total = round(float(weights @ (counts >= k)), 6)
            if total > 1.0 + BROKEN_BY:
                found[frozenset(group)] = total
    return found


def padded(groups: Collection[Group]) -> Ints:
    """Groups as rows of people, -1 after the last."""
    width = max(map(len, groups), default=0)
    rows = [sorted(group) + [-1] * (width - len(group)) for group in groups]
    return np.array(rows, np.int64).reshape(len(groups), width)


def halves(groups: Ints) -> Ints:
    """k of each group."""
    return np.asarray(((groups >= 0).sum(axis=1) + 1) // 2, np.int64)


def fined(groups: Ints, fines: Floats, place: NDArray[np.int64], n: int) -> Cuts:
    """The cuts with a fine as the search of a mission with `n` options sees them.

    groups: as `padded` gives them; fines: of the first of them; place: option of each person, or -1, with one more at
    the end for nobody.
    """
    groups, fines = groups[: fines.size], fines[: len(groups)]
    if not fines.any():
        return Cuts(np.zeros(n + 1, np.int64), *NOTHING)
    least = halves(groups)
    options = place[groups]
    wanted = (fines > 0.0) & ((options >= 0).sum(axis=1) >= least)
    options = options[wanted]
    cut, column = np.nonzero(options >= 0)
    of = options[cut, column]
    order = np.argsort(of, kind="stable")
    at = np.searchsorted(of[order], np.arange(n + 1))
    return Cuts(at.astype(np.int64), cut[order].astype(np.int64), fines[wanted], least[wanted])
