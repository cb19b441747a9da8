"""How far from the initial planning point people were found: published quantiles, by category, as data.

The figures are those of Koester, *Lost Person Behavior* (2008), as carried by the public IGT4SAR tables
(IPP_EuclideanDistance2), crow-flies miles at which 25, 50, 75 and 95 per cent were found. None: not given there.
Against 131 Arizona records, duplicates among them, the published rings held 17.6, 42.7, 64.9 and 88.5 per cent instead
of 25, 50, 75 and 95: too tight. On 74 incidents with the duplicates removed they held 32.4, 55.4, 70.3 and 94.6
(`wayhome search score`): too wide near the initial planning point, where some never left, and too tight in the middle.
"""

from __future__ import annotations

from typing import Final

import msgspec

from wayhome.engines.search.errors import SearchError

SOURCE: Final = "Koester, Lost Person Behavior (2008), as carried by IGT4SAR; crow-flies distance from the IPP"
CAUTION: Final = (
    "published rings were too tight on 131 Arizona records, duplicates among them: they held 17.6, 42.7, 64.9 and 88.5 "
    "per cent, not 25, 50, 75 and 95; on 74 incidents without duplicates 32.4, 55.4, 70.3 and 94.6"
)
KM_PER_MILE: Final = 1.609344
PERCENT: Final = (25, 50, 75, 95)


class Distances(msgspec.Struct, frozen=True):
    """Quantiles in miles for one category in one kind of country. `ecoregion` and `terrain` empty: any other."""

    category: str
    ecoregion: str
    terrain: str
    mi_25: float | None
    mi_50: float | None
    mi_75: float | None
    mi_95: float | None

    def rings_km(self) -> tuple[tuple[int, float], ...]:
        """(per cent, km) for every quantile that is given."""
        miles = (self.mi_25, self.mi_50, self.mi_75, self.mi_95)
        return tuple((p, mi * KM_PER_MILE) for p, mi in zip(PERCENT, miles, strict=True) if mi is not None)


