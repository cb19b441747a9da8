"""An independent judge of plans: every rule and every point worked out anew from the words of the data.

Plain loops over plain data. It shares nothing with what makes plans (`standing`, `model`, `teams`), so that a slip
there is found here. Slow where it must be: seats are tried one after the other.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from wayhome.engines.tasking.now.data import Candidate, MissionNeed, Request, SkillNeed
from wayhome.engines.tasking.now.weights import STANDARD, Weights

GO = ("on duty", "available", "limited")

Sent = Mapping[str, str]
"""A plan: person to mission."""


def breaches(request: Request, plan: Sent) -> tuple[str, ...]:
    """Every rule that a plan breaks, in words; () where it keeps them all."""
    people = {one.id: one for one in request.people}
    teams: dict[str, list[Candidate]] = {one.id: [] for one in request.missions}
    found = []
    for who, where in plan.items():
        if who not in people or where not in teams:
            found.append(f"{who} on {where}: not in the question")
        else:
            teams[where].append(people[who])
    accepted = {(pair.person, pair.mission) for pair in request.fixed}
    found += [f"{who} has accepted {where} and is not there" for who, where in accepted if plan.get(who) != where]
    for mission in request.missions:
        team = teams[mission.id]
        for person in team:
            if (person.id, mission.id) not in accepted:
                found += [f"{person.id} on {mission.id}: {why}" for why in _may_not(request, person, mission)]
        if team or not mission.optional:
            found += [f"{mission.id}: {why}" for why in _team_breaches(request, mission, team)]
            found += [f"{mission.id}: without {one}, after which it comes" for one in mission.after if not teams[one]]
    return tuple(found)


def _may_not(request: Request, person: Candidate, mission: MissionNeed) -> Iterator[str]:
    if person.duty not in GO:
        yield person.duty
    if any((one.person, one.mission) == (person.id, mission.id) for one in request.forbidden):
        yield "ruled out"
    if any(one.mission in ("", mission.id) for one in person.exclusions):
        yield "held back"
    if person.most_danger < mission.danger:
        yield "too dangerous"
    if person.clearance < mission.clearance:
        yield "not cleared"
    if not set(mission.qualifications) <= set(person.qualifications):
        yield "not qualified"
    if mission.within_h is not None and person.travel_h.get(mission.id, 0.0) > mission.within_h:
        yield "too far"
    if person.trainee and mission.trainees == 0:
        yield "no trainee place"
    if not request.allow_exceptions and (needs_exception(request, person, mission) or person.fitness == "impaired"):
        yield "an exception"
    yield from _late(request, person, mission)


def _late(request: Request, person: Candidate, mission: MissionNeed) -> Iterator[str]:
    """Hours: when they could begin, until when they would be away, and what the rules of rest say to that."""
    travel = person.travel_h.get(mission.id, 0.0)
    leaves = person.free_from_h
    if request.rest is not None:
        for duty in person.duties:
            leaves = max(leaves, duty.end_h + request.rest.least_rest_h)
    arrives = leaves + travel
    begins = arrives if arrives > mission.from_h else mission.from_h
    if mission.until_h is None:
        if leaves > 0 and arrives > mission.from_h and arrives > travel:
            yield "not there in time"
    elif begins + mission.hours > mission.until_h + 1e-9:
        yield "not there in time"
    ends = begins + mission.hours
    if person.free_until_h is not None and ends + travel > person.free_until_h:
        yield "not free long enough"
    for name in mission.qualifications:
        if name in person.expires_h and person.expires_h[name] < ends:
            yield f"{name} expires"
    yield from _overworked(request, person, begins - travel, ends + travel)


def _overworked(request: Request, person: Candidate, leaves: float, back: float) -> Iterator[str]:
    if request.rest is not None:
        spans = [(duty.start_h, duty.end_h) for duty in person.duties] + [(leaves, back)]
        for limit in request.rest.limits:
            edges = [edge for span in spans for edge in (span[0], span[1] - limit.window_h)]
            for edge in edges:
                worked = sum(max(0.0, min(b, edge + limit.window_h) - max(a, edge)) for a, b in spans)
                if worked > limit.most_h + 1e-6:
                    yield f"more than {limit.most_h:g} h of work in {limit.window_h:g} h"


def needs_exception(request: Request, person: Candidate, mission: MissionNeed) -> bool:
    """Whether a pick can only be sent with a recorded exception."""
    barred = {one.person for one in request.forbidden if one.mission == mission.id}
    healers = [
        one
        for one in request.people
        if one.duty in GO
        and covers(one, request.healer)
        and one.id not in barred
        and not any(held.mission in ("", mission.id) for held in one.exclusions)
    ]
    return (
        bool(mission.ranks and person.rank not in mission.ranks)
        or bool(mission.grave and person.history)
        or bool(mission.front and healers == [person])
    )


def covers(person: Candidate, need: SkillNeed) -> bool:
    """Whether somebody has what a need asks for."""
    return need.skill in person.skills and person.skills[need.skill] >= need.level


def _needs(mission: MissionNeed) -> tuple[SkillNeed, ...]:
    return tuple(one for one in (mission.leader, mission.medic, *mission.skills) if one is not None)


def _team_breaches(request: Request, mission: MissionNeed, everybody: list[Candidate]) -> Iterator[str]:
    team = [one for one in everybody if not one.trainee]
    if len(team) < mission.least:
        yield "too few"
    if mission.most is not None and len(team) > mission.most:
        yield "too many"
    if len(everybody) - len(team) > mission.trainees:
        yield "more trainees than places"
    if (mission.mode or request.mode) == "slot":
        if not seats_fill(_needs(mission), team):
            yield "seats left empty"
    else:
        for need in _needs(mission):
            if sum(covers(one, need) for one in team) < need.count:
                yield f"{need.skill} at level {need.level} is short"
    yield from _bond_breaches(request, mission, everybody)


def _bond_breaches(request: Request, mission: MissionNeed, team: list[Candidate]) -> Iterator[str]:
    ids = {one.id for one in team}
    for one in team:
        if one.only_with and not ids & set(one.only_with):
            yield f"{one.id} without a partner"
        if not ids >= set(one.with_each):
            yield f"{one.id} without every partner"
    for bond in request.apart:
        if bond.one in ids and bond.other in ids and mission.danger >= bond.danger:
            yield f"{bond.one} with {bond.other}"
    if mission.no_strangers:
        for one, other in itertools.combinations(team, 2):
            if other.id not in one.knows and one.id not in other.knows:
                yield f"{one.id} and {other.id} are strangers"
    if request.mentor is not None:
        young = [one for one in team if one.junior or one.trainee]
        mentors = [one for one in team if one not in young and covers(one, request.mentor)]
        if len(young) > request.juniors_each * len(mentors):
            yield "juniors without a mentor"


def seats_fill(needs: tuple[SkillNeed, ...], team: list[Candidate]) -> bool:
    """Slot mode: whether every seat can be filled by somebody of their own, seat by seat, scarcest first."""
    seats = [need for need in needs for _ in range(need.count)]
    able = sorted(([n for n, one in enumerate(team) if covers(one, seat)] for seat in seats), key=len)

    def fill(seat: int, taken: frozenset[int]) -> bool:
        if seat == len(able):
            return True
        return any(fill(seat + 1, taken | {one}) for one in able[seat] if one not in taken)

    return fill(0, frozenset())


def points(request: Request, plan: Sent, weights: Weights = STANDARD) -> int:
    """What a plan costs, from the table of weights in words."""
    people = {one.id: one for one in request.people}
    total = 0
    for mission in request.missions:
        everybody = [people[who] for who, where in plan.items() if where == mission.id]
        if mission.optional and not everybody:
            total += weights.unstaffed * mission.priority
            continue
        team = [one for one in everybody if not one.trainee]
        total += sum(_pick_points(request, one, mission, weights) for one in everybody)
        total += weights.empty_place * max(0, mission.trainees - (len(everybody) - len(team)))
        for need in _needs(mission):
            top = max((one.skills[need.skill] for one in team if covers(one, need)), default=need.level)
            total += weights.level * (1 + mission.danger) * (5 - top)
    for bond in request.together:
        for mission in request.missions:
            there = [who for who in (bond.one, bond.other) if plan.get(who) == mission.id]
            total += weights.parted if len(there) == 1 else 0
    home = [one for one in request.people if one.duty in GO and one.id not in plan]
    for need in request.keep_home:
        total += weights.home_thin * max(0, need.count - sum(covers(one, need) for one in home))
    return total


def _pick_points(request: Request, person: Candidate, mission: MissionNeed, w: Weights) -> int:
    hours = person.travel_h.get(mission.id)
    points = w.sent + w.dependent * len(person.dependents) + w.load_h * round(person.load_h)
    points += w.unknown_travel if hours is None else w.travel_min * round(hours * 60)
    points += w.limited if person.duty == "limited" else 0
    points += {"impaired": w.impaired, "caution": w.tired}.get(person.fitness, 0)
    points += w.exception if needs_exception(request, person, mission) else 0
    points += w.unsteady * mission.danger * (5 - (person.composure.level if person.composure else 3))
    stake = w.stake * sum(s.hurts - s.helps for s in person.stakes if s.mission == mission.id)
    return max(0, points + stake)
