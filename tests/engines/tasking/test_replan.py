"""Planning again: few changes, each with its reason, and promises kept."""

from __future__ import annotations

import itertools

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.engines.tasking.requests import tiny_requests

from wayhome.engines.tasking import (
    Arrived,
    Candidate,
    Declined,
    Effort,
    Lost,
    MissionNeed,
    Pair,
    Released,
    Request,
    SkillNeed,
    TaskingError,
    propose,
    replan,
)
from wayhome.engines.tasking.now.judge import breaches, points
from wayhome.engines.tasking.now.worlds import world

MEDIC = SkillNeed("medic", 2)
QUICK = Effort(next_best=False)


def person(name: str, medic: int = 0, **rest: object) -> Candidate:
    skills = {"medic": medic} if medic else {}
    return Candidate(id=name.lower(), name=name, skills=skills, travel_h={"north": 1.0}, **rest)  # type: ignore[arg-type]  # fields by name


NORTH = MissionNeed(id="north", name="North", medic=MEDIC, least=2, most=3)
REQUEST = Request(
    people=(person("Sakura", 5), person("Shizune", 4), person("Kiba"), person("Lee")),
    missions=(NORTH,),
    fixed=(Pair("kiba", "north"),),
)
PLAN = {"sakura": "north", "kiba": "north"}


def test_one_who_declines_is_replaced_by_one() -> None:
    """Whoever declines leaves, one joins in their place, nobody else moves, and that is shown to be fewest."""
    answer = replan(REQUEST, PLAN, (Declined("sakura", "north"),))
    assert answer.plan == {"kiba": "north", "shizune": "north"}
    assert [(one.person, one.before, one.after) for one in answer.moves] == [
        ("sakura", "north", ""),
        ("shizune", "", "north"),
    ]
    assert answer.moves[0].why == "declined North"
    assert answer.moves[1].why == "in place of Sakura; brings medic"
    assert answer.proven
    assert answer.words.startswith("2 people with another task.")
    assert answer.words.endswith("No plan changes fewer.")


def test_who_is_ruled_out_of_every_mission_is_replaced_in_one() -> None:
    """Somebody ruled out of all missions leaves their own; the others, which that does not touch, stand."""
    south = MissionNeed(id="south", name="South", least=1, most=1)
    out = (Pair("sakura", "north"), Pair("sakura", "south"))
    request = msgspec.structs.replace(REQUEST, missions=(NORTH, south), forbidden=out)
    answer = replan(request, PLAN | {"lee": "south"}, ())
    assert answer.plan == {"kiba": "north", "shizune": "north", "lee": "south"}


def test_nothing_new_changes_nothing() -> None:
    """Without an event the plan stands."""
    answer = replan(REQUEST, PLAN, ())
    assert (answer.plan, answer.moves, answer.proven) == (PLAN, (), True)


def test_what_is_promised_stays_unless_told() -> None:
    """Somebody who has accepted stays through any change, until they are released and ruled out."""
    assert replan(REQUEST, PLAN, (Lost("sakura", "is hurt"),)).plan["kiba"] == "north"
    answer = replan(REQUEST, PLAN, (Released("kiba", "north"), Declined("kiba", "north")))
    assert "kiba" not in answer.plan
    assert len(answer.moves) == 2


def test_a_new_mission_is_manned_from_home() -> None:
    """A mission that arrives takes those at home; the others stay where they are."""
    south = MissionNeed(id="south", name="South", medic=MEDIC, least=2)
    answer = replan(REQUEST, PLAN, (Arrived(south, {"lee": 1.0, "shizune": 0.5}),))
    assert answer.plan == PLAN | {"lee": "south", "shizune": "south"}
    assert answer.fewest == 2
    assert answer.proven


def test_who_stands_where_nothing_changes_is_kept() -> None:
    """One more than a mission needs stays when somebody else of the team declines: nobody moves without a reason."""
    more = PLAN | {"lee": "north"}
    answer = replan(REQUEST, more, (Declined("sakura", "north"),))
    assert answer.plan == {"kiba": "north", "lee": "north", "shizune": "north"}
    assert [one.person for one in answer.moves] == ["sakura", "shizune"]


