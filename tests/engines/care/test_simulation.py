"""The simulation of `benchmarks.care`, lived for some team-years: nothing is dropped, a broken rule is found out."""

from __future__ import annotations

import pytest
from benchmarks._care_broken import VARIANTS
from benchmarks.care import Result, portion, summary

QUICK = ("ladders are not kept over a restart", "no ladder for contacts", "exclusions turned round")
"""Those that twelve team-years are enough for; `python -m benchmarks.care` runs them all."""


def test_some_team_years() -> None:
    """In some team-years of missions, silences, outages and merges nothing that must be none is any."""
    result = portion((21, 20, "sound"))
    assert result["wrong"] == {}, result["notes"]
    happened = result["happened"]
    assert min(happened[what] for what in ("follow-ups", "flags", "cases taken", "steps taken", "refused")) > 0
    assert happened["kept by contact"] > 0
    assert happened["told that it was missed"] > 0


@pytest.fixture(scope="module")
def sound() -> Result:
    return portion((1, 12, "sound"))


@pytest.mark.parametrize("variant", QUICK)
def test_broken_rules_are_found_out(sound: Result, variant: str) -> None:
    """With one rule of the engine broken the same team-years are not clean, and the summary says which is which."""
    broken = portion((1, 12, variant))
    assert sound["wrong"] == {}
    assert sum(broken["wrong"].values()) > 0
    told = summary([sound, broken], quick=True)
    assert told["ok"]
    assert variant not in told["broken_variants_missed"]
    blind = summary([sound, {**broken, "wrong": {}}], quick=True)
    assert not blind["ok"]
    assert blind["broken_variants_missed"] == [variant]


def test_the_same_seed_lives_the_same_life() -> None:
    """A portion lived twice is the same to the last count."""
    one, two = portion((7, 8, "sound")), portion((7, 8, "sound"))
    assert one["happened"] == two["happened"]


def test_every_variant_has_a_rule() -> None:
    """Every broken variant differs from the sound engine."""
    assert all(rules != VARIANTS["sound"] for name, rules in VARIANTS.items() if name != "sound")
