"""Two worlds, one with a secret mission and one whose people are simply away: no outsider can tell which is which.

Three hundred pairs, in shards; what each shard holds to adds up to what is promised of all.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.fakes.desk import application
from tests.worlds import covered
from tests.worlds.breaches import BREACHES
from tests.worlds.breaches_of_knowing import BREACHES as BREACHES_OF_KNOWING
from tests.worlds.desk_play import READING as READING_AT_THE_DESK
from tests.worlds.pair import Tally
from tests.worlds.play import READING, play

SHARDS = 12
PAIRS_A_SHARD = 25
PAIRS = 300
COMPARISONS = 20_000
TIMES_EACH_READ = 100
TIMES_EACH_COMMAND = 50
SHARE_THAT_WOULD_SHOW = 0.30

LEAKS = BREACHES | BREACHES_OF_KNOWING
PAIRS_UNTIL_FOUND = 50
"""A planted leak must be found within so many pairs: a sixth of what the whole test plays."""


def each_shard(of_all: int) -> int:
    """What one shard must reach for all of them to reach `of_all`."""
    return -(-of_all // SHARDS)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_nobody_who_is_not_read_in_can_tell_the_worlds_apart(shard: int, tmp_path: Path) -> None:
    """Every byte, order, count, refusal and exit status is the same with the secret and without it."""
    tally = Tally()
    for seed in range(shard * PAIRS_A_SHARD, (shard + 1) * PAIRS_A_SHARD):
        play(seed, tally, tmp_path)
        assert not tally.differences, f"seed {seed}: " + "\n".join(str(one)[:2000] for one in tally.differences[:3])
    assert SHARDS * PAIRS_A_SHARD >= PAIRS
    assert tally.total >= each_shard(COMPARISONS)
    asked = {name: tally.compared[f"read {name}"] for name in covered.READS}
    asked |= {f"desk {route}": tally.compared[f"desk {route}"] for route in READING_AT_THE_DESK}
    seldom = {name: times for name, times in asked.items() if times < each_shard(TIMES_EACH_READ)}
    assert not seldom, f"asked too seldom in this shard: {seldom}"
    typed = {name: tally.compared[f"command {name}"] for name in READING}
    seldom = {name: times for name, times in typed.items() if times < each_shard(TIMES_EACH_COMMAND)}
    assert not seldom, f"typed too seldom in this shard: {seldom}"
    assert tally.share >= SHARE_THAT_WOULD_SHOW, f"only in {tally.share:.0%} could the secret have shown"
    at_the_desk = tally.share_of("desk")
    assert at_the_desk >= SHARE_THAT_WOULD_SHOW, f"at the desk only in {at_the_desk:.0%}"


@pytest.mark.parametrize("breach", LEAKS)
def test_a_planted_leak_is_found(breach: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A leak by count, order, id, error text or availability makes the worlds differ within a few pairs."""
    application()  # its addresses take their shapes from what is there, so it is built before anything is planted
    LEAKS[breach](monkeypatch)
    tally = Tally()
    for seed in range(PAIRS_UNTIL_FOUND):
        play(seed, tally, tmp_path)
        if tally.differences:
            return
    pytest.fail(f"the planted leak by {breach} was not found in {PAIRS_UNTIL_FOUND} pairs")
