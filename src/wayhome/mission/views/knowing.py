"""Rows of who knows of a mission: each thing to be weighed is one, as it is stated; together they are the whole.

A telling's row is its teller's alone until it is shown, as the telling's own is.
"""

from __future__ import annotations

from collections.abc import Iterator

from wayhome.mission.facts import missions as m
from wayhome.mission.facts import secrecy as f
from wayhome.mission.need_to_know import LEVELS, Telling, teller_mark
from wayhome.mission.state import Mission, Said, World
from wayhome.mission.views import shapes as v
from wayhome.mission.views.missions import of
from wayhome.mission.views.registry import Change, Shown, by_time, row, shows
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment

ALL = LEVELS.index("all")


@shows(m.MissionOpened, m.MissionPlanned)
def mission(fact: m.MissionOpened | m.MissionPlanned, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    if not held.name:
        return
    view = v.KnownMission(
        name=held.name,
        secret=held.secret,
        opened=held.opened,
        starts=held.starts,
        hours=held.hours,
        home_by=held.home_by,
    )
    yield row(held, "knowing", "mission", v.KnowingView(mission=view), sort="0")


@shows(m.MissionOpened, m.ReadIn)
def read_in(fact: m.MissionOpened | m.ReadIn, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    if not held.secret:
        return
    opened = isinstance(fact, m.MissionOpened)
    person = fact.owner if isinstance(fact, m.MissionOpened) else fact.member
    basis = "owner" if isinstance(fact, m.MissionOpened) else fact.basis
    source = None if opened or person == said.author else said.author
    known = v.KnownBy(person=person, since=said.at, level=ALL, basis=basis, source=source)
    yield row(held, "knowing", said.id, v.KnowingView(known=known), sort=by_time(said))


@shows(m.ReadOut)
def read_out(fact: m.ReadOut, world: World, said: Said) -> Iterator[Change]:
    lost = v.SightLost(person=fact.member, since=said.at)
    yield row(of(world, said), "knowing", said.id, v.KnowingView(lost=lost), sort=by_time(said))


@shows(f.Told, f.PromiseGiven, f.TellingShown)
def told(fact: f.Told | f.PromiseGiven | f.TellingShown, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    telling = held.secrecy.tellings.get(fact.telling)
    if telling is not None and (telling.shown or telling.teller_read_in):
        yield _told(held, telling)


def _told(held: Mission, telling: Telling) -> Shown:
    known = v.KnownBy(
        person=telling.listener,
        since=telling.happened,
        level=LEVELS.index(telling.level) if telling.level in LEVELS else 0,
        basis="told",
        source=telling.teller,
        telling=telling.id,
        promise=telling.promise,
        override=telling.override,
    )
    mark = held.mark if telling.shown else teller_mark(telling.id)
    sort = f"{telling.happened.ms:015d}.{telling.id}"
    return Shown("knowing", held.id, telling.id, mark, sort, v.KnowingView(known=known))


@shows(f.OpenedInEmergency)
def opened(fact: f.OpenedInEmergency, world: World, said: Said) -> Iterator[Change]:
    yield _emergency(of(world, said), fact.glass, fact.by, said.at, fact.until)


@shows(f.EmergencyEnded)
def ended(fact: f.EmergencyEnded, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    emergency = held.secrecy.emergencies.get(fact.glass)
    if emergency is not None:
        until = min(emergency.until, said.at, key=lambda at: at.ms)
        yield _emergency(held, fact.glass, emergency.by, emergency.since, until)


def _emergency(held: Mission, glass: str, by: PersonId, since: Moment, until: Moment) -> Shown:
    known = v.KnownBy(person=by, since=since, level=ALL, basis="opened in an emergency", until=until)
    return row(held, "knowing", glass, v.KnowingView(known=known), sort=f"{since.ms:015d}.{glass}")


@shows(f.CeilingSet)
def ceiling(fact: f.CeilingSet, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    view = v.CeilingView(
        mission=held.id,
        most=fact.most,
        leak_per_year=fact.leak_per_year,
        tellings_shown=fact.tellings_shown,
        by=said.author,
    )
    yield row(held, "ceiling", "ceiling", view)
    yield row(held, "knowing", "ceiling", v.KnowingView(ceiling=view), sort="1")


@shows(m.ExceptionMade)
def crossed(fact: m.ExceptionMade, world: World, said: Said) -> Iterator[Change]:
    if fact.rule == "ceiling":
        held = of(world, said)
        view = v.KnowingView(crossed=v.CeilingCrossed(at=said.at, reason=fact.reason))
        yield row(held, "knowing", said.id, view, sort=by_time(said))
