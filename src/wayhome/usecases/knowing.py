"""Who knows of a secret: what members told each other, how it spread, and how likely it gets out.

Everything here is made of rows that the viewer may see. A telling that its teller keeps to themselves is in nobody
else's list, count or chance: what is shown is what is known to whoever looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from wayhome.access.seen import Seen
from wayhome.engines import knowing as engine
from wayhome.mission.need_to_know import LEVELS
from wayhome.mission.views import shapes as v
from wayhome.usecases.rows import NothingThere, Rows, called
from wayhome.usecases.viewing import Viewing
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.when import FIRST_MS, BadTime, Deadline, Moment, zone

HANDFUL_CHANCE = 0.05
"""The chance of a leak that a handful is counted for: one in twenty."""
A_YEAR_DAYS = 365.0
"""The span that is reckoned with where the mission's own end is not planned."""
DAY_MS = 86_400_000
ALL = LEVELS.index("all")


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


class _Mission(v.View, frozen=True, kw_only=True):
    """What of a mission's row is needed here."""

    mission: MissionId
    name: str
    secret: bool = False
    opened: Moment
    starts: Moment | None = None
    hours: float | None = None
    home_by: Deadline | None = None


class _ReadIn(v.View, frozen=True, kw_only=True):
    member: PersonId
    basis: str
    by: PersonId
    since: Moment


class _Told(v.View, frozen=True, kw_only=True):
    telling: Id
    teller: PersonId
    listener: PersonId
    level: str
    happened: Moment
    promise: str = ""
    override: str = ""


class _Ceiling(v.View, frozen=True, kw_only=True):
    most: int | None = None
    leak_per_year: float = 0.01
    tellings_shown: bool = False


class _Exception(v.View, frozen=True, kw_only=True):
    rule: str
    reason: str
    member: PersonId | None = None
    at: Moment


class _Emergency(v.View, frozen=True, kw_only=True):
    by: PersonId
    since: Moment
    until: Moment
    ended: bool = False


class _Sources(msgspec.Struct, frozen=True):
    """Every row that speaks of who knows."""

    mission: _Mission
    read_ins: Sequence[_ReadIn]
    told: Sequence[_Told]
    emergencies: Sequence[_Emergency]
    exceptions: Sequence[_Exception]
    ceiling: _Ceiling


class KnowingReading(Viewing):
    """Reads of tellings, and of who knows."""

    def tellings(self) -> Seen[tuple[v.TellingView, ...]]:
        """What the viewer told others of a secret, and what they were told: just that, and nothing else of it."""
        return self._list("telling", v.TellingView)

    def told(self, mission: MissionId) -> Seen[tuple[v.ToldView, ...]]:
        """What was told of a mission: tellings that are shown to its people, and the viewer's own."""
        rows = self._rows()
        if not rows.fetch("mission", _Mission, key=mission):
            raise NothingThere("mission")
        return self._many(rows, rows.fetch("told", v.ToldView, scope=mission))

    def know(self, mission: MissionId, at: datetime | None = None) -> Seen[KnowView]:
        """Who knows of a mission, now or at a past instant: from whom, since when, how it spread, how likely it leaks.

        `at` without a zone is meant in the organisation's own.
        """
        rows = self._rows()
        instant = self._instant(at)
        held = rows.fetch("mission", _Mission, key=mission)
        if not held:
            raise NothingThere("mission")
        if not held[0].secret:
            words = ("It is an open mission: everybody in the organisation may know of it.",)
            open_one = KnowView(mission=mission, name=held[0].name, open=True, at=instant, words=words)
            return self._seen(rows, open_one)
        return self._seen(rows, _view(_sources(rows, held[0]), instant, rows))

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


def _sources(rows: Rows, held: _Mission) -> _Sources:
    ceilings = rows.fetch("ceiling", _Ceiling, scope=held.mission)
    return _Sources(
        mission=held,
        read_ins=rows.fetch("read_in", _ReadIn, scope=held.mission),
        told=rows.fetch("told", _Told, scope=held.mission),
        emergencies=rows.fetch("emergency", _Emergency, scope=held.mission),
        exceptions=rows.fetch("exception", _Exception, scope=held.mission),
        ceiling=ceilings[0] if ceilings else _Ceiling(),
    )


def _ways(held: _Sources) -> Iterator[engine.Way]:
    for one in held.read_ins:
        if one.basis == "read out":
            continue
        source = "" if one.by == one.member else one.by
        yield engine.Way(person=one.member, since=one.since, level=ALL, basis=one.basis, source=source)
    for glass in held.emergencies:
        yield engine.Way(person=glass.by, since=glass.since, level=ALL, basis="opened in an emergency")
    for told in held.told:
        yield engine.Way(
            person=told.listener,
            since=told.happened,
            level=LEVELS.index(told.level),
            basis="told",
            source=told.teller,
            told=True,
            about=told.telling,
        )


