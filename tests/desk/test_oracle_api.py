"""After random histories of who came to know, the API is asked by everybody for everything: nothing forbidden returns.

What is secret bears a word of its own (one for each mission, one for each telling), and the plain oracle of
`tests/access` says who may read which.
"""

from __future__ import annotations

from random import Random
from typing import Any

from tests.access.oracle import Event, Item, Oracle
from tests.fakes.desk import Desk
from tests.fakes.house import memory_house
from tests.worlds import covered
from tests.worlds.cast import cast, roster
from tests.worlds.desk_table import DEEDS

from wayhome.assembly.local import LocalHouse
from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.intents import secrecy as s
from wayhome.mission.intents.base import Intent
from wayhome.mission.need_to_know import LEVELS
from wayhome.mission.rules import Refused
from wayhome.usecases.acting import Done
from wayhome.values.ids import Id, MissionId, PersonId

HISTORIES = 5
STEPS = 60
REQUESTS_EACH = 60
ROLES = ("Tsunade", "Kotetsu", "Shizune", "Iruka", "Inoichi", "Sakura", "Sai", "Choji", "Neji", "nobody")
"""Who commands, a clerk, an operator, a trainer, a carer, a medic, a guardian, two plain members, and nobody."""
LEAST_FORBIDDEN_ASKED = 300


