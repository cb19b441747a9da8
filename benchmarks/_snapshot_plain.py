"""The same question as one plain CP-SAT model: a variable for each person and mission, each rule as it is said."""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple

from ortools.sat.python import cp_model

from wayhome.engines.tasking import STANDARD, MissionNeed, Request
from wayhome.engines.tasking.now.bonds import known_pairs
from wayhome.engines.tasking.now.standing import is_mentor, level_factor, needs_mentor, standing_of


class Plain(NamedTuple):
    """What the plain model came to. `points` None: no plan in the time."""

    points: int | None
    bound: int
    proven: bool
    seconds: float


def plain(request: Request, limit_s: float, workers: int = 2) -> Plain:
    """One plain model, solved with `workers` threads for at most `limit_s` seconds."""
    standing = standing_of(request, STANDARD)
    cp = cp_model.CpModel()
    sent = {key: cp.new_bool_var("") for key in standing.options}
    terms: list[Any] = [option.points * sent[key] for key, option in standing.options.items()]
    for person in request.people:
        cp.add(sum(sent.get((person.id, one.id), 0) for one in request.missions) <= 1)
    used = {one.id: cp.new_bool_var("") for one in request.missions}
    for mission in request.missions:
        terms += _mission(cp, request, mission, sent, used)
    for pair in request.fixed:
        cp.add(sent[pair.person, pair.mission] == 1)
    for bond, mission in itertools.product(request.together, request.missions):
        parted = cp.new_bool_var("")
        one, other = (sent.get((who, mission.id), 0) for who in (bond.one, bond.other))
        cp.add(parted >= one - other)
        cp.add(parted >= other - one)
        terms.append(STANDARD.parted * parted)
    for need, keepers in zip(request.keep_home, standing.keepers, strict=True):
        short = cp.new_int_var(0, need.count, "")
        cp.add(short >= need.count - len(keepers) + sum(v for (who, _), v in sent.items() if who in keepers))
        terms.append(STANDARD.home_thin * short)
    cp.minimize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit_s
    solver.parameters.num_workers = workers
    status = solver.solve(cp)
    points = round(solver.objective_value) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
    bound = round(solver.best_objective_bound)
    return Plain(points, bound, status == cp_model.OPTIMAL, round(float(solver.wall_time), 3))


def _mission(cp: Any, request: Request, mission: MissionNeed, sent: Any, used: Any) -> list[Any]:
    """One mission's rules; what it adds to the points."""
    people = [one for one in request.people if (one.id, mission.id) in sent]
    goes = {one.id: sent[one.id, mission.id] for one in people}
    team = [one for one in people if not one.trainee]
    trainees = sum(goes[one.id] for one in people if one.trainee)
    here = used[mission.id]
    if not mission.optional:
        cp.add(here == 1)
    for variable in goes.values():
        cp.add_implication(variable, here)
    cp.add(sum(goes[one.id] for one in team) >= mission.least * here)
    cp.add(sum(goes[one.id] for one in team) <= (mission.most if mission.most is not None else len(team)))
    cp.add(trainees <= mission.trainees)
    terms = [STANDARD.unstaffed * mission.priority * (1 - here)]
    terms.append(STANDARD.empty_place * (mission.trainees * here - trainees))
    if request.slots(mission):
        seats = {
            (one.id, n): cp.new_bool_var("") for one in team for n, need in enumerate(mission.needs) if one.has(need)
        }
        for n, need in enumerate(mission.needs):
            cp.add(sum(v for (_, at), v in seats.items() if at == n) >= need.count * here)
        for one in team:
            cp.add(sum(v for (who, _), v in seats.items() if who == one.id) <= goes[one.id])
    else:
        for need in mission.needs:
            cp.add(sum(goes[one.id] for one in team if one.has(need)) >= need.count * here)
    factor = level_factor(mission, STANDARD)
    for need in mission.needs:
        terms.append(factor * (5 - need.level) * here)
        for level in range(need.level + 1, 6):
            reached = cp.new_bool_var("")
            cp.add(reached <= sum(goes[one.id] for one in team if one.skills.get(need.skill, 0) >= level))
            terms.append(-factor * reached)
    _bonds(cp, request, mission, people, goes)
    for before in mission.after:
        cp.add_implication(here, used[before])
    return terms


def _bonds(cp: Any, request: Request, mission: MissionNeed, people: list[Any], goes: dict[str, Any]) -> None:
    for one in people:
        for group in one.partners:
            cp.add(goes[one.id] <= sum(goes[who] for who in group if who in goes))
    for bond in request.apart:
        if mission.danger >= bond.danger and bond.one in goes and bond.other in goes:
            cp.add(goes[bond.one] + goes[bond.other] <= 1)
    if mission.no_strangers:
        known = known_pairs(request)
        for one, other in itertools.combinations(goes, 2):
            if (one, other) not in known:
                cp.add(goes[one] + goes[other] <= 1)
    young = [goes[one.id] for one in people if needs_mentor(request, one)]
    mentors = [goes[one.id] for one in people if is_mentor(request, one)]
    if young:
        cp.add(sum(young) <= request.juniors_each * sum(mentors))
