"""Care over thousands of team-years: is a follow-up ever dropped, a step recorded twice, a red flag left unowned?

    python -m benchmarks.care [FIRST_SEED] [--years N] [--json] [--quick]

A seeded simulation on the pure engine: missions, deaths, answers and silences, lost phones, leavers, clock changes,
machines that stand still for days, and two machines apart that meet again. Four counts must be none, and with the
engine deliberately broken, one rule at a time, they are not: each variant is run and has to be caught. `--quick` lives
a hundredth. Under `make bench` finished portions are kept and not lived again.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks._care_broken import VARIANTS
from benchmarks._care_people import People
from benchmarks._care_team import team_of

FIRST = 1
YEARS_EACH = 4
TEAM_YEARS = 10_000
PORTION = 400
"""Team-years of one portion."""
BROKEN_TEAM_YEARS = 80
MUST_BE_NONE = ("dropped", "recorded twice", "unowned after 15 minutes", "excluded supporter")
NOR_THESE = ("told before the day that was said", "closed by one word")
Result = dict[str, Any]


def portion(asked: tuple[int, int, str]) -> Result:
    """Lives one portion in this process: (first seed, team-years, variant)."""
    first, years, variant = asked
    begun = time.perf_counter()
    wrong: Counter[str] = Counter()
    happened: Counter[str] = Counter()
    notes: list[str] = []
    for seed in range(first, first + years // YEARS_EACH):
        ledger = People(team_of(seed, YEARS_EACH), seed, VARIANTS[variant]).live()
        wrong.update(ledger.wrong)
        happened.update(ledger.happened)
        notes += ledger.notes[:2]
    return {
        "first": first,
        "team_years": years,
        "variant": variant,
        "seconds": round(time.perf_counter() - begun, 1),
        "wrong": dict(wrong),
        "happened": dict(happened),
        "notes": notes[:10],
    }


def _portions(first: int, total: int) -> Iterator[Result]:
    """Every portion, the kept ones first; then each broken variant."""
    kept = os.environ.get("WAYHOME_BENCH")
    keep = Path(kept) if kept else None
    each = min(PORTION, total)
    starts = [first + begun // YEARS_EACH for begun in range(0, total, each)]
    done = [one for one in starts if keep and (keep / f"{one}.json").is_file()]
    yield from (json.loads((keep / f"{one}.json").read_text()) for one in done if keep)
    asked = [(one, each, "sound") for one in starts if one not in done]
    few = max(YEARS_EACH, min(BROKEN_TEAM_YEARS, total))
    asked += [(first, few, name) for name in VARIANTS if name != "sound"]
    with ProcessPoolExecutor(2) as pool:
        for result in pool.map(portion, asked):
            if keep and result["variant"] == "sound":
                (keep / f"{result['first']}.json").write_text(json.dumps(result))
            yield result


def summary(results: list[Result], *, quick: bool) -> Result:
    sound = [one for one in results if one["variant"] == "sound"]
    wrong: Counter[str] = Counter()
    happened: Counter[str] = Counter()
    for one in sound:
        wrong.update(one["wrong"])
        happened.update(one["happened"])
    missed = [one["variant"] for one in results if one["variant"] != "sound" and not sum(one["wrong"].values())]
    return {
        "benchmark": "care",
        "team_years": sum(one["team_years"] for one in sound),
        **{what.replace(" ", "_"): wrong[what] for what in (*MUST_BE_NONE, *NOR_THESE)},
        "happened": dict(sorted(happened.items())),
        "broken_variants_caught": len(VARIANTS) - 1 - len(missed),
        "broken_variants_missed": missed,
        "processor_seconds": round(sum(one["seconds"] for one in results)),
        "quick": quick,
        "ok": not sum(wrong.values()) and not missed,
    }


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.care")
    parser.add_argument("first", nargs="?", type=int, default=FIRST, help="the first seed")
    parser.add_argument("--years", type=int, default=TEAM_YEARS, help="team-years to live, in steps of four")
    parser.add_argument("--json", action="store_true", help="one JSON object per portion instead of plain lines")
    parser.add_argument("--quick", action="store_true", help="a hundredth of the team-years")
    asked = parser.parse_args(arguments)
    results = []
    for result in _portions(asked.first, asked.years // 100 if asked.quick else asked.years):
        results.append(result)
        _tell(result, as_json=asked.json)
    told = summary(results, quick=asked.quick)
    sys.stdout.write(json.dumps(told) + "\n")
    return 0 if told["ok"] else 1


def _tell(result: Result, *, as_json: bool) -> None:
    wrong = ", ".join(f"{count} {what}" for what, count in sorted(result["wrong"].items())) or "nothing wrong"
    broken = result["variant"] != "sound"
    name = f"broken: {result['variant']}" if broken else f"seeds from {result['first']}"
    verdict = " (caught)" if broken and result["wrong"] else " (NOT caught)" if broken else ""
    notes = "" if broken else "".join(f"\n    {note}" for note in result["notes"])
    line = f"{name}: {result['team_years']} team-years in {result['seconds']} s: {wrong}{verdict}{notes}"
    sys.stdout.write((json.dumps(result) if as_json else line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
