"""Mending a plan: teams that stand are cheap, every change has a price, and whoever could lend somebody is asked.

The search of `columns` begins in the plan that is: each standing team is known, and so is the cheapest way to do
without any one of its people with nobody but those at home. Prices begin where each change costs what it costs; there
the bound counts what the broken teams need at the least.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from wayhome.engines.tasking.now.teams import kernel
from wayhome.engines.tasking.now.teams.columns import EPS, Search, Solution
from wayhome.engines.tasking.now.teams.problem import HARD, LEVEL, Flags, Floats, Problem, TeamRules
from wayhome.engines.tasking.now.teams.seeking import Seeker, Work
from wayhome.engines.tasking.now.teams.solver import Column, Duals

LEND_NODES = 200
COUNT_NODES = 5_000
COUNT_STEPS = 60

Teams = Mapping[int, tuple[int, ...]]
"""People by mission, as numbers of a problem."""


class Mending(Search):
    """A plan of whole teams near to one that stands."""

    def mend(self, held: Teams, broken: set[int], price: float, first: Iterable[Teams]) -> Solution:
        """The best plan within the work. held: teams as they are; those of `broken` missions stand no more.

        price: of each change, as it is in the costs of the problem: staying takes it off, joining from home adds it.
        first: whole plans to begin with.
        """
        standing = {m: team for m, team in held.items() if m not in broken}
        for plan in first:
            columns = [self._known(m, team) for m, team in plan.items()]
            self._consider(one for one in columns if one is not None)
        person = np.zeros(len(self.problem.people))
        aims = np.zeros(len(self.problem.missions))
        for m, team in standing.items():
            column = self._known(m, team)
            person[list(team)] = -price
            aims[m] = (column.points if column is not None else 0.0) + price * len(team)
        for m in broken:
            aims[m] = price * (len(held.get(m, ())) + self.problem.teams[m].most)
        nothing = np.zeros(0)
        start = Duals(person, aims, np.zeros(len(self.problem.spare)), np.zeros(len(self.problem.after)), nothing, 0.0)
        self._price_all(start, start, exact=False)
        at_home = self._at_home(held)
        for m, team in standing.items():
            for who in team:
                self._do_without(m, who, team, at_home)
        self._rounds()
        self._take(self._among(self.work.choose))
        if not self.work.gap and not self._is_good():
            self._close(self.work.listed)
        return self.solution()

    def _known(self, m: int, people: tuple[int, ...]) -> Column | None:
        points = self.whole_points(m, people)
        return None if points is None else self._keep(m, people, points)

    def _at_home(self, held: Teams) -> Flags:
        flags = np.ones(len(self.problem.people), np.uint8)
        for team in held.values():
            flags[list(team)] = 0
        return flags

    def _do_without(self, m: int, who: int, team: tuple[int, ...], at_home: Flags) -> None:
        """Keeps the best teams of a mission without one of its people, with nobody but those at home instead."""
        rules = self.problem.teams[m]
        if rules.forced[self.place[m][who]]:
            return
        free = at_home.copy()
        free[list(team)] = 1
        free[who] = 0
        self._keep_all(m, rules.cost, self.hunt(m, rules.cost, HARD, banned=1 - free[rules.who], nodes=LEND_NODES))


def fewest_changes(problem: Problem, held: Teams, broken: Iterable[int], counted: Iterable[int]) -> int:
    """How many people must change at the least so that each of `broken` has a team, whoever is asked elsewhere.

    Each mission by itself: whoever leaves it counts there, whoever joins counts unless they left another of the
    broken ones or are `counted` already. Nobody counts twice, so the numbers add up.
    """
    missions = sorted(broken)
    gone = {who for m in missions for who in held.get(m, ())}
    joins = np.ones(len(problem.people))
    joins[[*gone, *counted]] = 0.0
    total, teams = len(gone), list(problem.teams)
    for m in missions:
        cost = joins.copy()
        cost[list(held.get(m, ()))] = -1.0
        teams[m] = _counting(teams[m], cost)
    seeker = Seeker(replace(problem, teams=tuple(teams)), Work())
    return max(0, total + sum(_least(seeker, m) for m in missions))


def _counting(team: TeamRules, cost: Floats) -> TeamRules:
    """The rules of a team with nothing to pay but `cost`, by person."""
    return team._replace(
        cost=cost[team.who],
        fine=np.where(team.kind == LEVEL, 0.0, team.fine),
        pairs=team.pairs[:0],
        bond_at=np.zeros_like(team.bond_at),
        bonds=team.bonds[:0],
        base=0.0,
    )


def _least(seeker: Seeker, m: int) -> int:
    """A floor under the cost of a mission's teams, in whole numbers: the least itself where the search was whole."""
    team = seeker.problem.teams[m]
    if not team.who.size:
        return 0
    floor = kernel.ascend(team, team.cost, seeker.rows[m], float(team.most), COUNT_STEPS)
    catch = seeker.hunt(m, team.cost, HARD, nodes=COUNT_NODES)
    if catch.done and catch.values.size:
        floor = float(catch.values[-1])
    return math.ceil(floor - EPS)
