"""Whether a plan over days keeps every rule, told independently of the search: nothing here is shared with it.

Plain loops over the data as it was asked; slow and easy to read on purpose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from wayhome.engines.tasking.days.data import DaysPlan, DaysProblem, DayTeam, Timed


@dataclass(frozen=True)
class Verdict:
    """What a plan breaks, in words (none: it may be used), and what it ends at and costs by the problem's weights."""

    faults: tuple[str, ...]
    ends: tuple[int, int, int, int]
    cost: int

    @property
    def feasible(self) -> bool:
        return not self.faults


def judge(problem: DaysProblem, plan: DaysPlan) -> Verdict:
    """Every rule that the plan breaks, and its true cost; what the plan says of its own cost is not read."""
    faults = (*_people(problem, plan), *_work(problem, plan), *_order(problem, plan), *_declined(problem, plan))
    absolute = _spans(problem, plan)
    by_priority = {m.name: m.priority for m in problem.missions}
    ends = [max((e for n, (_, e) in absolute.items() if by_priority.get(n) == p), default=0) for p in (1, 2, 3)]
    last = max((e for _, e in absolute.values()), default=0)
    first, second, third = ends
    cost = sum(w * e for w, e in zip(problem.weights, (*ends, last), strict=True))
    return Verdict(faults, (first, second, third, last), cost)


def _spans(problem: DaysProblem, plan: DaysPlan) -> dict[str, tuple[int, int]]:
    """When each mission starts and ends, in units since the first day began; the length is the question's own."""
    length = {m.name: m.duration for m in problem.missions}
    return {
        task.mission: (began := (team.day - 1) * problem.day_length + task.start, began + length.get(task.mission, 0))
        for team in plan.teams
        for task in team.tasks
    }


def _people(problem: DaysProblem, plan: DaysPlan) -> Iterator[str]:
    """Nobody is in two teams of a day, unknown, or off while their team works; a team without tasks is who stays."""
    working = {(t.day, n) for t in plan.teams if t.tasks for n in t.members}
    members = {p.name: p for p in problem.members}
    for (day, name), times in Counter((t.day, n) for t in plan.teams for n in t.members).items():
        if name not in members:
            yield f"day {day}: there is no member {name}"
        elif (day, name) in working and day in members[name].off:
            yield f"day {day}: {name} is off and is in a team"
        if times > 1:
            yield f"day {day}: {name} is in {times} teams"


def _work(problem: DaysProblem, plan: DaysPlan) -> Iterator[str]:
    """Each mission is done once, by a team that can, within the day, one after the other."""
    missions = {m.name: m for m in problem.missions}
    for name, times in Counter(task.mission for team in plan.teams for task in team.tasks).items():
        if name not in missions:
            yield f"there is no mission {name}"
        if times > 1:
            yield f"mission {name} is done {times} times"
    for team in plan.teams:
        if team.day < 1:
            yield f"there is no day {team.day}"
        known = [task for task in team.tasks if task.mission in missions]
        yield from _hours(problem, team, known)
        for task in known:
            yield from _skills(problem, team, task)


def _hours(problem: DaysProblem, team: DayTeam, tasks: list[Timed]) -> Iterator[str]:
    length = {m.name: m.duration for m in problem.missions}
    spans = sorted((t.start, t.start + length[t.mission], t.mission) for t in tasks)
    for start, end, name in spans:
        if start < 0 or end > problem.day_length:
            yield f"mission {name} runs from {start} to {end}; day {team.day} has {problem.day_length}"
    for at, (start, end, name) in enumerate(spans):
        for other_start, other_end, other in spans[at + 1 :]:
            if start < other_end and other_start < end:
                yield f"day {team.day}: one team is on missions {name} and {other} at once"


def _skills(problem: DaysProblem, team: DayTeam, task: Timed) -> Iterator[str]:
    members = {p.name: p for p in problem.members}
    levels = [members[name].levels for name in team.members if name in members]
    if not levels:
        yield f"mission {task.mission}: nobody is in its team on day {team.day}"
    for mission in problem.missions:
        for need in mission.needs if mission.name == task.mission else ():
            held = sum(1 for own in levels if own.get(need.skill, 0) >= need.level)
            if held < need.people:
                yield (
                    f"mission {mission.name} needs {need.people} with {need.skill} at level {need.level}; "
                    f"its team on day {team.day} has {held}"
                )


def _order(problem: DaysProblem, plan: DaysPlan) -> Iterator[str]:
    """A mission starts when those before it have ended."""
    spans = _spans(problem, plan)
    for mission in problem.missions:
        for before in mission.after:
            if mission.name in spans and before in spans and spans[before][1] > spans[mission.name][0]:
                yield f"mission {mission.name} starts before mission {before} has ended"


def _declined(problem: DaysProblem, plan: DaysPlan) -> Iterator[str]:
    """What is not done was given away: it may be, with all that comes after it, within the budget."""
    done = {task.mission for team in plan.teams for task in team.tasks}
    spent = 0
    for mission in problem.missions:
        for before in mission.after:
            if mission.name in done and before not in done:
                yield f"mission {mission.name} is done and mission {before} before it is not"
        if mission.name not in done:
            if mission.decline_cost is None:
                yield f"mission {mission.name} is not done and may not be given away"
            spent += mission.decline_cost or 0
    if spent > problem.budget:
        yield f"what is given away costs {spent}; the budget is {problem.budget}"
