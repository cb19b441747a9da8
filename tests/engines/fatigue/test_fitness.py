"""Fitness for duty from what people say of their sleep, and endurance in the field."""

from __future__ import annotations

import math
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayhome.engines.fatigue import Declared, FatigueError, InTheField, Nap, Ready, endurance, fitness
from wayhome.engines.fatigue.fitness import VERDICTS, as_tired_as, modelled
from wayhome.values.when import Moment, moment

ZONE = "Europe/Andorra"


def at(words: str) -> Moment:
    """A local time such as 2026-03-02 08:00."""
    return moment(datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(ZONE)))


EIGHT = at("2026-03-02 08:00")


def said(slept: float | None = 8.0, woke: str | None = "2026-03-02 07:00", **more: object) -> Declared:
    values = {"since": EIGHT, "slept_24h": slept, "woke": at(woke) if woke else None, "worked_h": 0.0} | more
    return Declared(**values)  # type: ignore[arg-type]


def test_under_five_hours_are_deemed_impaired() -> None:
    """4.5 hours of sleep in 24: impaired, with the rule and its source."""
    found = fitness(said(4.5), EIGHT)
    assert found.verdict == "impaired"
    assert "less than 5 h" in found.reasons[0]
    assert any("Dawson" in source for source in found.sources)


def test_seventeen_hours_awake_ask_for_caution() -> None:
    """Slept 6 of 24 and awake 17 hours: caution; a full day awake: impaired."""
    late = said(6, "2026-03-01 15:00")
    assert fitness(late, EIGHT).verdict == "caution"
    assert "awake 17 h" in fitness(late, EIGHT).reasons
    assert fitness(said(6, "2026-03-01 07:30"), EIGHT).verdict == "impaired"


def test_rested_is_fit_and_says_what_it_rests_on() -> None:
    """Eight hours, awake since 07:00: fit in the morning, and from when on caution will be asked for."""
    found = fitness(said(), EIGHT.plus(hours=1))
    assert found.verdict == "fit"
    assert "2026-03-02 08:00" in found.rests_on
    assert found.asks_from == EIGHT.plus(hours=13)


@pytest.mark.parametrize("declared", [Declared(), said(None), said(8, None), said(None, None)])
def test_what_was_not_said_is_unknown_and_never_rested(declared: Declared) -> None:
    """Not signed on, sleep not said, waking not said: unknown, and the reason asks."""
    found = fitness(declared, EIGHT)
    assert found.verdict == "unknown"
    assert "ask" in found.reasons[0]
    assert "not" in found.sure


def test_what_was_said_yesterday_is_not_known_today() -> None:
    """More than a day after sign-on the sleep that was said no longer counts as sleep of the last day."""
    found = fitness(said(8, None), EIGHT.plus(hours=25))
    assert found.verdict != "fit"
    assert any("more than a day ago" in reason for reason in found.reasons)


def test_a_long_sleep_in_the_field_begins_a_new_day() -> None:
    """Six hours in the hut: awake since then; two hours do not end seventeen awake."""
    morning = at("2026-03-03 09:00")
    long = fitness(said(naps=(Nap(at("2026-03-03 06:00"), 6.0),)), morning)
    assert long.awake_h == pytest.approx(3)
    assert long.verdict != "impaired"
    short = fitness(said(naps=(Nap(at("2026-03-03 06:00"), 2.0),)), morning)
    assert short.verdict == "impaired"


def test_a_night_on_which_the_clocks_change_is_as_long_as_it_was() -> None:
    """On 29 March 02:00 becomes 03:00: from 15:00 to 09:00 are seventeen hours awake, not eighteen."""
    spring = Declared(since=at("2026-03-28 16:00"), slept_24h=6, woke=at("2026-03-28 15:00"), worked_h=0.0)
    assert fitness(spring, at("2026-03-29 08:30")).awake_h == pytest.approx(16.5)
    assert fitness(spring, at("2026-03-29 09:00")).awake_h == pytest.approx(17)


def test_the_model_crosses_midnight_without_a_jump() -> None:
    """A minute before and a minute after midnight are nearly as hard."""
    before, after = (modelled(said(), at(f"2026-03-0{when}")) for when in ("2 23:59", "3 00:01"))
    assert before is not None
    assert after == pytest.approx(before, abs=0.1)


def test_the_model_asks_for_caution_where_the_rules_do_not_yet() -> None:
    """After five hours until 18:00, four in the morning is as hard as the seventeenth hour of somebody rested."""
    night = Declared(since=at("2026-03-02 20:00"), slept_24h=5.0, woke=at("2026-03-02 18:00"), worked_h=0.0)
    found = fitness(night, at("2026-03-03 04:00"))
    assert found.verdict == "caution"
    assert "by the model" in found.reasons[0]
    assert (modelled(night, at("2026-03-03 04:00")) or 0) >= as_tired_as()


