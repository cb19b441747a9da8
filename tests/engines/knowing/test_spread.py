"""How a secret spread: who knows at an instant, under whom they stand, and who told the most."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.engines.knowing import UNRECORDED, Spread, Way, spread
from wayhome.values.when import Moment

PEOPLE = "abcdef"


def way(person: str, ms: int, source: str = "", level: int = 0, *, told: bool = True) -> Way:
    return Way(person=person, since=Moment(ms), level=level, basis="told", source=source, told=told and bool(source))


def drawn(found: Spread) -> list[tuple[str, int]]:
    return [(knower.person, knower.depth) for knower in found.knowers]


def test_each_stands_under_the_one_they_had_it_from() -> None:
    """Depth first, siblings by when they came to know."""
    ways = [way("a", 0), way("d", 4, "b"), way("b", 1, "a"), way("c", 2, "a"), way("e", 5, "d")]
    found = spread(ways, Moment(9))
    assert drawn(found) == [("a", 0), ("b", 1), ("d", 2), ("e", 3), ("c", 1)]
    assert (found.depth, found.widest, found.widest_told) == (3, ("a",), 2)


def test_what_comes_later_is_not_known_yet() -> None:
    """At an instant only what happened by then counts, that very instant included."""
    ways = [way("a", 0), way("b", 5, "a")]
    assert drawn(spread(ways, Moment(4))) == [("a", 0)]
    assert drawn(spread(ways, Moment(5))) == [("a", 0), ("b", 1)]
    assert spread(ways, Moment(-1)).knowers == ()


def test_the_first_way_says_from_whom_and_all_ways_how_much() -> None:
    """Somebody told a little by one and all of it by another stands under the first, and knows all."""
    found = spread([way("a", 0, level=3), way("b", 1, "a", 0), way("b", 2, "c", 3), way("c", 1, "a", 3)], Moment(9))
    b = next(knower for knower in found.knowers if knower.person == "b")
    assert (b.source, b.since, b.level, len(b.ways)) == ("a", Moment(1), 3, 2)


def test_whoever_told_before_they_are_known_to_know_did_know() -> None:
    """A chain with its first link unseen still counts whoever it ran through, from when they told."""
    found = spread([way("b", 3, "a", 1), way("a", 7, "x", 3), way("x", 0, level=3)], Moment(9))
    a = next(knower for knower in found.knowers if knower.person == "a")
    assert (a.since, a.level, a.ways[0].basis, a.source) == (Moment(3), 3, UNRECORDED, "")
    assert drawn(found) == [("x", 0), ("a", 0), ("b", 1)]


def test_two_who_told_each_other_at_once_are_both_there() -> None:
    """A ring that no order unties is cut, and nobody in it is lost."""
    found = spread([way("a", 1, "b"), way("b", 1, "a")], Moment(9))
    assert sorted(person for person, _ in drawn(found)) == ["a", "b"]


def test_being_read_in_is_no_telling() -> None:
    """Whoever reads many in is not thereby the one who told the most."""
    found = spread([way("a", 0), way("b", 1, "a", told=False), way("c", 2, "a", told=False)], Moment(9))
    assert (found.widest, found.widest_told, found.depth) == ((), 0, 1)


@st.composite
def some_ways(draw: st.DrawFn) -> list[Way]:
    one = st.builds(
        way, st.sampled_from(PEOPLE), st.integers(0, 6), st.sampled_from(("", *PEOPLE)), st.integers(0, 3),
        told=st.booleans(),
    )  # fmt: skip
    return draw(st.lists(one, max_size=14))


@given(some_ways(), st.integers(0, 7), st.randoms(use_true_random=False))
def test_it_is_what_a_replay_gives_in_whatever_order(ways: list[Way], ms: int, chance: Random) -> None:
    """Who knows, since when and how much: as one adds it up way by way, whatever order they are given in."""
    known: dict[str, tuple[int, int]] = {}
    for one in ways:
        if one.since.ms <= ms:
            for person in {one.person} | ({one.source} if one.told else set()):
                since, level = known.get(person, (one.since.ms, one.level))
                known[person] = min(since, one.since.ms), max(level, one.level)
    found = spread(ways, Moment(ms))
    assert {k.person: (k.since.ms, k.level) for k in found.knowers} == known
    assert spread(chance.sample(ways, k=len(ways)), Moment(ms)) == found


@given(some_ways(), st.integers(0, 7))
def test_the_list_is_a_tree(ways: list[Way], ms: int) -> None:
    """Everybody stands once; one deeper than the last stands under it; nobody knew before whom they stand under."""
    found = spread(ways, Moment(ms))
    people = [knower.person for knower in found.knowers]
    assert len(people) == len(set(people))
    above: list[tuple[str, int]] = []
    for knower in found.knowers:
        assert knower.depth <= len(above)
        del above[knower.depth :]
        if above:
            assert above[-1][0] == knower.source
            assert above[-1][1] <= knower.since.ms
        above.append((knower.person, knower.since.ms))


@pytest.mark.parametrize("count", [2_000])
def test_a_long_chain_is_no_deeper_than_the_machine_can_follow(count: int) -> None:
    """One told the next, thousands of times over."""
    ways = [way("0", 0), *(way(str(n), n, str(n - 1)) for n in range(1, count))]
    assert spread(ways, Moment(count)).depth == count - 1
