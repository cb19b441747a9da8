"""An intent on a mission of many lines, decided, made durable and acknowledged; warm, and on a record just opened."""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from wayhome.assembly.local import Founding, LocalHouse, found, open_house
from wayhome.log.keys import Cost
from wayhome.mission.facts.people import Scales
from wayhome.mission.intents.field import FormTeam, LogLine
from wayhome.mission.intents.missions import RaiseAlarm
from wayhome.usecases.session import LocalSession
from wayhome.values.ids import MissionId, PersonId

LINES = 20_000
QUICK_LINES = 2_000
AT_ONCE = 64
INTENTS = 50
MOST_MS = 20.0
PASSPHRASE = "a passphrase for measuring"
CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
"""What is measured is the intent, not the passphrase."""


def measure(at: Path, quick: bool) -> dict[str, Any]:
    """The middle and the slowest of fifty intents, and the first after opening, in ms. `ok`: the middle is in time."""
    folder = at / "intent"
    founding = Founding(name="B", zone="UTC", profile="county", scales=Scales(), founder="B", password="measuring")
    house = found(folder, founding, passphrase=PASSPHRASE, cost=CHEAP)
    me = PersonId(next(iter(house.acting.standing.world.people)))
    mission = _with_lines(house, me, QUICK_LINES if quick else LINES)
    session = house.as_member(me)
    warm = [_timed_ms(session, mission, f"one more {n}") for n in range(INTENTS)]
    house.close()
    house = open_house(folder, passphrase=PASSPHRASE)
    first = _timed_ms(house.as_member(me), mission, "the first after opening")
    house.close()
    middle = statistics.median(warm)
    return {
        "lines": QUICK_LINES if quick else LINES,
        "middle_ms": round(middle, 2),
        "slowest_ms": round(max(warm), 2),
        "first_after_opening_ms": round(first, 2),
        "ok": middle <= MOST_MS,
    }


def _with_lines(house: LocalHouse, me: PersonId, lines: int) -> MissionId:
    session = house.as_member(me)
    mission = MissionId(session.do(RaiseAlarm(name="Many lines")).made)
    session.do(FormTeam(mission=mission, name="1", overdue_min=30))
    with ThreadPoolExecutor(AT_ONCE) as typists:
        for done in typists.map(lambda n: session.do(_line(mission, f"line {n}")), range(lines)):
            if done.already:
                raise SystemExit("a line was taken for one written before")
    return mission


def _line(mission: MissionId, words: str) -> LogLine:
    return LogLine(mission=mission, words=f"1 to base: {words}, nothing seen on the slope below the path", team="1")


def _timed_ms(session: LocalSession, mission: MissionId, words: str) -> float:
    start = time.perf_counter()
    session.do(_line(mission, words))
    return (time.perf_counter() - start) * 1000
