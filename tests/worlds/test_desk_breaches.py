"""A leak in the desk turns the two-worlds test red at once, and by what the desk itself says."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.fakes.desk import application
from tests.worlds import desk_play
from tests.worlds.desk_breaches import BREACHES
from tests.worlds.pair import Tally
from tests.worlds.play import play

PAIRS_UNTIL_FOUND = 25
"""A twelfth of what the whole test plays."""


@pytest.mark.parametrize("breach", BREACHES)
def test_a_leak_planted_in_the_desk_is_found(breach: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A leak by live updates, count, autocompletion, picture or 404 shows in an answer or a message of the desk."""
    application()  # it takes its addresses' shapes from what is there, so it is built before anything is planted
    BREACHES[breach](monkeypatch)
    monkeypatch.setattr(desk_play, "SHARE_A_LOOK", 1)  # every address at each look, instead of some of them by turns
    tally = Tally()
    for seed in range(PAIRS_UNTIL_FOUND):
        play(seed, tally, tmp_path)
        if any(one.asked.kind == "desk" for one in tally.differences):
            return
    pytest.fail(f"the planted leak by {breach} was not found in {PAIRS_UNTIL_FOUND} pairs")
