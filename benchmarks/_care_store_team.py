"""A team of the simulation whose care lies in a real data folder, kept by a process that is killed again and again.

The people are those of `_care_people`; what they state goes over a pipe to that process, and so does the clock. What it
answered must be on the disk, whenever it is killed; what was under way is asked again under the same key.
"""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import msgspec

from benchmarks._care_life import Rules, Then
from benchmarks._care_people import People
from benchmarks._care_store_child import PASSPHRASE, Answer, Wanted, password_of
from benchmarks._care_team import BEGINS_MS, DAY, MACHINES, Team, team_of
from wayhome.assembly.local import Founding, found
from wayhome.engines.care import stated as i
from wayhome.engines.care.deciding import Opening
from wayhome.engines.care.ladder import DueStep
from wayhome.engines.care.letters import CaseOpened, LadderRung, LadderSet, Letter, NotSafeSaid, SupporterTaken
from wayhome.log.keys import Cost
from wayhome.mission.facts.people import Scales
from wayhome.mission.intents.people import EnrolMember, SetChannels
from wayhome.values.ids import Id, PersonId, derive
from wayhome.values.when import Moment

CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
"""What is killed is the process, not the passphrase."""
DUTIES = (("carer",), ("carer",), ("carer", "medic"), (), (), ())
KILLED = 0.05
"""How often a question is answered by kill -9."""
TICK_MS = 10_001
"""The house looks through its ladders no more often than every ten seconds."""


class Killed(Exception):
    """The process was killed while it was asked."""


class Process:
    """The child, started again after every kill."""

    def __init__(self, folder: Path, *, forgets: bool = False) -> None:
        self._command = [sys.executable, "-m", "benchmarks._care_store_child", str(folder)]
        self._command += ["forgets"] if forgets else []
        self._running: subprocess.Popen[bytes] | None = None
        self.kills = 0

    def ask(self, wanted: Wanted, kill_after_s: float | None = None) -> Answer:
        """The answer. Raises Killed where the process was killed before it came."""
        running = self._start()
        assert running.stdin is not None
        assert running.stdout is not None
        if kill_after_s is not None:
            threading.Timer(kill_after_s, running.kill).start()
        try:
            running.stdin.write(msgspec.json.encode(wanted) + b"\n")
            running.stdin.flush()
            line = running.stdout.readline()
        except BrokenPipeError:
            line = b""
        if kill_after_s is not None:
            running.wait()
            self._running = None
            self.kills += 1
        if not line.endswith(b"\n"):
            if kill_after_s is None:
                raise SystemExit("the process of the house ended by itself")
            raise Killed
        return msgspec.json.decode(line, type=Answer)

    def _start(self) -> subprocess.Popen[bytes]:
        if self._running is None:
            self._running = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self._running

    def stop(self) -> None:
        if self._running is not None:
            self._running.kill()
            self._running.wait()
            self._running = None


def founded(folder: Path, zone: str) -> list[PersonId]:
    """A data folder with a commander and six members, each with a key of their own and a phone; three are carers."""
    clock = Moment(BEGINS_MS - DAY)
    founding = Founding(
        name="T", zone=zone, profile="leaf", scales=Scales(), founder="Tsunade", password=password_of("Tsunade")
    )
    house = found(folder, founding, passphrase=PASSPHRASE, cost=CHEAP, clock=lambda: clock)
    chief = next(iter(house.acting.standing.world.organisation.members))
    people = []
    for number, duties in enumerate(DUTIES):
        made = house.as_member(chief).do(EnrolMember(name=f"N{number}", ref=str(100 + number), duties=duties)).made
        people.append(PersonId(made))
    for person in (chief, *people):
        house.rings.open(person, password_of(person), str(person))
        house.rings.lend(person)
        house.as_member(person).do(SetChannels(member=person, urls=(f"ntfy://{person}",)))
    for carer in people[1:3]:
        house.as_member(people[0]).care_do(i.AdmitCarer(carer=carer))
    house.close()
    return people


def _team(seed: int, years: float, people: list[PersonId]) -> Team:
    """The seed's team, with these people, and with nothing that is not in the folder: no kin, no leavers, no law."""
    drawn = team_of(seed, years)
    spare = list(drawn.people.values())
    never_ms = BEGINS_MS + 100 * 365 * DAY
    mine = {
        person: replace(spare[number], id=person, leaves=never_ms, trained=True, languages=frozenset())
        for number, person in enumerate(people)
    }
    return replace(
        drawn,
        people=mine,
        carers=tuple(people[:3]),
        professionals=(people[2],),
        commander=PersonId("Tsunade"),
        kin=frozenset(),
        led=frozenset(),
        law="eu",
        down={name: [] for name in MACHINES},
        apart=[],
    )


