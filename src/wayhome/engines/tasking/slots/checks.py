"""Bad questions about a time line, refused with what is wrong, where, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from wayhome.engines.tasking.errors import TaskingError
from wayhome.engines.tasking.slots.data import SlotMission, SlotPerson, SlotsProblem

MOST_SKILLS_AT_ONCE: Final = 12
"""Different skills that one mission may take: its people are weighed against every set of them."""
MOST_UNITS: Final = 100_000
"""Units of time that all missions may take together; take longer units for more."""


def check(problem: SlotsProblem) -> None:
    """Raises TaskingError for a question that makes no sense, or that no people could ever answer."""
    _once([person.name for person in problem.people], "person")
    _once([mission.name for mission in problem.missions], "mission")
    for mission in problem.missions:
        _figures(mission)
    total = sum(mission.duration for mission in problem.missions)
    if total > MOST_UNITS:
        raise TaskingError(f"all missions take {total} units of time; take longer units, {MOST_UNITS} at most")
    _known(problem.missions)
    _no_circle(problem.missions)
    for mission in problem.missions:
        _possible(mission, problem.people)


def _once(names: Sequence[str], what: str) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise TaskingError(f"{times} {what}s are called {name}; give each a name of its own")


def _figures(mission: SlotMission) -> None:
    if mission.duration < 0:
        raise TaskingError(f"{mission.name} takes {mission.duration} units of time; give 0 or more")
    for skill, count in mission.places.items():
        if count < 0:
            raise TaskingError(f"{mission.name} takes {count} people for {skill}; give 0 or more")
    wanted = sum(count > 0 for count in mission.places.values())
    if wanted > MOST_SKILLS_AT_ONCE:
        raise TaskingError(f"{mission.name} takes {wanted} skills; part it, {MOST_SKILLS_AT_ONCE} at most")


def _known(missions: Sequence[SlotMission]) -> None:
    names = {mission.name for mission in missions}
    for mission in missions:
        for first in mission.after:
            if first not in names:
                raise TaskingError(
                    f"{mission.name} comes after {first}, which is not among the missions; add or drop it"
                )


def _no_circle(missions: Sequence[SlotMission]) -> None:
    after = {mission.name: set(mission.after) for mission in missions}
    while free := [name for name, firsts in after.items() if not firsts]:
        for name in free:
            del after[name]
        for firsts in after.values():
            firsts.difference_update(free)
    if not after:
        return
    way = [min(after)]
    while (first := min(after[way[-1]])) not in way:
        way.append(first)
    circle = [*way[way.index(first) :], first]
    raise TaskingError(f"missions wait for each other in a circle: {' after '.join(circle)}; drop one of these")


def _possible(mission: SlotMission, people: Sequence[SlotPerson]) -> None:
    """Hall's condition for one mission: every set of its skills has people enough; names the smallest that has not."""
    wanted = [skill for skill, count in mission.places.items() if count > 0]
    held = Counter(sum(1 << at for at, skill in enumerate(wanted) if skill in person.skills) for person in people)
    for chosen in sorted(range(1, 1 << len(wanted)), key=int.bit_count):
        need = sum(mission.places[skill] for at, skill in enumerate(wanted) if chosen >> at & 1)
        there = sum(count for skills, count in held.items() if skills & chosen)
        if there < need:
            names = " or ".join(skill for at, skill in enumerate(wanted) if chosen >> at & 1)
            raise TaskingError(
                f"nobody can man {mission.name}: it takes {need} people for {names}, {there} of {len(people)} hold it; "
                f"take fewer, or train or add {need - there}"
            )
