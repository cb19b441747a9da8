"""What the simulation holds the engine to, kept apart from it: nothing here asks a rule of care what should happen.

An obligation is a contact that somebody was promised: it is kept by being in touch, or by everybody having been told
that it was missed, until the member says otherwise. Whoever reads this needs the schedule and nothing else.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from benchmarks._care_team import DAY, HOUR, MINUTE, Team, within
from wayhome.values.ids import Id, PersonId

OWNED_WITHIN_MINUTES = 15
LESS = ("3 days", "12 months")
"""What is not pushed any more where somebody wants less."""
LAST_CHANNEL = "professional"
"""To whom the last step of a contact goes: everybody before was told, and it was not called off."""
ONE_WEEK = 7
ENDS = ("closed", "erased")
"""What ends a follow-up; after anything else it can go on."""
LAST_STEP_DAYS = 6
"""So long after the last day of a contact the ladder has told everybody, those included who each put it off once."""
PROMISED = (("first contact", 1, 1), ("3 days", 3, 1), ("3 to 4 weeks", 21, 7))
"""The first points: days after, and how much later they still are that contact. Months are counted by `months_on`."""
PROMISED_MONTHS = (("3 months", 3, 7), ("12 months", 12, 14))


@dataclass
class Obligation:
    """Somebody was promised contact from `day` on; by `deadline` it took place, or everybody was told it did not."""

    member: PersonId
    name: str
    day: date
    until: date
    deadline: int
    by_agreement: date | None = None
    """The day that the two agreed on for it: where they agree on another one instead, it moves along."""


@dataclass
class Ledger:
    """Counts of what must be none, and of what took place."""

    team: Team
    wrong: Counter[str] = field(default_factory=Counter)
    happened: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    open: dict[PersonId, list[Obligation]] = field(default_factory=dict)
    told: dict[PersonId, list[int]] = field(default_factory=dict)
    """When the last step of a contact of theirs was taken."""
    quiet_until: dict[PersonId, int] = field(default_factory=dict)
    starts: dict[PersonId, list[date]] = field(default_factory=dict)
    """From when contacts are counted, for each follow-up that goes on."""
    kept: set[tuple[PersonId, str, date]] = field(default_factory=set)
    """What took place: it is not promised again by whoever changes their mind."""
    less: dict[PersonId, bool] = field(default_factory=dict)
    rungs: dict[tuple[Id, int], set[Id]] = field(default_factory=dict)

    def fault(self, what: str, note: str) -> None:
        self.wrong[what] += 1
        if len(self.notes) < 20:
            self.notes.append(f"{what}: {note}")

    # promises

    def promise(self, member: PersonId, start: date, now: int) -> None:
        """A follow-up begins, counted from the day it ended: what is past already becomes one contact soon."""
        points = [(name, start + timedelta(days=days), late) for name, days, late in PROMISED]
        points += [(name, _months_on(start, months), late) for name, months, late in PROMISED_MONTHS]
        today = self.team.moment(now).day
        self.starts.setdefault(member, []).append(start)
        for name, day, late in points:
            if self.less.get(member) and name in LESS:
                continue
            if day + timedelta(days=late) >= today and (member, name, day) not in self.kept:
                self.owe(member, name, day, day + timedelta(days=late))

    def owe(self, member: PersonId, name: str, day: date, until: date) -> None:
        self.open.setdefault(member, []).append(Obligation(member, name, day, until, self._deadline(until)))
        self.happened["promised"] += 1

    def _deadline(self, until: date) -> int:
        noon = datetime.combine(until, time(12), tzinfo=ZoneInfo(self.team.zone))
        return round(noon.timestamp() * 1000) + LAST_STEP_DAYS * DAY

    def release(self, member: PersonId, why: str) -> None:
        """The member said otherwise: nothing is owed any more."""
        self.happened[f"released: {why}"] += len(self.open.pop(member, []))
        if why in ENDS:
            self.starts.pop(member, None)

    def promise_again(self, member: PersonId, now: int, *, not_before: date | None = None) -> None:
        """What is left of a promise, after the member changed their mind: one contact soon, or on the day they said.

        Soon is the next day, or whatever contact is near anyway with the weeks that it may have.
        """
        today = self.team.moment(now).day
        for start in self.starts.pop(member, []):
            self.promise(member, start, now)
        owed = self.open.get(member, [])
        if not_before is not None:
            self.open[member] = [one for one in owed if (one.day - not_before).days >= ONE_WEEK]
            self.owe(member, "when you said", not_before, not_before + timedelta(days=2))
        elif not any((one.day - today).days < ONE_WEEK for one in owed):
            self.owe(member, "soon", today + timedelta(days=1), today + timedelta(days=3 * ONE_WEEK))

    def pace(self, member: PersonId, pace: str) -> None:
        """The member wants less, now and for what begins later: some is not owed any more. Or as much as before."""
        self.less[member] = pace == "less"
        if self.less[member]:
            self.open[member] = [one for one in self.open.get(member, []) if one.name not in LESS]

    def asked(self, member: PersonId, now: int) -> None:
        """The member asked for somebody: today, and not only on the day they had said."""
        today = self.team.moment(now).day
        self.no_day_said(member)
        self.silence(member, 0, now)
        self.owe(member, "asked for", today, today + timedelta(days=1))

    def no_day_said(self, member: PersonId) -> None:
        """The day that the member had said does not hold any more."""
        self.open[member] = [one for one in self.open.get(member, []) if one.name != "when you said"]

    def silence(self, member: PersonId, until: int, now: int) -> None:
        """Nobody is to be told of contacts before this, unless the member asks.

        What was said while two machines were apart the other could not heed, nor what began there at the same time.
        """
        self.quiet_until[member] = 0 if within(self.team.apart, now) else until

    def touched(self, member: PersonId, now: int) -> None:
        """They were in touch: everything that this is, by its own room, is kept."""
        today = self.team.moment(now).day
        kept: list[Obligation] = []
        left: list[Obligation] = []
        for one in self.open.get(member, []):
            room = timedelta(days=max(1, (one.until - one.day).days))
            (kept if today >= one.day - room else left).append(one)
        self.open[member] = left
        self.kept |= {(member, one.name, one.day) for one in kept}
        self.happened["kept by contact"] += len(kept)

    def heard_of(self, member: PersonId, channel: str, at: int) -> None:
        """Somebody was told of a member's contact, or could not be. Machines apart cannot know of each other."""
        if channel == LAST_CHANNEL:
            self.told.setdefault(member, []).append(at)
        if at < self.quiet_until.get(member, 0) and not within(self.team.apart, at):
            self.fault("told before the day that was said", f"{member} at {self.team.moment(at).local}")

    def audit(self, now: int, *, running_since: int) -> None:
        """Everything whose deadline is past was kept, or everybody was told: else it was dropped."""
        for member, owed in self.open.items():
            left = []
            for one in owed:
                due = max(one.deadline, running_since + HOUR)
                if now <= due:
                    left.append(one)
                elif self._was_told(one):
                    self.happened["told that it was missed"] += 1
                else:
                    self.fault("dropped", f"{member}: {one.name} of {one.day}, now {self.team.moment(now).local}")
            self.open[member] = left

    def _was_told(self, one: Obligation) -> bool:
        """The ladder was gone up to its last step, on the day or after it."""
        return any(self.team.moment(at).day >= one.day for at in self.told.get(one.member, []))

    def agreed(self, member: PersonId, day: date, now: int) -> None:
        """The two agreed on a day, in place of one agreed before; what was promised for that week is that contact."""
        today = self.team.moment(now).day
        owed = self.open.get(member, [])
        instead_of = {one.day for one in owed if one.name == "agreed" and one.day > today}
        self.open[member] = [one for one in owed if one.name != "agreed" or one.day <= today]
        for one in self.open.get(member, []):
            if abs((one.day - day).days) < ONE_WEEK or one.by_agreement in instead_of:
                one.day, one.until, one.by_agreement = min(one.day, day), max(one.until, day), day
                one.deadline = self._deadline(one.until)

    # steps and people

    def recorded(self, about: Id, number: int, letter: Id) -> None:
        self.rungs.setdefault((about, number), set()).add(letter)

    def count_twice(self) -> None:
        for (about, number), ids in self.rungs.items():
            self.happened["steps taken"] += 1
            if len(ids) > 1:
                self.fault("recorded twice", f"step {number} of {about}, {len(ids)} letters")

    def red(self, member: PersonId, raised: int, owned: int | None, reachable: bool) -> None:
        """A flag is looked at fifteen minutes after; somebody has it, or nobody could have."""
        self.happened["flags"] += 1
        late = owned is None or owned - raised > OWNED_WITHIN_MINUTES * MINUTE
        if late and reachable:
            self.fault("unowned after 15 minutes", f"{member}, raised {self.team.moment(raised).local}")
        elif late:
            self.happened["flags with nobody reachable"] += 1


def _months_on(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for day in range(start.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(start.day, 28))