def _view(held: _Sources, at: Moment, rows: Rows) -> KnowView:
    spread = engine.spread(_ways(held), at)
    people = {one.person for one in spread.knowers} | {way.source for one in spread.knowers for way in one.ways}
    names = _Names(rows, people)
    rate, count = held.ceiling.leak_per_year, len(spread.knowers)
    days = sum(at.ms - one.since.ms for one in spread.knowers) / DAY_MS
    ends = _ends(held.mission)
    ahead = max(0.0, (ends.ms - at.ms) / DAY_MS) if ends is not None else A_YEAR_DAYS
    whole = max(0.0, (ends.ms - held.mission.opened.ms) / DAY_MS) if ends is not None else A_YEAR_DAYS
    most = held.ceiling.most
    return KnowView(
        mission=held.mission.mission,
        name=held.mission.name,
        open=False,
        at=at,
        words=_words(rate, ends),
        knowers=tuple(_knower(one, held, at, names) for one in spread.knowers),
        count=count,
        most=most,
        left=most - count if most is not None else None,
        tellings_shown=held.ceiling.tellings_shown,
        overrides=_overrides(held, at),
        person_days=days,
        depth=spread.depth,
        widest=tuple(sorted(names.of(person) for person in spread.widest)),
        widest_told=spread.widest_told,
        leak_per_year=rate,
        ends=ends,
        by_now=engine.leaked(days, rate),
        by_end=engine.leaked(days + count * ahead, rate) if ends is not None else None,
        one_more=engine.one_more(days + count * ahead, ahead, rate),
        one_more_days=ahead,
        handful=engine.handful(HANDFUL_CHANCE, whole, rate),
        handful_days=whole,
    )


class _Names:
    """How people are called, looked up all at once."""

    def __init__(self, rows: Rows, people: set[str]) -> None:
        self._known = rows.names(people - {""})

    def of(self, person: str) -> str:
        return (self._known.get(person) or called(person)) if person else ""


def _knower(one: engine.Knower, held: _Sources, at: Moment, names: _Names) -> KnowerView:
    sees, read_out = _sight(PersonId(one.person), held, at)
    promises = {told.telling: told.promise for told in held.told}
    return KnowerView(
        member=PersonId(one.person),
        member_name=names.of(one.person),
        level=LEVELS[one.level],
        basis=one.ways[0].basis,
        source=PersonId(one.source) if one.source else None,
        source_name=names.of(one.source),
        since=one.since,
        depth=one.depth,
        sees=sees,
        read_out=read_out,
        ways=tuple(
            WayView(
                basis=way.basis,
                level=LEVELS[way.level],
                since=way.since,
                by=PersonId(way.source) if way.source else None,
                by_name=names.of(way.source),
                telling=Id(way.about) if way.about else None,
                promise=promises.get(Id(way.about), ""),
            )
            for way in one.ways
        ),
    )


def _sight(member: PersonId, held: _Sources, at: Moment) -> tuple[bool, Moment | None]:
    """Whether somebody sees the mission itself at an instant, and since when no more where they were read out."""
    by_hand = [one for one in held.read_ins if one.member == member and one.since.ms <= at.ms]
    last = by_hand[-1] if by_hand else None
    read_out = last.since if last is not None and last.basis == "read out" else None
    if last is not None and read_out is None:
        return True, None
    since_out = read_out.ms if read_out is not None else FIRST_MS
    opened = any(
        one.by == member and since_out <= one.since.ms <= at.ms < one.until.ms and not one.ended
        for one in held.emergencies
    )
    return opened, None if opened else read_out


def _ends(mission: _Mission) -> Moment | None:
    """When the mission is planned to be over, where that was said and can be read."""
    try:
        if mission.home_by is not None:
            return mission.home_by.moment()
        if mission.hours is not None:
            return (mission.starts or mission.opened).plus(hours=mission.hours)
    except (ValueError, OverflowError):
        return None
    return None


def _overrides(held: _Sources, at: Moment) -> tuple[str, ...]:
    """The reasons for which the ceiling was crossed, oldest first."""
    found = [(one.at.ms, one.reason) for one in held.exceptions if one.rule == "ceiling"]
    found += [(one.happened.ms, one.override) for one in held.told if one.override]
    return tuple(reason for ms, reason in sorted(found) if ms <= at.ms)


def _words(rate: float, ends: Moment | None) -> tuple[str, ...]:
    span = "until the mission is planned to be over" if ends is not None else "for a year, since no end is planned"
    return (
        f"Assumed, not measured: each person who knows lets it out with a chance of {rate:.3g} a year, each on their "
        f"own. The range is for a third of that and for three times it.",
        f"What one more would cost and how many may know are reckoned {span}.",
        "Counted are those read in, tellings shown to the mission, and your own; what others told and keep to "
        "themselves is not.",
    )
