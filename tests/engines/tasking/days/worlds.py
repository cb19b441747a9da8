"""Small questions about days ahead, and every plan of the smallest by trying all: the oracle."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from wayhome.engines.tasking.days import DayMission, DaysPlan, DaysProblem, DayTeam, Member, Need, Timed, judge

SKILLS = ("rope", "medic")
Place = tuple[int, int, tuple[str, ...]]


def month() -> DaysProblem:
    """A duty roster: ten people, a few on leave, some duties after others."""
    members = tuple(Member(f"m{n}", {"rope": n % 4, "medic": (n // 2) % 3}, frozenset({n % 5 + 1})) for n in range(10))
    missions = tuple(
        DayMission(
            f"duty {n}",
            priority=n % 4 + 1,
            duration=(60, 120, 240)[n % 3],
            needs=(Need(SKILLS[n % 2], 1, 1 + n % 3),),
            after=(f"duty {n - 3}",) if n % 4 == 3 else (),
            decline_cost=n % 5 + 1,
        )
        for n in range(30)
    )
    return DaysProblem(members, missions, budget=4, day_length=480)


@st.composite
def tiny(draw: st.DrawFn) -> DaysProblem:
    """At most three people, two missions, two skills: few enough plans to try them all."""
    people = draw(st.integers(1, 3))
    members = tuple(
        Member(
            f"p{n}",
            {skill: draw(st.integers(0, 2)) for skill in SKILLS},
            frozenset({1}) if draw(st.booleans()) else frozenset(),
        )
        for n in range(people)
    )
    missions = []
    for n in range(draw(st.integers(1, 2))):
        skill, level = draw(st.sampled_from(SKILLS)), draw(st.integers(0, 2))
        held = sum(p.levels[skill] >= level for p in members)
        needs = (Need(skill, level, draw(st.integers(1, held))),) if held else ()
        after = tuple(f"x{k}" for k in range(n) if draw(st.booleans()))
        cost = draw(st.one_of(st.none(), st.integers(0, 2)))
        missions.append(DayMission(f"x{n}", draw(st.integers(1, 4)), draw(st.integers(1, 2)), needs, after, cost))
    return DaysProblem(members, tuple(missions), budget=draw(st.integers(0, 2)), day_length=2)


def cheapest(problem: DaysProblem) -> int:
    """The least cost of all plans, by trying every day, start and team for every mission.

    Days up to one for each mission after everybody's last day off are enough.
    """
    names = [p.name for p in problem.members]
    days = max((day for p in problem.members for day in p.off), default=0) + len(problem.missions)
    every = product((False, True), repeat=len(names))
    groups = [tuple(n for n, there in zip(names, bits, strict=True) if there) for bits in every]
    places = [_places(problem, mission, days, groups) for mission in problem.missions]
    verdicts = (judge(problem, _plan(problem, choice)) for choice in product(*places))
    return min(verdict.cost for verdict in verdicts if verdict.feasible)


def _places(problem: DaysProblem, mission: DayMission, days: int, groups: list[tuple[str, ...]]) -> list[Place | None]:
    """Where one mission alone can be done, None standing for giving it away."""
    alone = DaysProblem(problem.members, (replace(mission, after=()),), 0, problem.day_length)
    own = product(range(1, days + 1), range(problem.day_length), groups)
    can: list[Place | None] = [place for place in own if judge(alone, _plan(alone, (place,))).feasible]
    return can if mission.decline_cost is None else [*can, None]


def _plan(problem: DaysProblem, choice: tuple[Place | None, ...]) -> DaysPlan:
    teams: dict[tuple[int, tuple[str, ...]], list[Timed]] = {}
    for mission, place in zip(problem.missions, choice, strict=True):
        if place is not None:
            day, start, group = place
            teams.setdefault((day, group), []).append(Timed(mission.name, start, start + mission.duration))
    formed = tuple(DayTeam(day, group, tuple(tasks)) for (day, group), tasks in teams.items())
    return DaysPlan(formed, (), (0, 0, 0, 0), 0, 0)
