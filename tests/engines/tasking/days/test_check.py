"""The checker of plans over days finds each kind of fault, and nothing in a plan that is right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wayhome.engines.tasking.days import DayMission, DaysPlan, DaysProblem, DayTeam, Member, Need, Timed, judge

PROBLEM = DaysProblem(
    members=(Member("Ada", {"rope": 2}), Member("Bo", {"rope": 1}), Member("Cy", {"medic": 1}, frozenset({1}))),
    missions=(
        DayMission("lead", 1, 60, (Need("rope", 2, 1), Need("rope", 1, 2))),
        DayMission("heal", 2, 60, (Need("medic", 1, 1),), ("lead",), 2),
        DayMission("carry", 4, 30, (Need("rope", 1, 1),), (), 3),
    ),
    budget=3,
    day_length=120,
)
ROPES = DayTeam(1, ("Ada", "Bo"), (Timed("lead", 0, 60), Timed("carry", 60, 90)))
HEALER = DayTeam(2, ("Cy",), (Timed("heal", 0, 60),))


def plan(*teams: DayTeam) -> DaysPlan:
    return DaysPlan(teams, (), (0, 0, 0, 0), 0, 0)


def test_a_right_plan_has_no_fault_and_its_true_cost() -> None:
    """Ends of each priority and of all, times the weights."""
    verdict = judge(PROBLEM, plan(ROPES, HEALER))
    assert verdict.faults == ()
    assert verdict.ends == (60, 180, 0, 180)
    assert verdict.cost == 28 * 60 + 14 * 180 + 180


@pytest.mark.parametrize(
    ("teams", "told"),
    [
        ((replace(ROPES, members=("Ada",)), HEALER), "needs 2 with rope at level 1; its team on day 1 has 1"),
        ((replace(ROPES, members=("Ada", "Bo", "Di")), HEALER), "no member Di"),
        ((ROPES, HEALER, DayTeam(2, ("Cy",), ())), "Cy is in 2 teams"),
        ((ROPES, replace(HEALER, day=1)), "Cy is off"),
        ((ROPES, replace(HEALER, day=0)), "no day 0"),
        ((ROPES, replace(HEALER, tasks=(Timed("heal", 90, 150),))), "runs from 90 to 150"),
        ((replace(ROPES, tasks=(Timed("lead", 0, 60), Timed("carry", 30, 60))), HEALER), "lead and carry at once"),
        ((replace(ROPES, day=3), HEALER), "heal starts before mission lead has ended"),
        ((HEALER, DayTeam(1, ("Ada",), (Timed("carry", 0, 30),))), "lead is not done and may not be given away"),
        ((replace(ROPES, tasks=(Timed("lead", 0, 60),)),), "costs 5; the budget is 3"),
        ((ROPES, HEALER, DayTeam(3, ("Bo",), (Timed("carry", 0, 30),))), "carry is done 2 times"),
        ((ROPES, HEALER, DayTeam(3, ("Bo",), (Timed("swim", 0, 30),))), "no mission swim"),
        ((ROPES, DayTeam(2, (), (Timed("heal", 0, 60),))), "nobody is in its team"),
    ],
)
def test_each_fault_is_told(teams: tuple[DayTeam, ...], told: str) -> None:
    """One change to a right plan, and the fault it makes."""
    verdict = judge(PROBLEM, plan(*teams))
    assert not verdict.feasible
    assert any(told in fault for fault in verdict.faults), verdict.faults


def test_within_the_budget_the_last_of_a_chain_may_be_given_away() -> None:
    """A mission without successors that is not done costs its price, and no fault."""
    assert judge(PROBLEM, plan(ROPES)).feasible
