"""Who searches where: a plan for ten teams and six hours, beside greed and its bound, followed in true space.

    python -m benchmarks.plan [TERRAIN...] [--tracks N] [--seed N] [--quick] [--json]

TERRAIN is a file that `wayhome terrain import` wrote, or elevation and maps of one area; without one Andorra beside the
repository is taken, else the Leaf. A hiker has been gone for six hours. Targets: the plan in <= 60 s after warm-up (a
small plan compiles first); at least 10 % more chance than the greedy plan, by the lower end of the paired 95 %
interval on fresh tracks; the gap to the printed bound <= 20 %; followed in true space on the fresh tracks within 3 %
of the planner's own figure. The last line is one JSON object; the exit code is 1 when a target is missed.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks._musts import Must, all_met, must
from benchmarks._search_case import BESIDE, LOOKED_IN, SearchCase, real_case
from wayhome.engines.search.plans.plan import SearchPlan, Work, follow, plan

MOST_S: Final = 60.0
TIMES_GREEDY: Final = 1.10
GAP: Final = 0.20
AGREE: Final = 0.03
TRACKS: Final = 40_000
FRESH_SEED: Final = 1_000_003


def warmed(case: SearchCase) -> None:
    """A plan on few tracks with little work, so that everything is compiled."""
    quick = Work(first_rounds=1, rounds=1, last_rounds=1, polishing=1, most_nodes=400)
    plan(case.terrain, case.moving(0, 400), case.teams, case.minutes, work=quick)


def measure(case: SearchCase, seed: int) -> tuple[SearchPlan, dict[str, Any]]:
    moving = case.moving(seed)
    began, core = time.perf_counter(), time.process_time()
    found = plan(case.terrain, moving, case.teams, case.minutes)
    took, core_s = time.perf_counter() - began, time.process_time() - core
    true, greedy, times = follow(found, case.moving(seed + FRESH_SEED, max(case.tracks, 20_000)))
    return found, {
        "case": case.terrain.title or "ground", "teams": len(case.teams), "hours": case.minutes / 60,
        "tracks": case.tracks, "nodes": found.problem.lattice.nodes, "seconds": round(took, 2),
        "core_s": round(core_s, 2), "figure": round(found.figure.value, 5), "own": round(found.own, 5),
        "bound": round(found.bound, 5), "gap": round(found.gap, 4),
        "fresh": [round(x, 5) for x in (true.value, true.low, true.high)],
        "greedy_fresh": round(greedy.value, 5),
        "times_greedy": [round(x, 4) for x in (times.value, times.low, times.high)],
        "times_one_after_another": round(found.followed.value / max(found.one_after_another.value, 1e-12), 4),
        "off": round(true.value / found.figure.value - 1, 4), "felt": round(found.felt, 4),
    }  # fmt: skip


def line(case: dict[str, Any]) -> str:
    value, low, high = case["times_greedy"]
    return (
        f"{case['case']}: {case['teams']} teams, {case['hours']:g} h, {case['nodes']} nodes, {case['tracks']:,} tracks "
        f"in {case['seconds']:.1f} s ({case['core_s']:.1f} s of one core): chance {case['figure']:.4f}, bound "
        f"{case['bound']:.4f}, gap {case['gap']:.1%}; followed in true space on fresh tracks {case['fresh'][0]:.4f} "
        f"({case['off']:+.1%}); {value:.3f} times greed ({low:.3f} to {high:.3f})"
    )


def musts(measured: dict[str, Any]) -> list[Must]:
    value, low, high = measured["times_greedy"]
    where = f"{measured['case']}, {measured['teams']} teams, {measured['hours']:g} h"
    return [
        must(
            f"{where}: the plan in at most {MOST_S:g} s",
            f"{measured['seconds']:.1f} s ({measured['core_s']:.1f} s of a core)",
            met=measured["seconds"] <= MOST_S,
        ),
        must(
            f"at least {TIMES_GREEDY - 1:.0%} more chance than greedy, by the paired 95 % interval on fresh tracks",
            f"{value - 1:+.1%} ({low - 1:+.1%} to {high - 1:+.1%})",
            met=low >= TIMES_GREEDY,
        ),
        must(f"the gap to the printed bound at most {GAP:.0%}", f"{measured['gap']:.1%}", met=measured["gap"] <= GAP),
        must(
            f"followed in true space on fresh tracks, within {AGREE:.0%} of its own figure",
            f"{measured['off']:+.1%}",
            met=abs(measured["off"]) <= AGREE,
        ),
    ]


def main(arguments: Sequence[str]) -> int:
    def said(name: str, default: int) -> int:
        return int(arguments[arguments.index(name) + 1]) if name in arguments else default

    paths = [
        Path(a)
        for n, a in enumerate(arguments)
        if not a.startswith("--") and (n == 0 or arguments[n - 1] not in ("--seed", "--tracks"))
    ]
    if not paths and not BESIDE.is_dir():
        print(f"no ground in {LOOKED_IN} beside the repository: the Leaf, which is made, is taken; name a TERRAIN")
    tracks, seed = said("--tracks", 4_000 if "--quick" in arguments else TRACKS), said("--seed", 1)
    case = real_case(paths, tracks=tracks, seed=seed)
    warmed(case)
    found, measured = measure(case, seed)
    for team in found.teams:
        print(f"  {team.words}")
    for words in found.idle:
        print(f"  {words}")
    print(line(measured))
    told = musts(measured)
    ok = all_met(told)
    print(json.dumps({"benchmark": "plan", "ok": ok, "seed": seed, "musts": told, **measured}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
