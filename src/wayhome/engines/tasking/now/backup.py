"""Backup: who near, fit and suited can reach somebody in pursuit, and what waiting for them buys."""

from __future__ import annotations

import math

import msgspec

from wayhome.engines.tasking.errors import TaskingError
from wayhome.engines.tasking.now.data import Candidate, MissionNeed, Pair, Request, SkillNeed
from wayhome.engines.tasking.now.ranking import team_lacks
from wayhome.engines.tasking.now.reasons import fitness_words
from wayhome.engines.tasking.now.results import Bring, Left
from wayhome.engines.tasking.now.standing import minutes, standing_of
from wayhome.engines.tasking.now.weights import STANDARD
from wayhome.engines.tasking.now.words import hours_words, listed, plural


class Arrival(msgspec.Struct, frozen=True):
    """One who can come: in how many minutes, with what, and what must be settled first."""

    person: str
    name: str
    minutes: int
    brings: tuple[Bring, ...]
    exceptions: tuple[str, ...]
    words: str
    personal: tuple[str, ...] = ()
    """Fitness, for whoever sends people alone."""


class Future(msgspec.Struct, frozen=True):
    """What waiting so long comes to: who is together by then and what the team still lacks.

    `ahead_km` is how much farther the other can be by then; None when his speed was not given.
    """

    wait_min: int
    people: tuple[str, ...]
    lacks: tuple[str, ...]
    ahead_km: float | None
    words: str


class Backup(msgspec.Struct, frozen=True):
    """Everybody who can come, soonest first; going on now against every wait that brings somebody; who cannot come.

    `unknown` are ids of those who could come, with a travel time that is not known.
    """

    arrivals: tuple[Arrival, ...]
    go_on: Future
    waits: tuple[Future, ...]
    unknown: tuple[str, ...]
    not_considered: tuple[Left, ...]


def backup(
    people: tuple[Candidate, ...],
    mission: MissionNeed,
    there: tuple[str, ...],
    *,
    most_wait_h: float = 2.0,
    subject_kmh: float | None = None,
) -> Backup:
    """Who can reach those `there` (ids) within `most_wait_h`, and both futures: go on now, or wait for them.

    `people` hold travel hours to the place under `mission.id`. `subject_kmh`, if given, says how fast the other moves
    away; distances are then speed times wait, an upper bound over ground. Raises TaskingError for bad input.
    """
    _check(people, there, most_wait_h, subject_kmh)
    # Who of many comes is for whoever sends them: here only that nobody is missing counts.
    mission = msgspec.structs.replace(mission, within_h=most_wait_h, most=None)
    fixed = tuple(Pair(one, mission.id) for one in there)
    standing = standing_of(Request(people=people, missions=(mission,), fixed=fixed), STANDARD)
    could = [one for one in people if (one.id, mission.id) in standing.options and one.id not in there]
    coming = sorted(
        (one for one in could if mission.id in one.travel_h), key=lambda one: (one.travel_h[mission.id], one.id)
    )
    arrivals = tuple(_arrival(one, mission, standing.options[one.id, mission.id].exceptions) for one in coming)
    base = [one for one in people if one.id in there]
    waits = tuple(
        _future(mission, base, [p for p in coming if minutes(p.travel_h[mission.id]) <= wait], wait, subject_kmh)
        for wait in dict.fromkeys(one.minutes for one in arrivals)
    )
    return Backup(
        arrivals=arrivals,
        go_on=_future(mission, base, [], 0, subject_kmh),
        waits=waits,
        unknown=tuple(one.id for one in could if mission.id not in one.travel_h),
        not_considered=tuple(
            Left(one.id, one.name, standing.left[one.id, mission.id])
            for one in people
            if (one.id, mission.id) in standing.left
        ),
    )


def when_sent(
    people: tuple[Candidate, ...],
    mission: MissionNeed,
    there: tuple[str, ...],
    *,
    subject_kmh: float | None = None,
) -> tuple[Future, tuple[Future, ...]]:
    """Both futures where it is settled who comes: go on now, and every wait that brings some of them.

    Whoever of `people` is not `there` (ids) was sent, and holds the hours until there under `mission.id`; whether they
    might go is no question any more. Raises TaskingError for bad input.
    """
    _check(people, there, 1.0, subject_kmh)
    mission = msgspec.structs.replace(mission, most=None)
    base = [one for one in people if one.id in there]
    coming = [one for one in people if one.id not in there]
    for one in coming:
        if mission.id not in one.travel_h:
            raise TaskingError(f"{one.name} was sent, and it is not said when they are there")
    waits = tuple(
        _future(mission, base, [one for one in coming if minutes(one.travel_h[mission.id]) <= wait], wait, subject_kmh)
        for wait in sorted({minutes(one.travel_h[mission.id]) for one in coming})
    )
    return _future(mission, base, [], 0, subject_kmh), waits


def _check(people: tuple[Candidate, ...], there: tuple[str, ...], wait_h: float, kmh: float | None) -> None:
    known = {one.id for one in people}
    if not there:
        raise TaskingError("nobody is there yet: say who is in pursuit")
    for one in there:
        if one not in known:
            raise TaskingError(f"{one!r}, in pursuit, is not among the people; add them")
    if not (math.isfinite(wait_h) and 0 < wait_h <= 240):
        raise TaskingError(f"the longest wait, {wait_h!r} hours, must lie above 0 and up to 240")
    if kmh is not None and not (math.isfinite(kmh) and 0 <= kmh <= 300):
        raise TaskingError(f"a speed of {kmh!r} km/h must lie between 0 and 300")


def _arrival(person: Candidate, mission: MissionNeed, exceptions: tuple[str, ...]) -> Arrival:
    needs: tuple[SkillNeed, ...] = tuple(dict.fromkeys(mission.needs))
    brings = tuple(Bring(one.skill, person.skills[one.skill], one.level) for one in needs if person.has(one))
    hours = person.travel_h[mission.id]
    what = listed([f"{one.skill} {one.level}" for one in brings]) or "none of the skills asked for"
    words = f"{person.name}, {person.duty}, can be there in {hours_words(hours)} with {what}."
    return Arrival(person.id, person.name, minutes(hours), brings, exceptions, words, fitness_words(person))


def _future(
    mission: MissionNeed, base: list[Candidate], coming: list[Candidate], wait: int, kmh: float | None
) -> Future:
    team = base + coming
    lacks = team_lacks(mission, team)
    ahead = None if kmh is None else round(kmh * wait / 60, 1)
    start = f"{len(coming)} with you in {hours_words(wait / 60)}" if wait else "Go on now"
    missing = f"still lacking {listed(lacks)}" if lacks else "nothing lacking"
    farther = f"; he can be {ahead} km farther by then" if ahead and wait else ""
    words = f"{start}: {plural(len(team), 'person', 'people')}, {missing}{farther}."
    return Future(wait, tuple(one.id for one in team), lacks, ahead, words)
