"""Counts are published only where nobody can be picked out, whatever is subtracted, and by whoever knows the rules."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.engines.care.counting import FEWEST, TOTAL, Published, last_day, once, publish
from wayhome.engines.care.errors import CareError

TODAY = date(2026, 6, 1)


def some(*counts: int) -> dict[str, frozenset[str]]:
    """Groups a, b, c ... of so many people, nobody in two."""
    return {
        name: frozenset(f"{name}{number}" for number in range(count))
        for name, count in zip("abcdefghij", counts, strict=False)
    }


def shown(*counts: int, people: int = 1000, before: tuple[Published, ...] = ()) -> dict[str, int]:
    return dict(publish("2026-Q1", TODAY, some(*counts), people=people, before=before).counts)


def test_enough_people() -> None:
    """Where eight people or more stand behind every name, all of it is published, with the total."""
    assert shown(8, 20, 9) == {"a": 8, "b": 20, "c": 9, TOTAL: 37}


def test_too_few() -> None:
    """C9: fewer than eight are left out, nobody at all being fewer too, and how many were left out is said."""
    found = publish("2026-Q1", TODAY, some(30, 7, 0), people=1000)
    assert dict(found.counts) == {"a": 30}
    assert found.hidden == 3
    assert shown(0) == {}
    assert shown(7) == {}


def test_the_total_would_give_one_away() -> None:
    """C9: with one count left out the total is left out too; with two that could be several ways it may stand."""
    assert TOTAL not in shown(30, 20, 7)
    assert shown(30, 6, 5) == {"a": 30, TOTAL: 41}
    assert TOTAL not in shown(30, 7, 7), "seven and seven is the only way to make fourteen of two that are too small"
    assert TOTAL not in shown(30, 3, 4), "seven people together are too few"


def test_nobody_left_out_is_somebody_picked_out() -> None:
    """Where nearly everybody is counted, whoever is not is picked out: eight of the organisation have to be left."""
    assert shown(20, people=27) == {}
    assert shown(20, 10, people=36) == {"a": 20}, "both together would be all but six"
    assert shown(20, people=28) == {"a": 20, TOTAL: 20}


def test_the_same_name_a_quarter_later() -> None:
    """C9: a count that differs from an earlier quarter's by one to seven is left out; the same, or by eight, is not."""
    earlier = Published("2025-Q4", (("a", 20), (TOTAL, 60)))
    assert "a" not in shown(21, 40, before=(earlier,))
    assert "a" not in shown(13, 40, before=(earlier,))
    assert shown(20, 40, before=(earlier,)) == {"a": 20, "b": 40, TOTAL: 60}
    assert shown(28, 40, before=(earlier,)) == {"a": 28, "b": 40, TOTAL: 68}


def test_what_is_left_a_quarter_later() -> None:
    """What was left out both times, as the total less the rest, may not differ by one to seven either."""
    earlier = Published("2025-Q4", (("a", 20), (TOTAL, 30)))
    assert TOTAL in shown(30, 6, 4, before=(earlier,))
    assert TOTAL not in shown(30, 6, 5, before=(earlier,))


BAD: list[tuple[Callable[[], object], str]] = [
    (lambda: publish("2026-Q2", TODAY, {}, people=9), "2026-Q2 is not over"),
    (lambda: publish("2026-Q1", date(2026, 3, 31), {}, people=9), "2026-Q1 is not over"),
    (lambda: publish("spring", TODAY, {}, people=9), "is no quarter"),
    (lambda: publish("2026-Q5", TODAY, {}, people=9), "is no quarter"),
    (lambda: publish("٢٠٢٦-Q1", TODAY, {}, people=9), "is no quarter"),
    (lambda: publish("2026-Q1", TODAY, {}, people=9, before=[Published("2026-Q1", ())]), "published already"),
    (lambda: publish("2026-Q1", TODAY, {"a": ["x"], "b": ["x"]}, people=9), "count everybody once"),
    (lambda: publish("2026-Q1", TODAY, {TOTAL: ["x"]}, people=9), "the total is counted by itself"),
    (lambda: publish("2026-Q1", TODAY, {"a": ["x", "y"]}, people=1), "1 people in all cannot be"),
    (lambda: publish("2026-Q1", TODAY, {str(n): [] for n in range(51)}, people=9), "at most 50 groups"),
]


