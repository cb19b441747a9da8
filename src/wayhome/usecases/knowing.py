"""Who knows of a secret: what members told each other, how it spread, and how likely it gets out.

Everything here is made of rows that the viewer may see. A telling that its teller keeps to themselves is in nobody
else's list, count or chance: what is shown is what is known to whoever looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from wayhome.access.seen import Seen
from wayhome.engines import knowing as engine
from wayhome.mission.need_to_know import LEVELS
from wayhome.mission.views import shapes as v
from wayhome.usecases.rows import NothingThere, Rows, called
from wayhome.usecases.viewing import Viewing
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.when import FIRST_MS, BadTime, Moment, zone

HANDFUL_CHANCE = 0.05
"""The chance of a leak that a handful is counted for: one in twenty."""
ASSUMED_LEAK = 0.01
"""For each person and year, where a mission says nothing else: an assumption like any other."""
A_YEAR_DAYS = 365.0
"""The span that is reckoned with where the mission's own end is not planned."""
DAY_MS = 86_400_000


class WayView(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which somebody came to know.

    `basis`: owner, offered, read in, told, opened in an emergency; or unrecorded, of somebody who told another before
    anything says how they knew. `telling` and `promise` are those of a telling.
    """

    basis: str
    level: str
    since: Moment
    by: PersonId | None = None
    by_name: str = ""
    telling: Id | None = None
    promise: str = ""


class KnowerView(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who knows, in a list that is a tree read from the top: `depth` is how far down.

    `since`, `basis` and `source` are of the first way in which they came to know, `level` is the most they know by any.
    `sees`: whether they still see the mission itself; `read_out`: since when no more.
    """

    member: PersonId
    member_name: str
    level: str
    basis: str
    source: PersonId | None
    source_name: str
    since: Moment
    depth: int
    sees: bool
    read_out: Moment | None
    ways: tuple[WayView, ...]


class KnowView(msgspec.Struct, frozen=True, kw_only=True):
    """Who knows of a mission at an instant, and what that comes to.

    Of an open mission only `open` and `words` say anything: everybody may know. Chances are given for a third of the
    assumed rate, for it and for three times it. `one_more` is by how much the chance until the end grows with one more
    who knows; `handful` is how many may know for so long at a chance of `handful_chance`.
    """

    mission: MissionId
    name: str
    open: bool
    at: Moment
    words: tuple[str, ...]
    knowers: tuple[KnowerView, ...] = ()
    count: int = 0
    most: int | None = None
    left: int | None = None
    tellings_shown: bool = False
    overrides: tuple[str, ...] = ()
    person_days: float = 0.0
    depth: int = 0
    widest: tuple[str, ...] = ()
    widest_told: int = 0
    leak_per_year: float = 0.0
    ends: Moment | None = None
    by_now: engine.Chance | None = None
    by_end: engine.Chance | None = None
    one_more: engine.Chance | None = None
    one_more_days: float = 0.0
    handful: engine.Count | None = None
    handful_chance: float = HANDFUL_CHANCE
    handful_days: float = 0.0


class _Sources(msgspec.Struct):
    """Everything that speaks of who knows, as it lies in the rows."""

    mission: v.KnownMission
    known: list[v.KnownBy]
    read_in: set[PersonId]
    read_out: dict[PersonId, Moment]
    crossed: list[tuple[int, str]]
    ceiling: v.CeilingView | None


class KnowingReading(Viewing):
    """Reads of tellings, and of who knows."""

    def tellings(self) -> Seen[tuple[v.TellingView, ...]]:
        """What the viewer told others of a secret, and what they were told: just that, and nothing else of it."""
        return self._list("telling", v.TellingView)

    def told(self, mission: MissionId) -> Seen[tuple[v.ToldView, ...]]:
        """What was told of a mission: tellings that are shown to its people, and the viewer's own."""
        rows = self._rows()
        self._must_see(rows, mission)
        return self._many(rows, rows.fetch("told", v.ToldView, scope=mission))

    def know(self, mission: MissionId, at: datetime | None = None) -> Seen[KnowView]:
        """Who knows of a mission, now or at a past instant: from whom, since when, how it spread, how likely it leaks.

        `at` without a zone is meant in the organisation's own.
        """
        rows = self._rows()
        instant = self._instant(at)
        held = _sources(rows.fetch("knowing", v.KnowingView, scope=mission), instant)
        if held is None:
            raise NothingThere("mission")
        if not held.mission.secret:
            words = ("It is an open mission: everybody in the organisation may know of it.",)
            open_one = KnowView(mission=mission, name=held.mission.name, open=True, at=instant, words=words)
            return self._seen(rows, open_one)
        return self._seen(rows, _view(mission, held, instant, rows))

    def _instant(self, at: datetime | None) -> Moment:
        """The instant asked for, and at the latest now: what will be known is not known."""
        if at is None:
            return self._now
        aware = at if at.tzinfo is not None else at.replace(tzinfo=zone(self._now.zone))
        try:
            ms = round(aware.timestamp() * 1000)
        except (OverflowError, ValueError) as error:
            raise BadTime("that instant lies outside the years 1900 to 9000") from error
        return Moment(max(FIRST_MS, min(ms, self._now.ms)), self._now.zone)


def _sources(found: Sequence[v.KnowingView], at: Moment) -> _Sources | None:
    """What was so at an instant; None where there is no mission. The ceiling is that of today."""
    mission = next((one.mission for one in found if one.mission is not None), None)
    if mission is None:
        return None
    held = _Sources(mission, [], set(), {}, [], None)
    for one in found:
        if one.ceiling is not None:
            held.ceiling = one.ceiling
        elif one.known is not None and one.known.since.ms <= at.ms:
            held.known.append(one.known)
            if one.known.override:
                held.crossed.append((one.known.since.ms, one.known.override))
            if one.known.until is None and one.known.telling is None:
                held.read_in.add(one.known.person)
                held.read_out.pop(one.known.person, None)
        elif one.lost is not None and one.lost.since.ms <= at.ms:
            held.read_in.discard(one.lost.person)
            held.read_out[one.lost.person] = one.lost.since
        elif one.crossed is not None and one.crossed.at.ms <= at.ms:
            held.crossed.append((one.crossed.at.ms, one.crossed.reason))
    return held


def _way(one: v.KnownBy) -> engine.Way:
    return engine.Way(
        person=one.person,
        since=one.since,
        level=one.level,
        basis=one.basis,
        source=one.source or "",
        told=one.telling is not None,
        about=one.telling or "",
    )


def _view(mission: MissionId, held: _Sources, at: Moment, rows: Rows) -> KnowView:
    spread = engine.spread(map(_way, held.known), at)
    people = _People(rows, held.known)
    count = len(spread.knowers)
    most = held.ceiling.most if held.ceiling else None
    promises: dict[str, str] = {one.telling: one.promise for one in held.known if one.telling and one.promise}
    likely = _likely(held, [one.since for one in spread.knowers], at)
    return KnowView(
        mission=mission,
        name=held.mission.name,
        open=False,
        at=at,
        words=_words(likely.leak_per_year, likely.ends),
        knowers=tuple(
            [_knower(one, _sight(people.ids[one.person], held, at), promises, people) for one in spread.knowers]
        ),
        count=count,
        most=most,
        left=most - count if most is not None else None,
        tellings_shown=held.ceiling is not None and held.ceiling.tellings_shown,
        overrides=tuple(reason for _, reason in sorted(held.crossed)),
        depth=spread.depth,
        widest=tuple(sorted(people.names[person] for person in spread.widest)),
        widest_told=spread.widest_told,
        **msgspec.structs.asdict(likely),
    )


class _Likely(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a `KnowView` that is reckoned."""

    person_days: float
    leak_per_year: float
    ends: Moment | None
    by_now: engine.Chance
    by_end: engine.Chance | None
    one_more: engine.Chance
    one_more_days: float
    handful: engine.Count
    handful_days: float


def _likely(held: _Sources, since: Sequence[Moment], at: Moment) -> _Likely:
    rate = held.ceiling.leak_per_year if held.ceiling else ASSUMED_LEAK
    days = sum(at.ms - one.ms for one in since) / DAY_MS
    ends = _ends(held.mission)
    ahead = max(0.0, (ends.ms - at.ms) / DAY_MS) if ends is not None else A_YEAR_DAYS
    whole = max(0.0, (ends.ms - held.mission.opened.ms) / DAY_MS) if ends is not None else A_YEAR_DAYS
    later = days + len(since) * ahead
    return _Likely(
        person_days=days,
        leak_per_year=rate,
        ends=ends,
        by_now=engine.leaked(days, rate),
        by_end=engine.leaked(later, rate) if ends is not None else None,
        one_more=engine.one_more(later, ahead, rate),
        one_more_days=ahead,
        handful=engine.handful(HANDFUL_CHANCE, whole, rate),
        handful_days=whole,
    )


class _People:
    """Whoever knows, and whoever they had it from: how they are called, looked up all at once. Nobody is called ""."""

    def __init__(self, rows: Rows, known: Sequence[v.KnownBy]) -> None:
        people = {one.person for one in known} | {one.source for one in known if one.source}
        found = rows.names({*people})
        self.ids: dict[str, PersonId] = {person: person for person in people}
        self.names: dict[str, str] = {person: found.get(person) or called(person) for person in people}
        self.names[""] = ""


def _knower(
    one: engine.Knower, sight: tuple[bool, Moment | None], promises: dict[str, str], people: _People
) -> KnowerView:
    sees, read_out = sight
    return KnowerView(
        member=people.ids[one.person],
        member_name=people.names[one.person],
        level=LEVELS[one.level],
        basis=one.ways[0].basis,
        source=people.ids.get(one.source),
        source_name=people.names[one.source],
        since=one.since,
        depth=one.depth,
        sees=sees,
        read_out=read_out,
        ways=tuple([_shown(way, promises, people) for way in one.ways]),
    )


def _shown(way: engine.Way, promises: dict[str, str], people: _People) -> WayView:
    return WayView(
        basis=way.basis,
        level=LEVELS[way.level],
        since=way.since,
        by=people.ids.get(way.source),
        by_name=people.names[way.source],
        telling=Id(way.about) if way.about else None,
        promise=promises.get(way.about, "") if way.about else "",
    )


def _sight(member: PersonId, held: _Sources, at: Moment) -> tuple[bool, Moment | None]:
    """Whether somebody sees the mission itself at an instant, and since when no more where they were read out."""
    if member in held.read_in:
        return True, None
    read_out = held.read_out.get(member)
    since_out = read_out.ms if read_out is not None else FIRST_MS
    opened = any(
        one.person == member and one.until is not None and since_out <= one.since.ms and at.ms < one.until.ms
        for one in held.known
    )
    return opened, None if opened else read_out


def _ends(mission: v.KnownMission) -> Moment | None:
    """When the mission is planned to be over, where that was said and can be read."""
    try:
        if mission.home_by is not None:
            return mission.home_by.moment()
        if mission.hours is not None:
            return (mission.starts or mission.opened).plus(hours=mission.hours)
    except (ValueError, OverflowError):
        return None
    return None


def _words(rate: float, ends: Moment | None) -> tuple[str, ...]:
    span = "until the mission is planned to be over" if ends is not None else "for a year, since no end is planned"
    return (
        f"Assumed, not measured: each person who knows lets it out with a chance of {rate:.3g} a year, each on their "
        f"own. The range is for a third of that and for three times it.",
        f"What one more would cost and how many may know are reckoned {span}.",
        "Counted are those read in, tellings shown to the mission, and your own; what others told and keep to "
        "themselves is not.",
    )
