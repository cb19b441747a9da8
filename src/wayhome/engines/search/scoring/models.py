"""What is compared: the baseline, the plain models that learn nothing, each incident's map by each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.scoring.box import RoundMap
from wayhome.engines.search.scoring.incidents import Finds, Incident
from wayhome.engines.search.scoring.maps import SMALLEST_SPREAD, Both, Disc, Lognormal, OneOverR, Rings
from wayhome.engines.search.scoring.published import published_for

BASELINE: Final = "baseline"
DISC_M: Final = 50.0
"""The baseline's disc at the initial planning point."""
FEWEST_FAR: Final = 3


class Learned(Protocol):
    """What was learned: a map for an incident of which the find is not looked at."""

    def map_for(self, incident: Incident) -> RoundMap: ...


class Model(Protocol):
    """A way to make maps."""

    @property
    def name(self) -> str: ...

    @property
    def words(self) -> str: ...

    def learn(self, finds: Finds) -> Learned:
        """From other incidents. Raises SearchError where they teach nothing."""
        ...


@dataclass(frozen=True)
class Baseline:
    """One lognormal for all beside an even disc of 50 m, its share (k + 1) / (n + 2) for k of n found there."""

    name: str = BASELINE
    words: str = "radial lognormal and a 50 m disc at the IPP, learned from the other places of the group"

    def learn(self, finds: Finds) -> Learned:
        near = finds.distance_m < DISC_M
        logs = np.log(finds.distance_m[~near])
        if logs.size < FEWEST_FAR:
            raise SearchError(
                f"only {logs.size} of {len(finds)} incidents were found farther than {DISC_M:g} m: nothing to fit"
            )
        share = (int(near.sum()) + 1) / (len(finds) + 2)
        spread = max(float(logs.std(ddof=1)), SMALLEST_SPREAD)
        return Same(Both(share, Disc(DISC_M), Lognormal(float(logs.mean()), spread)))


@dataclass(frozen=True)
class Same:
    """The same map for everybody."""

    map: RoundMap

    def map_for(self, incident: Incident) -> RoundMap:  # noqa: ARG002 - who it is makes no difference here
        return self.map


@dataclass(frozen=True)
class PublishedLognormal:
    """A lognormal through the published quantiles."""

    name: str = "published lognormal"
    words: str = "lognormal through the published distances of the category; learns nothing"

    def learn(self, finds: Finds) -> Learned:  # noqa: ARG002 - it rests on what is published alone
        return self

    def map_for(self, incident: Incident) -> RoundMap:
        row = published_for(incident)
        return Lognormal(row.middle, row.spread)


@dataclass(frozen=True)
class PublishedRings:
    """The published rings as they stand."""

    name: str = "published rings"
    words: str = "even within each published ring of the category, 1/r^4 beyond the last; learns nothing"

    def learn(self, finds: Finds) -> Learned:  # noqa: ARG002 - it rests on what is published alone
        return self

    def map_for(self, incident: Incident) -> RoundMap:
        rings = published_for(incident).rings_m
        return Rings(tuple(radius for _, radius in rings), tuple(share for share, _ in rings))


@dataclass(frozen=True)
class Plain:
    """1/r: no parameter, no data."""

    name: str = "1/r"
    words: str = "density 1/r inside the box and 5 per cent outside; no parameter, no data"

    def learn(self, finds: Finds) -> Learned:  # noqa: ARG002 - there is nothing to learn
        return Same(OneOverR())
