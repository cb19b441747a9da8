"""The wall: nobody in command, and nobody with the disk and its key, can tell a village with care from one without.

Three hundred pairs, in shards. Exempt, and stated in neither world: agreed duty limits, ticks that a member allowed,
requests and words they released, minutes of visits, published counts, "erased on", who is admitted to the desk.
"""

from __future__ import annotations

import pytest
from tests.worlds_of_care import breaches
from tests.worlds_of_care.comparing import Tally
from tests.worlds_of_care.playing import play

SHARDS = 6
PAIRS = 300
COMPARISONS = 10_000
UNTIL_FOUND = 15


@pytest.mark.parametrize("shard", range(SHARDS))
def test_command_and_the_owner_of_the_disk_cannot_tell_whether_there_are_cases(shard: int) -> None:
    """Every read, refusal, row, fact, timer and size is the same whether anybody is looked after or not."""
    tally = Tally()
    each = PAIRS // SHARDS
    for seed in range(shard * each, (shard + 1) * each):
        play(seed, tally)
        told = [f"{what}, as {who}:\n{a[:1500]!r}\n{b[:1500]!r}" for what, who, a, b in tally.differences[:3]]
        assert not tally.differences, f"seed {seed}: " + "\n".join(told)
    assert SHARDS * each >= PAIRS
    assert sum(tally.compared.values()) * SHARDS >= COMPARISONS
    assert sum(tally.would_show.values()) >= each, "care was hardly there: nothing could have shown"
    assert len(tally.taken) >= 15, f"only {sorted(tally.taken)} were taken"


@pytest.mark.parametrize("breach", breaches.BREACHES)
def test_a_planted_breach_is_found(breach: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case that shows by a fact, a row, a timer, a refusal, a read or a size makes the worlds differ."""
    breaches.BREACHES[breach](monkeypatch)
    tally = Tally()
    for seed in range(UNTIL_FOUND):
        play(seed, tally)
        if tally.differences:
            return
    pytest.fail(f"the planted breach by {breach} was not found in {UNTIL_FOUND} pairs")
