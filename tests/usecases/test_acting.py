"""Acting: one decides at a time, what is acknowledged is written, and what is not written was never so."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.fakes.failing import FillingLog
from tests.fakes.house import MASTER, SCALES, StandingClock, TerrainsInMemory, counted_keys
from tests.fakes.scene import Scene

from wayhome.assembly.local import Founding, LocalHouse, found_in
from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.intents.base import Intent
from wayhome.mission.rules import Refused
from wayhome.usecases import keeping
from wayhome.usecases.ports import NotDurable
from wayhome.values.ids import Id, MissionId, PersonId, derive
from wayhome.values.when import deadline_at


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Runs all of them at once; gives what each returned or raised."""

    def outcome(act: Callable[[], object]) -> object:
        try:
            return act()
        except (Refused, NotDurable) as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(outcome, acts))


def test_of_two_who_take_the_last_place_at_once_exactly_one_gets_it() -> None:
    """However they race, one acceptance is written and the other is refused in words; ten times over."""
    for _ in range(10):
        _race_for_the_last_place()


def _race_for_the_last_place() -> None:
    scene = Scene()
    scene.do("Shizune", m.PlanMission(mission=scene.mission, most_people=1))
    offers = {name: scene.offer(name) for name in ("Neji", "Choji")}

    def accept(name: str) -> object:
        return scene.do(name, m.AnswerOffer(offer=offers[name], answer="accepted"))

    outcomes = at_once(lambda: accept("Neji"), lambda: accept("Choji"))
    assert [one.code for one in outcomes if isinstance(one, Refused)] == ["no place left"]
    assert len(scene.held.accepted) == 1
    assert keeping.verify(scene.house.log) == []


def test_the_same_intent_from_two_hands_at_once_is_written_once() -> None:
    """A retry that overtakes its first try changes nothing."""
    scene = Scene()
    line, key = i.LogLine(mission=scene.mission, words="once"), derive("test", "race")
    at_once(*[lambda: scene.house.as_member(scene["Choji"]).do(line, key=key)] * 6)
    assert scene.held.lines == 1


def test_many_hands_lose_and_mix_up_nothing() -> None:
    """Forty lines by eight hands are forty lines, and the rows are what the log gives."""
    scene = Scene()

    def type_lines(hand: int) -> None:
        for number in range(5):
            scene.do("Choji", i.LogLine(mission=scene.mission, words=f"{hand}.{number}"))

    at_once(*[lambda hand=hand: type_lines(hand) for hand in range(8)])
    read = scene.house.as_member(scene["Choji"]).read("log", mission=scene.mission).value
    assert {line.words for line in read} == {f"{hand}.{number}" for hand in range(8) for number in range(5)}
    assert keeping.verify(scene.house.log) == []


class Filling:
    """A house on a disk that fills up."""

    def __init__(self) -> None:
        self.clock = StandingClock()
        self.log = FillingLog(master=MASTER, wall=lambda: self.clock.now.ms)
        self.house = LocalHouse(self.log, TerrainsInMemory(), clock=self.clock, new_key=counted_keys("filling"))
        founding = Founding(
            name="The Leaf", zone="Europe/Andorra", profile="leaf", scales=SCALES, founder="Tsunade", password=""
        )
        self.founder = found_in(self.house, founding, "no password")
        self.mission = MissionId(self.do(m.RaiseAlarm(name="Lost hiker", rank="D")))

    def do(self, intent: Intent, key: str | None = None) -> str:
        return self.house.as_member(self.founder).do(intent, key=key).made

    @property
    def lines(self) -> int:
        return self.house.acting.standing.world.missions[self.mission].lines


def test_a_full_disk_is_told_and_nothing_is_half_done() -> None:
    """The typist is told, the line is nowhere, and once there is room the same line goes in by the same key."""
    filling = Filling()
    line, key = i.LogLine(mission=filling.mission, words="at the ford"), derive("test", "full")
    filling.log.full = True
    with pytest.raises(NotDurable, match="the disk is full"):
        filling.do(line, key)
    assert filling.lines == 0
    assert filling.house.as_member(filling.founder).read("log", mission=filling.mission).value == ()
    filling.log.full = False
    filling.do(line, key)
    assert filling.lines == 1
    assert keeping.verify(filling.log) == []


def test_what_was_acknowledged_before_the_disk_filled_stands() -> None:
    """Ten lines, a full disk, ten more: the twenty acknowledged are there."""
    filling = Filling()
    for number in range(20):
        if number == 10:
            filling.log.full = True
            with pytest.raises(NotDurable):
                filling.do(i.LogLine(mission=filling.mission, words="lost"))
            filling.log.full = False
        filling.do(i.LogLine(mission=filling.mission, words=str(number)))
    assert filling.lines == 20
    assert filling.log.recovered == 1
    assert keeping.verify(filling.log) == []


def test_several_that_fail_together_are_read_back_once_each_told() -> None:
    """Every hand whose line was not written hears so; afterwards state and rows are what the log gives."""
    filling = Filling()
    filling.log.full = True
    lines = [i.LogLine(mission=filling.mission, words=str(number)) for number in range(8)]
    outcomes = at_once(*[lambda line=line: filling.do(line) for line in lines])
    assert all(isinstance(one, NotDurable) for one in outcomes)
    filling.log.full = False
    filling.do(lines[0])
    assert filling.lines == 1
    assert keeping.verify(filling.log) == []


def test_a_full_disk_does_not_betray_a_clash() -> None:
    """An offer to somebody away on a secret mission is refused in the same words when its note cannot be written."""
    filling = Filling()
    shizune = PersonId(filling.do(p.EnrolMember(name="Shizune", duties=("operator",))))
    neji = PersonId(filling.do(p.EnrolMember(name="Neji")))
    owner = filling.house.as_member(shizune)
    secret = MissionId(owner.do(m.RaiseAlarm(name="Kagerou", rank="D", secret=True)).made)
    owner.do(m.MakeException(mission=secret, rule="briefing", reason="no time"))
    offer = Id(owner.do(m.MakeOffer(mission=secret, member=neji)).made)
    filling.house.as_member(neji).do(m.AnswerOffer(offer=offer, answer="accepted"))
    filling.house.as_member(neji).do(i.Depart(mission=secret, member=neji))
    filling.log.full = True
    with pytest.raises(Refused, match="Neji is away: offer somebody else"):
        filling.do(m.MakeOffer(mission=filling.mission, member=neji))
    filling.log.full = False
    filling.do(i.LogLine(mission=filling.mission, words="the first after"))
    assert filling.lines == 1
    assert keeping.verify(filling.log) == []


def test_the_clock_goes_on_when_there_is_room_again() -> None:
    """A deadline that fell due while the disk was full lapses at the next tick after."""
    filling = Filling()
    neji = PersonId(filling.do(p.EnrolMember(name="Neji")))
    by = deadline_at(filling.clock.now.plus(hours=1))
    filling.do(m.MakeOffer(mission=filling.mission, member=neji, answer_by=by))
    filling.clock.forward(hours=3)
    filling.log.full = True
    assert filling.house.tick() == 0
    filling.log.full = False
    assert filling.house.tick() == 1
