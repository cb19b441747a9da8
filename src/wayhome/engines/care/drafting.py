"""What a decision of care is drafted with: letters said, ladders set, contacts planned, a new key where one is due."""

from __future__ import annotations

from datetime import date

import msgspec

from wayhome.engines.care import ladder as ladders
from wayhome.engines.care import letters as f
from wayhome.engines.care.case import Case, Opened
from wayhome.engines.care.contacts import contacts_of, open_contacts, plan, settles, steering_of
from wayhome.engines.care.dates import ONE_CONTACT_DAYS, Steering
from wayhome.engines.care.deciding_common import CareAct, CareDecision, NewKey, refusing, today, zone_of
from wayhome.engines.care.ladder import Planned, Sought
from wayhome.engines.care.leaving import Leaves, TickContact
from wayhome.engines.care.letters import READERS, AnyCareFact, Due, Letter
from wayhome.values.ids import Id, PersonId, derive
from wayhome.values.when import Moment

NOBODY_YET = "nobody looks after people here yet: talk to somebody you trust, and ask who the carers are"


def _after(latest: Moment | None, now: Moment) -> Moment:
    """Now, or just after the last letter at hand: what answers another letter never comes before it."""
    return now if latest is None or latest.ms < now.ms else Moment(latest.ms + 1, now.zone)


