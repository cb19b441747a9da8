"""How likely he is where, as plain figures: what is told beside a map and kept with it."""

from __future__ import annotations

import msgspec

from wayhome.values.when import Moment


class Odds(msgspec.Struct, frozen=True, kw_only=True):
    """A hypothesis and its chance before any evidence and after all of it."""

    name: str
    before: float
    after: float


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of evidence. `times` says for each hypothesis how many times likelier it alone makes it than all
    together were; above 1 speaks for it. `false_before`, `false_after`: the chance of a plant, a mistake, another's."""

    name: str
    times: dict[str, float]
    false_before: float | None = None
    false_after: float | None = None
    remarks: tuple[str, ...] = ()


class Likely(msgspec.Struct, frozen=True, kw_only=True):
    """Where he may be. `digest` is the same for the same map, and for no other.

    `carried_by` of `tracks` (so many equal ones) carry the answer; `elsewhere` is that he is off the map or on none of
    these tracks; `areas_km2` the smallest ground that holds each share of what is on the map; `border_by` the chance
    that he has been at the border by then; `conflicts` are pieces that cannot well be true together.
    """

    tracks: int
    carried_by: int
    elsewhere: float
    areas_km2: dict[str, float]
    away_km: dict[str, float]
    odds: tuple[Odds, ...]
    pieces: tuple[Moved, ...]
    not_weighed: tuple[str, ...]
    conflicts: tuple[str, ...]
    contradicted: bool
    segments: dict[str, float]
    border_by: tuple[tuple[Moment, float], ...]
    digest: str
