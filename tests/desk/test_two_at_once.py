"""Two people, devices or faces at the same moment: one thing happens once, and both are told what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx
import msgspec
import pytest
from tests.fakes.house import SCALES

from wayhome.assembly.facing import DeskSettings
from wayhome.assembly.local import Founding, LocalHouse, found
from wayhome.assembly.serving import answer
from wayhome.assembly.wire import Call, Reply
from wayhome.desk.server import DeskServer
from wayhome.log.keys import Cost
from wayhome.mission import intents
from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.intents.base import Intent
from wayhome.usecases.acting import Done
from wayhome.values.ids import MissionId, PersonId

TURNS = 12
"""How often each is tried: what goes wrong by chance goes wrong in one of them."""


class Served:
    """A folder on disk, its desk at a port of this machine, and a mission in it."""

    def __init__(self, folder: Path) -> None:
        founding = Founding(
            name="The Leaf", zone="Europe/Andorra", profile="leaf", scales=SCALES, founder="Tsunade", password="a" * 9
        )
        cost = Cost(passes=1, memory_kib=64, lanes=1)
        self.house: LocalHouse = found(folder, founding, passphrase="two at once", cost=cost)
        self.founder = self.house.acting.standing.world.organisation.commander or PersonId("")
        self.second = PersonId(self.do(p.EnrolMember(name="Shizune", duties=("operator", "commander"))).made)
        self.server = DeskServer(DeskSettings(data=folder, port=0))
        self.server.open(self.house)
        self.url = self.server.start(lambda _passphrase: None)[0]
        self.tokens = [self.house.let_in(person) for person in (self.founder, self.second)]

    def do(self, intent: Intent) -> Done:
        return self.house.as_member(self.founder).do(intent)

    def alarm(self) -> MissionId:
        return MissionId(self.do(m.RaiseAlarm(name="Lost hiker", rank="D")).made)

    def state(self, token: str, intent: Intent, key: str = "") -> httpx.Response:
        """States an intent at the desk, over the network."""
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        headers |= {"idempotency-key": key} if key else {}
        body = msgspec.json.encode(intent)
        return httpx.post(f"{self.url}/api/do/{type(intent).__name__}", content=body, headers=headers, timeout=30)

    def state_by_command(self, token: str, intent: Intent, key: str) -> Reply:
        """States an intent as a command does, over the local socket."""
        call = Call(what="do", token=token, body=intents.encode(intent), key=key)
        return msgspec.msgpack.decode(answer(self.house, msgspec.msgpack.encode(call)), type=Reply)

    def log(self, mission: MissionId) -> list[Any]:
        return list(self.house.as_member(self.founder).read("log", mission=mission).value)

    def close(self) -> None:
        self.server.stop()
        self.house.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served(tmp_path_factory.mktemp("served") / "leaf")
    yield served
    served.close()


def at_once(*doing: Callable[[], Any]) -> list[Any]:
    """Does all of it as near to the same moment as threads can."""
    ready = Barrier(len(doing))

    def do(one: Callable[[], Any]) -> Any:
        ready.wait(10)
        return one()

    with ThreadPoolExecutor(len(doing)) as pool:
        return list(pool.map(do, doing))


def test_two_commanders_close_a_mission_at_once(served: Served) -> None:
    """It is closed once, by one of them; the other is told that it is closed, in words and not as a fault."""
    for _ in range(TURNS):
        mission = served.alarm()
        close = m.MoveMission(mission=mission, to="closed", reason="found")
        told = at_once(*(partial(served.state, token, close) for token in served.tokens))
        assert sorted(one.status_code for one in told) == [200, 409]
        refused = next(one for one in told if one.status_code == 409).json()["error"]
        assert "closed" in refused["text"]
        assert served.house.acting.standing.world.missions[mission].state == "closed"


def test_the_same_key_sent_twice_at_once_is_one_line(served: Served) -> None:
    """A device that sends again before it was answered makes one entry, and both answers say where it is."""
    mission = served.alarm()
    for turn in range(TURNS):
        line = i.LogLine(mission=mission, words=f"line {turn}", message=f"line {turn}")
        key = f"the-same-key-{turn:04d}"
        told = at_once(*[partial(served.state, served.tokens[0], line, key)] * 4)
        assert [one.status_code for one in told] == [200] * 4
        assert sorted(one.json()["already"] for one in told) == [False, True, True, True]
    assert [line.words for line in served.log(mission)] == [f"line {turn}" for turn in range(TURNS)]


def test_the_same_intent_from_a_command_and_from_the_desk_is_done_once(served: Served) -> None:
    """Whichever comes first, there is one line; the other face says that it was there already."""
    mission = served.alarm()
    token = served.tokens[1]
    for turn in range(TURNS):
        line = i.LogLine(mission=mission, words=f"line {turn}", message=f"line {turn}")
        key = f"from-two-faces-{turn:04d}"
        desk, command = at_once(
            partial(served.state, token, line, key), partial(served.state_by_command, token, line, key)
        )
        assert desk.status_code == 200
        assert command.fault is None
        already = [desk.json()["already"], msgspec.json.decode(command.body, type=Done).already]
        assert sorted(already) == [False, True]
    assert len(served.log(mission)) == TURNS


def test_many_lines_at_once_are_all_there_and_each_once(served: Served) -> None:
    """Eight operators who type at the same time lose nothing, and no line is another's."""
    mission = served.alarm()

    def write(number: int) -> list[int]:
        return [
            served.state(
                served.tokens[number % 2], i.LogLine(mission=mission, words=f"{number} {turn}", message="x")
            ).status_code
            for turn in range(TURNS)
        ]

    told = at_once(*(partial(write, number) for number in range(8)))
    assert told == [[200] * TURNS] * 8
    words = [line.words for line in served.log(mission)]
    assert sorted(words) == sorted(f"{number} {turn}" for number in range(8) for turn in range(TURNS))
