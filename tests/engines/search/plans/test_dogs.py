"""Dogs: lent with command passed or not at all, trailing with a scent article or not at all, tiring, dropping out."""

from __future__ import annotations

import pytest
from tests.engines.search.plans.worlds import ground, team

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.plans.dogs import Dog, Leash, with_dog

AKAMARU = Dog(name="Akamaru", kind="air-scent", handler="Kiba")


def test_a_dog_widens_the_sweep_until_it_drops_out() -> None:
    """Rested it sweeps 95 m; tired less; dropped out, the team sweeps what it did without it."""
    alone = team(ground(), "Alpha", 1, 1, 480, sweep_width_m=38.0)
    with_it = with_dog(alone, AKAMARU, Leash(leader="Kiba"))
    assert with_it.sweep_width_m == 95
    assert with_it.share_left(60) == 1
    assert with_it.share_left(3 * 60) == pytest.approx(0.4 + 0.6 * 0.6)
    assert with_it.share_left(5 * 60) * 95 == pytest.approx(38)


def test_a_lent_dog_works_only_with_command_passed() -> None:
    """Led by another without command passed it adds nothing, and the notes say what is missing."""
    alone = team(ground(), "Alpha", 1, 1)
    refused = with_dog(alone, AKAMARU, Leash(leader="Lee"))
    assert refused.sweep_width_m == alone.sweep_width_m
    assert "Kiba has to pass command first" in refused.notes[0]
    lent = with_dog(alone, AKAMARU, Leash(leader="Lee", command_passed=True))
    assert lent.sweep_width_m == 95
    assert "command passed by Kiba" in lent.notes[0]


def test_a_trailing_dog_needs_a_scent_article_and_sweeps_nothing() -> None:
    """Without the article it cannot trail; with it, it brings bearings, and the sweep stays the team's."""
    trailer = Dog(name="Pakkun", kind="trailing", handler="Kakashi")
    alone = team(ground(), "Alpha", 1, 1)
    assert "needs a scent article" in with_dog(alone, trailer, Leash(leader="Kakashi")).notes[0]
    ready = with_dog(alone, trailer, Leash(leader="Kakashi", scent_article=True))
    assert ready.sweep_width_m == alone.sweep_width_m
    assert "bearing" in ready.notes[-1]


def test_two_ways_of_tiring_add_up() -> None:
    """A tired team with a tired dog: what both leave, multiplied."""
    tired = team(ground(), "Alpha", 1, 1, 480, sweep_width_m=38.0, tiring=((3.0, 0.5),))
    assert with_dog(tired, AKAMARU, Leash(leader="Kiba")).share_left(3.5 * 60) == pytest.approx(0.5 * (0.4 + 0.6 * 0.6))


def test_dogs_that_cannot_be_are_refused() -> None:
    """Another kind of dog, one that drops out before it tires, one that nobody leads."""
    with pytest.raises(SearchError, match="air-scent or trailing"):
        Dog(name="Akamaru", kind="guard", handler="Kiba")  # type: ignore[arg-type]
    with pytest.raises(SearchError, match="tires before"):
        Dog(name="Pakkun", kind="trailing", handler="Kakashi", slack_h=5, works_h=4)
    with pytest.raises(SearchError, match="who leads"):
        with_dog(team(ground(), "Alpha", 1, 1), AKAMARU, Leash(leader=" "))
