"""What cannot be planned over days is refused in words that say what is wrong, where, and what to do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from wayhome.engines.tasking import TaskingError
from wayhome.engines.tasking.days import DayMission, DaysProblem, Member, Need, plan_days

ADA = Member("Ada", {"rope": 1})
BO = Member("Bo", {"rope": 2})


def mission(name: str = "x", **changes: Any) -> DayMission:
    """A mission that can be done, but for what is changed."""
    return replace(DayMission(name, 1, 10, (Need("rope", 1, 1),)), **changes)


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (DaysProblem((), (mission(),)), "nobody to send"),
        (DaysProblem((ADA, ADA), ()), "member Ada is given 2 times"),
        (DaysProblem((ADA,), (mission(), mission())), "mission x is given 2 times"),
        (DaysProblem((ADA,), (mission(duration=121),)), "a day has 120"),
        (DaysProblem((ADA,), (mission(duration=0),)), "the duration of mission x is 0"),
        (DaysProblem((ADA,), (mission(priority=5),)), "the priority of mission x is 5"),
        (DaysProblem((ADA,), (mission(after=("y",)),)), "comes after mission y, which is not there"),
        (DaysProblem((ADA,), (mission(after=("x",)),)), "x after x; cut one link"),
        (
            DaysProblem((ADA,), (mission("a", after=("b",)), mission("b", after=("c",)), mission("c", after=("a",)))),
            "a after b after c after a",
        ),
        (DaysProblem((ADA,), (mission(needs=(Need("rope", 1, -1),)),)), "the people mission x needs with rope is -1"),
        (
            DaysProblem((ADA, BO), (mission(needs=(Need("rope", 2, 2),)),)),
            "it needs 2 with rope at level 2, 1 exist; nearest is Ada at level 1",
        ),
        (DaysProblem((ADA,), (mission(),), budget=-1), "the budget for declining is -1"),
        (DaysProblem((ADA,), (mission(decline_cost=-1),)), "the cost of declining mission x is -1"),
        (DaysProblem((Member("Ada", {"rope": -1}),), (mission(),)), "Ada's level in rope is -1"),
        (DaysProblem((Member("Ada", {"rope": 1}, frozenset({-3})),), (mission(),)), "a day off of Ada is -3"),
        (DaysProblem((ADA,), (mission(),), day_length=0), "the length of a day is 0"),
        (DaysProblem((ADA,), (mission(),), weights=(1, 2, 3, -4)), "a weight is -4"),
    ],
)
def test_what_is_wrong_is_told(problem: DaysProblem, told: str) -> None:
    """Each kind of bad question is refused with its own words, before anything is searched."""
    with pytest.raises(TaskingError, match=told):
        plan_days(problem)


def test_all_on_leave_on_the_first_days_is_planned_after_it() -> None:
    """Leave puts a mission off; it does not make the plan fail."""
    away = Member("Ada", {"rope": 1}, frozenset({1, 2}))
    plan = plan_days(DaysProblem((away,), (mission(),)), work=1)
    assert [team.day for team in plan.teams] == [3]
