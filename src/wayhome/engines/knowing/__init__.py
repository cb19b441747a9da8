"""Who knows a secret, from whom, since when; how likely it gets out, and what one more would cost. Pure."""

from wayhome.engines.knowing.errors import KnowingError
from wayhome.engines.knowing.leaking import EITHER_WAY, Chance, Count, handful, leaked, one_more
from wayhome.engines.knowing.spread import UNRECORDED, Knower, Spread, Way, spread

__all__ = [
    "EITHER_WAY",
    "UNRECORDED",
    "Chance",
    "Count",
    "Knower",
    "KnowingError",
    "Spread",
    "Way",
    "handful",
    "leaked",
    "one_more",
    "spread",
]
