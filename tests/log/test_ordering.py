"""The fold order: total, the same whatever arrived when, predecessors first."""

from __future__ import annotations

import random
import time

from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.logs import ORG, SHIKA, fact_id

from wayhome.log.ordering import fold_order
from wayhome.usecases.ports import Header
from wayhome.values.ids import ReplicaId
from wayhome.values.when import Moment

Place = tuple[ReplicaId, int]


def header(replica: str, seq: int, ms: int, after: tuple[tuple[str, int], ...] = ()) -> Header:
    named = tuple((ReplicaId(other), at) for other, at in after)
    moment = Moment(ms)
    return Header(fact_id((replica, seq)), "K", 1, ORG, ReplicaId(replica), seq, (ms, 0), moment, SHIKA, named)


def places(headers: list[Header]) -> list[Place]:
    return [(one.replica, one.seq) for one in headers]


anything = st.lists(
    st.builds(
        header,
        replica=st.sampled_from("abc"),
        seq=st.integers(1, 8),
        ms=st.integers(0, 5),
        after=st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 8)), max_size=2).map(tuple),
    ),
    unique_by=lambda one: (one.replica, one.seq),
    max_size=20,
)
"""Any headers at all: missing predecessors, forged circles, entries that name themselves."""


@given(headers=anything, chance=st.randoms(use_true_random=False))
def test_any_set_has_one_order(headers: list[Header], chance: random.Random) -> None:
    """Whatever the headers say and however they are shuffled, each comes once and always in the same order."""
    order = fold_order(headers)
    assert sorted(places(order)) == sorted(places(headers))
    shuffled = list(headers)
    chance.shuffle(shuffled)
    assert fold_order(shuffled) == order


@given(headers=anything)
def test_predecessors_come_first_where_there_is_no_circle(headers: list[Header]) -> None:
    """An entry follows the one before it on its chain and those it names, if these can come first at all."""
    honest = [one for one in headers if all(seq < one.seq for _, seq in one.after)]
    at = {place: index for index, place in enumerate(places(fold_order(honest)))}
    for one in honest:
        for before in ((one.replica, one.seq - 1), *one.after):
            assert at.get(before, -1) < at[one.replica, one.seq]


def test_ties_go_by_clock_then_replica() -> None:
    """Unrelated entries go by clock, then by replica."""
    given_ = [header("b", 1, 5), header("a", 1, 7), header("a", 2, 7), header("c", 1, 5)]
    assert places(fold_order(given_)) == [("b", 1), ("c", 1), ("a", 1), ("a", 2)]


def test_a_late_clock_does_not_overtake_what_it_saw() -> None:
    """An entry with a slow clock still comes after the one it names."""
    assert places(fold_order([header("slow", 1, 1, (("fast", 1),)), header("fast", 1, 99)])) == [
        ("fast", 1),
        ("slow", 1),
    ]


def test_a_long_stream_is_ordered_quickly() -> None:
    """20,000 entries in one chain, and as many in forged circles, take well under a second or two."""
    chain = [header("a", seq, seq) for seq in range(1, 20_001)]
    circles = [header("b", seq, seq, (("c", seq),)) for seq in range(1, 20_001, 2)]
    circles += [header("c", seq, seq, (("b", seq),)) for seq in range(1, 20_001, 2)]
    begun = time.process_time()
    assert len(fold_order(chain)) == 20_000
    assert len(fold_order(circles)) == 20_000
    assert time.process_time() - begun < 2
