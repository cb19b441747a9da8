"""The CP-SAT model of a request: built once, solved as often as a proposal has questions. The only room with ortools.

One binary variable per considered pair (person, mission). Deterministic: one worker, a fixed seed, and a limit in
the solver's own deterministic time, never in seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from ortools.sat.python import cp_model

from wayhome.engines.tasking.now.bonds import strangers_of
from wayhome.engines.tasking.now.data import Candidate, MissionNeed, Request, SkillNeed
from wayhome.engines.tasking.now.results import Rule
from wayhome.engines.tasking.now.standing import Standing, is_mentor, level_factor, needs_mentor
from wayhome.engines.tasking.now.weights import Weights
from wayhome.engines.tasking.now.words import need_words, plural

Key = tuple[str, str]


class Solved(msgspec.Struct, frozen=True):
    """What one solve came to. `plan`: person to mission, None when there is none. `known`: whether that is proven.

    `alone`: a mission that cannot be staffed whatever the others do, where that is why there is no plan.
    """

    plan: dict[str, str] | None
    points: int
    bound: int
    known: bool
    alone: str = ""


class Model:
    """The constraints of a request. With `named=True` every rule hangs on a literal of its own, for finding clashes."""

    def __init__(self, request: Request, standing: Standing, weights: Weights, *, named: bool = False) -> None:
        self._request = request
        self._standing = standing
        self._weights = weights
        self._named = named
        self._cp = cp_model.CpModel()
        self._people = standing.people
        self._sent: dict[Key, Any] = {key: self._cp.new_bool_var("") for key in standing.options}
        self._going: dict[str, list[str]] = {mission.id: [] for mission in request.missions}
        self._places: dict[str, list[str]] = {}
        for who, where in self._sent:
            self._going[where].append(who)
            self._places.setdefault(who, []).append(where)
        self._used: dict[str, Any] = {m.id: self._cp.new_bool_var("") for m in request.missions if m.optional}
        self.rules: list[tuple[Rule, Any]] = []
        self._build()

    def _build(self) -> None:
        for mission in self._request.missions:
            self._add_mission(mission)
        self._add_once()
        self._add_fixed()
        self._add_partners()
        self._add_mentors()
        self._add_apart()
        self._add_strangers()
        self._add_order()
        if not self._named:
            self._cp.minimize(self._points())

    def _under(self, rule: Rule, constraints: Iterable[Any]) -> None:
        """Adds constraints; when named, they hold only while the rule's literal does."""
        added = [self._cp.add(one) for one in constraints]
        if self._named:
            literal = self._cp.new_bool_var("")
            for constraint in added:
                constraint.only_enforce_if(literal)
            self.rules.append((rule, literal))

    def _team(self, mission: str) -> list[Any]:
        return [self._sent[who, mission] for who in self._going[mission]]

    def _having(self, mission: str, need: SkillNeed) -> list[str]:
        """Who of those who may go counts for a need; trainees count for none."""
        going = (self._people[who] for who in self._going[mission])
        return [one.id for one in going if one.has(need) and not one.trainee]

    def _trainees(self, mission: str) -> list[Any]:
        return [self._sent[who, mission] for who in self._going[mission] if self._people[who].trainee]

    def _add_mission(self, mission: MissionNeed) -> None:
        everybody = self._team(mission.id)
        team = [self._sent[who, mission.id] for who in self._going[mission.id] if not self._people[who].trainee]
        used = self._used.get(mission.id, 1)
        words = f"{mission.name} needs at least {plural(mission.least, 'person', 'people')}"
        self._under(Rule("size", words, mission.id), [sum(team) >= mission.least * used])
        if mission.most is not None:
            words = f"{mission.name} takes at most {plural(mission.most, 'person', 'people')}"
            self._under(Rule("size", words, mission.id), [sum(team) <= mission.most])
        trainees = self._trainees(mission.id)
        if trainees:
            words = f"{mission.name} has {plural(mission.trainees, 'trainee place', 'trainee places')}"
            self._under(Rule("trainee", words, mission.id), [sum(trainees) <= mission.trainees])
        if mission.optional:
            for variable in everybody:
                self._cp.add_implication(variable, used)
        self._add_needs(mission, used)

    def _add_needs(self, mission: MissionNeed, used: Any) -> None:
        filling = self._slots(mission) if self._request.slots(mission) else None
        for number, need in enumerate(mission.needs):
            having = self._having(mission.id, need)
            taken = [self._sent[who, mission.id] if filling is None else filling[who, number] for who in having]
            words = need_words(mission.name, need, [self._people[who].name for who in having])
            self._under(Rule("need", words, mission.id), [sum(taken) >= need.count * used])

    def _slots(self, mission: MissionNeed) -> dict[tuple[str, int], Any]:
        """Slot mode: who fills which need; a person fills at most one."""
        filling: dict[tuple[str, int], Any] = {}
        for number, need in enumerate(mission.needs):
            for who in self._having(mission.id, need):
                filling[who, number] = self._cp.new_bool_var("")
        for who in self._going[mission.id]:
            mine = [filling[who, number] for number in range(len(mission.needs)) if (who, number) in filling]
            self._cp.add(sum(mine) <= self._sent[who, mission.id])
        return filling

    def _add_once(self) -> None:
        constraints = [
            sum(self._sent[who, where] for where in places) <= 1
            for who, places in self._places.items()
            if len(places) > 1
        ]
        self._under(Rule("once", "nobody goes on two missions at once"), constraints)

    def _add_fixed(self) -> None:
        names = {one.id: one.name for one in self._request.missions}
        for pair in dict.fromkeys((one.person, one.mission) for one in self._request.fixed):
            words = f"{self._people[pair[0]].name} has accepted {names[pair[1]]}"
            self._under(Rule("accepted", words, pair[1]), [self._sent[pair] == 1])

    def _add_partners(self) -> None:
        for person in self._request.people:
            for group in person.partners:
                self._add_partner(person, group)

    def _add_partner(self, person: Candidate, group: tuple[str, ...]) -> None:
        """Whoever has agreed to go with somebody only is not sent without one of them."""
        constraints = []
        for mission in self._request.missions:
            if (person.id, mission.id) in self._sent:
                partners = [self._sent[p, mission.id] for p in group if (p, mission.id) in self._sent]
                constraints.append(self._sent[person.id, mission.id] <= sum(partners))
        if constraints:
            names = [self._people[p].name for p in group if p in self._people]
            words = f"{person.name} goes only with {' or '.join(names) or 'a partner who is not here'}"
            self._under(Rule("partner", words), constraints)

    def _add_mentors(self) -> None:
        """Juniors and trainees of a team have mentors beside them, each for so many."""
        if self._request.mentor is None:
            return
        for mission in self._request.missions:
            going = [self._people[who] for who in self._going[mission.id]]
            young = [self._sent[one.id, mission.id] for one in going if needs_mentor(self._request, one)]
            mentors = [self._sent[one.id, mission.id] for one in going if is_mentor(self._request, one)]
            if young:
                each = self._request.juniors_each
                words = f"{mission.name}: a mentor for every {plural(each, 'junior', 'juniors')}"
                self._under(Rule("mentor", words, mission.id), [sum(young) <= each * sum(mentors)])

    def _add_strangers(self) -> None:
        """Where no two may be strangers, whoever goes keeps out all they do not know."""
        for mission in self._request.missions:
            if not mission.no_strangers:
                continue
            constraints = []
            for who, others in strangers_of(self._request, self._going[mission.id]).items():
                rest = [self._sent[other, mission.id] for other in others]
                most = min(len(rest), mission.most or len(rest))
                constraints.append(sum(rest) + most * self._sent[who, mission.id] <= most)
            words = f"{mission.name}: every two of the team know each other"
            self._under(Rule("strangers", words, mission.id), constraints)

    def _add_order(self) -> None:
        names = {one.id: one.name for one in self._request.missions}
        for mission in self._request.missions:
            for before in mission.after:
                needed, used = self._used.get(before, 1), self._used.get(mission.id, 1)
                words = f"{mission.name} comes after {names[before]}"
                self._under(Rule("order", words, mission.id), [needed >= used] if before in self._used else [])

    def _add_apart(self) -> None:
        for apart in self._request.apart:
            constraints = []
            for mission in self._request.missions:
                if mission.danger < apart.danger:
                    continue
                both = [(one, mission.id) for one in (apart.one, apart.other) if (one, mission.id) in self._sent]
                constraints.append(sum(self._sent[key] for key in both) <= 1)
            names = f"{self._people[apart.one].name} and {self._people[apart.other].name}"
            kind = "private" if apart.personal else "apart"
            self._under(Rule(kind, f"{names} are not sent in one team: {apart.why}"), constraints)

    def _points(self) -> Any:
        terms = [option.points * self._sent[key] for key, option in self._standing.options.items()]
        for mission in self._request.missions:
            if mission.optional:
                terms.append(self._weights.unstaffed * mission.priority * (1 - self._used[mission.id]))
            terms.extend(self._level_terms(mission))
            if mission.trainees:
                places = mission.trainees * self._used.get(mission.id, 1)
                terms.append(self._weights.empty_place * (places - sum(self._trainees(mission.id))))
        terms.extend(self._together_terms())
        terms.extend(self._home_terms())
        return sum(terms)

    def _level_terms(self, mission: MissionNeed) -> list[Any]:
        """Levels by which the best in the team falls short of 5, per need; one helper variable for each level."""
        factor = level_factor(mission, self._weights)
        used = self._used.get(mission.id, 1)
        terms = []
        for need in mission.needs if factor else ():
            terms.append(factor * (5 - need.level) * used)
            for level in range(need.level + 1, 6):
                reached = self._cp.new_bool_var("")
                able = [self._sent[w, mission.id] for w in self._having(mission.id, SkillNeed(need.skill, level))]
                self._cp.add(reached <= sum(able))
                terms.append(-factor * reached)
        return terms

    def _together_terms(self) -> list[Any]:
        """One helper variable for each pair and mission: 1 where only one of the two goes there."""
        terms = []
        for bond in self._request.together if self._weights.parted else ():
            for mission in self._request.missions:
                one, other = (self._sent.get((who, mission.id), 0) for who in (bond.one, bond.other))
                if not (isinstance(one, int) and isinstance(other, int)):
                    parted = self._cp.new_bool_var("")
                    self._cp.add(parted >= one - other)
                    self._cp.add(parted >= other - one)
                    terms.append(self._weights.parted * parted)
        return terms

    def _home_terms(self) -> list[Any]:
        """How many are missing at home of those who should stay."""
        terms = []
        kept = zip(self._request.keep_home, self._standing.keepers, strict=True)
        for need, keepers in kept if self._weights.home_thin else ():
            gone = [variable for (who, _), variable in self._sent.items() if who in keepers]
            short = self._cp.new_int_var(0, need.count, "")
            self._cp.add(short >= need.count - len(keepers) + sum(gone))
            terms.append(self._weights.home_thin * short)
        return terms

    def hint(self, plan: dict[str, str]) -> None:
        """Where later solves start looking."""
        self._cp.clear_hints()  # type: ignore[no-untyped-call]  # ortools types all but this one
        for (who, where), variable in self._sent.items():
            self._cp.add_hint(variable, plan.get(who) == where)

    def solve(self, *, work: float, seed: int, without: Key | None = None) -> Solved:
        """The best plan within `work` units of deterministic solver time, `without` one pair if given."""
        self._cp.clear_assumptions()
        if without is not None:
            self._cp.add_assumptions([self._sent[without].negated()])
        solver = _solver(work, seed)
        status = solver.solve(self._cp)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            plan = {who: where for (who, where), variable in self._sent.items() if solver.boolean_value(variable)}
            points = round(solver.objective_value)
            bound = points if status == cp_model.OPTIMAL else max(0, round(solver.best_objective_bound))
            return Solved(plan, points, bound, status == cp_model.OPTIMAL)
        return Solved(None, 0, 0, status == cp_model.INFEASIBLE)

    def clash(self, keep: list[int] | None, *, work: float, seed: int) -> tuple[bool | None, list[int]]:
        """Whether the rules numbered `keep` (None: all) clash, None if unknown, and which of them the proof used."""
        numbers = list(range(len(self.rules))) if keep is None else keep
        self._cp.clear_assumptions()
        self._cp.add_assumptions([self.rules[number][1] for number in numbers])
        solver = _solver(work, seed)
        status = solver.solve(self._cp)
        if status == cp_model.INFEASIBLE:
            used = set(solver.sufficient_assumptions_for_infeasibility())
            return True, [n for n in numbers if self.rules[n][1].index in used] or numbers
        return (None if status == cp_model.UNKNOWN else False), numbers


def _solver(work: float, seed: int) -> Any:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    # All constraints in the linear relaxation: measured on 60 people and
    # 6 missions, 20 ms to the proven best plan instead of more than 8 s without one.
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = work
    return solver