class Draft:
    """A decision in the making, about one case. `supporters`: who looks after the member once it is carried out."""

    def __init__(self, case: Case, act: CareAct) -> None:
        self.case = case
        self.act = act
        self.supporters = case.supporters
        self.letters: list[Letter] = []
        self.leaves: list[Leaves] = []
        self.tells: list[str] = []
        self.zone = zone_of(case, act)
        self.today = today(case, act)
        self._set: set[Id] = set()
        self._settled: set[Id] = set()
        self._at = _after(case.latest, act.now)

    def say(self, fact: AnyCareFact, *, to: tuple[PersonId, ...] = ()) -> Id:
        """Writes a letter; what goes to the desk goes to everybody concerned by name as well. Its id."""
        if READERS[type(fact)] == "desk":
            to = tuple(dict.fromkeys((*to, *self.concerned())))
        id = self.act.id("care letter", str(len(self.letters)))
        letter = Letter(
            id=id, case=self.case.id, member=self.case.member, by=self.act.by, at=self._at, fact=fact, to=to
        )
        self.letters.append(letter)
        return id

    def concerned(self) -> tuple[PersonId, ...]:
        """The member and whoever looks after them, besides the one who acts."""
        return tuple(person for person in (self.case.member, *self.supporters) if person != self.act.by)

    def sought(self) -> Sought:
        candidates = self.act.candidates
        return Sought(
            member=self.case.member,
            supporters=self.supporters,
            carers=candidates.carers,
            professionals=candidates.professionals,
            vetoes=self.case.vetoes,
        )

    # ladders

    def set_ladder(self, about: Id, what: str, steps: list[Planned], *, to: tuple[PersonId, ...] = ()) -> None:
        """Sets a ladder, or the one about the same anew. Before the first carer came in no clock could ring it."""
        self._set.add(about)
        if steps and self.act.desk:
            planned = ladders.numbered(steps, self.case.ladders.get(about))
            self.say(f.LadderSet(about=about, what=what, steps=planned, owner=self.act.replica), to=to)

    def call_off(self, about: Id, *, never_set: bool = False) -> None:
        """Calls a ladder off that stands. `never_set`: one that nobody could be put on as well, so that nobody is."""
        held = self.case.ladders.get(about)
        stands = held is not None and held.off is None
        if (stands or (held is None and never_set)) and about not in self._set:
            self._set.add(about)
            self.say(f.LadderCalledOff(about=about))

    def seek_owner(self) -> None:
        """The case has nobody: carers are told, in order, until somebody has it."""
        if not self.supporters:
            self.set_ladder(derive(self.case.id, "owner"), "owner", ladders.owner_steps(self.sought(), self.act.now))

    def set_contact(self, due: Due, *, at_once: bool = False) -> None:
        """Sets the ladder of a contact."""
        with refusing("no such day"):
            steps = ladders.contact_steps(due, self.sought(), self.zone, self.act.now, at_once=at_once)
        self.set_ladder(due.id, "contact", steps)

    def set_contacts(self) -> None:
        """Sets the ladders of contacts that stand anew, as whom to seek has changed.

        By the ladders alone: whoever takes a case does not know what was answered, nor which contacts took place.
        """
        for held in list(self.case.ladders.values()):
            if held.what == "contact" and held.off is None:
                self.set_ladder(held.about, "contact", ladders.sought_anew(held, self.sought(), self.act.now))
        for contact in contacts_of(self.case):
            due = contact.due
            if due.id not in self.case.ladders and not due.quiet and due.until >= self.today:
                self.set_contact(due)

    def settle(self) -> Id | None:
        """They were in touch: contacts that this is are not sought any more. The first of them."""
        first = None
        self._made()
        for contact in contacts_of(self.case):
            if contact.made is None and settles(contact.due, self.today):
                first = first or contact.due.id
                self._settled.add(contact.due.id)
                self.call_off(contact.due.id, never_set=not contact.due.quiet)
        for held in self.case.ladders.values():
            if held.what == "contact" and held.steps and held.steps[0].at.ms <= self.act.now.ms:
                self.call_off(held.about)
        if self.case.ticks:
            key = self.act.id("contact tick")
            self.leaves.append(TickContact(member=self.case.member, key=key, on=self.act.now.day))
        return first

    # contacts

    def planned(self, follow_up: str, start: date, steering: Steering, *, one_soon: bool = True) -> tuple[Due, ...]:
        """What follows from one opening; the days that weigh on the member only where they steer it themselves."""
        own = self.act.own_dates if self.act.by == self.case.member else ()
        with refusing("no such day"):
            return plan(self.case.id, follow_up, start, steering, self.today, own, one_soon=one_soon)

    def plan_anew(self, steering: Steering, *, one_soon: bool = True, wipes: bool = False) -> None:
        """Plans what is ahead as the member steers it now. What took place stays, and what was missed stays missed.

        `wipes`: the member said later or no, and nobody is sought any more for what was missed. *No* holds for whatever
        was planned until now, also on a machine that had not heard of it; *later* for what is known here, so that a
        follow-up that began elsewhere at the same time is not dropped.
        """
        if wipes and steering.answer == "no":
            self.say(f.LadderCalledOff(about=self.case.id))
        one_soon = one_soon and not self._one_is_near(steering)
        made = self._made()
        agreed = self._agreed_days(steering)
        for follow_up, opening in self._going_on():
            past = [due for due in opening.contacts if due.id in made or (due.until < self.today and not wipes)]
            kept = {due.id for due in past}
            ahead = [
                due for due in self.planned(follow_up, opening.start, steering, one_soon=one_soon) if due.id not in kept
            ]
            self.say(f.ContactsPlanned(contacts=(*past, *ahead), follow_up=Id(follow_up) if follow_up else None))
            if steering.answer != "no":
                self._seek_as_planned(opening.contacts, ahead, kept | agreed)
        if wipes and steering.answer == "later" and steering.until is not None:
            for one in open_contacts(self.case):
                if one.agreed and one.due.day < steering.until:
                    self.drop(one.due)
        if wipes and steering.answer == "no":
            self.call_off(derive(self.case.id, "owner"))

    def _going_on(self) -> list[tuple[str, Opened]]:
        return [(key, opening) for key, opening in sorted(self.case.openings.items()) if not opening.over]

    def _made(self) -> set[Id]:
        """Contacts that took place. Of one that a machine apart still sought, nobody is sought any more."""
        made = {contact.due.id for contact in contacts_of(self.case) if contact.made is not None}
        for due in sorted(made):
            self.call_off(due)
        return made

    def _agreed_days(self, steering: Steering) -> set[Id]:
        """Contacts whose day the two agreed on stand whatever is planned, unless the member wants none before a day."""
        until = steering.until if steering.answer == "later" else None
        return {
            one.due.id for one in open_contacts(self.case) if one.agreed and (until is None or one.due.day >= until)
        }

    def _one_is_near(self, steering: Steering) -> bool:
        """Whether some contact is near anyway, of whatever opening, or agreed: then none has to stand in for others."""
        near = [
            due
            for key, opening in self._going_on()
            for due in self.planned(key, opening.start, steering, one_soon=False)
        ]
        near += [one.due for one in open_contacts(self.case) if one.agreed]
        return any(0 <= (due.day - self.today).days < ONE_CONTACT_DAYS for due in near if not due.quiet)

    def _seek_as_planned(self, before: tuple[Due, ...], ahead: list[Due], kept: set[Id]) -> None:
        days = {due.id: (due.day, due.until, due.quiet) for due in before}
        for due in ahead:
            held = self.case.ladders.get(due.id)
            stands = held is not None and held.off is None
            if due.id in self._set or due.id in kept:
                continue  # its day was agreed, or two openings have the same: one contact
            if due.quiet:
                self.call_off(due.id, never_set=due.id in days)
            elif not stands or days.get(due.id) != (due.day, due.until, due.quiet):
                self.set_contact(due)
        for due in before:
            if due.id not in kept and due.id not in {one.id for one in ahead}:
                self.call_off(due.id, never_set=not due.quiet)

    def agree(self, due: Due, by_way_of: str, *, at_once: bool = False) -> None:
        """A contact on a day that was said; one that was planned near that day is this one."""
        self.say(f.ContactAgreed(due=due, by_way_of=by_way_of))
        self.set_contact(due, at_once=at_once)

    def drop(self, due: Due) -> None:
        """A contact that was agreed is not meant any more: another day was agreed instead."""
        self.say(f.ContactAgreed(due=msgspec.structs.replace(due, quiet=True)))
        self.call_off(due.id)

    def due_on(self, day: date, name: str, until: date) -> Due:
        """The contact of that day: an open one of the same week where there is any, else a new one."""
        near = [
            (abs((one.due.day - day).days), one.due.id, one.due.name)
            for one in contacts_of(self.case)
            if one.made is None and not one.due.quiet and abs((one.due.day - day).days) < ONE_CONTACT_DAYS
            if one.due.id not in self._settled
        ]
        _, id, known_as = min(near) if near else (0, self.act.id("due"), name)
        return Due(id, known_as, day, until)

    def steering(self) -> Steering:
        return steering_of(self.case, self.zone)

    # the end

    def done(self, made: str = "") -> CareDecision:
        """The decision, with a new key of the case where those who hold the newest are not those who look after it."""
        return CareDecision(
            letters=tuple(self.letters),
            leaves=tuple(self.leaves),
            made=made,
            tells=tuple(self.tells),
            new_case_keys=self._new_keys(),
        )

    def _new_keys(self) -> tuple[NewKey, ...]:
        if not any("case" in READERS[type(letter.fact)] for letter in self.letters):
            return ()
        readers = (self.case.member, *self.supporters)
        holders = self.case.key_holders
        if holders == frozenset(readers) or (self.act.by in holders and self.act.by not in readers):
            return ()
        number = max(self.case.key_number + 1, self._at.ms)
        return (NewKey(self.case.id, self.case.member, number, readers),)
