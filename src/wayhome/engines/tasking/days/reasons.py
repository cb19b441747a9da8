"""Why a plan over days is as it is: what each member counts for in their team, and what holds up each end."""

from __future__ import annotations

from dataclasses import dataclass

from wayhome.engines.tasking.days.data import DayMission, DaysPlan, DaysProblem, DayTeam


@dataclass(frozen=True)
class Part:
    """What one member is in a team for. `for_needs`: mission, skill, level; `needed`: without them some need fails."""

    day: int
    member: str
    for_needs: tuple[tuple[str, str, int], ...]
    needed: bool

    def __str__(self) -> str:
        told = ", ".join(f"{skill} {level} on {mission}" for mission, skill, level in self.for_needs)
        return (
            f"day {self.day}, {self.member}: {told or 'makes up the number'}{'' if self.needed else ' (can be spared)'}"
        )


@dataclass(frozen=True)
class Held:
    """What ends last of a priority (4: of everything), when, and what one unit of time less would save."""

    priority: int
    missions: tuple[str, ...]
    end: int
    saves: int

    def __str__(self) -> str:
        what = "everything" if self.priority == 4 else f"priority {self.priority}"
        return (
            f"{what} ends at {self.end} with {', '.join(self.missions)}; each unit of time earlier saves {self.saves}"
        )


def parts(problem: DaysProblem, plan: DaysPlan) -> tuple[Part, ...]:
    """One part for each member of each team, by day."""
    missions = {m.name: m for m in problem.missions}
    return tuple(
        _part(problem, team, name, [missions[task.mission] for task in team.tasks])
        for team in plan.teams
        for name in team.members
    )


def _part(problem: DaysProblem, team: DayTeam, name: str, missions: list[DayMission]) -> Part:
    levels = {p.name: p.levels for p in problem.members}
    counted, needed = [], False
    for mission in missions:
        for need in mission.needs:
            held = [one for one in team.members if levels[one].get(need.skill, 0) >= need.level]
            if name in held and need.people > 0 and need.level > 0:
                counted.append((mission.name, need.skill, need.level))
            needed = needed or (name in held and len(held) <= need.people)
    return Part(team.day, name, tuple(counted), needed or len(team.members) == 1)


def held_up(problem: DaysProblem, plan: DaysPlan) -> tuple[Held, ...]:
    """For each priority with an end, and for everything: which missions end last."""
    priority = {m.name: m.priority for m in problem.missions}
    ends = {task.mission: (team.day - 1) * problem.day_length + task.end for team in plan.teams for task in team.tasks}
    found = []
    for wanted, end, weight in zip((1, 2, 3, 4), plan.ends, problem.weights, strict=True):
        last = tuple(n for n, at in sorted(ends.items()) if at == end and wanted in (4, priority[n]))
        if last:
            found.append(Held(wanted, last, end, weight))
    return tuple(found)
