"""The published distances as models use them: which row an incident has, and a lognormal through its quantiles."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from wayhome.engines.search.distances import CATEGORIES, Distances, distances_for
from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.scoring.incidents import Incident

ANY: Final = "(any other category)"
NORMAL: Final = {25: -0.6744897501960817, 50: 0.0, 75: 0.6744897501960817, 95: 1.6448536269514722}
"""The standard normal's quantiles, by per cent."""


@dataclass(frozen=True)
class Published:
    """What is published for people like him. `known` False: the row for any other category had to do.

    `rings_m`: (share, metres). `middle` and `spread`: of the normal log distance in metres whose quantiles come nearest
    to the rings by least squares.
    """

    rings_m: tuple[tuple[float, float], ...]
    middle: float
    spread: float
    known: bool


def published_for(incident: Incident) -> Published:
    """The row that fits the incident's category, ecoregion and terrain best."""
    return _published(incident.category.casefold(), incident.ecoregion.casefold(), incident.terrain.casefold())


def published_for_any() -> Published:
    """The row for any other category."""
    return _published(ANY, "", "")


@cache
def _published(category: str, ecoregion: str, terrain: str) -> Published:
    rows = _rows(category, ecoregion, terrain)
    known = bool(rows)
    rows = rows or [distances_for(ANY)]
    percents = [percent for percent, _ in rows[0].rings_km()]
    logs = np.array([[math.log(km * 1000) for _, km in row.rings_km()] for row in rows]).mean(axis=0)
    normal = np.array([NORMAL[percent] for percent in percents])
    spread, middle = np.polyfit(normal, logs, 1)
    rings = tuple((percent / 100, math.exp(log)) for percent, log in zip(percents, logs, strict=True))
    return Published(rings, float(middle), float(spread), known)


def _rows(category: str, ecoregion: str, terrain: str) -> list[Distances]:
    """The rows meant: one, or, for a child whose age is not told, those of every age (their quantiles' mean log)."""
    names = [name for name in CATEGORIES if name.casefold() == category and name != ANY]
    if category == "child":
        names = [name for name in CATEGORIES if name.casefold().startswith("child (")]
    found = []
    for name in names:
        try:
            found.append(distances_for(name, ecoregion=ecoregion, terrain=terrain))
        except SearchError:
            return []
    return found
