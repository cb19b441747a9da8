"""Refusals of keys of care: one's own, and that of the desk."""

from __future__ import annotations

from tests.fakes.scene import Scene
from tests.mission.refusing import Stated, one, refuses

from wayhome.mission.intents import care as i
from wayhome.mission.intents import people as p

PUBLIC, OTHER = b"k" * 32, b"o" * 32
BOX = PUBLIC + b"b" * 60


def _key(scene: Scene, name: str, **more: object) -> i.MakeCareKey:
    held = {"public": PUBLIC, "wrapped": b"w" * 72, "salt": b"s" * 28} | more
    return i.MakeCareKey(member=scene[name], **held)  # type: ignore[arg-type]  # as given


def _carer(scene: Scene, name: str) -> None:
    scene.do("Tsunade", p.SetDuties(member=scene[name], duties=("carer",)))


# fmt: off
one("not yours to do", "one's own care", "Tsunade", lambda s: _key(s, "Choji"))
one("no key", "that is no key for care", "Choji", lambda s: _key(s, "Choji", public=b"short"))
one("no key", "that is no key for care", "Choji", lambda s: _key(s, "Choji", wrapped=b"w" * 201))
one("no key", "at most 10 recovery codes", "Choji", lambda s: _key(s, "Choji", recovery=(b"r",) * 11))
one("not yours to do", "made by a carer", "Tsunade", lambda s: i.MakeDeskKey(public=OTHER, box=BOX))
one("not yours to do", "a carer who is in", "Tsunade", lambda s: i.LetCarerIn(carer=s["Choji"], box=BOX))
# fmt: on


@refuses("no key yet", "Neji has no key for care yet")
def without_a_key(s: Scene) -> Stated:
    _carer(s, "Neji")
    return "Neji", i.MakeDeskKey(public=OTHER, box=BOX)


@refuses("another key", "has another key by now")
def for_another_key(s: Scene) -> Stated:
    _carer(s, "Neji")
    s.do("Neji", _key(s, "Neji"))
    return "Neji", i.MakeDeskKey(public=PUBLIC, box=OTHER + b"b" * 60)


@refuses("no key", "no key for the desk of care")
def a_short_key(s: Scene) -> Stated:
    _carer(s, "Neji")
    s.do("Neji", _key(s, "Neji"))
    return "Neji", i.MakeDeskKey(public=b"short", box=BOX)


@refuses("there is one", "ask a carer to let you in")
def a_second_key(s: Scene) -> Stated:
    for name in ("Neji", "Shizune"):
        _carer(s, name)
        s.do(name, _key(s, name))
    s.do("Neji", i.MakeDeskKey(public=OTHER, box=BOX))
    return "Shizune", i.MakeDeskKey(public=OTHER, box=BOX)


@refuses("not yours to do", "command gives the duty, and then you let them in")
def somebody_without_the_duty(s: Scene) -> Stated:
    _carer(s, "Neji")
    s.do("Neji", _key(s, "Neji"))
    s.do("Neji", i.MakeDeskKey(public=OTHER, box=BOX))
    return "Neji", i.LetCarerIn(carer=s["Choji"], box=BOX)
