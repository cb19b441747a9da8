"""Refusals of covers, contact plans, named quarry, and looking in on those left behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fakes.scene import NOBODY, NOTHING, Scene
from tests.mission.refusing import Stated, one, refuses

from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.intents import secrecy as s
from wayhome.values.ids import Id, MissionId


def going(scene: Scene) -> MissionId:
    """A secret mission on which Neji goes."""
    mission = scene.secret()
    scene.accepts("Neji", mission)
    return mission


def covers(who: str, **said: Any) -> Callable[[Scene], Stated]:
    """What is said of Neji on the secret mission; hours from now for `start` and `end`."""

    def case(scene: Scene) -> Stated:
        timed = dict(said)
        for key in ("start", "end"):
            if key in timed:
                timed[key] = scene.now.plus(hours=timed[key])
        return who, s.SetCover(mission=going(scene), member=scene["Neji"], **timed)

    return case


# fmt: off
refuses("not yours to do", "setting a cover is for mission command")(covers("Neji"))
refuses("asked to come", "a cover says away or leave")(covers("Shizune", status="resting"))
refuses("asked to come", "a cover says away or leave")(covers("Shizune", status="lost"))
refuses("in the past", "begin it now or later")(covers("Shizune", start=-1, end=5))
refuses("ends before it begins", "give a later time")(covers("Shizune", start=5, end=4))
refuses("until when", "say until when")(covers("Shizune", words="visiting"))
refuses("until when", "say until when")(covers("Shizune", start=5))
refuses("too long", "at most 200 fit")(covers("Shizune", words="x" * 201, end=5))
refuses("whose cover", "name just one")(covers("Shizune", vehicle=NOTHING))
one("not secret", "only a secret mission has covers", "Shizune",
    lambda x: s.SetCover(mission=x.mission, member=x["Neji"]))
one("whose cover", "name just one", "Shizune", lambda x: s.SetCover(mission=x.secret()))
one("no such mission", "`wayhome mission list`", "Neji", lambda x: s.SetCover(mission=x.secret(), member=x["Neji"]))
one("no such member", "nobody on the roster", "Shizune", lambda x: s.SetCover(mission=x.secret(), member=NOBODY))
one("not on the mission", "has no part in", "Shizune", lambda x: s.SetCover(mission=x.secret(), member=x["Choji"]))
one("no such vehicle", "`wayhome vehicle list`", "Shizune", lambda x: s.SetCover(mission=x.secret(), vehicle=NOTHING))
one("no such cover", "`wayhome cover list", "Shizune", lambda x: s.EndCover(mission=x.secret(), cover=NOTHING))
one("how often", "1 minute to a week", "Shizune",
    lambda x: s.PlanContact(mission=x.secret(), member=x["Shizune"], every_min=0, signals="x", way_out="y"))
one("nothing said", "the way out is empty", "Shizune",
    lambda x: s.PlanContact(mission=x.secret(), member=x["Shizune"], every_min=9, signals="x", way_out=" "))
one("not on the mission", "has no part in", "Shizune",
    lambda x: s.PlanContact(mission=x.secret(), member=x["Neji"], every_min=9, signals="x", way_out="y"))
one("not yours to do", "a contact plan is for", "Choji",
    lambda x: s.PlanContact(mission=x.mission, member=x["Neji"], every_min=9, signals="x", way_out="y"))
one("hunted or accused", "'liked': say hunted or accused", "Shizune",
    lambda x: s.NameQuarry(mission=x.mission, member=x["Neji"], what="liked", words="x"))
one("nothing said", "on what grounds is empty", "Shizune",
    lambda x: s.NameQuarry(mission=x.mission, member=x["Neji"], what="hunted", words=" "))
one("not yours to do", "is for mission command", "Neji",
    lambda x: s.NameQuarry(mission=x.mission, member=x["Neji"], what="hunted", words="x"))
one("not yours to do", "is for carer", "Tsunade", lambda x: p.LookInOn(member=x["Neji"], without=x["Choji"]))
one("until when", "say until when, or leave them out", "Choji",
    lambda x: p.SetDutyStatus(member=x["Choji"], status="leave", words="visiting"))
# fmt: on


def _twice(scene: Scene, **again: Any) -> Stated:
    mission = going(scene)
    first = s.SetCover(mission=mission, member=scene["Neji"], status="leave", end=scene.now.plus(hours=9))
    scene.do("Shizune", first)
    return "Shizune", s.SetCover(mission=mission, member=scene["Neji"], **again)


refuses("covered already", "`wayhome cover end` ends it first")(lambda x: _twice(x, status="away"))
refuses("covered already", "ends it first")(lambda x: _twice(x, status="leave", end=x.now.plus(hours=3)))


@refuses("said already", "says already that Neji is on leave")
def _(scene: Scene) -> Stated:
    mission = going(scene)
    scene.do("Kotetsu", p.SetDutyStatus(member=scene["Neji"], status="leave"))
    return "Shizune", s.SetCover(mission=mission, member=scene["Neji"])


@refuses("said already", "cannot come for a part of that time")
def _(scene: Scene) -> Stated:
    mission = going(scene)
    start, end = scene.now.plus(hours=5), scene.now.plus(hours=6)
    scene.do("Neji", p.SayAvailability(member=scene["Neji"], start=start, end=end, available=False))
    return "Shizune", s.SetCover(mission=mission, member=scene["Neji"])


@refuses("lost", "is on the memorial")
def _(scene: Scene) -> Stated:
    mission = going(scene)
    scene.do("Tsunade", p.Remember(name="Neji", on=scene.day(), member=scene["Neji"]))
    return "Shizune", s.SetCover(mission=mission, member=scene["Neji"])


def _cart(scene: Scene, status: str = "in the workshop", **more: Any) -> tuple[str, s.SetCover]:
    cart = Id(scene.do("Kotetsu", p.AddVehicle(name="Cart")).made)
    return "Shizune", s.SetCover(mission=scene.secret(), vehicle=cart, status=status, **more)


refuses("asked to come", "would take it")(lambda x: _cart(x, "Available"))
refuses("a vehicle's status", "leave out words and times")(lambda x: _cart(x, end=x.now.plus(hours=3)))


@refuses("said already", "says already that Cart is broken")
def _(scene: Scene) -> Stated:
    who, intent = _cart(scene)
    assert intent.vehicle is not None
    scene.do("Kotetsu", p.SetVehicleStatus(vehicle=intent.vehicle, status="broken"))
    return who, intent


@refuses("covered already", "Cart has a cover")
def _(scene: Scene) -> Stated:
    who, intent = _cart(scene)
    scene.do(who, intent)
    return who, intent


@refuses("not yours to do", "by which command passes on")
def _(scene: Scene) -> Stated:
    """A mission's commander alone does not make the organisation's command pass on."""
    mission = MissionId(scene.do("Tsunade", m.RaiseAlarm(name="Kagerou", secret=True)).made)
    scene.do("Tsunade", m.ReadInMember(mission=mission, member=scene["Neji"]))
    scene.do("Tsunade", m.TakeMissionCommand(mission=mission, member=scene["Neji"], reason="x"))
    return "Neji", s.SetCover(mission=mission, member=scene["Tsunade"])


def _carer(scene: Scene) -> None:
    scene.do("Tsunade", p.SetDuties(member=scene["Shikamaru"], duties=("carer",)))


@refuses("not left behind", "nobody stated that Neji depends on Choji")
def _(scene: Scene) -> Stated:
    _carer(scene)
    return "Shikamaru", p.LookInOn(member=scene["Neji"], without=scene["Choji"])


@refuses("erased", "for good")
def _(scene: Scene) -> Stated:
    _carer(scene)
    scene.do("Neji", p.ErasePerson(member=scene["Neji"], reason="asked"))
    return "Shikamaru", p.LookInOn(member=scene["Neji"], without=scene["Choji"])