def test_what_was_said_last_holds() -> None:
    """Somebody who says anew how they slept is held to that; their duty goes on since they came."""
    anew = said(8.0, "2026-03-02 13:00", said=EIGHT.plus(hours=6), worked_h=0.0)
    found = fitness(anew, EIGHT.plus(hours=14))
    assert found.awake_h == pytest.approx(9)
    assert found.verdict == "caution"
    assert "14 h of work" in found.reasons[0]
    assert "14:00" in found.rests_on


def test_work_and_travel_count() -> None:
    """A day's job before a night's search: more than 13 hours leave too little rest, more than 16 are an exception."""
    assert fitness(said(worked_h=8.0), EIGHT.plus(hours=6)).verdict == "caution"
    found = fitness(said(worked_h=8.0), EIGHT.plus(hours=8.5))
    assert any("exception" in reason for reason in found.reasons)


def test_rest_since_the_last_duty_counts() -> None:
    """Eighteen hours of duty and four of rest: nine were asked for."""
    found = fitness(said(rest_h=4.0, work_h=18.0), EIGHT)
    assert found.verdict == "caution"
    assert "9 h of rest" in found.reasons[0]
    assert fitness(said(rest_h=10.0, work_h=18.0), EIGHT).verdict == "fit"


@pytest.mark.parametrize(
    "bad", [{"slept_24h": 30.0}, {"slept_24h": -1.0}, {"slept_24h": math.nan}, {"worked_h": math.inf}]
)
def test_hours_that_cannot_be_are_refused(bad: dict[str, float]) -> None:
    """Thirty hours of sleep in a day, fewer than none, and what is no number."""
    with pytest.raises(FatigueError):
        Declared(since=EIGHT, **bad)  # type: ignore[arg-type]


def test_waking_after_coming_on_duty_is_refused() -> None:
    """Nobody comes on duty asleep."""
    with pytest.raises(FatigueError):
        said(8, "2026-03-02 09:00")


hour = st.floats(0, 24)


@settings(deadline=None)
@given(hour, hour, st.floats(0, 30), hour)
def test_less_sleep_never_makes_anybody_fitter(slept: float, less: float, later: float, awake: float) -> None:
    """Of two who differ in their sleep alone, the one who slept less is never held for fitter."""
    less, slept = sorted((less, slept))
    woke, now = EIGHT.plus(hours=-awake), EIGHT.plus(hours=later)
    verdicts = [
        fitness(Declared(since=EIGHT, slept_24h=one, woke=woke, worked_h=0.0), now).verdict for one in (less, slept)
    ]
    assert VERDICTS.index(verdicts[0]) >= VERDICTS.index(verdicts[1])


@settings(deadline=None)
@given(st.none() | hour, st.none() | st.floats(0, 200), st.none() | hour, st.lists(st.tuples(hour, hour), max_size=3))
def test_whatever_was_said_has_an_answer(
    slept: float | None, awake: float | None, worked: float | None, naps: list[tuple[float, float]]
) -> None:
    """Any hours that can be said, in any combination, come to one of four words with a reason; never fit unsaid."""
    declared = Declared(
        since=EIGHT,
        slept_24h=slept,
        woke=None if awake is None else EIGHT.plus(hours=-awake),
        worked_h=worked,
        naps=tuple(Nap(EIGHT.plus(hours=later), long) for later, long in naps),
    )
    found = fitness(declared, EIGHT.plus(hours=20))
    assert found.verdict in VERDICTS
    assert found.reasons
    assert found.verdict != "fit" or None not in (slept, awake)


def test_whoever_must_be_relieved_first_stands_first() -> None:
    """Seventeen hours awake come before sixteen of work; the impaired are to be relieved at once."""
    field = [
        InTheField(person="lee", departed=EIGHT, declared=said()),
        InTheField(person="neji", departed=EIGHT, declared=said(4.0)),
        InTheField(person="sai", departed=EIGHT, declared=Declared()),
    ]
    now = EIGHT.plus(hours=2)
    found = endurance(field, [], now)
    assert [one.person for one in found] == ["neji", "lee", "sai"]
    assert found[0].relieve_by == now
    assert found[1].relieve_by == EIGHT.plus(hours=16)
    assert "not known" in found[2].why
    assert found[2].out_h == pytest.approx(2)


def test_reliefs_are_fit_and_bring_the_skills() -> None:
    """The impaired relieve nobody; who brings what the other has comes first; nobody is named first for two."""
    skills = frozenset({"rope"})
    field = [InTheField(person=one, departed=EIGHT, declared=said(), skills=skills) for one in ("a", "b")]
    ready = [
        Ready(person="tired", verdict="impaired", skills=skills),
        Ready(person="ino", verdict="fit"),
        Ready(person="kiba", verdict="fit", skills=skills),
        Ready(person="tenten", verdict="unknown", skills=skills),
    ]
    first, second = endurance(field, ready, EIGHT.plus(hours=1))
    assert first.reliefs == ("kiba", "ino", "tenten")
    assert second.reliefs[0] == "ino"
    assert "tired" not in first.reliefs
