"""How likely a secret gets out, given how many have known it for how long, and what one more would cost.

Each person who knows is assumed to let it out at a constant rate, each on their own: with `rate` for a person and
year, and person-years L, the chance that it is out is 1 - exp(-rate L), a Poisson process; Grimes 2016, "On the
Viability of Conspiratorial Beliefs", PLOS ONE 11(1), reckons in a related way. The rate is an assumption. Nobody has
measured it for people such as these: Grimes' own rests on three cases. So each answer is given for a third of the
rate, the rate, and three times it, and none of them is the true one.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import msgspec

from wayhome.engines.knowing.errors import KnowingError

DAYS_A_YEAR = 365.25
EITHER_WAY = 3.0
"""The assumed rate may be so many times too high or too low."""
MOST_PEOPLE = 1_000_000


class Chance(msgspec.Struct, frozen=True):
    """A chance from 0 to 1: with a third of the assumed rate, with it, and with three times it."""

    low: float
    middle: float
    high: float


class Count(msgspec.Struct, frozen=True):
    """A number of people: with three times the assumed rate, with it, and with a third of it; least first."""

    low: int
    middle: int
    high: int


def leaked(person_days: float, rate: float) -> Chance:
    """The chance that it is out after so many person-days. `rate`: for each person and year."""
    _checked(rate, person_days=person_days)
    return _chance(rate, lambda one: -math.expm1(-one * person_days / DAYS_A_YEAR))


def one_more(person_days: float, days: float, rate: float) -> Chance:
    """By how much the chance grows when one more knows for so many days, beside the others' person-days.

    (1 - P)(1 - exp(-rate T)). It is small where the secret is out anyhow, so a larger rate need not cost more: `low`
    is the least of the three and `high` the most.
    """
    _checked(rate, person_days=person_days, days=days)

    def cost(one: float) -> float:
        return math.exp(-one * person_days / DAYS_A_YEAR) * -math.expm1(-one * days / DAYS_A_YEAR)

    least, *_, most = sorted((cost(rate / EITHER_WAY), cost(rate), cost(rate * EITHER_WAY)))
    return Chance(least, cost(rate), most)


def handful(chance: float, days: float, rate: float) -> Count:
    """How many may know for so many days, so that the chance of a leak stays at or below `chance`.

    n <= -ln(1 - chance) / (rate T). Raises KnowingError.
    """
    _checked(rate, days=days)
    if not 0 < chance < 1:
        raise KnowingError(f"a chance of {chance!r} cannot be kept to: give one between 0 and 1")

    def most(one: float) -> int:
        exposure = one * days / DAYS_A_YEAR
        allowed = -math.log1p(-chance)
        # A hair above, so that a count that is whole but for rounding is not one too few.
        return MOST_PEOPLE if exposure * MOST_PEOPLE <= allowed else math.floor(allowed / exposure * (1 + 1e-12))

    return Count(most(rate * EITHER_WAY), most(rate), most(rate / EITHER_WAY))


def _chance(rate: float, of: Callable[[float], float]) -> Chance:
    return Chance(of(rate / EITHER_WAY), of(rate), of(rate * EITHER_WAY))


def _checked(rate: float, **spans: float) -> None:
    if not (math.isfinite(rate) and 0 < rate <= 1):
        raise KnowingError(f"a leak rate of {rate!r} a person and year cannot be meant: give one above 0, at most 1")
    for name, days in spans.items():
        if not (math.isfinite(days) and days >= 0):
            raise KnowingError(f"{name.replace('_', ' ')} {days!r} is no span: give days from 0")
