"""Who needs looking after? What people went through on a mission becomes a follow-up for each, with its reasons.

It goes by what happened, never by how somebody seems, and it holds for those who were not on the ground as well:
whoever was on the radio or at the wheel. The answer carries no figure: it is for those who look after people, and no
score for anybody to be judged by. A follow-up is an offer; nothing here says that somebody is unwell.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Literal

import msgspec

from wayhome.engines.care.days import months_later
from wayhome.engines.care.errors import CareError
from wayhome.engines.care.table import KINDS, LONG_HOURS, OPENS_AT, PERSONAL_AT, SCHEDULE, Point
from wayhome.values.when import BadTime, Moment
from wayhome.values.when import zone as known_zone

PARTS = ("team", "dispatcher", "driver", "base")
MOST_PEOPLE = 20_000

Part = Literal["team", "dispatcher", "driver", "base"]
Manner = Literal["in person", "by offer"]


class Involved(msgspec.Struct, frozen=True, kw_only=True):
    """One person of a mission: what is recorded of what they went through.

    `part`: team (on the ground), dispatcher, driver, base. `kinds` are names of `table.KINDS`. `hours` on this mission,
    None when unknown. `lost`: they died on it; they count as a death and as one of the team. `met_death`: whether they
    met a death on an earlier mission, None when unknown; False makes a death on this one their first.
    """

    person: str
    part: Part = "team"
    kinds: tuple[str, ...] = ()
    hours: float | None = None
    lost: bool = False
    met_death: bool | None = None

    def __post_init__(self) -> None:
        if not self.person:
            raise CareError("somebody involved has no id: give one")
        if self.part not in PARTS:
            raise CareError(f"{self.person}: part {self.part!r} is not known; use one of {', '.join(PARTS)}")
        for kind in self.kinds:
            if kind not in KINDS:
                raise CareError(f"{self.person}: exposure {kind!r} is not known; use one of {', '.join(KINDS)}")
        if self.hours is not None and not (math.isfinite(self.hours) and 0 <= self.hours <= 10_000):
            raise CareError(f"{self.person}: {self.hours!r} hours on a mission must lie between 0 and 10000")


class MissionFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is recorded of one mission. `ended`: when it ended for its people, or now where it goes on.

    `zone`: the IANA zone in which the days of contact are counted. `other_deaths`: of people not listed (the subject).
    `outnumbered`: the team as a whole was.
    """

    ended: Moment
    zone: str
    people: tuple[Involved, ...]
    other_deaths: int = 0
    outnumbered: bool = False

    def __post_init__(self) -> None:
        if len(self.people) > MOST_PEOPLE:
            raise CareError(f"{len(self.people)} people are too many at once: ask for at most {MOST_PEOPLE}")
        if type(self.other_deaths) is not int or self.other_deaths < 0:
            raise CareError(f"{self.other_deaths!r} deaths is not a count: give a whole number from 0")
        known: set[str] = set()
        for one in self.people:
            if one.person in known:
                raise CareError(f"{one.person!r} is listed twice: put what they went through in one place")
            known.add(one.person)


class Contact(msgspec.Struct, frozen=True):
    """A proposed day to be in touch, in the zone asked for, and the last day on which it still is that contact."""

    name: str
    day: date
    until: date


class FollowUp(msgspec.Struct, frozen=True):
    """Whether a follow-up opens for one person, why or why not, how contact is made, and when it is proposed."""

    person: str
    opens: bool
    manner: Manner | None
    reasons: tuple[str, ...]
    contacts: tuple[Contact, ...]


class PlanningList(msgspec.Struct, frozen=True):
    """Everybody for whom something opened, for the meeting that plans it: in person first, then by offer.

    `by`: until when the meeting is held. `from_day`: the day of contact in person, never sooner than 72 hours after.
    """

    by: Moment
    from_day: date
    in_person: tuple[FollowUp, ...]
    by_offer: tuple[FollowUp, ...]


PLANNED_WITHIN_HOURS = 24
"""When whoever plans has the list before them (TRiM plans at 24 to 48 h)."""


def planning_list(facts: MissionFacts) -> PlanningList:
    """Who is to be looked after, for the meeting within a day. Raises CareError for an unknown zone or day."""
    opened = [one for one in follow_ups(facts) if one.opens]
    after = next(one for one in contact_days(facts.ended, facts.zone) if one.name == "3 days")
    return PlanningList(
        by=facts.ended.plus(hours=PLANNED_WITHIN_HOURS),
        from_day=after.day,
        in_person=tuple(one for one in opened if one.manner == "in person"),
        by_offer=tuple(one for one in opened if one.manner == "by offer"),
    )


def follow_ups(facts: MissionFacts) -> tuple[FollowUp, ...]:
    """One answer for everybody who lived, in the order given. Raises CareError for an unknown zone or day."""
    contacts = contact_days(facts.ended, facts.zone)
    return tuple(_follow_up(one, kinds_of(one, facts), contacts) for one in facts.people if not one.lost)


def kinds_of(person: Involved, facts: MissionFacts) -> tuple[str, ...]:
    """What somebody went through: as recorded of them, and as follows from what happened to the whole team."""
    team = [one for one in facts.people if one.part == "team"]
    lost = sum(one.lost for one in team)
    living = len(team) - lost
    kinds = set(person.kinds)
    if facts.other_deaths or any(one.lost for one in facts.people):
        kinds.add("death")
        if person.met_death is False:
            kinds.add("first fatality")
    if person.part == "team":
        if facts.outnumbered:
            kinds.add("outnumbered")
        if living == 1 and lost:
            kinds.add("sole survivor")
        if living == 2 and lost >= 2:
            kinds.add("near-sole survivor")
    if person.hours is not None and person.hours >= LONG_HOURS:
        kinds.add("long exposure")
    if "sole survivor" in kinds:
        kinds.discard("near-sole survivor")
    return tuple(kind for kind in KINDS if kind in kinds)


def _follow_up(person: Involved, kinds: tuple[str, ...], contacts: tuple[Contact, ...]) -> FollowUp:
    points = sum(KINDS[kind].points for kind in kinds)
    reasons = tuple(KINDS[kind].words for kind in kinds)
    if points < OPENS_AT:
        why = (*reasons, "on its own this opens no follow-up") if reasons else ("nothing recorded asks for one",)
        return FollowUp(person.person, False, None, (*why, "one opens at any time when they ask"), ())
    manner: Manner = "in person" if points >= PERSONAL_AT else "by offer"
    return FollowUp(person.person, True, manner, reasons, contacts)


def contact_days(ended: Moment, zone: str) -> tuple[Contact, ...]:
    """The proposed days after a mission that ended so, counted in local days of `zone`: clock changes shift nothing.

    Calendar months that lack the day end on their last (29 February: 28 in the next year). Raises CareError for an
    unknown zone, or days that no calendar has.
    """
    try:
        start = ended.at(known_zone(zone).key).day
        return tuple(_contact(start, point) for point in SCHEDULE)
    except BadTime as error:
        raise CareError(str(error)) from error


def _contact(start: date, point: Point) -> Contact:
    day = months_later(start, point.months) + timedelta(days=point.days)
    return Contact(point.name, day, day + timedelta(days=point.late_days))
