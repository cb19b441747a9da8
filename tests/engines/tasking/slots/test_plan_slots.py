"""Plans on one time line: sound, proven where they say so, the same for the same arguments."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from tests.engines.tasking.slots.worlds import county, problems, soonest

from wayhome.engines.tasking.errors import TaskingError
from wayhome.engines.tasking.slots import Served, SlotMission, SlotPerson, SlotsPlan, SlotsProblem, breaches, plan_slots
from wayhome.engines.tasking.slots.bounds import plain_bound
from wayhome.engines.tasking.slots.covering import raised_by_covering
from wayhome.engines.tasking.slots.evolving import Breeding
from wayhome.engines.tasking.slots.exact import Exact
from wayhome.engines.tasking.slots.hall import narrows
from wayhome.engines.tasking.slots.manning import man
from wayhome.engines.tasking.slots.packing import packing_of
from wayhome.engines.tasking.slots.world import world_of

FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def crowd() -> SlotsProblem:
    """Twelve missions for nine people: too many to be planned at a glance."""
    held = ("dog", "dog rope", "rope", "rope", "medic", "medic dog", "medic rope", "dog", "rope medic dog")
    people = tuple(SlotPerson(f"p{at}", frozenset(skills.split())) for at, skills in enumerate(held))
    places = ({"dog": 2, "rope": 1}, {"medic": 2, "rope": 2}, {"rope": 3}, {"dog": 3, "medic": 1}, {"medic": 3})
    missions = tuple(
        SlotMission(f"m{at}", 2 + 5 * at % 7, places[at % 5], (f"m{at - 4}",) if at % 3 == 0 and at > 3 else ())
        for at in range(12)
    )
    return SlotsProblem(people, missions)


@FEW
@given(problems())
def test_small_questions_are_answered_as_by_trying_everything(problem: SlotsProblem) -> None:
    """Every plan passes the judge, is proven best, and ends when the best of all plans does."""
    plan = plan_slots(problem)
    assert breaches(problem, plan) == []
    assert plan.proven and plan.gap == 0.0
    assert plan.makespan == soonest(problem)


@FEW
@given(problems(most_missions=6))
def test_schedules_that_breed_are_sound_and_bounds_hold(problem: SlotsProblem) -> None:
    """A schedule bred without the solver passes the judge and does not end before the plain bound."""
    world = world_of(problem)
    breeding = Breeding(world, seed=3, population=4)
    breeding.go_on(20, 0)
    plan = SlotsPlan(man(world, *breeding.best()), plain_bound(world, narrows(world)))
    assert breaches(problem, plan) == []
    assert plan.bound <= plan_slots(problem).makespan <= plan.makespan


@FEW
@given(problems(most_missions=5))
def test_names_and_order_of_people_change_nothing(problem: SlotsProblem) -> None:
    """Other names in another order: the same end. One more person: no later end."""
    end = plan_slots(problem).makespan
    people = tuple(SlotPerson(f"q{at}", person.skills) for at, person in enumerate(reversed(problem.people)))
    assert plan_slots(SlotsProblem(people, problem.missions)).makespan == end
    more = SlotsProblem((*people, SlotPerson("one more", frozenset({"rope"}))), problem.missions)
    assert plan_slots(more).makespan <= end


def test_the_same_seed_and_work_give_the_same_plan() -> None:
    """A plan that takes rounds on both cores is the same twice, and proven."""
    first, second = (plan_slots(crowd(), seed=5, work=2) for _ in range(2))
    assert first == second
    assert breaches(crowd(), first) == []
    assert first.proven


def test_a_plan_that_is_stopped_at_once_is_sound() -> None:
    """A tick that says no from the first gives a plan nevertheless, with a bound that holds."""
    plan = plan_slots(crowd(), tick=lambda: False)
    assert breaches(crowd(), plan) == []
    assert plan.bound <= plan_slots(crowd()).makespan


def test_a_person_keeps_one_mission_to_its_end() -> None:
    """Where head-counts fit at every moment but nobody can be had for long enough, the end is later than they say.

    Two who hold everything but one skill each; whoever starts the long mission is missed by one of the short ones.
    """
    people = (
        SlotPerson("a", frozenset({"rope", "dog"})),
        SlotPerson("b", frozenset({"rope", "medic"})),
    )
    missions = (
        SlotMission("long", 2, {"rope": 1}),
        SlotMission("first", 1, {"dog": 1}),
        SlotMission("then", 1, {"medic": 1}, ("first",)),
    )
    world = world_of(SlotsProblem(people, missions))
    sets = narrows(world)
    alone = Exact(world, sets, 0, 9, manned=False).solve(1.0, 0, from_below=True)
    assert alone.bound == 2
    plan = plan_slots(SlotsProblem(people, missions))
    assert plan.makespan == plan.bound == 3


@pytest.mark.parametrize("linear", [False, True])
@pytest.mark.parametrize("seed", [0, 1, 6])
def test_the_model_does_not_refute_what_people_can_keep(seed: int, linear: bool) -> None:
    """Starts of a sound schedule, held where they are, are found possible and end as they did."""
    world = world_of(county(seed))
    breeding = Breeding(world, seed, population=8)
    breeding.go_on(100, 0)
    exact = Exact(world, narrows(world), breeding.end, breeding.end + 3)
    exact.near(breeding.best()[0], 0)
    found = exact.solve(1.0, seed, from_below=False, linear=linear)
    assert found.end == found.bound == breeding.end


@pytest.mark.parametrize("seed", [0, 1])
def test_starts_at_which_head_counts_fit(seed: int) -> None:
    """At each moment people enough for every set of skills, no mission before what it waits for; the same twice."""
    world = world_of(county(seed))
    sets = narrows(world)
    herds = [Breeding(world, seed, population=8, sets=sets) for _ in range(2)]
    for herd in herds:
        herd.go_on(100, 0)
    start, end = herds[0].best()[0], herds[0].end
    assert start.tolist() == herds[1].best()[0].tolist()
    assert end == max(start + world.duration)
    for mission, firsts in enumerate(world.before):
        assert all(start[first] + world.duration[first] <= start[mission] for first in firsts)
    for at in range(end):
        running = (start <= at) & (at < start + world.duration)
        assert all(one.takes[running].sum() <= one.people for one in sets)


def test_people_follow_starts_at_which_head_counts_fit() -> None:
    """Where schedules that breed stop short, a round reaches the end that the bound allows; the judge agrees."""
    plan = plan_slots(county(0), work=2)
    assert plan.proven and plan.rounds == 1
    assert breaches(county(0), plan) == []


def test_missions_that_cannot_run_at_once_add_up() -> None:
    """Four missions that take two of three people for two units each: one at a time, 8 units, where work says 6."""
    people = tuple(SlotPerson(name, frozenset({"rope"})) for name in "abc")
    world = world_of(SlotsProblem(people, tuple(SlotMission(str(at), 2, {"rope": 2}) for at in range(4))))
    sets = narrows(world)
    assert plain_bound(world, sets) == 6
    assert raised_by_covering(world, packing_of(world, sets), 6, 99) == 8


@FEW
@given(problems(most_missions=4))
def test_what_covering_refutes_no_plan_reaches(problem: SlotsProblem) -> None:
    """The bound by sets that run at once never lies above the soonest end of all."""
    world = world_of(problem)
    assert raised_by_covering(world, packing_of(world, narrows(world)), 0, 99) <= soonest(problem)


def test_no_missions_and_no_people() -> None:
    """Nothing to do is a plan that ends at once; missions that need nobody need no people."""
    assert plan_slots(SlotsProblem((), ())) == SlotsPlan((), 0)
    assert plan_slots(SlotsProblem((), (SlotMission("wait", 4),))).makespan == 4


A = SlotPerson("a", frozenset({"rope"}))


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (SlotsProblem((A, A), ()), "2 persons are called a"),
        (SlotsProblem((A,), (SlotMission("m", -1),)), "m takes -1 units"),
        (SlotsProblem((A,), (SlotMission("m", 1, {"rope": -2}),)), "m takes -2 people for rope"),
        (SlotsProblem((A,), (SlotMission("m", 1, {}, ("x",)),)), "m comes after x, which is not among"),
        (SlotsProblem((A,), (SlotMission("m", 1, {"rope": 2}),)), "takes 2 people for rope, 1 of 1 hold"),
        (SlotsProblem((), (SlotMission("m", 1, {"dog": 1}),)), "takes 1 people for dog, 0 of 0 hold"),
        (
            SlotsProblem((SlotPerson("a", frozenset({"rope", "dog"})),), (SlotMission("m", 1, {"rope": 1, "dog": 1}),)),
            "takes 2 people for rope or dog, 1 of 1",
        ),
        (
            SlotsProblem((A,), (SlotMission("m", 1, {}, ("n",)), SlotMission("n", 1, {}, ("m",)))),
            "in a circle: m after n after m",
        ),
        (SlotsProblem((A,), (SlotMission("m", 200_000),)), "take longer units"),
        (SlotsProblem((A,), (SlotMission("m", 1, {f"s{at}": 1 for at in range(13)}),)), "takes 13 skills"),
    ],
)
def test_bad_questions_are_refused(problem: SlotsProblem, words: str) -> None:
    """What cannot be answered is refused with what is wrong and where."""
    with pytest.raises(TaskingError, match=words):
        plan_slots(problem)


def served() -> tuple[SlotsProblem, SlotsPlan]:
    people = (A, SlotPerson("b", frozenset({"rope", "dog"})))
    missions = (SlotMission("one", 2, {"rope": 1, "dog": 1}), SlotMission("two", 1, {"rope": 1}, ("one",)))
    plan = SlotsPlan((Served("one", 0, 2, {"a": "rope", "b": "dog"}), Served("two", 2, 3, {"b": "rope"})), 3)
    return SlotsProblem(people, missions), plan


def test_the_judge_accepts_a_sound_plan() -> None:
    """Nothing is found in a plan that keeps every rule."""
    assert breaches(*served()) == []


@pytest.mark.parametrize(
    ("one", "two", "words"),
    [
        ({"serving": {"a": "dog", "b": "rope"}}, {}, "a does not hold dog"),
        ({"serving": {"a": "rope"}}, {}, "0 people serve dog; it takes 1"),
        ({"serving": {"a": "rope", "z": "dog"}}, {}, "nobody is called z"),
        ({}, {"start": 1, "end": 2}, "two starts before one has ended"),
        ({}, {"start": 1, "end": 2}, "b is on one and two at once"),
        ({}, {"end": 4}, "two runs from 2 to 4; it takes 1"),
        ({"start": -2, "end": 0}, {}, "one runs from -2"),
        ({}, {"mission": "three"}, "three is planned, but was not asked for"),
        ({}, {"mission": "one"}, "one is planned 2 times"),
    ],
)
def test_the_judge_finds_each_breach(one: dict[str, object], two: dict[str, object], words: str) -> None:
    """A plan that breaks one rule is told so, by name."""
    problem, plan = served()
    spoiled = (dataclasses.replace(plan.missions[0], **one), dataclasses.replace(plan.missions[1], **two))  # type: ignore[arg-type]  # fields by name
    assert any(words in breach for breach in breaches(problem, dataclasses.replace(plan, missions=spoiled)))


def test_the_judge_doubts_a_bound_above_the_end() -> None:
    """A bound that lies above the plan's own end is a breach."""
    problem, plan = served()
    assert breaches(problem, dataclasses.replace(plan, bound=4)) == ["the bound 4 lies above the plan's own end 3"]
