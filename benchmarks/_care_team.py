"""One team of the simulation: its people, their phones, its machines, as a seed has them. No rule of care is here."""

from __future__ import annotations

import bisect
import random
from dataclasses import dataclass, field

from wayhome.engines.care.case import Case, Cases
from wayhome.engines.care.folding import fold, take_in
from wayhome.engines.care.letters import READERS, Letter
from wayhome.values.ids import Id, PersonId
from wayhome.values.when import Moment

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
BEGINS_MS = 1_767_225_600_000
"""The first of January 2026."""
ZONES = ("Europe/Andorra", "America/Denver", "Australia/Lord_Howe", "Pacific/Auckland", "UTC", "Asia/Kathmandu")
LAWS = ("eu", "us-co", "us-wa", "us-mt", "")
MACHINES = ("desk", "van")
Spans = list[tuple[int, int]]


def within(spans: Spans, at: int) -> bool:
    """Whether a moment lies in one of the spans, which are in order."""
    before = bisect.bisect_right(spans, (at, 1 << 62)) - 1
    return before >= 0 and spans[before][0] <= at < spans[before][1]


@dataclass
class Person:
    """Somebody of a team. `phone_lost`: nothing reaches them. `asleep`: it does, and they do not answer."""

    id: PersonId
    phone_lost: Spans
    asleep_from: int
    leaves: int
    languages: frozenset[str]
    trained: bool
    lived: list[tuple[str, int, str]] = field(default_factory=list)
    """Missions they were on, when, and what they met."""

    def reached(self, at: int) -> bool:
        return not within(self.phone_lost, at)

    def answers(self, at: int) -> bool:
        return self.reached(at) and (at // HOUR - self.asleep_from) % 24 >= 7


class Machine:
    """One machine with its copy of the letters. While two are connected they share one copy."""

    def __init__(self) -> None:
        self.letters: dict[Id, dict[Id, Letter]] = {}
        self.whole = Cases()
        self.desk = Cases()

    def write(self, letters: list[Letter]) -> None:
        """Takes letters in; what is there already is not written again."""
        for letter in letters:
            held = self.letters.setdefault(letter.case, {})
            if letter.id not in held:
                held[letter.id] = letter
                take_in(self.whole, letter)
                if "desk" in READERS[type(letter.fact)]:
                    take_in(self.desk, letter)

    def destroy(self, ids: tuple[Id, ...], case: Id) -> None:
        gone = set(ids)
        held = self.letters.get(case, {})
        self.letters[case] = {id: letter for id, letter in held.items() if id not in gone}
        self.whole.seen -= gone
        self.desk.seen -= gone
        self.read_anew(case)

    def read_anew(self, case: Id) -> None:
        """Folds one case from its letters, as after a start or a merge."""
        letters = list(self.letters.get(case, {}).values())
        _replace(self.whole, case, fold(letters).cases.get(case))
        desk = [letter for letter in letters if "desk" in READERS[type(letter.fact)]]
        _replace(self.desk, case, fold(desk).cases.get(case))

    def apart(self, cases: set[Id]) -> Machine:
        """A copy of these cases, for a machine that is on its own from now on."""
        other = Machine()
        other.letters = {case: dict(held) for case, held in self.letters.items()}
        other.whole.cases, other.desk.cases = dict(self.whole.cases), dict(self.desk.cases)
        for case in cases:
            other.read_anew(case)
        return other

    def merge(self, other: Machine) -> None:
        """Both have what either wrote, in whatever order it comes."""
        for case, letters in other.letters.items():
            mine = self.letters.setdefault(case, {})
            if len(letters) != len(mine) or letters.keys() != mine.keys():
                self.letters[case] = {**letters, **mine}
                self.read_anew(case)


def _replace(known: Cases, case: Id, found: Case | None) -> None:
    if found is None:
        known.cases.pop(case, None)
    else:
        known.cases[case] = found


@dataclass
class Team:
    """People, who looks after others, where they live, what law holds, and when its machines are down or apart."""

    people: dict[PersonId, Person]
    carers: tuple[PersonId, ...]
    professionals: tuple[PersonId, ...]
    commander: PersonId
    kin: frozenset[frozenset[PersonId]]
    led: frozenset[tuple[PersonId, PersonId]]
    """(leader, formerly led)."""
    zone: str
    law: str
    down: dict[str, Spans]
    apart: Spans
    ends: int

    def moment(self, at: int) -> Moment:
        return Moment(at, self.zone)

    def up(self, machine: str, at: int) -> bool:
        return not within(self.down[machine], at)

    def next_up(self, machine: str, at: int) -> int:
        """When a machine runs again; now where it does."""
        for begins, ends in self.down[machine]:
            if begins <= at < ends:
                return ends
        return at


def _spans(chance: random.Random, ends: int, a_year: float, longest: int) -> Spans:
    spans: Spans = []
    at = BEGINS_MS
    while True:
        at += int(chance.expovariate(a_year) * 365 * DAY)
        if at >= ends:
            return spans
        lasts = int(chance.random() ** 2 * longest) + MINUTE
        spans.append((at, at + lasts))
        at += lasts + HOUR


def _people(chance: random.Random, ends: int, size: int) -> dict[PersonId, Person]:
    people = {}
    for number in range(size):
        id = PersonId(f"p{number:02d}")
        leaves = BEGINS_MS + int(chance.random() * 8 * 365 * DAY)
        spoken = frozenset(chance.sample(("ca", "es", "en"), chance.randint(1, 2)))
        lost = _spans(chance, ends, 0.7, 7 * DAY)
        people[id] = Person(id, lost, chance.randrange(24), leaves, spoken, trained=number < size // 2)
    return people


def team_of(seed: int, years: float) -> Team:
    """The team that a seed gives."""
    chance = random.Random(seed)
    ends = BEGINS_MS + int(years * 365 * DAY)
    people = _people(chance, ends, chance.randint(8, 16))
    ids = list(people)
    pairs = [frozenset(chance.sample(ids, 2)) for _ in range(2)]
    led = frozenset((chance.choice(ids), chance.choice(ids)) for _ in range(4))
    return Team(
        people=people,
        carers=tuple(ids[: chance.randint(2, 5)]),
        professionals=(ids[len(ids) // 2], ids[len(ids) // 2 + 1]),
        commander=ids[-1],
        kin=frozenset(pairs),
        led=frozenset((leader, one) for leader, one in led if leader != one),
        zone=chance.choice(ZONES),
        law=chance.choice(LAWS),
        down={name: _spans(chance, ends, 3.0, 3 * DAY) for name in MACHINES},
        apart=_spans(chance, ends, 1.0, 10 * DAY),
        ends=ends,
    )
