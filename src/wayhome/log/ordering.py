"""The order in which a stream's facts fold: total and the same everywhere, whatever arrived when.

Predecessors first (the entry before it on its own chain, and those named by `after`), then by clock, replica, seq.
Kahn's algorithm with a heap: O(n log n).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator

from wayhome.usecases.ports import Header
from wayhome.values.ids import ReplicaId

Place = tuple[ReplicaId, int]
_Rank = tuple[tuple[int, int], ReplicaId, int]


def _rank(header: Header) -> _Rank:
    return (header.clock, header.replica, header.seq)


def fold_order(headers: Iterable[Header]) -> list[Header]:
    """The headers of one stream in fold order.

    A predecessor that is missing holds nothing up. Honest entries cannot name each other in a circle; where a hostile
    replica forged one, the earliest of those left goes first, so that the order stays total.
    """
    held: dict[Place, Header] = {(header.replica, header.seq): header for header in headers}
    waits, followers = _edges(held)
    ready = [_rank(header) for place, header in held.items() if place not in waits]
    heapq.heapify(ready)
    order: list[Header] = []
    stuck: Iterator[_Rank] | None = None
    while ready or waits:
        if not ready:
            stuck = stuck or iter(sorted(_rank(held[place]) for place in waits))
            ready.append(next(rank for rank in stuck if rank[1:] in waits))
        _, replica, seq = heapq.heappop(ready)
        place = (replica, seq)
        waits.pop(place, None)
        order.append(held[place])
        for follower in followers.get(place, ()):
            if follower not in waits:
                continue
            waits[follower] -= 1
            if waits[follower] == 0:
                del waits[follower]
                heapq.heappush(ready, _rank(held[follower]))
    return order


def _edges(held: dict[Place, Header]) -> tuple[dict[Place, int], dict[Place, list[Place]]]:
    """How many predecessors each entry waits for (those that wait at all), and who follows whom."""
    waits: dict[Place, int] = {}
    followers: dict[Place, list[Place]] = {}
    for place, header in held.items():
        before = {(header.replica, header.seq - 1), *header.after} - {place}
        present = [earlier for earlier in before if earlier in held]
        if present:
            waits[place] = len(present)
        for earlier in present:
            followers.setdefault(earlier, []).append(place)
    return waits, followers
