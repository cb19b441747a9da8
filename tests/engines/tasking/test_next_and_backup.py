"""Who to ask next for an open place, and what waiting for backup buys."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from tests.engines.tasking.checker import breaches, points
from tests.engines.tasking.requests import large_request, tiny_requests

from wayhome.engines.tasking import (
    STANDARD,
    Candidate,
    Effort,
    HistoryFlag,
    MissionNeed,
    Pair,
    Request,
    SkillNeed,
    TaskingError,
    backup,
    next_candidates,
    propose,
)

CHASE = MissionNeed(
    id="chase", name="Chase", skills=(SkillNeed("strength", 3, 2),), medic=SkillNeed("medic", 3), least=2
)


def runner(name: str, hours: float | None, **rest: object) -> Candidate:
    travel = {} if hours is None else {"chase": hours}
    return Candidate(id=name.lower(), name=name, travel_h=travel, **rest)  # type: ignore[arg-type]  # fields by name


PEOPLE = (
    runner("Naruto", 0.0, skills={"strength": 4}, duty="on duty"),
    runner("Lee", 0.4, skills={"strength": 5}),
    runner("Sakura", 0.7, skills={"medic": 4, "strength": 4}),
    runner("Shizune", 5.0, skills={"medic": 5}),
    runner("Neji", 0.2, skills={"strength": 5}, duty="leave"),
    runner("Kiba", None, skills={"strength": 3}),
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tiny_requests())
def test_a_ranked_candidate_fills_the_place(request_: Request) -> None:
    """Whoever is said to fill an open place makes a sound team by the judge, at the points that were named."""
    one = request_.missions[0]
    request_ = msgspec.structs.replace(request_, missions=(one,), fixed=(), forbidden=())
    proposal = propose(request_, effort=Effort(next_best=False))
    team = tuple(pick.person for pick in proposal.teams[0].picks)
    if len(team) < 2:
        return
    kept, gone = team[1:], Pair(team[0], one.id)
    open_ = msgspec.structs.replace(request_, fixed=tuple(Pair(who, one.id) for who in kept), forbidden=(gone,))
    for ranked in next_candidates(open_, one.id, kept):
        plan = dict.fromkeys((*kept, ranked.pick.person), one.id)
        assert ranked.fills == (breaches(open_, plan) == [])
        before = points(open_, dict.fromkeys(kept, one.id), STANDARD)
        assert ranked.points == points(open_, plan, STANDARD) - before


def test_the_best_replacement_is_ranked_first() -> None:
    """With the rest of the team settled, the first ranked is the one that solving again would choose."""
    request = large_request(30, 1)
    team = [pick.person for pick in propose(request, effort=Effort(next_best=False)).teams[0].picks]
    gone, kept = team[0], tuple(team[1:])
    mission = msgspec.structs.replace(request.missions[0], most=len(team))
    fixed = tuple(Pair(one, mission.id) for one in kept)
    open_ = msgspec.structs.replace(request, missions=(mission,), fixed=fixed, forbidden=(Pair(gone, mission.id),))
    again = {pick.person for pick in propose(open_, effort=Effort(next_best=False)).teams[0].picks}
    ranked = next_candidates(open_, mission.id, kept, limit=3)
    assert [one.place for one in ranked] == [1, 2, 3]
    assert {ranked[0].pick.person} == again - set(kept)
    assert gone not in {one.pick.person for one in ranked}


def test_what_a_candidate_leaves_missing_is_said() -> None:
    """Somebody who joins but does not fill the place ranks below those who do, and says what is lacking."""
    ranked = next_candidates(Request(people=PEOPLE, missions=(CHASE,)), "chase", ("naruto",))
    assert [one.pick.person for one in ranked] == ["sakura", "lee", "kiba", "shizune"]
    assert ranked[0].fills
    assert ranked[1].lacks == ("1 person with medic at level 3 or above",)
    assert "Neji" not in {one.pick.name for one in ranked}


def test_slot_mode_ranks_by_places_filled() -> None:
    """In slot mode one who has both skills fills one place only."""
    need = MissionNeed(id="chase", name="Chase", skills=(SkillNeed("strength", 3), SkillNeed("medic", 3)))
    share = Request(people=PEOPLE, missions=(need,))
    assert next_candidates(share, "chase", ())[0].fills
    slot = msgspec.structs.replace(share, mode="slot")
    assert not any(one.fills for one in next_candidates(slot, "chase", ()))
    assert next_candidates(slot, "chase", ("lee",))[0].fills


def test_both_futures_are_compared() -> None:
    """Going on now against each wait: who is there by then, what is lacking still, how far he can be."""
    answer = backup(PEOPLE, CHASE, ("naruto",), most_wait_h=1.0, subject_kmh=12)
    assert [(one.name, one.minutes) for one in answer.arrivals] == [("Lee", 24), ("Sakura", 42)]
    assert answer.go_on.lacks == (
        "1 person more",
        "1 person with medic at level 3 or above",
        "1 person with strength at level 3 or above",
    )
    assert [(one.wait_min, one.people, one.ahead_km) for one in answer.waits] == [
        (24, ("naruto", "lee"), 4.8),
        (42, ("naruto", "lee", "sakura"), 8.4),
    ]
    assert answer.waits[1].words == "2 with you in 42 min: 3 people, nothing lacking; he can be 8.4 km farther by then."
    assert answer.unknown == ("kiba",)
    assert {one.name: one.reason for one in answer.not_considered} == {"Shizune": "too far", "Neji": "on leave"}


def test_backup_names_the_exceptions() -> None:
    """Somebody who could come but whose history a grave mission weighs is offered with that said."""
    grave = msgspec.structs.replace(CHASE, grave=True)
    people = (*PEOPLE[:1], runner("Iruka", 0.5, skills={"medic": 3}, history=(HistoryFlag("has never killed"),)))
    assert backup(people, grave, ("naruto",)).arrivals[0].exceptions == ("has never killed",)


def test_nobody_near_is_an_answer() -> None:
    """With nobody to wait for there is only going on, and each of the others has a reason."""
    answer = backup((PEOPLE[0], PEOPLE[4]), CHASE, ("naruto",))
    assert answer.arrivals == ()
    assert answer.waits == ()
    assert answer.go_on.words.startswith("Go on now: 1 person, still lacking ")


@pytest.mark.parametrize("kmh", [-1.0, float("nan"), 1e9])
def test_an_impossible_speed_is_refused(kmh: float) -> None:
    """A speed nobody moves at is refused with the range."""
    with pytest.raises(TaskingError, match="between 0 and 300"):
        backup(PEOPLE, CHASE, ("naruto",), subject_kmh=kmh)


@pytest.mark.parametrize(("there", "words"), [((), "nobody is there"), (("ghost",), "'ghost', in pursuit")])
def test_backup_for_nobody_is_refused(there: tuple[str, ...], words: str) -> None:
    """Backup is asked for somebody who is known."""
    with pytest.raises(TaskingError, match=words):
        backup(PEOPLE, CHASE, there)


def test_ranking_for_an_unknown_mission_is_refused() -> None:
    """An unknown mission or team member is refused by name."""
    request = Request(people=PEOPLE, missions=(CHASE,))
    with pytest.raises(TaskingError, match="'moon' is not among the missions: chase"):
        next_candidates(request, "moon", ())
    with pytest.raises(TaskingError, match="'ghost', in the team"):
        next_candidates(request, "chase", ("ghost",))


def test_ten_thousand_members_are_ranked_and_proposed_from() -> None:
    """The largest roster that is imported can be asked about one mission, within seconds."""
    request = large_request(10_000, 1)
    proposal = propose(request, effort=Effort(next_best=False))
    assert proposal.gap == 0
    team = tuple(pick.person for pick in proposal.teams[0].picks)
    ranked = next_candidates(request, request.missions[0].id, team[1:], limit=5)
    assert [one.fills for one in ranked] == [True] * 5
