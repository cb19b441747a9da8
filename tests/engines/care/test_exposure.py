"""Who gets a follow-up, for what reasons, and on which days contact is proposed."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.engines.care import (
    KINDS,
    SCHEDULE,
    CareError,
    FollowUp,
    Involved,
    MissionFacts,
    contact_days,
    follow_ups,
    kinds_of,
    planning_list,
)
from wayhome.values.when import moment

ENDED = moment(datetime(2026, 3, 1, 14, 30, tzinfo=UTC))


def answers(*people: Involved, other_deaths: int = 0, outnumbered: bool = False) -> dict[str, FollowUp]:
    facts = MissionFacts(
        ended=ENDED, zone="Europe/Andorra", people=people, other_deaths=other_deaths, outnumbered=outnumbered
    )
    return {one.person: one for one in follow_ups(facts)}


def test_two_survivors() -> None:
    """Story 1: two die, outnumbered; Iruka kills. Both who lived are looked after, each for what was theirs."""
    found = answers(
        Involved(person="kousuke", lost=True),
        Involved(person="temui", lost=True),
        Involved(person="captain", kinds=("own near-death",)),
        Involved(person="iruka", kinds=("kill", "first fatality")),
        outnumbered=True,
    )
    assert set(found) == {"captain", "iruka"}
    assert all(one.opens and one.manner == "in person" for one in found.values())
    assert found["iruka"].reasons == (
        "somebody died on this mission",
        "killed somebody",
        "is one of two of the team who lived",
        "had not met a death on a mission before",
        "was outnumbered",
    )
    assert "nearly died" in found["captain"].reasons
    assert "killed somebody" not in found["captain"].reasons


def test_nobody_exposed() -> None:
    """A mission on which nothing happened opens nothing, says so, and leaves the door open."""
    found = answers(Involved(person="sakura", hours=4.0), Involved(person="sai"), Involved(person="lee", part="driver"))
    for one in found.values():
        assert not one.opens
        assert one.manner is None
        assert one.contacts == ()
        assert one.reasons == ("nothing recorded asks for one", "one opens at any time when they ask")


def test_a_death_reaches_dispatcher_and_driver() -> None:
    """One death, nine present, a dispatcher and a driver: all 11; in person for those who knew, handled or first."""
    kinds: dict[int, tuple[str, ...]] = {
        0: ("handled dead",),
        1: ("handled dead",),
        2: ("knew the person",),
        3: ("first fatality",),
    }
    present = [Involved(person=f"p{number}", kinds=kinds.get(number, ())) for number in range(9)]
    found = answers(
        *present,
        Involved(person="dispatcher", part="dispatcher"),
        Involved(person="driver", part="driver"),
        other_deaths=1,
    )
    assert len(found) == 11
    assert all(one.opens for one in found.values())
    assert {name for name, one in found.items() if one.manner == "in person"} == {"p0", "p1", "p2", "p3"}
    assert found["dispatcher"].manner == found["driver"].manner == "by offer"


def test_the_planning_list() -> None:
    """C1: within a day everybody stands on the list, dispatcher and driver too: who knew, handled, or met a first death
    in person and not before 72 hours, the others by offer; and nobody is sent a form, ever."""
    facts = MissionFacts(
        ended=ENDED,
        zone="Europe/Andorra",
        other_deaths=1,
        people=(
            Involved(person="p0", kinds=("handled dead",), met_death=True),
            Involved(person="p1", kinds=("handled dead",)),
            Involved(person="p2", kinds=("knew the person",), met_death=True),
            Involved(person="p3", met_death=False),
            *(Involved(person=f"p{number}", met_death=True) for number in range(4, 9)),
            Involved(person="dispatcher", part="dispatcher"),
            Involved(person="driver", part="driver"),
        ),
    )
    planned = planning_list(facts)
    assert ENDED.hours_until(planned.by) == 24
    assert [one.person for one in planned.in_person] == ["p0", "p1", "p2", "p3"]
    assert len(planned.by_offer) == 7
    assert {"dispatcher", "driver"} <= {one.person for one in planned.by_offer}
    assert planned.from_day == date(2026, 3, 4)
    assert "had not met a death on a mission before" in planned.in_person[3].reasons
    assert not [field for field in FollowUp.__struct_fields__ if "form" in field or "questionnaire" in field]


def test_a_first_death_is_derived_only_from_a_death() -> None:
    """Never having met a death is nothing by itself; unknown is not *never*; with a death it is contact in person."""
    assert not answers(Involved(person="a", met_death=False))["a"].opens
    assert answers(Involved(person="a", met_death=False), other_deaths=1)["a"].manner == "in person"
    assert answers(Involved(person="a", met_death=None), other_deaths=1)["a"].manner == "by offer"
    assert answers(Involved(person="a", met_death=True), other_deaths=1)["a"].manner == "by offer"


def test_the_only_survivor() -> None:
    """Of a team of three the one who lived is the sole survivor, not a near-sole one; the dispatcher is neither."""
    found = answers(
        Involved(person="a", lost=True),
        Involved(person="b", lost=True),
        Involved(person="c", kinds=("near-sole survivor",)),
        Involved(person="d", part="dispatcher"),
    )
    assert "is the only one of the team who lived" in found["c"].reasons
    assert "is one of two of the team who lived" not in found["c"].reasons
    assert found["d"].reasons == ("somebody died on this mission",)


def test_long_hours_alone_open_nothing() -> None:
    """Twelve hours are named but open no follow-up; with being helpless they do. Eleven are not named."""
    assert not answers(Involved(person="a", hours=12.0))["a"].opens
    assert answers(Involved(person="a", hours=12.0))["a"].reasons[0] == "was out for very long"
    assert answers(Involved(person="a", hours=12.0, kinds=("helplessness",)))["a"].manner == "in person"
    assert "was out for very long" not in answers(Involved(person="a", hours=11.9))["a"].reasons


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.points >= 2])
def test_each_grave_kind_opens_by_itself(kind: str) -> None:
    """A death, a kill, being outnumbered, surviving alone ...: each opens a follow-up with nothing else recorded."""
    found = answers(Involved(person="a", kinds=(kind,)))["a"]
    assert found.opens
    assert found.reasons == (KINDS[kind].words,)
    assert len(found.contacts) == len(SCHEDULE)


def test_no_figure_reaches_the_answer() -> None:
    """An answer carries no number: nothing in it can be read as a score."""
    found = answers(Involved(person="a", kinds=tuple(KINDS), hours=30.0))["a"]
    plain = msgspec.to_builtins(msgspec.structs.replace(found, contacts=()))
    assert not any(isinstance(value, int | float) and not isinstance(value, bool) for value in plain.values())
    assert not any(character.isdigit() for reason in found.reasons for character in reason)


@given(
    st.lists(st.sampled_from(sorted(KINDS)), unique=True),
    st.sampled_from(sorted(KINDS)),
    st.integers(0, 3),
    st.booleans(),
)
def test_more_exposure_never_closes_a_follow_up(kinds: list[str], more: str, deaths: int, outnumbered: bool) -> None:
    """Adding to what somebody went through never takes a follow-up, or contact in person, away."""
    before = answers(Involved(person="a", kinds=tuple(kinds)), other_deaths=deaths, outnumbered=outnumbered)["a"]
    after = answers(Involved(person="a", kinds=(*kinds, more)), other_deaths=deaths, outnumbered=outnumbered)["a"]
    assert after.opens >= before.opens
    if before.manner == "in person" and more != "sole survivor":
        assert after.manner == "in person"


def test_kinds_keep_the_order_of_the_table() -> None:
    """What somebody went through is listed in one order, however it was recorded."""
    facts = MissionFacts(ended=ENDED, zone="UTC", people=())
    kinds = kinds_of(Involved(person="a", kinds=("outnumbered", "death", "kill", "death")), facts)
    assert kinds == ("death", "kill", "outnumbered")


def test_the_days_of_contact() -> None:
    """Next day, 3 days, 3 to 4 weeks, 3 months, 12 months; each with the last day that still counts as it."""
    contacts = contact_days(ENDED, "Europe/Andorra")
    assert [(one.name, one.day, one.until) for one in contacts] == [
        ("first contact", date(2026, 3, 2), date(2026, 3, 3)),
        ("3 days", date(2026, 3, 4), date(2026, 3, 5)),
        ("3 to 4 weeks", date(2026, 3, 22), date(2026, 3, 29)),
        ("3 months", date(2026, 6, 1), date(2026, 6, 8)),
        ("12 months", date(2027, 3, 1), date(2027, 3, 15)),
    ]


@pytest.mark.parametrize(
    ("end", "three_months", "twelve_months"),
    [
        (date(2028, 2, 29), date(2028, 5, 29), date(2029, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29), date(2028, 11, 30)),
        (date(2026, 11, 30), date(2027, 2, 28), date(2027, 11, 30)),
        (date(2026, 10, 31), date(2027, 1, 31), date(2027, 10, 31)),
    ],
)
def test_months_that_lack_the_day(end: date, three_months: date, twelve_months: date) -> None:
    """29 February and the 31st move to the last day of a shorter month."""
    days = {
        one.name: one.day for one in contact_days(moment(datetime(end.year, end.month, end.day, tzinfo=UTC)), "UTC")
    }
    assert days["3 months"] == three_months
    assert days["12 months"] == twelve_months


def test_the_day_is_the_local_one() -> None:
    """Half past eleven at night in Andorra is the next day in Tokyo: days are counted where the people live."""
    late = moment(datetime(2026, 3, 28, 23, 30, tzinfo=ZoneInfo("Europe/Andorra")))
    assert contact_days(late, "Europe/Andorra")[0].day == date(2026, 3, 29)
    assert contact_days(late, "Asia/Tokyo")[0].day == date(2026, 3, 30)


ZONES = ("Europe/Andorra", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu", "UTC")


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.sampled_from(ZONES))
def test_clock_changes_shift_no_day(at: datetime, zone: str) -> None:
    """In any zone, whatever the clocks do, contacts fall on whole local days counted from the local day of the end."""
    at = at.replace(microsecond=0)  # a moment holds whole milliseconds
    contacts = contact_days(moment(at.replace(tzinfo=UTC)), zone)
    start = at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()
    assert [one.day - start for one in contacts[:3]] == [timedelta(days=days) for days in (1, 3, 21)]
    assert all(one.day <= one.until for one in contacts)
    assert all(one.until <= other.day for one, other in itertools.pairwise(contacts[1:]))
    assert timedelta(days=364) <= contacts[-1].day - start <= timedelta(days=366)


HOSTILE: list[tuple[Callable[[], object], str]] = [
    (lambda: Involved(person=""), "has no id"),
    (lambda: Involved(person="a", kinds=("sadness",)), "exposure 'sadness' is not known; use one of death"),
    (lambda: Involved(person="a", part="cook"), "part 'cook' is not known"),  # type: ignore[arg-type]  # on purpose
    (lambda: Involved(person="a", hours=-1), "between 0 and 10000"),
    (lambda: Involved(person="a", hours=float("nan")), "between 0 and 10000"),
    (lambda: answers(Involved(person="a"), Involved(person="a")), "'a' is listed twice"),
    (lambda: answers(Involved(person="a"), other_deaths=-1), "-1 deaths is not a count"),
    (lambda: contact_days(ENDED, "Konoha/Leaf"), "no time zone called 'Konoha/Leaf'"),
]


@pytest.mark.parametrize(("make", "words"), HOSTILE, ids=[words for _, words in HOSTILE])
def test_bad_facts_are_refused(make: Callable[[], object], words: str) -> None:
    """Each bad value raises CareError, and its text says what is wrong."""
    with pytest.raises(CareError) as caught:
        make()
    assert words in str(caught.value)


def test_every_kind_and_day_names_its_source() -> None:
    """Nothing stands in the tables without what it rests on."""
    assert all(kind.source and kind.words for kind in KINDS.values())
    assert all(point.source for point in SCHEDULE)
