"""From how many of each kind are held when, to who exactly goes and which skill they serve."""

from __future__ import annotations

import numpy as np

from wayhome.engines.tasking.slots.data import Served
from wayhome.engines.tasking.slots.world import Ints, World


def man(world: World, start: Ints, taken: Ints) -> tuple[Served, ...]:
    """Names for counts, missions in the question's order. `start` int32 (n,), `taken` int32 (n, k) people by kind.

    Whoever of a kind has been free for longest goes, the first named among equals; a
    mission that takes no time holds nobody up. Raises ValueError for counts that
    no people can keep: they come from our own search, never from a caller.
    """
    free_at = [[0] * len(names) for names in world.names]
    found: dict[int, Served] = {}
    for mission in sorted(range(world.count), key=lambda one: (int(start[one]), one)):
        begin = int(start[mission])
        end = begin + int(world.duration[mission])
        going: list[tuple[str, int]] = []
        for kind, names in enumerate(world.names):
            ready = sorted((at, who) for who, at in enumerate(free_at[kind]) if at <= begin or end == begin)
            if len(ready) < taken[mission, kind]:
                raise ValueError(f"mission {mission} at {begin}: {taken[mission, kind]} of kind {kind}, {ready} ready")
            for _, who in ready[: int(taken[mission, kind])]:
                if end > begin:
                    free_at[kind][who] = end
                going.append((names[who], world.skill_sets[kind]))
        found[world.asked[mission]] = Served(
            mission=world.missions[mission],
            start=begin,
            end=end,
            serving=_skills(going, [int(count) for count in world.need[mission]], world.skills),
        )
    return tuple(found[place] for place in range(world.count))


def _skills(going: list[tuple[str, int]], places: list[int], skills: tuple[str, ...]) -> dict[str, str]:
    """One skill for each who goes, by augmenting ways (Kuhn 1955). Raises ValueError where people and places differ."""
    serving: dict[str, int] = {}
    held = dict(going)
    left = list(places)

    def place(who: str, tried: set[int]) -> bool:
        for skill in range(len(places)):
            if not held[who] >> skill & 1 or skill in tried or not places[skill]:
                continue
            tried.add(skill)
            if left[skill]:
                left[skill] -= 1
                serving[who] = skill
                return True
            for other in [one for one, at in serving.items() if at == skill]:
                if place(other, tried):
                    serving[who] = skill
                    return True
        return False

    for who, _ in going:
        if not place(who, set()):
            raise ValueError(f"{who} finds no place among {places}")
    if any(left):
        raise ValueError(f"places {left} stay open")
    return {who: skills[skill] for who, skill in serving.items()}


def ends(world: World, start: Ints) -> int:
    """When the last mission ends."""
    return int(np.max(start + world.duration, initial=0))
