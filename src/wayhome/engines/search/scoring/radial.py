"""Our radial-and-time model, for incidents without elevation: how far, by category and country, and how long.

Three parts. *At the initial planning point itself* (25 m, half a cell) a share that is learned by category and drawn
towards all. *Farther out* the log distance has a Student distribution: each category's middle and spread start from
those of all others, these from the published row (Koester 2008) for category, ecoregion and terrain, and move as far
as the incidents say. How far they may move, and whether the published row is believed or that for any other category,
is not chosen: eighteen answers are averaged, each weighted by how well it foretold every category from the others
(conjugate models, so these weights are sums and nothing is searched for). *Time*: where the hours are known, nobody
on foot is farther than they can have walked, but for a small share whose hours are wrong.

The rest of the world is never less than 5 per cent. It goes by distance alone. Nothing in it knows the ground.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.scoring.box import CELL_M, EVEN_INSIDE, RoundMap, outside
from wayhome.engines.search.scoring.conjugate import KNOWS_NOTHING, BetaBelief, NormalBelief, Sums, averaged
from wayhome.engines.search.scoring.incidents import Finds, Incident, Numbers
from wayhome.engines.search.scoring.maps import Both, Disc, Lognormal, Tabled
from wayhome.engines.search.scoring.published import Published, published_for, published_for_any

AT_IPP_M: Final = CELL_M / 2
STRENGTHS: Final = (2.0, 20.0, 1000.0)
"""As how many incidents the published row counts for all: hardly, somewhat, as good as certain."""
BORROWED: Final = (3.0, 15.0, 1000.0)
"""As how many incidents, at most, all others count for a category."""
LEAST_OUTSIDE: Final = 1 - EVEN_INSIDE
"""The rest of the world: at least as much as the map that knows nothing keeps outside the box. Tails of a fitted
distance are the least sure part of it, and somebody may have been driven away or be looked for at the wrong place."""
ELSEWHERE: Final = Lognormal(math.log(25_000.0), 1.0)
"""How what is added lies: half of it within 25 km."""
WALKED_M_PER_H: Final = 5036.0
"""Tobler's (1993) speed on level ground, 6 e^(−0.175) km/h: as the crow flies nobody walks faster for hours."""
WRONG_HOURS: Final = 0.02
"""The share of incidents whose hours are taken to be wrong, so that no find is impossible. Our own choice."""
ON_FOOT: Final = frozenset(
    ("hiker", "child", "dementia", "autistic", "climber", "gatherer", "camper", "mental retardation", "mental illness")
)
"""Categories that nothing carries; for any other no walking speed is a bound. A runner runs, a despondent may drive."""


@dataclass(frozen=True)
class RadialAndTime:
    """The model above."""

    name: str = "radial and time"
    words: str = (
        "ours: share at the IPP and log distance by category, between the published row and the other places of the "
        "file; bounded by hours on foot where these are given"
    )

    def learn(self, finds: Finds) -> LearnedRadial:
        return LearnedRadial(finds)


@dataclass(frozen=True)
class _Answer:
    """One of those averaged: whether the category's own row is believed, and how firmly what."""

    own_row: bool
    strength: float
    borrowed: float


ANSWERS: Final = tuple(_Answer(*one) for one in product((True, False), STRENGTHS, BORROWED))


class LearnedRadial:
    """What the other places taught."""

    def __init__(self, finds: Finds) -> None:
        keys = [_key(one) for one in finds.incidents]
        near = finds.distance_m < AT_IPP_M
        self._shares = _Shares(keys, near)
        far = [(one, key) for one, key, at in zip(finds.incidents, keys, near, strict=True) if not at]
        logs = np.log(finds.distance_m[~near])
        self._groups = [key for _, key in far]
        own = [published_for(incident) for incident, _ in far]
        rows = {True: own, False: [published_for_any()] * len(far)}
        units = {
            which: (np.array([r.middle for r in of]), np.array([r.spread for r in of])) for which, of in rows.items()
        }
        self._means = [_Mean(one, units[one.own_row], self._groups, logs) for one in ANSWERS]
        self._weights = averaged([mean.log_chance for mean in self._means])

    def map_for(self, incident: Incident) -> RoundMap:
        key = _key(incident)
        students = [mean.student(incident, key) for mean in self._means]
        at_ipp = self._shares.of(key)
        table = Tabled.of(lambda radius: _mixed(radius, self._weights, students))
        table = _kept_outside(table, LEAST_OUTSIDE / (1 - at_ipp))
        if incident.hours is not None and _on_foot(key):
            table = _bounded(table, incident.hours * WALKED_M_PER_H)
        return Both(at_ipp, Disc(AT_IPP_M), table)


