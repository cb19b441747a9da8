"""How fast people walk: Tobler's function, what the ground takes off it, and who is walking. Tables as data.

A figure is either from a named source or our own assumption; `basis` says which, and goes with every result.
Sources marked (not re-read) are quoted from the literature, not checked against the original for this table.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from wayhome.terrain.classes import LandCover
from wayhome.terrain.errors import TerrainError

TOBLER: Final = "Tobler 1993, NCGIA report 93-1: 6 exp(-3.5 |slope + 0.05|) km/h on a footpath, 3/5 of it off paths"
SOULE: Final = "Soule and Goldman 1972, J Appl Physiol 32:706, terrain coefficients (not re-read)"
MARCHES: Final = "FM 21-18, Foot Marches, US Army 1990, rates of march (not re-read)"
OURS: Final = "our own assumption"

BEST_KM_H: Final = 6.0
STEEPNESS: Final = 3.5
EASIEST_SLOPE: Final = -0.05


@dataclass(frozen=True)
class Factor:
    """What a kind of ground leaves of Tobler's speed, and what that rests on. 0 means that nobody walks through."""

    times: float
    basis: str


LAND_COVER: Final[dict[LandCover, Factor]] = {
    LandCover.UNKNOWN: Factor(0.6, TOBLER),
    LandCover.OPEN: Factor(0.6, TOBLER),
    LandCover.FOREST: Factor(0.5, f"0.6 / 1.2, light brush: {SOULE}"),
    LandCover.SCRUB: Factor(0.4, f"0.6 / 1.5, heavy brush: {SOULE}"),
    LandCover.ROCK: Factor(0.4, OURS),
    LandCover.ICE: Factor(0.3, OURS),
    LandCover.WETLAND: Factor(0.33, f"0.6 / 1.8, swamp: {SOULE}"),
    LandCover.WATER: Factor(0.0, "nobody is taken to swim: " + OURS),
    LandCover.BUILT: Factor(1.0, "paved: " + OURS),
}
TRAIL: Final = Factor(1.0, TOBLER)
STREAM: Final = Factor(0.5, "on top of the land cover, for finding a way across: " + OURS)
FORD: Final = Factor(0.3, OURS)
CLIFF_SLOPE: Final = 1.0
"""45 degrees between neighbouring cells: taken as a cliff off the trails. Our own assumption."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Who walks. `on_trail` and `off_trail` multiply the speed above; `max_slope` is rise over run between cells.

    Raises TerrainError for a factor outside 0.05..5 or a slope outside 0.1..2.
    """

    name: str
    on_trail: float = 1.0
    off_trail: float = 1.0
    max_slope: float = CLIFF_SLOPE
    basis: tuple[str, ...] = (TOBLER,)

    def __post_init__(self) -> None:
        for what, value in (("on trails", self.on_trail), ("off trails", self.off_trail)):
            if not (math.isfinite(value) and 0.05 <= value <= 5):
                raise TerrainError(f"a speed {what} of {value} times Tobler's is refused: 0.05 to 5")
        if not (math.isfinite(self.max_slope) and 0.1 <= self.max_slope <= 2):
            raise TerrainError(f"a steepest slope of {self.max_slope} is refused: 0.1 to 2 (rise over run)")

    def times(self, factor: float, why: str) -> Profile:
        """The same walker, faster or slower everywhere."""
        return replace(
            self,
            name=f"{self.name}, {why}",
            on_trail=self.on_trail * factor,
            off_trail=self.off_trail * factor,
            basis=(*self.basis, f"{why}: x {factor:g}, {OURS}"),
        )

    def at_night(self) -> Profile:
        """In the dark: 3.2 for 4.0 km/h on roads, 1.6 for 2.4 across country."""
        said = f"in the dark: x 0.8 on trails, x 0.67 off them, {MARCHES}"
        return replace(
            self,
            name=f"{self.name}, in the dark",
            on_trail=self.on_trail * 0.8,
            off_trail=self.off_trail * 0.67,
            basis=(*self.basis, said),
        )

    def loaded(self) -> Profile:
        """With a heavy pack or half a stretcher: 4.0 km/h on roads where Tobler walks 5.04."""
        return replace(
            self,
            name=f"{self.name}, with a load",
            on_trail=self.on_trail * 0.8,
            off_trail=self.off_trail * 0.8,
            basis=(*self.basis, f"with a load: x 0.8, {MARCHES}"),
        )


HIKER: Final = Profile(name="hiker")
PROFILES: Final[dict[str, Profile]] = {
    "hiker": HIKER,
    "rescuer": Profile(name="rescuer", max_slope=1.1, basis=(TOBLER, f"steeper ground than a hiker: {OURS}")),
    "child": Profile(
        name="child",
        on_trail=0.7,
        off_trail=0.6,
        max_slope=0.7,
        basis=(TOBLER, f"x 0.7 on trails, x 0.6 off them: {OURS}"),
    ),
    "elderly": Profile(
        name="elderly",
        on_trail=0.6,
        off_trail=0.5,
        max_slope=0.5,
        basis=(TOBLER, f"x 0.6 on trails, x 0.5 off them: {OURS}"),
    ),
    "evader": Profile(
        name="evader",
        on_trail=1.5,
        off_trail=1.5,
        max_slope=1.2,
        basis=(TOBLER, f"fit, hurried, x 1.5 for as long as asked: {OURS}"),
    ),
    "runner": Profile(
        name="runner",
        on_trail=1.8,
        off_trail=1.3,
        basis=(TOBLER, f"x 1.8 on trails, x 1.3 off them: {OURS}"),
    ),
}
"""The walkers known by name."""


def profile(name: str) -> Profile:
    """A walker by name. Raises TerrainError, naming those there are."""
    if name not in PROFILES:
        raise TerrainError(f"there is no walker called {name!r}: there is {', '.join(sorted(PROFILES))}")
    return PROFILES[name]


def tobler_km_h(slope: float) -> float:
    """Tobler's speed for a signed slope (rise over run, up is positive)."""
    return BEST_KM_H * math.exp(-STEEPNESS * abs(slope - EASIEST_SLOPE))


def slowness_by_cover(walker: Profile) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """For each land cover number, 1 / (what is left of Tobler's speed); 0 where nobody walks."""
    left = [LAND_COVER[cover].times * walker.off_trail for cover in LandCover]
    return np.array([1 / x if x > 0 else 0.0 for x in left], np.float32)
