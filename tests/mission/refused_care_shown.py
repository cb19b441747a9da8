"""Refusals of the little that leaves care."""

from __future__ import annotations

from datetime import date

from tests.fakes.scene import NOTHING, Scene
from tests.mission.refusing import Stated, one, refuses

from wayhome.mission.intents import care as i
from wayhome.mission.intents import people as p
from wayhome.values.ids import Id

LATER = date(2099, 1, 1)
LONG_AGO = "1999-Q4"

# fmt: off
one("not yours to do", "command see that contact took place is for the member", "Tsunade",
    lambda s: i.TickContact(member=s["Choji"], on=s.day()))
one("not yet", "is still ahead", "Choji", lambda s: i.TickContact(member=s["Choji"], on=LATER))
one("not yours to do", "counting a visit as duty is for the member", "Tsunade",
    lambda s: i.CountVisit(member=s["Choji"], minutes=60, on=s.day()))
one("how long", "from 1 minute to a day", "Choji",
    lambda s: i.CountVisit(member=s["Choji"], minutes=0, on=s.day()))
one("not yours to do", "passing a request on is for the member", "Neji",
    lambda s: i.RequestForCare(member=s["Choji"], owner=s["Tsunade"], words="x"))
one("nothing said", "the request is empty", "Choji",
    lambda s: i.RequestForCare(member=s["Choji"], owner=s["Tsunade"], words=" "))
one("no such request", "no such request before you", "Tsunade",
    lambda s: i.AnswerCareRequest(request=NOTHING, granted=True))
one("you were not there", "whoever was on the mission", "Neji",
    lambda s: i.GiveWords(mission=s.mission, words="x"))
one("not yours to do", "erasing what was written of somebody", "Tsunade",
    lambda s: i.NoteCareErased(member=s["Choji"], on=s.day()))
one("not yours to do", "publishing counts of care is for carer", "Tsunade",
    lambda s: i.PublishCareCounts(quarter=LONG_AGO, counts=()))
# fmt: on


def asked(s: Scene) -> Id:
    """A request of Choji's before Tsunade."""
    asks = i.RequestForCare(member=s["Choji"], owner=s["Tsunade"], words="send us out together")
    return Id(s.do("Choji", asks).made)


def carer(s: Scene) -> None:
    s.do("Tsunade", p.SetDuties(member=s["Neji"], duties=("carer",)))


@refuses("not yours to do", "for the one it was put to")
def answered_by_whoever_asked(s: Scene) -> Stated:
    return "Choji", i.AnswerCareRequest(request=asked(s), granted=True)


@refuses("answered already", "answered already")
def answered_twice(s: Scene) -> Stated:
    request = asked(s)
    s.do("Tsunade", i.AnswerCareRequest(request=request, granted=True))
    return "Tsunade", i.AnswerCareRequest(request=request, granted=False)


@refuses("no such quarter", "write it like 2026-Q1")
def no_quarter(s: Scene) -> Stated:
    carer(s)
    return "Neji", i.PublishCareCounts(quarter="0000-Q1", counts=())


@refuses("not yet", "is not over")
def quarter_still_open(s: Scene) -> Stated:
    carer(s)
    return "Neji", i.PublishCareCounts(quarter=f"{s.day().year + 1}-Q1", counts=())


@refuses("too few", "somebody could be picked out")
def too_few(s: Scene) -> Stated:
    carer(s)
    return "Neji", i.PublishCareCounts(quarter=LONG_AGO, counts=(("in touch", 7),))


@refuses("published already", "what was once is for good")
def published_twice(s: Scene) -> Stated:
    carer(s)
    s.do("Neji", i.PublishCareCounts(quarter=LONG_AGO, counts=(("in touch", 8),)))
    return "Neji", i.PublishCareCounts(quarter=LONG_AGO, counts=(("in touch", 9),))


@refuses("erased", "erased, for good")
def erased(s: Scene) -> Stated:
    s.do("Tsunade", p.ErasePerson(member=s["Choji"], reason="asked"))
    return "Choji", i.CountVisit(member=s["Choji"], minutes=30, on=s.day())