class _Shares:
    """How often people are found at the initial planning point itself, by category."""

    def __init__(self, keys: Sequence[str], near: NDArray[np.bool_]) -> None:
        self._counts: dict[str, tuple[int, int]] = {}
        for key, at in zip(keys, near, strict=True):
            yes, no = self._counts.get(key, (0, 0))
            self._counts[key] = (yes + int(at), no + int(not at))
        self._all = int(near.sum()), int((~near).sum())
        chances = [sum(self._others(key, s).log_chance(*self._counts[key]) for key in self._counts) for s in BORROWED]
        self._weights = averaged(chances)

    def of(self, key: str) -> float:
        counts = self._counts.get(key, (0, 0))
        means = (self._others(key, strength).after(*counts).mean for strength in BORROWED)
        return sum(weight * mean for weight, mean in zip(self._weights, means, strict=True))

    def _others(self, key: str, strength: float) -> BetaBelief:
        yes, no = self._counts.get(key, (0, 0))
        return KNOWS_NOTHING.after(self._all[0] - yes, self._all[1] - no).at_most(strength)


class _Mean:
    """One answer, learned: for each category a belief about its log distances in units of the published row."""

    def __init__(self, answer: _Answer, units: tuple[Numbers, Numbers], keys: Sequence[str], logs: Numbers) -> None:
        """`units`: middle and spread of each incident's row, (N,) each; `logs`: the log distances (N,)."""
        self._answer = answer
        middles, spreads = units
        z = (logs - middles) / spreads
        names, group = np.unique(np.array(keys, dtype=str), return_inverse=True)
        counts, totals, squares = np.bincount(group), np.bincount(group, z), np.bincount(group, z * z)
        self._seen = {
            str(name): Sums(int(counts[i]), float(totals[i]), float(squares[i])) for i, name in enumerate(names)
        }
        self._all = Sums(len(keys), float(z.sum()), float((z * z).sum()))
        chances = [self._others(name).log_chance(seen) for name, seen in self._seen.items()]
        self.log_chance = math.fsum(chances) - float(np.log(spreads).sum())

    def student(self, incident: Incident, key: str) -> tuple[float, float, float]:
        """Middle, scale and degrees of freedom of the incident's log distance."""
        row, belief = self._row(incident), self._others(key).after(self._seen.get(key, Sums()))
        return row.middle + row.spread * belief.middle, row.spread * belief.next_scale, belief.freedom

    def _others(self, key: str) -> NormalBelief:
        """What all other categories say of this one."""
        start = NormalBelief(0.0, self._answer.strength, 1.0, self._answer.strength)
        return start.after(self._all.without(self._seen.get(key, Sums()))).at_most(self._answer.borrowed)

    def _row(self, incident: Incident) -> Published:
        return published_for(incident) if self._answer.own_row else published_for_any()


def _mixed(radius_m: Numbers, weights: Sequence[float], students: Sequence[tuple[float, float, float]]) -> Numbers:
    """The density per m² of the averaged Student distributions of log distance."""
    log = np.log(radius_m)
    found = np.zeros_like(log)
    for weight, (middle, scale, freedom) in zip(weights, students, strict=True):
        z = (log - middle) / scale
        top = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - 0.5 * math.log(freedom * math.pi)
        found += weight / scale * np.exp(top - (freedom + 1) / 2 * np.log1p(z * z / freedom))
    return found / (2 * math.pi * radius_m * radius_m)


def _kept_outside(table: Tabled, least: float) -> Tabled:
    """The same with as much of `ELSEWHERE` laid over it as brings what lies outside the box to `least`."""
    there = outside(table)
    if there >= least:
        return table
    elsewhere, far = _elsewhere()
    share = min(1.0, (least - there) / (far - there))
    return Tabled.of(lambda radius: (1 - share) * table.per_m2(radius) + share * elsewhere.per_m2(radius))


@cache
def _elsewhere() -> tuple[Tabled, float]:
    table = Tabled.of(ELSEWHERE.per_m2)
    return table, outside(table)


def _bounded(table: Tabled, reach_m: float) -> Tabled:
    """The same within `reach_m`, but for the share whose hours are wrong."""
    held = max(float(table.within(np.array([reach_m]))[0]), 1e-6)
    inside = (1 - WRONG_HOURS) / held + WRONG_HOURS
    return Tabled.of(lambda radius: table.per_m2(radius) * np.where(radius <= reach_m, inside, WRONG_HOURS))


def _key(incident: Incident) -> str:
    return incident.category.strip().casefold()


def _on_foot(key: str) -> bool:
    return key in ON_FOOT or key.startswith("child (")
