"""Random histories of who came to know: as plain events for the oracles, and as facts for the program."""

from __future__ import annotations

import json
from random import Random

import msgspec
from tests.access.oracle import Event, Item

from wayhome.mission.facts import field, people, secrecy
from wayhome.mission.facts import missions as m
from wayhome.mission.facts.base import Fact
from wayhome.mission.state import Said
from wayhome.usecases.ports import Change, Gone, Grant, Row, Timer
from wayhome.usecases.standing import Standing
from wayhome.values.ids import ORGANISATION, Id, MissionId, PersonId, StreamId, derive, mission_stream
from wayhome.values.when import Moment

START = Moment(1_772_352_000_000, "UTC")


class Size(msgspec.Struct, frozen=True):
    people: int = 12
    missions: int = 5
    lines: int = 2
    steps: int = 40


class History:
    """One random history, and what the program makes of it."""

    def __init__(self, seed: int, size: Size) -> None:
        self._chance = Random(f"history {seed}")
        self._seed = str(seed)
        self._count = 0
        self.people = [PersonId(derive(self._seed, "person", str(n))) for n in range(size.people)]
        self.missions = [MissionId(derive(self._seed, "mission", str(n))) for n in range(size.missions)]
        self.events: list[Event] = []
        self.standing = Standing()
        self._latest: dict[tuple[str, ...], Change] = {}
        self._tellings: list[Event] = []
        self._glasses: list[Event] = []
        self._begin(size)
        for _ in range(size.steps):
            self._step()

    # What happens

    def _begin(self, size: Size) -> None:
        for person in self.people:
            self._fact(ORGANISATION, person, people.MemberEnrolled(member=person, ref=person[:4]))
        for mission in self.missions:
            owner = self._anybody()
            opened = m.MissionOpened(mission=mission, name=f"Mission {mission[:4]}", rank="S", secret=True, owner=owner)
            self._say(Event("opened", mission, owner), opened)
            for number in range(size.lines):
                line = field.LineLogged(line=derive(mission, "line", str(number)), words="at the ford", at=START)
                self._fact(mission_stream(mission), owner, line)

    def _step(self) -> None:
        mission, who, other = self._chance.choice(self.missions), self._anybody(), self._anybody()
        new = derive(self._seed, "made", str(self._count))
        match self._chance.randint(0, 9):
            case 0 | 1 | 2:
                self._say(Event("read in", mission, who), m.ReadIn(member=who, basis="read in"))
            case 3 | 4:
                self._say(Event("read out", mission, who), m.ReadOut(member=who, reason="out"))
            case 5 | 6:
                self._tell(mission, who, other, new)
            case 7 if self._tellings:
                told = self._chance.choice(self._tellings)
                self._say(told._replace(what="shown"), secrecy.TellingShown(telling=Id(told.id)))
            case 8:
                broken = Event("glass broken", mission, who, new)
                self._glasses.append(broken)
                until = START.plus(hours=4)
                fact = secrecy.OpenedInEmergency(glass=new, by=who, reason="fire", until=until, alerted=())
                self._say(broken, fact)
            case 9 if self._glasses:
                over = self._glasses.pop(self._chance.randrange(len(self._glasses)))
                self._say(over._replace(what="glass over"), secrecy.EmergencyEnded(glass=Id(over.id)))

    def _tell(self, mission: MissionId, teller: PersonId, listener: PersonId, new: Id) -> None:
        """Of one's own knowledge, or of what one was told of this mission."""
        heard = [told for told in self._tellings if told.who == teller and told.mission == mission]
        of = Id(self._chance.choice(heard).id) if heard else None
        if teller == listener or (of is None and teller not in self.standing.world.missions[mission].read_in):
            return  # the rules refuse both
        level, shown = self._chance.choice(("that", "all")), self._chance.random() < 0.2
        event = Event("told", mission, listener, new, teller, retold=of is not None)
        self._tellings.append(event)
        told = secrecy.Told(
            telling=new, teller=teller, listener=listener, level=level, happened=START, part=secrecy.Part(), of=of,
            shown=shown,
        )  # fmt: skip
        if shown:
            self.events.append(event._replace(what="shown"))
        self._say(event, told)

    # How it is written down

    def _anybody(self) -> PersonId:
        return self._chance.choice(self.people)

    def _say(self, event: Event, fact: Fact) -> None:
        self.events.append(event)
        self._fact(mission_stream(MissionId(event.mission)), PersonId(event.teller or event.who), fact)

    def _fact(self, stream: StreamId, by: PersonId, fact: Fact) -> None:
        self._count += 1
        at = START.plus(minutes=self._count)
        said = Said(derive(self._seed, "fact", str(self._count)), by, at, self._count, stream, "one")
        for change in self.standing.add(fact, said):
            self._latest[_place(change)] = change

    # What stands in the end

    def changes(self) -> list[Change]:
        """Rows, marks and timers as they stand, for a store's projections."""
        return [change for change in self._latest.values() if _stands(change)]

    def rows(self) -> list[Row]:
        return [change for change in self.changes() if isinstance(change, Row)]


def item_of(row: Row) -> Item:
    """What a row is about, told from everything but its mark."""
    if row.view in ("telling", "told"):
        return Item(row.view, json.loads(row.body)["telling"])
    if row.view == "mission" or row.scope:
        return Item("mission", row.key if row.view == "mission" else row.scope)
    return Item("open")


def _place(change: Change) -> tuple[str, ...]:
    match change:
        case Grant():
            return "grant", change.person, change.mark
        case Timer():
            return "timer", change.id
        case _:
            return "row", change.view, change.scope, change.key


def _stands(change: Change) -> bool:
    gone = isinstance(change, Gone) or (isinstance(change, Grant) and not change.held)
    return not gone and not (isinstance(change, Timer) and change.due_ms is None)
