"""A hybrid logical clock: wall time where it can be had, a counter where it cannot; it never goes back.

Kulkarni et al., "Logical Physical Clocks", OPODIS 2014. A remote clock too far ahead is kept as claimed by its entry
but does not push ours, so that one wrong laptop cannot drag all others into its future.
"""

from __future__ import annotations

import time
from collections.abc import Callable

Stamp = tuple[int, int]
"""(ms since 1970 UTC, counter)."""

MAX_AHEAD_MS = 5 * 60 * 1000
MAX_COUNTER = 1_000_000
"""No honest replica writes a million entries in one millisecond; a stamp beyond is not followed."""


def wall_ms() -> int:
    """This machine's wall clock, milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


class HybridClock:
    """The clock of one replica. Not thread-safe: its owner serialises the calls."""

    def __init__(self, wall: Callable[[], int], last: Stamp = (0, 0)) -> None:
        self._wall = wall
        self.last = last

    def tick(self) -> Stamp:
        """The stamp of the next entry: later than every one before, also when the wall clock was set back."""
        wall = self._wall()
        self.last = (wall, 0) if wall > self.last[0] else (self.last[0], self.last[1] + 1)
        return self.last

    def observe(self, remote: Stamp, now_ms: int) -> bool:
        """Takes in a remote stamp. True when it is more than five minutes ahead of `now_ms`: it is not followed."""
        if remote[0] > now_ms + MAX_AHEAD_MS or remote[1] > MAX_COUNTER:
            return True
        self.last = max(self.last, remote)
        return False
