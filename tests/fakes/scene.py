"""A small rescue team on one open mission, for tests that state intents and look at what came of them."""

from __future__ import annotations

from datetime import date

from tests.fakes.house import StandingClock, memory_house

from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.intents.base import Intent
from wayhome.mission.rules import CLOCK, Refused
from wayhome.mission.state import Mission, World
from wayhome.usecases.acting import Done
from wayhome.values.ids import Id, MissionId, PersonId, derive
from wayhome.values.places import Place
from wayhome.values.when import Deadline, Moment, deadline_at

HERE = Place(42.5, 1.5)
NOBODY = PersonId("f" * 32)
NOTHING = Id("e" * 32)

TEAM: dict[str, tuple[str, tuple[str, ...]]] = {
    "Shizune": ("jounin", ("operator", "medic")),
    "Shikamaru": ("chuunin", ()),
    "Neji": ("jounin", ()),
    "Choji": ("genin", ()),
    "Kotetsu": ("chuunin", ("clerk",)),
}
"""Rank and duties; Tsunade, the founder, commands."""


class Scene:
    """The team in memory. Everything it takes to bring a mission to any point, by name."""

    def __init__(self) -> None:
        self.clock = StandingClock()
        self.house, founder = memory_house("scene", self.clock)
        self.ids: dict[str, PersonId] = {"Tsunade": founder, "the clock": CLOCK, "a stranger": NOBODY}
        for name, (rank, duties) in TEAM.items():
            enrolled = p.EnrolMember(name=name, ref=name, rank=rank, duties=duties, skills={"medic": 2})
            self.ids[name] = PersonId(self.do("Tsunade", enrolled).made)
        self.mission = MissionId(self.do("Shizune", m.RaiseAlarm(name="Lost hiker", rank="D", place=HERE)).made)

    @property
    def world(self) -> World:
        return self.house.acting.standing.world

    @property
    def held(self) -> Mission:
        return self.world.missions[self.mission]

    @property
    def now(self) -> Moment:
        return self.clock.now

    def __getitem__(self, name: str) -> PersonId:
        return self.ids[name]

    def do(self, who: str, intent: Intent) -> Done:
        if who == "the clock":
            key = derive("clock", repr(intent), str(self.now.ms))
            return self.house.acting.do(intent, by=CLOCK, now=self.now, key=key)
        return self.house.as_member(self.ids[who]).do(intent)

    def refused(self, who: str, intent: Intent) -> Refused:
        """The refusal of an intent. Fails where it is not refused."""
        try:
            done = self.do(who, intent)
        except Refused as refusal:
            return refusal
        raise AssertionError(f"not refused: {intent} gave {done}")

    def soon(self, hours: float = 2) -> Deadline:
        return deadline_at(self.now.plus(hours=hours))

    def secret(self, name: str = "Kagerou") -> MissionId:
        """A secret mission of Shizune's."""
        return MissionId(self.do("Shizune", m.RaiseAlarm(name=name, rank="D", secret=True)).made)

    def offer(self, name: str, mission: MissionId | None = None, by: Deadline | None = None) -> Id:
        made = m.MakeOffer(mission=mission or self.mission, member=self.ids[name], answer_by=by)
        return Id(self.do("Shizune", made).made)

    def accepts(self, name: str, mission: MissionId | None = None) -> Id:
        offer = self.offer(name, mission)
        self.do(name, m.AnswerOffer(offer=offer, answer="accepted"))
        return offer

    def brief(self, *names: str, mission: MissionId | None = None) -> None:
        where = mission or self.mission
        self.do("Shizune", m.WriteBriefing(mission=where, words="Search the meadow"))
        for name in names:
            version = self.world.missions[where].briefing
            self.do(name, m.AcknowledgeBriefing(mission=where, member=self.ids[name], version=version))

    def departs(self, name: str, mission: MissionId | None = None, home_by: Deadline | None = None) -> None:
        """Offered, accepted, briefed and gone."""
        self.accepts(name, mission)
        self.brief(name, mission=mission)
        self.do(name, i.Depart(mission=mission or self.mission, member=self.ids[name], home_by=home_by))

    def form(self, *names: str, overdue_min: int | None = None, name: str = "Alpha") -> Id:
        members = tuple(self.ids[one] for one in names)
        team = i.FormTeam(mission=self.mission, name=name, members=members, overdue_min=overdue_min)
        return Id(self.do("Shizune", team).made)

    def day(self) -> date:
        return self.now.day
