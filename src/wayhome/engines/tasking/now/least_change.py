"""The plan nearest to one that stands: as few people as possible with another task, among those the fewest points.

First the touched missions are planned anew from those at home, all others as they stand. Where that leaves one
unmanned, or more people change than must, or all missions are few, everything is planned anew with a price on each
change: one for whoever leaves a team, whether for home or for another team, and one for whoever joins from home.
Whoever stays costs none. With few missions the answer is the best; with many, somebody of another team might do for
fewer points where as many change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from wayhome.engines.tasking.errors import TaskingError
from wayhome.engines.tasking.now.data import Request
from wayhome.engines.tasking.now.judge import breaches
from wayhome.engines.tasking.now.solving import best_plan
from wayhome.engines.tasking.now.standing import Option, Standing, account_of
from wayhome.engines.tasking.now.weights import Weights

if TYPE_CHECKING:
    from wayhome.engines.tasking.now.teams.columns import Solution
    from wayhome.engines.tasking.now.teams.problem import Problem

EACH_CHANGE = 100_000
"""Points of each change while a new plan is looked for: more than a plan's own points, less than a mission unmanned."""
EACH_UNMANNED = 50 * EACH_CHANGE
"""Points of each mission without a team, times its priority."""
MODEL_CHANGE, MODEL_UNMANNED = 10_000, 1_000_000
"""The same in the model of every pair."""
NEAR_ROUNDS, FAR_ROUNDS = 40, 10
FAR_CHOOSE = 0.3
FAR_GAP = 0.0005
FEW_MISSIONS = 6
"""So many missions are planned to the proven best; more, near it."""
NEAR_GAP = 0.002

Sent = dict[str, str]


