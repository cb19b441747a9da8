"""Refusals of hours of duty, of agreed limits, and of rest in the field."""

from __future__ import annotations

import math
from datetime import date

from tests.fakes.scene import NOBODY, NOTHING, Scene
from tests.mission.refusing import Stated, one, refuses

from wayhome.mission.intents import care as i
from wayhome.mission.intents import field as fi
from wayhome.mission.intents import people as p

LATER = date(2099, 1, 1)

# fmt: off
one("no such hours", "30 hours cannot be", "Choji", lambda s: i.SignOnDuty(member=s["Choji"], slept_24h=30.0))
one("no such hours", "-1 hours cannot be", "Choji", lambda s: i.SignOnDuty(member=s["Choji"], slept_24h=-1.0))
one("no such hours", "nan hours", "Choji", lambda s: i.SignOnDuty(member=s["Choji"], slept_24h=math.nan))
one("no such hours", "inf hours", "Choji", lambda s: i.SignOnDuty(member=s["Choji"], worked_h=math.inf))
one("no such hours", "sleep in the last 48 hours", "Choji",
    lambda s: i.SignOnDuty(member=s["Choji"], slept_48h=49.0))
one("no such hours", "other work and travel", "Choji", lambda s: i.SignOnDuty(member=s["Choji"], worked_h=25.0))
one("less than in one day", "in 48 hours", "Choji",
    lambda s: i.SignOnDuty(member=s["Choji"], slept_24h=8.0, slept_48h=6.0))
one("more than a day", "sleep and 10 h of work", "Choji",
    lambda s: i.SignOnDuty(member=s["Choji"], slept_24h=15.0, worked_h=10.0))
one("more than a day", "awake since", "Choji",
    lambda s: i.SignOnDuty(member=s["Choji"], slept_24h=20.0, woke=s.now.plus(hours=-8)))
one("in the future", "nobody woke in the future", "Choji",
    lambda s: i.SignOnDuty(member=s["Choji"], woke=s.now.plus(minutes=1)))
one("too long ago", "more than a week", "Choji",
    lambda s: i.SignOnDuty(member=s["Choji"], woke=s.now.plus(days=-8)))
one("no such member", "nobody on the roster", "Tsunade", lambda s: i.SignOnDuty(member=NOBODY, channel="phone"))
one("not yours to do", "for themselves, or for an operator", "Neji", lambda s: i.SignOnDuty(member=s["Choji"]))
one("by which channel", "Choji told you", "Tsunade", lambda s: i.SignOnDuty(member=s["Choji"], channel=" "))
one("not on duty", "not signed on", "Choji", lambda s: i.SignOffDuty(member=s["Choji"]))
one("not yours to do", "by the member themselves", "Tsunade",
    lambda s: i.HoldToLimit(member=s["Choji"], words="x", until=LATER, limit=NOTHING))
one("nothing said", "the limit is empty", "Choji",
    lambda s: i.HoldToLimit(member=s["Choji"], words=" ", until=LATER, limit=NOTHING))
one("partner", "somebody else", "Choji",
    lambda s: i.HoldToLimit(member=s["Choji"], words="x", until=LATER, partner=s["Choji"], limit=NOTHING))
one("no such member", "nobody on the roster", "Choji",
    lambda s: i.HoldToLimit(member=s["Choji"], words="x", until=LATER, partner=NOBODY, limit=NOTHING))
one("in the past", "is over", "Choji",
    lambda s: i.HoldToLimit(member=s["Choji"], words="x", until=date(2001, 1, 1), limit=NOTHING))
one("no such limit", "no such limit", "Choji", lambda s: i.EndLimit(limit=NOTHING, member=s["Choji"]))
one("not yours to do", "by the member themselves", "Tsunade",
    lambda s: i.EndLimit(limit=NOTHING, member=s["Choji"]))
one("not out", "did not depart", "Tsunade",
    lambda s: fi.NoteRest(mission=s.mission, member=s["Choji"], what="ate"))
# fmt: on


@refuses("erased", "nothing can be kept of their hours")
def hours_of_somebody_erased(s: Scene) -> Stated:
    s.do("Tsunade", p.ErasePerson(member=s["Choji"], reason="asked"))
    return "Choji", i.SignOnDuty(member=s["Choji"])


@refuses("not on duty", "not signed on")
def off_twice(s: Scene) -> Stated:
    s.do("Choji", i.SignOnDuty(member=s["Choji"]))
    s.do("Choji", i.SignOffDuty(member=s["Choji"]))
    return "Choji", i.SignOffDuty(member=s["Choji"])


@refuses("no such limit", "no such limit")
def the_limit_of_somebody_else(s: Scene) -> Stated:
    s.do("Choji", i.HoldToLimit(member=s["Choji"], words="x", until=LATER, limit=NOTHING))
    return "Neji", i.EndLimit(limit=NOTHING, member=s["Neji"])


@refuses("no such limit", "no such limit")
def somebody_elses_limit_held_as_ones_own(s: Scene) -> Stated:
    s.do("Choji", i.HoldToLimit(member=s["Choji"], words="x", until=LATER, limit=NOTHING))
    return "Neji", i.HoldToLimit(member=s["Neji"], words="x", until=LATER, limit=NOTHING)


def out(s: Scene, **more: object) -> Stated:
    """A rest of Choji's in the field, which more words spoil."""
    s.departs("Choji")
    return "Choji", fi.NoteRest(mission=s.mission, member=s["Choji"], **more)  # type: ignore[arg-type]  # fields


@refuses("no such rest", "'sang' is no rest")
def no_rest(s: Scene) -> Stated:
    return out(s, what="sang")


@refuses("how long", "how many hours")
def slept_for_no_time(s: Scene) -> Stated:
    return out(s, what="slept")


@refuses("no such hours", "sleep in the field")
def slept_for_two_days(s: Scene) -> Stated:
    return out(s, what="slept", hours=48.0)


@refuses("in the future", "when it was taken")
def will_have_eaten(s: Scene) -> Stated:
    return out(s, what="ate", until=s.now.plus(hours=1))
