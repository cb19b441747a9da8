"""What may be stated of hours of duty, of agreed limits, and of rest in the field.

How somebody slept is their own word: nobody is asked for proof, and what is not said is simply not known.
"""

from __future__ import annotations

import math

from wayhome.mission.facts import care as f
from wayhome.mission.facts import field as ff
from wayhome.mission.facts.base import Fact
from wayhome.mission.intents import care as i
from wayhome.mission.intents import field as fi
from wayhome.mission.rules.common import (
    IN_THE_FIELD,
    Act,
    Decision,
    Refused,
    decides,
    in_mission,
    in_organisation,
    in_person,
    member_of,
    mission_of,
    must,
    relations,
    text,
)
from wayhome.mission.state import ACCEPTED, Duty, DutyLimit, Mission, World
from wayhome.values.ids import Id, PersonId
from wayhome.values.sleep import LONG_AWAKE_H, deemed_impaired
from wayhome.values.when import Moment

MAY_TYPE = frozenset({"operator", "commander"})
LONGEST_AWAKE_H = 24.0 * 7
A_DAY = 24.0
ROUNDING_H = 0.5
"""People round: so much more than a day may come of sleep and waking hours together."""
OPEN_OFFERS = frozenset({"offered", "seen", "thinking"}) | ACCEPTED


def _speaks_for(world: World, act: Act, member: PersonId, channel: str) -> PersonId | None:
    """None when somebody speaks for themselves; else who typed it. Refuses whoever may not."""
    if member_of(world, member).erased:
        raise Refused("erased", "their personal fields were erased, for good: nothing can be kept of their hours")
    if act.by == member:
        return None
    if not relations(world, act) & MAY_TYPE:
        raise Refused("not yours to do", "saying how somebody slept is for themselves, or for an operator to type")
    if not channel.strip():
        raise Refused("by which channel", f"say how {world.name(member)} told you, for example by phone or radio")
    return act.by


def _hours(value: float | None, most: float, what: str) -> float | None:
    if value is None:
        return None
    if not math.isfinite(value) or not 0 <= value <= most:
        raise Refused("no such hours", f"{what}: {value:g} hours cannot be; give a number from 0 to {most:g}")
    return float(value)


def _woke(woke: Moment | None, slept: float | None, now: Moment) -> None:
    """Refuses waking in the future, a week ago, and more sleep than is left of the day."""
    if woke is None:
        return
    awake = woke.hours_until(now)
    if awake < 0:
        raise Refused("in the future", "nobody woke in the future: give a time that has passed")
    if awake > LONGEST_AWAKE_H:
        raise Refused("too long ago", "nobody is awake for more than a week: give the day as well")
    if slept is not None and slept + min(awake, A_DAY) > A_DAY + ROUNDING_H:
        raise Refused(
            "more than a day",
            f"{slept:g} h of sleep in 24 and {awake:.1f} h awake since are more than a day: check both",
        )


@decides(i.SignOnDuty)
def sign_on(intent: i.SignOnDuty, world: World, act: Act) -> Decision:
    typed_by = _speaks_for(world, act, intent.member, intent.channel)
    slept = _hours(intent.slept_24h, A_DAY, "sleep in the last 24 hours")
    over_two = _hours(intent.slept_48h, 2 * A_DAY, "sleep in the last 48 hours")
    if slept is not None and over_two is not None and over_two < slept:
        raise Refused("less than in one day", "in 48 hours they cannot have slept less than in the last 24 of them")
    worked = _hours(intent.worked_h, A_DAY, "other work and travel in the last 24 hours")
    if slept is not None and worked is not None and slept + worked > A_DAY + ROUNDING_H:
        raise Refused(
            "more than a day", f"{slept:g} h of sleep and {worked:g} h of work are more than a day: check both"
        )
    _woke(intent.woke, slept, act.now)
    fact = f.DutySignedOn(
        member=intent.member,
        slept_24h=slept,
        slept_48h=over_two,
        woke=intent.woke,
        worked_h=worked,
        channel=intent.channel.strip() if typed_by else "",
        by=typed_by,
    )
    return Decision(in_person(intent.member, fact), tells=_on_tells(slept, intent.woke, act.now))


def _on_tells(slept: float | None, woke: Moment | None, now: Moment) -> tuple[str, ...]:
    if deemed_impaired(slept, woke.hours_until(now) if woke is not None else None):
        return ("So little sleep, or so long awake, counts as impaired: tell whoever leads, and do not drive.",)
    return ()


@decides(i.SignOffDuty)
def sign_off(intent: i.SignOffDuty, world: World, act: Act) -> Decision:
    typed_by = _speaks_for(world, act, intent.member, intent.channel)
    person = world.people.get(intent.member)
    duty = person.duty if person is not None else None
    if duty is None or duty.off is not None:
        raise Refused("not on duty", "they are not signed on: `wayhome duty on` signs on, with how they slept")
    fact = f.DutySignedOff(
        member=intent.member,
        driving=intent.driving,
        channel=intent.channel.strip() if typed_by else "",
        by=typed_by,
    )
    tells = _driving_tells(duty, act.now) if intent.driving else ()
    return Decision(in_person(intent.member, fact), tells=tells)


