"""What was agreed for UTM: how far it reaches, its scale and offsets, and the zones of Norway and Svalbard.

A zone is six degrees wide everywhere else. Which zone the meridian of 180° itself belongs to is not said here: a grid
reference there is read in zone 1, a terrain there lies in zone 60.
"""

from __future__ import annotations

from typing import Final

SOUTHERNMOST: Final = -80.0
NORTHERNMOST: Final = 84.0
SCALE: Final = 0.9996
FALSE_EASTING_M: Final = 500_000.0
FALSE_NORTHING_M: Final = 10_000_000.0

NORWAY: Final = {31: (0.0, 3.0), 32: (3.0, 12.0)}
"""West and east edges from 56° to 64° N, band V: Bergen lies in the zone of Oslo."""
SVALBARD: Final = {31: (0.0, 9.0), 33: (9.0, 21.0), 35: (21.0, 33.0), 37: (33.0, 42.0)}
"""West and east edges from 72° N on, band X: there is no zone 32, 34 or 36."""


def uneven_zone(lat: float, lon: float) -> int | None:
    """The zone of a place off Norway or around Svalbard; None where every zone is six degrees wide."""
    if lat < 56 or 64 <= lat < 72:
        return None
    for zone, (west, east) in (NORWAY if lat < 64 else SVALBARD).items():
        if west <= lon < east:
            return zone
    return None
