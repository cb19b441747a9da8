"""Houses in memory whose members are told through a post office in memory."""

from __future__ import annotations

from tests.fakes.house import MASTER, SCALES, StandingClock, TerrainsInMemory, counted_keys
from tests.fakes.messengers import HandPool, PostOffice
from tests.fakes.scene import Scene

from wayhome.assembly.local import Founding, LocalHouse, found_in
from wayhome.log.memory_store import MemoryLog
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.usecases.notifying import Notifier, Told
from wayhome.values.ids import MissionId, PersonId

NAMES = ("Tsunade", "Shizune", "Neji", "Choji", "Shikamaru")


class Telling:
    """The scene, a post office, and a notifier that tells everybody by one channel of their own."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.post = PostOffice()
        self.pool = HandPool()
        self.channels: dict[PersonId, tuple[str, ...]] = {self.scene[name]: (f"push://{name}",) for name in NAMES}
        self.notifier = self.started()

    def started(self) -> Notifier:
        """A notifier as it is after a start."""
        at = self.scene.house
        return Notifier(at.log, at.acting, self.post, self.pool, lambda member: self.channels.get(member, ()))

    def tick(self) -> None:
        """One tick, what it handed over done, and one more that hears of it."""
        self.notifier.notify(self.scene.now)
        self.pool.work()
        self.notifier.notify(self.scene.now)

    def later(self, *, seconds: float = 0, hours: float = 0) -> None:
        self.scene.clock.forward(minutes=seconds / 60, hours=hours)

    def told(self, name: str) -> tuple[Told, ...]:
        return self.notifier.told(self.scene[name]).value

    def waiting(self, name: str) -> list[str]:
        return [one.what for one in self.scene.house.as_member(self.scene[name]).read("waiting").value]


class Crowd:
    """Many members with a channel each, on a log of some kind."""

    def __init__(self, members: int, kind: type[MemoryLog] = MemoryLog) -> None:
        self.clock = StandingClock()
        self.log = kind(master=MASTER, wall=lambda: self.clock.now.ms)
        self.house = LocalHouse(self.log, TerrainsInMemory(), clock=self.clock, new_key=counted_keys("crowd"))
        founding = Founding(
            name="The Leaf", zone="Europe/Andorra", profile="leaf", scales=SCALES, founder="Tsunade", password=""
        )
        self.founder = self.house.as_member(found_in(self.house, founding, "no password"))
        self.members = [PersonId(self.founder.do(p.EnrolMember(name=f"M{n}")).made) for n in range(members)]
        self.mission = MissionId(self.founder.do(m.RaiseAlarm(name="Lost hiker", rank="D")).made)
        self.post, self.pool = PostOffice(), HandPool()
        self.start()

    def start(self) -> None:
        self.notifier = Notifier(self.log, self.house.acting, self.post, self.pool, lambda one: (f"push://{one}",))

    def offer(self, member: PersonId) -> None:
        self.founder.do(m.MakeOffer(mission=self.mission, member=member))

    def ticks(self, count: int) -> None:
        for _ in range(count):
            self.notifier.notify(self.clock.now)
            self.pool.work()
