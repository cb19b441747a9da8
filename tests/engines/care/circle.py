"""A circle of people with keys, without any sealing: each opens what their keys would, and acts on that alone."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

import msgspec

from wayhome.engines.care.case import Case, Cases, case_of
from wayhome.engines.care.deciding import Candidates, CareAct, CareDecision, Opening, decide
from wayhome.engines.care.folding import fold
from wayhome.engines.care.ladder import NOBODY_ELSE, DueStep, Keeper, due_now, rung
from wayhome.engines.care.letters import READERS, CaseKeyGiven, Letter
from wayhome.engines.care.stated import CareIntent
from wayhome.values.ids import Id, PersonId, derive
from wayhome.values.when import Moment, moment

IRUKA, KAKASHI, TSUNADE, SHIZUNE, ASUMA, KURENAI, SAKURA, SHIKAMARU = (
    PersonId(name) for name in ("iruka", "kakashi", "tsunade", "shizune", "asuma", "kurenai", "sakura", "shikamaru")
)
CLOCK = PersonId("clock")
ZONE = "Europe/Andorra"
BEGINS = moment(datetime(2026, 3, 1, 14, 30, tzinfo=UTC)).at(ZONE)
OPEN_LAW = "eu"
"""A jurisdiction in which words may be kept; without a name the strictest holds."""


class Circle:
    """Letters as they were written, with the key of the case that each lies under."""

    def __init__(self, *, carers: tuple[PersonId, ...] = (ASUMA, KURENAI), law: str = OPEN_LAW) -> None:
        self.carers = carers
        self.professionals: tuple[PersonId, ...] = (SHIZUNE,)
        self.medics = frozenset({SAKURA})
        self.law = law
        self.now = BEGINS
        self.written: dict[Id, tuple[Letter, int]] = {}
        self.decided: CareDecision = CareDecision()
        self._keys = count()

    def pass_time(self, *, minutes: float = 0, hours: float = 0, days: float = 0) -> Moment:
        self.now = self.now.plus(minutes=minutes, hours=hours, days=days)
        return self.now

    def letters_of(self, person: PersonId) -> list[Letter]:
        """Every letter that somebody's keys open."""
        keys = {
            (letter.case, letter.fact.number)
            for letter, _ in self.written.values()
            if isinstance(letter.fact, CaseKeyGiven) and person in (letter.by, *letter.to)
        }
        desk = person in self.carers or person == CLOCK
        return [
            letter
            for letter, key in self.written.values()
            if person in (letter.by, *letter.to)
            or (desk and "desk" in READERS[type(letter.fact)])
            or ("case" in READERS[type(letter.fact)] and (letter.case, key) in keys)
        ]

    def known(self, person: PersonId) -> Cases:
        return fold(self.letters_of(person))

    def case(self, member: PersonId = IRUKA, *, seen_by: PersonId | None = None) -> Case:
        return self.known(seen_by or member).cases[case_of(member)]

    def do(
        self,
        person: PersonId,
        intent: CareIntent,
        *,
        opening: Opening | None = None,
        barred: tuple[str, ...] = (),
        asks_consent: bool = False,
        replica: str = "desk",
        known: Cases | None = None,
    ) -> CareDecision:
        """States something and writes what came of it. Raises CareRefused."""
        act = CareAct(
            by=person,
            now=self.now,
            key=derive("test", str(next(self._keys))),
            replica=replica,
            zone=ZONE,
            profile=self.law,
            candidates=Candidates(carers=self.carers, professionals=self.professionals, medics=self.medics),
            opening=opening,
            desk=bool(self.carers),
            barred=barred,
            asks_consent=asks_consent,
        )
        decision = decide(intent, known or self.known(person), act)
        self.write(decision, act)
        self.decided = decision
        return decision

    def write(self, decision: CareDecision, act: CareAct) -> None:
        for new in decision.new_case_keys:
            given = CaseKeyGiven(key=act.key.encode(), number=new.number)
            id = derive(act.key, "key", new.case)
            letter = Letter(id=id, case=new.case, member=new.member, by=act.by, at=act.now, fact=given, to=new.to)
            self.written.setdefault(id, (letter, 0))
        for one in decision.letters:
            self.written.setdefault(one.id, (one, self._sealed_under(one)))
        for id in decision.destroys:
            self.written.pop(id, None)

    def _sealed_under(self, letter: Letter) -> int:
        """The newest key of the case that its writer holds; whoever writes to the case must hold one."""
        held = [
            given.fact.number
            for given, _ in self.written.values()
            if isinstance(given.fact, CaseKeyGiven) and given.case == letter.case and letter.by in (given.by, *given.to)
        ]
        if "case" in READERS[type(letter.fact)]:
            assert held, f"{letter.by} writes {type(letter.fact).__name__} without a key of the case"
        return max(held, default=0)

    def due(self, *, replica: str = "desk", keeper: Keeper = NOBODY_ELSE) -> list[DueStep]:
        return due_now(self.known(CLOCK).ladders(), self.now, replica, keeper)

    def ring(
        self, *, unreachable: frozenset[PersonId] = frozenset(), replica: str = "desk"
    ) -> list[tuple[str, PersonId]]:
        """Takes every step that is due, as the clock does: what each was about, and whom it told."""
        told = []
        while steps := self.due(replica=replica):
            for step in steps[:1]:
                reached = step.step.to not in unreachable
                letter = rung(step, self.now, CLOCK, told=reached)
                self.written.setdefault(letter.id, (letter, 0))
                if reached:
                    told.append((step.what, step.step.to))
        return told


def signed(letters: list[Letter]) -> bytes:
    """Letters as bytes, to be compared."""
    return msgspec.msgpack.encode(sorted(letters, key=lambda one: one.id))
