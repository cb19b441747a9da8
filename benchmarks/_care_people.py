"""What the people of the simulation do: they answer or do not, take cases and give them back, check in, go silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from benchmarks._care_life import KINDS, Life, Then, opened_by
from benchmarks._care_team import DAY, HOUR, MINUTE
from wayhome.engines.care import stated as i
from wayhome.engines.care.case import Case
from wayhome.engines.care.ladder import DueStep
from wayhome.values.ids import Id, PersonId

NEVER = 1 << 60
SECOND = 1_000


class People(Life):
    """A team whose people do as people do, by chance."""

    # a follow-up begins

    def mission(self, now: int) -> None:
        """A mission ends; one to three people met something that opens a follow-up."""
        mission = f"m{now}"
        here = [one.id for one in self.team.people.values() if one.leaves > now]
        for person in self.chance.sample(here, min(len(here), self.some(1, 3))):
            kind = self.chance.choice(KINDS)
            self.team.people[person].lived.append((mission, now, kind))
            self.at(now + self.some(HOUR, 30 * HOUR), self._take_up(person, Id(f"{mission} {person}"), now, kind))
        if here and self.happens(0.3):
            member = self.chance.choice(here)
            self.at(now + self.some(HOUR, 9 * DAY), lambda at: self._ask(member, at))

    def _take_up(self, member: PersonId, follow_up: Id, ended: int, kind: str) -> Then:
        """Some carer takes a follow-up up: it stands red until one does."""

        def take_up(now: int) -> None:
            carers = [one for one in self.team.carers if one != member and self.team.people[one].leaves > now]
            awake = [one for one in carers if self.team.people[one].answers(now)]
            if awake:
                intent = i.BeginCase(member=member, follow_up=follow_up)
                opening = opened_by(self.team, ended, kind)
                begun = self._begun(member, self.team.moment(ended).day)
                self.state(self.chance.choice(awake), intent, now, begun, opening=opening)
            elif carers:
                self.at(now + 5 * HOUR, take_up)

        return take_up

    def _ask(self, member: PersonId, now: int) -> None:
        case = self.case(member)
        today = self.team.moment(now).day
        if case is None or not case.is_open:
            self.state(member, i.AskForCare(), now, self._begun(member, today))
        else:
            self.state(member, i.AskForCare(), now, lambda at: self._asked(member, at))

    def _asked(self, member: PersonId, now: int) -> None:
        self.ledger.asked(member, now)

    def _begun(self, member: PersonId, start: date) -> Then:
        """The ledger promises contact; what the member does in the months to come is drawn."""

        def begun(now: int) -> None:
            self.ledger.happened["follow-ups"] += 1
            self.ledger.silence(member, 0, now)
            self.ledger.promise(member, start, now)
            self.at(now + self.some(HOUR, 20 * HOUR), lambda at: self._find_owner(member, at))
            drawn: tuple[tuple[float, Callable[[PersonId, int], None], int], ...] = (
                (1.0, self._answer, 4),
                (0.5, self._check_in, 40),
                (0.4, self._check_in, 200),
                (0.2, self._not_safe, 60),
                (0.1, self._pace, 60),
                (0.12, self._other, 60),
                (0.15, self._close, 300),
                (0.03, self._erase_all, 300),
                (0.2, self._watch, 10),
            )
            for share, what, days in drawn:
                if self.happens(share):
                    self.at(now + self.some(HOUR, days * DAY), lambda at, what=what: what(member, at))  # type: ignore[misc]

        return begun

    def load_opened(self, member: PersonId, now: int) -> None:
        """A supporter who carries much is promised contact as everybody is."""
        self._begun(member, self.team.moment(now).day)(now)

    def case(self, member: PersonId) -> Case | None:
        return self.machines["desk"].whole.of(member)

    # the member

    def _answer(self, member: PersonId, now: int) -> None:
        drawn = self.chance.random()
        today = self.team.moment(now).day
        if drawn < 0.5:
            self.state(member, i.AnswerCare(answer="accept"), now, lambda at: self._said_yes(member, at))
        elif drawn < 0.65:
            self.state(member, i.AnswerCare(answer="no"), now, lambda at: self._said_no(member, at))
        elif drawn < 0.77:
            until = today + timedelta(days=self.some(2, 90))
            intent = i.AnswerCare(answer="later", until=until)
            self.state(member, intent, now, lambda at: self._said_later(member, until, at))

    def _said_no(self, member: PersonId, now: int) -> None:
        self.ledger.release(member, "no")
        self.ledger.silence(member, NEVER, now)
        if self.happens(0.4):
            self.at(now + self.some(DAY, 120 * DAY), lambda at: self._back_again(member, at))

    def _back_again(self, member: PersonId, now: int) -> None:
        case = self.case(member)
        if case is not None and case.is_open and case.answer == "no":
            self.state(member, i.AnswerCare(answer="accept"), now, lambda at: self._said_yes(member, at))

    def _said_yes(self, member: PersonId, now: int) -> None:
        """Whoever had said no or later is promised again what is left."""
        self.ledger.no_day_said(member)
        if self.ledger.quiet_until.get(member, 0) > now:
            self.ledger.release(member, "promised anew")
            self.ledger.silence(member, 0, now)
            self.ledger.promise_again(member, now)

    def _said_later(self, member: PersonId, until: date, now: int) -> None:
        self.ledger.release(member, "later")
        self.ledger.promise_again(member, now, not_before=until)
        days = (until - self.team.moment(now).day).days
        self.ledger.silence(member, now + (days - 1) * DAY, now)

    def _check_in(self, member: PersonId, now: int) -> None:
        case = self.case(member)
        if case is None:
            return
        need = self.chance.choice((None, None, "nothing", "visit", "time off"))
        intent = i.CheckIn(safe=True, colour=self.chance.choice(("green", "yellow", None)), need=need)
        self.state(
            member, intent, now, self._checked_in(member, reopened=not case.is_open, asks=need in ("visit", "time off"))
        )

    def _checked_in(self, member: PersonId, *, reopened: bool, asks: bool = False) -> Then:
        def checked_in(now: int) -> None:
            self.ledger.silence(member, 0, now)
            if reopened:
                self._begun(member, self.team.moment(now).day)(now)
            else:
                self.ledger.touched(member, now)
            if asks and not self.law.no_record:
                self._asked(member, now)

        return checked_in

    def _not_safe(self, member: PersonId, now: int) -> None:
        case = self.case(member)
        intent = i.CheckIn(safe=False, typed_at=self.team.moment(now))
        reopened = case is None or not case.is_open
        self.state(member, intent, now, self._checked_in(member, reopened=reopened))

    def _pace(self, member: PersonId, now: int) -> None:
        pace = self.chance.choice(("less", "more"))
        self.state(member, i.SetPace(pace=pace), now, lambda _: self.ledger.pace(member, pace))

    def _other(self, member: PersonId, now: int) -> None:
        case = self.case(member)
        supporter = case.supporter if case is not None else None
        never = supporter if self.happens(0.5) else None
        wish = next((leader for leader, one in sorted(self.team.led) if one == member and leader != never), None)
        self.state(member, i.AskForSomeoneElse(never=never, wish=wish if self.happens(0.3) else None), now)
        self.at(now + self.some(HOUR, 2 * DAY), lambda at: self._find_owner(member, at))

    def _close(self, member: PersonId, now: int) -> None:
        def closed(at: int) -> None:
            self.ledger.release(member, "closed")
            self.ledger.silence(member, NEVER, at)
            if self.happens(0.4):
                back = at + self.some(DAY, 200 * DAY)
                begun = self._begun(member, self.team.moment(back).day)
                self.at(back, lambda later: self.state(member, i.ReopenCase(), later, begun))

        self.state(member, i.CloseCase(), now, closed)

    def _erase_all(self, member: PersonId, now: int) -> None:
        def erased(at: int) -> None:
            self.ledger.release(member, "erased")
            self.ledger.pace(member, "as proposed")
            self.ledger.silence(member, 0, at)

        self.state(member, i.EraseCase(), now, erased)

    # whoever looks after them

    def _find_owner(self, member: PersonId, now: int) -> None:
        name = self.running(now)
        case = self.machines[name].desk.of(member) if name else None
        if name is None or case is None or not case.is_open or case.supporter is not None:
            return
        person = self.proposed(case, name, now)
        if person is not None:
            self.state(person, i.TakeCase(case=case.id), now, on=name)
        else:
            self.at(now + 3 * DAY, lambda at: self._find_owner(member, at))

    def _contact(self, person: PersonId, member: PersonId, now: int) -> None:
        """They try; the member answers or does not. Now and then they agree on the next day."""
        case = self.case(member)
        if case is None or person not in case.taken or not self.happens(0.75):
            return
        today = self.team.moment(now).day
        agreed = today + timedelta(days=self.some(2, 40)) if self.happens(0.3) and case.answer != "no" else None

        def met(at: int) -> None:
            self.ledger.touched(member, at)
            if agreed is not None and agreed >= self.team.moment(at).day:
                self.ledger.agreed(member, agreed, at)
                self.ledger.owe(member, "agreed", agreed, agreed)

        if agreed is not None:
            self.ledger.silence(member, min(self.ledger.quiet_until.get(member, 0), now), now)
        self.state(person, i.NoteContact(case=case.id, minutes=30, next_day=agreed), now, met)

    def _watch(self, member: PersonId, now: int) -> None:
        case = self.case(member)
        if case is None or case.supporter is None:
            return
        keeper = next((one for one in self.team.people if one not in (member, *case.taken)), None)
        if keeper is not None:
            intent = i.SetWatch(case=case.id, watcher=keeper, over="the house", every_hours=24, danger="alone")
            self.state(case.supporter, intent, now)

    def answered(self, due: DueStep, now: int, name: str) -> None:
        """Whoever was told does something about it, or means to."""
        person = due.step.to
        if self.team.people[person].leaves <= now:
            return
        if due.what == "not safe":
            self.at(now + self.some(5, 100) * SECOND, lambda at: self._own(person, due.about, at, name))
        elif due.what == "owner" and self.happens(0.6):
            take = i.TakeCase(case=due.case)
            self.at(now + self.some(HOUR, 6 * HOUR), lambda at: self.state(person, take, at))
        elif due.what == "contact":
            self._see_to_it(due, person, now)

    def _see_to_it(self, due: DueStep, person: PersonId, now: int) -> None:
        member = due.member
        if (due.step.channel == "first" and self.happens(0.7)) or due.step.channel == "second channel":
            self.at(now + self.some(MINUTE, 20 * HOUR), lambda at: self._contact(person, member, at))
        elif self.happens(0.5):
            self.state(person, i.AnswerLadder(about=due.about), now)
            self.state(person, i.TakeCase(case=due.case, co=True), now + MINUTE)
            self.at(now + self.some(HOUR, 30 * HOUR), lambda at: self._contact(person, member, at))

    def _own(self, person: PersonId, flag: Id, now: int, name: str) -> None:
        member, raised, owned = self.flags[flag]
        if owned is not None:
            return

        def has_it(at: int) -> None:
            self.flags[flag] = (member, raised, at)
            over = at + self.some(HOUR, 3 * DAY)
            self.at(over, lambda later: self.state(person, i.CloseFlag(flag=flag), later))
            self.at(over + HOUR, lambda later: self.state(member, i.CloseFlag(flag=flag), later))

        self.state(person, i.OwnFlag(flag=flag), now, has_it, on=name)
