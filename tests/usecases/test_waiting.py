"""What waits for whom: routines at their hour, lost roles, and warnings for nobody but whoever offers."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.house import START, StandingClock, memory_house, run_in

from wayhome.assembly.local import LocalHouse
from wayhome.mission.views.shapes import RoutineView
from wayhome.usecases.waiting import next_time
from wayhome.values.ids import Id, PersonId
from wayhome.values.when import Moment


def routine(first: Moment, every_days: int) -> RoutineView:
    return RoutineView(routine=Id("r"), member=PersonId("m"), what="a walk", every_days=every_days, first=first)


@given(
    days=st.integers(0, 800),
    minutes=st.integers(0, 1439),
    every=st.integers(1, 366),
    zone=st.sampled_from(["Europe/Andorra", "Asia/Tokyo", "America/New_York", "UTC"]),
)
def test_a_routine_comes_again_at_its_hour_on_the_wall(days: int, minutes: int, every: int, zone: str) -> None:
    """The next time is never past, less than one round away, and at the hour it began with, whatever clocks do."""
    first = Moment(START.ms, zone)
    now = first.plus(days=days, minutes=minutes)
    due = next_time(routine(first, every), now)
    assert due.ms >= now.ms
    assert (due.local.date() - now.local.date()) <= timedelta(days=every)
    assert (due.local.hour, due.local.minute) == (first.local.hour, first.local.minute)
    assert (due.local.date() - first.local.date()).days % every == 0


def test_a_routine_that_has_not_begun_waits_for_its_first_time() -> None:
    """Before it begins, its next time is its first."""
    first = START.plus(days=30)
    assert next_time(routine(first, 7), START) == first


def leaf() -> tuple[LocalHouse, StandingClock]:
    clock = StandingClock()
    house, _ = memory_house(clock=clock)
    for line in ("member add Ana --rank jounin", "member add Kiba --rank jounin"):
        assert run_in(house, line.split(), "Tsunade")[0] == 0
    return house, clock


def test_a_lost_role_waits_for_command_until_there_is_another() -> None:
    """A role lost through circumstance waits before command and nobody else; at one's own wish it does not."""
    house, _ = leaf()
    for words in (
        ["member", "role", "Ana", "teacher", "--wish", "own"],
        ["member", "role-end", "teacher", "--wish", "circumstance", "--reason", "the school closed"],
    ):
        assert run_in(house, words, "Tsunade")[0] == 0
    assert "Ana lost the role teacher" in run_in(house, ["waiting"], "Tsunade")[1]
    assert "lost the role" not in run_in(house, ["waiting"], "Ana")[1]
    run_in(house, ["member", "role", "Ana", "dispatcher", "--wish", "own"], "Tsunade")
    assert "lost the role" not in run_in(house, ["waiting"], "Tsunade")[1]
    run_in(house, ["member", "role-end", "dispatcher", "--wish", "own", "--reason", "enough"], "Tsunade")
    assert "lost the role" not in run_in(house, ["waiting"], "Tsunade")[1]


def test_what_a_warning_says_of_a_day_is_for_whoever_offered_and_for_them() -> None:
    """In an open mission, where everybody sees the offer, its warnings are empty for the others."""
    house, _ = leaf()
    assert run_in(house, ["member", "weighs", "03-01", "--say", "my brother"], "Ana")[0] == 0
    run_in(house, ["mission", "new", "Weeds", "--rank", "D"], "Tsunade")
    assert "my brother" in run_in(house, ["offer", "make", "Weeds", "Ana"], "Tsunade")[1]
    for who, sees in (("Tsunade", True), ("Ana", True), ("Kiba", False)):
        status, out, _ = run_in(house, ["offer", "list", "--json"], who)
        assert status == 0 and "Weeds" in out
        assert ("my brother" in out) == sees, who


def test_a_mission_with_a_subject_closes_only_when_they_are_found() -> None:
    """Whom a mission looks for counts among those to be accounted for; so does whoever signed in."""
    house, _ = leaf()
    run_in(house, ["mission", "new", "Lost hiker", "--rank", "D"], "Tsunade")
    run_in(house, ["mission", "subject", "Lost hiker", "name=Joan"], "Tsunade")
    run_in(house, ["field", "sign-in", "Lost hiker", "Ana"], "Tsunade")
    close = ["mission", "close", "Lost hiker", "--reason", "done"]
    assert "1 is not home or handed over: Ana" in run_in(house, close, "Tsunade")[2]
    run_in(house, ["field", "sign-out", "Lost hiker", "Ana"], "Tsunade")
    assert "has not been found" in run_in(house, close, "Tsunade")[2]
    run_in(house, ["field", "found", "Lost hiker", "Joan", "--state", "alive"], "Tsunade")
    assert run_in(house, close, "Tsunade")[0] == 0


def test_a_secret_deed_asks_for_an_exception_as_before_and_an_open_one_for_none() -> None:
    """What is written beside an open mission tells of no secret deed, whoever offers; an open deed ends it."""
    house, _ = leaf()
    for words in (
        ["member", "never", "Ana", "killed"],
        ["member", "duties", "Kiba", "operator"],
        ["mission", "new", "In the dark", "--rank", "D", "--secret"],
        ["report", "outcome", "In the dark", "Ana", "returned", "--deed", "killed"],
        ["mission", "new", "By day", "--rank", "B"],
    ):
        assert run_in(house, words, "Tsunade")[0] == 0, words
    assert run_in(house, ["mission", "new", "Kiba's", "--rank", "B"], "Kiba")[0] == 0
    assert "never killed" in run_in(house, ["offer", "make", "Kiba's", "Ana"], "Kiba")[2]
    assert "never killed" in run_in(house, ["offer", "make", "By day", "Ana"], "Tsunade")[2]
    assert run_in(house, ["report", "outcome", "By day", "Ana", "returned", "--deed", "killed"], "Tsunade")[0] == 0
    assert run_in(house, ["offer", "make", "Kiba's", "Ana"], "Kiba")[0] == 0
