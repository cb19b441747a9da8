"""Rows of hours of duty: all of it for the member, what sending people needs for those who send them."""

from __future__ import annotations

from collections.abc import Iterator

from wayhome.mission.facts import care as f
from wayhome.mission.facts import field as ff
from wayhome.mission.facts import people as p
from wayhome.mission.state import Duty, Said, World
from wayhome.mission.views import shapes as v
from wayhome.mission.views.missions import of
from wayhome.mission.views.people import duty_mark, self_mark
from wayhome.mission.views.registry import Change, Shown, row, shows
from wayhome.values.ids import Mark, PersonId
from wayhome.values.sleep import at_least

WHO_SENDS = ("commander", "operator")
"""The duties that see how fit somebody is by what they said, and what limit they agreed to."""


def _for_those_who_send(member: PersonId) -> tuple[Mark, ...]:
    return (self_mark(member), *(duty_mark(duty) for duty in WHO_SENDS))


@shows(f.DutySignedOn, f.DutySignedOff)
def duty(fact: f.DutySignedOn | f.DutySignedOff, world: World, said: Said) -> Iterator[Change]:
    held = world.people[fact.member].duty
    if held is None:
        return
    own = v.DutyView(
        member=fact.member,
        since=held.since,
        said=held.said,
        slept_24h=held.slept_24h,
        slept_48h=held.slept_48h,
        woke=held.woke,
        worked_h=held.worked_h,
        off=held.off,
    )
    yield Shown("duty", "", fact.member, self_mark(fact.member), "", own)
    on_duty = _on_duty(fact.member, held) if held.off is None else None
    for mark in _for_those_who_send(fact.member):
        yield Shown("on_duty", mark, fact.member, mark, fact.member, on_duty)


def _on_duty(member: PersonId, held: Duty) -> v.OnDutyView:
    return v.OnDutyView(
        member=member,
        since=held.since,
        said=held.said,
        slept_at_least=at_least(held.slept_24h),
        woke=held.woke,
        worked_h=held.worked_h,
        rest_h=held.rest_h,
        work_h=held.work_h,
    )


@shows(f.DutyLimitAgreed, f.DutyLimitEnded)
def limit(fact: f.DutyLimitAgreed | f.DutyLimitEnded, world: World, said: Said) -> Iterator[Change]:
    held = world.organisation.limits.get(fact.limit)
    if held is not None and held.member != fact.member:
        return
    view = None
    if held is not None:
        view = v.DutyLimitView(
            limit=held.id, member=held.member, words=held.words, until=held.until, partner=held.partner
        )
    for mark in _for_those_who_send(fact.member):
        yield Shown("duty_limit", mark, fact.limit, mark, f"{fact.member}.{fact.limit}", view)


@shows(ff.RestNoted)
def rested(fact: ff.RestNoted, world: World, said: Said) -> Iterator[Change]:
    mission = of(world, said)
    held = mission.rested.get(fact.member)
    if held is not None:
        view = v.RestedView(member=fact.member, ate=held.ate, slept=tuple(held.slept))
        yield row(mission, "rested", fact.member, view)


@shows(p.PersonErased)
def erased(fact: p.PersonErased, world: World, said: Said) -> Iterator[Change]:
    """What they said of their hours goes with their stream."""
    yield Shown("duty", "", fact.member, self_mark(fact.member), "", None)
    for mark in _for_those_who_send(fact.member):
        yield Shown("on_duty", mark, fact.member, mark, "", None)
