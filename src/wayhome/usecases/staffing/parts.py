"""Missions at other hours are questions of their own: parted before they are asked, and put together again after.

Somebody may go today and again tomorrow, so two missions of which one is well over before the other begins share nobody
whom both could not have. Each part has a bound of its own then, which says more than one for the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Protocol

import msgspec

from wayhome.engines import tasking
from wayhome.mission.views.shapes import MissionView
from wayhome.usecases.advice import AdviceError
from wayhome.usecases.staffing.answer import answer, least_points, with_pins
from wayhome.usecases.staffing.recorded import Part, Staffing
from wayhome.usecases.staffing.together import Asked, Bound, Question, apart, window
from wayhome.values.ids import MissionId, PersonId
from wayhome.values.when import Moment

REST_MS = 8 * 3_600_000
"""So much rest has whoever is planned for one mission and for another after it: the least of `rest.TWO_TO_ONE`."""


class Ask(Protocol):
    """Puts missions as one question; see `staffing.gather`."""

    def __call__(self, *, missions: Sequence[MissionView], asked: Asked, taken: Sequence[Bound]) -> Question: ...


class Weighed(msgspec.Struct, frozen=True):
    """The whole answer, and each part of it as it was asked and answered."""

    answer: Staffing
    parts: tuple[tuple[Question, Staffing], ...]


Accepted = Mapping[PersonId, Collection[MissionId]]


def weigh(ask: Ask, missions: Sequence[MissionView], accepted: Accepted, now: Moment, asked: Asked) -> Weighed:
    """The answer about all these missions, each part of them asked by itself.

    Raises AdviceError for somebody pinned who can go on none of them, and TaskingError.
    """
    parts = parted(missions, accepted, now)
    if len(parts) == 1:
        question = ask(missions=missions, asked=asked, taken=())
        answered = answer(question)
        return Weighed(answered, ((question, answered),))
    pinned = _pinned_where(ask, parts, accepted, asked)
    done: list[tuple[Question, Staffing, int]] = []
    for number, part in enumerate(parts):
        here = msgspec.structs.replace(asked, pinned=tuple(one for one in asked.pinned if pinned[one] == number))
        taken = [one for other, (_, said, _) in zip(parts, done, strict=False) for one in going(said, other, now)]
        question = ask(missions=part, asked=here, taken=taken)
        answered = answer(question)
        meets = any(
            not _apart(one, other, now, REST_MS) for before in parts[:number] for one in before for other in part
        )
        bound = least_points(ask(missions=part, asked=here, taken=())) if meets else answered.bound
        done.append((question, answered, min(bound, answered.points)))
    whole = _joined([one[1:] for one in done], [one.mission for one in missions])
    whole = msgspec.structs.replace(whole, what_if=bool(asked.without or asked.pinned))
    return Weighed(
        whole, tuple((question, msgspec.structs.replace(said, what_if=whole.what_if)) for question, said, _ in done)
    )


def _pinned_where(
    ask: Ask, parts: Sequence[tuple[MissionView, ...]], accepted: Accepted, asked: Asked
) -> dict[PersonId, int]:
    """In which part each who is pinned goes: where they have accepted, else where that adds the fewest points."""
    found: dict[PersonId, int] = {}
    for person in asked.pinned:
        there = accepted.get(person, ())
        known = [number for number, part in enumerate(parts) if any(one.mission in there for one in part)]
        found[person] = known[0] if known else _cheapest(ask, parts, person, asked)
    return found


def _cheapest(ask: Ask, parts: Sequence[tuple[MissionView, ...]], person: PersonId, asked: Asked) -> int:
    tried: list[tuple[int, int]] = []
    refused: dict[str, None] = {}
    for number, part in enumerate(parts):
        alone = msgspec.structs.replace(asked, pinned=(person,))
        try:
            more = least_points(with_pins(ask(missions=part, asked=alone, taken=())))
        except AdviceError as error:
            refused[str(error)] = None
            continue
        without = least_points(ask(missions=part, asked=msgspec.structs.replace(asked, pinned=()), taken=()))
        tried.append((more - without, number))
    if not tried:
        raise AdviceError("; ".join(refused))
    return min(tried)[1]


def parted(missions: Sequence[MissionView], accepted: Accepted, now: Moment) -> tuple[tuple[MissionView, ...], ...]:
    """The missions that are asked about together, each part in the order in which they were given.

    Those that are at the same hours, or not a night's rest apart, are in one part; but for two whose hours do not meet
    and which somebody has accepted both: these are never asked together, since in one plan nobody goes twice.
    """
    left, parts = list(missions), []
    while left:
        part = [left.pop(0)]
        for one in part:
            near = [other for other in left if not _apart(one, other, now, REST_MS)]
            part += near
            left = [other for other in left if other not in near]
        parts += _without_twice([one for one in missions if one in part], accepted, now)
    return tuple(map(tuple, parts))


def _without_twice(part: list[MissionView], accepted: Accepted, now: Moment) -> list[list[MissionView]]:
    """A part in as many as it takes that nobody has accepted two in one whose hours do not meet."""
    twice = {frozenset(pair) for both in accepted.values() for pair in combinations(sorted(both), 2)}
    found: list[list[MissionView]] = []
    for one in part:
        for beside in found:
            if not any(frozenset((one.mission, two.mission)) in twice and _apart(one, two, now, 0) for two in beside):
                beside.append(one)
                break
        else:
            found.append([one])
    return found


def _apart(one: MissionView, other: MissionView, now: Moment, rest_ms: int) -> bool:
    (start, end), (other_start, other_end) = window(one, now), window(other, now)
    return apart(
        start, None if end is None else end + rest_ms, other_start, None if other_end is None else other_end + rest_ms
    )


def going(answer: Staffing, missions: Iterable[MissionView], now: Moment) -> tuple[Bound, ...]:
    """Who is to go on these missions by this answer, with their hours and the rest that they need before and after."""
    found = []
    for held in missions:
        start, end = window(held, now)
        picks = next((team.picks for team in answer.teams if team.mission == held.mission), ())
        for pick in picks:
            until = None if end is None else end + REST_MS
            found.append(Bound(PersonId(pick.person), held.mission, f"goes on {held.name}", start - REST_MS, until))
    return tuple(found)


def _joined(answers: Sequence[tuple[Staffing, int]], order: Sequence[MissionId]) -> Staffing:
    """One answer of several, each with a bound: the points that no plan for its missions has fewer of."""
    place = {mission: number for number, mission in enumerate(order)}
    teams = sorted((team for one, _ in answers for team in one.teams), key=lambda team: place[MissionId(team.mission)])
    parts = tuple(
        Part(missions=tuple(MissionId(team.mission) for team in one.teams), points=one.points, bound=bound)
        for one, bound in answers
    )
    every = [one for one, _ in answers]
    account = Counter[str]()
    for one in every:
        account.update(one.account)
    points, bound = sum(part.points for part in parts), sum(part.bound for part in parts)
    gap = (points - bound) / points if points else 0.0
    return msgspec.structs.replace(
        every[0],
        teams=tuple(teams),
        points=points,
        bound=bound,
        gap=gap,
        account=dict(account),
        warnings=tuple(dict.fromkeys(said for one in every for said in one.warnings)),
        clash=None,
        complete=all(one.complete for one in every),
        words=tasking.in_words(tuple(teams), gap),
        changes=tuple(change for one in every for change in one.changes),
        against=max((one.against for one in every if one.against), key=lambda at: at.ms, default=None),
        unmanned=tuple(lost for one in every for lost in one.unmanned),
        kept=any(one.kept for one in every),
        saves=sum(one.saves for one in every),
        rests_on={mission: mark for one in every for mission, mark in one.rests_on.items()},
        parts=parts,
    )
