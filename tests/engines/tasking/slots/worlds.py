"""Small questions about one time line, by chance, and the soonest end by trying everything."""

from __future__ import annotations

import itertools

from hypothesis import strategies as st

from wayhome.engines.tasking.slots import SlotMission, SlotPerson, SlotsProblem

SKILLS = ("dog", "medic", "rope")


@st.composite
def problems(draw: st.DrawFn, most_missions: int = 4, most_people: int = 4) -> SlotsProblem:
    """A question that can be answered: each mission asks only for what some people who are there can serve."""
    held = draw(st.lists(st.sets(st.sampled_from(SKILLS), min_size=1), min_size=1, max_size=most_people))
    people = tuple(SlotPerson(f"p{at}", frozenset(skills)) for at, skills in enumerate(held))
    missions = []
    for at in range(draw(st.integers(1, most_missions))):
        places: dict[str, int] = {}
        for skills in held:
            skill = draw(st.sampled_from([None, *sorted(skills)]))
            if skill:
                places[skill] = places.get(skill, 0) + 1
        after = tuple(str(first) for first in range(at) if draw(st.integers(0, 3)) == 0)
        missions.append(SlotMission(str(at), draw(st.integers(0, 3)), places, after))
    return SlotsProblem(people, tuple(missions))


def soonest(problem: SlotsProblem) -> int:
    """The soonest end: every order of missions, every choice of people, each as early as it can."""
    best = sum(mission.duration for mission in problem.missions)
    for order in itertools.permutations(problem.missions):
        ended: dict[str, int] = {}
        if all(set(mission.after) <= {one.name for one in order[:at]} for at, mission in enumerate(order)):
            best = min(best, _rest(problem, list(order), ended, {}, 0, best))
    return best


def _rest(
    problem: SlotsProblem,
    order: list[SlotMission],
    ended: dict[str, int],
    free_at: dict[str, int],
    started: int,
    best: int,
) -> int:
    """Missions in the order of their starts, so that nobody is ever needed before they are next free."""
    if not order:
        return max(ended.values(), default=0)
    mission = order[0]
    for team in _teams(problem, mission):
        start = max([started, *(ended[first] for first in mission.after), *(free_at.get(who, 0) for who in team)])
        if mission.duration == 0:
            start = max([started, *(ended[first] for first in mission.after)])
        end = start + mission.duration
        if end < best:
            held = free_at | (dict.fromkeys(team, end) if mission.duration else {})
            best = min(best, max(end, _rest(problem, order[1:], ended | {mission.name: end}, held, start, best)))
    return best


def _teams(problem: SlotsProblem, mission: SlotMission) -> set[frozenset[str]]:
    """Every set of people who can fill the mission's places."""
    places = [skill for skill, count in mission.places.items() for _ in range(count)]
    return {
        frozenset(person.name for person in going)
        for going in itertools.permutations(problem.people, len(places))
        if all(skill in person.skills for skill, person in zip(places, going, strict=True))
    }


def county(seed: int) -> SlotsProblem:
    """Sixteen missions for fourteen people of few kinds, several of each: by arithmetic, the same for a seed."""
    held = ("dog", "dog", "rope", "rope", "rope", "medic", "medic", "dog rope", "dog rope", "rope medic", "rope medic")
    people = tuple(SlotPerson(f"p{at}", frozenset(skills.split())) for at, skills in enumerate((*held, *held[5:8])))
    missions = []
    for at in range(16):
        chance = (seed * 7919 + at * 104729) % 9973
        places = {"dog": chance % 3, "rope": chance // 3 % 4, "medic": chance // 12 % 4}
        after = (str(at - 1 - chance % 3),) if at > 3 and chance % 5 < 3 else ()
        missions.append(SlotMission(str(at), 1 + chance // 48 % 9, places, after))
    return SlotsProblem(people, tuple(missions))
