"""Refusals of posts up front, of bonds, and of backup."""

from __future__ import annotations

import math

from tests.fakes.scene import HERE, NOTHING, Scene
from tests.mission.refusing import Stated, one, refuses

from wayhome.mission.facts.field import ComparedFuture
from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.moves import HEALER_LEVEL
from wayhome.values.ids import Id

ALONE = ComparedFuture(wait_min=0, people=(), lacks=(), words="Go on now.")

# fmt: off
one("together or apart", "say together or apart", "Choji",
    lambda s: p.StateBond(one=s["Choji"], other=s["Neji"], what="kin", sent="far"))
one("not yours to do", "a private bond is for the two of them", "Tsunade",
    lambda s: p.StateBond(one=s["Choji"], other=s["Neji"], what="couple", private=True))
one("not yours to do", "stating a bond of others", "Shikamaru",
    lambda s: p.StateBond(one=s["Choji"], other=s["Neji"], what="couple"))
one("no such bond", "`wayhome member bonds`", "Choji",
    lambda s: p.EndBond(one=s["Choji"], other=s["Neji"], what="kin"))
one("not out", "name those who are there", "Shizune",
    lambda s: i.AskBackup(mission=s.mission, place=HERE, words="x", pursuers=(s["Neji"],)))
one("no such backup", "`wayhome mission notes`", "the clock",
    lambda s: i.CompareFutures(mission=s.mission, backup=NOTHING, go_on=ALONE, waits=(), rests_on=""))
one("not yours to do", "for clock", "Shizune",
    lambda s: i.CompareFutures(mission=s.mission, backup=NOTHING, go_on=ALONE, waits=(), rests_on=""))
# fmt: on


def make_healer(s: Scene, name: str) -> None:
    skill = s.world.organisation.scales.healer_skill
    s.do("Tsunade", p.SetSkill(member=s[name], skill=skill, level=HEALER_LEVEL))


@refuses("needs an exception: healer", "Choji is the only healer who could be had")
def the_only_healer_offered_a_post_up_front(s: Scene) -> Stated:
    make_healer(s, "Choji")
    return "Shizune", m.MakeOffer(mission=s.mission, member=s["Choji"], front=True)


@refuses("needs an exception: healer", "record the reason")
def the_only_healer_comes_unasked(s: Scene) -> Stated:
    make_healer(s, "Choji")
    s.do("Shizune", m.PlanMission(mission=s.mission, front=True))
    return "Shizune", m.JoinAsWalkIn(mission=s.mission, member=s["Choji"], post="first")


@refuses("needs an exception: healer", "`wayhome mission exception`")
def the_other_healer_is_away_as_they_depart(s: Scene) -> Stated:
    make_healer(s, "Choji")
    make_healer(s, "Neji")
    s.do("Shizune", m.PlanMission(mission=s.mission, front=True))
    s.accepts("Choji")
    s.brief("Choji")
    s.do("Tsunade", p.SetDutyStatus(member=s["Neji"], status="resting"))
    return "Choji", i.Depart(mission=s.mission, member=s["Choji"])


def asked(s: Scene) -> Id:
    s.departs("Neji")
    return Id(s.do("Neji", i.AskBackup(mission=s.mission, place=HERE, words="two")).made)


@refuses("how fast", "0 to 300")
def a_speed_that_cannot_be(s: Scene) -> Stated:
    sent = i.SendBackup(
        mission=s.mission, backup=asked(s), members=(s["Choji"],), arrives=s.now.plus(hours=1), subject_kmh=math.inf
    )
    return "Shizune", sent


@refuses("nothing to compare", "nobody is on the way")
def futures_before_anybody_was_sent(s: Scene) -> Stated:
    return "the clock", i.CompareFutures(mission=s.mission, backup=asked(s), go_on=ALONE, waits=(), rests_on="")


@refuses("nobody comes yet", "nothing to wait for")
def chosen_before_anybody_was_sent(s: Scene) -> Stated:
    return "Neji", i.ChooseFuture(mission=s.mission, backup=asked(s), member=s["Neji"], choice="wait")


@refuses("wait or go on", "say wait, or go on")
def neither_waiting_nor_going_on(s: Scene) -> Stated:
    return "Neji", i.ChooseFuture(mission=s.mission, backup=asked(s), member=s["Neji"], choice="sing")


@refuses("not in pursuit", "is not for Choji")
def chosen_by_somebody_who_is_not_there(s: Scene) -> Stated:
    return "Choji", i.ChooseFuture(mission=s.mission, backup=asked(s), member=s["Choji"], choice="wait")
