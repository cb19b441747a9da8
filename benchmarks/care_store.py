"""Care over team-years in real data folders, kept by a process that is killed: is anything dropped, or written twice?

    python -m benchmarks.care_store [FIRST_SEED] [--years N] [--json] [--quick]

The people of `benchmarks.care` live here through the whole house: keys under passwords, letters in sealed drawers, the
clockwork of the house, and kill -9 while it answers. What was answered has to be on the disk; what must be none there
must be none here. A house that says it has written its ladders, and has not, is lived as well and has to be caught.
`--quick` lives two team-years. Under `make bench` finished teams are kept and not lived again.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks._care_store_team import StoreLife

FIRST = 1
YEARS_EACH = 2
TEAM_YEARS = 100
QUICK_YEARS = 6
Result = dict[str, Any]


def team(asked: tuple[int, bool]) -> Result:
    """Lives one team in this process, and its house in one of its own: (seed, whether it forgets its ladders)."""
    seed, forgets = asked
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        life = StoreLife(Path(folder) / "house", seed, YEARS_EACH, forgets=forgets)
        try:
            ledger = life.live()
            if not forgets:
                life.on_disk()
        finally:
            life.process.stop()
    return {
        "seed": seed,
        "forgets": forgets,
        "seconds": round(time.perf_counter() - begun, 1),
        "kills": life.process.kills,
        "letters": sum(len(held) for held in life.machines["desk"].letters.values()),
        "wrong": {what: count for what, count in ledger.wrong.items() if count},
        "happened": dict(ledger.happened),
        "notes": ledger.notes[:5],
    }


def _teams(first: int, years: int) -> Iterator[Result]:
    """Every team, the kept ones first; then, of the one that lived through most, a house that forgets."""
    kept = os.environ.get("WAYHOME_BENCH")
    keep = Path(kept) if kept else None
    seeds = range(first, first + max(1, years // YEARS_EACH))
    done = [seed for seed in seeds if keep and (keep / f"{seed}.json").is_file()]
    sound = [json.loads((keep / f"{seed}.json").read_text()) for seed in done if keep]
    yield from sound
    with ProcessPoolExecutor(2) as pool:
        for result in pool.map(team, [(seed, False) for seed in seeds if seed not in done]):
            if keep:
                (keep / f"{result['seed']}.json").write_text(json.dumps(result))
            sound.append(result)
            yield result
    yield team((max(sound, key=lambda one: one["letters"])["seed"], True))


def summary(results: list[Result], *, quick: bool) -> Result:
    sound = [one for one in results if not one["forgets"]]
    wrong: Counter[str] = Counter()
    happened: Counter[str] = Counter()
    for one in sound:
        wrong.update(one["wrong"])
        happened.update(one["happened"])
    caught = all(sum(one["wrong"].values()) for one in results if one["forgets"])
    return {
        "benchmark": "care_store",
        "team_years": len(sound) * YEARS_EACH,
        "kills": sum(one["kills"] for one in sound),
        "letters": sum(one["letters"] for one in sound),
        "wrong": dict(wrong),
        "happened": dict(sorted(happened.items())),
        "forgetting_caught": caught,
        "processor_seconds": round(sum(one["seconds"] for one in results)),
        "quick": quick,
        "ok": not sum(wrong.values()) and caught,
    }


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.care_store")
    parser.add_argument("first", nargs="?", type=int, default=FIRST, help="the first seed")
    parser.add_argument("--years", type=int, default=TEAM_YEARS, help="team-years to live, in steps of two")
    parser.add_argument("--json", action="store_true", help="one JSON object per team instead of plain lines")
    parser.add_argument("--quick", action="store_true", help="six team-years")
    asked = parser.parse_args(arguments)
    results = []
    for result in _teams(asked.first, QUICK_YEARS if asked.quick else asked.years):
        results.append(result)
        _tell(result, as_json=asked.json)
    told = summary(results, quick=asked.quick)
    sys.stdout.write(json.dumps(told) + "\n")
    return 0 if told["ok"] else 1


def _tell(result: Result, *, as_json: bool) -> None:
    wrong = ", ".join(f"{count} {what}" for what, count in sorted(result["wrong"].items())) or "nothing wrong"
    name = "a house that forgets its ladders" if result["forgets"] else f"seed {result['seed']}"
    notes = "" if result["forgets"] else "".join(f"\n    {note}" for note in result["notes"])
    line = f"{name}: {result['letters']} letters, {result['kills']} kills, {result['seconds']} s: {wrong}{notes}"
    sys.stdout.write((json.dumps(result) if as_json else line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
