"""An independent judge of plans: feasibility and points worked out anew from the words of the data, nothing shared.

`best` tries every plan of a tiny request.
"""

from __future__ import annotations

import itertools

from wayhome.engines.tasking import Candidate, MissionNeed, Request, SkillNeed, Weights

Plan = dict[str, str]


def covers(person: Candidate, need: SkillNeed) -> bool:
    return need.skill in person.skills and person.skills[need.skill] >= need.level


def may_go(request: Request, person: Candidate, mission: MissionNeed) -> bool:
    if (person.id, mission.id) in {(f.person, f.mission) for f in request.fixed}:
        return True
    return (
        person.duty not in ("resting", "leave", "away", "lost")
        and (person.id, mission.id) not in {(f.person, f.mission) for f in request.forbidden}
        and not any(one.mission in ("", mission.id) for one in person.exclusions)
        and person.most_danger >= mission.danger
        and set(mission.qualifications) <= set(person.qualifications)
        and not (mission.within_h is not None and person.travel_h.get(mission.id, 0) > mission.within_h)
        and (request.allow_exceptions or not needs_exception(request, person, mission))
    )


def needs_exception(request: Request, person: Candidate, mission: MissionNeed) -> bool:
    fit = [one for one in request.people if one.duty in ("on duty", "available", "limited")]
    healers = [one for one in fit if covers(one, request.healer)]
    return (
        bool(mission.ranks and person.rank not in mission.ranks)
        or bool(mission.grave and person.history)
        or bool(mission.front and healers == [person])
    )


def seats_fill(needs: tuple[SkillNeed, ...], team: list[Candidate]) -> bool:
    """Slot mode by trial of every seating."""
    seats = [need for need in needs for _ in range(need.count)]
    if len(seats) > len(team):
        return False
    return any(
        all(covers(one, seat) for one, seat in zip(order, seats, strict=False))
        for order in itertools.permutations(team, len(seats))
    )


def breaches(request: Request, plan: Plan) -> list[str]:
    """Every rule a plan breaks."""
    people = {one.id: one for one in request.people}
    found = [f"{f.person} dropped" for f in request.fixed if plan.get(f.person) != f.mission]
    for mission in request.missions:
        team = [people[who] for who, where in plan.items() if where == mission.id]
        found += [f"{one.id} may not" for one in team if not may_go(request, one, mission)]
        if mission.optional and not team:
            continue
        if len(team) < mission.least or (mission.most is not None and len(team) > mission.most):
            found.append(f"{mission.id} size")
        needs = tuple(n for n in (mission.leader, mission.medic) if n) + mission.skills
        if request.mode == "slot":
            found += [] if seats_fill(needs, team) else [f"{mission.id} slots"]
        else:
            found += [f"{mission.id} {n.skill}" for n in needs if sum(covers(one, n) for one in team) < n.count]
        ids = {one.id for one in team}
        found += [f"{one.id} alone" for one in team if one.only_with and not ids & set(one.only_with)]
        found += [f"{a.one} with {a.other}" for a in request.apart if {a.one, a.other} <= ids]
    return found


def person_points(request: Request, person: Candidate, mission: MissionNeed, w: Weights) -> int:
    hours = person.travel_h.get(mission.id)
    points = w.sent + w.dependent * len(person.dependents) + w.load_h * round(person.load_h)
    points += w.unknown_travel if hours is None else w.travel_min * round(hours * 60)
    points += w.limited if person.duty == "limited" else 0
    points += w.exception if needs_exception(request, person, mission) else 0
    points += w.unsteady * mission.danger * (5 - (person.composure.level if person.composure else 3))
    stake = w.stake * sum(s.hurts - s.helps for s in person.stakes if s.mission == mission.id)
    return max(0, points + stake)


def points(request: Request, plan: Plan, w: Weights) -> int:
    """What a plan costs, from the table of weights in words."""
    people = {one.id: one for one in request.people}
    total = 0
    for mission in request.missions:
        team = [people[who] for who, where in plan.items() if where == mission.id]
        if mission.optional and not team:
            total += w.unstaffed * mission.priority
            continue
        total += sum(person_points(request, one, mission, w) for one in team)
        for need in tuple(n for n in (mission.leader, mission.medic) if n) + mission.skills:
            best = max((one.skills[need.skill] for one in team if covers(one, need)), default=need.level)
            total += w.level * (1 + mission.danger) * (5 - best)
    fit = [one for one in request.people if one.duty in ("on duty", "available", "limited") and one.id not in plan]
    for need in request.keep_home:
        total += w.home_thin * max(0, need.count - sum(covers(one, need) for one in fit))
    return total


def best(request: Request, w: Weights) -> int | None:
    """The fewest points any plan comes to, by trying them all; None when no plan is possible."""
    places = [None, *(one.id for one in request.missions)]
    found: list[int] = []
    for choice in itertools.product(places, repeat=len(request.people)):
        plan = {one.id: where for one, where in zip(request.people, choice, strict=True) if where is not None}
        if not breaches(request, plan):
            found.append(points(request, plan, w))
    return min(found, default=None)