TABLE: Final[tuple[Distances, ...]] = (
    Distances("Abduction", "", "", 0.2, 1.5, 12.0, None),
    Distances("Aircraft", "", "", 0.4, 0.9, 3.7, 10.4),
    Distances("Angler", "temperate", "mountainous", 0.2, 0.9, 3.4, 6.1),
    Distances("Angler", "temperate", "", 0.5, 1.0, 3.4, 6.1),
    Distances("Angler", "dry", "", 2.0, 6.0, 6.5, 8.0),
    Distances("Angler", "", "", 0.5, 1.0, 3.4, 6.1),
    Distances("All Terrain Vehicle", "", "", 1.0, 2.0, 3.5, 5.0),
    Distances("Autistic", "urban", "", 0.2, 0.6, 2.4, 5.0),
    Distances("Autistic", "", "", 0.4, 1.0, 2.3, 9.5),
    Distances("Camper", "dry", "mountainous", 0.4, 1.0, 2.6, 20.3),
    Distances("Camper", "", "mountainous", 0.1, 1.4, 1.9, 24.7),
    Distances("Camper", "", "", 0.1, 0.7, 2.0, 8.0),
    Distances("Child (1-3)", "dry", "", 0.4, 0.8, 2.4, 5.6),
    Distances("Child (1-3)", "urban", "", 0.1, 0.3, 0.5, 0.7),
    Distances("Child (1-3)", "temperate", "mountainous", 0.1, 0.2, 0.6, 2.0),
    Distances("Child (1-3)", "", "", 0.1, 0.2, 0.6, 2.0),
    Distances("Child (4-6)", "dry", "", 0.4, 1.2, 2.0, 5.1),
    Distances("Child (4-6)", "urban", "", 0.06, 0.3, 0.6, 2.1),
    Distances("Child (4-6)", "temperate", "mountainous", 0.1, 0.5, 0.9, 2.3),
    Distances("Child (4-6)", "", "", 0.1, 0.4, 0.9, 4.1),
    Distances("Child (7-9)", "dry", "", 0.3, 0.8, 2.0, 4.5),
    Distances("Child (7-9)", "urban", "", 0.1, 0.3, 0.9, 3.2),
    Distances("Child (7-9)", "temperate", "mountainous", 0.5, 1.0, 2.0, 7.0),
    Distances("Child (7-9)", "", "", 0.1, 0.5, 1.3, 5.0),
    Distances("Child (10-12)", "dry", "", 0.5, 1.3, 4.5, 10.0),
    Distances("Child (10-12)", "urban", "", 0.2, 0.9, 1.8, 3.6),
    Distances("Child (10-12)", "temperate", "mountainous", 0.5, 1.0, 2.0, 5.6),
    Distances("Child (10-12)", "", "", 0.3, 1.0, 3.0, 6.2),
    Distances("Child (13-15)", "dry", "", 1.5, 2.0, 3.0, 7.4),
    Distances("Child (13-15)", "temperate", "mountainous", 0.5, 1.3, 3.0, 13.3),
    Distances("Child (13-15)", "", "", 0.4, 0.8, 2.0, 6.2),
    Distances("Climber", "", "", 0.1, 1.0, 2.0, 9.2),
    Distances("Dementia", "dry", "mountainous", 0.6, 1.2, 1.9, 3.8),
    Distances("Dementia", "dry", "flat", 0.3, 1.0, 2.2, 7.3),
    Distances("Dementia", "urban", "", 0.2, 0.7, 2.0, 7.8),
    Distances("Dementia", "temperate", "mountainous", 0.2, 0.5, 1.2, 5.1),
    Distances("Dementia", "", "", 0.2, 0.6, 1.5, 7.9),
    Distances("Despondent", "dry", "mountainous", 0.5, 1.0, 2.1, 11.1),
    Distances("Despondent", "dry", "flat", 0.3, 1.2, 2.3, 12.8),
    Distances("Despondent", "urban", "", 0.06, 0.3, 0.9, 8.1),
    Distances("Despondent", "temperate", "mountainous", 0.2, 0.7, 2.0, 13.3),
    Distances("Despondent", "", "", 0.2, 0.5, 1.4, 10.7),
    Distances("Gatherer", "dry", "", 1.0, 1.6, 3.6, 6.9),
    Distances("Gatherer", "", "", 0.9, 2.0, 4.0, 8.0),
    Distances("Hiker", "dry", "mountainous", 1.0, 2.0, 4.0, 11.9),
    Distances("Hiker", "dry", "flat", 0.8, 1.3, 4.1, 8.1),
    Distances("Hiker", "temperate", "mountainous", 0.7, 1.9, 3.6, 11.3),
    Distances("Hiker", "", "", 0.4, 1.1, 2.0, 6.1),
    Distances("Horseback Rider", "", "", 0.2, 2.0, 5.0, 12.2),
    Distances("Hunter", "dry", "mountainous", 1.3, 3.0, 5.0, 13.8),
    Distances("Hunter", "dry", "flat", 1.0, 1.9, 4.0, 7.0),
    Distances("Hunter", "temperate", "mountainous", 0.6, 1.3, 3.0, 10.7),
    Distances("Hunter", "", "", 0.4, 1.0, 1.9, 8.5),
    Distances("Mental Illness", "urban", "", 0.2, 0.4, 0.9, 7.7),
    Distances("Mental Illness", "temperate", "mountainous", 0.4, 1.4, 5.1, 9.0),
    Distances("Mental Illness", "", "", 0.5, 0.6, 1.4, 5.0),
    Distances("Mental Retardation", "dry", "", 0.7, 2.5, 5.4, 38.9),
    Distances("Mental Retardation", "urban", "", 0.2, 0.5, 2.3, 6.14),
    Distances("Mental Retardation", "temperate", "mountainous", 0.4, 1.0, 2.0, 7.0),
    Distances("Mental Retardation", "", "", 0.2, 0.6, 1.3, 7.3),
    Distances("Mountain Biker", "dry", "", 1.7, 4.0, 8.2, 18.1),
    Distances("Mountain Biker", "", "", 1.9, 2.5, 7.0, 15.5),
    Distances("Other (Extreme Sport)", "", "", 0.3, 1.6, 3.5, 8.3),
    Distances("Runner", "", "", 0.9, 1.6, 2.1, 3.6),
    Distances("Skier-Alpine", "", "", 0.7, 1.7, 3.0, 9.4),
    Distances("Skier-Nordic", "dry", "", 1.2, 2.7, 4.0, 12.1),
    Distances("Skier-Nordic", "", "", 1.0, 2.2, 4.0, 12.2),
    Distances("Snowboarder", "", "", 1.0, 2.0, 3.8, 9.5),
    Distances("Snowmobiler", "dry", "", 1.0, 3.0, 8.7, 18.9),
    Distances("Snowmobiler", "temperate", "flat", 0.8, 2.9, 25.5, 59.7),
    Distances("Snowmobiler", "", "", 2.0, 4.0, 6.9, 10.0),
    Distances("Substance Abuse", "", "", 0.3, 0.7, 2.6, 6.0),
    Distances("(any other category)", "", "", 0.4, 1.1, 2.0, 6.1),
)

CATEGORIES: Final[tuple[str, ...]] = tuple(dict.fromkeys(row.category for row in TABLE))


def distances_for(category: str, *, ecoregion: str = "", terrain: str = "") -> Distances:
    """The row that fits best: both conditions, then one, then the category's own rest. Raises SearchError."""
    wanted = category.strip().casefold()
    rows = [row for row in TABLE if row.category.casefold() == wanted]
    if not rows:
        raise SearchError(f"there are no distances for {category!r}: one of {', '.join(CATEGORIES)}")
    eco, ground = ecoregion.strip().casefold(), terrain.strip().casefold()
    fitting = [row for row in rows if row.ecoregion in ("", eco) and row.terrain in ("", ground)]
    if not fitting:
        raise SearchError(f"{category}: say the ecoregion ({_known(rows)}), there is no row for any other")
    return max(fitting, key=lambda row: (bool(row.ecoregion) + bool(row.terrain), bool(row.ecoregion)))


def _known(rows: list[Distances]) -> str:
    return ", ".join(sorted({row.ecoregion for row in rows if row.ecoregion}))
