"""Beliefs that add up exactly: a normal of unknown middle and spread, and a share.

Textbook conjugate families (Gelman et al., Bayesian Data Analysis, 3rd ed., 2.4 and 3.3): what was seen changes four
numbers or two, and the chance of what is seen next is a closed formula.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Sums:
    """What a normal needs of some numbers: how many, their sum, the sum of their squares."""

    count: int = 0
    total: float = 0.0
    squares: float = 0.0

    def without(self, other: Sums) -> Sums:
        return Sums(self.count - other.count, self.total - other.total, self.squares - other.squares)


@dataclass(frozen=True)
class NormalBelief:
    """Normal-inverse-chi-squared: a middle known as from `count` numbers, a variance known as from `freedom`."""

    middle: float
    count: float
    variance: float
    freedom: float

    def after(self, seen: Sums) -> NormalBelief:
        """The belief once `seen` is seen."""
        if seen.count == 0:
            return self
        mean = seen.total / seen.count
        spread = max(0.0, seen.squares - seen.count * mean**2)
        count, freedom = self.count + seen.count, self.freedom + seen.count
        apart = self.count * seen.count / count * (mean - self.middle) ** 2
        variance = (self.freedom * self.variance + spread + apart) / freedom
        return NormalBelief((self.count * self.middle + seen.total) / count, count, variance, freedom)

    def at_most(self, strength: float) -> NormalBelief:
        """The same belief held no more firmly than from `strength` numbers."""
        return NormalBelief(self.middle, min(self.count, strength), self.variance, min(self.freedom, strength))

    def log_chance(self, seen: Sums) -> float:
        """The log density of all that is `seen` together, the belief averaged over."""
        then = self.after(seen)
        return (
            math.lgamma(then.freedom / 2)
            - math.lgamma(self.freedom / 2)
            + 0.5 * math.log(self.count / then.count)
            + self.freedom / 2 * math.log(self.freedom * self.variance)
            - then.freedom / 2 * math.log(then.freedom * then.variance)
            - seen.count / 2 * math.log(math.pi)
        )

    @property
    def next_scale(self) -> float:
        """The scale of the Student distribution of the next number, with `freedom` degrees and the same middle."""
        return math.sqrt(self.variance * (1 + 1 / self.count))


@dataclass(frozen=True)
class BetaBelief:
    """A share, known as from `yes` and `no` cases, fractions allowed."""

    yes: float
    no: float

    def after(self, yes: int, no: int) -> BetaBelief:
        return BetaBelief(self.yes + yes, self.no + no)

    def at_most(self, strength: float) -> BetaBelief:
        part = min(1.0, strength / (self.yes + self.no))
        return BetaBelief(self.yes * part, self.no * part)

    def log_chance(self, yes: int, no: int) -> float:
        """The log chance of just these cases in a row, the belief averaged over."""
        return _log_beta(self.yes + yes, self.no + no) - _log_beta(self.yes, self.no)

    @property
    def mean(self) -> float:
        return self.yes / (self.yes + self.no)


KNOWS_NOTHING: Final = BetaBelief(1.0, 1.0)


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def averaged(log_weights: list[float]) -> list[float]:
    """Weights that sum to 1 from their logarithms."""
    most = max(log_weights)
    raw = [math.exp(one - most) for one in log_weights]
    return [one / sum(raw) for one in raw]