class LeastChange:
    """Plans near to the one that stands. Who of it cannot stay is gone, and has another task whatever is done."""

    def __init__(
        self, now: Request, standing: Standing, weights: Weights, plan: Mapping[str, str], work: float, seed: int
    ) -> None:
        self._now, self._standing, self._weights = now, standing, weights
        self._plan = plan
        self._held = {who: where for who, where in sorted(plan.items()) if (who, where) in standing.options}
        self._gone = plan.keys() - self._held.keys()
        self._work, self._seed = work, seed
        self._problems: dict[frozenset[str], Problem] = {}

    def touched(self) -> set[str]:
        """Missions that somebody is gone from, or whose team breaks a rule as it stands."""
        return {self._plan[who] for who in self._gone} | self._broken(set(self._plan.values()))

    def _broken(self, manned: set[str]) -> set[str]:
        """Missions whose team breaks a rule as it stands."""
        said = breaches(self._now, self._held)
        return {
            one.id for one in self._now.missions if one.id in manned and any(b.startswith(one.id + ":") for b in said)
        }

    def mended(self, touched: set[str], manned: set[str]) -> Sent:
        """The plan with the touched missions mended; those of `manned` keep a team if that can be.

        Raises TaskingError where no plan is possible.
        """
        if not touched:
            return dict(self._held)
        rest = {who: where for who, where in self._held.items() if where not in touched}
        part = self._near(touched, rest)
        near = None if part is None else dict(sorted((rest | part).items()))
        tried = [] if near is None or breaches(self._now, near) else [near]
        if tried and len(manned) > FEW_MISSIONS and self._is_fewest(tried[0], touched, manned):
            return tried[0]
        far = self._far(manned, touched, tried)
        tried += [one for one in (far,) if one is not None and not breaches(self._now, one)]
        if not tried:
            raise TaskingError("no plan is possible any more: ask `propose` which rules clash")
        return min(tried, key=self._worth)

    def fewest(self, touched: set[str], staffed: set[str]) -> int:
        """How many must change at the least in any plan that leaves no more of the touched missions unmanned.

        Whoever is gone, everybody of those that have no team, and for the others what `mending.fewest_changes` counts.
        """
        from wayhome.engines.tasking.now.teams.mending import fewest_changes

        left = [who for who, where in self._plan.items() if who in self._gone or where in touched - staffed]
        missions = touched & staffed
        if not missions or not self._fits():
            return len(left)
        problem = self._problem(frozenset(missions), frozenset())
        people = {who: number for number, who in enumerate(problem.people)}
        numbers = range(len(problem.missions))
        held = self._teams(problem, self._held)
        return len(left) + fewest_changes(problem, held, numbers, [people[who] for who in left])

    def _is_fewest(self, plan: Sent, touched: set[str], manned: set[str]) -> bool:
        return manned <= set(plan.values()) and self._changes(plan) <= self.fewest(touched, manned)

    def _changes(self, plan: Sent) -> int:
        return len({who for who, _ in {*plan.items()} ^ {*self._plan.items()}})

    def _worth(self, plan: Sent) -> tuple[int, int, int]:
        staffed = set(plan.values())
        left = sum(one.priority for one in self._now.missions if one.id not in staffed)
        points = sum(account_of(self._now, self._standing, self._weights, plan).values())
        return left, self._changes(plan), points

    def _fits(self) -> bool:
        from wayhome.engines.tasking.now.solving import fits_teams

        return fits_teams(self._now)

    def _near(self, touched: set[str], rest: Mapping[str, str]) -> Sent | None:
        """The touched missions from those at home and their own."""
        from wayhome.engines.tasking.now.teams.columns import Search
        from wayhome.engines.tasking.now.teams.seeking import Work

        if not self._fits():
            return self._modelled(touched, set(rest))
        problem = self._problem(frozenset(touched), frozenset(rest))
        gap = 0.0 if len(touched) <= FEW_MISSIONS else NEAR_GAP
        work = Work(rounds=NEAR_ROUNDS, choose=max(0.05, self._work / 4), gap=gap)
        found = Search(problem, work, self._seed).run()
        if found.points is None and found.impossible is None:
            return self._modelled(touched, set(rest))
        return _sent(problem, found)

    def _far(self, manned: set[str], touched: set[str], first: list[Sent]) -> Sent | None:
        """Everything that was manned, with a price on each change."""
        from wayhome.engines.tasking.now.teams.mending import Mending
        from wayhome.engines.tasking.now.teams.seeking import Work

        if not self._fits():
            return self._modelled(manned, set())
        problem = self._problem(frozenset(manned), frozenset())
        numbers = {one.id: m for m, one in enumerate(problem.missions)}
        broken = {numbers[one] for one in touched}
        work = Work(rounds=FAR_ROUNDS, choose=FAR_CHOOSE, gap=FAR_GAP) if len(manned) > FEW_MISSIONS else Work()
        search = Mending(problem, work, self._seed)
        begun = [self._teams(problem, one) for one in first]
        found = search.mend(self._teams(problem, self._held), broken, EACH_CHANGE, begun)
        if found.points is None:
            return self._modelled(manned, set())
        return _sent(problem, found)

    def _modelled(self, missions: set[str], away: set[str]) -> Sent | None:
        """The same by the general way, where the compiled search has no use or found nothing."""
        part = self._part(missions)
        priced = self._priced(missions, away, MODEL_CHANGE)
        weights = msgspec.structs.replace(self._weights, unstaffed=MODEL_UNMANNED)
        return best_plan(part, priced, weights, work=self._work, seed=self._seed, gap=FAR_GAP).plan

    def _priced(self, missions: set[str] | frozenset[str], away: set[str] | frozenset[str], price: int) -> Standing:
        options = {
            (who, where): Option(option.points + self._price(who, where, price), option.exceptions)
            for (who, where), option in self._standing.options.items()
            if where in missions and who not in away
        }
        return msgspec.structs.replace(self._standing, options=options)

    def _price(self, who: str, where: str, price: int) -> int:
        """Staying takes off what leaving would cost; whoever moves or is gone has paid; who joins from home pays."""
        if self._held.get(who) == where:
            return -price
        return 0 if who in self._plan else price

    def _problem(self, missions: frozenset[str], away: frozenset[str]) -> Problem:
        from wayhome.engines.tasking.now.teams.problem import problem_of

        known = self._problems.get(missions | away)
        if known is None:
            part = self._part(missions)
            known = problem_of(part, self._priced(missions, away, EACH_CHANGE), self._weights)
            leaving = sum(who not in away for who in self._held)
            known = self._problems[missions | away] = replace(
                known,
                constant=known.constant + EACH_CHANGE * leaving,
                unstaffed=tuple(
                    None if points is None else EACH_UNMANNED * one.priority
                    for points, one in zip(known.unstaffed, part.missions, strict=True)
                ),
            )
        return known

    def _part(self, missions: set[str] | frozenset[str]) -> Request:
        chosen = tuple(
            msgspec.structs.replace(one, after=tuple(before for before in one.after if before in missions))
            for one in self._now.missions
            if one.id in missions
        )
        fixed = tuple(pair for pair in self._now.fixed if pair.mission in missions)
        forbidden = tuple(pair for pair in self._now.forbidden if pair.mission in missions)
        return msgspec.structs.replace(self._now, missions=chosen, fixed=fixed, forbidden=forbidden)

    def _teams(self, problem: Problem, plan: Mapping[str, str]) -> dict[int, tuple[int, ...]]:
        people = {who: number for number, who in enumerate(problem.people)}
        numbers = {one.id: m for m, one in enumerate(problem.missions)}
        teams: dict[int, tuple[int, ...]] = {}
        for who, where in sorted(plan.items()):
            if where in numbers:
                teams[numbers[where]] = (*teams.get(numbers[where], ()), people[who])
        return teams


def _sent(problem: Problem, found: Solution) -> Sent | None:
    if found.points is None:
        return None
    sent = {problem.people[who]: problem.missions[team.mission].id for team in found.teams for who in team.people}
    return dict(sorted(sent.items()))
