"""What a question about days ahead must keep to; everything wrong is told with where it is and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from wayhome.engines.tasking.days.data import PRIORITIES, DayMission, DaysProblem
from wayhome.engines.tasking.errors import TaskingError

MOST_LENGTH = 100_000
MOST_DAY_OFF = 10_000
MOST_MISSIONS = 5_000
MOST_MEMBERS = 2_000


def check_problem(problem: DaysProblem) -> None:
    """Raises TaskingError for the first thing that is wrong."""
    if not problem.members:
        raise TaskingError("there is nobody to send: give at least one member")
    if len(problem.members) > MOST_MEMBERS or len(problem.missions) > MOST_MISSIONS:
        raise TaskingError(f"at most {MOST_MEMBERS} members and {MOST_MISSIONS} missions can be planned at once")
    _once((p.name for p in problem.members), "member")
    _once((m.name for m in problem.missions), "mission")
    _whole(problem.day_length, 1, MOST_LENGTH, "the length of a day")
    _whole(problem.budget, 0, 10**9, "the budget for declining")
    if len(problem.weights) != len(PRIORITIES):
        raise TaskingError("give four weights: of the ends of priority 1, 2, 3 and of everything")
    for weight in problem.weights:
        _whole(weight, 0, 10**6, "a weight")
    for member in problem.members:
        for skill, level in member.levels.items():
            _whole(level, 0, 10**6, f"{member.name}'s level in {skill}")
        for day in member.off:
            _whole(day, 0, MOST_DAY_OFF, f"a day off of {member.name}")
    names = {m.name for m in problem.missions}
    for mission in problem.missions:
        _mission(problem, mission, names)
    _no_circle(problem)


def _once(names: Iterable[str], what: str) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise TaskingError(f"{what} {name} is given {times} times; give each a name of its own")


def _whole(value: object, low: int, high: int, what: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise TaskingError(f"{what} is {value!r}; it must be a whole number from {low} to {high}")


def _mission(problem: DaysProblem, mission: DayMission, names: set[str]) -> None:
    where = f"mission {mission.name}"
    if mission.priority not in PRIORITIES:
        raise TaskingError(f"the priority of {where} is {mission.priority!r}; it must be 1, 2, 3 or 4")
    _whole(mission.duration, 1, MOST_LENGTH, f"the duration of {where}")
    if mission.duration > problem.day_length:
        raise TaskingError(
            f"{where} takes {mission.duration}, a day has {problem.day_length}: "
            "no mission can span two days, split it or lengthen the day"
        )
    if mission.decline_cost is not None:
        _whole(mission.decline_cost, 0, 10**9, f"the cost of declining {where}")
    for name in mission.after:
        if name not in names:
            raise TaskingError(f"{where} comes after mission {name}, which is not there; add it or leave it out")
    for need in mission.needs:
        _whole(need.people, 0, 10**6, f"the people {where} needs with {need.skill}")
        _whole(need.level, 0, 10**6, f"the level of {need.skill} that {where} needs")
        levels = sorted((p.levels.get(need.skill, 0) for p in problem.members), reverse=True)
        held = sum(level >= need.level for level in levels)
        if held < need.people:
            nearest = [p for p in problem.members if p.levels.get(need.skill, 0) < need.level]
            near = max(nearest, key=lambda p: p.levels.get(need.skill, 0), default=None)
            told = f"; nearest is {near.name} at level {near.levels.get(need.skill, 0)}" if near else ""
            raise TaskingError(
                f"nobody can man {where}: it needs {need.people} with {need.skill} at level {need.level}, "
                f"{held} exist{told}. Train or borrow people, or leave the mission out"
            )


def _no_circle(problem: DaysProblem) -> None:
    """Raises TaskingError with the missions of a circle, in order."""
    after = {m.name: m.after for m in problem.missions}
    state: dict[str, int] = {}
    for root in after:
        path: list[str] = []
        stack = [(root, False)]
        while stack:
            name, left = stack.pop()
            if left:
                state[name] = 2
                path.pop()
            elif state.get(name) == 1:
                circle = [*path[path.index(name) :], name]
                raise TaskingError(f"each of these missions waits for the next: {' after '.join(circle)}; cut one link")
            elif name not in state:
                state[name] = 1
                path.append(name)
                stack.append((name, True))
                stack += [(one, False) for one in after[name]]
