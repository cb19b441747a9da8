"""The log: syncs a group, speed beside the bare disk, processor time a fact, kill -9 again and again.

    python -m benchmarks.log [FOLDER] [--json] [--quick]

FOLDER is on the disk to measure (default: build/, on the disk of this repository). Disks have fast and slow phases, so
speed is told beside raw append + fdatasync in the same run, block by block in turn. Targets: exactly one sync in every
commit; one fact per commit at least 0.4 of raw; at least 3,000 facts/s in groups of 64; at most 300 µs of processor
time a fact, sealed, signed and projected into two rows; the first 50 of 10,000 rows within 3 ms; no acknowledged fact
lost in 500 kill -9 runs; an intent on a mission of 20,000 lines within 20 ms. `--quick` kills 20 times and writes less.
Under `make bench` finished kill runs are kept and not run again.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.fakes.disks import FaultyDisk
from tests.fakes.logs import ORG, draft, sqlite_log, who_holds

from wayhome.log.sqlite_store import Session, SqliteLog
from wayhome.usecases.ports import Ask, Batch, Grant, Row
from wayhome.values.ids import Mark, PersonId

ROOT = Path(__file__).parents[1]
LEAST_OF_RAW = 0.4
LEAST_PER_S = 3_000
MOST_CPU_US = 300
MOST_ROWS_MS = 3.0
GROUP = 64
KILLS = 500
KILLS_AT_ONCE = 20
BODY = json.dumps(
    {
        "from": "Team 3",
        "to": "Base",
        "place": {"lat": 42.55613, "lon": 1.53319},
        "text": "Clue 14: grey glove, left hand, on the trail 40 m below the hut; not moved, taped, photographed. " * 2,
    }
).encode()
Result = dict[str, Any]


def fact(n: int, *, rows: bool = True) -> Batch:
    """One log line as it is written: the fact, its own row, and the mission's row changed."""
    sort = f"{n:09}"
    changes = (
        Row("log", "m1", sort, Mark("org"), sort, BODY),
        Row("missions", "org", "m1", Mark("org"), "m1", b'{"lines":%d,"title":"Missing hiker, Coma Pedrosa"}' % n),
    )
    return Batch((draft(n, body=BODY),), changes if rows else (), (ORG,))


class _CountingSession(Session):
    """Counts the syncs inside each commit."""

    disk: FaultyDisk
    counted: Counter[int]

    def commit(self) -> None:
        before = sum(self.disk.syncs.values())
        super().commit()
        self.counted[sum(self.disk.syncs.values()) - before] += 1


class _CountingLog(SqliteLog):
    session = _CountingSession


