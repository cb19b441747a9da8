"""Hall's condition over time: the sets of skills whose demand can ever exceed the people who hold any of them.

At any moment the places of all running missions can be filled if and only if for every set S of skills the places for
S are at most the people with any skill of S (P. Hall 1935). Most sets say nothing beyond others and are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from wayhome.engines.tasking.slots.world import Ints, World

MOST_SETS: Final = 1 << 14
"""Sets of skills that are looked at; with more skills only unions of what single missions take are."""


@dataclass(frozen=True, eq=False)
class Narrow:
    """A set of skills (as bits), the people with any of them, and what each mission takes of it, int32 (n,)."""

    skills: int
    people: int
    takes: Ints


def narrows(world: World) -> tuple[Narrow, ...]:
    """The sets of skills that matter, in a fixed order."""
    people = {skills: _people(world, skills) for skills in _candidates(world)}
    found = []
    for skills, count in people.items():
        if _says_more(skills, count, people):
            inside = np.array([skills >> at & 1 for at in range(len(world.skills))], np.int32)
            takes = (world.need @ inside).astype(np.int32)
            if int(takes.sum()) > count:
                found.append(Narrow(skills, count, takes))
    return tuple(sorted(found, key=lambda one: one.skills))


def _candidates(world: World) -> list[int]:
    if 1 << len(world.skills) <= MOST_SETS:
        return list(range(1, 1 << len(world.skills)))
    single = {int(sum(1 << at for at, count in enumerate(row) if count)) for row in world.need} - {0}
    found = set(single) | {1 << at for at in range(len(world.skills))}
    for one in sorted(single):
        found |= {one | other for other in sorted(found)[:MOST_SETS]}
        if len(found) > MOST_SETS:
            break
    return sorted(found)


def _people(world: World, skills: int) -> int:
    return int(sum(int(count) for held, count in zip(world.skill_sets, world.size, strict=True) if held & skills))


def _says_more(skills: int, count: int, people: dict[int, int]) -> bool:
    """Whether the set is neither part of one with no more people, nor two sets side by side that share nobody."""
    high = max(people).bit_length()
    if any(people.get(skills | 1 << at) == count for at in range(high) if not skills >> at & 1):
        return False
    lowest = skills & -skills
    part = (skills - 1) & skills
    while part:
        if (
            part & lowest
            and part in people
            and skills ^ part in people
            and people[part] + people[skills ^ part] == count
        ):
            return False
        part = (part - 1) & skills
    return True
