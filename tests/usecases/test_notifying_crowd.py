"""Ten thousand members: a tick looks at few, reads little, and hands over no more than can go out."""

from __future__ import annotations

from tests.fakes.telling import Crowd

from wayhome.log.memory_store import MemoryLog
from wayhome.usecases.notifying import LOOKS_A_TICK, MOST_UNDER_WAY
from wayhome.usecases.ports import Ask, Predicate, Row


class CountingLog(MemoryLog):
    """Counts the questions it is asked."""

    asked = 0

    def rows(self, ask: Ask, predicate: Predicate | None) -> list[Row]:
        self.asked += 1
        return super().rows(ask, predicate)


def questions(crowd: Crowd, ticks: int) -> int:
    """How many questions so many ticks ask."""
    assert isinstance(crowd.log, CountingLog)
    before = crowd.log.asked
    crowd.ticks(ticks)
    return crowd.log.asked - before


def test_a_tick_in_which_nothing_happened_reads_nothing() -> None:
    """After the first sweep only those are looked at whom a change concerns."""
    crowd = Crowd(3 * LOOKS_A_TICK, CountingLog)
    assert questions(crowd, 5) > 0
    assert questions(crowd, 20) == 0
    crowd.offer(crowd.members[7])
    assert 0 < questions(crowd, 3) < 60
    assert crowd.post.urls == [f"push://{crowd.members[7]}"]


def test_no_tick_looks_at_more_than_a_few() -> None:
    """However many wait, one tick reads for a bounded number of members; in the end everybody is told."""
    crowd = Crowd(2 * LOOKS_A_TICK + 5, CountingLog)
    for member in crowd.members:
        crowd.offer(member)
    assert questions(crowd, 1) < LOOKS_A_TICK * 30
    assert 0 < len(crowd.post.taken) <= LOOKS_A_TICK
    crowd.ticks(8)
    assert sorted(crowd.post.urls) == sorted(f"push://{member}" for member in crowd.members)


def test_a_dead_network_piles_up_no_more_than_a_few_messages() -> None:
    """While nothing comes back only so many are handed over; once it does, everybody is told."""
    crowd = Crowd(2 * MOST_UNDER_WAY)
    for member in crowd.members:
        crowd.offer(member)
    for _ in range(8):
        crowd.notifier.notify(crowd.clock.now)
    assert len(crowd.pool) == MOST_UNDER_WAY
    crowd.ticks(12)
    assert sorted(crowd.post.urls) == sorted(f"push://{member}" for member in crowd.members)
