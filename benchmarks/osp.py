"""One searcher's best path on a grid: every optimum of a table, exactly, and how long each takes.

    python -m benchmarks.osp [FILE...] [--json] [--quick]

FILE has the columns grid_n, stay_prob, pod_glimpse, T, optimal_pd. Without FILE the tables of ../shared are taken. The
searcher begins in corner 0, the subject in the centre; both are told in `engines/search/grids/world.py`. Targets:
each optimum to 1e-9, proven, by a path that is worth it when it is evaluated anew in plain numpy; each case at most 1 s
after a warm-up, the making of the grid included. A quick case is run three times and its quickest counts. The last
line is one JSON object; the command ends with 1 when a target is missed.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Sequence
from typing import Final

import numpy as np

from benchmarks import _grid_cases as table
from benchmarks._musts import Must, must
from wayhome.engines.search.grids import OnePlan, plan_one, square_world

COLUMNS: Final = ("grid_n", "stay_prob", "pod_glimpse", "T", "optimal_pd")
CLOSE: Final = 1e-9
MOST_S: Final = 1.0
AGAIN_BELOW_S: Final = 0.5


def worth_of(side: int, stay: float, pod: float, path: Sequence[int]) -> float:
    """The chance that a path detects him, by plain matrices; nan for a path that no searcher can walk."""
    rows, cols = np.divmod(np.arange(side * side), side)
    far = np.abs(rows[:, None] - rows) + np.abs(cols[:, None] - cols)
    near = (far == 1).astype(np.float64)
    moves = np.where(near.sum(axis=1) > 0, 1.0 - stay, 0.0)
    drift = near / np.maximum(near.sum(axis=1, keepdims=True), 1.0) * moves[:, None] + np.diag(1.0 - moves)
    if path[0] != 0 or any(far[a, b] > 1 for a, b in itertools.pairwise(path)):
        return float("nan")
    mass, found = np.zeros(side * side), 0.0
    mass[side // 2 * side + side // 2] = 1.0
    for cell in path[1:]:
        found += pod * mass[cell]
        mass[cell] *= 1.0 - pod
        mass = mass @ drift
    return float(found)


def measure(row: dict[str, str]) -> table.Case:
    """One case: what it aims at and what came of it."""
    side, stay, pod = table.whole(row, "grid_n"), table.figure(row, "stay_prob"), table.figure(row, "pod_glimpse")
    looks, reference = table.whole(row, "T"), table.figure(row, "optimal_pd")
    plan, seconds = _timed(side, stay, pod, looks)
    if seconds < AGAIN_BELOW_S:
        seconds = min(seconds, *(_timed(side, stay, pod, looks)[1] for _ in range(2)))
    anew = worth_of(side, stay, pod, plan.path)
    sound = plan.proven and abs(anew - plan.value) <= 1e-12
    return {
        "grid_n": side,
        "stay_prob": stay,
        "pod_glimpse": pod,
        "T": looks,
        "value": plan.value,
        "reference": reference,
        "difference": plan.value - reference,
        "seconds": round(seconds, 5),
        "nodes": plan.nodes,
        "path": "-".join(map(str, plan.path)),
        "sound": sound,
        "ok": sound and abs(plan.value - reference) <= CLOSE and seconds <= MOST_S,
    }


def _timed(side: int, stay: float, pod: float, looks: int) -> tuple[OnePlan, float]:
    begun = time.perf_counter()
    plan = plan_one(square_world(side, stay), 0, pod, looks)
    return plan, time.perf_counter() - begun


def line(case: table.Case) -> str:
    """One case for people."""
    return (
        f"{case['grid_n']:2d} x {case['grid_n']:<2d} stay {case['stay_prob']:.2f} pod {case['pod_glimpse']:.2f} "
        f"T {case['T']:2d}: {case['value']:.9f}, reference {case['reference']:.9f}, "
        f"difference {case['difference']:+.1e}, {case['seconds']:.4f} s, {case['nodes']} nodes, "
        f"{'ok' if case['ok'] else 'MISSED'}"
    )


def musts(cases: list[table.Case]) -> list[Must]:
    off, slow = max(abs(case["difference"]) for case in cases), max(case["seconds"] for case in cases)
    sound = sum(case["sound"] for case in cases)
    return [
        must(f"every optimum to {CLOSE:g}", f"{len(cases)} cases, at most {off:.1e} off", met=off <= CLOSE),
        must("each proven, by a path that is worth it", f"{sound} of {len(cases)}", met=sound == len(cases)),
        must(f"each case at most {MOST_S:g} s after warm-up", f"the slowest {slow:.3f} s", met=slow <= MOST_S),
    ]


def main(arguments: Sequence[str]) -> int:
    plan_one(square_world(3, 0.5), 0, 0.5, 5)
    return table.run("osp", table.parser(__doc__).parse_args(arguments), COLUMNS, measure, line, musts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
