"""Whole teams against the oracle of every plan, and the laws that any solver must keep."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.engines.tasking.checker import best
from tests.engines.tasking.requests import tiny_requests

from wayhome.engines.tasking import STANDARD, Effort, MissionNeed, Proposal, Request, SkillNeed, propose
from wayhome.engines.tasking.now.judge import breaches, points
from wayhome.engines.tasking.now.model import Model
from wayhome.engines.tasking.now.solving import gap_for
from wayhome.engines.tasking.now.standing import standing_of
from wayhome.engines.tasking.now.teams.columns import Search
from wayhome.engines.tasking.now.teams.problem import problem_of
from wayhome.engines.tasking.now.teams.seeking import Work
from wayhome.engines.tasking.now.worlds import world

QUICK = Effort(next_best=False)
WORLD = world(24, 4, 3)


def plan_of(proposal: Proposal) -> dict[str, str]:
    return {pick.person: pick.mission for team in proposal.teams for pick in team.picks}


def proven(request: Request) -> int:
    proposal = propose(request, effort=QUICK)
    assert proposal.gap == 0
    return proposal.points


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(tiny_requests())
def test_the_rounds_find_the_best_of_all(request_: Request) -> None:
    """On tiny requests the rounds end at the points of the best plan there is, with a bound that is no higher."""
    least = best(request_, STANDARD)
    assume(least is not None)
    problem = problem_of(request_, standing_of(request_, STANDARD), STANDARD)
    found = Search(problem, Work(), 1).run()
    assert least is not None
    assert found.bound <= least
    assert found.points == least


@pytest.mark.parametrize("seed", [1, 2])
def test_two_ways_of_solving_agree(seed: int) -> None:
    """Whole teams and the model of every pair come to the same proven points."""
    request = world(24, 4, seed)
    request = msgspec.structs.replace(request, people=tuple(sorted(request.people, key=lambda one: one.id)))
    solved = Model(request, standing_of(request, STANDARD), STANDARD).solve(work=20, seed=1)
    assert solved.known
    assert proven(request) == solved.points


@settings(max_examples=3, deadline=None)
@given(st.permutations(range(24)))
def test_other_names_change_no_worth(order: list[int]) -> None:
    """The same people under other ids come to the same proven points."""
    new = {one.id: f"q{place:02}" for one, place in zip(WORLD.people, order, strict=True)}
    text = msgspec.json.encode(WORLD).decode()
    for old, name in sorted(new.items(), key=lambda pair: -len(pair[0])):
        text = text.replace(f'"{old}"', f'"{name}"')
    assert proven(msgspec.json.decode(text, type=Request)) == proven(WORLD)


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 23))
def test_one_more_person_is_never_worse(number: int) -> None:
    """Without one person of a world, the best plan has no fewer points than with them."""
    gone = f"p{number}"
    assume(all(pair.person != gone for pair in WORLD.fixed))
    people = tuple(msgspec.structs.replace(one, duty="away") if one.id == gone else one for one in WORLD.people)
    loose = msgspec.structs.replace(WORLD, keep_home=(), together=())
    assert proven(msgspec.structs.replace(loose, people=people)) >= proven(loose)


@pytest.mark.parametrize("seed", [4])
def test_every_plan_passes_the_judge(seed: int) -> None:
    """Whatever work is allowed, the judge finds no breach, and its points and the plan's are the same."""
    request = world(32, 4, seed)
    for effort in (QUICK, Effort(plan=0.3, next_best=False, gap=0.2)):
        proposal = propose(request, effort=effort)
        assert breaches(request, plan_of(proposal)) == ()
        assert points(request, plan_of(proposal)) == proposal.points >= proposal.bound


def test_threads_change_no_answer() -> None:
    """One thread and two give the same bytes."""
    answers = {
        msgspec.json.encode(propose(WORLD, effort=Effort(next_best=False, threads=threads))) for threads in (1, 2)
    }
    assert len(answers) == 1


def test_whoever_listens_hears_better_plans_and_a_rising_bound() -> None:
    """A plan is there at once; points only fall, the bound only rises, and the last word is the answer."""
    heard: list[tuple[int | None, int]] = []

    def tick(found: int | None, bound: int) -> bool:
        heard.append((found, bound))
        return True

    proposal = propose(WORLD, effort=QUICK, tick=tick)
    assert heard[0][0] is not None
    assert [one for one, _ in heard] == sorted((one for one, _ in heard if one is not None), reverse=True)
    assert [bound for _, bound in heard] == sorted(bound for _, bound in heard)
    assert heard[-1][0] is not None
    assert heard[-1][0] >= proposal.points >= proposal.bound >= heard[-1][1]


@pytest.mark.parametrize("after", [1, 5])
def test_a_search_that_is_stopped_has_a_plan_and_its_gap(after: int) -> None:
    """Stopped at the first word or the fifth, the answer is a plan that passes the judge, with a bound."""
    left = iter(range(after))
    proposal = propose(WORLD, tick=lambda *_: next(left, after) < after - 1)
    assert breaches(WORLD, plan_of(proposal)) == ()
    assert points(WORLD, plan_of(proposal)) == proposal.points >= proven(WORLD) >= proposal.bound


def test_many_missions_need_no_whole_proof() -> None:
    """Where nobody says how good is good enough, small questions are proven and large ones are near the bound."""
    assert gap_for(WORLD) == 0.0
    large = [gap_for(world(50, missions, 1)) for missions in (20, 40, 60, 200)]
    assert large == sorted(large)
    assert large[0] == 0.0
    assert large[-1] == 0.05


def test_one_impossible_mission_is_named_among_many() -> None:
    """Where one mission alone can have no team, the clash is of its rules, however many others there are."""
    needed = MissionNeed(id="x", name="Dive", skills=(SkillNeed("water", 5, 9),), least=9)
    request = msgspec.structs.replace(WORLD, missions=(*WORLD.missions, needed))
    clash = propose(request, effort=QUICK).clash
    assert clash is not None
    assert {rule.mission for rule in clash.rules} == {"x"}
