"""Rows about what members told each other.

A telling has a row of its own, for its teller and its listener, in which nothing leads to the mission. That it was
told of this mission is another row: the teller's alone until it is shown to the mission's people.
"""

from __future__ import annotations

from collections.abc import Iterator

from wayhome.mission.facts import missions as m
from wayhome.mission.facts import secrecy as f
from wayhome.mission.need_to_know import Telling, teller_mark, telling_mark
from wayhome.mission.state import Mission, Said, World
from wayhome.mission.views import shapes as v
from wayhome.mission.views.missions import of
from wayhome.mission.views.registry import Change, Held, Shown, shows
from wayhome.values.ids import PersonId


@shows(f.Told)
def told(fact: f.Told, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    telling = held.secrecy.tellings[fact.telling]
    yield Held(telling.listener, telling_mark(telling.id))
    yield from _held_by_teller(held, telling)
    yield _telling(telling)
    yield from _of_the_mission(held, telling)


@shows(f.PromiseGiven)
def promised(fact: f.PromiseGiven, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    telling = held.secrecy.tellings.get(fact.telling)
    if telling is not None:
        yield _telling(telling)
        yield from _of_the_mission(held, telling)


@shows(f.TellingShown)
def shown(fact: f.TellingShown, world: World, said: Said) -> Iterator[Change]:
    """The telling's own row stays as it is: its listener hears nothing of who else sees it."""
    held = of(world, said)
    telling = held.secrecy.tellings.get(fact.telling)
    if telling is not None:
        yield from _of_the_mission(held, telling)


@shows(m.ReadIn, m.ReadOut, f.OpenedInEmergency, f.EmergencyEnded)
def sight(fact: m.ReadIn | m.ReadOut | f.OpenedInEmergency | f.EmergencyEnded, world: World, said: Said) -> (
    Iterator[Change]
):  # fmt: skip
    """Whoever is read out loses what they told as one read in, since it says what they knew; read in again, has it."""
    held = of(world, said)
    member = _whose_sight(fact, held)
    for telling in held.secrecy.tellings.values():
        if telling.teller == member:
            yield from _held_by_teller(held, telling)


def _whose_sight(fact: m.ReadIn | m.ReadOut | f.OpenedInEmergency | f.EmergencyEnded, held: Mission) -> PersonId | None:
    match fact:
        case f.OpenedInEmergency():
            return fact.by
        case f.EmergencyEnded():
            emergency = held.secrecy.emergencies.get(fact.glass)
            return emergency.by if emergency is not None else None
        case _:
            return fact.member


def _held_by_teller(held: Mission, telling: Telling) -> Iterator[Change]:
    """Whoever told what they had heard keeps that; whoever told as one read in has it while they are."""
    if not telling.teller_read_in:
        yield Held(telling.teller, telling_mark(telling.id))
        return
    sees = not held.secret or telling.teller in held.read_in
    yield Held(telling.teller, telling_mark(telling.id), sees)
    yield Held(telling.teller, teller_mark(telling.id), sees)


def _telling(telling: Telling) -> Shown:
    view = v.TellingView(
        telling=telling.id,
        teller=telling.teller,
        listener=telling.listener,
        about=telling.about,
        level=telling.level,
        happened=telling.happened,
        promise=telling.promise,
        name=telling.part.name,
        rank=telling.part.rank,
        purpose=telling.part.purpose,
        place=telling.part.place,
        starts=telling.part.starts,
        home_by=telling.part.home_by,
    )
    return Shown("telling", "", telling.id, telling_mark(telling.id), _sort(telling), view)


def _of_the_mission(held: Mission, telling: Telling) -> Iterator[Change]:
    """One row: under the teller's own mark, from the time it is shown under the mission's."""
    if not telling.shown and not telling.teller_read_in:
        return
    view = v.ToldView(
        telling=telling.id,
        mission=held.id,
        teller=telling.teller,
        listener=telling.listener,
        level=telling.level,
        happened=telling.happened,
        recorded=telling.recorded,
        promise=telling.promise,
        shown=telling.shown,
        override=telling.override,
    )
    mark = held.mark if telling.shown else teller_mark(telling.id)
    yield Shown("told", held.id, telling.id, mark, _sort(telling), view)


def _sort(telling: Telling) -> str:
    """By when it happened; its place in the stream, which would show in the order, is not in it."""
    return f"{telling.happened.ms:015d}.{telling.id}"
