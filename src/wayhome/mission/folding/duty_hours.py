"""How hours of duty, agreed limits and rest in the field add up."""

from __future__ import annotations

from wayhome.mission.facts import care as f
from wayhome.mission.facts import field as ff
from wayhome.mission.folding.registry import on_mission, on_organisation, on_person
from wayhome.mission.state import Duty, DutyLimit, Mission, Organisation, Person, Rested, Said
from wayhome.values.when import Moment

FORGOTTEN_H = 24.0
"""Somebody who comes on duty so long after they last did forgot to sign off: it is another duty."""


@on_person(f.DutySignedOn)
def signed_on(person: Person, fact: f.DutySignedOn, said: Said) -> None:
    before = person.duty
    since, rest_h, work_h = said.at, None, None
    if before is not None and still_on(before, said.at):
        since, rest_h, work_h = before.since, before.rest_h, before.work_h
    elif before is not None and before.off is not None:
        rest_h = max(0.0, before.off.hours_until(said.at))
        work_h = max(0.0, before.since.hours_until(before.off))
    person.duty = Duty(
        since=since,
        said=said.at,
        slept_24h=fact.slept_24h,
        slept_48h=fact.slept_48h,
        woke=fact.woke,
        worked_h=fact.worked_h,
        rest_h=rest_h,
        work_h=work_h,
    )


def still_on(duty: Duty, at: Moment) -> bool:
    """Whether somebody who says again how they slept is on the same duty still."""
    return duty.off is None and 0 <= duty.since.hours_until(at) < FORGOTTEN_H


@on_person(f.DutySignedOff)
def signed_off(person: Person, fact: f.DutySignedOff, said: Said) -> None:
    if person.duty is not None and person.duty.off is None:
        person.duty.off = said.at


@on_organisation(f.DutyLimitAgreed)
def limit_agreed(organisation: Organisation, fact: f.DutyLimitAgreed, said: Said) -> None:
    held = organisation.limits.get(fact.limit)
    if held is None or held.member == fact.member:
        organisation.limits[fact.limit] = DutyLimit(
            id=fact.limit,
            member=fact.member,
            words=fact.words,
            until=fact.until,
            partner=fact.partner,
            agreed=said.at,
        )


@on_organisation(f.DutyLimitEnded)
def limit_ended(organisation: Organisation, fact: f.DutyLimitEnded, said: Said) -> None:
    held = organisation.limits.get(fact.limit)
    if held is not None and held.member == fact.member:
        del organisation.limits[fact.limit]


@on_mission(ff.RestNoted)
def rest_noted(mission: Mission, fact: ff.RestNoted, said: Said) -> None:
    held = mission.rested.setdefault(fact.member, Rested())
    if fact.what == "ate":
        held.ate = fact.until if held.ate is None else max(held.ate, fact.until, key=lambda at: at.ms)
    else:
        held.slept.append((fact.until, fact.hours))
        held.slept.sort(key=lambda one: one[0].ms)