def syncs(at: Path, quick: bool) -> Result:
    """How many times the disk is made to sync in each commit, over single facts and groups, checkpoints apart."""
    disk = FaultyDisk()
    _CountingSession.disk, _CountingSession.counted = disk, Counter()
    log = sqlite_log(at, "syncs", vfs=disk.name, opened=_CountingLog)
    facts = 640 if quick else 6_400
    for n in range(facts // 10):
        log.submit(fact(n)).result()
    for start in range(facts // 10, facts, GROUP):
        _write_group(log, range(start, start + GROUP))
    counted = dict(_CountingSession.counted)
    groups = sum(counted.values())
    apart = sum(disk.syncs.values()) - sum(count * times for count, times in counted.items())
    log.close()
    return {
        "case": "syncs a commit",
        "facts": facts,
        "commits": groups,
        "syncs_in_a_commit": sorted(counted),
        "syncs_of_checkpoints_and_opening": apart,
        "ok": set(counted) == {1} and groups < facts,
    }


def _write_group(log: SqliteLog, numbers: range) -> None:
    for future in [log.submit(fact(n)) for n in numbers]:
        future.result()


def _seconds(do: Callable[[int], object], numbers: range) -> float:
    begun = time.perf_counter()
    for n in numbers:
        do(n)
    return time.perf_counter() - begun


def one_per_commit(at: Path, quick: bool) -> Result:
    """Facts a second, each waited for, beside raw appends of as many bytes on the same disk, in turn."""
    log = sqlite_log(at, "single")
    plain = sqlite_log(at, "plain")
    rounds, block = (5, 50) if quick else (30, 100)
    line = bytes(len(BODY) + 500)
    handle = os.open(at / "raw", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)

    def append(_: int) -> None:
        os.write(handle, line)
        os.fdatasync(handle)

    times: dict[str, list[float]] = {"raw": [], "projected": [], "alone": []}
    for turn in range(rounds):
        numbers = range(turn * block, (turn + 1) * block)
        times["raw"].append(_seconds(append, numbers))
        times["projected"].append(_seconds(lambda n: log.submit(fact(n)).result(), numbers))
        times["alone"].append(_seconds(lambda n: plain.submit(fact(n, rows=False)).result(), numbers))
    os.close(handle)
    log.close()
    plain.close()
    us = {name: statistics.median(found) / block * 1e6 for name, found in times.items()}
    of_raw = {
        name: statistics.median(raw / found for raw, found in zip(times["raw"], times[name], strict=True))
        for name in ("alone", "projected")
    }
    return {
        "case": "one fact per commit",
        "raw_per_s": round(1e6 / us["raw"]),
        "fact_per_s": round(1e6 / us["alone"]),
        "fact_and_two_rows_per_s": round(1e6 / us["projected"]),
        "fact_of_raw": round(of_raw["alone"], 2),
        "fact_and_two_rows_of_raw": round(of_raw["projected"], 2),
        "ok": of_raw["alone"] >= LEAST_OF_RAW,
    }


def in_groups(at: Path, quick: bool) -> Result:
    """Facts a second and processor time a fact in groups of 64, sealed, signed and projected."""
    log = sqlite_log(at, "groups")
    facts = 1_280 if quick else 12_800
    _write_group(log, range(GROUP))
    wall, cpu = time.perf_counter(), time.process_time()
    for start in range(GROUP, facts, GROUP):
        _write_group(log, range(start, start + GROUP))
    count = facts - GROUP
    per_s, cpu_us = count / (time.perf_counter() - wall), (time.process_time() - cpu) / count * 1e6
    log.close()
    return {
        "case": f"groups of {GROUP}",
        "facts_per_s": round(per_s),
        "cpu_us_a_fact": round(cpu_us, 1),
        "ok": per_s >= LEAST_PER_S and cpu_us <= MOST_CPU_US,
    }


def first_rows(at: Path, quick: bool) -> Result:
    """The first 50 of 10,000 visible rows, as a face asks for them."""
    log = sqlite_log(at, "rows")
    rows = [Row("log", "m1", str(n), Mark("org"), f"{n:09}", BODY) for n in range(10_000)]
    log.submit(Batch((), (*rows, Grant(PersonId("x"), Mark("org"))))).result()
    times = [
        _seconds(lambda _: log.rows(Ask("log", newest_first=True, limit=50), who_holds("x")), range(1))
        for _ in range(20 if quick else 200)
    ]
    log.close()
    ms = statistics.median(times) * 1e3
    return {"case": "first 50 of 10,000 rows", "median_ms": round(ms, 3), "ok": ms <= MOST_ROWS_MS}


def kills(at: Path, quick: bool) -> Result:
    """kill -9 at any moment, twenty times on each of many folders; what was acknowledged and is gone afterwards."""
    runs = KILLS_AT_ONCE if quick else KILLS
    keep = os.environ.get("WAYHOME_BENCH")
    found = [_killed(at, seed, Path(keep) if keep else None) for seed in range(runs // KILLS_AT_ONCE)]
    lost = sum(abs(one["lost"]) for one in found)
    done = sum(one["runs"] for one in found)
    return {
        "case": "kill -9",
        "runs": done,
        "acknowledged": sum(one["acknowledged"] for one in found),
        "lost": lost,
        "findings": [finding for one in found for finding in one["findings"]],
        "ok": done == runs and lost == 0 and not any(one["findings"] for one in found),
    }


def _killed(at: Path, seed: int, keep: Path | None) -> Result:
    """One folder's kills, in a process without threads; half of the folders checkpoint all the time."""
    kept = keep / f"kill{seed}.json" if keep else None
    if kept is not None and kept.is_file():
        before: Result = json.loads(kept.read_text())
        return before
    folder = at / f"kill{seed}"
    folder.mkdir()
    command = [sys.executable, "-m", "tests.fakes.killing", str(folder), str(KILLS_AT_ONCE), str(seed)]
    command += ["100"] if seed % 2 else []
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    if kept is not None:
        kept.write_text(told.stdout)
    result: Result = json.loads(told.stdout)
    return result


def mission_intent(at: Path, quick: bool) -> Result:
    """An intent on a mission of 20,000 lines: measured by `benchmarks._intent`, where there is one."""
    case = "an intent on a mission of 20,000 lines"
    if importlib.util.find_spec("benchmarks._intent") is None:
        return {"case": case, "skipped": "benchmarks/_intent.py is absent", "ok": False}
    measure: Callable[[Path, bool], Result] = importlib.import_module("benchmarks._intent").measure
    return {"case": case, **measure(at, quick)}


CASES = (syncs, one_per_commit, in_groups, first_rows, kills, mission_intent)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.log")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build", help="on the disk to measure")
    parser.add_argument("--json", action="store_true", help="one JSON object per case instead of plain lines")
    parser.add_argument("--quick", action="store_true", help="fewer facts and only 20 kills")
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    results = []
    with tempfile.TemporaryDirectory(dir=asked.folder, prefix="bench-log-") as at:
        for case in CASES:
            results.append(case(Path(at), asked.quick))
            _tell(results[-1], as_json=asked.json)
    ok = all(one["ok"] for one in results)
    sys.stdout.write(json.dumps({"benchmark": "log", "cases": len(results), "quick": asked.quick, "ok": ok}) + "\n")
    return 0 if ok else 1


def _tell(result: Result, *, as_json: bool) -> None:
    told = ", ".join(f"{name} {value}" for name, value in result.items() if name not in ("case", "ok"))
    line = json.dumps(result) if as_json else f"{result['case']}: {told}: {'ok' if result['ok'] else 'NOT ok'}"
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
