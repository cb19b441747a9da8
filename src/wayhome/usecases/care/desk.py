"""Care, as somebody whose keys are in memory: what they state becomes letters, and what their keys open is read.

Letters are written before anything leaves care, and what leaves is stated under keys of its own: whoever states the
same again, after a process that died between, loses nothing and writes nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from wayhome.access.seen import Seen
from wayhome.engines.care.case import Case, Cases
from wayhome.engines.care.dates import OwnDate
from wayhome.engines.care.deciding import Candidates, CareAct, CareDecision, CareRefused, Opening, decide
from wayhome.engines.care.errors import CareError
from wayhome.engines.care.exposure import Contact, contact_days
from wayhome.engines.care.folding import fold
from wayhome.engines.care.letters import CaseRead, Letter, NotSafeSaid
from wayhome.engines.care.openings import for_told
from wayhome.engines.care.stated import BeginCase, CareIntent, TakeCase
from wayhome.engines.care.supporters import ASKS_CONSENT, why_not
from wayhome.mission.rules import Refused
from wayhome.mission.views import shapes as v
from wayhome.usecases.acting import Acting, Done
from wayhome.usecases.care.carrying import Carrier
from wayhome.usecases.care.clock import tell_at_once
from wayhome.usecases.care.kept import outlived
from wayhome.usecases.care.keys import given_again, joined
from wayhome.usecases.care.means import Means, admitted, medics, professionals
from wayhome.usecases.care.people import People
from wayhome.usecases.care.ports import Ring, Sealless
from wayhome.usecases.care.reading import CARE_READS, CareReading, Opened, asked_of, looked_after
from wayhome.usecases.ports import Log
from wayhome.usecases.rows import NothingThere, Rows
from wayhome.values.ids import Id, PersonId, derive
from wayhome.values.when import Moment

READ_AGAIN_MINUTES = 10
"""That somebody opened a case is written down no more often."""
SHOWS_A_CASE = frozenset({"care_case", "care_cases"})
"""Reads by which a supporter opens a case; the member reads who did, and when."""


class CareDesk:
    """What one ring may do and read, now."""

    def __init__(
        self,
        log: Log,
        acting: Acting,
        ring: Ring,
        means: Means,
        clock: Callable[[], Moment],
        new_key: Callable[[], str],
    ) -> None:
        self._log = log
        self._acting = acting
        self._ring = ring
        self._means = means
        self._clock = clock
        self._new_key = new_key

    def do(self, intent: CareIntent, *, key: str | None = None) -> Done:
        """States something in care. The same key again changes nothing. Raises Refused or LogError."""
        act_key = derive(key or self._new_key(), "care")
        with self._means.lock:
            try:
                return self._do(intent, act_key)
            except CareRefused as refusal:
                raise Refused(refusal.code, refusal.text) from None
            except CareError as error:
                raise Refused("cannot be so", str(error)) from None
            except Sealless as error:
                raise Refused("cannot be sealed", str(error)) from None

    def read(self, name: str, **arguments: Any) -> Seen[Any]:
        """One read of `CARE_READS`. Raises Refused, NothingThere or LogError."""
        with self._means.lock:
            letters = tuple(self._letters())
            reading = self._reading(letters)
            seen = CARE_READS[name](reading, **arguments)
            if name in SHOWS_A_CASE:
                self._note_reading(fold(letters), seen.value if isinstance(seen.value, tuple) else (seen.value,))
        return seen

    # Stating

    def _do(self, intent: CareIntent, key: str) -> Done:
        carrier = Carrier(self._acting, self._means, self._ring)
        letters = self._letters()
        written = _first_under(key, letters, self._ring.person)
        known = fold(letters if written is None else _before(written, key, letters))
        act = self._act(intent, known, key, written.at if written else self._now())
        decision = decide(intent, known, act)
        if written is None:
            carrier.check(decision, act)
        tells = carrier.write(decision, act) if written is None else ()
        carrier.leave(decision, act)
        self._tell_at_once(decision)
        return Done(decision.made, (*decision.tells, *tells), already=written is not None)

    def _letters(self) -> list[Letter]:
        """What the ring opens, but for what has been kept for long enough: that is destroyed on the way.

        Whoever lacks the key of a case that they should have is given it.
        """
        letters = self._means.box.read(self._ring)
        if joined(fold(letters), self._ring):
            letters = self._means.box.read(self._ring)
        over = outlived(letters, fold(letters), self._means.law(), self._now().day)
        if over:
            self._means.box.destroy(self._ring, over)
            letters = self._means.box.read(self._ring)
        again = list(given_again(letters, fold(letters), self._ring, self._means.directory, self._now()))
        if again:
            self._means.box.write(self._ring, again)
            letters = self._means.box.read(self._ring)
        return letters

    def _now(self) -> Moment:
        return self._clock().at(self._acting.standing.world.organisation.zone)

    def _act(self, intent: CareIntent, known: Cases, key: str, now: Moment) -> CareAct:
        world = self._acting.standing.world
        me = world.organisation.members.get(self._ring.person)
        barred, consent = self._against_me(intent, known) if isinstance(intent, TakeCase) else ((), False)
        return CareAct(
            by=self._ring.person,
            now=now,
            key=key,
            duties=frozenset(me.duties) if me is not None else frozenset(),
            replica=self._log.replica,
            zone=world.organisation.zone,
            profile=self._means.law().name,
            numbers=self._means.law().numbers,
            candidates=Candidates(carers=admitted(world), professionals=professionals(world), medics=medics(world)),
            desk=bool(world.organisation.desk_keys),
            opening=self._opening(intent, known, now) if isinstance(intent, BeginCase) else None,
            barred=barred,
            asks_consent=consent,
            own_dates=self._own_dates(),
        )

    def _own_dates(self) -> tuple[OwnDate, ...]:
        """The days that weigh on whoever acts, as they shared them: for their own case alone."""
        person = self._acting.standing.world.people.get(self._ring.person)
        shared = sorted(person.weighing.items()) if person is not None else ()
        return tuple(OwnDate(month=int(day[:2]), day=int(day[3:]), words=words) for day, words in shared)

    def _against_me(self, intent: TakeCase, known: Cases) -> tuple[tuple[str, ...], bool]:
        """Every rule by which whoever acts is not to look after a member, with what they may see of themselves."""
        case = known.cases.get(intent.case)
        if case is None:
            return (), False
        people = People(self._rows(), self._now())
        me = next((one for one in people.supporters(looked_after(known)) if one.person == self._ring.person), None)
        if me is None:
            return ("is not on the roster any more",), False
        against = why_not(me, people.sought(asked_of(case, known)), self._means.law(), self._now().day)
        return tuple(words for words in against if words != ASKS_CONSENT), ASKS_CONSENT in against

    def _opening(self, intent: BeginCase, known: Cases, now: Moment) -> Opening:
        """What the record says of a follow-up, to whoever takes it up; else why somebody is asked how they are."""
        if intent.follow_up is None:
            told = any(worry.about == intent.member for worry in known.worries.values())
            asked = for_told(now, now.zone)
            return Opening(origin="told" if told else "offered", reasons=asked.reasons, contacts=asked.contacts)
        found = [one for one in self._rows().fetch("follow_up", v.FollowUpView) if one.follow_up == intent.follow_up]
        if not found or found[0].member != intent.member:
            raise NothingThere("follow-up")
        return Opening(origin="exposure", reasons=found[0].reasons, contacts=_contacts(found[0], now.zone))

    def _tell_at_once(self, decision: CareDecision) -> None:
        """Whoever is not safe does not wait for the clock: who is sought first is told by this very session."""
        if any(isinstance(letter.fact, NotSafeSaid) for letter in decision.letters):
            tell_at_once(self._means, self._ring, self._now())

    # Reading

    def _rows(self) -> Rows:
        return Rows(self._log, self._acting.standing, self._ring.person)

    def _reading(self, letters: tuple[Letter, ...]) -> CareReading:
        opened = Opened(letters, fold(letters), self._means.law(), carer=self._ring.desk is not None)
        return CareReading(self._log, self._acting.standing, self._ring.person, self._now(), opened=opened)

    def _note_reading(self, known: Cases, views: tuple[Any, ...]) -> None:
        """The member reads who opened their case; once in ten minutes is enough."""
        for view in views:
            case = known.cases.get(view.case)
            if case is not None and case.member != self._ring.person and not self._read_of_late(case):
                self._write_read(case)

    def _read_of_late(self, case: Case) -> bool:
        last = max((at.ms for person, at in case.read_by if person == self._ring.person), default=None)
        return last is not None and self._now().ms - last < READ_AGAIN_MINUTES * 60_000

    def _write_read(self, case: Case) -> None:
        now = self._now()
        letter = Letter(
            id=derive(case.id, "read", self._ring.person, str(now.ms // (READ_AGAIN_MINUTES * 60_000))),
            case=case.id,
            member=case.member,
            by=self._ring.person,
            at=now,
            fact=CaseRead(),
        )
        if self._ring.cases.get(case.id):
            self._means.box.write(self._ring, [letter])


MOST_LETTERS = 64
"""Of one statement."""


def _id_under(key: str, number: int) -> Id:
    """As `engines.care.drafting` names the letters of one statement."""
    return derive(key, "care letter", str(number))


def _first_under(key: str, letters: Sequence[Letter], by: PersonId) -> Letter | None:
    """The first of the letters that were written under a key: then the act is known, and only what leaves is stated."""
    return next((letter for letter in letters if letter.id == _id_under(key, 0) and letter.by == by), None)


def _before(written: Letter, key: str, letters: Sequence[Letter]) -> list[Letter]:
    """What was known when an act was decided for the first time."""
    own = {_id_under(key, number) for number in range(MOST_LETTERS)}
    return [letter for letter in letters if letter.at.ms <= written.at.ms and letter.id not in own]


def _contacts(follow_up: v.FollowUpView, zone: str) -> tuple[Contact, ...]:
    """The days as the follow-up proposed them, by their names where they are those of the schedule."""
    scheduled = {one.day: one for one in contact_days(follow_up.at, zone)}
    return tuple(scheduled.get(day, Contact("contact", day, day)) for day in follow_up.contacts)
