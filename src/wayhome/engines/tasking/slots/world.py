"""A question about a time line as arrays: people of the same skills are one kind, and only counted.

People of one kind can take each other's places, and the times for which a mission holds people are intervals. So a
plan is sound as soon as at no time more people of a kind are held than there are: who exactly goes follows by handing
each mission those of the kind who are free, first come first served (interval graphs are perfect).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.tasking.slots.checks import check
from wayhome.engines.tasking.slots.data import SlotsProblem

Ints = NDArray[np.int32]


@dataclass(frozen=True, eq=False, kw_only=True)
class World:
    """`n` missions in an order in which each comes after those it waits for, `l` skills, `k` kinds of people.

    `duration` int32 (n,), units; `need` int32 (n, l), people; `skill_sets` the skills of each kind as bits; `size`
    int32 (k,), people; `before` missions that must have ended, by mission; `asked` the place of each mission in the
    question; `missions` and `names` what missions, and
    people by kind, are called.
    """

    duration: Ints
    need: Ints
    skill_sets: tuple[int, ...]
    size: Ints
    before: tuple[tuple[int, ...], ...]
    asked: tuple[int, ...]
    skills: tuple[str, ...]
    missions: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]

    @property
    def count(self) -> int:
        return len(self.duration)

    @cached_property
    def behind(self) -> tuple[tuple[int, ...], ...]:
        """The missions that wait for each."""
        found: list[list[int]] = [[] for _ in self.before]
        for mission, firsts in enumerate(self.before):
            for first in firsts:
                found[first].append(mission)
        return tuple(tuple(one) for one in found)

    @cached_property
    def heads(self) -> Ints:
        """How long at least until each mission can start, int32 (n,): what it waits for, longest way."""
        found = np.zeros(self.count, np.int32)
        for mission, firsts in enumerate(self.before):
            found[mission] = max((found[one] + self.duration[one] for one in firsts), default=0)
        return found

    @cached_property
    def tails(self) -> Ints:
        """How long at least from the end of each mission to the end of all, int32 (n,)."""
        found = np.zeros(self.count, np.int32)
        for mission in range(self.count - 1, -1, -1):
            found[mission] = max((found[one] + self.duration[one] for one in self.behind[mission]), default=0)
        return found

    @property
    def critical(self) -> int:
        """The longest chain of missions that wait for each other, units."""
        return int((self.heads + self.duration + self.tails).max(initial=0))


def world_of(problem: SlotsProblem) -> World:
    """The arrays of a question. Raises TaskingError for a question that cannot be answered."""
    check(problem)
    skills = tuple(sorted({skill for one in problem.missions for skill, count in one.places.items() if count > 0}))
    bit = {skill: 1 << at for at, skill in enumerate(skills)}
    kinds: dict[int, list[str]] = {}
    for person in problem.people:
        held = sum(bit[skill] for skill in person.skills if skill in bit)
        if held:
            kinds.setdefault(held, []).append(person.name)
    sets = tuple(sorted(kinds))
    order = _in_turn(problem)
    place = {problem.missions[asked].name: at for at, asked in enumerate(order)}
    missions = [problem.missions[asked] for asked in order]
    need = [[mission.places.get(skill, 0) for skill in skills] for mission in missions]
    return World(
        duration=np.array([mission.duration for mission in missions], np.int32),
        need=np.array(need, np.int32).reshape(len(missions), len(skills)),
        skill_sets=sets,
        size=np.array([len(kinds[one]) for one in sets], np.int32),
        before=tuple(tuple(sorted({place[first] for first in mission.after})) for mission in missions),
        asked=tuple(order),
        skills=skills,
        missions=tuple(mission.name for mission in missions),
        names=tuple(tuple(kinds[one]) for one in sets),
    )


def _in_turn(problem: SlotsProblem) -> list[int]:
    """Places in the question, each after those it waits for; the question's own order where that leaves a choice."""
    at = {mission.name: place for place, mission in enumerate(problem.missions)}
    waiting = Counter({place: len(set(mission.after)) for place, mission in enumerate(problem.missions)})
    behind: dict[int, list[int]] = {}
    for place, mission in enumerate(problem.missions):
        for first in set(mission.after):
            behind.setdefault(at[first], []).append(place)
    ready = [place for place in range(len(problem.missions)) if not waiting[place]]
    order = []
    while ready:
        order.append(ready.pop(0))
        for place in sorted(behind.get(order[-1], [])):
            waiting[place] -= 1
            if not waiting[place]:
                ready.append(place)
    return order