@pytest.mark.parametrize(("make", "words"), BAD, ids=[words for _, words in BAD])
def test_bad_input_is_refused(make: Callable[[], object], words: str) -> None:
    """An open quarter, one published before, somebody counted twice: each is refused and told why."""
    with pytest.raises(CareError) as caught:
        make()
    assert words in str(caught.value)


def test_everybody_counts_once() -> None:
    """Whoever stands behind two names is counted under the first of them only, and then may be published."""
    groups = once({"a": ["x", "x", "y"], "b": ["y", "z"]})
    assert groups == {"a": {"x", "y"}, "b": {"z"}}
    assert publish("2026-Q1", TODAY, groups, people=3).hidden == 3


def test_quarters_end_where_they_end() -> None:
    """The last days of the four quarters."""
    assert [last_day(f"2026-Q{n}") for n in (1, 2, 3, 4)] == [
        date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31),
    ]  # fmt: skip


@given(st.lists(st.integers(0, 60), max_size=6), st.integers(0, 100))
def test_every_difference_is_large_or_nothing(counts: list[int], more: int) -> None:
    """C9: whatever is added up and subtracted of what was published, the answer is nobody or eight people or more."""
    people = sum(counts) + more
    found = shown(*counts, people=people)
    cells = [count for name, count in found.items() if name != TOTAL]
    assert all(FEWEST <= count <= people - FEWEST for count in found.values())
    if TOTAL in found:
        for size in range(len(cells) + 1):
            for taken in itertools.combinations(cells, size):
                rest = found[TOTAL] - sum(taken)
                assert rest == 0 or rest >= FEWEST


HISTORIES: tuple[tuple[tuple[str, int], ...], ...] = (
    (),
    (("a", 4),),
    (("a", 5), (TOTAL, 9)),
    (("a", 3), ("b", 6), (TOTAL, 12)),
    ((TOTAL, 8),),
)


@pytest.mark.parametrize("fewest", [3, 4])
@pytest.mark.parametrize("names", [1, 2, 3])
@pytest.mark.parametrize("history", HISTORIES, ids=[str(dict(history)) for history in HISTORIES])
def test_nobody_who_knows_the_rules_works_out_a_count(
    fewest: int, names: int, history: tuple[tuple[str, int], ...]
) -> None:
    """C9, by brute force on small ones: every world that would be published alike is taken together; no count of one to
    `fewest` less one, that was left out, is the same in all of them, and no change since the quarter before is either.
    """
    people = 20
    before = (Published("2025-Q4", history),)
    earlier = dict(history)
    alike: dict[Published, list[tuple[int, ...]]] = defaultdict(list)
    every = (counts for counts in itertools.product(range(people + 1), repeat=names) if sum(counts) <= people)
    for counts in every:
        alike[publish("2026-Q1", TODAY, some(*counts), people=people, before=before, fewest=fewest)].append(counts)
    for found, worlds in alike.items():
        told = dict(found.counts)
        for at, name in enumerate("abc"[:names]):
            if name in told:
                continue
            possible = {world[at] for world in worlds}
            assert possible == {0} or len(possible) > 1, (found, worlds)
        totals = {sum(world) for world in worlds}
        if TOTAL not in told and TOTAL in earlier:
            assert len(totals) > 1 or not 0 < abs(min(totals) - earlier[TOTAL]) < fewest, (found, worlds)


def test_many_people_are_counted_quickly() -> None:
    """A large organisation with many groups left out is counted without trying every way they could be."""
    found = publish("2026-Q1", TODAY, some(5000, 3000, 7, 6, 5, 4, 3, 2, 1, 0), people=20_000)
    assert dict(found.counts) == {"a": 5000, "b": 3000, TOTAL: 8028}
