"""A supporter's own load opens their own follow-up; whoever was told something frightening is asked how they are."""

from __future__ import annotations

import inspect
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wayhome.engines.care.openings import Taken, for_load, for_told
from wayhome.values.when import moment

NOW = moment(datetime(2026, 6, 1, 12, 0, tzinfo=UTC))
TODAY = date(2026, 6, 1)


def taken(*days_ago: int, heavy: bool = True) -> list[Taken]:
    return [Taken(f"c{number}", TODAY - timedelta(days=days), heavy) for number, days in enumerate(days_ago)]


def test_three_heavy_cases_in_thirty_days() -> None:
    """C13: three heavy cases within 30 days open the supporter's own follow-up; two, or lighter ones, do not."""
    found = for_load(taken(0, 10, 29), NOW, "UTC")
    assert found is not None
    assert found.origin == "load"
    assert found.contacts[0].day == date(2026, 6, 2)
    assert for_load(taken(0, 10), NOW, "UTC") is None
    assert for_load(taken(0, 10, 30), NOW, "UTC") is None
    assert for_load(taken(0, 1, 2, heavy=False), NOW, "UTC") is None


def test_one_case_counts_once() -> None:
    """A case taken, given back and taken again is one case; one dated ahead of today is none yet."""
    assert for_load([Taken("c", TODAY), Taken("c", TODAY), Taken("d", TODAY)], NOW, "UTC") is None
    assert for_load([*taken(0, 1), Taken("ahead", TODAY + timedelta(days=1))], NOW, "UTC") is None


def test_the_same_cases_open_one() -> None:
    """After it opened once, only cases taken since then count for the next one."""
    assert for_load(taken(0, 10, 29), NOW, "UTC", last_opened=TODAY - timedelta(days=5)) is None
    assert for_load(taken(0, 1, 2, 29), NOW, "UTC", last_opened=TODAY - timedelta(days=5)) is not None


@given(st.lists(st.builds(Taken, st.sampled_from("abcdef"), st.dates(date(2026, 4, 1), TODAY), st.booleans())))
def test_one_more_case_never_closes_it(cases: list[Taken]) -> None:
    """Whoever has enough to open one has enough with one more as well; and the answer holds no case and no number."""
    before, after = for_load(cases, NOW, "UTC"), for_load([*cases, Taken("z", TODAY)], NOW, "UTC")
    assert after is not None or before is None
    if after is not None:
        assert not any(character.isdigit() for reason in after.reasons for character in reason)


def test_whoever_was_told_is_asked() -> None:
    """S3.9: the follow-up of whoever was told takes only when and where: what was told cannot be in it."""
    found = for_told(NOW, "Asia/Tokyo")
    assert found.origin == "told"
    assert found.reasons == ("somebody asks how you are",)
    assert found.contacts
    assert set(inspect.signature(for_told).parameters) == {"now", "zone"}
