"""Killing a writer at any moment, again and again, and counting acknowledged facts that are gone afterwards.

`python -m tests.fakes.killing FOLDER RUNS SEED [CHECKPOINT_PAGES]` prints one JSON object. It forks, so it runs in a
process of its own that has no threads while it does.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.fakes.logs import batch, fact_id, sqlite_log

from wayhome.log import sqlite_store
from wayhome.log.sqlite_store import SqliteLog
from wayhome.usecases.ports import LogError, Row, Timer
from wayhome.values.ids import ORGANISATION, Mark

WRITERS = 2
MAX_WAIT_S = 0.06


def write_until_killed(log: SqliteLog, run: int, tell: Callable[[str], None]) -> None:
    """Two threads write batches of facts with rows, timers and snapshots, and tell each batch once acknowledged."""

    def work(writer: int) -> None:
        chance = random.Random(f"{run}:{writer}")
        for n in range(100_000):
            name = f"{run}:{writer}:{n}"
            facts = [f"{name}:{part}" for part in range(chance.randint(1, 4))]
            row = Row("log", "m", name, Mark("org"), name, b"x" * chance.randint(1, 3000))
            changes = (row, Timer("t", n, log.replica, ORGANISATION)) if n % 10 == 0 else (row,)
            log.submit(batch(*facts, changes=changes)).result()
            tell("".join(f"{fact}\n" for fact in facts))
            if n % 20 == 0:
                log.put_snapshot("state", name.encode())

    threads = [threading.Thread(target=work, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def one_run(at: Path, run: int, chance: random.Random, opened: type[SqliteLog] = SqliteLog) -> list[str]:
    """Forks a writer, kills it after a while, gives what it told to be acknowledged."""
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        try:
            log = sqlite_log(at, opened=opened)
            write_until_killed(log, run, lambda text: (os.write(sink, text.encode()), None)[1])
        finally:
            os._exit(1)
    os.close(sink)
    if chance.random() < 0.8:
        select.select([source], [], [], 10)
    time.sleep(chance.random() * MAX_WAIT_S)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(source, "rb") as told:
        lines = told.read().decode().split("\n")
    return lines[:-1]


def lost(at: Path, acknowledged: list[str], *, whole: bool) -> tuple[list[str], list[str]]:
    """Which acknowledged facts are gone, and (when asked for the whole) what verification finds."""
    log = sqlite_log(at)
    try:
        gone = [fact for fact in acknowledged if log.find(fact_id(fact)) is None]
        return gone, [f"{finding.where}: {finding.what}" for finding in log.verify()] if whole else []
    finally:
        log.close()


def kill_often(at: Path, runs: int, seed: int, opened: type[SqliteLog] = SqliteLog) -> dict[str, object]:
    """So many runs on one folder. The last check goes over everything ever acknowledged."""
    chance = random.Random(seed)
    everything: list[str] = []
    gone: list[str] = []
    sqlite_log(at).close()
    for run in range(runs):
        acknowledged = one_run(at, seed * 1_000_000 + run, chance, opened)
        everything += acknowledged
        try:
            gone += lost(at, acknowledged, whole=False)[0]
        except LogError as error:
            return {"runs": run + 1, "acknowledged": len(everything), "lost": -1, "findings": [str(error)]}
    missing, findings = lost(at, everything, whole=True)
    return {
        "runs": runs,
        "acknowledged": len(everything),
        "lost": len({*gone, *missing}),
        "findings": findings[:5],
    }


if __name__ == "__main__":
    if len(sys.argv) > 4:
        sqlite_store.CHECKPOINT_PAGES = int(sys.argv[4])
    print(json.dumps(kill_often(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
