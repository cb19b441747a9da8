"""Planning again when something changes: a new plan that changes as few people as possible, and what changed and why.

How that is found stands in `least_change`. How few would do is shown apart from it: whoever is gone is gone, and in
each touched team so many must leave or join at the least, whoever may be asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from wayhome.engines.tasking.errors import TaskingError
from wayhome.engines.tasking.now.data import Candidate, MissionNeed, Pair, Request
from wayhome.engines.tasking.now.least_change import LeastChange
from wayhome.engines.tasking.now.reasons import Plan
from wayhome.engines.tasking.now.results import Team
from wayhome.engines.tasking.now.standing import account_of, standing_of
from wayhome.engines.tasking.now.weights import STANDARD, Weights
from wayhome.engines.tasking.now.words import listed, plural


class Declined(msgspec.Struct, frozen=True):
    """Somebody does not go on a mission."""

    person: str
    mission: str


class Lost(msgspec.Struct, frozen=True):
    """Somebody cannot go anywhere any more. `duty`: leave, away, resting or lost; `why` in words that all may read."""

    person: str
    why: str
    duty: str = "away"


class Arrived(msgspec.Struct, frozen=True):
    """A new mission. `travel_h`: hours until there by person."""

    mission: MissionNeed
    travel_h: dict[str, float] = msgspec.field(default_factory=dict)


class Released(msgspec.Struct, frozen=True):
    """A promise is taken back: somebody who has accepted a mission may be planned anew."""

    person: str
    mission: str


Event = Declined | Lost | Arrived | Released


class Move(msgspec.Struct, frozen=True):
    """One person whose task is another now. "" stands for home."""

    person: str
    name: str
    before: str
    after: str
    why: str


class Replanned(msgspec.Struct, frozen=True, kw_only=True):
    """The new plan and its difference. `request` is the question as it stands now.

    `points` and `account` are by the usual weights. `fewest`: no plan that keeps everything manned, as far as this one
    does, changes fewer people; `proven` says that this plan changes no more. `unmanned`: missions without a team.
    """

    request: Request
    plan: dict[str, str]
    teams: tuple[Team, ...]
    points: int
    account: dict[str, int]
    moves: tuple[Move, ...]
    fewest: int
    proven: bool
    unmanned: tuple[str, ...]
    words: str


def replan(
    request: Request,
    plan: Mapping[str, str],
    events: Sequence[Event],
    *,
    weights: Weights = STANDARD,
    work: float = 1.5,
    seed: int = 1,
) -> Replanned:
    """A new plan after `events` on `plan` (person to mission) that changes as few people as it can.

    What is accepted stays, unless somebody declines it, is lost, or it is released. Raises TaskingError for somebody
    or something that is not in the request or the plan, and where no plan is possible any more.
    """
    from wayhome.engines.tasking.now.propose import teams_of

    now = _after(request, plan, events)
    now = msgspec.structs.replace(now, people=tuple(sorted(now.people, key=lambda one: one.id)))
    standing = standing_of(now, weights)
    planner = LeastChange(now, standing, weights, plan, work, seed)
    new = {event.mission.id for event in events if isinstance(event, Arrived)}
    touched = planner.touched() | new
    after = planner.mended(touched, set(plan.values()) | new)
    moves = _moves(now, plan, after, _reasons(now, events))
    fewest = planner.fewest(touched, set(after.values()))
    unmanned = tuple(one.id for one in now.missions if one.id not in set(after.values()))
    account = account_of(now, standing, weights, after)
    return Replanned(
        request=now,
        plan=after,
        teams=teams_of(Plan(now, standing, after)),
        points=sum(account.values()),
        account=account,
        moves=moves,
        fewest=fewest,
        proven=len(moves) <= fewest,
        unmanned=unmanned,
        words=_words(now, moves, unmanned, fewest),
    )


def _after(request: Request, plan: Mapping[str, str], events: Sequence[Event]) -> Request:
    """The question as it stands after the events."""
    people = {one.id: one for one in request.people}
    missions = {one.id: one for one in request.missions}
    fixed, forbidden = list(request.fixed), list(request.forbidden)
    for who, where in plan.items():
        if who not in people or where not in missions:
            raise TaskingError(f"the plan sends {who!r} to {where!r}: one of them is not in the question")
    for event in events:
        if isinstance(event, Arrived):
            if event.mission.id in missions:
                raise TaskingError(f"{event.mission.name} is there already: give the new mission an id of its own")
            missions[event.mission.id] = event.mission
            for who, hours in event.travel_h.items():
                _known(people, who)
                one = people[who]
                people[who] = msgspec.structs.replace(one, travel_h=one.travel_h | {event.mission.id: hours})
            continue
        _known(people, event.person)
        if isinstance(event, Lost):
            people[event.person] = msgspec.structs.replace(people[event.person], duty=event.duty)
            fixed = [pair for pair in fixed if pair.person != event.person]
            continue
        if event.mission not in missions:
            raise TaskingError(f"{event.mission!r} is not among the missions: {listed(list(missions))}")
        fixed = [pair for pair in fixed if pair != Pair(event.person, event.mission)]
        if isinstance(event, Declined):
            forbidden.append(Pair(event.person, event.mission))
    return msgspec.structs.replace(
        request,
        people=tuple(people.values()),
        missions=tuple(missions.values()),
        fixed=tuple(fixed),
        forbidden=tuple(dict.fromkeys(forbidden)),
    )


def _known(people: Mapping[str, Candidate], who: str) -> None:
    if who not in people:
        raise TaskingError(f"{who!r} is not among the candidates; add them first")


def _reasons(now: Request, events: Sequence[Event]) -> dict[str, str]:
    """What happened to somebody, in words."""
    names = {one.id: one.name for one in now.missions}
    found = {}
    for event in events:
        if isinstance(event, Declined):
            found[event.person] = f"declined {names[event.mission]}"
        elif isinstance(event, Lost):
            found[event.person] = event.why
        elif isinstance(event, Released):
            found[event.person] = f"released from {names[event.mission]}"
    return found


def _moves(
    now: Request, before: Mapping[str, str], after: Mapping[str, str], reasons: Mapping[str, str]
) -> tuple[Move, ...]:
    """Everybody whose task is another, by id."""
    people, missions = {one.id: one for one in now.people}, {one.id: one for one in now.missions}
    gone: dict[str, list[str]] = {}
    for who, where in before.items():
        if after.get(who) != where:
            gone.setdefault(where, []).append(people[who].name)
    moves = []
    for who in sorted({*before, *after}):
        old, new = before.get(who, ""), after.get(who, "")
        if old == new:
            continue
        why = reasons.get(who, "")
        if new:
            brings = [need.skill for need in missions[new].needs if people[who].has(need)]
            place = f"in place of {listed(gone[new])}" if new in gone else "a new team"
            said = f"{place}; brings {listed(list(dict.fromkeys(brings))) or 'another pair of hands'}"
            why = f"{why}; {said}" if why else said
        moves.append(Move(who, people[who].name, old, new, why or "the team goes without them now"))
    return tuple(moves)


def _words(now: Request, moves: tuple[Move, ...], unmanned: tuple[str, ...], fewest: int) -> str:
    names = {one.id: one.name for one in now.missions}
    lines = [f"{plural(len(moves), 'person', 'people')} with another task."]
    for move in moves:
        way = f"joins {names[move.after]}" if move.after else f"leaves {names[move.before]}"
        if move.before and move.after:
            way = f"goes from {names[move.before]} to {names[move.after]}"
        lines.append(f"{move.name} {way}: {move.why}.")
    if unmanned:
        lines.append(f"Without a team: {listed([names[one] for one in unmanned])}.")
    if moves:
        few = len(moves) <= fewest
        lines.append("No plan changes fewer." if few else f"At least {fewest} must change in any plan.")
    return " ".join(lines)
