"""A small team with care in it: two carers at the desk, one of them a medic, and channels that take what is told."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from typing import Any

from tests.fakes.scene import Scene

from wayhome.engines.care.case import case_of
from wayhome.engines.care.letters import Letter
from wayhome.engines.care.stated import AdmitCarer, CareIntent
from wayhome.mission.intents.people import SetChannels, SetDuties
from wayhome.mission.rules import Refused
from wayhome.usecases.acting import Done
from wayhome.values.ids import Id


class Phones:
    """Takes every message, but for those who are out of reach."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []
        self.out_of_reach: set[str] = set()

    def send(self, url: str, title: str, body: str) -> None:
        name = url.removeprefix("ntfy://")
        if name in self.out_of_reach:
            raise ConnectionError(f"{title} did not reach {name}")
        self.taken.append((name, body))

    def rang(self) -> list[tuple[str, str]]:
        """Who was told what since this was last asked; what says no more than to open Wayhome is left out."""
        taken, self.taken = self.taken, []
        return [(name, body) for name, body in taken if body != "open Wayhome"]


class AtOnce(Executor):
    """Does what it is given before it returns."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except ConnectionError as error:
            done.set_exception(error)
        return done


class CareScene(Scene):
    """Shizune (medic) and Neji are carers who are in; Choji, Shikamaru and Kotetsu are none; Tsunade commands."""

    def __init__(self, *, admitted: bool = True) -> None:
        super().__init__()
        self.phones = Phones()
        self.house.begin_telling(self.phones, AtOnce(), AtOnce())
        self.do("Tsunade", SetDuties(member=self["Shizune"], duties=("operator", "medic", "carer")))
        self.do("Tsunade", SetDuties(member=self["Neji"], duties=("carer",)))
        for name in ("Shizune", "Neji", "Shikamaru"):
            self.do(name, SetChannels(member=self[name], urls=(f"ntfy://{name}",)))
        if admitted:
            self.meets("Shizune")
            self.meets("Neji")
            self.care("Shizune", AdmitCarer(carer=self["Neji"]))

    def meets(self, name: str) -> None:
        """Looks at care once, so that they have a key of their own."""
        self.reads(name, "care_screen")

    def care(self, who: str, intent: CareIntent, key: str | None = None) -> Done:
        return self.house.as_member(self[who]).care_do(intent, key=key)

    def reads(self, who: str, name: str, **arguments: Any) -> Any:
        return self.house.as_member(self[who]).care_read(name, **arguments).value

    def care_refused(self, who: str, intent: CareIntent) -> Refused:
        """The refusal of something stated in care. Fails where it is not refused."""
        try:
            done = self.care(who, intent)
        except Refused as refusal:
            return refusal
        raise AssertionError(f"not refused: {intent} gave {done}")

    def case(self, name: str) -> Id:
        return case_of(self[name])

    def letters(self, who: str) -> list[Letter]:
        """What somebody's keys open."""
        rings = self.house.rings
        return rings.box.read(rings.lend(self[who]))

    def goes_on(self, *, minutes: float = 0, hours: float = 0, days: float = 0) -> None:
        """The clock moves on, and whatever is due falls due."""
        self.clock.forward(minutes=minutes, hours=hours, days=days)
        self.house.tick()
