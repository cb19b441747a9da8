"""Divisible effort on a grid: Brown's optimum and Washburn's bound against a table, and how long each case takes.

    python -m benchmarks.fab [FILE...] [--json] [--quick]

FILE has the columns grid_n, T, stay_prob, w_detect_rate, effort_per_step, pd_FAB, pd_upper_bound_Washburn. Without FILE
the tables of ../shared are taken. Targets: optimum and bound to 1e-8, the bound not below the plan; at most 0.2 s a
case after a warm-up, the making of the grid included. The plan is evaluated anew in plain numpy. The last line is one
JSON object; the command ends with 1 when a target is missed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks import _grid_cases as table
from benchmarks._musts import Must, must
from wayhome.engines.search.grids import World, spread_effort, square_world

COLUMNS: Final = (
    "grid_n", "T", "stay_prob", "w_detect_rate", "effort_per_step", "pd_FAB", "pd_upper_bound_Washburn",
)  # fmt: skip
CLOSE: Final = 1e-8
MOST_S: Final = 0.2


def worth_of(world: World, rate: float, effort: NDArray[np.float64]) -> float:
    """The chance that the layout detects him, told plainly."""
    source = np.repeat(np.arange(world.cells), np.diff(world.drift.first))
    drift = np.zeros((world.cells, world.cells))
    drift[source, world.drift.to] = world.drift.chance
    mass, found = world.prior.copy(), 0.0
    for look in effort:
        left = mass * np.exp(-rate * look)
        found += float(mass.sum() - left.sum())
        mass = left @ drift
    return found


def measure(row: dict[str, str]) -> table.Case:
    """One case: what it aims at and what came of it."""
    side, looks, stay = table.whole(row, "grid_n"), table.whole(row, "T"), table.figure(row, "stay_prob")
    rate, effort = table.figure(row, "w_detect_rate"), table.figure(row, "effort_per_step")
    reference, reference_bound = table.figure(row, "pd_FAB"), table.figure(row, "pd_upper_bound_Washburn")
    begun = time.perf_counter()
    world = square_world(side, stay)
    plan = spread_effort(world, rate, effort, looks)
    seconds = time.perf_counter() - begun
    anew = worth_of(world, rate, plan.effort)
    spent = bool(np.all(plan.effort >= 0.0)) and bool(np.all(plan.effort.sum(axis=1) <= effort + 1e-9))
    sound = spent and abs(anew - plan.detection) <= 1e-12 and plan.detection <= plan.bound
    met = abs(plan.detection - reference) <= CLOSE and abs(plan.bound - reference_bound) <= CLOSE
    return {
        "grid_n": side,
        "T": looks,
        "stay_prob": stay,
        "w_detect_rate": rate,
        "effort_per_step": effort,
        "value": plan.detection,
        "bound": plan.bound,
        "reference": reference,
        "reference_bound": reference_bound,
        "difference": plan.detection - reference,
        "seconds": round(seconds, 5),
        "sweeps": plan.sweeps,
        "sound": sound,
        "ok": sound and met and seconds <= MOST_S,
    }


def line(case: table.Case) -> str:
    """One case for people."""
    return (
        f"{case['grid_n']:2d} x {case['grid_n']:<2d} T {case['T']:2d}: {case['value']:.10f}, "
        f"bound {case['bound']:.10f}, reference {case['reference']:.8f}, difference {case['difference']:+.1e}, "
        f"{case['seconds']:.4f} s, {case['sweeps']} sweeps, {'ok' if case['ok'] else 'MISSED'}"
    )


def musts(cases: list[table.Case]) -> list[Must]:
    off = max(abs(case["difference"]) for case in cases)
    apart = max(abs(case["bound"] - case["reference_bound"]) for case in cases)
    slow, sound = max(case["seconds"] for case in cases), sum(case["sound"] for case in cases)
    return [
        must(f"each optimum to {CLOSE:g}", f"{len(cases)} cases, at most {off:.1e} off", met=off <= CLOSE),
        must(f"each bound to {CLOSE:g}", f"at most {apart:.1e} off", met=apart <= CLOSE),
        must("each plan sound, not above its bound", f"{sound} of {len(cases)}", met=sound == len(cases)),
        must(f"each case at most {MOST_S:g} s after warm-up", f"the slowest {slow:.3f} s", met=slow <= MOST_S),
    ]


def main(arguments: Sequence[str]) -> int:
    spread_effort(square_world(3, 0.5), 1.0, 1.0, 3)
    return table.run("fab", table.parser(__doc__).parse_args(arguments), COLUMNS, measure, line, musts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
