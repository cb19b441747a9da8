"""What happens to one team of the simulation, event by event: missions, answers, silences, phones, machines.

People here do as people do; what follows from it is asked of the engine alone (`Rules`), and held against the ledger.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks._care_ledger import Ledger
from benchmarks._care_team import BEGINS_MS, DAY, MACHINES, MINUTE, Machine, Team, within
from wayhome.engines.care import stated as i
from wayhome.engines.care.case import Case, case_of
from wayhome.engines.care.deciding import Candidates, CareAct, CareDecision, CareRefused, Opening, decide
from wayhome.engines.care.exposure import contact_days
from wayhome.engines.care.jurisdiction import jurisdiction_of
from wayhome.engines.care.ladder import NOBODY_ELSE, DueStep, Keeper, due_now, rung
from wayhome.engines.care.letters import (
    CaseKeyGiven,
    CaseOpened,
    LadderRung,
    LadderSet,
    Letter,
    NotSafeSaid,
    SupporterTaken,
)
from wayhome.engines.care.supporters import ASKS_CONSENT, Lived, Sought, Supporter, propose, why_not
from wayhome.values.ids import Id, PersonId, derive

CLOCK = PersonId("clock")
MOST_STEPS = 80
KINDS = ("death", "handled dead", "child", "kill", "helplessness", "outnumbered", "own near-death")
MISSIONS_A_YEAR = 1.6
"""Missions on which somebody meets something that opens a follow-up."""
Then = Callable[[int], None]
Event = tuple[int, int, Then]


@dataclass(frozen=True)
class Rules:
    """The engine as the simulation asks it; a broken variant changes one of them."""

    decide: Callable[..., CareDecision] = decide
    due_now: Callable[..., list[DueStep]] = due_now
    rung: Callable[..., Letter] = rung
    heeds_exclusions: bool = True
    keeps_ladders: bool = True


class Life:
    """One team from its first day to its last."""

    def __init__(self, team: Team, seed: int, rules: Rules) -> None:
        self.team = team
        self.rules = rules
        self.chance = random.Random(f"life {seed}")
        self.ledger = Ledger(team)
        both = Machine()
        self.machines = dict.fromkeys(MACHINES, both)
        self.keeper = dict.fromkeys(MACHINES, NOBODY_ELSE)
        self.law = jurisdiction_of(team.law)
        self._heap: list[Event] = []
        self._count = 0
        self._seed = f"{seed}"
        self._restarted = BEGINS_MS
        self.flags: dict[Id, tuple[PersonId, int, int | None]] = {}
        """Member, raised, owned."""

    # time

    def at(self, when: int, what: Then) -> None:
        if when < self.team.ends:
            self._count += 1
            heapq.heappush(self._heap, (when, self._count, what))

    def some(self, low: int, high: int) -> int:
        return self.chance.randint(low, high)

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    def live(self) -> Ledger:
        self._begin()
        while self._heap:
            now, _, what = heapq.heappop(self._heap)
            what(now)
        self._meet(self.team.ends)
        for name in MACHINES:
            self._catch_up(name, self.team.ends)
        self.ledger.audit(self.team.ends, running_since=self._restarted)
        self.ledger.count_twice()
        return self.ledger

    def mission(self, now: int) -> None:
        """A mission ends. What people do is not known here."""

    def _begin(self) -> None:
        at = BEGINS_MS
        while (at := at + int(self.chance.expovariate(MISSIONS_A_YEAR) * 365 * DAY)) < self.team.ends:
            self.at(at, self.mission)
        for spans, ended in ((self.team.down["desk"], "desk"), (self.team.down["van"], "van")):
            for begins, ends in spans:
                self.at(begins + DAY, self._take_over_from(ended, ends))
                self.at(ends, self._restart(ended))
        for begins, ends in self.team.apart:
            self.at(begins, self._part)
            self.at(ends, self._meet)
        for day in range(BEGINS_MS, self.team.ends, 5 * DAY):
            self.at(day, self._audit)

    def _audit(self, now: int) -> None:
        """Looked at where everything ran for an hour, and both machines know of each other."""
        if all(self.team.up(name, now) for name in MACHINES) and not within(self.team.apart, now):
            self.ledger.audit(now, running_since=self._restarted)

    # machines

    def _restart(self, name: str) -> Then:
        def restart(now: int) -> None:
            self._restarted = max(self._restarted, now)
            if not self.rules.keeps_ladders:
                for known in (self.machines[name].desk, self.machines[name].whole):
                    for ladder in known.ladders():
                        ladder.steps = ()
            self._catch_up(name, now)

        return restart

    def _catch_up(self, name: str, now: int) -> None:
        if self.team.up(name, now):
            for case in list(self.machines[name].desk.cases.values()):
                self._ring(name, case.id, now)

    def _take_over_from(self, name: str, returns: int) -> Then:
        """After a day without one machine the other takes the clock over, where somebody thinks of it."""
        other = MACHINES[1 - MACHINES.index(name)]

        def take_over(now: int) -> None:
            if now < returns and self.happens(0.5) and self.team.up(other, now):
                for machine in MACHINES if not within(self.team.apart, now) else (other,):
                    self.keeper[machine] = Keeper(other, self.team.moment(now))
                for ladder in self.machines[other].desk.ladders():
                    self._schedule(other, ladder.case, [step.at.ms for step in ladder.steps])
                self._catch_up(other, now)

        return take_over

    def _part(self, _: int) -> None:
        one = self.machines["desk"]
        if one is self.machines["van"]:
            alive = {case.id for case in one.whole.cases.values() if case.is_open}
            self.machines["van"] = one.apart(alive)

    def _meet(self, now: int) -> None:
        desk, van = self.machines["desk"], self.machines["van"]
        if desk is van:
            return
        self._restarted = max(self._restarted, now)
        desk.merge(van)
        self.machines["van"] = desk
        keeper = max(self.keeper.values(), key=lambda one: one.since.ms if one.since else 0)
        self.keeper = dict.fromkeys(MACHINES, keeper)
        for name in MACHINES:
            for ladder in desk.desk.ladders():
                if ladder.off is None and name in keeper.rings(ladder):
                    self._schedule(name, ladder.case, [step.at.ms for step in ladder.steps])
            self._catch_up(name, now)

    def running(self, now: int) -> str | None:
        up = [name for name in MACHINES if self.team.up(name, now)]
        return self.chance.choice(up) if up else None

    # stating

    def state(
        self,
        person: PersonId,
        intent: i.CareIntent,
        now: int,
        then: Then | None = None,
        *,
        opening: Opening | None = None,
        on: str = "",
    ) -> None:
        """States something on whatever machine runs, or as soon as one does; `then` where it was not refused."""
        name = on if on and self.team.up(on, now) else self.running(now)
        if name is None:
            again = min(self.team.next_up(one, now) for one in MACHINES) + MINUTE
            self.at(again, lambda later: self.state(person, intent, later, then, opening=opening))
            return
        machine = self.machines[name]
        case = machine.whole.cases.get(getattr(intent, "case", None) or case_of(getattr(intent, "member", person)))
        inside = case is None or person == case.member or person in case.taken
        known = machine.whole if inside and not isinstance(intent, i.BeginCase) else machine.desk
        act = self._act(person, intent, now, name, opening)
        try:
            decision = self.rules.decide(intent, known, act)
        except CareRefused:
            self.ledger.happened["refused"] += 1
            return
        self.ledger.happened["stated"] += 1
        self._write(name, decision, act, now)
        if then is not None:
            then(now)

    def _act(self, person: PersonId, intent: i.CareIntent, now: int, name: str, opening: Opening | None) -> CareAct:
        self._count += 1
        team = self.team
        carers = tuple(one for one in team.carers if team.people[one].leaves > now)
        barred: tuple[str, ...] = ()
        if isinstance(intent, i.TakeCase) and self.rules.heeds_exclusions:
            barred = self._against(person, intent.case, now, name)
        return CareAct(
            by=person,
            now=team.moment(now),
            key=derive(self._seed, str(self._count)),
            replica=name,
            zone=team.zone,
            profile=team.law,
            candidates=Candidates(carers=carers, professionals=team.professionals),
            opening=opening,
            barred=tuple(words for words in barred if words != ASKS_CONSENT),
            asks_consent=ASKS_CONSENT in barred,
        )

    def _write(self, name: str, decision: CareDecision, act: CareAct, now: int) -> None:
        machine = self.machines[name]
        keys = [
            Letter(
                id=derive(act.key, "key", new.case),
                case=new.case,
                member=new.member,
                by=act.by,
                at=act.now,
                fact=CaseKeyGiven(key=b"", number=new.number),
                to=new.to,
            )
            for new in decision.new_case_keys
        ]
        for letter in decision.letters:
            if isinstance(letter.fact, SupporterTaken):
                self._judge(letter, now, machine)
        machine.write([*keys, *decision.letters])
        for letter in decision.letters:
            fact = letter.fact
            if isinstance(fact, LadderSet):
                for ringer in sorted({self.keeper[name].machine or fact.owner, fact.owner}):
                    self._schedule(ringer, letter.case, [step.at.ms for step in fact.steps])
            elif isinstance(fact, CaseOpened) and fact.origin == "load":
                self.load_opened(letter.member, now)
            elif isinstance(fact, NotSafeSaid):
                self._raised(fact.flag, letter.member, name, now)
        if decision.destroys:
            self._erase(decision, act)

    def load_opened(self, member: PersonId, now: int) -> None:
        """What a supporter carries opened a follow-up for them. What people do is not known here."""

    def _erase(self, decision: CareDecision, act: CareAct) -> None:
        for machine in {id(one): one for one in self.machines.values()}.values():
            machine.destroy(decision.destroys, case_of(act.by))

    # the clock

    def _schedule(self, name: str, case: Id, times: Sequence[int]) -> None:
        for when in sorted(set(times)):
            self.at(when, lambda now: self._tick(name, case, now))

    def _tick(self, name: str, case: Id, now: int) -> None:
        if self.team.up(name, now):
            self._ring(name, case, now)

    def _ring(self, name: str, case: Id, now: int) -> None:
        """As the clock does: tells, then records; a step in vain brings the next one at once."""
        machine, at = self.machines[name], self.team.moment(now)
        for _ in range(MOST_STEPS):
            held = machine.desk.cases.get(case)
            steps = self.rules.due_now(held.ladders.values(), at, name, self.keeper[name]) if held is not None else []
            if not steps:
                return
            self._take(name, steps[0], now)

    def _take(self, name: str, due: DueStep, now: int) -> None:
        person = self.team.people[due.step.to]
        told = person.reached(now)
        letter = self.rules.rung(due, self.team.moment(now), CLOCK, told=told)
        self.machines[name].write([letter])
        assert isinstance(letter.fact, LadderRung)
        self.ledger.recorded(due.about, due.step.number, letter.id)
        if due.what == "contact":
            self.ledger.heard_of(due.member, due.step.channel, now)
        if told and person.answers(now):
            self.answered(due, now, name)

    def answered(self, due: DueStep, now: int, name: str) -> None:
        """Somebody was told and is awake. What people do is not known here."""

    # flags

    def _raised(self, flag: Id, member: PersonId, name: str, now: int) -> None:
        self.flags[flag] = (member, now, None)
        case = self.machines[name].whole.cases[case_of(member)]
        wait = 15 * MINUTE
        stops = [begins for begins, _ in self.team.down[name] if now <= begins < now + wait + MINUTE]
        if not stops and now + wait < self.team.ends:
            sought = {*case.supporters, *self.team.carers, *self.team.professionals} - {member, *case.vetoes}
            here = [one for one in sought if self.team.people[one].leaves > now + wait]
            reachable = any(
                all(self.team.people[one].answers(now + minute * MINUTE) for minute in range(16)) for one in here
            )
            self.at(now + wait, lambda _: self._look(flag, reachable))

    def _look(self, flag: Id, reachable: bool) -> None:
        member, raised, owned = self.flags[flag]
        self.ledger.red(member, raised, owned, reachable)

    # supporters

    def _lived(self, person: PersonId) -> tuple[Lived, ...]:
        return tuple(
            Lived(mission=mission, day=self.team.moment(when).day, kinds=(kind,))
            for mission, when, kind in self.team.people[person].lived
        )

    def _sought(self, case: Case) -> Sought:
        member = case.member
        lived = self._lived(member)
        return Sought(
            member=member,
            case=case.id,
            missions=frozenset(one.mission for one in lived),
            command=frozenset({self.team.commander}),
            led=frozenset(leader for leader, one in self.team.led if one == member),
            agreed=frozenset(case.wishes),
            close=frozenset(one for pair in self.team.kin if member in pair for one in pair),
            vetoes=case.vetoes | case.let_go,
        )

    def _supporter(self, person: PersonId, name: str, now: int) -> Supporter:
        someone = self.team.people[person]
        theirs = self.machines[name].desk.supported_by(person)
        lived = self._lived(person)
        return Supporter(
            person=person,
            languages=someone.languages,
            trained=someone.trained,
            here=someone.leaves > now,
            missions=frozenset(one.mission for one in lived),
            lived=lived,
            open_cases=len(theirs),
            looks_after=frozenset(case.member for case in theirs),
        )

    def _against(self, person: PersonId, case: Id, now: int, name: str) -> tuple[str, ...]:
        held = self.machines[name].desk.cases.get(case)
        if held is None:
            return ()
        today = self.team.moment(now).day
        return why_not(self._supporter(person, name, now), self._sought(held), self.law, today)

    def proposed(self, case: Case, name: str, now: int) -> PersonId | None:
        """Whom the desk of care would ask first; without heed of exclusions one who is left out."""
        people = [self._supporter(one, name, now) for one in self.team.carers if self.team.people[one].leaves > now]
        answer = propose(self._sought(case), people, self.law, self.team.moment(now).day)
        chosen = answer.fitting if self.rules.heeds_exclusions else answer.excluded or answer.fitting
        return chosen[0].person if chosen else None

    def _judge(self, letter: Letter, now: int, machine: Machine) -> None:
        """Whoever took a case is held against everything that rules somebody out, worked out here anew."""
        self.ledger.happened["cases taken"] += 1
        supporter, member = letter.by, letter.member
        case = machine.whole.cases[letter.case]
        mine = machine.whole.of(supporter)
        lived, theirs = self.team.people[supporter].lived, self.team.people[member].lived
        heavy = any(0 <= now - when < 27 * DAY for _, when, _ in lived)
        same = {mission for mission, _, _ in lived} & {mission for mission, _, _ in theirs}
        barred = (
            supporter == member
            or supporter == self.team.commander
            or frozenset((supporter, member)) in self.team.kin
            or supporter in case.vetoes
            or (self.law.same_mission_excluded and bool(same))
            or ((supporter, member) in self.team.led and supporter not in case.wishes)
            or (mine is not None and mine.is_open and member in mine.taken)
            or sum(supporter in one.taken for one in machine.whole.cases.values() if one.is_open) >= 3
            or heavy
        )
        if barred:
            self.ledger.fault("excluded supporter", f"{supporter} took {member}")


def opened_by(team: Team, now: int, kind: str) -> Opening:
    """The follow-up that the record opens after a mission that ends now."""
    return Opening(reasons=(kind,), contacts=contact_days(team.moment(now), team.zone))
