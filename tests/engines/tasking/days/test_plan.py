"""Plans over days: they keep every rule, are the best where all can be tried, and are never below their bound."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.engines.tasking.days.worlds import cheapest, month, tiny

from wayhome.engines.tasking.days import DayMission, DaysPlan, DaysProblem, Member, Need, judge, plan_days


def test_a_months_roster_keeps_every_rule_and_costs_what_it_says() -> None:
    """A roster of thirty duties is sound, and its cost is the checker's."""
    problem = month()
    plan = plan_days(problem, work=2)
    verdict = judge(problem, plan)
    assert verdict.faults == ()
    assert (verdict.cost, verdict.ends) == (plan.cost, plan.ends)
    assert 0 < plan.bound <= plan.cost


def test_the_same_seed_and_work_give_the_same_plan_with_one_thread_and_two() -> None:
    """The answer depends on the problem, the seed and the work alone."""
    problem = month()
    assert plan_days(problem, seed=5, work=3, workers=1) == plan_days(problem, seed=5, work=3, workers=2)


def test_the_first_plan_is_sound_and_the_search_stops_when_told() -> None:
    """Each plan that is told on the way keeps the rules and never costs more than the one before."""
    problem, seen = month(), list[DaysPlan]()

    def tick(plan: DaysPlan) -> bool:
        seen.append(plan)
        return len(seen) < 3

    plan = plan_days(problem, work=50, tick=tick)
    assert len(seen) == 3 and plan.steps == 2
    assert all(judge(problem, one).feasible for one in seen)
    assert sorted((one.cost for one in seen), reverse=True) == [one.cost for one in seen]


@settings(max_examples=25, deadline=None)
@given(tiny())
def test_in_small_worlds_the_plan_is_the_cheapest_of_all(problem: DaysProblem) -> None:
    """Against every plan there is: the search finds the cheapest, and the bound is not above it."""
    best = cheapest(problem)
    plan = plan_days(problem, work=8)
    assert judge(problem, plan).faults == ()
    assert plan.bound <= best == plan.cost


@settings(max_examples=15, deadline=None)
@given(tiny())
def test_who_is_asked_about_first_makes_no_difference_to_a_small_best_plan(problem: DaysProblem) -> None:
    """Members in another order, under other names: the same cost."""
    renamed = tuple(replace(p, name=f"other {p.name}") for p in reversed(problem.members))
    assert plan_days(problem, work=8).cost == plan_days(replace(problem, members=renamed), work=8).cost


def test_no_mission_is_a_plan_that_costs_nothing() -> None:
    """Nothing to do is done at once, and proven."""
    plan = plan_days(DaysProblem((Member("Ada"),), ()))
    assert (plan.cost, plan.teams, plan.proven, plan.gap) == (0, (), True, 0.0)


def test_the_budget_is_spent_where_it_saves_most() -> None:
    """Of two missions of equal price the one that holds up the gravest end is given away."""
    medic = Need("medic", 1, 1)
    problem = DaysProblem(
        (Member("Ada", {"medic": 1}),),
        (DayMission("short", 1, 1, (medic,), (), 3), DayMission("long", 1, 9, (medic,), (), 3)),
        budget=5,
        day_length=10,
    )
    plan = plan_days(problem, work=8)
    assert plan.declined == ("long",) and plan.proven


@pytest.mark.parametrize("seed", [-1, True, 1.5])
def test_a_seed_that_is_none_is_refused(seed: int) -> None:
    """A seed is a whole number from 0."""
    with pytest.raises(ValueError, match="the seed"):
        plan_days(month(), seed=seed)
