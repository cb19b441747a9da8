"""Refusals of tellings, of promises, and of the ceiling on how many may know."""

from __future__ import annotations

from tests.fakes.scene import NOBODY, NOTHING, Scene
from tests.mission.refusing import Stated, one, refuses

from wayhome.mission.intents import missions as m
from wayhome.mission.intents import secrecy as i
from wayhome.values.ids import Id, MissionId


def tells(s: Scene, listener: str = "Choji", level: str = "that", *, by: str = "Shizune", **more: object) -> Id:
    """A telling of a secret mission of Shizune's, or whatever else `more` says."""
    given = more if "mission" in more or "of" in more else {"mission": s.secret(), **more}
    return Id(s.do(by, i.Tell(listener=s[listener], level=level, **given)).made)  # type: ignore[arg-type]  # fields


# fmt: off
one("told of what", "one of both", "Shizune", lambda s: i.Tell(listener=s["Choji"], level="that"))
one("told of what", "one of both", "Shizune",
    lambda s: i.Tell(listener=s["Choji"], level="that", mission=s.mission, of=NOTHING))
one("told how much", "'much' is no level", "Shizune",
    lambda s: i.Tell(listener=s["Choji"], level="much", mission=s.mission))
one("not secret", "for everybody to see", "Shizune",
    lambda s: i.Tell(listener=s["Choji"], level="that", mission=s.mission))
one("no such mission", "there is no mission by that name", "Choji",
    lambda s: i.Tell(listener=s["Neji"], level="that", mission=s.secret()))
one("no such telling", "there is no such telling", "Neji",
    lambda s: i.Tell(listener=s["Shikamaru"], level="that", of=tells(s)))
one("no such telling", "there is no such telling", "Neji", lambda s: i.GivePromise(telling=tells(s), words="x"))
one("no such telling", "there is no such telling", "Tsunade", lambda s: i.ShowTelling(telling=tells(s)))
one("no such telling", "there is no such telling", "Neji", lambda s: i.ShowTelling(telling=NOTHING))
one("told by you", "what you told yourself", "Shizune",
    lambda s: i.Tell(listener=s["Neji"], level="that", of=tells(s)))
one("more than was told", "you were told that:", "Choji",
    lambda s: i.Tell(listener=s["Neji"], level="where and when", of=tells(s)))
one("more than was told", "says nothing of that member", "Choji",
    lambda s: i.Tell(listener=s["Neji"], level="that", of=tells(s), about=s["Shikamaru"]))
one("no such member", "nobody on the roster", "Shizune",
    lambda s: i.Tell(listener=NOBODY, level="that", mission=s.secret()))
one("no such member", "nobody on the roster", "Shizune",
    lambda s: i.Tell(listener=s["Choji"], level="that", mission=s.secret(), about=NOBODY))
one("told to whom", "to somebody else", "Shizune",
    lambda s: i.Tell(listener=s["Shizune"], level="that", mission=s.secret()))
one("told to whom", "it is about Neji, who knows", "Shizune",
    lambda s: i.Tell(listener=s["Neji"], level="that", mission=s.secret(), about=s["Neji"]))
one("told to whom", "it is about Neji, who knows", "Choji",
    lambda s: i.Tell(listener=s["Neji"], level="that", of=tells(s, about=s["Neji"])))
one("in the future", "told in the future", "Shizune",
    lambda s: i.Tell(listener=s["Choji"], level="that", mission=s.secret(), happened=s.now.plus(minutes=1)))
one("before there was anything to tell", "raised later than that", "Shizune",
    lambda s: i.Tell(listener=s["Choji"], level="that", mission=s.secret(), happened=s.now.plus(hours=-1)))
one("before you knew", "you were told later", "Choji",
    lambda s: i.Tell(listener=s["Neji"], level="that", of=tells(s), happened=s.now.plus(hours=-1)))
one("not yours to do", "the promise is Choji's to give", "Shizune",
    lambda s: i.GivePromise(telling=tells(s), words="x"))
one("nothing said", "the promise is empty", "Choji", lambda s: i.GivePromise(telling=tells(s), words=" "))
one("not yours to do", "only Shizune, who told it", "Choji", lambda s: i.ShowTelling(telling=tells(s)))
one("how many", "1 to 10,000", "Shizune", lambda s: i.SetCeiling(mission=s.secret(), most=0))
one("how many", "1 to 10,000", "Shizune", lambda s: i.SetCeiling(mission=s.secret(), most=10_001))
one("how likely", "more than 0 and at most 1", "Shizune",
    lambda s: i.SetCeiling(mission=s.secret(), leak_per_year=float("nan")))
one("how likely", "more than 0 and at most 1", "Shizune", lambda s: i.SetCeiling(mission=s.secret(), leak_per_year=0))
one("not secret", "for everybody to see", "Shizune", lambda s: i.SetCeiling(mission=s.mission, most=3))
one("no such mission", "there is no mission by that name", "Tsunade",
    lambda s: i.SetCeiling(mission=s.secret(), most=3))
# fmt: on


@refuses("not yours to do", "setting how many may know is for")
def _(s: Scene) -> Stated:
    secret = s.secret()
    s.do("Shizune", m.ReadInMember(mission=secret, member=s["Choji"]))
    return "Choji", i.SetCeiling(mission=secret, most=3)


@refuses("read in already", "Choji is read in and sees all of it")
def _(s: Scene) -> Stated:
    secret = s.secret()
    s.do("Shizune", m.ReadInMember(mission=secret, member=s["Choji"]))
    return "Shizune", i.Tell(listener=s["Choji"], level="that", mission=secret)


@refuses("no such telling", "there is no such telling")
def _(s: Scene) -> Stated:
    """Whoever is read out loses what they told as one read in."""
    secret = s.secret()
    s.do("Shizune", m.ReadInMember(mission=secret, member=s["Choji"]))
    telling = tells(s, "Neji", by="Choji", mission=secret)
    s.do("Shizune", m.ReadOutMember(mission=secret, member=s["Choji"], reason="no need"))
    return "Choji", i.ShowTelling(telling=telling)


def full(s: Scene) -> MissionId:
    """A secret mission of which as many know as may."""
    secret = s.secret()
    s.do("Shizune", i.SetCeiling(mission=secret, most=1))
    return secret


# fmt: off
one("over the ceiling", "1 know of it, and at most 1 may", "Shizune",
    lambda s: i.Tell(listener=s["Choji"], level="that", mission=full(s)))
one("over the ceiling", "1 know of it, and at most 1 may", "Shizune",
    lambda s: m.ReadInMember(mission=full(s), member=s["Choji"], override=" "))
one("needs an exception: ceiling", "Choji would know of it, and 1 know of it", "Shizune",
    lambda s: m.MakeOffer(mission=full(s), member=s["Choji"]))
# fmt: on