class _Told:
    """One random history in a house: what was stated, and the same as events for the oracle."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(f"told {seed}")
        self.house, founder = memory_house(f"told {seed}")
        self.cast = cast(founder)
        self.house.as_member(founder).do(p.ImportRoster(rows=roster()))
        self.events: list[Event] = []
        self.missions: list[MissionId] = []
        self.tellings: list[Event] = []
        self.levels: dict[str, int] = {}
        for _ in range(3):
            self._raise()
        self.open = MissionId(self.house.as_member(founder).do(m.RaiseAlarm(name="Lost hiker")).made)
        for _ in range(STEPS):
            self._step()
            self.house.clock.forward(minutes=3)  # type: ignore[attr-defined]  # it stands until it is moved

    def _do(self, who: PersonId, intent: Intent) -> Done | None:
        try:
            return self.house.as_member(who).do(intent)
        except Refused:
            return None

    def _raise(self) -> None:
        owner = self.cast[self.chance.choice(("Ibiki", "Shizune"))]
        word = f"Kagerou{len(self.missions)}x"
        alarm = m.RaiseAlarm(name=f"{word} name", rank="S", secret=True, words=f"{word} alarm", purpose=f"{word} aim")
        done = self._do(owner, alarm)
        assert done is not None
        self.missions.append(MissionId(done.made))
        self.events.append(Event("opened", done.made, owner))

    def word(self, mission: str) -> str:
        return f"Kagerou{self.missions.index(MissionId(mission))}x"

    def _step(self) -> None:
        mission = self.chance.choice(self.missions)
        who, other = (self.cast[self.chance.choice(ROLES[:-1])] for _ in range(2))
        owner = self.house.acting.standing.world.missions[mission].owner
        match self.chance.randint(0, 8):
            case 0 | 1:
                if self._do(owner, m.ReadInMember(mission=mission, member=who, reason="asked")):
                    self.events.append(Event("read in", mission, who))
            case 2:
                if self._do(owner, m.ReadOutMember(mission=mission, member=who, reason="enough")):
                    self.events.append(Event("read out", mission, who))
            case 3:
                self._do(owner, i.LogLine(mission=mission, words=f"{self.word(mission)} line"))
            case 4 | 5:
                self._tell(mission, who, other)
            case 6 if self.tellings:
                told = self.chance.choice(self.tellings)
                if self._do(PersonId(told.teller), s.ShowTelling(telling=Id(told.id))):
                    self.events.append(told._replace(what="shown"))
            case 7:
                self._break_glass(who)
            case 8:
                self._do(owner, s.SetCover(mission=mission, member=who, status="leave"))

    def _tell(self, mission: MissionId, teller: PersonId, listener: PersonId) -> None:
        heard = [told for told in self.tellings if told.who == teller]
        word, level = f"Promise{len(self.tellings)}x", self.chance.choice(LEVELS)
        known = self.house.acting.standing.world.missions[mission].read_in
        of = self.chance.choice(heard) if heard and teller not in known else None
        told = s.Tell(
            mission=None if of else mission, of=Id(of.id) if of else None, listener=listener, level=level, promise=word
        )
        done = self._do(teller, told)
        if done is not None:
            event = Event("told", of.mission if of else mission, listener, done.made, teller, retold=of is not None)
            self.events.append(event)
            self.tellings.append(event)
            self.levels[done.made] = LEVELS.index(level)

    def _break_glass(self, member: PersonId) -> None:
        guardian = self.cast["Sai"]
        broken = s.BreakGlass(member=member, reason="she does not answer", hours=1.0)
        if not self._do(guardian, broken):
            return
        for mission in self.missions:
            for glass in self.house.acting.standing.world.missions[mission].secrecy.emergencies.values():
                opened = Event("glass broken", mission, guardian, glass.id)
                if not glass.ended and opened not in self.events:
                    self.events.append(opened)

    # What may be read

    def forbidden(self, viewer: str) -> set[str]:
        """The words that somebody may not read anywhere."""
        self._hear_what_ended()
        oracle = Oracle(self.events)
        me = self.cast[viewer] if viewer != "nobody" else ""
        heard = {one.mission for one in self.tellings if me in (one.who, one.teller) and self.levels[one.id] >= 2}
        words = {self.word(one) for one in self.missions if not oracle.may(me, Item("mission", one))}
        words -= {self.word(one) for one in heard}
        return words | {
            f"Promise{number}x"
            for number, one in enumerate(self.tellings)
            if not oracle.may(me, Item("telling", one.id)) and not oracle.may(me, Item("told", one.id))
        }

    def _hear_what_ended(self) -> None:
        for mission in self.missions:
            for glass in self.house.acting.standing.world.missions[mission].secrecy.emergencies.values():
                over = Event("glass over", mission, glass.by, glass.id)
                if glass.ended and over not in self.events:
                    self.events.append(over)


def test_nothing_that_the_oracle_forbids_is_returned() -> None:
    """Each role, and nobody, asks reads and deeds with every real id there is, after each of several histories."""
    asked_for_forbidden = seen = 0
    for seed in range(HISTORIES):
        told = _Told(seed)
        desk = Desk(told.house)
        for who in ROLES:
            forbidden = told.forbidden(who)
            for answer in _asked(told, desk, who):
                found = sorted(word for word in forbidden if word.encode() in answer)
                assert not found, f"history {seed}, {who}: {found} in {answer[:3000]!r}"
                asked_for_forbidden += bool(forbidden)
                seen += b"Kagerou" in answer or b"Promise" in answer
    assert asked_for_forbidden >= LEAST_FORBIDDEN_ASKED
    assert seen > 50, "hardly anything secret was ever returned to those who may read it: this shows little"


def _asked(told: _Told, desk: Desk, who: str) -> list[bytes]:
    token = told.house.let_in(told.cast[who]) if who != "nobody" else ""
    answers = []
    reads = [(name, shape) for name, shapes in covered.READS.items() for shape in shapes]
    for name, shape in told.chance.sample(reads, k=REQUESTS_EACH):
        query = {argument: _filled(told, value) for argument, value in shape.items()}
        answers.append(desk.ask("GET", f"/api/read/{name}", token=token, query=query).whole())
    for address in told.chance.sample(sorted(DEEDS), k=REQUESTS_EACH // 4):
        mission, other = told.chance.choice(told.missions), told.cast[told.chance.choice(ROLES[:-1])]
        body = {"mission": mission, "member": other, "words": "x", "reason": "x", "telling": _id(told), "of": _id(told)}
        if "Erase" not in address and "ReadIn" not in address:
            answers.append(desk.ask("POST", address.partition(" ")[2], token=token, json=body).whole())
    return answers


def _filled(told: _Told, value: Any) -> Any:
    if value == "?mission":
        return told.chance.choice(told.missions)
    if value == "!open":
        return told.open
    if value in ("!insider", "!outsider"):
        return told.cast[told.chance.choice(ROLES[:-1])]
    return _id(told) if isinstance(value, str) and value.startswith("?") else value


def _id(told: _Told) -> str:
    """Any id there is, of whatever is hidden."""
    return str(told.chance.choice([*told.missions, *(one.id for one in told.tellings)]))


def test_the_words_would_be_found() -> None:
    """With everybody let in to everything, the same questions return what is forbidden: the test sees."""
    told = _Told(0)
    house: LocalHouse = told.house
    desk = Desk(house)
    forbidden = told.forbidden("Choji")
    for mission in told.missions:
        owner = house.acting.standing.world.missions[mission].owner
        house.as_member(owner).do(m.ReadInMember(mission=mission, member=told.cast["Choji"], override="all of it"))
    answers = b"".join(_asked(told, desk, "Choji"))
    assert any(word.encode() in answers for word in forbidden)
