"""What maps on paper and on screens have in common: colours of lines, and which places come first."""

from __future__ import annotations

from typing import Final

PLACES_FIRST: Final = (
    "city", "town", "village", "peak", "volcano", "hut", "alpine_hut", "wilderness_hut", "hamlet", "pass", "saddle",
    "shelter", "ford", "bridge", "lake", "river", "water", "gate", "border post", "locality", "isolated_dwelling",
    "farm", "suburb", "neighbourhood", "camp_site", "viewpoint", "cave_entrance", "spring", "chalet",
)  # fmt: skip
"""What somebody in the field goes by, first what helps most. Anything else is named on large scales alone."""
SETTLED: Final = {"city": 10.0, "town": 9.0, "village": 8.0, "hamlet": 7.0, "suburb": 7.0}
BROWN: Final = "#7a4a1c"
BLUE: Final = "#1c5fa8"
