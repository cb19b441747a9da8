"""Where is he? In plain form: travel-time bounds, published distance rings, where to cut him off."""

from __future__ import annotations

from wayhome.engines.search.cutoff import Arrival, CutOff, arrivals, cut_off
from wayhome.engines.search.distances import CATEGORIES, Distances, distances_for
from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.whereabouts import Ring, Whereabouts, where_can_he_be

__all__ = [
    "CATEGORIES",
    "Arrival",
    "CutOff",
    "Distances",
    "Ring",
    "SearchError",
    "Whereabouts",
    "arrivals",
    "cut_off",
    "distances_for",
    "where_can_he_be",
]
