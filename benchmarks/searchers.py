"""Several searchers on a grid: the best plan found, the proven bound, and both against the best known.

    python -m benchmarks.searchers [FILE...] [--json] [--quick] [--nodes N] [--minutes M] [--gap G]

FILE has the columns grid_n, J, T, stay_prob, alpha, nondetection_best_known, nondetection_lower_bound_proven and
certified_1e-4; figures are chances that he is *not* detected. Without FILE the tables of ../shared are taken. Targets
for each case: not worse than the best known (to its last digit, 1e-6); the proven bound, where one is given, tightened
or the plan certified; and certified to 1e-4 where the table has it certified. G is the gap at which a case is done.
N bounds are computed at the most for a case (the same N gives the same answer); M is a clock beside it, none if not
given. The last line is one JSON object; the command ends with 1 when a target is missed.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from benchmarks import _grid_cases as table
from benchmarks._musts import Must, must
from wayhome.engines.search.grids import SeveralPlan, World, plan_several, square_world

COLUMNS: Final = (
    "grid_n", "J", "T", "stay_prob", "alpha", "nondetection_best_known", "nondetection_lower_bound_proven",
    "certified_1e-4",
)  # fmt: skip
LAST_DIGIT: Final = 1e-6
CERTIFIED: Final = 1e-4
GAP: Final = 1e-6
NODES: Final = 25_000


def left_by(world: World, alpha: float, plan: SeveralPlan) -> float:
    """The chance that he stays undetected, told plainly; nan for a path that no searcher can walk."""
    source = np.repeat(np.arange(world.cells), np.diff(world.drift.first))
    drift = np.zeros((world.cells, world.cells))
    drift[source, world.drift.to] = world.drift.chance
    if any(world.hops[a, b] > 1 for path in plan.paths for a, b in itertools.pairwise(path)):
        return float("nan")
    mass = world.prior.copy()
    for look in range(1, len(plan.paths[0])):
        for path in plan.paths:
            mass[path[look]] *= np.exp(-alpha)
        mass = mass @ drift
    return float(mass.sum())


def measure(
    row: dict[str, str], nodes: int, gap: float, stop: Callable[[], Callable[[SeveralPlan], bool]]
) -> table.Case:
    """One case: what it aims at and what came of it."""
    side, number, looks = (table.whole(row, name) for name in ("grid_n", "J", "T"))
    stay, alpha = table.figure(row, "stay_prob"), table.figure(row, "alpha")
    known, proven = table.figure(row, "nondetection_best_known"), table.maybe(row, "nondetection_lower_bound_proven")
    world = square_world(side, stay)
    begun, worked = time.perf_counter(), time.process_time()
    plan = plan_several(world, [0] * number, alpha, looks, gap=gap, most_nodes=nodes, stop=stop())
    seconds, core_s = time.perf_counter() - begun, time.process_time() - worked
    sound = abs(left_by(world, alpha, plan) - plan.undetected) <= 1e-12
    certified = plan.gap <= CERTIFIED + 1e-12
    tighter = certified or proven is None or plan.bound > proven
    must_certify = row["certified_1e-4"].strip() == "1"
    ok = sound and plan.undetected <= known + LAST_DIGIT and tighter and (certified or not must_certify)
    return {
        "grid_n": side,
        "J": number,
        "T": looks,
        "value": plan.undetected,
        "reference": known,
        "difference": plan.undetected - known,
        "bound": plan.bound,
        "reference_bound": proven,
        "gap": plan.gap,
        "certified": certified,
        "must_certify": must_certify,
        "seconds": round(seconds, 3),
        "core_seconds": round(core_s, 3),
        "nodes": plan.nodes,
        "paths": ["-".join(map(str, path)) for path in plan.paths],
        "sound": sound,
        "ok": ok,
    }


def line(case: table.Case) -> str:
    """One case for people."""
    proven = "none" if case["reference_bound"] is None else f"{case['reference_bound']:.7f}"
    return (
        f"{case['grid_n']} x {case['grid_n']} J {case['J']} T {case['T']:2d}: {case['value']:.7f}, best known "
        f"{case['reference']:.7f}, difference {case['difference']:+.1e}, bound {case['bound']:.7f} (was {proven}), "
        f"gap {case['gap']:.1e}{' certified' if case['certified'] else ''}, {case['seconds']:.1f} s "
        f"({case['core_seconds']:.1f} s of a core), "
        f"{case['nodes']} nodes, {'ok' if case['ok'] else 'MISSED'}"
    )


def musts(cases: list[table.Case]) -> list[Must]:
    asked = [case for case in cases if case["must_certify"]]
    bounded = [case for case in cases if case["reference_bound"] is not None]
    worst, slow = max(case["difference"] for case in cases), max(case["core_seconds"] for case in cases)
    tighter = [case for case in bounded if case["certified"] or case["bound"] > case["reference_bound"]]
    proven = ", ".join(str(case["T"]) for case in cases if case["certified"]) or "none"
    told = [
        must(
            "never worse than the best known (to its last digit)",
            f"{len(cases)} cases, at most {max(0.0, worst):.1e} worse",
            met=worst <= LAST_DIGIT,
        ),
        must(
            "every proven bound tightened, or the plan certified",
            f"{len(tighter)} of {len(bounded)}",
            met=len(tighter) == len(bounded),
        ),
        must(
            "each plan evaluated anew, the same",
            f"{sum(case['sound'] for case in cases)} of {len(cases)}; the longest took {slow:.0f} s of a core",
            met=all(case["sound"] for case in cases),
        ),
    ]
    if asked:
        long = ", ".join(str(case["T"]) for case in asked)
        words = f"certified to {CERTIFIED:g}: T = {proven}"
        told.insert(
            0, must(f"T = {long} certified to {CERTIFIED:g}", words, met=all(case["certified"] for case in asked))
        )
    return told


def until(minutes: float | None) -> Callable[[SeveralPlan], bool]:
    """A stop that says so after `minutes` from now."""
    end = np.inf if minutes is None else time.monotonic() + 60.0 * minutes
    return lambda _: time.monotonic() > end


def main(arguments: Sequence[str]) -> int:
    parser = table.parser(__doc__)
    parser.add_argument("--nodes", type=int, default=NODES, help=f"bounds computed for a case, {NODES} at the most")
    parser.add_argument("--minutes", type=float, default=None, help="minutes for a case at the most")
    parser.add_argument("--gap", type=float, default=GAP, help=f"the gap to be proven, {GAP}")
    asked = parser.parse_args(arguments)
    plan_several(square_world(3, 0.5), [0, 0], 0.9, 4)
    return table.run(
        "searchers",
        asked,
        COLUMNS,
        lambda row: measure(row, asked.nodes, asked.gap, lambda: until(asked.minutes)),
        line,
        musts,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
