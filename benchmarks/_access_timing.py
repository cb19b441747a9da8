"""Whether time tells what is hidden from what is absent: reads of both by turns, held against each other by Welch's t.

Each read is timed alone, in a random order; reads above the pooled 90th percentile (interruptions, not the program) are
left out, as is usual. |t| < 4.5 is what side-channel tests take for "no difference seen".
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import msgspec
import numpy as np

from wayhome.mission.views import shapes as v
from wayhome.usecases.ports import Ask
from wayhome.usecases.reading import Reading
from wayhome.usecases.rows import NothingThere
from wayhome.values.ids import MissionId

MOST_T = 4.5
KEPT_PERCENT = 90.0
Read = Callable[[MissionId], object]


def welch(hidden: np.ndarray[Any, Any], absent: np.ndarray[Any, Any]) -> float:
    """Welch's t over two samples of nanoseconds, cropped at one level that both share."""
    crop = np.percentile(np.concatenate((hidden, absent)), KEPT_PERCENT)
    a, b = hidden[hidden <= crop], absent[absent <= crop]
    return float((a.mean() - b.mean()) / np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b)))


def timed(read: Read, hidden: Sequence[MissionId], absent: Sequence[MissionId], reads: int) -> dict[str, Any]:
    """So many reads, half of each kind, in random order; the middle of each in microseconds, and t."""
    chance = Random("order")
    order = np.array([n % 2 for n in range(reads)], dtype=bool)
    chance.shuffle(order)  # type: ignore[arg-type]  # an array is shuffled like a list
    ids = [chance.choice(hidden if one else absent) for one in order]
    ns = np.zeros(reads)
    for one in ids[:2_000]:
        _once(read, one)
    gc.collect()
    gc.disable()
    try:
        for number, one in enumerate(ids):
            ns[number] = _once(read, one)
    finally:
        gc.enable()
    return {
        "reads": reads,
        "hidden_us": round(float(np.median(ns[order])) / 1000, 2),
        "absent_us": round(float(np.median(ns[~order])) / 1000, 2),
        "t": round(welch(ns[order], ns[~order]), 2),
    }


def _once(read: Read, mission: MissionId) -> int:
    start = time.perf_counter_ns()
    try:
        read(mission)
    except NothingThere:
        return time.perf_counter_ns() - start
    raise SystemExit("what should be hidden was read")


def get_then_check(reading: Reading) -> Read:
    """The leak planted on purpose: the row is fetched by its key, and only then looked at whose it is."""

    def read(mission: MissionId) -> v.MissionView:
        rows = reading._log.rows(Ask("mission", key=mission), None)
        found = [msgspec.json.decode(row.body, type=v.MissionView) for row in rows]
        held = reading._standing.held(reading._viewer)
        if not found or rows[0].mark not in held:
            raise NothingThere("mission")
        return found[0]

    return read
