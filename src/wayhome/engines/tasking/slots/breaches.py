"""An independent judge of plans on one time line: it shares nothing with the search but the words of the question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from wayhome.engines.tasking.slots.data import Served, SlotsPlan, SlotsProblem


def breaches(problem: SlotsProblem, plan: SlotsPlan) -> list[str]:
    """Everything in which the plan breaks the rules of the question, each in a sentence; empty for a sound plan."""
    wanted = {mission.name: mission for mission in problem.missions}
    counted = Counter(one.mission for one in plan.missions)
    found = [f"{name} is planned {times} times" for name, times in counted.items() if times > 1]
    found += [f"{name} is planned, but was not asked for" for name in counted if name not in wanted]
    found += [f"{name} is not planned" for name in wanted if name not in counted]
    if found:
        return found
    planned = {one.mission: one for one in plan.missions}
    for name, mission in wanted.items():
        one = planned[name]
        if one.start < 0 or one.end - one.start != mission.duration:
            found.append(
                f"{name} runs from {one.start} to {one.end}; it takes {mission.duration} and none starts early"
            )
        found += [
            f"{name} starts before {first} has ended" for first in mission.after if planned[first].end > one.start
        ]
        found += _filled(problem, one, dict(mission.places))
    found += _twice(plan)
    if plan.bound > plan.makespan:
        found.append(f"the bound {plan.bound} lies above the plan's own end {plan.makespan}")
    return found


def _filled(problem: SlotsProblem, one: Served, places: dict[str, int]) -> Iterator[str]:
    """Whether each place is filled by somebody who holds its skill."""
    skills = {person.name: person.skills for person in problem.people}
    for who, skill in one.serving.items():
        if who not in skills:
            yield f"{one.mission}: nobody is called {who}"
        elif skill not in skills[who]:
            yield f"{one.mission}: {who} does not hold {skill}"
    filled = Counter(one.serving.values())
    for skill in sorted(places.keys() | filled.keys()):
        if filled[skill] != places.get(skill, 0):
            yield f"{one.mission}: {filled[skill]} people serve {skill}; it takes {places.get(skill, 0)}"


def _twice(plan: SlotsPlan) -> Iterator[str]:
    """Whether anybody is on two missions at once; a mission that takes no time holds nobody."""
    busy: dict[str, list[Served]] = {}
    for one in plan.missions:
        for who in one.serving:
            busy.setdefault(who, []).append(one)
    for who, ones in busy.items():
        for at, one in enumerate(ones):
            for other in ones[at + 1 :]:
                if one.start < other.end and other.start < one.end and one.end > one.start and other.end > other.start:
                    yield f"{who} is on {one.mission} and {other.mission} at once"