def test_a_team_lends_somebody_where_nobody_at_home_will_do() -> None:
    """The only medic at large comes from another team, which takes somebody from home; nobody else moves."""
    south = MissionNeed(id="south", name="South", least=2, most=2)
    people = (person("Sakura", 5), person("Shizune", 4), person("Kiba"), person("Lee"), person("Neji"))
    request = Request(people=people, missions=(NORTH, south))
    plan = {"sakura": "north", "kiba": "north", "shizune": "south", "lee": "south"}
    answer = replan(request, plan, (Declined("sakura", "north"), Declined("sakura", "south")))
    assert answer.plan == {"kiba": "north", "shizune": "north", "lee": "south", "neji": "south"}
    assert len(answer.moves) == answer.fewest + 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(tiny_requests(crowd=4), st.integers(0, 3))
def test_no_plan_changes_fewer(request_: Request, number: int) -> None:
    """Of all plans that leave as little unmanned, none changes fewer people; at as few changes none costs less."""
    plan = {pick.person: pick.mission for team in propose(request_, effort=QUICK).teams for pick in team.picks}
    assume(plan)
    who = sorted(plan)[number % len(plan)]
    now = msgspec.structs.replace(
        request_,
        fixed=tuple(one for one in request_.fixed if one != Pair(who, plan[who])),
        forbidden=(*request_.forbidden, Pair(who, plan[who])),
    )
    manned = set(plan.values())
    places = (None, *(one.id for one in request_.missions if one.id in manned))
    every = [
        {one.id: where for one, where in zip(now.people, choice, strict=True) if where is not None}
        for choice in itertools.product(places, repeat=len(now.people))
    ]
    allowed = [one for one in every if not breaches(now, one)]
    assume(allowed)
    answer = replan(request_, plan, (Declined(who, plan[who]),))

    def worth(one: dict[str, str]) -> tuple[int, int, int]:
        left = sum(m.priority for m in now.missions if m.id not in one.values())
        return left, len({x for x, _ in one.items() ^ plan.items()}), points(now, one)

    least = min(map(worth, allowed))
    assert worth(answer.plan) == least
    assert answer.fewest <= least[1] == len(answer.moves)


def test_a_world_is_planned_again_soundly() -> None:
    """In a drawn world the new plan keeps every rule, and nobody declined or lost is in it."""
    request = world(40, 5, 2)
    proposal = propose(request, effort=Effort(next_best=False))
    plan = {pick.person: pick.mission for team in proposal.teams for pick in team.picks}
    accepted = {pair.person for pair in request.fixed}
    first, second, *_ = sorted(set(plan) - accepted)
    answer = replan(request, plan, (Declined(first, plan[first]), Lost(second, "is hurt")))
    assert breaches(answer.request, answer.plan) == ()
    assert answer.plan.get(first) != plan[first]
    assert second not in answer.plan
    assert accepted <= answer.plan.keys()
    assert len(answer.moves) >= answer.fewest >= 2


@pytest.mark.parametrize(
    ("events", "plan", "words"),
    [
        ((Declined("ghost", "north"),), PLAN, "'ghost' is not among the candidates"),
        ((Declined("kiba", "moon"),), PLAN, "'moon' is not among the missions: north"),
        ((Arrived(NORTH),), PLAN, "North is there already"),
        ((), {"ghost": "north"}, "the plan sends 'ghost' to 'north'"),
        ((Lost("sakura", "hurt"), Lost("shizune", "hurt")), PLAN, "no plan is possible any more"),
    ],
)
def test_what_cannot_be_is_refused(events: tuple[Declined, ...], plan: dict[str, str], words: str) -> None:
    """Unknown people and missions, and a request that has no plan left, are refused by name."""
    with pytest.raises(TaskingError, match=words):
        replan(REQUEST, plan, events)


def test_the_question_is_not_changed() -> None:
    """Planning again leaves the request as it was."""
    before = msgspec.json.encode(REQUEST)
    replan(REQUEST, PLAN, (Declined("sakura", "north"),))
    assert msgspec.json.encode(REQUEST) == before
