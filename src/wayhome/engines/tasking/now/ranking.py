"""The next candidate: who could fill the place that is open in a team, best first. No solver: each is tried in turn."""

from __future__ import annotations

import msgspec

from wayhome.engines.tasking.errors import TaskingError
from wayhome.engines.tasking.now.checks import check_whole
from wayhome.engines.tasking.now.data import Candidate, MissionNeed, Request, SkillNeed
from wayhome.engines.tasking.now.reasons import Plan, pick_of
from wayhome.engines.tasking.now.results import Pick
from wayhome.engines.tasking.now.standing import account_of, standing_of
from wayhome.engines.tasking.now.weights import STANDARD, Weights
from wayhome.engines.tasking.now.words import plural, skill_words


class Ranked(msgspec.Struct, frozen=True):
    """One who could be asked next.

    `fills`: with them the team meets every need; otherwise `lacks` says what is still missing. `points` is what they
    add to the plan's cost, negative where they better it.
    """

    place: int
    pick: Pick
    fills: bool
    lacks: tuple[str, ...]
    points: int


def next_candidates(
    request: Request, mission: str, team: tuple[str, ...], *, weights: Weights = STANDARD, limit: int = 10
) -> tuple[Ranked, ...]:
    """Who could join `team` (ids that stand) on `mission`, those who leave least missing first, then fewest points.

    `team` is taken as accepted, as are the request's own fixed picks. Whoever declined belongs in
    `request.forbidden`. Raises TaskingError for an unknown mission or person.
    """
    check_whole(limit, 1, 100_000, "how many candidates to rank")
    need = next((one for one in request.missions if one.id == mission), None)
    if need is None:
        raise TaskingError(f"{mission!r} is not among the missions: {', '.join(one.id for one in request.missions)}")
    standing = standing_of(request, weights)
    for one in team:
        if one not in standing.people:
            raise TaskingError(f"{one!r}, in the team, is not among the candidates; add them or leave them out")
    sent = {pair.person: pair.mission for pair in request.fixed} | dict.fromkeys(team, mission)
    sent = {who: where for who, where in sent.items() if (who, where) in standing.options}
    before = sum(account_of(request, standing, weights, sent).values())
    tried = []
    for person in request.people:
        apart = _kept_apart(request, person.id, sent, mission)
        if person.id not in sent and (person.id, mission) in standing.options and not apart:
            plan = Plan(request, standing, sent | {person.id: mission})
            members = [standing.people[who] for who, where in plan.sent.items() if where == mission]
            lacks = team_lacks(need, members, slots=request.slots(need))
            points = sum(account_of(request, standing, weights, plan.sent).values()) - before
            tried.append((len(lacks), points, person.id, lacks, plan))
    tried.sort(key=lambda one: one[:3])
    return tuple(
        Ranked(place, pick_of(plan, standing.people[who], need), not lacks, lacks, points)
        for place, (_, points, who, lacks, plan) in enumerate(tried[:limit], start=1)
    )


def _kept_apart(request: Request, person: str, sent: dict[str, str], mission: str) -> bool:
    others = {one.other if one.one == person else one.one for one in request.apart if person in (one.one, one.other)}
    return any(sent.get(other) == mission for other in others)


def team_lacks(mission: MissionNeed, members: list[Candidate], *, slots: bool = False) -> tuple[str, ...]:
    """What a team still misses of what its mission asks, in words; partners of duty limits included."""
    lacks = []
    short = mission.least - len(members)
    if short > 0:
        lacks.append(f"{plural(short, 'person', 'people')} more")
    if mission.most is not None and len(members) > mission.most:
        lacks.append(f"room: at most {plural(mission.most, 'person', 'people')}")
    lacks.extend(skill_lacks(mission.needs, members, slots=slots))
    ids = {one.id for one in members}
    lacks.extend(
        f"the partner whom {one.name} needs" for one in members if not all(ids & {*group} for group in one.partners)
    )
    return tuple(lacks)


def skill_lacks(needs: tuple[SkillNeed, ...], members: list[Candidate], *, slots: bool = False) -> list[str]:
    """Which needs some people do not cover. In slot mode each fills one need; the most that can be filled, are."""
    filled = _slots_filled(needs, members) if slots else [sum(one.has(need) for one in members) for need in needs]
    return [
        f"{plural(need.count - have, 'person', 'people')} with {skill_words(need)}"
        for need, have in zip(needs, filled, strict=True)
        if have < need.count
    ]


def _slots_filled(needs: tuple[SkillNeed, ...], members: list[Candidate]) -> list[int]:
    """How many of each need's places are filled in a largest matching of members to places (augmenting paths)."""
    places = [number for number, need in enumerate(needs) for _ in range(need.count)]
    holder: dict[int, Candidate] = {}

    def seat(member: Candidate, tried: set[int]) -> bool:
        for place, number in enumerate(places):
            if place not in tried and member.has(needs[number]):
                tried.add(place)
                if place not in holder or seat(holder[place], tried):
                    holder[place] = member
                    return True
        return False

    for member in members:
        seat(member, set())
    return [sum(places[place] == number for place in holder) for number in range(len(needs))]
