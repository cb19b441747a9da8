"""The files of the ROADEF challenge of 2007 (technicians and interventions): instances and solutions, as text.

An instance is three files, `instance`, `tech_list` and `interv_list`; a solution two, `tech_teams` and
`interv_dates`. The column `dispo` of `tech_list` holds days *off*. Domains are named d1, d2, ...; people and
interventions by their numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wayhome.engines.tasking.days.data import DayMission, DaysPlan, DaysProblem, DayTeam, Member, Need, Timed
from wayhome.formats.errors import FormatError

DAY: Final = 120
MOST: Final = 1_000_000


class BadRoadef(FormatError):
    """A file of the challenge that cannot be read; the text says which, on which line, what and what to do."""


@dataclass(frozen=True)
class Solution:
    """A plan as the files tell it, whether it keeps the rules or not.

    `teams`: by day and number, the members; 0 is who stays idle. `dates`: by intervention, day, start and team.
    """

    teams: dict[tuple[int, int], tuple[str, ...]]
    dates: dict[str, tuple[int, int, int]]


@dataclass(frozen=True)
class _Line:
    """A line with where it stands, so that whatever is wrong with it can be told with the place."""

    file: str
    number: int
    words: tuple[str, ...]

    def wrong(self, what: str) -> BadRoadef:
        return BadRoadef(f"{self.file}, line {self.number}: {what}")

    def whole(self, word: str, what: str) -> int:
        """A whole number from 0 to a million. Raises BadRoadef."""
        if not (word.isascii() and word.isdecimal()) or len(word) > 7 or int(word) > MOST:
            raise self.wrong(f"{what} is {word!r}; it must be a whole number from 0 to {MOST}")
        return int(word)

    def parted(self, most: int | None = None) -> list[list[str]]:
        """The words outside brackets first, then those of each pair of brackets. Raises BadRoadef."""
        outside: list[str] = []
        groups: list[list[str]] = []
        inside = False
        for word in self.words:
            if word in "[]":
                if (word == "[") == inside:
                    raise self.wrong("a bracket is opened twice or closed before it is opened; write [ 1 2 ]")
                inside = word == "["
                groups += [[]] if inside else []
            else:
                (groups[-1] if inside else outside).append(word)
        if inside:
            raise self.wrong("a bracket is not closed; write [ 1 2 ]")
        if most is not None and len(groups) != most:
            raise self.wrong(f"it has {len(groups)} lists in brackets; it must have {most}")
        return [outside, *groups]


def _lines(text: str, file: str, head: bool) -> list[_Line]:
    """The lines that hold something, brackets set apart; without the head where there is one."""
    spaced = text.replace("[", " [ ").replace("]", " ] ").splitlines()
    found = [_Line(file, at, tuple(line.split())) for at, line in enumerate(spaced, 1) if line.strip()]
    if head and not found:
        raise BadRoadef(f"{file}, line 1: the file is empty; it must begin with the names of its columns")
    return found[1:] if head else found


def read_instance(instance: str, tech_list: str, interv_list: str) -> DaysProblem:
    """The question that three files of text ask. Raises BadRoadef with the file and the line."""
    rows = _lines(instance, "instance", head=True)
    if len(rows) != 1 or len(rows[0].words) != 6:
        line = rows[0] if rows else _Line("instance", 2, ())
        raise line.wrong("it must hold: name, domains, levels, technicians, interventions, budget, and be the only one")
    what = ("domains", "levels", "technicians", "interventions", "the budget")
    domains, levels, people, missions, budget = (
        rows[0].whole(word, name) for word, name in zip(rows[0].words[1:], what, strict=True)
    )
    return DaysProblem(
        members=_members(tech_list, domains, people),
        missions=_missions(interv_list, domains, levels, missions),
        budget=budget,
        day_length=DAY,
    )


def _members(text: str, domains: int, count: int) -> tuple[Member, ...]:
    found = []
    for line in _counted(text, "tech_list", count):
        plain, off = line.parted(1)
        if len(plain) != domains + 1:
            raise line.wrong(f"it has {len(plain) - 1} levels; the instance has {domains} domains")
        levels = {f"d{d}": line.whole(word, f"the level in d{d}") for d, word in enumerate(plain[1:], 1)}
        days = frozenset(line.whole(word, "a day off") for word in off)
        found.append(Member(str(line.whole(plain[0], "the technician's number")), levels, days))
    return tuple(found)


def _missions(text: str, domains: int, levels: int, count: int) -> tuple[DayMission, ...]:
    return tuple(_mission(line, domains, levels) for line in _counted(text, "interv_list", count))


def _mission(line: _Line, domains: int, levels: int) -> DayMission:
    plain, before = line.parted(1)
    if len(plain) != 4 + domains * levels:
        raise line.wrong(f"it has {len(plain) - 4} needs; {domains} domains at {levels} levels make {domains * levels}")
    counts = [line.whole(word, "a need") for word in plain[4:]]
    needs = [
        Need(f"d{at // levels + 1}", at % levels + 1, people) for at, people in enumerate(counts) if people
    ]  # fmt: skip
    priority = line.whole(plain[2], "the priority")
    if priority not in (1, 2, 3, 4):
        raise line.wrong(f"the priority is {priority}; it must be 1, 2, 3 or 4")
    return DayMission(
        name=str(line.whole(plain[0], "the intervention's number")),
        priority=priority,
        duration=line.whole(plain[1], "the time"),
        needs=tuple(needs),
        after=tuple(str(line.whole(word, "a predecessor")) for word in before),
        decline_cost=line.whole(plain[3], "the cost"),
    )


def _counted(text: str, file: str, count: int) -> list[_Line]:
    """The lines below the head, as many as the instance says and none twice. Raises BadRoadef."""
    lines = _lines(text, file, head=True)
    if len(lines) != count:
        raise BadRoadef(f"{file}: it has {len(lines)} lines below its head; the instance says {count}")
    seen: set[str] = set()
    for line in lines:
        if line.words[0] in seen:
            raise line.wrong(f"number {line.words[0]} is there twice; give each line its own number")
        seen.add(line.words[0])
    return lines


def read_solution(tech_teams: str, interv_dates: str) -> Solution:
    """What two files of text say is done. Raises BadRoadef with the file and the line."""
    teams: dict[tuple[int, int], tuple[str, ...]] = {}
    for line in _lines(tech_teams, "tech_teams", head=False):
        plain, *groups = line.parted()
        if len(plain) != 1 or not groups:
            raise line.wrong("it must hold a day, then the idle and each team in brackets")
        day = line.whole(plain[0], "the day")
        if (day, 0) in teams:
            raise line.wrong(f"day {day} is there twice")
        for number, members in enumerate(groups):
            teams[day, number] = tuple(str(line.whole(word, "a technician's number")) for word in members)
    dates: dict[str, tuple[int, int, int]] = {}
    for line in _lines(interv_dates, "interv_dates", head=False):
        if len(line.words) != 4:
            raise line.wrong("it must hold four numbers: intervention, day, time, team")
        name, day, start, team = (line.whole(word, "a number") for word in line.words)
        if str(name) in dates:
            raise line.wrong(f"intervention {name} is there twice")
        dates[str(name)] = (day, start, team)
    return Solution(teams, dates)


def plan_of(problem: DaysProblem, solution: Solution) -> DaysPlan:
    """The solution as a plan of the engine's form, as it stands: nothing is repaired or left out, nothing proven.

    Who is idle (their number 0 on each day, with those who are off) comes as a team without tasks.
    """
    duration = {m.name: m.duration for m in problem.missions}
    tasks: dict[tuple[int, int], list[Timed]] = {}
    for name, (day, start, team) in sorted(solution.dates.items(), key=lambda item: item[1]):
        tasks.setdefault((day, team), []).append(Timed(name, start, start + duration.get(name, 0)))
    teams = tuple(
        DayTeam(key[0], solution.teams.get(key, ()), tuple(tasks.get(key, ())))
        for key in sorted(solution.teams.keys() | tasks.keys())
        if key in tasks or solution.teams[key]
    )
    declined = tuple(m.name for m in problem.missions if m.name not in solution.dates)
    return DaysPlan(teams, declined, (0, 0, 0, 0), 0, 0)


def write_solution(problem: DaysProblem, plan: DaysPlan) -> tuple[str, str]:
    """The plan as the text of `tech_teams` and `interv_dates`."""
    days: dict[int, list[DayTeam]] = {}
    for team in plan.teams:
        days.setdefault(team.day, []).append(team)
    teams, dates = [], []
    for day, formed in sorted(days.items()):
        busy = {name for team in formed for name in team.members}
        idle = [p.name for p in problem.members if p.name not in busy]
        groups = [idle, *(list(team.members) for team in formed)]
        teams.append(f"{day} " + " ".join(f"[ {' '.join(group)} ]" if group else "[ ]" for group in groups))
        dates += [f"{t.mission} {day} {t.start} {n}" for n, team in enumerate(formed, 1) for t in team.tasks]
    return "\n".join(teams) + "\n", "\n".join(dates) + "\n"
