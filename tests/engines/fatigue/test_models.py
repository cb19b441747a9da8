"""The two models of fatigue against published figures, and the published rules of work and rest."""

from __future__ import annotations

import csv
import math
from datetime import time
from pathlib import Path

import pytest

from wayhome.engines.fatigue import FatigueError, Sleep, detection_factor, flight_duty_limit, rest_owed, unified
from wayhome.engines.fatigue.three_process import after_sleep, awake
from wayhome.engines.fatigue.unified import body_clock

NIGHTS = [Sleep(24.0 * day, 24.0 * day + 3) for day in range(7)] + [
    Sleep(163 + 24.0 * day, 171 + 24.0 * day) for day in range(3)
]
"""The golden history: it begins at 04:00; seven nights of 3 h, then three of 8 h from 23:00."""


def test_the_unified_model_is_the_golden_one(shared_data: Path) -> None:
    """Every hour of ten nights agrees with the golden values in need, debt, clock and fatigue to 1e-9."""
    four = 4.0
    nights = [Sleep(one.start + four, one.end + four) for one in NIGHTS]
    with (shared_data / "care/fatigue_unified_golden.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 236
    for row in rows:
        level = unified(nights, four + float(row["sim_minutes_from_start"]) / 60, start=four)
        for value, name in ((level.need, "s"), (level.debt, "l"), (level.clock, "c"), (level.fatigue, "fatigue")):
            assert value == pytest.approx(float(row[name]), abs=1e-9), (row["row"], name)


def test_the_body_clock_comes_again_after_a_day() -> None:
    """Midnight is midnight, whichever way it is counted."""
    assert body_clock(0.0) == pytest.approx(body_clock(24.0))
    assert unified([], 48.0).clock == pytest.approx(body_clock(0.0))


def test_a_nap_helps() -> None:
    """Two hours of sleep at night leave less fatigue at dawn than none."""
    night = [Sleep(23.0, 31.0)]
    assert unified([*night, Sleep(49.0, 51.0)], 54.0).fatigue < unified(night, 54.0).fatigue


@pytest.mark.parametrize("bad", [(3.0, 3.0), (4.0, 3.0), (math.nan, 3.0), (0.0, math.inf)])
def test_a_sleep_that_cannot_be_is_refused(bad: tuple[float, float]) -> None:
    """A sleep ends after it begins, at hours that are numbers."""
    with pytest.raises(FatigueError):
        Sleep(*bad)


def test_sleeps_do_not_overlap() -> None:
    """Sleeping twice at once, before the start, or being asked for an hour before it, is refused."""
    with pytest.raises(FatigueError):
        unified([Sleep(1, 4), Sleep(3, 5)], 6)
    with pytest.raises(FatigueError):
        unified([Sleep(-2, 4)], 6)
    with pytest.raises(FatigueError):
        unified([], math.nan)


@pytest.mark.parametrize(
    ("minutes", "sleepiness", "alertness"), [(0, 10.2613, 6.2844), (5, 9.8424, 6.3063), (40, 7.9810, 6.4553)]
)
def test_the_three_process_model_is_the_published_one(minutes: int, sleepiness: float, alertness: float) -> None:
    """Woken at 08:00 with S at 7.96: the first forty minutes as published, to 0.005."""
    level = awake(7.96, minutes / 60, 8 + minutes / 60)
    assert level.unclamped == pytest.approx(sleepiness, abs=0.005)
    assert level.alertness == pytest.approx(alertness, abs=0.005)


def test_sleepiness_stays_on_its_scale() -> None:
    """Just after waking the equation gives more than 9; what is said of it is 9."""
    assert awake(7.96, 0, 8).sleepiness == 9.0
    assert awake(200.0, 5, 17).sleepiness == 1.0


@pytest.mark.parametrize(
    ("hours", "sleepiness"), [(12, 3.442), (16, 5.675), (20, 7.657), (21, 7.784), (24, 7.507), (36, 6.005), (48, 9.185)]
)
def test_a_night_without_sleep_has_its_course(hours: int, sleepiness: float) -> None:
    """Kept awake after nights from 23:00 to 07:00: worst before dawn, better by day, worse again."""
    waking = after_sleep(8.891875, 8)
    assert waking == pytest.approx(13.819831, abs=1e-5)
    assert awake(waking, hours, 7 + hours).unclamped == pytest.approx(sleepiness, abs=0.0005)


def test_short_sleep_recovers_along_the_straight_part() -> None:
    """Before the break, an hour of sleep gives as much as the next."""
    assert after_sleep(5, 2) - after_sleep(5, 1) == pytest.approx(after_sleep(5, 1) - 5)
    with pytest.raises(FatigueError):
        after_sleep(5, -1)


@pytest.mark.parametrize(
    ("start", "limit"),
    [("00:00", 9), ("03:59", 9), ("04:00", 10), ("05:00", 12), ("11:59", 12), ("12:30", 13), ("16:59", 14),
     ("17:00", 12), ("22:00", 11), ("23:30", 10)],
)  # fmt: skip
def test_flight_duty_is_limited_by_its_start(start: str, limit: float) -> None:
    """Table B by local start; 23:30 gives 10 hours."""
    assert flight_duty_limit(time.fromisoformat(start)) == limit


def test_two_hours_of_work_ask_for_one_of_rest() -> None:
    """18 hours of work and travel ask for 9 of rest and are an exception; 16 are none."""
    owed = rest_owed(18)
    assert owed.hours == 9
    assert owed.exception
    assert "9 h of rest" in owed.words
    assert "exception" in owed.words
    assert not rest_owed(16).exception
    with pytest.raises(FatigueError):
        rest_owed(math.nan)


def test_tired_searchers_miss_more() -> None:
    """Tired: 42 % less where visibility is medium, 51 % where low; 10 % less after 8 hours; not known: a range."""
    assert detection_factor(True, 3).most == 0.58
    assert detection_factor(True, 3, "low").least == 0.49
    assert detection_factor(False, 9).most == 0.90
    assert detection_factor(False, 3).least == 1.0
    unknown = detection_factor(None, 3)
    assert (unknown.least, unknown.most) == (0.58, 1.0)
    assert detection_factor(True, 3, "high").least < detection_factor(True, 3, "high").most
    with pytest.raises(FatigueError):
        detection_factor(None, -1)
