"""Two worlds, ten times as many as in the tests: no outsider can tell a world with a secret from one without.

    python -m benchmarks.worlds [FIRST_SEED] [--json] [--quick]

3,000 pairs in two processes, from seed 10,000 on (the tests play the first 300): at least 200,000 comparisons, each
read at least 1,000 times, at least 30 % of which would differ with the filter off, and no difference. `--quick` plays a
hundredth. Under `make bench` finished portions are kept and not played again.
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

from tests.worlds import covered
from tests.worlds.pair import Tally
from tests.worlds.play import play

FIRST = 10_000
PAIRS = 3_000
PORTION = 30
COMPARISONS = 200_000
TIMES_EACH_READ = 1_000
SHARE_THAT_WOULD_SHOW = 0.30
QUICK_PORTIONS = 1
Result = dict[str, Any]


def portion(first: int) -> Result:
    """Plays one portion in this process."""
    tally = Tally()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, first + PORTION):
            play(seed, tally, Path(folder))
    return {
        "first": first,
        "seconds": time.perf_counter() - begun,
        "compared": dict(tally.compared),
        "would_show": sum(tally.would_show.values()),
        "differences": [str(one)[:2000] for one in tally.differences],
    }


def _portions(first: int, count: int) -> Iterator[Result]:
    """Every portion, the kept ones first."""
    kept = os.environ.get("WAYHOME_BENCH")
    keep = Path(kept) if kept else None
    starts = [first + n * PORTION for n in range(count)]
    done = [one for one in starts if keep and (keep / f"{one}.json").is_file()]
    yield from (json.loads((keep / f"{one}.json").read_text()) for one in done if keep)
    with ProcessPoolExecutor(2) as pool:
        for result in pool.map(portion, [one for one in starts if one not in done]):
            if keep:
                (keep / f"{result['first']}.json").write_text(json.dumps(result))
            yield result


def summary(results: list[Result], *, quick: bool) -> Result:
    compared: Counter[str] = Counter()
    for one in results:
        compared.update(one["compared"])
    total = compared.total()
    share = sum(one["would_show"] for one in results) / max(1, total)
    fewest = min(compared[f"read {name}"] for name in covered.READS)
    differing = sum(len(one["differences"]) for one in results)
    part = len(results) * PORTION / PAIRS
    wanted = total >= COMPARISONS * part and fewest >= TIMES_EACH_READ * part and share >= SHARE_THAT_WOULD_SHOW
    return {
        "benchmark": "worlds",
        "pairs": len(results) * PORTION,
        "comparisons": total,
        "fewest_of_a_read": fewest,
        "would_differ_unfiltered": round(share, 3),
        "differences": differing,
        "processor_seconds": round(sum(one["seconds"] for one in results)),
        "quick": quick,
        "ok": wanted and differing == 0,
    }


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.worlds")
    parser.add_argument("first", nargs="?", type=int, default=FIRST, help="the first seed")
    parser.add_argument("--json", action="store_true", help="one JSON object per portion instead of plain lines")
    parser.add_argument("--quick", action="store_true", help="a hundredth of the pairs")
    asked = parser.parse_args(arguments)
    results = []
    for result in _portions(asked.first, QUICK_PORTIONS if asked.quick else PAIRS // PORTION):
        results.append(result)
        _tell(result, as_json=asked.json)
    told = summary(results, quick=asked.quick)
    sys.stdout.write(json.dumps(told) + "\n")
    return 0 if told["ok"] else 1


def _tell(result: Result, *, as_json: bool) -> None:
    compared = sum(result["compared"].values())
    found = "".join(f"\n{one}" for one in result["differences"])
    line = f"seeds from {result['first']}: {compared} comparisons, {len(result['differences'])} differences{found}"
    sys.stdout.write((json.dumps(result) if as_json else line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
