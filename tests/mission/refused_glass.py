"""Refusals of masks and of broken glass."""

from __future__ import annotations

from tests.fakes.scene import NOTHING, Scene
from tests.mission.refusing import Stated, one, refuses

from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.intents import secrecy as i
from wayhome.values.ids import Id


def masked(s: Scene, *names: str) -> None:
    s.do("Shizune", i.MaskIdentity(mission=s.mission, label="the target", names=names or ("Sasuke",)))


def guardian(s: Scene) -> None:
    s.do("Tsunade", p.SetDuties(member=s["Kotetsu"], duties=("guardian",)))


# One line or two for each, so that they read as the table that they are.
# fmt: off
one("nobody to mask", "give the names", "Shizune", lambda s: i.MaskIdentity(mission=s.mission, label="the target"))
one("not yours to do", "masking an identity is for", "Choji",
    lambda s: i.MaskIdentity(mission=s.mission, label="the target", names=("Sasuke",)))
one("no such label", "the label says 'Sasuke'", "Shizune",
    lambda s: i.MaskIdentity(mission=s.mission, label="not Sasuke", names=("Sasuke",)))
one("no such label", "plain words", "Shizune",
    lambda s: i.MaskIdentity(mission=s.mission, label='the "target"', names=("Sasuke",)))
one("too short", "'a' would hide other words", "Shizune",
    lambda s: i.MaskIdentity(mission=s.mission, label="him", names=("a",)))
one("too many", "41 names are more than 40", "Shizune",
    lambda s: i.MaskIdentity(mission=s.mission, label="him", names=tuple(f"name {n}" for n in range(41))))
one("nobody is masked", "nobody's identity is masked", "Shizune",
    lambda s: i.TellIdentity(mission=s.mission, member=s["Neji"]))
one("not yours to do", "breaking the glass is for guardians", "Tsunade",
    lambda s: i.BreakGlass(member=s["Neji"], reason="x"))
one("no such emergency", "no such emergency is open", "Shizune",
    lambda s: i.EndEmergency(mission=s.mission, glass=NOTHING))
one("not yours to do", "noting who looked", "Tsunade",
    lambda s: i.NoteLook(mission=s.mission, member=s["Neji"], what="log", hour=s.now))
# fmt: on


@refuses("not yours to do", "only who knows them can change the mask")
def _(s: Scene) -> Stated:
    masked(s)
    return "Tsunade", i.MaskIdentity(mission=s.mission, label="him", names=("Itachi",))


@refuses("not yours to do", "only by somebody who knows")
def _(s: Scene) -> Stated:
    masked(s)
    return "Neji", i.TellIdentity(mission=s.mission, member=s["Choji"])


@refuses("knows already", "Neji knows already")
def _(s: Scene) -> Stated:
    masked(s)
    s.do("Shizune", i.TellIdentity(mission=s.mission, member=s["Neji"]))
    return "Neji", i.TellIdentity(mission=s.mission, member=s["Neji"])


@refuses("not read in", "read them in first")
def _(s: Scene) -> Stated:
    secret = s.secret()
    s.do("Shizune", i.MaskIdentity(mission=secret, label="the target", names=("Sasuke",)))
    return "Shizune", i.TellIdentity(mission=secret, member=s["Neji"])


@refuses("how long", "at most 24 hours")
def _(s: Scene) -> Stated:
    guardian(s)
    return "Kotetsu", i.BreakGlass(member=s["Neji"], reason="x", hours=25)


@refuses("nothing said", "the reason is empty")
def _(s: Scene) -> Stated:
    guardian(s)
    return "Kotetsu", i.BreakGlass(member=s["Neji"], reason=" ")


def opened(s: Scene) -> i.EndEmergency:
    guardian(s)
    secret = s.secret()
    s.do("Shizune", m.ReadInMember(mission=secret, member=s["Neji"]))
    s.do("Shizune", m.ReadInMember(mission=secret, member=s["Choji"]))
    s.do("Kotetsu", i.BreakGlass(member=s["Neji"], reason="he does not answer"))
    return i.EndEmergency(mission=secret, glass=Id(next(iter(s.world.missions[secret].secrecy.emergencies))))


@refuses("not yours to do", "closing it again is for who opened it")
def _(s: Scene) -> Stated:
    return "Choji", opened(s)


@refuses("not yet", "lasts longer")
def _(s: Scene) -> Stated:
    return "the clock", opened(s)
