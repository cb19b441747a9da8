"""Need-to-know: how fast it decides, whether it ever differs from its oracles, and whether time betrays anything.

    python -m benchmarks.access [FOLDER] [--json] [--quick]

FOLDER is where the organisation is built (default: build/): 1,000 people, 200 secret missions of 50 people each, 10,000
log lines. Targets: at least 100,000 checks a second, each one statement of the authority itself (the predicate in SQL);
everything that somebody may see listed within 3 ms a person; who knows of a mission within 0.3 ms; hidden and absent
told apart by time over 100,000 reads with |t| < 4.5, while a planted get-then-check exceeds 4.5 in the same run; a
read-out reaches an open page of the served desk within 1 s; a million random decisions by SQL, memory, the warden, a
plain oracle and Cedar, none differing. `--quick` does a twentieth of it, for trying.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from tests.access.histories import History
from tests.access.histories import Size as HistorySize
from tests.access.judging import Judged, judge
from tests.fakes.logs import memory_log, sqlite_log

from benchmarks import _access_page
from benchmarks._access_house import Made, Size, build
from benchmarks._access_timing import MOST_T, get_then_check, timed
from wayhome.access.predicate import predicate_for
from wayhome.assembly.local import LocalHouse
from wayhome.usecases.ports import Ask
from wayhome.usecases.rows import Rows
from wayhome.values.ids import MissionId, PersonId

ROOT = Path(__file__).parents[1]
LEAST_CHECKS_PER_S = 100_000
MOST_LIST_MS = 3.0
MOST_KNOW_MS = 0.3
MOST_PAGE_MS = 1_000.0
DECISIONS = 1_000_000
QUICK = Size(people=60, missions=12, lines=600, read_in=5)
Result = dict[str, Any]


def _seconds(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def _processor_ms(do: Callable[[], object]) -> float:
    """What it takes of a processor, whoever else is using it."""
    begun = time.thread_time()
    do()
    return (time.thread_time() - begun) * 1000


def checks(house: LocalHouse, made: Made, quick: bool) -> Result:
    """May this person see this item? By the predicate as one statement; beside it as a whole read, and by the warden.

    A read by key looks under each mark that its viewer holds, so that time betrays nothing: that makes it slower.
    """
    chance = Random("checks")
    count = 20_000 if quick else 200_000
    asked = [(chance.choice(made.people), chance.choice(made.missions)) for _ in range(count)]
    predicate = predicate_for(made.people[0])
    statement = (
        f"SELECT 1 FROM row INDEXED BY row_by_key WHERE row.view = 'mission' AND row.key = :key AND ({predicate.sql})"
    )
    log: Any = house.log

    def by_statement() -> int:
        with log._session.readers.borrow(for_one_statement=True) as db:
            return sum(db.execute(statement, {"viewer": one, "key": key}).get or 0 for one, key in asked)

    def by_read() -> int:
        return sum(bool(log.rows(Ask("mission", key=key), predicate_for(one))) for one, key in asked)

    def by_warden() -> int:
        held = house.acting.standing.held
        return sum(f"m:{key}" in held(one) for one, key in asked)

    per_s = statistics.median(count / _seconds(by_statement) for _ in range(3))
    agree = len({by_statement(), by_read(), by_warden()}) == 1
    return {
        "case": "checks",
        "people": len(made.people),
        "compartments": len(made.missions),
        "per_s": round(per_s),
        "per_processor_s": round(count / _processor_ms(by_statement) * 1000),
        "reads_by_key_per_s": round(count / _seconds(by_read)),
        "by_the_warden_per_s": round(count / _seconds(by_warden)),
        "agree": agree,
        "ok": per_s >= LEAST_CHECKS_PER_S and agree,
    }


def listing(house: LocalHouse, made: Made, quick: bool) -> Result:
    """Every item that somebody may see, through the predicate and checked again, for each of many people."""
    ms, processor_ms, decoded_ms, seen = [], [], [], 0
    for person in made.people[: 20 if quick else 200]:
        rows = Rows(house.log, house.acting.standing, person)
        ms.append(_seconds(lambda rows=rows: rows._passed(Ask("line"), None)) * 1000)  # type: ignore[misc]
        processor_ms.append(_processor_ms(lambda rows=rows: rows._passed(Ask("line"), None)))  # type: ignore[misc]
        seen += len(rows._passed(Ask("line"), None))
        session = house.as_member(person)
        decoded_ms.append(_seconds(lambda session=session: session.read("missions")) * 1000)  # type: ignore[misc]
    return {
        "case": "list of all visible",
        "visible_a_person": round(seen / len(ms)),
        "mean_ms": round(statistics.mean(ms), 2),
        "slowest_ms": round(max(ms), 2),
        "mean_processor_ms": round(statistics.mean(processor_ms), 2),
        "missions_read_ms": round(statistics.mean(decoded_ms), 2),
        "ok": statistics.mean(ms) <= MOST_LIST_MS,
    }


def who_knows(house: LocalHouse, made: Made, quick: bool) -> Result:
    """Who knows of a mission: as its owner reads the whole page, and beside it who holds its mark, in one statement."""
    log: Any = house.log
    ms, processor_ms, statement_ms = [], [], []
    for mission, inside in list(zip(made.missions, made.inside, strict=True))[: 5 if quick else None]:
        session = house.as_member(inside[0])
        session.read("know", mission=mission)
        ms.append(_seconds(lambda s=session, m=mission: s.read("know", mission=m)) * 1000)  # type: ignore[misc]
        processor_ms.append(_processor_ms(lambda s=session, m=mission: s.read("know", mission=m)))  # type: ignore[misc]
        with log._session.readers.borrow(for_one_statement=True) as db:
            asked = ("SELECT person FROM grant_held WHERE mark = ?", (f"m:{mission}",))
            statement_ms.append(_seconds(lambda db=db, asked=asked: list(db.execute(*asked))) * 1000)  # type: ignore[misc]
    mean = statistics.mean(ms)
    return {
        "case": "who knows",
        "knowers": len(made.inside[0]),
        "mean_ms": round(mean, 3),
        "middle_ms": round(statistics.median(ms), 3),
        "mean_processor_ms": round(statistics.mean(processor_ms), 3),
        "one_statement_ms": round(statistics.mean(statement_ms), 3),
        "ok": mean <= MOST_KNOW_MS,
    }


def timing(house: LocalHouse, made: Made, quick: bool) -> Iterator[Result]:
    """Hidden against absent, for a whole read through a session; and the same with a planted get-then-check.

    Where an id would stand in an index takes a few nanoseconds more or less, whatever is there. So each absent one is
    a hidden one but for its last letter: both are sought in the same place, and all that differs is that one exists.
    """
    reads = 5_000 if quick else 100_000
    viewer = made.people[0]
    hidden = [mission for mission, inside in zip(made.missions, made.inside, strict=True) if viewer not in inside]
    absent = [_beside(mission) for mission in hidden]
    session = house.as_member(viewer)
    for name in ("mission", "offers", "log"):
        found = timed(lambda mission, name=name: _empty(session.read(name, mission=mission)), hidden, absent, reads)  # type: ignore[misc]
        yield {"case": f"timing, read {name}", **found, "ok": abs(found["t"]) < MOST_T}
    planted = timed(get_then_check(session.reading()), hidden, absent, reads)
    yield {"case": "timing, a planted get-then-check is seen", **planted, "ok": abs(planted["t"]) > MOST_T}


def _beside(mission: MissionId) -> MissionId:
    """An id that nothing has, and that would stand next to the given one."""
    return MissionId(mission[:-1] + ("1" if mission.endswith("0") else "0"))


def _empty(seen: Any) -> None:
    """A list that is empty says as much as that there is nothing."""
    from wayhome.usecases.rows import NothingThere

    if not seen.value:
        raise NothingThere("row")


def differential(at: Path, quick: bool) -> Result:
    """Random histories of read-ins, read-outs, tellings and emergencies, decided in five ways."""
    stores = (sqlite_log(at, "differential"), memory_log("differential"))
    size = HistorySize(people=40, missions=20, lines=1, steps=400)
    whole, seed = Judged(), 0
    while whole.decisions < (DECISIONS // 20 if quick else DECISIONS):
        whole.add(judge(History(seed, size), stores))
        seed += 1
    stores[0].close()
    return {
        "case": "five ways of deciding",
        "histories": seed,
        "decisions": whole.decisions,
        "allowed": whole.allowed,
        "differing": len(whole.differences),
        "ok": not whole.differences,
    }


def page(folder: Path, made: Made, tokens: dict[PersonId, str], quick: bool) -> Result:
    """A read-out and an open page of the served desk."""
    found = _access_page.measure(folder, made, tokens, 5 if quick else 50)
    ok = found["slowest_ms"] <= MOST_PAGE_MS and found["still_readable"] == 0
    return {"case": "a read-out reaches an open page", **found, "ok": ok}


def cases(at: Path, quick: bool) -> Iterator[Result]:
    house, made = build(at / "house", QUICK if quick else Size())
    yield checks(house, made, quick)
    yield listing(house, made, quick)
    yield who_knows(house, made, quick)
    yield from timing(house, made, quick)
    tokens = {person: house.let_in(PersonId(person)) for inside in made.inside[:50] for person in inside[:2]}
    house.close()
    yield page(at / "house", made, tokens, quick)
    yield differential(at, quick)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.access")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build", help="where the organisation is built")
    parser.add_argument("--json", action="store_true", help="one JSON object per case instead of plain lines")
    parser.add_argument("--quick", action="store_true", help="a twentieth of the size")
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    results = []
    with tempfile.TemporaryDirectory(dir=asked.folder, prefix="bench-access-") as at:
        for result in cases(Path(at), asked.quick):
            results.append(result)
            _tell(result, as_json=asked.json)
    ok = all(one["ok"] for one in results)
    sys.stdout.write(json.dumps({"benchmark": "access", "cases": len(results), "quick": asked.quick, "ok": ok}) + "\n")
    return 0 if ok else 1


def _tell(result: Result, *, as_json: bool) -> None:
    told = ", ".join(f"{name} {value}" for name, value in result.items() if name not in ("case", "ok"))
    line = json.dumps(result) if as_json else f"{result['case']}: {told}: {'ok' if result['ok'] else 'NOT ok'}"
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
