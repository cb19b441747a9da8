"""What is hidden and what is absent are refused by the very same steps: of the program, and of the database."""

from __future__ import annotations

import gc
import inspect
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import apsw
import msgspec
import pytest
from tests.fakes.house import SCALES

from wayhome.assembly.local import Founding, LocalHouse, found
from wayhome.log.keys import Cost
from wayhome.log.sqlite_store import SqliteLog
from wayhome.mission.intents.field import LogLine
from wayhome.mission.intents.missions import RaiseAlarm, ReadInMember
from wayhome.mission.intents.people import EnrolMember
from wayhome.usecases.ports import Ask
from wayhome.usecases.reading import READS
from wayhome.usecases.rows import NothingThere
from wayhome.values.ids import MissionId, PersonId

WARMED_UP = 3
"""So often each is read before steps are counted, so that what is remembered between reads is."""


class Place(msgspec.Struct, frozen=True):
    """An organisation on disk, somebody in it, and ids: a mission hidden from them, and ones that are not there."""

    house: LocalHouse
    viewer: PersonId
    hidden: MissionId
    absent: tuple[MissionId, ...]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    founding = Founding(
        name="Leaf", zone="Europe/Andorra", profile="leaf", scales=SCALES, founder="Tsunade", password="a long password"
    )
    at = tmp_path_factory.mktemp("steps") / "house"
    house = found(at, founding, passphrase="a passphrase", cost=Cost(passes=1, memory_kib=64, lanes=1))
    founder = house.acting.standing.world.organisation.commander
    assert founder is not None
    names = ("Shizune", "Neji", "Choji")
    shizune, neji, choji = (
        PersonId(
            house.as_member(founder).do(EnrolMember(name=name, ref=name, rank="jounin", duties=("operator",))).made
        )
        for name in names
    )
    hers = house.as_member(shizune)
    raised = [MissionId(hers.do(RaiseAlarm(name=f"Secret {n}", rank="S", secret=True)).made) for n in range(6)]
    for number, mission in enumerate(raised):
        hers.do(ReadInMember(mission=mission, member=choji if number else neji, reason="asked"))
        hers.do(LogLine(mission=mission, words="at the pass"))
    hidden = raised[0]
    absent = tuple(MissionId(one) for one in (hidden[:-1] + "g", "0" * 32, "f" * 32, "a", "zz" * 32))
    yield Place(house, choji, hidden, absent)
    house.close()


def by_mission() -> list[str]:
    """Every read that is of one mission and needs to be told nothing else."""
    found = []
    for name, read in READS.items():
        needed = [one for one in inspect.signature(read).parameters.values() if one.default is one.empty]
        if "mission" in inspect.signature(read).parameters and {one.name for one in needed} <= {"self", "mission"}:
            found.append(name)
    return found


def steps(house: LocalHouse, read: Callable[[], object]) -> tuple[int, list[int], str]:
    """How many steps the program took, how many the database took for each statement, and what came of it."""
    taken, told = 0, list[int]()

    def trace(frame: FrameType, event: str, _of: Any) -> Any:
        nonlocal taken
        frame.f_trace_opcodes = True
        taken += event == "opcode"
        return trace

    before = sys.gettrace()
    assert isinstance(house.log, SqliteLog)
    readers = house.log._session.readers
    with readers.borrow(for_one_statement=True) as db:
        db.trace_v2(
            apsw.SQLITE_TRACE_PROFILE, lambda event: told.append(event["stmt_status"]["SQLITE_STMTSTATUS_VM_STEP"])
        )
    gc.disable()
    try:
        sys.settrace(trace)
        try:
            came = repr(read())
        finally:
            sys.settrace(before)
    except NothingThere as error:
        came = str(error)
    finally:
        gc.enable()
    with readers.borrow(for_one_statement=True) as db:
        db.trace_v2(0)
    return taken, told, came


@pytest.mark.parametrize("name", by_mission())
def test_a_read_takes_the_same_steps(place: Place, name: str) -> None:
    """Asked for a hidden mission and for absent ones, each read takes as many steps, here and in the database."""
    session = place.house.as_member(place.viewer)

    def taken(mission: MissionId) -> tuple[int, list[int], str]:
        for _ in range(WARMED_UP):
            found = steps(place.house, lambda: session.read(name, mission=mission).value)
        return found

    hidden = taken(place.hidden)
    assert hidden[0] > 0 and hidden[1]
    assert [taken(mission) for mission in place.absent] == [hidden] * len(place.absent)


def test_fetching_first_and_looking_whose_it_is_then_takes_other_steps(place: Place) -> None:
    """The leak that this is to find is found: a row fetched by its key, and only then looked at."""
    log, held = place.house.log, place.house.acting.standing.held(place.viewer)

    def get_then_check(mission: MissionId) -> object:
        rows = log.rows(Ask("mission", key=mission), None)
        if not rows or rows[0].mark not in held:
            raise NothingThere("mission")
        return rows

    def taken(mission: MissionId) -> tuple[int, list[int], str]:
        return [steps(place.house, lambda: get_then_check(mission)) for _ in range(WARMED_UP)][-1]

    hidden, absent = taken(place.hidden), taken(place.absent[0])
    assert hidden[0] != absent[0]
    assert hidden[1] != absent[1]
    assert hidden[2] == absent[2]
