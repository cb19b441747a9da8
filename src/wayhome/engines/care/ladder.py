"""The ladder: whom to seek, in order, when nothing is heard. It tells that contact was missed, and never what was said.

Steps lie at local times where the member lives, so a change of clocks shifts none, and none comes before its time. Each
is recorded once, by an id made of what it is about and its number, on whichever machine and after whatever outage. One
machine rings a ladder: the one that set it, or the one that took the clock over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from wayhome.engines.care.case import Ladder
from wayhome.engines.care.days import due_from
from wayhome.engines.care.letters import Due, LadderRung, LadderStep, Letter
from wayhome.values.ids import Id, PersonId, derive
from wayhome.values.when import Moment

NOT_SAFE_MINUTES = (0, 4, 8, 12)
"""Supporter, second supporter, carers, professionals: everybody is told with minutes to spare of the fifteen in which
somebody has to have it. Groups in which there is nobody are passed over. Own design values."""
AGAIN_MINUTES = (30, 60, 180, 720)
"""When nobody took it, everybody is told again."""
NOT_SAFE = "not safe"
MOST_SOUGHT = 8
MISSED_DAYS = (1, 2, 3)
"""After the last day of a contact: the second channel, the second supporter, a professional (vignette C4)."""
UNOWNED_HOURS = (0, 24, 48, 72)
WATCH_HOURS = (0, 2, 6)
ANSWERED_HOURS = (24, 48, 72)
"""Whoever said that they see to it is asked again after a day, where nothing came of it; then the next ones."""
Planned = tuple[Moment, PersonId, str]


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """Who can be told about a member: whoever looks after them, carers and professionals in their order.

    `vetoes`: whom the member will not have; told only where nobody else is, and somebody is not safe.
    """

    member: PersonId
    supporters: tuple[PersonId, ...] = ()
    carers: tuple[PersonId, ...] = ()
    professionals: tuple[PersonId, ...] = ()
    vetoes: frozenset[PersonId] = frozenset()

    def groups(self) -> list[tuple[str, list[PersonId]]]:
        """Supporter, second one, carers, professionals: each person once, where they come first."""
        named = (
            ("first", self.supporters[:1]),
            ("co-supporter", self.supporters[1:]),
            ("carer", self.carers),
            ("professional", self.professionals),
        )
        seen = {self.member, *self.vetoes}
        found = []
        for channel, people in named:
            here = [person for person in dict.fromkeys(people) if person not in seen]
            seen.update(here)
            found.append((channel, here))
        return found

    def others(self) -> list[PersonId]:
        """Carers and professionals besides whoever looks after the member."""
        return [person for _, people in self.groups()[2:] for person in people]


class DueStep(msgspec.Struct, frozen=True):
    """A step to be taken now. `step.to` is told by `step.channel`; `what` says what about, and never what was said."""

    about: Id
    case: Id
    member: PersonId
    what: str
    step: LadderStep
    readers: tuple[PersonId, ...] = ()


class Keeper(msgspec.Struct, frozen=True):
    """The machine that took the clock over, and since when; nothing where none did."""

    machine: str = ""
    since: Moment | None = None

    def rings(self, ladder: Ladder) -> frozenset[str]:
        """The machines that ring a ladder: the keeper, else whichever set it.

        Both do where somebody is not safe, and where it was set after the clock was taken over: whichever set it is
        there again, and the two may be apart. Told twice is better than not at all.
        """
        later = self.since is not None and ladder.set_at is not None and ladder.set_at.ms > self.since.ms
        both = later or ladder.what == NOT_SAFE or not self.machine
        return frozenset(one for one in (self.machine, ladder.owner if both else "") if one)


NOBODY_ELSE = Keeper()


def due_now(ladders: Iterable[Ladder], now: Moment, replica: str, keeper: Keeper = NOBODY_ELSE) -> list[DueStep]:
    """Every step that is due on this machine and was not taken, in order; after an outage all that fell due in it.

    After taking a step record it (`rung`) and ask again: a step by which nobody could be reached brings the next one
    at once.
    """
    found = [
        DueStep(ladder.about, ladder.case, ladder.member, ladder.what, step, ladder.readers)
        for ladder in ladders
        if replica in keeper.rings(ladder)
        for step in _due_of(ladder, now)
    ]
    return sorted(found, key=lambda one: (one.step.at.ms, one.about, one.step.number))


def _due_of(ladder: Ladder, now: Moment) -> Iterator[LadderStep]:
    if ladder.off is not None:
        return
    missed = False
    for step in ladder.steps:
        rung = ladder.rung.get(step.number)
        if rung is None and (step.at.ms <= now.ms or missed):
            yield step
        missed = rung is not None and not rung.told


def rung(due: DueStep, now: Moment, by: PersonId, *, told: bool) -> Letter:
    """The letter that a step was taken. Its id is that of the step, so that it is recorded once.

    Whoever of `to` has no key of their own is left out by whoever writes it.
    """
    return Letter(
        id=derive(due.about, "rung", str(due.step.number)),
        case=due.case,
        member=due.member,
        by=by,
        at=now,
        fact=LadderRung(about=due.about, number=due.step.number, to=due.step.to, told=told),
        to=due.readers,
    )


def next_at(ladders: Iterable[Ladder]) -> Moment | None:
    """When the next step falls due that was not taken."""
    ahead = [
        step.at for ladder in ladders if ladder.off is None for step in ladder.steps if step.number not in ladder.rung
    ]
    return min(ahead, key=lambda at: at.ms) if ahead else None


def exhausted(ladder: Ladder, now: Moment) -> bool:
    """Everybody was told, or could not be, and nobody has answered: it stands red until somebody does."""
    unanswered = ladder.off is None and not ladder.answered
    return unanswered and all(step.at.ms <= now.ms and step.number in ladder.rung for step in ladder.steps)


def numbered(planned: Sequence[Planned], before: Ladder | None = None) -> tuple[LadderStep, ...]:
    """Steps in their order, numbered on from those that a ladder had before: a number never stands for two steps."""
    first = 1 + max((step.number for step in before.steps), default=0) if before else 1
    ordered = sorted(enumerate(planned), key=lambda one: (one[1][0].ms, one[0]))
    return tuple(LadderStep(first + at, when, to, channel) for at, (_, (when, to, channel)) in enumerate(ordered))


def contact_steps(due: Due, sought: Sought, zone: str, now: Moment, *, at_once: bool = False) -> list[Planned]:
    """A contact: its day, and when it was missed. What is past already is left out, and one step always stays."""
    chain = _chain(sought)
    if not chain:
        return []
    first, second, last = chain[0], chain[min(1, len(chain) - 1)], _last(chain, sought)
    begins = now if at_once else due_from(due.day, zone)
    steps = [
        (begins, first, "first"),
        (_missed(due.until, MISSED_DAYS[0], zone), first, "second channel"),
        (_missed(due.until, MISSED_DAYS[1], zone), second, "co-supporter"),
        (_missed(due.until, MISSED_DAYS[2], zone), last, "professional"),
    ]
    ahead = [step for step in steps if step[0].ms >= now.ms]
    return ahead or [(now, first, "first")]


def _missed(until: date, days: int, zone: str) -> Moment:
    return due_from(until + timedelta(days=days), zone)


def sought_anew(ladder: Ladder, sought: Sought, now: Moment) -> list[Planned]:
    """The steps of a contact that are still to be taken, for those who are to be told now, at the times that stand.

    It asks nothing but the ladder: whoever takes a case opens nothing of what was said before, and what was called off
    stays so.
    """
    chain = _chain(sought)
    if not chain:
        return []
    places = {"first": 0, "second channel": 0, "co-supporter": 1}
    steps = [
        (
            step.at,
            _last(chain, sought) if step.channel == "professional" else chain[min(at, len(chain) - 1)],
            step.channel,
        )
        for step in ladder.steps
        if step.number not in ladder.rung
        for at in (places.get(step.channel, 1),)
    ]
    return steps or [(now, chain[0], "first")]


def _chain(sought: Sought) -> list[PersonId]:
    """Whoever looks after the member, then everybody else who can be told of a contact."""
    chain = [*sought.supporters[:2], *sought.others()]
    return [person for person in dict.fromkeys(chain) if person not in (sought.member, *sought.vetoes)]


def _last(chain: list[PersonId], sought: Sought) -> PersonId:
    return next((one for one in sought.professionals if one in chain[1:]), chain[min(2, len(chain) - 1)])


def owner_steps(sought: Sought, now: Moment) -> list[Planned]:
    """A case that nobody owns: carers in their order, and at last everybody who can be sought."""
    people = sought.others()
    steps = [
        (now.plus(hours=hours), person, "owner") for hours, person in zip(UNOWNED_HOURS[:-1], people, strict=False)
    ]
    everybody = now.plus(hours=UNOWNED_HOURS[-1])
    return steps + [(everybody, person, "owner") for person in people[:MOST_SOUGHT]]


def not_safe_steps(sought: Sought, now: Moment) -> list[Planned]:
    """Somebody is not safe: everybody who can be sought is told within fifteen minutes, and then again and again."""
    groups = [(channel, people) for channel, people in sought.groups() if people]
    if not groups:
        groups = [("carer", [one for one in (*sought.carers, *sought.professionals) if one != sought.member])]
    steps: list[Planned] = []
    for minutes, (channel, people) in zip(NOT_SAFE_MINUTES, groups, strict=False):
        steps += [(now.plus(minutes=minutes), person, channel) for person in people]
    everybody = [(person, channel) for channel, people in groups for person in people][:MOST_SOUGHT]
    for minutes in AGAIN_MINUTES:
        steps += [(now.plus(minutes=minutes), person, channel) for person, channel in everybody]
    return steps


def watch_steps(heard: Moment, every_hours: float, sought: Sought, until: Moment | None) -> list[Planned]:
    """A watch: silence for longer than was set is told to whoever looks after the member, then to the next ones."""
    silent = heard.plus(hours=every_hours)
    if until is not None and silent.ms > until.ms:
        return []
    people = [*sought.supporters, *sought.others()]
    people = [person for person in dict.fromkeys(people) if person != sought.member]
    channels = ("first", "co-supporter", "professional")
    return [
        (silent.plus(hours=hours), person, channel)
        for hours, person, channel in zip(WATCH_HOURS, people, channels, strict=False)
    ]


def day_steps(day: date, zone: str, people: Sequence[PersonId], member: PersonId) -> list[Planned]:
    """A day on which something asks (a limit past its day, a stage to look at): the member and a supporter are told."""
    at = due_from(day, zone)
    return [(at, person, "member" if person == member else "first") for person in dict.fromkeys(people)]


def answered_steps(ladder: Ladder, by: PersonId, now: Moment) -> list[Planned]:
    """After somebody said that they see to it: they are asked again in a day, then comes what was still to come.

    Where nothing was still to come the others on the ladder are told again.
    """
    asked = (now.plus(hours=ANSWERED_HOURS[0]), by, "first")
    soonest = now.plus(hours=ANSWERED_HOURS[1])
    left = [
        (step.at if step.at.ms >= soonest.ms else soonest, step.to, step.channel)
        for step in ladder.steps
        if step.number not in ladder.rung
    ]
    if left:
        return [asked, *left]
    others = list(dict.fromkeys(step.to for step in ladder.steps if step.to not in (by, ladder.member)))
    again = zip(ANSWERED_HOURS[1:], others[::-1], strict=False)
    return [asked, *((now.plus(hours=hours), person, "professional") for hours, person in again)]