def _driving_tells(duty: Duty, now: Moment) -> tuple[str, ...]:
    """Advice for the way home, never a bar: nobody is kept from going home."""
    awake = duty.woke.hours_until(now) if duty.woke is not None else None
    lately = duty.said.hours_until(now) < A_DAY
    if deemed_impaired(duty.slept_24h if lately else None, awake):
        return ("Do not drive: ask for a lift, or sleep first. So little sleep, or so long awake, counts as impaired.",)
    if awake is not None and awake >= LONG_AWAKE_H:
        return (f"Better not drive: {LONG_AWAKE_H:g} h awake are like 0.05 % of alcohol in the blood. Ask for a lift.",)
    if awake is None or duty.slept_24h is None or not lately:
        return ("How you slept is not known here: whoever has hardly slept should not drive. Ask for a lift.",)
    return ()


@decides(i.HoldToLimit)
def hold_to_limit(intent: i.HoldToLimit, world: World, act: Act) -> Decision:
    """Stated by the member alone; what it rests on is asked of nobody."""
    _own_limit(world, act, intent.limit, intent.member)
    words = text(intent.words, "the limit", limit=500, empty=intent.partner is not None)
    if intent.partner is not None:
        member_of(world, intent.partner)
        if intent.partner == intent.member:
            raise Refused("partner", "a partner is somebody else: name whom they go with")
    if intent.until < act.now.at(world.organisation.zone).day:
        raise Refused("in the past", f"{intent.until.isoformat()} is over: give the day until which it holds")
    fact = f.DutyLimitAgreed(
        limit=intent.limit, member=intent.member, words=words, until=intent.until, partner=intent.partner
    )
    return Decision(in_organisation(fact), made=intent.limit)


@decides(i.EndLimit)
def end_limit(intent: i.EndLimit, world: World, act: Act) -> Decision:
    _own_limit(world, act, intent.limit, intent.member)
    if intent.limit not in world.organisation.limits:
        raise Refused("no such limit", "there is no such limit: `wayhome duty limits` shows those you can see")
    return Decision(in_organisation(f.DutyLimitEnded(limit=intent.limit, member=intent.member)))


def _own_limit(world: World, act: Act, limit: Id, member: PersonId) -> None:
    """Refuses whoever is not the member. Of somebody else's limit nothing more is said than of none."""
    member_of(world, member)
    if act.by != member:
        raise Refused("not yours to do", "a limit is agreed and ended by the member themselves")
    held = world.organisation.limits.get(limit)
    if held is not None and held.member != member:
        raise Refused("no such limit", "there is no such limit: `wayhome duty limits` shows those you can see")


def limit_tells(world: World, mission: Mission, member: PersonId, now: Moment) -> tuple[str, ...]:
    """What whoever offers a mission must hold to, as it was agreed. For mission command alone, and never recorded."""
    theirs = [held for held in world.organisation.limits.values() if held.member == member]
    return tuple(
        _limit_words(world, mission, held, now) for held in sorted(theirs, key=lambda held: (held.agreed.ms, held.id))
    )


def _limit_words(world: World, mission: Mission, held: DutyLimit, now: Moment) -> str:
    name = world.name(held.member)
    over = held.until < now.at(world.organisation.zone).day
    until = f"agreed until {held.until.isoformat()}" + (": past its day, it holds until they say otherwise" * over)
    words = f" ({held.words})" if held.words else ""
    if held.partner is None:
        return f"{name} goes within an agreed limit{words}, {until}."
    partner = world.name(held.partner)
    asked = {offer.member for offer in mission.offers.values() if offer.answer in OPEN_OFFERS} | set(mission.out)
    missing = "" if held.partner in asked else f" {partner} is not on this mission: ask {partner} as well."
    return f"{name} goes only with {partner}{words}, {until}.{missing}"


@decides(fi.NoteRest)
def note_rest(intent: fi.NoteRest, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "noting rest")
    member_of(world, intent.member)
    if intent.member not in mission.out:
        raise Refused("not out", f"{world.name(intent.member)} did not depart on {mission.name}")
    if intent.what not in ("ate", "slept"):
        raise Refused("no such rest", f"{intent.what!r} is no rest: say ate or slept")
    hours = _hours(intent.hours, A_DAY, "sleep in the field") or 0.0
    if intent.what == "slept" and not hours:
        raise Refused("how long", "say how many hours they slept")
    until = intent.until or act.now
    if until.ms > act.now.ms:
        raise Refused("in the future", "rest is noted when it was taken: give a time that has passed")
    made: Fact = ff.RestNoted(
        member=intent.member, what=intent.what, until=until, hours=hours if intent.what == "slept" else 0.0
    )
    return Decision(in_mission(mission, made))