class StoreLife(People):
    """One team whose record is a folder, and whose machine is killed."""

    def __init__(self, folder: Path, seed: int, years: float, *, forgets: bool = False) -> None:
        people = founded(folder, team_of(seed, years).zone)
        super().__init__(_team(seed, years, people), seed, Rules())
        self.process = Process(folder, forgets=forgets)
        self._killing = random.Random(f"kills {seed}")
        self._questions = 0
        self._last_tick = 0
        self._took_s = 0.02

    def mission(self, now: int) -> None:
        """What opens a follow-up here is asking, and being offered: the record holds no missions."""
        super().mission(now)
        for person in self.team.people.values():
            person.lived.clear()

    # asking

    def ask(self, wanted: Wanted) -> Answer:
        """Asks until it is answered: killed on the way, the same is asked again."""
        while True:
            kill = self._killing.random() < KILLED
            begun = time.perf_counter()
            try:
                answer = self.process.ask(wanted, self._killing.random() * 2 * self._took_s if kill else None)
            except Killed:
                self.ledger.happened["killed before the answer"] += 1
                continue
            if not kill:
                self._took_s = 0.9 * self._took_s + 0.1 * min(0.2, time.perf_counter() - begun)
            return answer

    def _silent(self, now: int) -> tuple[str, ...]:
        return tuple(person.id for person in self.team.people.values() if not person.reached(now))

    def state(
        self,
        person: PersonId,
        intent: i.CareIntent,
        now: int,
        then: Then | None = None,
        *,
        opening: Opening | None = None,  # noqa: ARG002 - the house asks its own record
        on: str = "",  # noqa: ARG002 - there is one machine
    ) -> None:
        """States something in the house; the same key until it is answered."""
        if isinstance(intent, i.BeginCase):
            intent = i.BeginCase(member=intent.member)
        self._questions += 1
        key = derive(self._seed, "asked", str(self._questions))
        words = i.encode(intent).decode()
        answer = self.ask(Wanted(now=now, person=person, intent=words, key=key, silent=self._silent(now)))
        if answer.refused:
            self.ledger.happened["refused"] += 1
            return
        self.ledger.happened["stated"] += 1
        if isinstance(intent, i.EraseCase):
            self._erased(person)
        self._take_letters(answer, now)
        if then is not None:
            then(now)

    def _erased(self, member: PersonId) -> None:
        case = self.case(member)
        if case is not None:
            self.machines["desk"].destroy(tuple(self.machines["desk"].letters[case.id]), case.id)

    def _take_letters(self, answer: Answer, now: int) -> list[Letter]:
        """What is new of what was answered, with what follows from it."""
        machine = self.machines["desk"]
        new = [one for one in answer.letters if one.id not in machine.letters.get(one.case, {})]
        for letter in new:
            if isinstance(letter.fact, SupporterTaken):
                self._judge(letter, now, machine)
        machine.write(sorted(new, key=lambda one: one.at.ms))
        for letter in new:
            fact = letter.fact
            if isinstance(fact, LadderSet):
                self._schedule("desk", letter.case, [step.at.ms for step in fact.steps])
            elif isinstance(fact, NotSafeSaid):
                self._raised(fact.flag, letter.member, "desk", now)
            elif isinstance(fact, CaseOpened) and fact.origin == "load":
                self.load_opened(letter.member, now)
            elif isinstance(fact, LadderRung):
                self._rung(letter, fact, now)
        return new

    # the clock

    def _ring(self, name: str, case: Id, now: int) -> None:
        """The house's own clock ticks, at most every ten seconds."""
        if now - self._last_tick < TICK_MS:
            self.at(self._last_tick + TICK_MS, lambda later: self._tick(name, case, later))
            return
        self._last_tick = now
        self._take_letters(self.ask(Wanted(now=now, silent=self._silent(now))), now)

    def _tick(self, name: str, case: Id, now: int) -> None:
        """Nothing is asked where every step of a case was taken already."""
        held = self.machines["desk"].desk.cases.get(case)
        waits = held is not None and any(
            step.at.ms <= now and step.number not in ladder.rung and ladder.off is None
            for ladder in held.ladders.values()
            for step in ladder.steps
        )
        if waits:
            self._ring(name, case, now)

    def _rung(self, letter: Letter, fact: LadderRung, now: int) -> None:
        ladder = self.machines["desk"].whole.cases[letter.case].ladders[fact.about]
        self.ledger.recorded(fact.about, fact.number, letter.id)
        step = next((one for one in ladder.steps if one.number == fact.number), None)
        if step is None:
            return
        due = DueStep(fact.about, letter.case, letter.member, ladder.what, step)
        if ladder.what == "contact":
            self.ledger.heard_of(letter.member, step.channel, now)
        if fact.told and self.team.people[fact.to].answers(now):
            self.answered(due, now, "desk")

    # the end

    def on_disk(self) -> int:
        """How many letters that were answered for are not on the disk any more; each is a fault."""
        answer = self.ask(Wanted(now=self.team.ends, everything=True))
        there = {letter.id for letter in answer.letters}
        kept = {id for held in self.machines["desk"].letters.values() for id in held}
        lost = kept - there
        for id in sorted(lost)[:5]:
            self.ledger.fault("lost", f"letter {id}")
        self.ledger.wrong["lost"] = len(lost)
        return len(lost)
