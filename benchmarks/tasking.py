"""Proposals at growing size: seconds to the plan, its gap to the proven bound, and whether an independent judge agrees.

    python -m benchmarks.tasking [CASES.json ...] [--json]

A case is {"people", "missions", "seed", "most_s", "most_gap"}: a random county drawn from the seed, and what is aimed
at. Times are of one core, without the next best of each pick; `next_best_s` is the same with them, for the cases that
aim at a second. Under `make bench` finished cases are kept and not measured again.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from tests.engines.tasking.checker import breaches
from tests.engines.tasking.requests import large_request

from wayhome.engines.tasking import Effort, propose

CASES = Path(__file__).parent / "cases" / "tasking.json"
QUICK_S = 1.0


def measure(case: dict[str, Any]) -> dict[str, Any]:
    """One case: what it aims at and what came of it."""
    request = large_request(case["people"], case["missions"], case["seed"])
    started = time.perf_counter()
    proposal = propose(request, effort=Effort(next_best=False))
    seconds = time.perf_counter() - started
    plan = {pick.person: pick.mission for team in proposal.teams for pick in team.picks}
    sound = proposal.complete and not breaches(request, plan)
    found = {"seconds": round(seconds, 3), "points": proposal.points, "gap": round(proposal.gap, 5), "sound": sound}
    worst = seconds
    if case["most_s"] <= QUICK_S:
        started = time.perf_counter()
        propose(request)
        worst = time.perf_counter() - started
        found["next_best_s"] = round(worst, 3)
    ok = sound and worst <= case["most_s"] and proposal.gap <= case["most_gap"]
    return {**case, **found, "ok": ok}


def measured_once(case: dict[str, Any]) -> dict[str, Any]:
    """The case's result, kept in the folder that `make bench` gives."""
    folder = os.environ.get("WAYHOME_BENCH")
    if not folder:
        return measure(case)
    kept = Path(folder) / f"{case['people']}x{case['missions']}s{case['seed']}.json"
    if not kept.is_file():
        kept.write_text(json.dumps(measure(case)), encoding="utf-8")
    result: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return {**result, **case}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tasking")
    parser.add_argument("paths", nargs="*", type=Path, default=[CASES])
    parser.add_argument("--json", action="store_true", help="one JSON object per case instead of a table")
    asked = parser.parse_args(arguments)
    try:
        cases = [case for path in asked.paths for case in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError) as error:
        parser.error(f"no cases: {error}")
    propose(large_request(6, 1))
    results = []
    for case in cases:
        results.append(measured_once(case))
        _tell(results[-1], as_json=asked.json)
    ok = all(one["ok"] for one in results)
    sys.stdout.write(json.dumps({"benchmark": "tasking", "cases": len(results), "ok": ok}) + "\n")
    return 0 if ok else 1


def _tell(result: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(result) + "\n")
    else:
        size = f"{result['people']} x {result['missions']} seed {result['seed']}"
        sys.stdout.write(
            f"{size:>22}: {result['seconds']:8.3f} s, gap {result['gap']:.3%}, "
            f"{'ok' if result['ok'] else 'NOT ok'} (aim {result['most_s']} s, gap {result['most_gap']:.0%})\n"
        )
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
