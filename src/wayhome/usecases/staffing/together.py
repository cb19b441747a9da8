"""Who goes where, put as one question: the missions that need people, who is bound to which, what was proposed before.

A proposal is written down for everybody who may see the mission it is written in. So missions are only asked about
together where none of them is secret, and of other missions only the open ones bind anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

import msgspec

from wayhome.engines import tasking
from wayhome.engines.tasking.now.results import Rule
from wayhome.mission.moves import said_of
from wayhome.mission.rules.offers import OPEN_ANSWERS
from wayhome.mission.state import ACCEPTED
from wayhome.mission.views import shapes as v
from wayhome.usecases.advice import AdviceError
from wayhome.usecases.reading import Reading
from wayhome.usecases.staffing.question import decided, question
from wayhome.usecases.staffing.recorded import Before, before, rests_on
from wayhome.values.ids import MissionId, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Moment

S = TypeVar("S", bound=msgspec.Struct)
NEEDS_PEOPLE = frozenset({"raised", "under way"})
GONE = frozenset({"leave", "away", "lost"})
"""With these a promise cannot be kept, whatever was accepted."""
GRAVEST, LEAST_GRAVE = 5, 1
ACCEPTED_IT = "Has accepted."
OUT = "Is out on it already."
AS_ASKED = "Goes, as you asked."
CANNOT_COME = tasking.Exclusion("said that they cannot come then")
Hours = Callable[[v.MissionView, Place | None], Mapping[PersonId, float]]
"""How long everybody would take to a mission, from a base where their own place is not known."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked besides the missions: who is left out or pinned by way of trial, and whether to begin afresh."""

    without: tuple[PersonId, ...] = ()
    pinned: tuple[PersonId, ...] = ()
    afresh: bool = False
    base: Place | None = None


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a proposal rests on. Keys of pairs are (person, mission).

    `befores`: the last proposal of each mission. `held`: who was proposed or offered it and has not dropped out, person
    to mission: as few of these as can be are changed. `offered`: of these, who was asked and has not answered. `bound`:
    why somebody is in a team whatever else may be so. `ruled_out`: why somebody cannot be asked. `taken_back`: whose
    last offer was withdrawn, which is no bar: whoever is not to go is left out or held back. `warnings`: promises
    that cannot be kept.
    """

    request: tasking.Request
    missions: dict[MissionId, v.MissionView]
    befores: dict[MissionId, Before]
    held: dict[PersonId, MissionId]
    offered: frozenset[tuple[str, str]]
    taken_back: frozenset[tuple[str, str]]
    bound: dict[tuple[str, str], str]
    ruled_out: dict[tuple[str, str], str]
    marks: dict[MissionId, str]
    names: dict[PersonId, str]
    asked: Asked
    base: Place | None = None
    warnings: tuple[str, ...] = ()


class Bound(msgspec.Struct, frozen=True):
    """Somebody who has accepted or is out on an open mission, or is to go on it, and when that is."""

    person: PersonId
    mission: MissionId
    words: str
    start_ms: int
    end_ms: int | None


def need_people(reading: Reading) -> tuple[v.MissionView, ...]:
    """The missions that the viewer may see whose accepted people do not yet make up what they need."""
    offers: dict[MissionId, set[PersonId]] = {}
    for offer in reading.offers().value:
        if offer.answer in ACCEPTED:
            offers.setdefault(offer.mission, set()).add(offer.member)
    roster = {one.member: one for one in reading.roster().value}

    def there(held: v.MissionView) -> set[PersonId]:
        return (offers.get(held.mission, set()) | _out_on(reading, held)) - _lost_to(reading, held).keys()

    return tuple(
        held for held in reading.missions().value if held.state in NEEDS_PEOPLE and _lacks(held, there(held), roster)
    )


def _lost_to(reading: Reading, held: v.MissionView) -> dict[PersonId, str]:
    """Who was hurt on a mission or handed over, and cannot go on."""
    lost = {one.member: "hurt" for one in reading.casualties(held.mission).value if one.member and not one.done}
    out = reading.out(held.mission).value if held.out else ()
    return lost | {one.member: f"handed over to {one.handed_to}" for one in out if one.handed_to}


def _out_on(reading: Reading, held: v.MissionView) -> set[PersonId]:
    """Who departed and is neither home nor handed over."""
    out = reading.out(held.mission).value if held.out else ()
    return {one.member for one in out if one.home is None and not one.handed_to}


def _lacks(held: v.MissionView, there: set[PersonId], roster: Mapping[PersonId, v.MemberView]) -> bool:
    team = [
        roster[one].skills for one in sorted(there) if one in roster and roster[one].status not in ("leave", "lost")
    ]
    short = any(sum(one.get(n.skill, 0) >= n.level for one in team) < n.count for n in held.needs)
    return short or len(team) < held.least_people


def bound_already(reading: Reading, missions: Sequence[v.MissionView]) -> dict[PersonId, set[MissionId]]:
    """Which of these missions each has accepted or is out on."""
    known = {one.mission for one in missions}
    found: dict[PersonId, set[MissionId]] = {}
    for offer in reading.offers().value:
        if offer.answer in ACCEPTED and offer.mission in known:
            found.setdefault(offer.member, set()).add(offer.mission)
    for held in missions:
        for person in _out_on(reading, held):
            found.setdefault(person, set()).add(held.mission)
    return found


def gather(
    reading: Reading,
    missions: Sequence[v.MissionView],
    now: Moment,
    hours: Hours,
    asked: Asked,
    *,
    taken: Sequence[Bound] = (),
) -> Question:
    """The question about these missions, which are one, or are all open to everybody.

    `taken`: who is to go on other missions by a plan that is being made, beside those who have accepted.
    """
    together = len(missions) > 1
    befores = {one.mission: before(reading.advice(one.mission).value, one.mission) for one in missions}
    bases = {one.mission: asked.base or befores[one.mission].base for one in missions}
    parts = [question(reading, m.mission, now, hours(m, bases[m.mission])).value for m in missions]
    gathered = _Gathering(reading, missions, now, asked, taken)
    request = gathered.bind(_merged(parts), together=together)
    marks = {one.mission: rests_on(one, bases[one.mission]) for one in missions}
    return Question(
        request=request,
        missions={one.mission: one for one in missions},
        befores=befores,
        held=gathered.held(request, befores, marks),
        offered=gathered.offered(),
        taken_back=gathered.taken_back(),
        bound=gathered.bound,
        ruled_out=gathered.ruled_out,
        marks=marks,
        names=gathered.names,
        asked=asked,
        base=bases[missions[0].mission] if not together else asked.base,
        warnings=tuple(gathered.warnings),
    )


DROPPED_OUT = "declined"
"""Whoever would not go on the mission may still come to help those who did."""


def as_backup(question: Question, there: Collection[PersonId]) -> tuple[tasking.Candidate, ...]:
    """Everybody as they could come to those who are `there` already, out on the mission of the question."""
    (mission,) = question.missions
    found = []
    for one in question.request.people:
        why = question.ruled_out.get((one.id, mission), "")
        if one.id in there:
            found.append(msgspec.structs.replace(one, duty="on duty"))
        elif why and why != DROPPED_OUT:
            exclusions = (tasking.Exclusion(why, mission), *one.exclusions)
            found.append(msgspec.structs.replace(one, exclusions=exclusions))
        else:
            found.append(one)
    return tuple(found)


class _Gathering:
    """Who is bound to what, as the viewer sees it."""

    def __init__(
        self, reading: Reading, missions: Sequence[v.MissionView], now: Moment, asked: Asked, taken: Sequence[Bound]
    ) -> None:
        self._reading, self._now, self._asked, self._taken = reading, now, asked, taken
        self._missions = {one.mission: one for one in missions}
        self._roster = {one.member: one for one in reading.roster().value}
        self.names = {one.member: one.member_name for one in self._roster.values()}
        for person in (*asked.without, *asked.pinned):
            if person not in self._roster:
                raise AdviceError("there is no such member that you can see: `wayhome member list` shows them")
        both = sorted(self.names[one] for one in {*asked.without} & {*asked.pinned})
        if both:
            raise AdviceError(f"{both[0]} cannot be left out and pinned at once: name them once")
        self._last = self._last_offers()
        self.bound: dict[tuple[str, str], str] = {}
        self.ruled_out: dict[tuple[str, str], str] = {}
        self.warnings: list[str] = []

    def _last_offers(self) -> dict[tuple[PersonId, MissionId], v.OfferView]:
        offers = sorted(self._reading.offers().value, key=lambda one: (one.made.ms, one.answer in ACCEPTED))
        return {(one.member, one.mission): one for one in offers}

    def offered(self) -> frozenset[tuple[str, str]]:
        """Who was asked and has not answered."""
        asked = {key for key, one in self._last.items() if one.answer in OPEN_ANSWERS and key[1] in self._missions}
        return frozenset(asked - self.ruled_out.keys())

    def taken_back(self) -> frozenset[tuple[str, str]]:
        """Whose last offer was withdrawn."""
        return frozenset(
            key for key, one in self._last.items() if one.answer == "withdrawn" and key[1] in self._missions
        )

    def bind(self, request: tasking.Request, *, together: bool) -> tasking.Request:
        """The question with everybody bound where they are, and out where they cannot go."""
        people = {one.id: one for one in request.people}
        for mission in self._missions.values():
            self._settle(mission, people)
        for person in self._asked.without:
            for mission_id in self._missions:
                self.ruled_out[person, mission_id] = "left out, as you asked"
                self.bound.pop((person, mission_id), None)
        elsewhere = self._elsewhere()
        people = {who: self._as_free(one, elsewhere) for who, one in people.items()}
        needs = tuple(self._need(one, optional=together) for one in request.missions)
        bound = msgspec.structs.replace(
            request,
            people=tuple(people.values()),
            missions=needs,
            fixed=tuple(tasking.Pair(*key) for key in sorted(self.bound) if key[0] in people),
            forbidden=self._forbidden(request, people.keys()),
        )
        return decided(bound)

    def _forbidden(self, request: tasking.Request, people: Collection[str]) -> tuple[tasking.Pair, ...]:
        said = {(pair.person, pair.mission) for pair in request.forbidden} | self.ruled_out.keys()
        return tuple(tasking.Pair(*key) for key in sorted(said - self.bound.keys()) if key[0] in people)

    def _settle(self, mission: v.MissionView, people: dict[str, tasking.Candidate]) -> None:
        """Those of one mission: out already, accepted, declined, hurt."""
        there = mission.mission
        for (person, where), offer in self._last.items():
            if where == there and offer.answer in ACCEPTED:
                self.bound[person, there] = ACCEPTED_IT
            elif where == there and offer.answer == "declined":
                self.ruled_out[person, there] = DROPPED_OUT
        for person in _out_on(self._reading, mission):
            self.bound[person, there] = OUT
            self.ruled_out.pop((person, there), None)  # whoever declined may have come all the same
            if person in people:  # a secret mission calls whoever is out on it away
                people[person] = msgspec.structs.replace(people[person], duty="on duty")
        for person, why in _lost_to(self._reading, mission).items():
            self._lose(person, mission, why)
        for key in [key for key in self.bound if key[1] == there]:
            self._check_promise(PersonId(key[0]), mission, people)

    def _check_promise(self, person: PersonId, mission: v.MissionView, people: Mapping[str, tasking.Candidate]) -> None:
        """Whoever has accepted and cannot go any more is planned without, and that is to be settled."""
        held = people.get(person)
        if held is None:
            return
        barred = next((one.words for one in held.exclusions if one.mission in ("", mission.mission)), "")
        if held.duty in GONE:
            self._lose(person, mission, said_of(held.duty))
        elif barred and barred != CANNOT_COME.words:  # whoever accepts has thought better of what they said
            self._lose(person, mission, barred)

    def _lose(self, person: PersonId, mission: v.MissionView, why: str) -> None:
        key = (person, mission.mission)
        was = self.bound.pop(key, "")
        if was:
            name = self.names.get(person, person)
            held = f"is out on {mission.name}" if was == OUT else f"has accepted {mission.name}"
            self.warnings.append(f"{name} {held} and is {why}: this team does without {name}. Settle that with {name}.")
        self.ruled_out.setdefault(key, why)

    def _elsewhere(self) -> dict[str, list[Bound]]:
        """Whom the open missions have already, by person. Of secret ones nothing may show here."""
        found: dict[str, list[Bound]] = {}
        for one in self._taken:
            found.setdefault(one.person, []).append(one)
        for held in self._reading.missions().value:
            if held.secret or held.state in ("closed", "refused"):
                continue
            out = _out_on(self._reading, held)
            start, end = window(held, self._now)
            for person in out:
                one = Bound(person, held.mission, f"is out on {held.name}", start, end)
                found.setdefault(person, []).append(one)
            if held.state not in NEEDS_PEOPLE:
                continue
            departed = {one.member for one in self._reading.out(held.mission).value} if held.out else set()
            for (person, where), offer in self._last.items():  # whoever is home from it again is free
                if where == held.mission and offer.answer in ACCEPTED and person not in departed:
                    one = Bound(person, where, f"has accepted {held.name}", start, end)
                    found.setdefault(person, []).append(one)
        return found

    def _as_free(self, person: tasking.Candidate, elsewhere: Mapping[str, list[Bound]]) -> tasking.Candidate:
        """Somebody with whatever stands against each mission at the time it is to be."""
        held = self._roster.get(PersonId(person.id))
        starts = [window(mission, self._now)[0] for mission in self._missions.values()]
        back = held is not None and held.status_until is not None and held.status_until.ms <= min(starts)
        added = []
        for mission in self._missions.values():
            start, end = window(mission, self._now)
            for one in elsewhere.get(person.id, ()):
                if one.mission != mission.mission and not apart(start, end, one.start_ms, one.end_ms):
                    added.append(tasking.Exclusion(one.words, mission.mission))
            later = held is not None and start > self._now.ms
            if cannot_come(held, start, end) if held and later else CANNOT_COME in person.exclusions:
                added.append(tasking.Exclusion(CANNOT_COME.words, mission.mission))
        kept = (one for one in person.exclusions if one != CANNOT_COME)
        return msgspec.structs.replace(
            person,
            exclusions=tuple(dict.fromkeys((*kept, *added))),
            duty="available" if back and person.duty != "lost" else person.duty,
        )

    def _need(self, need: tasking.MissionNeed, *, optional: bool) -> tasking.MissionNeed:
        held = self._missions[MissionId(need.id)]
        start, end = window(held, self._now)
        ranks = [one.name for one in self._reading.organisation().value.mission_ranks]
        return msgspec.structs.replace(
            need,
            optional=optional,
            priority=_priority(held.rank, ranks),
            from_h=max(0.0, (start - self._now.ms) / 3_600_000),
            hours=0.0 if end is None else max(0.0, (end - max(start, self._now.ms)) / 3_600_000),
        )

    def held(
        self, request: tasking.Request, befores: Mapping[MissionId, Before], marks: Mapping[MissionId, str]
    ) -> dict[PersonId, MissionId]:
        """Who was proposed, while the mission asks for the same, or was offered it, or is bound to it."""
        known = {one.id for one in request.people}
        found = {
            person: mission
            for mission, last in befores.items()
            for person in last.people
            if last.rests_on == marks[mission] and not self._lapsed(person, mission)
        }
        found |= {PersonId(who): MissionId(where) for who, where in sorted(self.offered())}
        found |= {PersonId(who): MissionId(where) for who, where in sorted(self.bound)}
        return {who: where for who, where in sorted(found.items()) if who in known}

    def _lapsed(self, person: PersonId, mission: MissionId) -> bool:
        last = self._last.get((person, mission))
        return last is not None and last.answer == "lapsed"


def window(held: v.MissionView, now: Moment) -> tuple[int, int | None]:
    """From when to when a mission is planned, in milliseconds of the epoch.

    Where nobody said how long, it ends when everybody is to be home; past that, or where nobody said that either, it
    has no end.
    """
    start = held.starts.ms if held.starts is not None else now.ms if held.state == "raised" else held.opened.ms
    if held.hours is not None:
        return start, start + round(held.hours * 3_600_000)
    home = held.home_by.moment().ms if held.home_by is not None else 0
    return start, home if home > max(start, now.ms) else None


def apart(start: int, end: int | None, other_start: int, other_end: int | None) -> bool:
    """Whether one span is over before the other begins; one without an end is not."""
    return (end is not None and end <= other_start) or (other_end is not None and other_end <= start)


def cannot_come(held: v.MemberView, start: int, end: int | None) -> bool:
    """Whether what somebody said last of the time from `start` to `end` is that they cannot come."""
    until = start + 1 if end is None else end
    said = [one for one in held.spans if one.start.ms < until and start < one.end.ms]
    return bool(said) and not said[-1].available


def _priority(rank: str, gravest_first: Sequence[str]) -> int:
    """5 for the gravest rank, 1 for the least grave, the middle where none was given."""
    if rank not in gravest_first or len(gravest_first) < 2:
        return 3
    share = gravest_first.index(rank) / (len(gravest_first) - 1)
    return round(GRAVEST - share * (GRAVEST - LEAST_GRAVE))


def _merged(parts: Sequence[tasking.Request]) -> tasking.Request:
    """The questions about several missions as one about all of them: what any of them says is said."""
    people: dict[str, tasking.Candidate] = {}
    for part in parts:
        for one in part.people:
            people[one.id] = _all_of((people[one.id], one)) if one.id in people else one
    missions = tuple(one for part in parts for one in part.missions)
    return _all_of(parts, people=tuple(people.values()), missions=missions)


def _all_of(parts: Sequence[S], **known: Any) -> S:
    """What any of them says: lists and tables are put together, of anything else the first stands."""
    said: dict[str, Any] = {}
    for name in parts[0].__struct_fields__:
        values = [getattr(one, name) for one in parts]
        if name in known or all(value == values[0] for value in values):
            continue
        if isinstance(values[0], tuple):
            said[name] = tuple(dict.fromkeys(chain.from_iterable(values)))
        elif isinstance(values[0], dict):
            said[name] = {key: value for one in reversed(values) for key, value in one.items()}
    return msgspec.structs.replace(parts[0], **said, **known)


def settled_rule(rule: Rule, question: Question) -> Rule:
    """A rule that somebody has accepted, as what it is."""
    if rule.kind != "accepted":
        return rule
    names = {one.id: one.name for one in question.request.missions}
    for (who, where), label in question.bound.items():
        name = question.names.get(PersonId(who), who)
        if rule.mission == where and rule.words == f"{name} has accepted {names[where]}":
            if label == AS_ASKED:
                return Rule(rule.kind, f"{name} goes on {names[where]}, as you asked", where)
            if label == OUT:
                return Rule(rule.kind, f"{name} is out on {names[where]} already", where)
    return rule
