"""Why a plan over days is as it is, in words a leader reads."""

from __future__ import annotations

from tests.engines.tasking.days.test_check import HEALER, PROBLEM, ROPES
from tests.engines.tasking.days.worlds import month

from wayhome.engines.tasking.days import DaysPlan, held_up, judge, parts, plan_days


def test_each_member_is_told_what_they_count_for() -> None:
    """Skill, level and mission for each member; nobody in a right plan's needed team is told to be spare."""
    found = parts(PROBLEM, DaysPlan((ROPES, HEALER), (), (60, 180, 0, 180), 4380, 4380))
    assert [str(one) for one in found] == [
        "day 1, Ada: rope 2 on lead, rope 1 on lead, rope 1 on carry",
        "day 1, Bo: rope 1 on lead, rope 1 on carry",
        "day 2, Cy: medic 1 on heal",
    ]


def test_what_ends_last_is_named_with_what_it_holds_up() -> None:
    """For each priority that is there and for everything."""
    told = [str(one) for one in held_up(PROBLEM, DaysPlan((ROPES, HEALER), (), (60, 180, 0, 180), 4380, 4380))]
    assert told == [
        "priority 1 ends at 60 with lead; each unit of time earlier saves 28",
        "priority 2 ends at 180 with heal; each unit of time earlier saves 14",
        "everything ends at 180 with heal; each unit of time earlier saves 1",
    ]


def test_nobody_in_a_searched_plan_can_be_spared() -> None:
    """Without any one member of a team, the checker finds a need that is not met."""
    problem = month()
    plan = plan_days(problem, work=1)
    assert judge(problem, plan).feasible
    assert all(one.needed for one in parts(problem, plan))
