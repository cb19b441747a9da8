"""The proposal against an independent judge, and its promises: best, bounded, repeatable, quick, discreet."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engines.tasking.checker import best, breaches, points
from tests.engines.tasking.requests import large_request, tiny_requests
from tools.source import ROOT

from wayhome.engines.tasking import (
    STANDARD,
    Candidate,
    Effort,
    MissionNeed,
    Pair,
    Proposal,
    Request,
    SkillNeed,
    propose,
)

QUICK = Effort(next_best=False)
few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def plan_of(proposal: Proposal) -> dict[str, str]:
    return {pick.person: pick.mission for team in proposal.teams for pick in team.picks}


@few
@given(tiny_requests())
def test_the_plan_is_the_best_of_all(request_: Request) -> None:
    """On tiny requests no plan that the judge allows has fewer points, and none exists where none is proposed."""
    proposal = propose(request_, effort=QUICK)
    least = best(request_, STANDARD)
    if least is None:
        assert proposal.clash is not None
        return
    assert breaches(request_, plan_of(proposal)) == []
    assert proposal.points == points(request_, plan_of(proposal), STANDARD) == least
    assert proposal.bound == least
    assert proposal.gap == 0


@few
@given(tiny_requests())
def test_the_account_adds_up(request_: Request) -> None:
    """What a plan's points are made of adds up to them."""
    proposal = propose(request_, effort=QUICK)
    assert sum(proposal.account.values()) == proposal.points


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tiny_requests(crowd=4))
def test_the_next_best_is_the_best_without(request_: Request) -> None:
    """Each pick's next best costs what the best plan costs when that person may not go on that mission."""
    proposal = propose(request_)
    for team in proposal.teams:
        for pick in team.picks:
            if pick.accepted:
                assert pick.next_best is None
                continue
            ruled_out = (*request_.forbidden, Pair(pick.person, pick.mission))
            least = best(msgspec.structs.replace(request_, forbidden=ruled_out), STANDARD)
            assert pick.next_best is not None
            assert pick.next_best.possible == (least is not None)
            if least is not None:
                assert pick.next_best.points_more == least - proposal.points


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tiny_requests())
def test_nothing_but_the_duty_status_of_the_absent_shows(request_: Request) -> None:
    """Whatever else is true of somebody away changes no byte of the answer."""
    people = tuple(
        Candidate(id=one.id, name=one.name, duty="away") if one.id == "p2" else one for one in request_.people
    )
    busy = tuple(msgspec.structs.replace(one, duty="away") if one.id == "p2" else one for one in request_.people)
    free = [pair for pair in request_.fixed if pair.person != "p2"]
    one = msgspec.structs.replace(request_, people=people, fixed=tuple(free))
    other = msgspec.structs.replace(request_, people=busy, fixed=tuple(free))
    assert msgspec.json.encode(propose(one)) == msgspec.json.encode(propose(other))


def test_the_same_request_gives_the_same_answer() -> None:
    """Twice the same request, and once with the people in another order, give the same bytes."""
    request = large_request(30, 3)
    turned = msgspec.structs.replace(request, people=request.people[::-1])
    answers = {msgspec.json.encode(propose(one)) for one in (request, request, turned)}
    assert len(answers) == 1


@few
@given(tiny_requests(), st.integers(1, 4))
def test_asked_again_nobody_is_swapped_for_nothing(request_: Request, other: int) -> None:
    """What was proposed before is proposed again by whatever chance, unless another plan has fewer points."""
    first = propose(request_, effort=QUICK)
    turned = dict(reversed(plan_of(first).items()))
    again = propose(request_, effort=QUICK, seed=other + 1, before=turned)
    assert (plan_of(again), again.points, again.bound) == (plan_of(first), first.points, first.bound)


def test_an_unrelated_change_swaps_no_equals() -> None:
    """Of two who are the same in all, the one proposed before goes again, though another of the team has changed."""
    people = tuple(Candidate(id=one, name=one.upper(), travel_h={"a": 1.0}) for one in ("p0", "p1", "p2"))
    lead = Candidate(id="p3", name="P3", skills={"lead": 3}, travel_h={"a": 1.0})
    heir = Candidate(id="p4", name="P4", skills={"lead": 3}, travel_h={"a": 2.0})
    mission = MissionNeed(id="a", name="A", leader=SkillNeed("lead", 3), least=2, most=2)
    request = Request(people=(*people, lead, heir), missions=(mission,))
    away = msgspec.structs.replace(lead, duty="away")
    changed = msgspec.structs.replace(request, people=(*people, away, heir))
    for equal in ("p0", "p1", "p2"):
        assert plan_of(propose(request, effort=QUICK, before={equal: "a", "p3": "a"})) == {equal: "a", "p3": "a"}
        assert plan_of(propose(changed, effort=QUICK, before={equal: "a", "p3": "a"})) == {equal: "a", "p4": "a"}


def test_another_process_gives_the_same_answer() -> None:
    """Two processes with different hash seeds give the same bytes: no answer hangs on the order of a set."""
    code = (
        "import msgspec, sys; sys.path.insert(0, '.')\n"
        "from tests.engines.tasking.requests import large_request\n"
        "from wayhome.engines.tasking import propose\n"
        "sys.stdout.buffer.write(msgspec.json.encode(propose(large_request(30, 3))))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
    assert len(answers.pop()) > 1000


def test_a_county_is_quick_and_sound() -> None:
    """60 people and 6 missions: proven best, sound by the judge, with every next best; a second on an idle core."""
    request = large_request()
    propose(large_request(6, 1))
    started = time.process_time()
    proposal = propose(request)
    spent = time.process_time() - started
    assert breaches(request, plan_of(proposal)) == []
    assert proposal.gap == 0
    assert all(pick.next_best and pick.next_best.proven for team in proposal.teams for pick in team.picks)
    assert spent < 2.5, "one second is the aim; the rest is room for a busy machine"


def test_little_work_still_states_its_bound() -> None:
    """With too little work for a proof the plan is sound and the gap is stated, or it says that nothing was found."""
    request = large_request(120, 15)
    proposal = propose(request, effort=Effort(plan=0.02, next_best=False))
    if proposal.complete:
        assert breaches(request, plan_of(proposal)) == []
        assert proposal.bound <= proposal.points
        assert proposal.gap == pytest.approx((proposal.points - proposal.bound) / proposal.points)
    else:
        assert "No plan was found" in proposal.words
